"""Who works at this machine: the colleague that new records are recorded by."""

from __future__ import annotations

from sqlalchemy import select

from crm_desktop.data.session import Session
from crm_desktop.data.tables import Staff
from crm_desktop.paths import Home
from crm_desktop.settings import Settings


class Recorder:
    """Knows the colleague the user said to be; the machine's settings hold the uid."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def id(self, session: Session) -> int | None:
        """The colleague in this book; None where nobody is named, or this book has no such one."""
        uid = Settings.load(self._home.config).colleague
        if not uid:
            return None
        found = select(Staff.id).where(Staff.uid == uid, Staff.trashed_at.is_(None))
        return session.execute(found).scalar()
