"""The trash: records leave the lists with what hangs on them, and come back with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, update

from crm_desktop.data.ids import in_ids
from crm_desktop.data.records.columns import column, owner_column, table_of, title_expression
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Attachment, Notice, Tag
from crm_desktop.data.tags import bring_back
from crm_desktop.domain.kinds import KINDS_OF_CUSTOMERS, RECORD_KINDS, Kind, Ref
from crm_desktop.domain.records import Trashed

HANGING: dict[Kind, tuple[Kind, ...]] = {
    Kind.COMPANY: KINDS_OF_CUSTOMERS,
    Kind.PERSON: KINDS_OF_CUSTOMERS,
    Kind.OPPORTUNITY: (Kind.ACTIVITY,),
    Kind.QUOTE: (Kind.ACTIVITY,),
    Kind.CONTRACT: (Kind.ACTIVITY,),
    Kind.TICKET: (Kind.ACTIVITY,),
}
"""What goes along; of a person only what belongs to no company."""

SMALL: dict[Kind, tuple[type[Attachment] | type[Notice] | type[Tag], Any]] = {
    Kind.ATTACHMENT: (Attachment, Attachment.name),
    Kind.NOTICE: (Notice, Notice.text),
    Kind.TAG: (Tag, Tag.name),
}
"""Not records of their own, yet trashed one by one: their table and what names them."""


def put(session: Session, kind: Kind, ids: Sequence[int], at: datetime) -> None:
    """Move the records to the trash; all that goes along carries the same moment."""
    _set(session, kind, ids, at, _all_present)


def take_back(session: Session, kind: Kind, ids: Sequence[int]) -> None:
    """Bring the records back, and what went to the trash in the same moment."""
    if kind in SMALL:
        table, _ = SMALL[kind]
        if kind is Kind.TAG:
            for tag in ids:
                bring_back(session, tag)
            return
        session.execute(update(table).where(in_ids(table.id, ids)).values(trashed_at=None))
        return
    identity = column(kind, "id")
    moments = session.execute(
        select(identity, column(kind, "trashed_at")).where(in_ids(identity, ids))
    ).all()
    for record_id, moment in moments:
        if moment is not None:
            _set(session, kind, [record_id], None, _gone_at(moment))


def listed(session: Session, limit: int) -> list[Trashed]:
    """What lies in the trash on its own account, newest first."""
    found: list[Trashed] = []
    for kind in RECORD_KINDS:
        trashed_at = column(kind, "trashed_at")
        statement = (
            select(column(kind, "id"), title_expression(kind), trashed_at)
            .where(trashed_at.is_not(None))
            .order_by(trashed_at.desc())
            .limit(limit)
        )
        found += [
            Trashed(Ref(kind, record_id, title or ""), at)
            for record_id, title, at in session.execute(statement)
        ]
    for kind, (table, named) in SMALL.items():
        statement = (
            select(table.id, named, table.trashed_at)
            .where(table.trashed_at.is_not(None))
            .order_by(table.trashed_at.desc())
            .limit(limit)
        )
        found += [Trashed(Ref(kind, one, name), at) for one, name, at in session.execute(statement)]
    return sorted(found, key=lambda item: item.at, reverse=True)[:limit]


def title_of(session: Session, kind: Kind, small_id: int) -> str | None:
    """The name of a small thing; None for a kind of record, which has a title of its own."""
    if kind not in SMALL:
        return None
    table, named = SMALL[kind]
    return session.execute(select(named).where(table.id == small_id)).scalar() or ""


def _all_present(trashed_at: Any) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = trashed_at.is_(None)
    return condition


def _gone_at(moment: datetime) -> Any:
    def condition(trashed_at: Any) -> ColumnElement[bool]:
        same: ColumnElement[bool] = trashed_at == moment
        return same

    return condition


def _set(
    session: Session, kind: Kind, ids: Sequence[int], value: datetime | None, which: Any
) -> None:
    if not ids:
        return
    identity = column(kind, "id")
    trashed_at = column(kind, "trashed_at")
    session.execute(
        update(table_of(kind))
        .where(in_ids(identity, ids), which(trashed_at))
        .values(trashed_at=value)
    )
    for hanging in HANGING.get(kind, ()):
        owner = owner_column(table_of(hanging), kind)
        conditions = [in_ids(owner, ids), which(column(hanging, "trashed_at"))]
        if kind is Kind.PERSON:
            conditions.append(column(hanging, "company_id").is_(None))
        found = session.execute(select(column(hanging, "id")).where(*conditions)).scalars().all()
        _set(session, hanging, found, value, which)
