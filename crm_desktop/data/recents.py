"""The records the user opened last. Not part of undo: looking is no change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from crm_desktop.data.ids import in_ids
from crm_desktop.data.records.columns import column
from crm_desktop.data.session import Session
from crm_desktop.data.tables import RecentlySeen
from crm_desktop.domain.kinds import Kind, Ref


def note(session: Session, ref: Ref, at: datetime) -> None:
    """The record was opened now."""
    statement = insert(RecentlySeen).values(kind=ref.kind.value, record_id=ref.id, seen_at=at)
    session.execute(
        statement.on_conflict_do_update(index_elements=["kind", "record_id"], set_={"seen_at": at})
    )


def seen(session: Session, kinds: Sequence[Kind], limit: int) -> list[tuple[Kind, int]]:
    """The last records opened of these kinds, newest first, without trashed ones."""
    statement = (
        select(RecentlySeen.kind, RecentlySeen.record_id)
        .where(RecentlySeen.kind.in_([kind.value for kind in kinds]))
        .order_by(RecentlySeen.seen_at.desc(), RecentlySeen.id.desc())
        .limit(limit * 3)
    )
    found = [(Kind(kind), record_id) for kind, record_id in session.execute(statement)]
    alive: set[tuple[Kind, int]] = set()
    for kind in kinds:
        identity = column(kind, "id")
        mine = [record_id for of_kind, record_id in found if of_kind is kind]
        rows = select(identity).where(in_ids(identity, mine), column(kind, "trashed_at").is_(None))
        alive.update((kind, record_id) for record_id in session.execute(rows).scalars())
    return [pair for pair in found if pair in alive][:limit]
