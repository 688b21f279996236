"""Many new records at once, with ids given by the caller: one statement per table and batch.

What is derived from them is written along with them: the key they are sorted by, their stamps
and, of people and companies, their search entries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import Table, text
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from crm_desktop.data import fullness, journal, spans
from crm_desktop.data.engines.sqlite import roomy
from crm_desktop.data.ids import batched
from crm_desktop.data.raw import CHUNK, Inserting, insert_rows, insert_tuples
from crm_desktop.data.records import parts as parts_of
from crm_desktop.data.records.ahead import one_ahead
from crm_desktop.data.records.children import tag_id
from crm_desktop.data.records.columns import birthday_columns, column_name, table_of
from crm_desktop.data.records.titles import titles
from crm_desktop.data.records.writing import Writer, due_columns, for_column, stored
from crm_desktop.data.search import choices
from crm_desktop.data.search.documents import FINDABLE, column_texts, own_texts
from crm_desktop.data.search.indexing import add_lines, roomy_index
from crm_desktop.data.search.lines import Lines
from crm_desktop.data.session import Session
from crm_desktop.data.tables import METADATA, ImportOrigin, Job, Point, PostalAddress, TagLink
from crm_desktop.data.types import MOMENT, stamp_text
from crm_desktop.domain import schema
from crm_desktop.domain.fields import Address, Field, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.pinyin import sort_key
from crm_desktop.domain.points import norm
from crm_desktop.domain.uid import uids7

Values = Mapping[str, Any]
Rows = Mapping[int, Values]
Column = tuple[str, Callable[[Any], list[Any]]]
"""The field a column takes its values from (empty: whole records), and how it keeps them."""
TableRows = tuple[Table, Sequence[str], list[tuple[Any, ...]]]
"""A table, its columns, and rows for them."""
_ADDRESS = tuple(field.name for field in fields(Address))
_address_parts = attrgetter(*_ADDRESS)
_EMPTY_BIRTHDAY = {"month": None, "day": None, "year": None, "lunar": False, "leap": False}
_STAMPED = ("id", "uid", "version", "created_at", "changed_at", "sort_key")
_TAG_LINK = ("tag_id", "owner_kind", "owner_id")
_JOB = ("person_id", "company_id", "title", "department", "left", "position")


@dataclass(frozen=True, slots=True)
class _Given:
    """What all batches have in common."""

    now: datetime
    gesture: int
    companies: Mapping[int, str]
    """What the linked companies are called."""
    filled: Mapping[str, Column]


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some records, ready to be written."""

    ids: list[int]
    rows: list[TableRows]
    filled: list[tuple[int, int, int]]
    texts: list[str]


