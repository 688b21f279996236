"""The timeline of a record, gathered from what hangs on it and from the journal."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    case,
    func,
    literal,
    select,
    type_coerce,
)
from sqlalchemy.dialects import sqlite

from crm_desktop.data import field_changes
from crm_desktop.data.planner import unindexed
from crm_desktop.data.records.columns import column, owner_column
from crm_desktop.data.session import Session
from crm_desktop.data.tables import (
    Activity,
    Attachment,
    Contract,
    Expense,
    Issued,
    Opportunity,
    Quote,
    Receipt,
    StageLog,
    Ticket,
)
from crm_desktop.data.types import UtcStamp
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.timeline import Sort, TimelineEntry

_DIALECT = sqlite.dialect()
_CUSTOMERS = (Kind.PERSON, Kind.COMPANY)


def entries(
    session: Session, ref: Ref, *, limit: int, before: datetime | None = None
) -> list[TimelineEntry]:
    """The newest `limit` entries of a record, of those older than `before`."""
    sources = (_activities, _stages, _papers, _money, _tickets, _files, field_changes.entries)
    found = [entry for source in sources for entry in source(session, ref, limit, before)]
    return heapq.nlargest(limit, found, key=lambda entry: entry.at)


def _page(statement: Any, moment: Any, limit: int, before: datetime | None) -> Any:
    if before is not None:
        statement = statement.where(moment < before)
    return statement.where(moment.is_not(None)).order_by(moment.desc()).limit(limit)


def _belongs(table: type[Any], ref: Ref) -> ColumnElement[bool] | None:
    """The condition that a row of `table` hangs on `ref`; None where it cannot."""
    if not hasattr(table, f"{ref.kind.value}_id"):
        return None
    condition: ColumnElement[bool] = owner_column(table, ref.kind) == ref.id
    return condition


def _activities(
    session: Session, ref: Ref, limit: int, before: datetime | None
) -> Iterator[TimelineEntry]:
    mine = _belongs(Activity, ref)
    if mine is None:
        return
    # Of the record, not of all that was ever done: the order alone would choose that index.
    statement = select(Activity).where(
        mine, unindexed(Activity.state) == "done", Activity.trashed_at.is_(None)
    )
    for row in session.whole(_page(statement, Activity.done_at, limit, before)):
        assert row.done_at is not None
        yield TimelineEntry(
            at=row.done_at,
            sort=Sort.ACTIVITY,
            code="logged",
            ref=Ref(Kind.ACTIVITY, row.id, row.subject),
            title=row.subject,
            text=row.outcome or "",
            type_id=row.type_id,
        )


def _stages(
    session: Session, ref: Ref, limit: int, before: datetime | None
) -> Iterator[TimelineEntry]:
    if ref.kind is Kind.OPPORTUNITY:
        mine: ColumnElement[bool] | None = Opportunity.id == ref.id
    else:
        mine = _belongs(Opportunity, ref) if ref.kind in _CUSTOMERS else None
    if mine is None:
        return
    statement = (
        select(StageLog.at, StageLog.to_id, Opportunity.id, Opportunity.title)
        .join(Opportunity, Opportunity.id == StageLog.opportunity_id)
        .where(mine, Opportunity.trashed_at.is_(None))
    )
    for at, stage_id, record_id, title in session.execute(
        _page(statement, StageLog.at, limit, before)
    ):
        yield TimelineEntry(
            at=at,
            sort=Sort.OPPORTUNITY,
            code="stage",
            ref=Ref(Kind.OPPORTUNITY, record_id, title),
            title=title,
            item_id=stage_id,
        )


def _papers(
    session: Session, ref: Ref, limit: int, before: datetime | None
) -> Iterator[TimelineEntry]:
    for kind, table, owner in (
        (Kind.QUOTE, Quote, Issued.quote_id),
        (Kind.CONTRACT, Contract, Issued.contract_id),
    ):
        mine = table.id == ref.id if ref.kind is kind else _belongs(table, ref)
        if mine is None:
            continue
        statement = (
            select(
                Issued.issued_at,
                Issued.number,
                Issued.revision,
                Issued.withdrawn_at,
                table.id,
                table.title,
            )
            .join(table, table.id == owner)
            .where(mine, table.trashed_at.is_(None))
        )
        rows = session.execute(_page(statement, Issued.issued_at, limit, before))
        for at, number, revision, withdrawn, record_id, title in rows:
            yield TimelineEntry(
                at=at,
                sort=Sort.DOCUMENT,
                code=f"{kind.value}_withdrawn" if withdrawn else f"{kind.value}_sent",
                ref=Ref(kind, record_id, number),
                title=f"{number} v{revision}" if revision > 1 else number,
                text=title or "",
            )


def _tickets(
    session: Session, ref: Ref, limit: int, before: datetime | None
) -> Iterator[TimelineEntry]:
    mine = _belongs(Ticket, ref)
    if mine is None:
        return
    for code, moment in (("ticket_opened", Ticket.created_at), ("ticket_solved", Ticket.solved_at)):
        statement = select(Ticket).where(mine, Ticket.trashed_at.is_(None))
        for row in session.whole(_page(statement, moment, limit, before)):
            yield TimelineEntry(
                at=getattr(row, moment.key),
                sort=Sort.TICKET,
                code=code,
                ref=Ref(Kind.TICKET, row.id, row.subject),
                title=row.subject,
                text=(row.result if code == "ticket_solved" else row.said) or "",
            )


def _money(
    session: Session, ref: Ref, limit: int, before: datetime | None
) -> Iterator[TimelineEntry]:
    """What came in and what was spent, on its day: at the moment of recording, else at noon."""
    for kind, table, code, named, item in (
        (Kind.RECEIPT, Receipt, "payment", Receipt.reference, Receipt.method_id),
        (Kind.EXPENSE, Expense, "expense", Expense.purpose, Expense.category_id),
    ):
        mine = _belongs(table, ref)
        if mine is None:
            continue
        day, made = type_coerce(table.dated, String), type_coerce(table.created_at, String)
        noon = day + literal("T12:00:00.000000Z")
        moment = type_coerce(case((func.substr(made, 1, 10) == day, made), else_=noon), UtcStamp)
        statement = select(
            moment, table.id, table.number, table.amount, table.currency, named, item
        ).where(mine, table.trashed_at.is_(None))
        rows = session.execute(_page(statement, moment, limit, before))
        for at, record_id, number, amount, currency, text_, item_id in rows:
            yield TimelineEntry(
                at=at,
                sort=Sort.MONEY,
                code=code,
                ref=Ref(kind, record_id, number or ""),
                title=number or "",
                text=text_ or "",
                item_id=item_id,
                amount=amount,
                currency=currency,
            )


def _files(
    session: Session, ref: Ref, limit: int, before: datetime | None
) -> Iterator[TimelineEntry]:
    statement = select(Attachment).where(
        Attachment.owner_kind == ref.kind.value,
        Attachment.owner_id == ref.id,
        Attachment.trashed_at.is_(None),
    )
    for row in session.whole(_page(statement, Attachment.created_at, limit, before)):
        yield TimelineEntry(
            at=row.created_at,
            sort=Sort.FILE,
            code="file",
            ref=Ref(Kind.ATTACHMENT, row.id, row.name),
            title=row.name,
        )


def last_touch(session: Session, ref: Ref) -> datetime | None:
    """When somebody last had to do with the record: an activity done, or a change of it."""
    moments = [
        session.execute(
            select(Activity.done_at)
            .where(
                owner_column(Activity, ref.kind) == ref.id,
                unindexed(Activity.state) == "done",
                Activity.trashed_at.is_(None),
            )
            .order_by(Activity.done_at.desc())
            .limit(1)
        ).scalar(),
        session.execute(
            select(column(ref.kind, "changed_at")).where(column(ref.kind, "id") == ref.id)
        ).scalar(),
    ]
    known = [moment for moment in moments if moment is not None]
    return max(known) if known else None
