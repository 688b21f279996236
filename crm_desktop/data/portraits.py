"""Pictures of people: a hash with the person, the bytes among the blobs."""

from __future__ import annotations

from sqlalchemy import select, update

from crm_desktop.data import book_settings
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Person


def sha256_of(session: Session, person_id: int) -> str | None:
    """The hash of somebody's picture."""
    statement = select(Person.photo_sha256).where(Person.id == person_id)
    found: str | None = session.execute(statement).scalar()
    return found


def put(session: Session, person_id: int, data: bytes | None) -> None:
    """Give somebody this picture, or take the present one away."""
    sha256 = book_settings.keep_blob(session, data) if data is not None else None
    if sha256 != sha256_of(session, person_id):
        session.execute(update(Person).where(Person.id == person_id).values(photo_sha256=sha256))


def picture(session: Session, person_id: int) -> bytes | None:
    """The bytes of somebody's picture."""
    sha256 = sha256_of(session, person_id)
    return book_settings.blob(session, sha256) if sha256 else None
