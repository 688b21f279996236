"""A look into a closed book before anything is loaded that could open it. SQLAlchemy is not."""

from __future__ import annotations

import zlib
from binascii import a2b_base64, b2a_base64
from contextlib import suppress
from datetime import date
from pathlib import Path

from sqlcipher3 import dbapi2

MORNING = "morning/"  # the facts so named hold a gesture's number and the packed text of a morning
_PATIENCE = 50  # milliseconds


def kept_morning(path: Path, day: date) -> str | None:
    """The text kept for that day; None where there is none, or the book was changed since.

    Never refuses: whoever opens the book tells what is wrong with it.
    """
    if not path.is_file():
        return None
    with suppress(dbapi2.DatabaseError, ValueError, zlib.error):
        connection = dbapi2.connect(path.absolute().as_uri() + "?mode=ro", uri=True)
        try:
            connection.execute(f"PRAGMA busy_timeout={_PATIENCE}")
            found = connection.execute(
                "SELECT value, (SELECT max(id) FROM gesture) FROM book_fact WHERE name = ?",
                (MORNING + day.isoformat(),),
            ).fetchone()
        finally:
            connection.close()
        if found is not None:
            gesture, _, kept = found[0].partition(" ")
            return _unpacked(kept) if int(gesture) == found[1] else None
    return None


def packed(text: str) -> str:
    """A text in a fourth of its room, as letters: a month of them lies in the book."""
    return b2a_base64(zlib.compress(text.encode()), newline=False).decode()


def _unpacked(kept: str) -> str:
    return zlib.decompress(a2b_base64(kept, strict_mode=True)).decode()
