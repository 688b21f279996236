"""Many new records at once, with ids given by the caller: one statement per table.

What is derived from them is written along with them: the key they are sorted by, their stamps
and, of people and companies, their search entries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import text
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from crm_desktop.data import journal
from crm_desktop.data.engines.sqlite import roomy
from crm_desktop.data.ids import batched
from crm_desktop.data.raw import CHUNK, insert_rows
from crm_desktop.data.records.children import tag_id
from crm_desktop.data.records.columns import column_name, table_of
from crm_desktop.data.records.titles import titles
from crm_desktop.data.records.writing import Writer, due_columns, for_column, stored
from crm_desktop.data.search.documents import FINDABLE, document, own_texts
from crm_desktop.data.search.indexing import add_documents
from crm_desktop.data.session import Session
from crm_desktop.data.tables import METADATA, ImportOrigin, Job, Point, PostalAddress, TagLink
from crm_desktop.data.types import MOMENT, stamp_text
from crm_desktop.domain import schema
from crm_desktop.domain.fields import Address, Field, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.pinyin import sort_key
from crm_desktop.domain.points import norm
from crm_desktop.domain.search_terms import SearchFields
from crm_desktop.domain.uid import uids7

Rows = Mapping[int, Mapping[str, Any]]
Values = Mapping[str, Any]
Column = tuple[str, Callable[[Any], list[Any]]]
"""The field a column takes its values from (empty: whole records), and how it keeps them."""
_ADDRESS = tuple(field.name for field in fields(Address))
_EMPTY_BIRTHDAY = {"year": None, "month": None, "day": None, "lunar": False, "leap": False}
_STAMPED = ("id", "uid", "version", "created_at", "changed_at", "sort_key")
_TAG_LINK = ("tag_id", "owner_kind", "owner_id")


class Bulk:
    """Inserts records of one kind in bulk; values are accepted already."""

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
        self._columns = METADATA.tables[table_of(kind).__tablename__].c
        self._never_empty: dict[str, Any] = {
            column.name: column.default.arg
            for column in self._columns
            if isinstance(column.default, ScalarElementColumnDefault)
            if column.name not in _STAMPED
        }
        self._writer = Writer(session, kind, custom)
        self._step = step
        self._tag_ids: dict[str, int] = {}
        self._used: set[str] = set()

    def insert(self, rows: Rows) -> None:
        """Insert the records `rows` (id → values) with what hangs on them."""
        self._used = {key for values in rows.values() for key in values}
        self._learn_tags(rows)
        with roomy(self._session.connection()):
            before = self._journalled()
            columns, records = self._records(rows)
            self._put(table_of(self._kind), columns, records, self._step)
            if self._kind in (Kind.PERSON, Kind.COMPANY):
                self._put_what_hangs_on(rows, f"{self._kind.value}_id")
                add_documents(self._session, self._kind, self._documents(rows))
                journal.settle(self._session, before + 1, self._journalled())
            else:
                self._put(TagLink, _TAG_LINK, self._tags(rows))

    def _put_what_hangs_on(self, rows: Rows, owner: str) -> None:
        self._put(Point, (owner, "kind", "value", "norm", "position"), self._points(rows))
        self._put(PostalAddress, (owner, "position", *_ADDRESS), self._addresses(rows))
        if self._kind is Kind.PERSON:
            names = ("person_id", "company_id", "title", "department", "left", "position")
            self._put(Job, names, self._jobs(rows))
        self._put(TagLink, _TAG_LINK, self._tags(rows))

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
        plain = [
            field
            for key, field in self._fields.items()
            if key in self._used and not self._writer.spreads(field)
        ]
        filled: dict[str, Column] = {}
        for field in plain:
            if field.type is FieldType.BIRTHDAY:
                filled |= {
                    f"birth_{part}": (field.key, _part_of(part, _EMPTY_BIRTHDAY[part]))
                    for part in _EMPTY_BIRTHDAY
                }
            elif field.type is FieldType.DUE:
                filled |= {name: (field.key, self._part_of_due(name)) for name in due_columns(None)}
            elif not field.custom:
                filled[column_name(field)] = (field.key, self._kept(field))
        own = [field for field in plain if field.custom]
        if own:
            filled["custom"] = ("", self._custom_values(own))
        for name, nothing in self._never_empty.items():
            filled.setdefault(name, ("", _constant(nothing)))
        stamped = [name for name in _STAMPED if name in self._columns]
        return [*stamped, *filled], self._record_values(rows, list(filled.values()))

    def _part_of_due(self, name: str) -> Callable[[list[Any]], list[Any]]:
        convert = self._processor(name) or _same
        return lambda values: [convert(due_columns(one)[name]) for one in values]

    def _kept(self, field: Field) -> Callable[[list[Any]], list[Any]]:
        """How the column of a field keeps values, and what it keeps of none."""
        name = column_name(field)
        convert = self._processor(name)
        nothing = self._never_empty.get(name)
        if field.type is FieldType.LINK:
            return lambda values: list(map(_id_of, values))
        if field.type is FieldType.CHOICES:
            inner = convert or _same

            def convert(value: Any) -> Any:
                ready = for_column(field, value)
                return None if ready is None else inner(ready)

        if convert is None and nothing is None:
            return _same
        change = convert or _same
        return lambda values: [nothing if one is None else change(one) for one in values]

    def _processor(self, name: str) -> Callable[[Any], Any] | None:
        kept = self._columns[name].type
        found: Callable[[Any], Any] | None = kept.bind_processor(self._session.connection().dialect)
        return found

    def _custom_values(self, own: Sequence[Field]) -> Callable[[list[Any]], list[Any]]:
        """The user's own fields of whole records, as their one column keeps them."""
        as_json = self._processor("custom") or _same
        keys = [(field, field.key, field.key.removeprefix("custom.")) for field in own]

        def custom(records: list[Any]) -> list[Any]:
            found = []
            for values in records:
                told = {
                    name: kept
                    for field, key, name in keys
                    if (kept := stored(field, values.get(key))) is not None
                }
                found.append(as_json(told) if told else None)
            return found

        return custom

    def _record_values(self, rows: Rows, filled: Sequence[Column]) -> Iterator[tuple[Any, ...]]:
        """Column by column, a few thousand records at a time."""
        now = MOMENT.get()
        stamp = stamp_text(now)
        gesture = self._session.execute(text("SELECT gesture_id FROM journal_current")).scalar()
        title = schema.TITLE_KEYS[self._kind]
        for batch in batched(rows.items(), CHUNK):
            ids, records = zip(*batch, strict=True)
            columns: list[Iterable[Any]] = [ids, uids7(now, len(ids))]
            columns += [[constant] * len(ids) for constant in (gesture, stamp, stamp)]
            if "sort_key" in self._columns:
                columns.append([sort_key(one[title], one.get("name_reading")) for one in records])
            for key, kept in filled:
                columns.append(kept([values.get(key) for values in records] if key else records))
            yield from zip(*columns, strict=True)

    # What hangs on them

    def _points(self, rows: Rows) -> Iterator[tuple[Any, ...]]:
        found = [
            (field.key, field.point)
            for field in self._fields.values()
            if field.type is FieldType.POINTS and field.key in self._used
        ]
        for record_id, values in rows.items():
            for key, point in found:
                if one := values.get(key):
                    for position, value in enumerate(one):
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
        findable = FINDABLE[self._kind].among(self._used)
        own_keys = [field.key for field in own_texts(self._custom) if field.key in self._used]
        linked = {_id_of(values.get("company")) for values in rows.values()}
        companies = titles(self._session, Kind.COMPANY, linked)
        for record_id, values in rows.items():
            shown = values
            if "company" in values or "tags" in values:
                company = companies.get(_id_of(values.get("company")) or 0)
                shown = {**values, "company": company, "tags": tuple(sorted(self._tags_of(values)))}
            yield record_id, document(findable, shown.get, own_keys)


def _same(value: Any) -> Any:
    return value


def _constant(value: Any) -> Callable[[list[Any]], list[Any]]:
    return lambda records: [value] * len(records)


def _part_of(name: str, nothing: Any) -> Callable[[list[Any]], list[Any]]:
    return lambda values: [nothing if one is None else getattr(one, name) for one in values]


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
