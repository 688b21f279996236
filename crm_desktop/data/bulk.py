"""Many new records at once, with ids given by the caller: one statement per table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy.orm import Session

from crm_desktop.data.raw import insert_rows
from crm_desktop.data.records.children import tag_id
from crm_desktop.data.records.columns import table_of
from crm_desktop.data.records.writing import Writer
from crm_desktop.data.tables import METADATA, ImportOrigin, Job, Point, PostalAddress, TagLink
from crm_desktop.data.types import MOMENT
from crm_desktop.domain import schema
from crm_desktop.domain.fields import Address, Field, FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.pinyin import sort_key
from crm_desktop.domain.points import norm
from crm_desktop.domain.uid import uid7

Rows = Mapping[int, Mapping[str, Any]]
_ADDRESS = tuple(field.name for field in fields(Address))
_EMPTY = {"important": False, "do_not_contact": False, "birth_lunar": False, "birth_leap": False}
_NEVER_EMPTY = {
    Kind.PERSON: ("important", "do_not_contact", "birth_lunar", "birth_leap"),
    Kind.COMPANY: ("important",),
}


class Bulk:
    """Inserts people or companies in bulk; values are accepted already."""

    def __init__(
        self,
        session: Session,
        kind: Kind,
        custom: tuple[Field, ...],
        step: Callable[[int], None],
    ) -> None:
        self._session = session
        self._kind = kind
        self._fields = {
            field.key: field for field in (*schema.FIELDS[kind], *custom) if not field.computed
        }
        self._writer = Writer(session, kind, custom)
        self._step = step

    def insert(self, rows: Rows) -> None:
        """Insert the records `rows` (id → values) with what hangs on them."""
        owner = f"{self._kind.value}_id"
        filled, records = self._records(rows)
        self._put(table_of(self._kind), filled, records, self._step)
        self._put(Point, (owner, "kind", "value", "norm", "position"), self._points(rows))
        self._put(PostalAddress, (owner, "position", *_ADDRESS), self._addresses(rows))
        if self._kind is Kind.PERSON:
            columns = ("person_id", "company_id", "title", "department", "left", "position")
            self._put(Job, columns, self._jobs(rows))
        self._put(TagLink, ("tag_id", "owner_kind", "owner_id"), self._tags(rows))

    def _put(
        self,
        table: type[Any],
        columns: Sequence[str],
        rows: Iterator[tuple[Any, ...]],
        step: Callable[[int], None] | None = None,
    ) -> None:
        insert_rows(self._session.connection(), table.__table__, columns, rows, step)

    def _records(self, rows: Rows) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
        """The columns some record fills, and the records' values for them."""
        plain = [key for key, field in self._fields.items() if not self._writer.spreads(field)]
        used = {key for values in rows.values() for key in values if key in plain}
        sample = self._writer.split(dict.fromkeys(used))[0]
        names = ["id", "uid", "created_at", "changed_at", "sort_key", *_NEVER_EMPTY[self._kind]]
        columns = [*names, *(name for name in sample if name not in names)]
        return columns, self._record_values(rows, columns, used)

    def _record_values(
        self, rows: Rows, columns: Sequence[str], used: set[str]
    ) -> Iterator[tuple[Any, ...]]:
        now = MOMENT.get()
        split = self._writer.split
        for record_id, values in rows.items():
            own = split({key: value for key, value in values.items() if key in used})[0]
            custom = {k: v for k, v in own.get("custom", {}).items() if v is not None}
            own |= {
                "id": record_id,
                "uid": uid7(now),
                "created_at": now,
                "changed_at": now,
                "sort_key": sort_key(values["name"], values.get("name_reading")),
                "custom": custom or None,
            }
            yield tuple(own.get(name, _EMPTY.get(name)) for name in columns)

    def _points(self, rows: Rows) -> Iterator[tuple[Any, ...]]:
        fields = [
            (field.key, field.point)
            for field in self._fields.values()
            if field.type is FieldType.POINTS
        ]
        for record_id, values in rows.items():
            for key, point in fields:
                for position, value in enumerate(values.get(key) or ()):
                    yield record_id, point, value, norm(point, value), position

    def _addresses(self, rows: Rows) -> Iterator[tuple[Any, ...]]:
        for record_id, values in rows.items():
            for position, address in enumerate(values.get("address") or ()):
                parts = (getattr(address, name) for name in _ADDRESS)
                yield record_id, position, *parts

    def _jobs(self, rows: Rows) -> Iterator[tuple[Any, ...]]:
        for person_id, values in rows.items():
            job = [values.get(key) for key in ("company", "title", "department")]
            if any(value is not None for value in job):
                yield person_id, *job, False, 0

    def _tags(self, rows: Rows) -> Iterator[tuple[Any, ...]]:
        known: dict[str, int] = {}
        for record_id, values in rows.items():
            for name in dict.fromkeys(values.get("tags") or ()):
                if name not in known:
                    known[name] = tag_id(self._session, name)
                yield known[name], self._kind.value, record_id


def note_origins(
    session: Session, origins: Iterable[tuple[Kind, int, int]], file: str, sheet: str
) -> None:
    """Remember the row each record came from: (kind, id, row)."""
    now = MOMENT.get()
    columns = ("kind", "record_id", "row", "file", "sheet", "imported_at")
    rows = ((kind.value, record_id, row, file, sheet, now) for kind, record_id, row in origins)
    table = METADATA.tables[ImportOrigin.__tablename__]
    insert_rows(session.connection(), table, columns, rows)
