"""What a list shows: filters, order and text, as plain values that can be saved and sent."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Op(StrEnum):
    """How a condition compares."""

    IS = "is"
    IS_NOT = "is_not"
    CONTAINS = "contains"
    STARTS = "starts"
    EMPTY = "empty"
    FILLED = "filled"
    BEFORE = "before"  # less than, earlier than
    AFTER = "after"  # more than, later than
    BETWEEN = "between"  # inclusive, value is a pair
    ANY_OF = "any_of"  # value is a tuple
    WITHIN = "within"  # the last N days (value > 0) or the next N days (value < 0)
    NOT_WITHIN = "not_within"
    DURING = "during"  # value names a Span, such as this_month


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison: field, operator, value."""

    key: str
    op: Op
    value: Any = None


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions of which all, or any, must hold."""

    conditions: tuple[Condition | Group, ...] = ()
    any_of: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A list of records of one kind: which ones, in which order."""

    where: Group = field(default_factory=Group)
    text: str = ""  # typed in the filter box: matched by the search index
    order: tuple[tuple[str, bool], ...] = ()  # (field key, descending); () = the kind's own order
    trashed: bool = False
    only: tuple[int, ...] | None = None  # restrict to these ids
    group: str = ""  # the field whose values stand above the rows as headings

    def also(self, *conditions: Condition) -> Query:
        """This query, narrowed by further conditions."""
        if not conditions:
            return self
        if self.where.any_of:
            return replace(self, where=Group((self.where, *conditions)))
        return replace(self, where=Group((*self.where.conditions, *conditions)))


EVERYTHING = Query()


def only_known(query: Query, keys: Set[str]) -> Query:
    """The query without conditions on, and orders by, fields that are there no more."""
    order = tuple(each for each in query.order if each[0] in keys)
    group = query.group if query.group in keys else ""
    return replace(query, where=_known_part(query.where, keys), order=order, group=group)


def _known_part(group: Group, keys: Set[str]) -> Group:
    kept: list[Condition | Group] = []
    for part in group.conditions:
        if isinstance(part, Condition):
            if part.key in keys:
                kept.append(part)
            continue
        inner = _known_part(part, keys)
        if inner.conditions or not part.conditions:
            kept.append(inner)
    return Group(tuple(kept), group.any_of)


def to_plain(query: Query) -> dict[str, Any]:
    """A JSON value that `from_plain` reads back."""
    return {
        "where": _group_to_plain(query.where),
        "text": query.text,
        "order": [list(item) for item in query.order],
        "only": None if query.only is None else list(query.only),
        "group": query.group,
    }


def from_plain(plain: dict[str, Any]) -> Query:
    """The query a saved view holds. KeyError or ValueError for something else."""
    return Query(
        where=_group_from_plain(plain["where"]),
        text=str(plain.get("text", "")),
        order=tuple((str(key), bool(descending)) for key, descending in plain.get("order", ())),
        only=None if plain.get("only") is None else tuple(plain["only"]),
        group=str(plain.get("group") or ""),
    )


def _group_to_plain(group: Group) -> dict[str, Any]:
    return {
        "any": group.any_of,
        "of": [
            _group_to_plain(item)
            if isinstance(item, Group)
            else [item.key, item.op.value, _value_to_plain(item.value)]
            for item in group.conditions
        ],
    }


def _group_from_plain(plain: dict[str, Any]) -> Group:
    return Group(
        conditions=tuple(
            _group_from_plain(item)
            if isinstance(item, dict)
            else Condition(item[0], Op(item[1]), _value_from_plain(item[2]))
            for item in plain["of"]
        ),
        any_of=bool(plain["any"]),
    )


def _value_to_plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_value_to_plain(item) for item in value]
    if isinstance(value, Decimal):
        return {"number": str(value)}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return value


def _value_from_plain(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_value_from_plain(item) for item in value)
    if isinstance(value, dict):
        if "number" in value:
            return Decimal(value["number"])
        if "moment" in value:
            return datetime.fromisoformat(value["moment"])
        return date.fromisoformat(value["date"])
    return value
