"""A small invented logo, so that the paper of the demonstration has one."""

from __future__ import annotations

import struct
import zlib

_SIZE = 240
_INK, _PAPER = bytes((31, 111, 235)), bytes((255, 255, 255))


def logo() -> bytes:
    """A PNG: a lake and its moon, seen from above."""
    rows = bytearray()
    middle = _SIZE / 2
    for y in range(_SIZE):
        rows.append(0)  # no filter
        for x in range(_SIZE):
            far = ((x - middle) ** 2 + (y - middle) ** 2) ** 0.5
            moon = ((x - middle * 1.2) ** 2 + (y - middle * 0.8) ** 2) ** 0.5
            rows += _INK if far < middle * 0.96 and moon > middle * 0.45 else _PAPER
    header = struct.pack(">IIBBBBB", _SIZE, _SIZE, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
