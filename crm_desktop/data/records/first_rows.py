"""The first rows of a long list, found without putting the whole of it in order.

A million people in the order of their companies, titles, numbers or next steps: looking up what
each of them has before sorting takes seconds. Here the other table proposes owners in its order,
the first of them are checked, and who has nothing to be ordered by comes last. Where an index
holds the order, conditions are tried on the top of the list before anything else. What comes out
is what the whole list begins with.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, func, select, type_coerce, union_all

from crm_desktop.data.ids import in_ids
from crm_desktop.data.planner import unindexed
from crm_desktop.data.records import demand_share, money_columns, worked_out
from crm_desktop.data.records.columns import JOB_KEYS, column, owner_column, step_day, whole_address
from crm_desktop.data.records.filters import Filters
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Activity, Company, Job, PersonFilled, Point, PostalAddress
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Group, Query

_BOUGHT = frozenset({"year_amount", "revenue_share"})
_MORE = 8  # times as many proposals, where too few of them were right
_MOST = 20_000  # then sorting everybody is no longer the slower way
_TOPS = (400, 4_000)  # rows; each costs a look at another place of the file


def from_the_top(session: Session, filters: Filters, query: Query, limit: int) -> array[int] | None:
    """The first rows that hold the query's conditions, in an order that an index has.

    None where they are too rare to be found near the top: then all rows are to be read.
    """
    identity = column(filters.kind, "id")
    anything = replace(query, where=Group())
    everybody = select(identity).where(filters.where(anything, as_they_lie=False))
    fitting = select(identity).where(filters.where(query, as_they_lie=True, of_few=True))
    for many in _TOPS:
        top = filters.ordered(everybody, query).limit(many).subquery()
        rows = filters.ordered(fitting.where(identity.in_(select(top.c.id))), query)
        found = array("q", session.execute(rows.limit(limit)).scalars())
        if len(found) == limit:
            return found
    return None


def with_a_value(
    session: Session,
    filters: Filters,
    query: Query,
    value: ColumnElement[Any],
    where: ColumnElement[bool],
    limit: int,
) -> array[int]:
    """The first records of `where` ordered by one `value` of their own table.

    Who has none comes last: those are read, by their ids, only where there are too few others.
    """
    rows = select(column(filters.kind, "id")).where(where)
    there = filters.ordered(rows.where(value.is_not(None)), query).limit(limit)
    found = array("q", session.execute(there).scalars())
    if len(found) < limit:
        others = rows.where(value.is_(None)).order_by(filters.last(query))
        found.extend(session.execute(others.limit(limit - len(found))).scalars())
    return found


def newest(
    session: Session, kind: Kind, day: Any, where: ColumnElement[bool], limit: int
) -> array[int]:
    """The first records of `where` ordered by a day or moment downwards.

    What is newer mostly lies behind: what is found there says how new a record has to be. There
    are few newer ones anywhere, and of those from that very moment the last are at hand.
    """
    identity = column(kind, "id")
    rows = select(identity).where(where)
    behind = rows.add_columns(day.label("day")).order_by(identity.desc()).limit(_MORE * limit)
    days = behind.subquery().c.day
    old = session.execute(select(days).order_by(days.desc()).limit(1).offset(limit - 1)).scalar()
    newer = rows if old is None else rows.where(day > old)
    first = newer.order_by(day.desc(), identity.desc()).limit(limit)
    found = array("q", session.execute(first).scalars())
    if old is not None and len(found) < limit:
        equal = rows.where(day == old).order_by(identity.desc()).limit(limit - len(found))
        found.extend(session.execute(equal).scalars())
    return found


def ids(
    session: Session,
    kind: Kind,
    field: Field,
    value: ColumnElement[Any],
    where: ColumnElement[bool],
    limit: int,
    *,
    descending: bool,
    today: date,
) -> array[int] | None:
    """The first `limit` records of `where` ordered by the field, whose value is `value`.

    None where the field is not held by another table, or its first rows are not found so.
    """
    identity = column(kind, "id")
    many = 2 * limit
    while many <= _MOST:
        proposed = _proposals(kind, field, many, descending=descending, today=today)
        if proposed is None:
            return None
        rows = session.execute(proposed).all()
        asked = select(identity, value).where(where, in_ids(identity, {row[0] for row in rows}))
        held = {row[0]: row[1] for row in session.execute(asked)}
        right = (row[0] for row in rows if row[0] in held and held[row[0]] == row[1])
        found = array("q", dict.fromkeys(right))
        if len(found) >= limit:
            return found[:limit]
        if len(rows) < many:
            bought = field.key in _BOUGHT  # who bought nothing stands before the others
            nothing = type_coerce(value, Integer) == 0 if bought else value.is_(None)
            others = select(identity).where(where, nothing).order_by(identity)
            found.extend(session.execute(others.limit(limit - len(found))).scalars())
            return None if bought and len(found) < limit else found
        many *= _MORE
    return None


def _proposals(
    kind: Kind, field: Field, many: int, *, descending: bool, today: date
) -> Select[Any] | None:
    """The first so many owners, and what they may be ordered by, in the order of the list."""

    def directed(expression: Any) -> Any:
        return expression.desc() if descending else expression.asc()

    def ordered(owner: Any, value: Any, *conditions: Any) -> Select[Any]:
        there = unindexed(type_coerce(owner, String)) != ""
        statement = select(owner, value.label("value")).where(there, *conditions)
        return statement.order_by(directed(value), owner).limit(many)

    if kind is Kind.PERSON and field.key == "company":
        return _by_company(many, directed)
    if kind is Kind.PERSON and field.key in JOB_KEYS:
        held = getattr(Job, field.key)
        return ordered(Job.person_id, held, Job.left.is_(False), held.is_not(None))
    if field.type is FieldType.POINTS:
        return ordered(owner_column(Point, kind), Point.value, Point.kind == field.point)
    if field.type is FieldType.ADDRESSES:
        return ordered(owner_column(PostalAddress, kind), whole_address())
    paid = money_columns.values_by_owner(kind, field.key)
    if paid is not None:
        rows = paid.subquery()
        value = rows.c.value
        found: Select[Any] = select(rows)
        return found.order_by(directed(value), rows.columns[0]).limit(many)
    if field.key in _BOUGHT:
        rows = worked_out.buyers(kind, today, descending=descending).subquery()
        bought: ColumnElement[Any] = rows.c.value
        if field.key == "revenue_share":
            bought = worked_out.share_of(type_coerce(bought, Integer), today)
        buyers = select(rows.c.owner, bought.label("value"))
        return buyers.order_by(directed(bought), rows.c.owner).limit(many)
    if field.key == "demand_share":
        rows = demand_share.by_owner(today).subquery()
        return select(rows).order_by(directed(rows.c.value), rows.c.id).limit(many)
    if kind is Kind.PERSON and field.key == "completeness":
        percent: Any = PersonFilled.percent
        filled = select(PersonFilled.person_id, percent)
        return filled.order_by(directed(percent), PersonFilled.person_id).limit(many)
    if field.key not in ("next_step", "last_contact"):
        return None
    owner = owner_column(Activity, kind)
    soonest = field.key == "next_step"
    moment: Any = step_day() if soonest else Activity.done_at
    state = Activity.state == ("planned" if soonest else "done")
    conditions = (state, Activity.trashed_at.is_(None), moment.is_not(None))
    if descending is not soonest:
        return ordered(owner, moment, *conditions)  # whose row comes first is right
    best = func.min(moment) if soonest else func.max(moment)
    return ordered(owner, best, *conditions).group_by(owner)


def _by_company(many: int, directed: Callable[[Any], Any]) -> Select[Any]:
    """People by the names of their companies, read in the order of the companies."""
    parts = []
    for which in (Company.trashed_at.is_(None), Company.trashed_at.is_not(None)):
        part = (
            select(
                Job.person_id.label("owner"),
                Job.company_id.label("value"),
                Company.sort_key.label("place"),
            )
            .join_from(Company, Job, Job.company_id == unindexed(Company.id))
            .where(which, Job.left.is_(False))
            .order_by(directed(Company.sort_key), directed(Company.id), Job.person_id)
            .limit(many)
        )
        parts.append(select(part.subquery()))
    both = union_all(*parts).subquery()
    order = (directed(both.c.place), directed(both.c.value), both.c.owner)
    return select(both.c.owner, both.c.value).order_by(*order).limit(many)
