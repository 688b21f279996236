"""A small writer of Excel 5.0/95 workbooks (BIFF5) for tests: texts in a Chinese code page.

Records by the layouts of [MS-XLS], in a compound file by those of [MS-CFB].
"""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_EPOCH = dt.datetime(1899, 12, 30)
_FORMATS = (0, 14, 22)  # general, m/d/yy, m/d/yy h:mm
_SECTOR, _SMALLEST = 512, 4_096  # bytes; shorter streams would lie elsewhere
_FREE, _LAST, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def write_xls5(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Path:
    """Write sheets of rows of texts, numbers, ticks, days, moments and None."""
    made = [_sheet(rows) for rows in sheets.values()]
    names = [name.encode("gbk") for name in sheets]
    size = len(_globals([(0, name) for name in names]))
    places = [size + sum(map(len, made[:number])) for number in range(len(made))]
    stream = _globals(list(zip(places, names, strict=True))) + b"".join(made)
    path.write_bytes(_compound("Book", stream))
    return path


def _record(kind: int, form: str = "", *values: Any) -> bytes:
    data = struct.pack("<" + form, *values)
    return struct.pack("<HH", kind, len(data)) + data


def _globals(sheets: list[tuple[int, bytes]]) -> bytes:
    """What all sheets share, and where each begins."""
    return b"".join(
        [
            _record(0x0809, "HHHH", 0x0500, 0x0005, 0, 0),  # BOF
            _record(0x0042, "H", 936),  # CODEPAGE
            *(_record(0x00E0, "HHH10x", 0, one, 0) for one in _FORMATS),  # XF
            *(
                _record(0x0085, f"IBBB{len(name)}s", place, 0, 0, len(name), name)
                for place, name in sheets
            ),  # BOUNDSHEET
            _record(0x000A),  # EOF
        ]
    )


def _sheet(rows: Sequence[Sequence[Any]]) -> bytes:
    cells = (
        _cell(at, column, value) for at, row in enumerate(rows) for column, value in enumerate(row)
    )
    width = max(map(len, rows), default=0)
    return b"".join(
        [
            _record(0x0809, "HHHH", 0x0500, 0x0010, 0, 0),
            _record(0x0200, "HHHH2x", 0, len(rows), 0, width),  # DIMENSIONS
            *cells,
            _record(0x000A),
        ]
    )


def _cell(row: int, column: int, value: Any) -> bytes:
    style = {dt.datetime: 2, dt.date: 1}.get(type(value), 0)
    head = row, column, style
    if value is None:
        return _record(0x0201, "HHH", *head)  # BLANK
    if isinstance(value, bool):
        return _record(0x0205, "HHHBB", *head, value, 0)  # BOOLERR
    if isinstance(value, str):
        data = value.encode("gbk")
        return _record(0x0204, f"HHHH{len(data)}s", *head, len(data), data)  # LABEL
    if isinstance(value, dt.date):
        moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
        value = (moment - _EPOCH) / dt.timedelta(days=1)
    return _record(0x0203, "HHHd", *head, value)  # NUMBER


def _compound(name: str, stream: bytes) -> bytes:
    """A compound file of one stream: head, the table of sectors, the directory, the stream."""
    size = max(len(stream), _SMALLEST)
    count = -(-size // _SECTOR)
    chain = [_TABLE, _LAST, *range(3, count + 2), _LAST]
    assert len(chain) <= _SECTOR // 4, "one sector of the table is enough for tests"
    head = struct.pack("<8s16xHHHHH6xIIIIIIIII", bytes.fromhex("D0CF11E0A1B11AE1"), 0x3E, 3, 0xFFFE,
                       9, 6, 0, 1, 1, 0, _SMALLEST, _LAST, 0, _LAST, 0)  # fmt: skip
    head += struct.pack("<I", 0) + struct.pack("<I", _FREE) * 108
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(_SECTOR, b"\xff")
    folder = _entry("Root Entry", 5, child=1, start=_LAST, size=0)
    folder += _entry(name, 2, child=_FREE, start=2, size=size)
    return head + table + folder.ljust(_SECTOR, b"\0") + stream.ljust(count * _SECTOR, b"\0")


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    data = (name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII36xIQ", data, len(data), kind, 1, _FREE, _FREE, child, start, size
    )
