"""A sheet that came back, against the book: what was edited in it, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from crm_desktop.data.records import titles
from crm_desktop.data.session import Session
from crm_desktop.data.versions import Known, by_uid, versions
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.fields import Field
from crm_desktop.domain.imports import ImportProblem
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Problem, Refused
from crm_desktop.domain.roundtrip import CellChange, NewRow
from crm_desktop.exchange.cells import as_text, is_blank
from crm_desktop.exchange.mapping.records import is_totals
from crm_desktop.exchange.reading.facts import Row, Value
from crm_desktop.exchange.way_back import Returned
from crm_desktop.services.imports.links import Named
from crm_desktop.services.lists import Lists
from crm_desktop.services.records import Records
from crm_desktop.services.roundtrip.columns import FieldColumn, places
from crm_desktop.services.roundtrip.new_rows import new_row
from crm_desktop.services.roundtrip.present import Held, Written
from crm_desktop.services.roundtrip.resolving import Resolver
from crm_desktop.words import Words


@dataclass(slots=True)
class _Line:
    """A row that belongs to a record."""

    number: int
    row: Row
    known: Known
    cells: list[int] = field(default_factory=list)
    """The columns, by their place among ours, that do not look as the book would write them."""


class Comparison:
    """Takes the rows batch by batch; `finish` says what they amount to."""

    def __init__(
        self,
        session: Session,
        back: Returned,
        records: Records,
        lists: Lists,
        clock: Clock,
        words: Words,
    ) -> None:
        self._session = session
        self._records = records
        self._back = back
        self._words = words
        self._kind: Kind = back.kind
        fields = {one.key: one for one in records.fields_within(session, back.kind)}
        found, self.ignored = places(
            back.kind, back.headers, back.keys, fields, Words(back.language)
        )
        today, zone = clock.today(), clock.zone
        self._columns = [
            FieldColumn(back.kind, one, index, back.headers[index], today=today, zone=zone)
            for index, one in found.items()
        ]
        own: list[Field] = [column.field for column in self._columns]
        self._written = Written(session, back, own, lists, today=today, zone=zone)
        day = back.made.astimezone(ZoneInfo(zone)).date() if back.made is not None else None
        # What is worked out changes with other records, and with the day.
        self._as_it_was = self._written.untouched and day == today
        self._resolver = Resolver(session)
        self._known = by_uid(session, back.kind)
        self._lines: dict[int, list[_Line]] = {}
        self._present: Held = {}
        self._fresh: list[tuple[int, Row, str]] = []
        self.problems: list[ImportProblem] = []
        self.rows = 0

    # Reading

    def take(self, first: int, batch: Sequence[Row]) -> None:
        """The next rows of the sheet; `first` is the number of the first of them."""
        lines: list[_Line] = []
        for number, row in enumerate(batch, start=first):
            uid = as_text(_at(row, self._back.uid_column)).strip().lower()
            filled = any(not is_blank(_at(row, one.index)) for one in self._columns)
            if not uid and (not filled or is_totals(row)):
                continue
            self.rows += 1
            if not uid:
                self._fresh.append((number, row, ""))
            elif (known := self._known.get(uid)) is None:
                self._problem(number, None, "roundtrip.unknown_record", blocking=True)
            else:
                lines.append(_Line(number, row, known))
        held = self._written.now(list(dict.fromkeys(line.known.id for line in lines)))
        for line in lines:
            written = held[line.known.id]
            line.cells = [
                place
                for place, column in enumerate(self._columns)
                if not column.looks_same(_at(line.row, column.index), written[place])
            ]
            if line.cells:
                self._present[line.known.id] = written
            self._lines.setdefault(line.known.id, []).append(line)

    # Deciding

    def finish(self) -> tuple[list[CellChange], list[NewRow], list[Ref]]:
        """The cells that were changed, the rows that are new, the records that are missing."""
        changed = {
            record_id: lines[0].known.version
            for record_id, lines in self._lines.items()
            if any(line.cells for line in lines)
        }
        base = self._written.then(changed)
        found: list[CellChange] = []
        refs = titles.refs(self._session, self._kind, changed)
        for record_id in changed:
            lines = self._lines[record_id]
            # Where a row was copied, the one with fewer changes is the record itself.
            mine = min(lines, key=lambda line: len(line.cells))
            then = base.get(record_id, self._present[record_id])
            found += self._allowed(record_id, list(self._cells(refs[record_id], mine, then)))
            for line in lines:
                if line is not mine and line.cells:
                    self._fresh.append((line.number, line.row, refs[record_id].title))
        self._name_copies()
        unseen = self._not_taken_over_yet()
        fresh = [one for one in map(self._new, unseen) if one is not None]
        self.problems.sort(key=lambda one: (one.row, one.column_index))
        return sorted(found, key=lambda one: one.row), fresh, self._missing()

    def versions(self, cells: Sequence[CellChange], missing: Sequence[Ref]) -> Mapping[int, int]:
        """The versions of the records that may be changed."""
        ids = {one.record.id for one in cells} | {one.id for one in missing}
        return versions(self._session, self._kind, ids)

    def _cells(self, ref: Ref, line: _Line, then: tuple[Any, ...]) -> Iterator[CellChange]:
        now = self._present[ref.id]
        for place in line.cells:
            column = self._columns[place]
            cell = _at(line.row, column.index)
            if not column.field.writable:
                self._note_read_only(line, column)
            elif not column.looks_same(cell, then[place]):
                change = self._change(ref, line, column, cell, then[place], now[place])
                if change is not None:
                    yield change

    def _change(
        self, ref: Ref, line: _Line, column: FieldColumn, cell: Value, then: Any, now: Any
    ) -> CellChange | None:
        """One cell that looks other than it was written; None where it means the same."""
        new, problems = column.read(cell)
        old, present = column.read_written(then), column.read_written(now)
        if not problems and new in (old, present):
            return None
        blanked = not problems and (new is None or cell is None)
        if line.known.trashed:
            self._problem(line.number, column, "roundtrip.in_trash", {"name": ref.title})
        elif column.too_long(then):
            self._problem(line.number, column, "roundtrip.too_long")
        elif problems:
            self._tell(line.number, column, problems)
        elif blanked and column.never_empty:
            self._problem(line.number, column, "roundtrip.never_empty")
        else:
            _, problem = self._resolver.resolved(column.field, new)
            if problem is None:
                return CellChange(
                    row=line.number,
                    record=ref,
                    key=column.field.key,
                    header=column.header,
                    old=column.shown(old, self._words, self._kind),
                    new=column.shown(new, self._words, self._kind),
                    now=column.shown(present, self._words, self._kind),
                    value=new,
                    blanked=blanked,
                    conflict=present != old,
                )
            self._tell(line.number, column, [problem])
        return None

    def _allowed(self, record_id: int, cells: list[CellChange]) -> list[CellChange]:
        """Those the rules of the kind let through; why not is told for the others."""
        if not cells or self._refusal(record_id, cells) is None:
            return cells
        kept: list[CellChange] = []
        for cell in cells:
            why = self._refusal(record_id, [*kept, cell])
            if why is None:
                kept.append(cell)
            else:
                column = next(one for one in self._columns if one.field.key == cell.key)
                self._problem(cell.row, column, why.code, dict(why.args), blocking=True)
        return kept

    def _refusal(self, record_id: int, cells: Sequence[CellChange]) -> Problem | None:
        fields = {column.field.key: column.field for column in self._columns}
        values = {one.key: self._resolver.resolved(fields[one.key], one.value)[0] for one in cells}
        checked = {k: v for k, v in values.items() if not isinstance(v, Named)}
        try:
            self._records.check_change(self._session, self._kind, [record_id], checked)
        except Refused as refused:
            args = refused.args_for_words
            first = next(iter(args.get("problems", ())), None)
            return first or Problem(refused.key, args=args)
        return None

    def _new(self, fresh: tuple[int, Row, str]) -> NewRow | None:
        number, row, copied = fresh
        cells = [(column, _at(row, column.index)) for column in self._columns]
        return new_row(self._kind, number, cells, copied, self._resolver, self._words, self._told)

    def _not_taken_over_yet(self) -> list[tuple[int, Row, str]]:
        """New rows without those that became records when the same sheet came back before."""
        rows = sorted(self._fresh, key=lambda one: one[0])
        told, since = set(self._back.ids), self._written.gesture
        made = [
            one.id
            for one in self._known.values()
            if one.version > since and one.id not in told and not one.trashed
        ]
        held = self._written.now(made) if rows and told else {}
        kept = []
        for one in rows:
            same = next((n for n, cells in held.items() if self._says(one[1], cells)), None)
            if same is None:
                kept.append(one)
            else:
                del held[same]
        return kept

    def _says(self, row: Row, written: tuple[Any, ...]) -> bool:
        """Whether a record holds all that a row says."""
        for place, column in enumerate(self._columns):
            cell = _at(row, column.index)
            if cell is None or not column.field.writable:
                continue
            if not column.looks_same(cell, written[place]):
                value, problems = column.read(cell)
                if not problems and value != column.read_written(written[place]):
                    return False
        return True

    def _name_copies(self) -> None:
        for lines in self._lines.values():
            same = [line for line in lines if not line.cells]
            for line in same[1:]:
                self._problem(line.number, None, "roundtrip.copy", {"row": same[0].number})

    def _missing(self) -> list[Ref]:
        told = set(self._back.ids) - self._lines.keys()
        alive = versions(self._session, self._kind, told)
        refs = titles.refs(self._session, self._kind, alive)
        return [refs[one] for one in sorted(alive)]

    # Problems

    def _note_read_only(self, line: _Line, column: FieldColumn) -> None:
        """Told only where the cell is sure to have been changed in the sheet."""
        if self._as_it_was or (
            not column.field.computed and line.known.version <= self._written.gesture
        ):
            cell, now = _at(line.row, column.index), self._present[line.known.id]
            place = self._columns.index(column)
            new, problems = column.read(cell)
            if problems or new != column.read_written(now[place]):
                self._problem(line.number, column, "roundtrip.read_only")

    def _tell(self, row: int, column: FieldColumn, problems: Sequence[Problem]) -> None:
        for one in problems:
            self._problem(row, column, one.code, dict(one.args), blocking=True)

    def _told(self, row: int, column: FieldColumn | None, problem: Problem, blocking: bool) -> None:
        self._problem(row, column, problem.code, dict(problem.args), blocking=blocking)

    def _problem(
        self,
        row: int,
        column: FieldColumn | None,
        code: str,
        args: dict[str, Any] | None = None,
        *,
        blocking: bool = False,
    ) -> None:
        header, index = (column.header, column.index) if column else ("", -1)
        self.problems.append(ImportProblem(row, header, index, code, args or {}, blocking))


def _at(row: Row, index: int) -> Value:
    return row[index] if index < len(row) else None