class Bulk:
    """Inserts records of one kind in bulk; values are accepted already.

    `step` hears how many are written; `lines` makes the lines of the search index; `recorder` is
    who recorded what names nobody else.
    """

    def __init__(
        self,
        session: Session,
        kind: Kind,
        custom: tuple[Field, ...],
        step: Callable[[int], None],
        lines: Lines | None = None,
        recorder: int | None = None,
    ) -> None:
        self._session = session
        self._kind = kind
        self._custom = custom
        self._fields = {
            field.key: field for field in (*schema.FIELDS[kind], *custom) if not field.computed
        }
        self._table = _plain(table_of(kind))
        self._columns = self._table.c
        self._never_empty: dict[str, Any] = {
            column.name: column.default.arg
            for column in self._columns
            if isinstance(column.default, ScalarElementColumnDefault)
            if column.name not in _STAMPED
        }
        if recorder is not None and "recorded_by_id" in self._columns:
            self._never_empty["recorded_by_id"] = recorder
        self._writer = Writer(session, kind, custom)
        self._step = step
        self._lines = lines or Lines()
        self._tag_ids: dict[str, int] = {}
        self._used: set[str] = set()

    def insert(self, rows: Rows) -> None:
        """Insert the records `rows` (id → values, ids ascending) with what hangs on them."""
        self._used = {key for values in rows.values() for key in values}
        if "tags" in self._used:
            self._learn_tags(rows)
        found = self._kind in (Kind.PERSON, Kind.COMPANY)
        connection = self._session.connection()
        many = found and len(rows) > CHUNK
        made = self._made(rows, self._given(rows))
        with (
            roomy(connection),
            roomy_index(self._session) if many else nullcontext(),
            Inserting(connection, *self._tables(found)) as inserting,
            one_ahead(made) if many else nullcontext(made) as batches,
        ):
            before = spans.newest(self._session)
            try:
                for batch in batches:
                    self._write(inserting, batch)
            except BaseException:
                self._lines.close()  # the next batch may be waiting for the child
                raise
            if found:
                journal.settle(self._session, before + 1, spans.newest(self._session))

    def _write(self, inserting: Inserting, batch: _Batch) -> None:
        """Some thousand records with all that hangs on them: pages are written while at hand."""
        for table, columns, tuples in batch.rows:
            inserting.put(table, columns, tuples)
        if batch.filled:
            connection = self._session.connection()
            insert_tuples(connection, fullness.TABLE, fullness.COLUMNS, batch.filled)
        add_lines(self._session, self._kind, batch.ids, batch.texts, self._lines.take())
        self._step(len(batch.ids))

    def _given(self, rows: Rows) -> _Given:
        """What the batches need of the book: they are made where nobody may ask it."""
        gesture = self._session.execute(text("SELECT gesture_id FROM journal_current"))
        linked: set[int | None] = set()
        if self._kind is Kind.PERSON and "company" in self._used:
            linked = {_id_of(values.get("company")) for values in rows.values()}
        names = titles(self._session, Kind.COMPANY, linked)
        return _Given(MOMENT.get(), gesture.scalar_one(), names, self._filled())

    def _made(self, rows: Rows, given: _Given) -> Iterator[_Batch]:
        """The rows of all tables, some thousand records at a time."""
        found = self._kind in (Kind.PERSON, Kind.COMPANY)
        for batch in batched(rows.items(), CHUNK):
            ids, records = [one for one, _ in batch], [values for _, values in batch]
            made: list[TableRows] = [(self._table, *self._record_rows(ids, records, given))]
            if found:
                made += self._what_hangs_on(ids, records)
            made.append((_plain(TagLink), _TAG_LINK, self._tags(ids, records)))
            made += [self._parts(field, ids, records) for field in self._with_parts()]
            filled = fullness.rows_of(ids, records) if self._kind is Kind.PERSON else []
            texts = self._texts(records, given.companies) if found else []
            self._lines.ask(texts)  # a core makes them behind these rows, while others are written
            yield _Batch(ids, made, filled, texts)

    def _tables(self, found: bool) -> list[Table]:
        hanging = [Point, PostalAddress, *([Job] if self._kind is Kind.PERSON else [])]
        parts = [parts_of.part_table(field).table for field in self._with_parts()]
        return [self._table, _plain(TagLink), *map(_plain, (*parts, *(hanging if found else ())))]

    def _with_parts(self) -> list[Field]:
        fields = map(self._fields.get, sorted(self._used))
        return [one for one in fields if one is not None and one.type is FieldType.PARTS]

    def _parts(self, field: Field, ids: Sequence[int], records: Sequence[Values]) -> TableRows:
        """The rows of the parts of records, as their table keeps them."""
        kept = parts_of.part_table(field)
        table = _plain(kept.table)
        names = [kept.owner, "position", *kept.columns(field)]
        dialect = self._session.connection().dialect
        makers = [table.c[name].type.bind_processor(dialect) or _same for name in names]
        rows = [
            (record_id, position, *parts_of.row_values(field, part))
            for record_id, values in zip(ids, records, strict=True)
            for position, part in enumerate(values.get(field.key) or ())
        ]

        def kept_as(row: tuple[Any, ...]) -> tuple[Any, ...]:
            pairs = zip(makers, row, strict=True)
            return tuple(None if value is None else make(value) for make, value in pairs)

        return table, names, list(map(kept_as, rows))

    def _what_hangs_on(self, ids: Sequence[int], records: Sequence[Values]) -> list[TableRows]:
        owner = f"{self._kind.value}_id"
        points = (owner, "kind", "value", "norm", "position")
        made: list[TableRows] = [(_plain(Point), points, self._points(ids, records))]
        if "address" in self._used:
            addresses = (owner, "position", *_ADDRESS)
            made.append((_plain(PostalAddress), addresses, self._addresses(ids, records)))
        if self._kind is Kind.PERSON:
            made.append((_plain(Job), _JOB, self._jobs(ids, records)))
        return made

    # The records themselves

    def _filled(self) -> dict[str, Column]:
        """The columns some record fills."""
        plain = [
            field
            for key, field in self._fields.items()
            if key in self._used and not self._writer.spreads(field)
        ]
        filled: dict[str, Column] = {}
        for field in plain:
            if field.type is FieldType.BIRTHDAY:
                names = birthday_columns(self._kind)
                filled |= {
                    name: (field.key, _part_of(part, nothing))
                    for name, (part, nothing) in zip(names, _EMPTY_BIRTHDAY.items(), strict=True)
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
        return filled

    def _part_of_due(self, name: str) -> Callable[[list[Any]], list[Any]]:
        convert = self._processor(name) or _same
        return lambda values: [convert(due_columns(one)[name]) for one in values]

    def _kept(self, field: Field) -> Callable[[list[Any]], list[Any]]:
        """How the column of a field keeps values, and what it keeps of none."""
        name = column_name(field)
        convert = self._processor(name)
        nothing = self._never_empty.get(name)
        if field.type is FieldType.LINK:
            return lambda values: [nothing if one is None else _id_of(one) for one in values]
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

    def _record_rows(
        self, ids: Sequence[int], records: Sequence[Values], given: _Given
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Names of columns and the rows of records, made column by column."""
        stamp, filled = stamp_text(given.now), given.filled
        title = schema.TITLE_KEYS[self._kind]
        columns: list[Iterable[Any]] = [ids]
        if "uid" in self._columns:  # what hangs on a record goes by that one's
            columns.append(uids7(given.now, len(ids)))
            columns += [[constant] * len(ids) for constant in (given.gesture, stamp, stamp)]
        if "sort_key" in self._columns:
            columns.append([sort_key(one[title], one.get("name_reading")) for one in records])
        for key, kept in filled.values():
            columns.append(kept([values.get(key) for values in records] if key else records))
        stamped = [name for name in _STAMPED if name in self._columns]
        return [*stamped, *filled], list(zip(*columns, strict=True))

    # What hangs on them

    def _points(self, ids: Sequence[int], records: Sequence[Values]) -> list[tuple[Any, ...]]:
        kinds = [
            (field.key, field.point)
            for field in self._fields.values()
            if field.type is FieldType.POINTS and field.key in self._used
        ]
        return [
            (record_id, point, value, norm(point, value), position)
            for record_id, values in zip(ids, records, strict=True)
            for key, point in kinds
            if (several := values.get(key))
            for position, value in enumerate(several)
        ]

    def _addresses(self, ids: Sequence[int], records: Sequence[Values]) -> list[tuple[Any, ...]]:
        return [
            (record_id, position, *_address_parts(address))
            for record_id, values in zip(ids, records, strict=True)
            for position, address in enumerate(values.get("address") or ())
        ]

    def _jobs(self, ids: Sequence[int], records: Sequence[Values]) -> list[tuple[Any, ...]]:
        jobs = (
            (person_id, _id_of(get("company")), get("title"), get("department"), False, 0)
            for person_id, get in zip(ids, (one.get for one in records), strict=True)
        )
        return [job for job in jobs if job[1:4] != (None, None, None)]

    def _learn_tags(self, rows: Rows) -> None:
        names = {name.strip(): name for one in rows.values() for name in one.get("tags") or ()}
        for stripped, name in names.items():
            if stripped:
                self._tag_ids[stripped] = tag_id(self._session, name)

    def _tags(self, ids: Sequence[int], records: Sequence[Values]) -> list[tuple[Any, ...]]:
        kind, known = self._kind.value, self._tag_ids
        return [
            (known[name], kind, record_id)
            for record_id, values in zip(ids, records, strict=True)
            if (several := values.get("tags"))
            for name in _tags_of(several)
        ]

    # What they are found by

    def _texts(self, records: Sequence[Values], companies: Mapping[int, str]) -> list[str]:
        findable = FINDABLE[self._kind].among(self._used)
        own = [field for field in own_texts(self._custom) if field.key in self._used]
        keys = [*findable.keys, *(own_keys := [field.key for field in own])]
        columns = {key: [values.get(key) for values in records] for key in keys}
        choices.say_in(self._session, own, columns)
        if "company" in columns:
            columns["company"] = [companies.get(_id_of(one) or 0) for one in columns["company"]]
        if "tags" in columns:
            columns["tags"] = [
                tuple(sorted(_tags_of(several))) if several else None for several in columns["tags"]
            ]
        return column_texts(findable, columns, own_keys, len(records))


def _plain(model: type[Any]) -> Table:
    return METADATA.tables[model.__tablename__]


def _tags_of(several: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, map(str.strip, several))))


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
