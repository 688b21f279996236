"""Records out of the book: workbooks, CSV files, cards, calendars, paper, and the clipboard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC
from itertools import chain
from pathlib import Path
from typing import Any

from crm_desktop import __version__
from crm_desktop.data.as_of import newest_gesture
from crm_desktop.data.book import Book
from crm_desktop.data.book_settings import book_uid
from crm_desktop.data.engines.sqlite import sparing
from crm_desktop.data.errors import refusing
from crm_desktop.data.files import replace_durably
from crm_desktop.data.hanging import of_owners
from crm_desktop.data.records.ahead import one_ahead
from crm_desktop.data.records.stream import MANY, Columns, Stream
from crm_desktop.data.uncollected import uncollected
from crm_desktop.documents.list_pdf import ListPaper, list_pdf
from crm_desktop.domain.anniversaries import ComingAnniversary
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.fields import Field
from crm_desktop.domain.kinds import OWNERS, Kind
from crm_desktop.domain.occasions import Occasion
from crm_desktop.domain.queries import EVERYTHING, Query
from crm_desktop.domain.vcards import CardVersion
from crm_desktop.exchange.way_back import MARK, Fact, row_facts
from crm_desktop.exchange.writing import TableOut, write_table
from crm_desktop.exchange.writing.calendar_file import write_calendar
from crm_desktop.exchange.writing.vcard import write_cards
from crm_desktop.progress import NO_PROGRESS, Progress
from crm_desktop.services.business import Business
from crm_desktop.services.exports import cards
from crm_desktop.services.exports.clipping import Clipping, clipping
from crm_desktop.services.exports.columns import (
    AMOUNTS,
    NUMERIC,
    OWN_COLUMNS,
    Cells,
    header,
    hidden,
    printed,
)
from crm_desktop.services.exports.events import Events
from crm_desktop.services.exports.occasions import occasions
from crm_desktop.services.lists import Lists
from crm_desktop.services.records import Records
from crm_desktop.words import Words


class Exports:
    """Writes any list of any kind; an import of the file reads the same values back."""

    def __init__(
        self, book: Book, records: Records, lists: Lists, business: Business, clock: Clock
    ) -> None:
        self._book = book
        self._records = records
        self._lists = lists
        self._business = business
        self._clock = clock

    def export(
        self,
        kind: Kind,
        path: Path,
        words: Words,
        *,
        query: Query = EVERYTHING,
        ids: Sequence[int] | None = None,
        columns: Sequence[str] | None = None,
        cards_as: CardVersion = CardVersion.THREE,
        progress: Progress = NO_PROGRESS,
    ) -> int:
        """Write records to `path`; returns how many rows, cards or events these are.

        The ending says as what: .xlsx or .csv; people and companies also as cards (.vcf, the
        version is `cards_as`), follow-ups and the birthdays of people as a calendar (.ics).
        `ids` says which ones, else `query`; `columns` are keys of fields, None means all.
        Refused where the file cannot be written, or its ending is none of these.
        """
        wanted = self._records.ids(kind, query) if ids is None else ids
        ending = path.suffix.lower()
        if ending == ".vcf" and kind in cards.KINDS:
            return self._cards(kind, path, wanted, words, cards_as, progress)
        if ending == ".ics" and kind in (Kind.ACTIVITY, Kind.PERSON):
            return self._calendar(kind, path, wanted, words, progress)
        fields = self._fields(kind, columns)
        cells = Cells(kind, fields, self._lists, words)
        # A text table cannot hide what the reader need not see.
        own = OWN_COLUMNS if ending == ".xlsx" else ()
        with uncollected(), self._windows(kind, wanted, fields, own) as windows:
            table = TableOut(
                title=words.text(f"kind.{kind.value}.plural"),
                columns=(*cells.columns(), *(hidden(kind, name) for name in own)),
                batches=cells.made(windows),
                words=words.text,
                count=len(wanted),
                facts=self._facts(kind, fields, wanted, words),
            )
            return write_table(path, table, progress)

    def _facts(
        self, kind: Kind, fields: Sequence[Field], ids: Sequence[int], words: Words
    ) -> tuple[Fact, ...]:
        """What a workbook says of itself, so that it can come back: names never change."""
        with self._book.read() as session:
            book, gesture = book_uid(session), newest_gesture(session)
        return (
            (MARK, "1"),
            ("book", book),
            ("kind", kind.value),
            ("language", words.language),
            ("made", self._clock.now().astimezone(UTC).isoformat(timespec="seconds")),
            ("program", __version__),
            ("gesture", str(gesture)),
            *((f"column {number}", one.key) for number, one in enumerate(fields, start=1)),
            *row_facts(ids),
        )

    def _cards(
        self,
        kind: Kind,
        path: Path,
        ids: Sequence[int],
        words: Words,
        version: CardVersion,
        progress: Progress,
    ) -> int:
        maker = cards.Cards(self._records, self._lists, self._clock, words)
        with self._book.read() as session:
            made = maker.of(session, kind, ids)
            return write_cards(path, made, version, count=len(ids), progress=progress)

    def _calendar(
        self, kind: Kind, path: Path, ids: Sequence[int], words: Words, progress: Progress
    ) -> int:
        events = Events(self._records, self._lists, self._business, self._clock, words)
        birthdays = kind is Kind.PERSON
        name = words.text("shell.page.birthdays" if birthdays else f"kind.{kind.value}.plural")
        with self._book.read() as session:
            made = (events.birthdays if birthdays else events.follow_ups)(session, ids)
            return write_calendar(
                path, made, name=name, made=self._clock.now(), count=len(ids), progress=progress
            )

    def occasions(
        self,
        rows: Sequence[Occasion],
        path: Path,
        words: Words,
        *,
        cards_as: CardVersion = CardVersion.THREE,
        progress: Progress = NO_PROGRESS,
    ) -> int:
        """Write birthdays and anniversaries: a table, a calendar (.ics), or the cards (.vcf) of
        the people. Returns how many rows, events or cards. Refused as in `export`.
        """
        ending = path.suffix.lower()
        if ending == ".vcf":
            return self.export(Kind.PERSON, path, words, ids=_people(rows), cards_as=cards_as)
        if ending != ".ics":
            return write_table(path, occasions(rows, words), progress)
        events = Events(self._records, self._lists, self._business, self._clock, words)
        others = [one for one in rows if isinstance(one, ComingAnniversary)]
        born = _people(one for one in rows if not isinstance(one, ComingAnniversary))
        name, made = words.text("shell.page.birthdays"), self._clock.now()
        with self._book.read() as session:
            found = chain(events.birthdays(session, born), events.anniversaries(session, others))
            return write_calendar(
                path, found, name=name, made=made, count=len(rows), progress=progress
            )

    def hanging(
        self,
        kind: Kind,
        path: Path,
        words: Words,
        *,
        query: Query = EVERYTHING,
        progress: Progress = NO_PROGRESS,
    ) -> int:
        """Write what hangs on the records `query` holds (see `OWNERS`); how many rows these are.

        Refused as in `export`.
        """
        ids = self.hanging_ids(kind, query)
        return self.export(kind, path, words, ids=ids, progress=progress)

    def hanging_ids(self, kind: Kind, query: Query) -> list[int]:
        """The rows that hang on the records `query` holds, in their order."""
        owners = self._records.ids(OWNERS[kind], query)
        with self._book.read() as session:
            theirs = of_owners(session, kind, owners)
        return [one for one in self._records.ids(kind) if one in theirs]

    def clipping(
        self, kind: Kind, ids: Sequence[int], columns: Sequence[str], words: Words
    ) -> Clipping:
        """Records as spreadsheets paste them: a header, then a line for each."""
        fields = self._fields(kind, columns)
        headings = [header(kind, field, words) for field in fields]
        return clipping(headings, self._rows(kind, ids, fields, words), words)

    def values(self, kind: Kind, words: Words, *, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
        """Every field of records by its key, as the cells of a file would hold it."""
        fields = self._fields(kind, None)
        keys = [field.key for field in fields]
        for row in self._rows(kind, ids, fields, words):
            yield dict(zip(keys, row, strict=True))

    def pdf(
        self,
        kind: Kind,
        path: Path,
        words: Words,
        *,
        query: Query = EVERYTHING,
        ids: Sequence[int] | None = None,
        columns: Sequence[str] | None = None,
        title: str = "",
        note: str = "",
        progress: Progress = NO_PROGRESS,
    ) -> int:
        """Print records on A4 into `path`; returns how many. Refused where it cannot be written.

        `title` is the name of a view, where the list is one; `note` says which rows these are.
        """
        fields = self._fields(kind, columns)
        wanted = self._records.ids(kind, query) if ids is None else ids
        count = words.text(f"kind.{kind.value}.count", count=len(wanted))
        paper = ListPaper(
            title=title or words.text(f"kind.{kind.value}.plural"),
            note=note,
            subtitle=f"{count}  ·  {self._clock.today().isoformat()}",
            headings=tuple(header(kind, field, words) for field in fields),
            numeric=tuple(field.type in NUMERIC for field in fields),
            rows=[
                tuple(printed(value, words) for value in row)
                for row in self._rows(kind, wanted, fields, words)
            ],
            language="en" if words.language == "en" else "zh",
        )
        part = path.with_name(path.name + ".part")
        with refusing(path):
            try:
                part.write_bytes(list_pdf(paper, progress=progress))
                replace_durably(part, path)
            finally:
                part.unlink(missing_ok=True)
        return len(wanted)

    def _fields(self, kind: Kind, columns: Sequence[str] | None) -> tuple[Field, ...]:
        known = {field.key: field for field in self._records.fields(kind)}
        if columns is None:
            return tuple(known.values())
        chosen = [known[key] for key in columns]
        # An amount without its currency is no amount.
        if "currency" in known and known["currency"] not in chosen:
            last = max((n for n, f in enumerate(chosen) if f.type in AMOUNTS), default=-1)
            if last >= 0:
                chosen.insert(last + 1, known["currency"])
        return tuple(chosen)

    def _rows(
        self, kind: Kind, ids: Sequence[int], fields: tuple[Field, ...], words: Words
    ) -> Iterator[tuple[Any, ...]]:
        with self._windows(kind, ids, fields) as windows:
            for window in Cells(kind, fields, self._lists, words).made(windows):
                yield from zip(*window, strict=True)

    @contextmanager
    def _windows(
        self,
        kind: Kind,
        ids: Sequence[int],
        fields: Sequence[Field],
        also: Sequence[str] = (),
    ) -> Iterator[Iterator[Columns]]:
        """The values of the records, all from one moment of the book."""
        today, zone = self._clock.today(), self._clock.zone
        with ExitStack() as inside:
            session = inside.enter_context(self._book.read())
            if len(ids) > MANY:
                inside.enter_context(sparing(session.connection()))
            stream = Stream(session, kind, fields, today=today, zone=zone, also=also)
            with one_ahead(stream.windows(ids)) as windows:
                yield windows


def _people(rows: Iterable[Occasion]) -> list[int]:
    """Whose they are, each once."""
    return list(dict.fromkeys(one.person.id for one in rows))
