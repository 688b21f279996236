"""Lists and cards of every kind."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select

from crm_desktop.data.ids import in_listed, listed, numbers
from crm_desktop.data.records import first_rows, grouping
from crm_desktop.data.records.columns import column, plain_table, table_of, value_expression
from crm_desktop.data.records.filters import Filters
from crm_desktop.data.records.heads import head
from crm_desktop.data.records.loading import Page, load
from crm_desktop.data.records.scanning import is_led_to, is_narrowed
from crm_desktop.data.session import Session
from crm_desktop.domain import schema
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.grouping import RowGroup
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.queries import Query
from crm_desktop.domain.records import Card, Row

_DEFAULTS: dict[FieldType, Any] = {
    FieldType.POINTS: (),
    FieldType.ADDRESSES: (),
    FieldType.TAGS: (),
    FieldType.PARTS: (),
    FieldType.CHOICES: (),
}


class Reader:
    """Reads records of one kind within one session."""

    def __init__(
        self,
        session: Session,
        kind: Kind,
        today: date,
        custom: tuple[Field, ...] = (),
        *,
        zone: str = "UTC",
    ) -> None:
        self._session = session
        self._kind = kind
        self._today = today
        self._zone = zone
        self._custom = custom
        self._filters = Filters(session, kind, today, custom, zone=zone)

    def count(self, query: Query) -> int:
        """How many records the query holds."""
        statement = select(func.count()).select_from(table_of(self._kind))
        return self._session.execute(statement.where(self._filters.where(query))).scalar_one()

    def ids(self, query: Query, limit: int | None = None) -> array[int]:
        """The ids of the query's records, in its order."""
        held = self._filters.order_is_held(query)
        tried = bool(query.where.conditions)  # on each row
        where = self._filters.where(query, as_they_lie=tried or not held)
        led = is_led_to(self._kind, query) or is_narrowed(self._kind, query)
        if limit is not None and not led:
            found = self._first(query, where, limit)
            if found is not None:
                return found
        statement = self._filters.ordered(select(column(self._kind, "id")).where(where), query)
        if limit is not None:
            statement = statement.limit(limit)
        # One text of a million numbers comes ten times as fast as a million rows.
        ordered = statement.subquery()
        whole = select(func.json_group_array(ordered.c.id))
        return numbers(self._session.execute(whole).scalar_one())

    def _first(self, query: Query, where: ColumnElement[bool], limit: int) -> array[int] | None:
        """The same by a shorter way; None where there is none."""
        session, kind, filters = self._session, self._kind, self._filters
        order = filters.order(query)
        if filters.order_is_held(query):
            tried = bool(query.where.conditions)
            return first_rows.from_the_top(session, filters, query, limit) if tried else None
        if query.group or len(order) > 1:
            return None
        key, descending = order[0]
        field = filters.field(key)
        value: Any = value_expression(kind, field, self._today)
        if descending and filters.holds_days(field):
            return first_rows.newest(session, kind, value, where, limit)
        if filters.holds(field):
            return first_rows.with_a_value(session, filters, query, value, where, limit)
        return first_rows.ids(
            session, kind, field, value, where, limit, descending=descending, today=self._today
        )

    def rows(self, ids: Sequence[int], keys: Sequence[str]) -> list[Row]:
        """The rows of `ids`, in this order, with the fields `keys`; ids gone are left out."""
        alive, columns = self.columns(ids, keys)
        values = zip(*columns, strict=True) if columns else [()] * len(alive)
        return [Row(record_id, own) for record_id, own in zip(alive, values, strict=True)]

    def columns(self, ids: Sequence[int], keys: Sequence[str]) -> tuple[list[int], list[list[Any]]]:
        """The same field by field: the ids that are not gone, and a list of values for each key."""
        fields = [self._filters.field(key) for key in keys]
        existing = self.existing(ids)
        alive = [record_id for record_id in ids if record_id in existing]
        loaded = load(self._page(alive), fields)
        return alive, [_column(loaded[field.key], alive, field) for field in fields]

    def card(self, record_id: int) -> Card:
        """Everything about one record. Refused("record.gone") where there is none."""
        table: Any = table_of(self._kind)
        found = self._session.execute(
            select(
                *(head(self._kind, name).label(name) for name in ("uid", "version", "trashed_at"))
            ).where(table.id == record_id)
        ).one_or_none()
        if found is None:
            raise Refused("record.gone")
        everything = (*schema.FIELDS[self._kind], *self._custom)
        fields = [field for field in everything if not field.list_only]
        loaded = load(self._page([record_id]), fields)
        values = {field.key: _value(loaded[field.key], record_id, field) for field in fields}
        title = values[schema.TITLE_KEYS[self._kind]] or ""
        return Card(
            ref=Ref(self._kind, record_id, title),
            uid=found.uid,
            version=found.version,
            values=values,
            trashed=found.trashed_at is not None,
        )

    def sums(self, query: Query, keys: Sequence[str]) -> dict[str, dict[str, Decimal]]:
        """Sums of money fields by currency ("" where the kind has none)."""
        table: Any = table_of(self._kind)
        where = self._filters.where(query)
        found: dict[str, dict[str, Decimal]] = {}
        for key in keys:
            field = self._filters.field(key)
            expression: Any = value_expression(self._kind, field, self._today).label("value")
            currency = table.currency if hasattr(table, "currency") else literal("")
            rows = select(expression, currency.label("currency")).where(where).subquery()
            statement = select(rows.c.currency, func.sum(rows.c.value)).group_by(rows.c.currency)
            found[key] = {
                currency: total
                for currency, total in self._session.execute(statement)
                if total is not None
            }
        return found

    def groups(self, query: Query, keys: Sequence[str]) -> tuple[RowGroup, ...]:
        """The headings of a grouped query, with the sums of money fields."""
        return grouping.groups(
            self._session,
            self._kind,
            self._filters.where(query),
            self._filters.field(query.group),
            self._today,
            descending=dict(query.order).get(query.group, False),
            summed=[self._filters.field(key) for key in keys],
        )

    def _page(self, ids: Sequence[int]) -> Page:
        return Page(self._session, self._kind, ids, self._today, self._zone)

    def existing(self, ids: Sequence[int]) -> set[int]:
        """Those of `ids` that are in the book, trashed or not."""
        return set(self._session.execute(_existing(self._kind), listed(ids)).scalars())


@cache
def _existing(kind: Kind) -> Select[Any]:
    identity = plain_table(kind).c.id
    return select(identity).where(in_listed(identity))


def _column(loaded: dict[int, Any], ids: list[int], field: Field) -> list[Any]:
    nothing = _DEFAULTS.get(field.type)
    if not loaded:
        return [nothing] * len(ids)
    if nothing is None:
        return list(map(loaded.get, ids))
    return [nothing if value is None else value for value in map(loaded.get, ids)]


def _value(loaded: dict[int, Any], record_id: int, field: Field) -> Any:
    value = loaded.get(record_id)
    return _DEFAULTS.get(field.type) if value is None else value
