"""Records of every kind: lists, cards, creating, changing, trash. Rules hang on by kind."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from crm_desktop.data import bulk, custom_fields, hanging, import_keys, links, trash
from crm_desktop.data.book import Book
from crm_desktop.data.records import titles
from crm_desktop.data.records.columns import column, table_of
from crm_desktop.data.records.reading import Reader
from crm_desktop.data.records.writing import Writer
from crm_desktop.data.session import Session
from crm_desktop.domain import schema
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.fields import Field
from crm_desktop.domain.grouping import Grouped
from crm_desktop.domain.kinds import OWNERS, Kind, Ref
from crm_desktop.domain.parts import Part, bare
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.queries import EVERYTHING, Query
from crm_desktop.domain.records import Card, Found, Row, Trashed
from crm_desktop.domain.values import accept, accept_all
from crm_desktop.paths import Home
from crm_desktop.services.recorder import Recorder
from crm_desktop.services.rules import NO_RULES, Rules

_RECORDED_BY = "recorded_by"


class Records:
    """The one way to any record. Methods taking a session join the gesture of another service."""

    def __init__(
        self,
        book: Book,
        clock: Clock,
        rules: Callable[[], Mapping[Kind, Rules]],
        home: Home,
    ) -> None:
        """`rules`: what the features add to their kinds; asked for when something is written.

        The settings in `home` say which colleague records what is new.
        """
        self.recorder = Recorder(home).id
        self._book = book
        self._clock = clock
        self._rules_of_all = rules

    def _rules(self, kind: Kind) -> Rules:
        return self._rules_of_all().get(kind, NO_RULES)

    # Reading

    def fields(self, kind: Kind) -> tuple[Field, ...]:
        """The shipped fields of the kind and the user's own."""
        with self._book.read() as session:
            return (*schema.FIELDS[kind], *custom_fields.fields(session, kind))

    def count(self, kind: Kind, query: Query = EVERYTHING) -> int:
        """How many records the query holds."""
        with self._book.read() as session:
            return self.reader(session, kind).count(query)

    def at_least(self, kind: Kind, number: int) -> bool:
        """Whether there are that many records of the kind; no more are looked at."""
        alive = select(column(kind, "id")).where(column(kind, "trashed_at").is_(None))
        with self._book.read() as session:
            return len(session.execute(alive.limit(number)).all()) == number

    def ids(self, kind: Kind, query: Query = EVERYTHING, limit: int | None = None) -> array[int]:
        """The ids of the query's records, in its order."""
        with self._book.read() as session:
            return self.reader(session, kind).ids(query, limit)

    def rows(self, kind: Kind, ids: Sequence[int], keys: Sequence[str]) -> list[Row]:
        """Rows of the given records; records that are gone are left out."""
        with self._book.read() as session:
            return self.reader(session, kind).rows(ids, keys)

    def columns(self, kind: Kind, ids: Sequence[int], keys: Sequence[str]) -> list[list[Any]]:
        """The same field by field: for each key the values, in the order of the records."""
        with self._book.read() as session:
            return self.reader(session, kind).columns(ids, keys)[1]

    def sums(self, kind: Kind, query: Query, keys: Sequence[str]) -> dict[str, dict[str, Decimal]]:
        """Sums of money fields, by field and currency."""
        with self._book.read() as session:
            return self.reader(session, kind).sums(query, keys)

    def grouped(self, kind: Kind, query: Query, keys: Sequence[str] = ()) -> Grouped:
        """The rows of a query under the headings of its `group`, with sums of money fields."""
        with self._book.read() as session:
            reader = self.reader(session, kind)
            return Grouped(reader.groups(query, keys), reader.ids(query))

    def card(self, kind: Kind, record_id: int) -> Card:
        """One record, whole. Refused("record.gone") where there is none."""
        with self._book.read() as session:
            return self.reader(session, kind).card(record_id)

    def title(self, ref: Ref) -> str:
        """What the record is called now; "" where it is gone."""
        with self._book.read() as session:
            return titles.titles(session, ref.kind, [ref.id]).get(ref.id, "")

    def find_links(
        self, kind: Kind, text: str, limit: int = 8, *, present: bool = False
    ) -> list[Found]:
        """Records to choose from while a link is typed; the most recent ones for no text.

        `present` leaves out colleagues who are not with us today.
        """
        today = self._clock.today() if present else None
        with self._book.read() as session:
            return links.find(session, kind, text, limit, today)

    def trashed(self, limit: int = 500) -> list[Trashed]:
        """What lies in the trash, newest first."""
        with self._book.read() as session:
            return trash.listed(session, limit)

    def fields_within(self, session: Session, kind: Kind) -> tuple[Field, ...]:
        """The same as `fields`, within somebody's session."""
        return (*schema.FIELDS[kind], *custom_fields.fields(session, kind))

    def reader(self, session: Session, kind: Kind) -> Reader:
        """A reader within somebody's session."""
        return self._reader(session, kind, custom_fields.fields(session, kind))

    def _reader(self, session: Session, kind: Kind, custom: tuple[Field, ...]) -> Reader:
        return Reader(session, kind, self._clock.today(), custom, zone=self._clock.zone)

    # Writing

    def create(self, kind: Kind, values: Mapping[str, Any]) -> int:
        """Make a record; returns its id. Refused("record.check") names fields with problems."""
        name = str(values.get(schema.TITLE_KEYS[kind]) or "")
        with self._book.write("gesture.created", kind=kind.value, name=name) as writing:
            made = self.insert(writing.session, kind, values)
            if not name:  # its number was given only now
                name = titles.titles(writing.session, kind, [made]).get(made, "")
                writing.name(kind=kind.value, name=name)
            return made

    def update(self, kind: Kind, ids: int | Sequence[int], values: Mapping[str, Any]) -> None:
        """Set the same values on one or many records, as one gesture."""
        several = [ids] if isinstance(ids, int) else list(ids)
        with self._book.write(
            "gesture.changed" if len(several) == 1 else "gesture.changed_many",
            **self._named(kind, several),
            field=next(iter(values), ""),
        ) as writing:
            self.change(writing.session, kind, several, values)

    def add_parts(self, kind: Kind, ids: Sequence[int], key: str, parts: Sequence[Part]) -> None:
        """Add parts that only name something to many records, beside those they have."""
        with self._book.write(
            "gesture.changed" if len(ids) == 1 else "gesture.changed_many",
            **self._named(kind, ids),
            field=key,
        ) as writing:
            session = writing.session
            field = schema.find(kind, key)
            together: dict[tuple[Part, ...], list[int]] = {}
            for row in self.reader(session, kind).rows(ids, [key]):
                held = accept(field, (*row.values[0], *parts))
                if len(held) > len(row.values[0]):
                    together.setdefault(tuple(map(bare, held)), []).append(row.id)
            for held, several in together.items():
                self.change(session, kind, several, {key: held})

    def trash(self, kind: Kind, ids: int | Sequence[int]) -> None:
        """Move records to the trash, with what hangs on them."""
        several = [ids] if isinstance(ids, int) else list(ids)
        code = "gesture.trashed" if len(several) == 1 else "gesture.trashed_many"
        with self._book.write(code, **self._named(kind, several)) as writing:
            self.put_away(writing.session, kind, several)

    def restore(self, kind: Kind, ids: int | Sequence[int]) -> None:
        """Take records back out of the trash, with what went along; also files, notices, tags."""
        several = [ids] if isinstance(ids, int) else list(ids)
        code = "gesture.restored" if len(several) == 1 else "gesture.restored_many"
        with self._book.write(code, **self._named(kind, several)) as writing:
            trash.take_back(writing.session, kind, several)

    def insert(self, session: Session, kind: Kind, values: Mapping[str, Any]) -> int:
        """Make a record within somebody's gesture."""
        custom = custom_fields.fields(session, kind)
        rules = self._rules(kind)
        ready = rules.before_create(session, accept_all(kind, values, custom, whole=True))
        if ready.get(_RECORDED_BY) is None and _RECORDED_BY in schema.keys(kind):
            ready[_RECORDED_BY] = self.recorder(session)
        record_id = Writer(session, kind, custom).create(ready)
        rules.after_create(session, record_id, ready)
        return record_id

    def insert_all(
        self,
        session: Session,
        kind: Kind,
        several: Sequence[Mapping[str, Any]],
        step: Callable[[int], None],
    ) -> list[int]:
        """Make many records within somebody's gesture; `step` hears how many are written."""
        custom = custom_fields.fields(session, kind)
        rules = self._rules(kind)
        first = import_keys.next_id(session, table_of(kind).__tablename__)
        ready = {
            record_id: rules.before_create(session, accept_all(kind, values, custom, whole=True))
            for record_id, values in enumerate(several, first)
        }
        if ready:
            recorder = self.recorder(session)
            bulk.Bulk(session, kind, custom, step, recorder=recorder).insert(ready)
            rules.after_create_all(session, ready)
        return list(ready)

    def change(
        self, session: Session, kind: Kind, ids: Sequence[int], values: Mapping[str, Any]
    ) -> None:
        """Set values within somebody's gesture."""
        custom = custom_fields.fields(session, kind)
        rules = self._rules(kind)
        if not ids or set(ids) - self._reader(session, kind, custom).existing(ids):
            raise Refused("record.gone")
        ready = rules.before_update(session, ids, accept_all(kind, values, custom, whole=False))
        Writer(session, kind, custom).update(ids, ready)
        rules.after_update(session, ids, ready)

    def check_change(
        self, session: Session, kind: Kind, ids: Sequence[int], values: Mapping[str, Any]
    ) -> None:
        """Refuse what `change` would refuse; nothing is written."""
        accepted = accept_all(kind, values, custom_fields.fields(session, kind), whole=False)
        self._rules(kind).check_update(session, ids, accepted)

    def put_away(self, session: Session, kind: Kind, ids: Sequence[int]) -> None:
        """Move records to the trash within somebody's gesture; rows of others are taken out."""
        self._rules(kind).before_trash(session, ids)
        if kind in OWNERS:
            hanging.remove(session, kind, ids)
            return
        trash.put(session, kind, ids, self._clock.now())

    def _named(self, kind: Kind, ids: Sequence[int]) -> dict[str, Any]:
        """Arguments of a gesture's title: the kind, how many, and the name of the first."""
        with self._book.read() as session:
            name = trash.title_of(session, kind, ids[0]) if ids else ""
            if name is None:
                name = titles.titles(session, kind, ids[:1]).get(ids[0], "")
        return {"kind": kind.value, "count": len(ids), "name": name}
