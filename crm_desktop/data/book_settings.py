"""Settings of the firm, and bytes kept under their hash."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import delete, insert, select, update

from crm_desktop.data.session import Session
from crm_desktop.data.tables import Blob, BookSetting
from crm_desktop.data.tables.journal import BookFact


def all_settings(session: Session) -> dict[str, Any]:
    """Every setting of the book."""
    return {
        key: value for key, value in session.execute(select(BookSetting.key, BookSetting.value))
    }


def put(session: Session, key: str, value: Any) -> None:
    """Set one, new or known."""
    known = session.execute(select(BookSetting.id).where(BookSetting.key == key)).scalar()
    if known is None:
        session.execute(insert(BookSetting).values(key=key, value=value))
    else:
        session.execute(update(BookSetting).where(BookSetting.id == known).values(value=value))


def of_prefix(session: Session, prefix: str) -> dict[str, Any]:
    """The settings whose keys begin so, oldest first, by the rest of the key."""
    found = session.execute(
        select(BookSetting.key, BookSetting.value)
        .where(BookSetting.key.startswith(prefix, autoescape=True))
        .order_by(BookSetting.id)
    )
    return {key.removeprefix(prefix): value for key, value in found}


def drop(session: Session, key: str) -> None:
    """Forget one; nothing where it is not known."""
    session.execute(delete(BookSetting).where(BookSetting.key == key))


def keep_blob(session: Session, data: bytes) -> str:
    """Keep bytes once; returns their SHA-256."""
    sha256 = hashlib.sha256(data).hexdigest()
    known = session.execute(select(Blob.sha256).where(Blob.sha256 == sha256)).scalar()
    if known is None:
        session.execute(insert(Blob).values(sha256=sha256, size=len(data), data=data))
    return sha256


def blob(session: Session, sha256: str) -> bytes | None:
    """The bytes under a hash; None where the book does not have them."""
    return session.execute(select(Blob.data).where(Blob.sha256 == sha256)).scalar()


def book_uid(session: Session) -> str:
    """The identity of the book, which copies of it share."""
    return session.execute(select(BookFact.value).where(BookFact.name == "uid")).scalar() or ""
