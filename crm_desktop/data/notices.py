"""The firm's own notice board."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import insert, or_, select, update

from crm_desktop.data.session import Session
from crm_desktop.data.tables import Notice
from crm_desktop.domain.today import NoticeRow


def current(session: Session, today: date) -> list[NoticeRow]:
    """What hangs on the board today, newest first."""
    statement = (
        select(Notice.id, Notice.text, Notice.until)
        .where(Notice.trashed_at.is_(None), or_(Notice.until.is_(None), Notice.until >= today))
        .order_by(Notice.id.desc())
    )
    return [NoticeRow(*row) for row in session.execute(statement)]


def add(session: Session, text: str, until: date | None) -> int:
    """Hang a note up; returns its id."""
    statement = insert(Notice).values(text=text, until=until).returning(Notice.id)
    return session.execute(statement).scalar_one()


def change(session: Session, notice_id: int, **values: str | date | None) -> bool:
    """Set columns of a note; False where it is gone."""
    found = session.execute(
        update(Notice)
        .where(Notice.id == notice_id, Notice.trashed_at.is_(None))
        .values(**values)
        .returning(Notice.id)
    )
    return found.scalar() is not None


def take_down(session: Session, notice_id: int, at: datetime) -> None:
    """Move a note to the trash."""
    session.execute(update(Notice).where(Notice.id == notice_id).values(trashed_at=at))
