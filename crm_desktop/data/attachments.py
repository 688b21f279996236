"""Files kept with records: rows here, bytes once under their hash."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select, update

from crm_desktop.data.records.titles import refs_of
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Attachment
from crm_desktop.domain.attachments import AttachmentRow, is_executable
from crm_desktop.domain.kinds import Kind, Ref


def of_record(session: Session, ref: Ref) -> list[AttachmentRow]:
    """The files of a record, newest first."""
    return _rows(session, (Attachment.owner_kind == ref.kind.value, Attachment.owner_id == ref.id))


def one(session: Session, attachment_id: int) -> AttachmentRow | None:
    """One file, also from the trash; None where it is gone."""
    return next(iter(_rows(session, (Attachment.id == attachment_id,), trashed=True)), None)


def sha256_of(session: Session, attachment_id: int) -> str:
    """Where the bytes are."""
    statement = select(Attachment.sha256).where(Attachment.id == attachment_id)
    return session.execute(statement).scalar_one()


def count(session: Session, ref: Ref) -> int:
    """How many files a record has."""
    statement = select(func.count()).where(
        Attachment.owner_kind == ref.kind.value,
        Attachment.owner_id == ref.id,
        Attachment.trashed_at.is_(None),
    )
    return session.execute(statement).scalar_one()


def add(session: Session, ref: Ref, values: dict[str, Any]) -> int:
    """Keep a file with a record; returns its id."""
    statement = insert(Attachment).values(owner_kind=ref.kind.value, owner_id=ref.id, **values)
    return session.execute(statement.returning(Attachment.id)).scalar_one()


def change(session: Session, attachment_id: int, values: dict[str, Any]) -> None:
    """Set columns of one."""
    session.execute(update(Attachment).where(Attachment.id == attachment_id).values(**values))


def set_trashed(session: Session, attachment_id: int, at: datetime | None) -> None:
    """Put one away, or back."""
    change(session, attachment_id, {"trashed_at": at})


def _rows(
    session: Session, conditions: Iterable[ColumnElement[bool]], *, trashed: bool = False
) -> list[AttachmentRow]:
    statement = select(Attachment).where(*conditions).order_by(Attachment.id.desc())
    if not trashed:
        statement = statement.where(Attachment.trashed_at.is_(None))
    found = session.whole(statement)
    owners = refs_of(session, {(Kind(row.owner_kind), row.owner_id) for row in found})
    return [
        AttachmentRow(
            id=row.id,
            uid=row.uid,
            owner=owners.get(
                (Kind(row.owner_kind), row.owner_id), Ref(Kind(row.owner_kind), row.owner_id)
            ),
            name=row.name,
            size=row.size,
            type_id=row.type_id,
            file_version=row.file_version or "",
            expires_on=row.expires_on,
            added_at=row.created_at,
            executable=is_executable(row.name),
        )
        for row in found
    ]
