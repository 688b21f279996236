"""The queries of Today: each walks an index, none looks at everything there ever was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select

from crm_desktop.data.planner import unindexed
from crm_desktop.data.records.columns import shown_job
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Activity, Company, Job, Person, Quote
from crm_desktop.domain.agenda import Section
from crm_desktop.domain.kinds import Kind


def open_by_section(session: Session, today: date) -> dict[Section, list[int]]:
    """Open follow-ups shown within seven days, by heading, the earliest promise first.

    The headings are those of AgendaItem.section, put in SQL.
    """
    shown = func.coalesce(Activity.show_from, Activity.due_date)
    until = today + timedelta(days=7)
    statement = (
        select(Activity.id, Activity.show_from, Activity.due_date)
        .where(Activity.state == "planned", Activity.trashed_at.is_(None), shown <= until)
        .order_by(Activity.due_date.nulls_last(), Activity.due_time.nulls_last(), Activity.id)
    )
    found: dict[Section, list[int]] = {
        section: [] for section in (Section.OVERDUE, Section.TODAY, Section.WEEK)
    }
    for activity_id, show_from, due in session.execute(statement):
        if (show_from or due or today) > today:
            section = Section.WEEK
        elif (due is not None and due >= today) or (due is not None and show_from == today):
            section = Section.TODAY
        else:
            section = Section.OVERDUE
        found[section].append(activity_id)
    return found


def done_count(session: Session, first: datetime) -> int:
    """Follow-ups done since a moment."""
    statement = select(func.count()).where(
        Activity.state == "done", Activity.done_at >= first, Activity.trashed_at.is_(None)
    )
    return session.execute(statement).scalar_one()


def activities_by_type(session: Session, first: date, last: date) -> dict[int | None, int]:
    """What was done on these (UTC) days, as the filter of lists counts them."""
    statement = (
        select(Activity.type_id, func.count())
        .where(
            Activity.state == "done",
            Activity.done_at >= start_of(first),
            Activity.done_at < start_of(last + timedelta(days=1)),
            Activity.trashed_at.is_(None),
        )
        .group_by(Activity.type_id)
    )
    return {type_id: count for type_id, count in session.execute(statement)}


def count_silent(session: Session, kind: Kind, customer: Sequence[int], before: date) -> int:
    """Customers touched, or recorded, before a day and never since.

    Equal to the query that opens them, but looked at from the other side: the few touches of
    the last days, through the index of done activities, instead of the last touch of everyone.
    """
    return int(session.execute(silent_statement(kind, customer, before)).scalar_one())


def silent_statement(kind: Kind, customer: Sequence[int], before: date) -> Any:
    """The statement of `count_silent`; a test looks at its plan."""
    table: Any = Company if kind is Kind.COMPANY else Person
    owner = Activity.company_id if kind is Kind.COMPANY else Activity.person_id
    touched = select(owner).where(
        Activity.state == "done",
        Activity.done_at >= start_of(before),
        Activity.trashed_at.is_(None),
        owner.is_not(None),
    )
    ever = exists().where(
        owner == table.id, unindexed(Activity.state) == "done", Activity.trashed_at.is_(None)
    )
    live = table.trashed_at.is_(None)
    customers = and_(live, table.lifecycle_id.in_(customer))
    conditions: list[ColumnElement[bool]] = [customers, table.id.not_in(touched)]
    if kind is Kind.PERSON:
        # Those with a company are counted there.
        conditions.append(or_(table.created_at < start_of(before), ever))
        conditions.append(shown_job(Job.company_id).is_(None))
    else:
        # By indexes alone: who is new and was never touched is taken off all the others.
        new = select(table.id).where(
            live,
            table.created_at >= start_of(before),
            unindexed(table.id).in_(select(table.id).where(customers)),
            not_(ever),
        )
        conditions.append(table.id.not_in(new))
    return select(func.count()).select_from(table).where(and_(*conditions))


def counts_of_quotes(session: Session, ranges: Mapping[str, tuple[date, date]]) -> dict[str, int]:
    """How many quotes were sent in each of several spans of days."""
    columns = [
        func.count()
        .filter(
            Quote.sent_at >= start_of(first), Quote.sent_at < start_of(last + timedelta(days=1))
        )
        .label(name)
        for name, (first, last) in ranges.items()
    ]
    statement = select(*columns).where(Quote.trashed_at.is_(None), Quote.state != "draft")
    row = session.execute(statement).one()
    return dict(zip(ranges, row, strict=True))


def start_of(day: date) -> datetime:
    """The moment a day begins in UTC: lists compare moments by their UTC day."""
    return datetime.combine(day, time(), UTC)
