"""Lists under headings: the value rows share, and how the headings follow each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, func, literal, select, type_coerce

from crm_desktop.data.records import titles
from crm_desktop.data.records.columns import sort_expressions, table_of, value_expression
from crm_desktop.data.session import Session
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.grouping import BY_MONTH, RowGroup
from crm_desktop.domain.kinds import Kind, Ref

_ORDERED_BY_ITSELF = BY_MONTH | {FieldType.BIRTHDAY, FieldType.TEXT, FieldType.CURRENCY}
_MONTH = len("2026-11")


def shared_value(kind: Kind, field: Field, today: date) -> Any:
    """What rows of one group have in common; nothing where the field is empty."""
    value: Any = value_expression(kind, field, today)
    if field.type in BY_MONTH:
        return func.substr(type_coerce(value, String), 1, _MONTH)
    if field.type is FieldType.BIRTHDAY:
        return type_coerce(value, Integer) // literal(100, Integer)
    if field.type is FieldType.BOOLEAN:
        return func.coalesce(type_coerce(value, Integer), 0)
    if field.type in (FieldType.TEXT, FieldType.CURRENCY):
        return func.nullif(value, "")
    return value


def group_order(
    kind: Kind, field: Field, today: date, *, descending: bool = False
) -> list[ColumnElement[Any]]:
    """What brings the rows of a group together, the groups in the order of their field."""
    found: list[Any] = []
    if field.type not in _ORDERED_BY_ITSELF:
        found += sort_expressions(kind, field, today)
    found.append(shared_value(kind, field, today))
    return [(each.desc() if descending else each.asc()).nulls_last() for each in found]


def groups(
    session: Session,
    kind: Kind,
    where: ColumnElement[bool],
    field: Field,
    today: date,
    *,
    descending: bool,
    summed: Sequence[Field],
) -> tuple[RowGroup, ...]:
    """The headings over the rows of `where`, with counts and sums by currency."""
    table: Any = table_of(kind)
    shared = shared_value(kind, field, today)
    order = [] if field.type in _ORDERED_BY_ITSELF else sort_expressions(kind, field, today)
    currency = table.currency if hasattr(table, "currency") else literal("")
    rows = (
        select(
            shared.label("shared"),
            currency.label("currency"),
            *(each.label(f"place{n}") for n, each in enumerate(order)),
            *(
                value_expression(kind, each, today).label(f"sum{n}")
                for n, each in enumerate(summed)
            ),
        )
        .where(where)
        .subquery()
    )
    places = [func.min(rows.c[f"place{n}"]) for n in range(len(order))]
    ordered = [each.desc() if descending else each.asc() for each in (*places, rows.c.shared)]
    statement = (
        select(
            rows.c.shared,
            rows.c.currency,
            func.count(),
            *(func.sum(rows.c[f"sum{n}"]) for n in range(len(summed))),
        )
        .group_by(rows.c.shared, rows.c.currency)
        .order_by(*(each.nulls_last() for each in ordered))
    )
    found: dict[Any, tuple[int, dict[str, dict[str, Decimal]]]] = {}
    for value, code, count, *amounts in session.execute(statement):
        before, sums = found.get(value, (0, {}))
        for each, amount in zip(summed, amounts, strict=True):
            if amount is not None:
                sums.setdefault(each.key, {})[code or ""] = amount
        found[value] = (before + count, sums)
    named = _as_held(session, field, list(found))
    return tuple(RowGroup(named[value], count, sums) for value, (count, sums) in found.items())


def _as_held(session: Session, field: Field, values: list[Any]) -> dict[Any, Any]:
    """Each value as the record would hold it: a link with its title, a yes or no as such."""
    if field.type is FieldType.LINK and field.link is not None:
        link = field.link
        names = titles.titles(session, link, [value for value in values if value is not None])
        return {v: None if v is None else Ref(link, v, names.get(v, "")) for v in values}
    if field.type is FieldType.BOOLEAN:
        return {value: bool(value) for value in values}
    return {value: value for value in values}
