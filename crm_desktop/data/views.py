"""Saved views in the book."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, select, update

from crm_desktop.data import tables
from crm_desktop.data.session import Session
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.views import SavedView, View, from_stored, to_stored

_Table = tables.SavedView
_KINDS = frozenset(Kind)


def everything(session: Session) -> list[SavedView]:
    """All views in the user's order; those of kinds a newer program knows are passed over."""
    statement = (
        select(_Table.id, _Table.kind, _Table.name, _Table.query)
        .where(_Table.trashed_at.is_(None))
        .order_by(_Table.position, _Table.id)
    )
    return [
        SavedView(view_id, Kind(kind), name, from_stored(query))
        for view_id, kind, name, query in session.execute(statement)
        if kind in _KINDS
    ]


def add(session: Session, kind: Kind, name: str, view: View) -> int:
    """A new view after all others; returns its id."""
    last = session.execute(select(func.max(_Table.position))).scalar()
    statement = insert(_Table).values(
        kind=kind.value,
        name=name,
        query=to_stored(view),
        position=0 if last is None else last + 1,
    )
    return session.execute(statement.returning(_Table.id)).scalar_one()


def rename(session: Session, view_id: int, name: str) -> None:
    """Call a view otherwise."""
    session.execute(update(_Table).where(_Table.id == view_id).values(name=name))


def replace(session: Session, view_id: int, view: View) -> None:
    """Let a view show something else."""
    session.execute(update(_Table).where(_Table.id == view_id).values(query=to_stored(view)))


def remove(session: Session, view_id: int, at: datetime) -> None:
    """Move a view to the trash."""
    session.execute(update(_Table).where(_Table.id == view_id).values(trashed_at=at))


def put_in_order(session: Session, ids: Sequence[int]) -> None:
    """Number the views in the order of `ids`."""
    for position, view_id in enumerate(ids):
        session.execute(
            update(_Table)
            .where(_Table.id == view_id, _Table.position != position)
            .values(position=position)
        )
