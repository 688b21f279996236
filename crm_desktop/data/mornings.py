"""Mornings prepared when a book is closed: facts of the file, outside of the journal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import delete, insert

from crm_desktop.data.first_look import MORNING, packed
from crm_desktop.data.session import Session
from crm_desktop.data.tables.journal import BookFact


def keep(session: Session, by_day: Mapping[date, str], gesture: int) -> None:
    """Keep these in the place of all others; they are true while `gesture` is the newest."""
    forget(session)
    rows = [
        {"name": f"{MORNING}{day.isoformat()}", "value": f"{gesture} {packed(text)}"}
        for day, text in by_day.items()
    ]
    session.execute(insert(BookFact.__table__), rows)


def forget(session: Session) -> None:
    """Keep none: they name customers."""
    session.execute(delete(BookFact).where(BookFact.name.startswith(MORNING, autoescape=True)))
