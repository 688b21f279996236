"""Parts of records in tables of their own: products of an opportunity, yearly demand, helpers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, select

from crm_desktop.data.ids import in_listed
from crm_desktop.data.tables import (
    ActivityHelper,
    OpportunityHelper,
    ProposedProduct,
    YearlyDemand,
)
from crm_desktop.data.tables.base import Base
from crm_desktop.domain.fields import Field
from crm_desktop.domain.kinds import Ref
from crm_desktop.domain.parts import (
    DEMAND,
    HELPER_OF_ACTIVITY,
    HELPER_OF_OPPORTUNITY,
    PROPOSAL,
    Part,
    sort_of,
)


@dataclass(frozen=True, slots=True)
class PartTable:
    """Where the parts of one sort are kept."""

    table: type[Base]
    owner: str
    what: str  # the column that says what a part is of

    def column(self, name: str) -> Column[Any]:
        """The column of this name."""
        found: Column[Any] = self.table.__table__.c[name]
        return found

    def columns(self, field: Field) -> tuple[str, ...]:
        """The columns of the fields of its sort, in their order."""
        return tuple(self.what if one.key == "what" else one.key for one in sort_of(field).fields)


_TABLES: Mapping[str, PartTable] = {
    PROPOSAL: PartTable(ProposedProduct, "opportunity_id", "product_id"),
    DEMAND: PartTable(YearlyDemand, "company_id", "category_id"),
    HELPER_OF_ACTIVITY: PartTable(ActivityHelper, "activity_id", "staff_id"),
    HELPER_OF_OPPORTUNITY: PartTable(OpportunityHelper, "opportunity_id", "staff_id"),
}


def part_table(field: Field) -> PartTable:
    """The table of the parts a field holds."""
    return _TABLES[field.part]


def row_values(field: Field, part: Part) -> tuple[Any, ...]:
    """A part as its columns take it."""
    held = (getattr(part, one.key) for one in sort_of(field).fields)
    return tuple(value.id if isinstance(value, Ref) else value for value in held)


def rows(field: Field, parts: Sequence[Part] | None) -> list[dict[str, Any]]:
    """All parts of a record as rows, numbered in their order."""
    names = part_table(field).columns(field)
    return [
        {**dict(zip(names, row_values(field, part), strict=True)), "position": position}
        for position, part in enumerate(parts or ())
    ]


@cache
def parts_of(field: Field) -> Select[Any]:
    """Of listed records the owner and what its parts hold, in their order."""
    kept = part_table(field)
    owner = kept.column(kept.owner)
    return (
        select(owner, *map(kept.column, kept.columns(field)))
        .where(in_listed(owner))
        .order_by(kept.column("position"), kept.column("id"))
    )


def first_of(field: Field, owner_id: Column[Any]) -> ColumnElement[Any]:
    """What the first part of a record is of: a list is ordered by it."""
    kept = part_table(field)
    return (
        select(kept.column(kept.what))
        .where(kept.column(kept.owner) == owner_id)
        .order_by(kept.column("position"), kept.column("id"))
        .limit(1)
        .correlate(owner_id.table)
        .scalar_subquery()
    )


def owners_of(field: Field, wanted: Sequence[Any]) -> Select[Any]:
    """The records with a part of one of these."""
    kept = part_table(field)
    return select(kept.column(kept.owner)).where(kept.column(kept.what).in_(wanted))
