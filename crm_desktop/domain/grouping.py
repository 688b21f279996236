"""Rows under headings: which fields a list can be grouped by, and what stands in a heading."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.schema import TITLE_KEYS

BY_MONTH = frozenset({FieldType.DATE, FieldType.DUE})
"""Fields whose rows are put together by month; a day of its own would be a heading each."""
_GROUPED = BY_MONTH | {
    FieldType.TEXT,
    FieldType.CURRENCY,
    FieldType.CHOICE,
    FieldType.STATE,
    FieldType.LINK,
    FieldType.BOOLEAN,
    FieldType.BIRTHDAY,
}
_ALWAYS_ANOTHER = frozenset({"number", "code"})


@dataclass(frozen=True, slots=True)
class RowGroup:
    """One heading. `value` as the field holds it, a month as "2026-11", a birth month as 11."""

    value: Any
    count: int
    sums: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)  # field, currency


@dataclass(frozen=True, slots=True)
class Grouped:
    """A whole list: its groups in order, and all ids, group after group."""

    groups: tuple[RowGroup, ...]
    ids: array[int]


def can_group(kind: Kind, of: Field) -> bool:
    """Whether rows can share a value of this field: not a name, a number or a moment."""
    return (
        of.type in _GROUPED
        and not of.computed
        and of.key not in _ALWAYS_ANOTHER
        and of.key != TITLE_KEYS[kind]
    )
