"""Identities that travel: UUID version 7, sortable by the moment they were made (RFC 9562)."""

from __future__ import annotations

import secrets
import threading
from datetime import datetime

_lock = threading.Lock()
_BORROWED = 1_000 << 12
_VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}
_last = 0  # the newest 60-bit (millisecond, counter) handed out in this process


def uid7(moment: datetime) -> str:
    """A new identity made at `moment` (aware), as 36 characters of text.

    Within one process later identities sort after earlier ones, also in the same millisecond.
    """
    return uids7(moment, 1)[0]


def uids7(moment: datetime, count: int) -> list[str]:
    """Many new identities made at `moment`, in order."""
    global _last
    wish = int(moment.timestamp() * 1000) << 12
    numbers = []
    with _lock:
        for _ in range(count):
            # A full counter borrows from the next millisecond; a clock set back starts anew.
            ahead = _last - wish
            _last = _last + 1 if 0 <= ahead < _BORROWED else wish
            numbers.append(_last)
    chance = secrets.token_hex(8 * count)
    return [
        _written(number, chance[at : at + 16])
        for number, at in zip(numbers, range(0, 16 * count, 16), strict=True)
    ]


def _written(number: int, chance: str) -> str:
    """Time, version 7, counter, variant 0b10 and 62 bits of chance, of the 64 given."""
    time = f"{number >> 12:012x}"
    random = _VARIANT[chance[0]] + chance[1:]
    return f"{time[:8]}-{time[8:]}-7{number & 0xFFF:03x}-{random[:4]}-{random[4:]}"
