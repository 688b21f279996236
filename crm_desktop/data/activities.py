"""Activities: the agenda, and the records a new one belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from crm_desktop.data.ids import in_ids
from crm_desktop.data.records.columns import owner_column, table_of
from crm_desktop.data.records.loading import wall_time
from crm_desktop.data.records.titles import companies_of_people, refs_of
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Activity
from crm_desktop.domain.agenda import AgendaItem
from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import Kind, Ref

ABOUT = (Kind.OPPORTUNITY, Kind.QUOTE, Kind.CONTRACT, Kind.TICKET)


def planned(session: Session, *, until: date | None = None) -> list[AgendaItem]:
    """Open follow-ups in the order of their day; `until` the day they are shown from."""
    conditions: list[ColumnElement[bool]] = [Activity.state == "planned"]
    if until is not None:
        shown = func.coalesce(Activity.show_from, Activity.due_date)
        conditions.append(or_(shown <= until, shown.is_(None)))
    return _items(
        session,
        conditions,
        (Activity.due_date.nulls_last(), Activity.due_time.nulls_last(), Activity.id),
    )


def done_since(session: Session, first: datetime) -> list[AgendaItem]:
    """Follow-ups done since a moment, newest first."""
    return _items(
        session,
        [Activity.state == "done", Activity.done_at >= first],
        (Activity.done_at.desc(), Activity.id.desc()),
    )


def of_record(session: Session, ref: Ref, state: str) -> list[AgendaItem]:
    """The activities of one record."""
    conditions = [owner_column(Activity, ref.kind) == ref.id, Activity.state == state]
    return _items(session, conditions, (Activity.due_date.nulls_last(), Activity.id))


def item(session: Session, activity_id: int) -> AgendaItem | None:
    """One activity, None where it is gone."""
    return next(iter(_items(session, [Activity.id == activity_id], (Activity.id,))), None)


def with_ids(session: Session, ids: Iterable[int]) -> list[AgendaItem]:
    """These activities, by their promised moment."""
    order = (Activity.due_date.nulls_last(), Activity.due_time.nulls_last(), Activity.id)
    return _items(session, [in_ids(Activity.id, ids)], order)


def _items(
    session: Session, conditions: Iterable[ColumnElement[bool]], order: Iterable[Any]
) -> list[AgendaItem]:
    statement = select(Activity).where(Activity.trashed_at.is_(None), *conditions).order_by(*order)
    rows = session.whole(statement)
    wanted = [(kind, record_id) for row in rows for kind, record_id in _links(row)]
    known = refs_of(session, wanted)
    return [_item(row, {kind: known.get((kind, i)) for kind, i in _links(row)}) for row in rows]


def _links(row: Activity) -> list[tuple[Kind, int]]:
    found = [
        (kind, getattr(row, f"{kind.value}_id")) for kind in (Kind.PERSON, Kind.COMPANY, *ABOUT)
    ]
    return [(kind, record_id) for kind, record_id in found if record_id is not None]


def _item(row: Activity, links: dict[Kind, Ref | None]) -> AgendaItem:
    due = None
    if row.due_date is not None:
        due = Due(row.due_date, wall_time(row.due_time), row.due_zone or "UTC")
    return AgendaItem(
        id=row.id,
        subject=row.subject,
        type_id=row.type_id,
        state=row.state,
        due=due,
        show_from=row.show_from,
        person=links.get(Kind.PERSON),
        company=links.get(Kind.COMPANY),
        about=next((links[kind] for kind in ABOUT if links.get(kind)), None),
        outcome=row.outcome or "",
        done_at=row.done_at,
        repeat=row.repeat or "",
    )


def context_of(session: Session, ref: Ref) -> dict[str, int]:
    """The links a new activity about `ref` carries: itself, its customer, what it grew from."""
    links = {ref.kind.value: ref.id}
    if ref.kind is Kind.PERSON:
        company = companies_of_people(session, [ref.id]).get(ref.id)
        return {**links, "company": company.id} if company else links
    table: Any = table_of(ref.kind)
    row = session.get(table, ref.id)
    for key in ("company", "person", "opportunity", "quote"):
        value = getattr(row, f"{key}_id", None)
        if row is not None and value is not None:
            links[key] = value
    if "company" not in links and "person" in links:
        return {**context_of(session, Ref(Kind.PERSON, links["person"])), **links}
    return links
