"""Rows an import did not take in: the book remembers them until they are, or are put aside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crm_desktop.data import book_settings
from crm_desktop.data.session import Session

LEFT_OVER = "imports_left_over"
_MOST = 5  # files; of more the oldest are forgotten


def note(session: Session, path: Path, count: int) -> None:
    """So many rows of a file stayed out; with none left the file is forgotten."""
    known = _known(session)
    others = {one: rows for one, rows in known.items() if one != str(path)}
    now = {**dict(list(others.items())[-_MOST + 1 :]), str(path): count} if count else others
    if now != known:
        book_settings.put(session, LEFT_OVER, now)


def put_aside(session: Session, file: str) -> None:
    """Remind nobody of the rows of a file any more."""
    known = _known(session)
    if known.pop(file, None) is not None:
        book_settings.put(session, LEFT_OVER, known)


def _known(session: Session) -> dict[str, int]:
    found: Any = book_settings.all_settings(session).get(LEFT_OVER, {})
    return dict(found)
