"""A look into a closed book before anything is loaded that could open it. SQLAlchemy is not."""

from __future__ import annotations

import zlib
from binascii import a2b_base64, b2a_base64
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sqlcipher3 import dbapi2

MORNING = "morning/"  # the facts so named hold a gesture's number and the packed text of a morning
_PATIENCE = 50  # milliseconds


class FirstLook(NamedTuple):
    """What a closed book told; nothing where it could not be read."""

    book: str | None = None
    """Its uid."""
    packed_morning: str | None = None
    """The one kept for the day asked for, unless the book was changed since."""


def look_into(path: Path, day: date) -> FirstLook:
    """Never refuses: whoever opens the book tells what is wrong with it."""
    if not path.is_file():
        return FirstLook()
    with suppress(dbapi2.DatabaseError, ValueError):
        connection = dbapi2.connect(path.absolute().as_uri() + "?mode=ro", uri=True)
        try:
            connection.execute(f"PRAGMA busy_timeout={_PATIENCE}")
            uid, found, newest = connection.execute(
                "SELECT (SELECT value FROM book_fact WHERE name = 'uid'),"
                " (SELECT value FROM book_fact WHERE name = ?), (SELECT max(id) FROM gesture)",
                (MORNING + day.isoformat(),),
            ).fetchone()
        finally:
            connection.close()
        gesture, _, kept = (found or "0 ").partition(" ")
        return FirstLook(uid, kept if kept and int(gesture) == newest else None)
    return FirstLook()


def packed(text: str) -> str:
    """A text in a fourth of its room, as letters: a month of them lies in the book."""
    return b2a_base64(zlib.compress(text.encode()), newline=False).decode()


def unpacked(kept: str) -> str:
    """The text that was packed. Raises ValueError for what is none, zlib.error too."""
    return zlib.decompress(a2b_base64(kept, strict_mode=True)).decode()
