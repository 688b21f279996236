"""Importing a list: look at it, check it, take it in as one gesture."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path

from crm_desktop.data import custom_fields, left_over, lists, search
from crm_desktop.data.book import Book
from crm_desktop.data.book_settings import book_uid
from crm_desktop.data.records import titles
from crm_desktop.data.session import Session
from crm_desktop.data.types import MOMENT
from crm_desktop.data.uncollected import uncollected
from crm_desktop.domain import schema
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.document_lines import LINE_COLUMNS
from crm_desktop.domain.fields import Field
from crm_desktop.domain.imports import ImportReport, Outcome
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.mapping import (
    IMPORT_KINDS,
    BatchReader,
    ColumnPlan,
    Decided,
    Fixes,
    ImportPlan,
    MergedCells,
    decisions,
    find_header_row,
    guess_columns,
    guess_plan,
    know_own_fields,
    recall,
    refuse_headings_alone,
    whole_rows,
)
from crm_desktop.exchange.mapping.guess import HEAD_ROWS
from crm_desktop.exchange.reading import KeptFile, OpenedFile
from crm_desktop.exchange.reading.facts import FileFacts, Row
from crm_desktop.exchange.way_back import find
from crm_desktop.progress import NO_PROGRESS, Progress
from crm_desktop.services.business import Trade
from crm_desktop.services.imports.choosing import Choices
from crm_desktop.services.imports.deciding import Decider
from crm_desktop.services.imports.describing import describer
from crm_desktop.services.imports.file_words import FileWord, count_words, told_words
from crm_desktop.services.imports.mappings import Mappings
from crm_desktop.services.imports.papers import PaperDecider
from crm_desktop.services.imports.problem_rows import named_throughout, write_rows
from crm_desktop.services.imports.quoting import tell_texts
from crm_desktop.services.imports.simple import SimpleDecider
from crm_desktop.services.imports.storing import store
from crm_desktop.services.records import Records
from crm_desktop.words import Words

LARGE = 500
"""Rows above which a backup comes first."""
CUSTOMER_KINDS = frozenset({"people", "companies"})
PAPERS = frozenset({"quotes", "contracts"})
AnyDecider = Decider | SimpleDecider | PaperDecider
FixesByRow = dict[int, dict[int, str]]


@dataclass(frozen=True, slots=True)
class Preview:
    """A foreign file before anything is decided: what it is, its first rows, the guessed plan."""

    path: Path
    facts: FileFacts
    head: list[Row]
    plan: ImportPlan
    remembered: bool = False
    """Whether the plan is the one used last time for a file with these headers."""
    guessed: Decided = field(default_factory=dict)
    """What the plan said when the file was opened: what differs was decided by the user."""
    ours: bool = False
    """Whether it is an export of this very book: it can come back cell by cell."""


@dataclass(slots=True)
class Wishes:
    """What the user decided while looking at problems."""

    fixes: dict[tuple[int, int], str] = field(default_factory=dict)  # (row, column) → new text
    left_out: set[int] = field(default_factory=set)  # rows not to import

    def by_row(self) -> FixesByRow:
        """New texts by row and column."""
        found: FixesByRow = {}
        for (row, column), text in self.fixes.items():
            found.setdefault(row, {})[column] = text
        return found


class Imports:
    """Preview, check and run share one reading and one deciding, so they cannot disagree."""

    def __init__(
        self,
        book: Book,
        clock: Clock,
        records: Records,
        *,
        trade: Callable[[], Trade] = Trade,
        before_large: Callable[[], object] = lambda: None,
    ) -> None:
        self._book = book
        self._trade = trade
        self._clock = clock
        self._records = records
        self._before_large = before_large
        self._files = KeptFile()
        self.mappings = Mappings(book)

    def close(self) -> None:
        """Let go of the file that was looked at last."""
        self._files.close()

    def preview(
        self,
        path: Path,
        *,
        kind: str = "",
        sheet: str = "",
        encoding: str = "",
        delimiter: str = "",
        header_row: int | None = None,
        progress: Progress = NO_PROGRESS,
    ) -> Preview:
        """Open a file and guess what it holds. Refused with the reason where it is no table.

        What is given is not guessed; `header_row` counts from 1, 0 where there is none.
        """
        memory = self.mappings.remembered()
        with self._files.opened(path, progress, encoding=encoding, delimiter=delimiter) as opened:
            plan = guess_plan(opened, kind=kind, sheet=sheet, header_row=header_row)
            if header_row is None and memory:
                sheets = [plan.sheet] if sheet else _in_order(opened, plan.sheet)
                plan = _like_last_time(opened, plan, sheets, memory, kind)
            plan.encoding, plan.delimiter = encoding, delimiter
            with self._book.read() as session:
                kinds = IMPORT_KINDS[plan.kind]
                custom = {each: custom_fields.fields(session, each) for each in kinds}
                back = find(opened)
                ours = back is not None and back.book == book_uid(session)
            know_own_fields(plan, _with_kinds(custom))
            decided = memory.get(plan.fingerprint, {})
            remembered = decided.get("kind") == plan.kind
            if remembered:
                recall(plan, decided, _with_kinds(custom))
            head = opened.head(plan.sheet, HEAD_ROWS)
            if not ours:
                refuse_headings_alone(opened, plan, head)
            return Preview(path, opened.facts, head, plan, remembered, decisions(plan), ours)

    def check(
        self,
        path: Path,
        plan: ImportPlan,
        words: Words,
        *,
        wishes: Wishes | None = None,
        progress: Progress = NO_PROGRESS,
    ) -> ImportReport:
        """What `run` would do; nothing is written."""
        with uncollected(), self._book.read() as session:
            decider = self._decide(session, path, plan, words, wishes, progress)
            if isinstance(decider, Decider):
                decider.forget()
            return decider.report

    def run(
        self,
        path: Path,
        plan: ImportPlan,
        words: Words,
        *,
        wishes: Wishes | None = None,
        remind: bool = True,
        progress: Progress = NO_PROGRESS,
    ) -> ImportReport:
        """Take the file in: one transaction, one gesture; cancelled or failed leaves nothing.

        `remind`: whether Today says how many rows stayed out, as long as they do.
        """
        with (
            uncollected(),
            self._book.write("gesture.imported", origin="import", name=path.name) as writing,
            search.Lines() as lines,
        ):
            session = writing.session
            decider = self._decide(session, path, plan, words, wishes, progress, lines)
            if decider.report.rows > LARGE:
                # Nothing is committed yet: another connection still copies the book as it was.
                self._before_large()
            store(session, decider, path.name, plan.sheet_name, self._records, progress, lines)
            report = decider.report
            if report.rows > LARGE:
                writing.at_the_end(partial(search.pack, session, report.rows))
                writing.copied_later = True
            changed = bool(writing.changed().tables)
            report.gesture = writing.gesture_id if changed else None
            report.moment = MOMENT.get()
            if remind:  # that rows stayed out is nothing to take back
                out = len(wishes.left_out) if wishes is not None else 0
                left_over.note(session, path, report.count(Outcome.FAILED) + out)
        if report.rows > LARGE:
            self._book.learn()
            self._book.copy_behind()
        return report

    def words_among(
        self, rows: Sequence[Row], columns: Sequence[ColumnPlan], words: Words
    ) -> dict[int, list[FileWord]]:
        """The same among rows at hand, for several columns by their index."""
        with self._book.read() as session:
            fields = {column.index: _field(session, column) for column in columns}
            return {
                column.index: told_words(
                    session, field_, column, count_words(rows, column.index, field_), words
                )
                for column in columns
                for field_ in [fields[column.index]]
            }

    def put_aside(self, file: str) -> None:
        """Remind nobody any more of the rows of a file that stayed out."""
        with self._book.write("gesture.left_over_put_aside", name=Path(file).name) as writing:
            left_over.put_aside(writing.session, file)

    def words_of(
        self,
        path: Path,
        plan: ImportPlan,
        column: ColumnPlan,
        words: Words,
        *,
        progress: Progress = NO_PROGRESS,
    ) -> list[FileWord]:
        """The different words of a column that goes to a list or a tick, commonest first."""
        with self._book.read() as session:
            field_ = _field(session, column)
        with self._opened(path, plan, progress) as opened:
            batches = (batch for _, batch in _numbered(opened, plan, progress))
            counted = count_words(chain.from_iterable(batches), column.index, field_)
        with self._book.read() as session:
            return told_words(session, field_, column, counted, words)

    def save_problems(
        self,
        path: Path,
        plan: ImportPlan,
        report: ImportReport,
        target: Path,
        words: Words,
        *,
        wishes: Wishes | None = None,
        remember: bool = True,
        progress: Progress = NO_PROGRESS,
    ) -> int:
        """Write the rows a check or a run complained of, and those left out, to a workbook with
        the same columns; returns how many. Mended, it is taken in like the file itself.

        The plan is remembered, so that the workbook is understood alike (not without `remember`).
        Refused("import.no_problem_rows"), and as writing is.
        """
        wishes = wishes or Wishes()
        named, fixes = named_throughout(plan, words), wishes.by_row()
        with self._opened(path, plan, progress) as opened:
            batches = (batch for _, batch in _numbered(opened, plan, progress, fixes))
            numbered = enumerate(chain.from_iterable(batches), plan.header_row + 1)
            count = write_rows(target, named, report, wishes.left_out, numbered, words)
        if remember:
            self.mappings.remember(named, path.name)
        return count

    def _decide(
        self,
        session: Session,
        path: Path,
        plan: ImportPlan,
        words: Words,
        wishes: Wishes | None,
        progress: Progress,
        lines: search.Lines | None = None,
    ) -> AnyDecider:
        if not plan.mapped:
            raise Refused("import.nothing_understood", name=path.name)
        wishes = wishes or Wishes()
        kinds = IMPORT_KINDS[plan.kind]
        custom = {kind: custom_fields.fields(session, kind) for kind in kinds}
        choices = Choices.of(session)
        items = {item.id: item for item in lists.all_items(session)}

        def title_of(kind: Kind, record_id: int) -> str:
            known = titles.titles(session, kind, [record_id]).get(record_id)
            return known or choices.title_brought(kind, record_id)

        describe = describer(words, choices, items, title_of, custom, self._trade().currency)
        given = (session, plan, choices, partial(self._records.reader, session), describe, custom)
        decider: AnyDecider
        if plan.kind in CUSTOMER_KINDS:
            decider = Decider(*given)
        elif plan.kind in PAPERS:
            decider = PaperDecider(*given, self._trade())
        else:
            decider = SimpleDecider(*given)
        reader = BatchReader(
            plan,
            today=self._clock.today(),
            zone=self._clock.zone,
            currency=self._trade().currency,
            custom=_with_kinds(custom),
            fixes=wishes.by_row(),
            left_out=wishes.left_out,
        )
        taking_in = lines is not None
        with self._opened(path, plan, progress, last=taking_in) as opened:
            if plan.sheet >= len(opened.sheets):
                raise Refused("reading.no_such_sheet", name=plan.sheet_name, sheets="")
            if isinstance(decider, Decider):
                decider.pictures = opened.photos(progress=progress)
                if lines is not None:  # ready when the first records are written
                    lines.expect(opened.sheets[plan.sheet].rows)
            first = plan.header_row + 1
            reader.repeat(opened.sheets[plan.sheet].merged)
            for cells in opened.worked(reader, plan.sheet, first, progress=progress):
                decider.decide(reader.rows(cells))
            decider.finish()
            if not taking_in:
                tell_texts(opened, plan, decider.report, progress)
        return decider

    def _opened(
        self, path: Path, plan: ImportPlan, progress: Progress, *, last: bool = False
    ) -> AbstractContextManager[OpenedFile]:
        how = {"encoding": plan.encoding, "delimiter": plan.delimiter}
        return self._files.opened(path, progress, **how, last=last)


def _field(session: Session, column: ColumnPlan) -> Field:
    """The field a column goes to. KeyError where it goes nowhere."""
    kind, _, key = (column.target or "").partition(".")
    own = (*custom_fields.fields(session, Kind(kind)), *LINE_COLUMNS)
    return schema.find(Kind(kind), key, own)


def _in_order(opened: OpenedFile, guessed: int) -> list[int]:
    """The sheets that may be meant, the guessed one first, none that is hidden or too large."""
    others = [
        number
        for number, facts in enumerate(opened.sheets)
        if number != guessed and facts.rows and not (facts.hidden or facts.too_large)
    ]
    return [guessed, *others]


def _like_last_time(
    opened: OpenedFile,
    plan: ImportPlan,
    sheets: list[int],
    memory: Mapping[str, Decided],
    kind: str,
) -> ImportPlan:
    """The plan for the first sheet whose headers were decided about; `plan` where none was."""
    known = {key for key, one in memory.items() if not kind or one.get("kind") == kind}
    if plan.fingerprint in known and memory[plan.fingerprint].get("kind") == plan.kind:
        return plan
    for sheet in sheets:
        rows = opened.head(sheet, HEAD_ROWS)
        row = find_header_row(rows, known)
        if row is not None:
            fresh = guess_columns(opened.sheets[sheet], rows, sheet=sheet, header_row=row)
            wanted = str(memory[fresh.fingerprint]["kind"])
            return guess_columns(
                opened.sheets[sheet], rows, sheet=sheet, header_row=row, kind=wanted
            )
    return plan


def _numbered(
    opened: OpenedFile, plan: ImportPlan, progress: Progress, fixes: Fixes | None = None
) -> Iterator[tuple[int, Sequence[Row]]]:
    """Batches of data rows with the number of their first row, mended and as they are meant."""
    merged, number = MergedCells.of(plan, opened.sheets[plan.sheet].merged), plan.header_row + 1
    for batch in opened.rows(plan.sheet, number, progress=progress):
        yield number, whole_rows(number, batch, fixes or {}, merged)
        number += len(batch)


def _with_kinds(custom: Mapping[Kind, tuple[Field, ...]]) -> tuple[tuple[Kind, Field], ...]:
    return tuple((kind, field_) for kind, fields in custom.items() for field_ in fields)
