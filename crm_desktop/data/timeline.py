"""The timeline of a record, gathered from what hangs on it and from the journal."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    String,
    case,
    func,
    literal,
    select,
    text,
    type_coerce,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeDecorator

from crm_desktop.data.journal import OF_ROW
from crm_desktop.data.planner import unindexed
from crm_desktop.data.records.columns import column, owner_column, table_of
from crm_desktop.data.session import Session
from crm_desktop.data.tables import (
    METADATA,
    Activity,
    Attachment,
    Contract,
    Expense,
    ImportOrigin,
    Issued,
    Opportunity,
    Quote,
    Receipt,
    StageLog,
    Ticket,
)
from crm_desktop.data.types import UtcStamp
from crm_desktop.domain import schema
from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.timeline import FieldChange, Sort, TimelineEntry

_DIALECT = sqlite.dialect()
_CUSTOMERS = (Kind.PERSON, Kind.COMPANY)


def entries(
    session: Session, ref: Ref, *, limit: int, before: datetime | None = None
) -> list[TimelineEntry]:
    """The newest `limit` entries of a record, of those older than `before`."""
    sources = (_activities, _stages, _papers, _money, _tickets, _files, _changes)
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


_JOURNAL = text(
    f"SELECT g.at, c.kind, c.before, c.after FROM {OF_ROW} AS c"
    " JOIN gesture AS g ON g.id = c.gesture_id WHERE c.kind IN ('I', 'U')"
    # What was undone, and the undoing itself, leave no trace.
    " AND g.reversed_by IS NULL AND g.origin NOT IN ('undo', 'redo')"
    " AND (:before IS NULL OR g.at < :before) ORDER BY c.id DESC LIMIT :limit"
)


def _changes(
    session: Session, ref: Ref, limit: int, before: datetime | None
) -> Iterator[TimelineEntry]:
    table = table_of(ref.kind).__tablename__
    rows = session.execute(
        _JOURNAL,
        {
            "table": table,
            "row": ref.id,
            "before": before.isoformat() if before else None,
            "limit": limit,
        },
    )
    for at, kind, old, new in rows:
        moment = datetime.fromisoformat(at)
        if kind == "I":
            origin = _origin(session, ref, moment)
            code = "imported" if origin else "created"
            yield TimelineEntry(moment, Sort.CHANGE, code, None, title=origin)
            continue
        changes = _field_changes(ref.kind, json.loads(old), json.loads(new))
        if changes:
            yield TimelineEntry(moment, Sort.CHANGE, "changed", None, changes=changes)


def _origin(session: Session, ref: Ref, moment: datetime) -> str:
    """File, sheet and row of the import that made a record at that moment; "" where none did."""
    statement = select(ImportOrigin.file, ImportOrigin.sheet, ImportOrigin.row).where(
        ImportOrigin.kind == ref.kind.value,
        ImportOrigin.record_id == ref.id,
        ImportOrigin.imported_at == moment,
    )
    found = session.execute(statement.limit(1)).first()
    return " › ".join(str(part) for part in found if part) if found is not None else ""


def _field_changes(kind: Kind, old: dict[str, Any], new: dict[str, Any]) -> tuple[FieldChange, ...]:
    """Changed columns as changed fields; columns the user does not know are left out."""
    found = []
    for field in schema.FIELDS[kind]:
        pointing = field.type in (FieldType.CHOICE, FieldType.LINK)
        name = f"{field.key}_id" if pointing else field.key
        if name in new and field.editable and not field.computed:
            before, after = (_decoded(kind, name, raw.get(name)) for raw in (old, new))
            found.append(FieldChange(field.key, before, after))
    return tuple(found)


def _decoded(kind: Kind, name: str, raw: Any) -> Any:
    """A value as the journal keeps it → as the column gives it."""
    kept = METADATA.tables[table_of(kind).__tablename__].c[name].type
    if raw is None:
        return None
    if isinstance(kept, TypeDecorator):
        return kept.process_result_value(raw, _DIALECT)
    return bool(raw) if isinstance(kept, Boolean) else raw


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
