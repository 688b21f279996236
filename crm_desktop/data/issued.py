"""Frozen snapshots of documents: kept outside of undo, in force or withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from crm_desktop.data.book_settings import blob, keep_blob
from crm_desktop.data.ids import in_ids
from crm_desktop.data.journal import Changes
from crm_desktop.data.records.columns import owner_column, table_of
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Blob, Issued
from crm_desktop.data.types import moment_of_gesture
from crm_desktop.domain.issuing import DRAFT, PAPER_KINDS, IssuedCard
from crm_desktop.domain.kinds import Kind


def freeze(
    session: Session,
    kind: Kind,
    owner_id: int,
    *,
    number: str,
    revision: int,
    snapshot: Mapping[str, Any],
    pdf: bytes,
    at: datetime,
) -> int:
    """Keep what leaves the house; returns the id of the snapshot."""
    owner = owner_column(Issued, kind)
    statement = insert(Issued).values(
        **{owner.key: owner_id},
        number=number,
        revision=revision,
        snapshot=dict(snapshot),
        pdf_sha256=keep_blob(session, pdf),
        issued_at=at,
    )
    return session.execute(statement.returning(Issued.id)).scalar_one()


def of(session: Session, kind: Kind, owner_id: int) -> tuple[IssuedCard, ...]:
    """The snapshots of a document, newest first."""
    statement = (
        select(Issued, Blob.size)
        .join(Blob, Blob.sha256 == Issued.pdf_sha256)
        .where(owner_column(Issued, kind) == owner_id)
        .order_by(Issued.id.desc())
    )
    return tuple(
        IssuedCard(
            row.id,
            row.number,
            row.revision,
            row.issued_at,
            row.withdrawn_at,
            row.pdf_sha256,
            row.size,
        )
        for row in session.execute(statement)
    )


def pdf(session: Session, issued_id: int) -> bytes | None:
    """The bytes as they left the house; None where there is no such snapshot."""
    sha256 = session.execute(select(Issued.pdf_sha256).where(Issued.id == issued_id)).scalar()
    return blob(session, sha256) if sha256 else None


def snapshot(session: Session, issued_id: int) -> dict[str, Any] | None:
    """What was printed, as plain values."""
    return session.execute(select(Issued.snapshot).where(Issued.id == issued_id)).scalar()


def keep_in_force(session: Session, changes: Changes) -> None:
    """Before each commit: a snapshot is in force while its document is not a draft again.

    So undoing "sent" withdraws it, and redo puts it in force; a later revision leaves it as it
    is. Of several snapshots of one revision only the newest can be in force.
    """
    for kind in PAPER_KINDS:
        table: Any = table_of(kind)
        touched = changes.touched(table.__tablename__, "state", "revision")
        if not touched:
            continue
        owner = owner_column(Issued, kind)
        rows = session.execute(
            select(owner, Issued.id, Issued.revision, Issued.withdrawn_at)
            .where(in_ids(owner, touched))
            .order_by(Issued.id.desc())
        ).all()
        states = {
            record_id: (state, revision)
            for record_id, state, revision in session.execute(
                select(table.id, table.state, table.revision).where(
                    in_ids(table.id, {row[0] for row in rows})
                )
            )
        }
        seen: set[tuple[int, int]] = set()
        for owner_id, issued_id, revision, withdrawn_at in rows:
            state, present = states.get(owner_id, (DRAFT, 0))
            newest = (owner_id, revision) not in seen
            seen.add((owner_id, revision))
            left = revision < present or (revision == present and state != DRAFT)
            in_force = newest and left
            if in_force != (withdrawn_at is None):
                moment = None if in_force else moment_of_gesture()
                session.execute(
                    update(Issued).where(Issued.id == issued_id).values(withdrawn_at=moment)
                )
