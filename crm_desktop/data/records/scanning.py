"""Which way through a table is the short one for a list.

Every list leaves out the trash, and indexes of orders begin with it: left to itself the engine
goes through one of them and fetches each row from another place. Where no index narrows the list
and none holds its order, reading the rows as they lie takes a tenth of the time.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from sqlalchemy import ColumnElement, String, type_coerce

from crm_desktop.data.planner import unindexed
from crm_desktop.data.records.columns import JOB_KEYS, plain_table
from crm_desktop.data.records.heads import head
from crm_desktop.data.records.money_columns import owners
from crm_desktop.domain import schema
from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.kinds import OWNERS, Kind
from crm_desktop.domain.queries import Condition, Op, Query

_NARROWING = frozenset(
    {Op.IS, Op.ANY_OF, Op.EMPTY, Op.BEFORE, Op.AFTER, Op.BETWEEN, Op.WITHIN, Op.DURING}
)

_LEADING = _NARROWING - {Op.EMPTY} | {Op.CONTAINS, Op.STARTS}


def is_live(kind: Kind, *, as_they_lie: bool) -> ColumnElement[bool]:
    """The condition that a row is not in the trash; without the indexes that begin with it."""
    trashed_at = head(kind, "trashed_at")
    if as_they_lie and kind not in OWNERS:
        return unindexed(type_coerce(trashed_at, String)) == ""
    return trashed_at.is_(None)


def is_narrowed(kind: Kind, query: Query) -> bool:
    """Whether an index may find the rows of the query: the engine chooses by its statistics."""
    if query.text.strip() or query.only is not None:
        return True
    return not query.where.any_of and any(
        isinstance(part, Condition) and part.op in _NARROWING and _is_found(kind, part)
        for part in query.where.conditions
    )


def has_order(kind: Kind, key: str) -> bool:
    """Whether an index of the kind's table holds the live rows in the order of the field."""
    named = "sort_key" if key == schema.TITLE_KEYS[kind] else key
    return ("trashed_at", named) in _beginnings(kind)


def is_indexed(kind: Kind, key: str) -> bool:
    """Whether rows with one value of the field may be found by an index."""
    if key.startswith("custom."):
        return True  # it is, where the user made it searchable
    names = {key, f"{key}_id"}
    return any(
        first in names or (first == "trashed_at" and second in names)
        for first, second in _beginnings(kind)
    )


def is_led_to(kind: Kind, query: Query) -> bool:
    """Whether another table names the rows of the query: they are fetched by their ids then."""
    return not query.where.any_of and any(
        isinstance(part, Condition)
        and part.op in _LEADING
        and part.value is not None
        and part.key in _held_elsewhere(kind)
        for part in query.where.conditions
    )


def _is_found(kind: Kind, part: Condition) -> bool:
    """Whether an index finds the rows of the condition.

    Those without a value may be all there are: they are not fetched by one that does not know
    which of them are in the trash.
    """
    if part.op is not Op.EMPTY or part.key.startswith("custom."):
        return is_indexed(kind, part.key)
    names = {part.key, f"{part.key}_id"}
    return any(names & {*pair} and "trashed_at" in pair for pair in _beginnings(kind))


@cache
def _held_elsewhere(kind: Kind) -> frozenset[str]:
    spread = {f.key for f in schema.FIELDS[kind] if f.type in (FieldType.POINTS, FieldType.TAGS)}
    paid = {f.key for f in schema.FIELDS[kind] if owners(kind, f.key, date.max) is not None}
    return frozenset(spread | paid | (JOB_KEYS if kind is Kind.PERSON else frozenset()))


@cache
def _beginnings(kind: Kind) -> frozenset[tuple[str, str]]:
    """The first two columns of each index; "" for no second one."""
    found = set()
    for index in plain_table(kind).indexes:
        names = [each.name for each in index.columns]
        found.add((names[0], names[1] if len(names) > 1 else ""))
    return frozenset(found)
