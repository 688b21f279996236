"""The first rows of a long list that is ordered by what other tables hold.

A million people in the order of their companies, titles, numbers or next steps: looking up what
each of them has before sorting takes seconds. Here the other table proposes owners in its order,
the first of them are checked, and who has nothing to be ordered by comes last. What comes out is
what the whole list begins with.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, String, func, select, type_coerce, union_all

from crm_desktop.data.ids import in_ids
from crm_desktop.data.planner import unindexed
from crm_desktop.data.records.columns import JOB_KEYS, column, owner_column, step_day, whole_address
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Activity, Company, Job, Point, PostalAddress
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind

_MORE = 8  # times as many proposals, where too few of them were right
_MOST = 20_000  # then sorting everybody is no longer the slower way


def newest(
    session: Session, kind: Kind, day: Any, where: ColumnElement[bool], limit: int
) -> array[int]:
    """The first records of `where` ordered by a day or moment downwards.

    What is newer mostly lies behind: read from there, few rows displace those found before.
    """
    identity = column(kind, "id")
    backwards = select(identity, day.label("day")).where(where).order_by(identity.desc())
    rows = backwards.limit(-1).subquery()
    first = select(rows.c.id).order_by(rows.c.day.desc(), rows.c.id.desc()).limit(limit)
    return array("q", session.execute(first).scalars())


def ids(
    session: Session,
    kind: Kind,
    field: Field,
    value: ColumnElement[Any],
    where: ColumnElement[bool],
    limit: int,
    *,
    descending: bool,
) -> array[int] | None:
    """The first `limit` records of `where` ordered by the field, whose value is `value`.

    None where the field is not held by another table, or its first rows are not found so.
    """
    identity = column(kind, "id")
    many = 2 * limit
    while many <= _MOST:
        proposed = _proposals(kind, field, many, descending=descending)
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
            nothing = select(identity).where(where, value.is_(None)).order_by(identity)
            rest = session.execute(nothing.limit(limit - len(found))).scalars()
            return found + array("q", rest)
        many *= _MORE
    return None


def _proposals(kind: Kind, field: Field, many: int, *, descending: bool) -> Select[Any] | None:
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
