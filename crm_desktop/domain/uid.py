"""Identities that travel: UUID version 7, sortable by the moment they were made (RFC 9562)."""

from __future__ import annotations

import secrets
import threading
import uuid
from datetime import datetime

_lock = threading.Lock()
_BORROWED = 1_000 << 12
_last = 0  # the newest 60-bit (millisecond, counter) handed out in this process


def uid7(moment: datetime) -> str:
    """A new identity made at `moment` (aware), as 36 characters of text.

    Within one process later identities sort after earlier ones, also in the same millisecond.
    """
    global _last
    wish = int(moment.timestamp() * 1000) << 12
    with _lock:
        # A full counter borrows from the next millisecond; a clock set back starts anew.
        ahead = _last - wish
        _last = number = _last + 1 if 0 <= ahead < _BORROWED else wish
    millisecond, counter = number >> 12, number & 0xFFF
    value = millisecond << 80 | 0x7 << 76 | counter << 64 | 0b10 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=value))
