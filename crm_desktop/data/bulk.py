"""Many new records at once, with ids given by the caller: one statement per table.

What is derived from them is written along with them: the key they are sorted by, their stamps
and their search entries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from crm_desktop.data import journal
from crm_desktop.data.raw import insert_rows
from crm_desktop.data.records.children import tag_id
from crm_desktop.data.records.columns import column_name, table_of
from crm_desktop.data.records.titles import refs
from crm_desktop.data.records.writing import Writer, for_column
from crm_desktop.data.search.documents import FINDABLE, document, own_texts
from crm_desktop.data.search.indexing import add_documents
from crm_desktop.data.tables import METADATA, ImportOrigin, Job, Point, PostalAddress, TagLink
from crm_desktop.data.types import MOMENT, stamp_text
from crm_desktop.domain import schema
from crm_desktop.domain.fields import Address, Field, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.pinyin import sort_key
from crm_desktop.domain.points import norm
from crm_desktop.domain.search_terms import SearchFields
from crm_desktop.domain.uid import uid7

Rows = Mapping[int, Mapping[str, Any]]
Values = Mapping[str, Any]
_ADDRESS = tuple(field.name for field in fields(Address))
_STAMPED = ("id", "uid", "version", "created_at", "changed_at", "sort_key")
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
        self._custom = custom
        self._fields = {
            field.key: field for field in (*schema.FIELDS[kind], *custom) if not field.computed
        }
        self._writer = Writer(session, kind, custom)
        self._step = step
        self._tag_ids: dict[str, int] = {}

    def insert(self, rows: Rows) -> None:
        """Insert the records `rows` (id → values) with what hangs on them."""
        self._learn_tags(rows)
        owner = f"{self._kind.value}_id"
        before = self._journalled()
        columns, records = self._records(rows)
        self._put(table_of(self._kind), columns, records, self._step)
        self._put(Point, (owner, "kind", "value", "norm", "position"), self._points(rows))
        self._put(PostalAddress, (owner, "position", *_ADDRESS), self._addresses(rows))
        if self._kind is Kind.PERSON:
            names = ("person_id", "company_id", "title", "department", "left", "position")
            self._put(Job, names, self._jobs(rows))
        self._put(TagLink, ("tag_id", "owner_kind", "owner_id"), self._tags(rows))
        add_documents(self._session, self._kind, self._documents(rows))
        journal.settle(self._session, before + 1, self._journalled())

    def _journalled(self) -> int:
        last = self._session.execute(text("SELECT max(id) FROM journal_change")).scalar()
        return int(last or 0)

    def _put(
        self,
        table: type[Any],
        columns: Sequence[str],
        rows: Iterator[tuple[Any, ...]],
        step: Callable[[int], None] | None = None,
    ) -> None:
        insert_rows(self._session.connection(), table.__table__, columns, rows, step)

    # The records themselves

    def _records(self, rows: Rows) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
        """The columns some record fills, and the records' values for them."""
        used = {key for values in rows.values() for key in values}
        plain = [
            field
            for key, field in self._fields.items()
            if key in used and not self._writer.spreads(field)
        ]
        simple = [f for f in plain if not f.custom and f.type is not FieldType.BIRTHDAY]
        others = [f.key for f in plain if f not in simple]
        kept = {column_name(field): self._kept(field) for field in simple}
        # Of the other columns the names only: what they hold is asked of each record.
        further = [n for n in self._writer.split(dict.fromkeys(others))[0] if n not in kept]
        always = [n for n in _NEVER_EMPTY[self._kind] if n not in kept and n not in further]
        columns = [*_STAMPED, *kept, *further, *always]
        return columns, self._record_values(rows, list(kept.values()), others, further, len(always))

    def _kept(self, field: Field) -> tuple[str, Callable[[Any], Any] | None, Any]:
        """A field's key, how its column keeps a value, and what it keeps where there is none."""
        name = column_name(field)
        convert = self._processor(name)
        if field.type in (FieldType.LINK, FieldType.CHOICES):
            inner = convert or _same

            def convert(value: Any) -> Any:
                ready = for_column(field, value)
                return None if ready is None else inner(ready)

        return field.key, convert, False if name in _NEVER_EMPTY[self._kind] else None

    def _processor(self, name: str) -> Callable[[Any], Any] | None:
        kept = METADATA.tables[table_of(self._kind).__tablename__].c[name].type
        found: Callable[[Any], Any] | None = kept.bind_processor(self._session.connection().dialect)
        return found

    def _record_values(
        self,
        rows: Rows,
        kept: Sequence[tuple[str, Callable[[Any], Any] | None, Any]],
        others: Sequence[str],
        further: Sequence[str],
        always: int,
    ) -> Iterator[tuple[Any, ...]]:
        now = MOMENT.get()
        stamp = stamp_text(now)
        gesture = self._session.execute(text("SELECT gesture_id FROM journal_current")).scalar()
        as_json = self._processor("custom") or _same
        empty = (False,) * always
        for record_id, values in rows.items():
            get = values.get
            key = sort_key(values["name"], get("name_reading"))
            row: list[Any] = [record_id, uid7(now), gesture, stamp, stamp, key]
            for name, convert, nothing in kept:
                value = get(name)
                if value is None:
                    row.append(nothing)
                else:
                    row.append(value if convert is None else convert(value))
            if others:
                own = self._writer.split({name: get(name) for name in others})[0]
                if "custom" in own:
                    custom = {k: v for k, v in own["custom"].items() if v is not None}
                    own["custom"] = as_json(custom) if custom else None
                row += [own.get(name) for name in further]
            yield (*row, *empty)

    # What hangs on them

    def _points(self, rows: Rows) -> Iterator[tuple[Any, ...]]:
        found = [(f.key, f.point) for f in self._fields.values() if f.type is FieldType.POINTS]
        for record_id, values in rows.items():
            for key, point in found:
                for position, value in enumerate(values.get(key) or ()):
                    yield record_id, point, value, norm(point, value), position

    def _addresses(self, rows: Rows) -> Iterator[tuple[Any, ...]]:
        for record_id, values in rows.items():
            for position, address in enumerate(values.get("address") or ()):
                yield record_id, position, *(getattr(address, name) for name in _ADDRESS)

    def _jobs(self, rows: Rows) -> Iterator[tuple[Any, ...]]:
        for person_id, values in rows.items():
            company, title, department = map(values.get, ("company", "title", "department"))
            if (company, title, department) != (None, None, None):
                yield person_id, _id_of(company), title, department, False, 0

    def _learn_tags(self, rows: Rows) -> None:
        for values in rows.values():
            for name in values.get("tags") or ():
                if name.strip() and name.strip() not in self._tag_ids:
                    self._tag_ids[name.strip()] = tag_id(self._session, name)

    def _tags_of(self, values: Values) -> list[str]:
        return list(dict.fromkeys(filter(None, map(str.strip, values.get("tags") or ()))))

    def _tags(self, rows: Rows) -> Iterator[tuple[Any, ...]]:
        for record_id, values in rows.items():
            for name in self._tags_of(values):
                yield self._tag_ids[name], self._kind.value, record_id

    # What they are found by

    def _documents(self, rows: Rows) -> Iterator[tuple[int, SearchFields]]:
        findable = FINDABLE[self._kind]
        own_keys = [field.key for field in own_texts(self._custom)]
        linked = {_id_of(values.get("company")) for values in rows.values()}
        companies = refs(self._session, Kind.COMPANY, linked)
        for record_id, values in rows.items():
            shown = dict(values)
            if self._kind is Kind.PERSON:
                shown["company"] = companies.get(_id_of(values.get("company")) or 0)
            if "tags" in shown:
                shown["tags"] = tuple(sorted(self._tags_of(values)))
            yield record_id, document(findable, shown.get, own_keys)


def _same(value: Any) -> Any:
    return value


def _id_of(value: Any) -> int | None:
    return value.id if isinstance(value, Ref) else value


def note_origins(
    session: Session, origins: Iterable[tuple[Kind, int, int]], file: str, sheet: str
) -> None:
    """Remember the row each record came from: (kind, id, row)."""
    now = stamp_text(MOMENT.get())
    columns = ("kind", "record_id", "row", "file", "sheet", "imported_at")
    rows = ((kind.value, record_id, row, file, sheet, now) for kind, record_id, row in origins)
    table = METADATA.tables[ImportOrigin.__tablename__]
    insert_rows(session.connection(), table, columns, rows)
