"""An import under way: the file, the plan as the user shaped it, what was decided so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from crm_desktop.domain.dates import order_evidence
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.imports import ImportReport
from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services
from crm_desktop.services.imports import (
    IMPORT_KINDS,
    NAMED_BY,
    ColumnPlan,
    ImportPlan,
    MergedCells,
    Preview,
    Row,
    SheetFacts,
    Target,
    Value,
    Wishes,
    guess_columns,
    is_blank,
    know_own_fields,
    mark_is_open,
    spelled,
    targets,
)

DATED = (FieldType.DATE, FieldType.BIRTHDAY, FieldType.DUE)
Custom = tuple[tuple[Kind, Field], ...]


@dataclass(slots=True)
class Draft:
    """What the four steps share."""

    preview: Preview
    plan: ImportPlan
    custom: Custom = ()
    own_names: dict[str, str] = field(default_factory=dict)
    """What the user calls the fields in `custom`, by target."""
    wishes: Wishes = field(default_factory=Wishes)
    report: ImportReport | None = None
    as_last_time: bool = False
    """Whether the columns are assigned as for the last file with these headers."""
    file: list[int] = field(default_factory=list)
    """What tells the file as it was read from a later one."""
    _seen: tuple[int, list[Row]] = field(default=(-1, []), compare=False, repr=False)

    def __post_init__(self) -> None:
        self.file = _stamp(self.path)

    @property
    def path(self) -> Path:
        """The file."""
        return self.preview.path

    @property
    def sheet(self) -> SheetFacts:
        """The sheet the plan is about."""
        return self.preview.facts.sheets[self.plan.sheet]

    @property
    def rows_seen(self) -> int:
        """How many rows with data the counts of the plan are about."""
        return len(self._body())

    def cells(self, column: int) -> list[Value]:
        """The cells of a column in those rows."""
        return [row[column] if column < len(row) else None for row in self._body()]

    def _body(self) -> list[Row]:
        header, body = self._seen
        if header != self.plan.header_row:  # each column asks for them
            rows = self._meant()
            body = [row for row in rows if any(not is_blank(value) for value in row)]
            self._seen = self.plan.header_row, body
        return body

    def _meant(self) -> Sequence[Row]:
        """The rows at hand below the headings, each with what is merged over it."""
        header = self.plan.header_row
        rows = self.preview.head[header:]
        return MergedCells.of(self.plan, self.sheet.merged).repeated(header + 1, rows)

    def cell(self, row: int, column: int) -> str | None:
        """The text of a cell, if it is among the rows at hand; rows count from 1."""
        if not 0 < row <= len(self.preview.head):
            return None
        below = row - 1 - self.plan.header_row
        cells = self._meant()[below] if below >= 0 else self.preview.head[row - 1]
        value = cells[column] if 0 <= column < len(cells) else None
        return "" if value is None else spelled(value)

    def guess_again(self, *, header_row: int | None = None, kind: str = "") -> None:
        """Another header row or another kind: guess the columns anew, keep the rest."""
        old = self.plan
        row = old.header_row if header_row is None else header_row
        self.plan = guess_columns(
            self.sheet,
            self.preview.head,
            sheet=old.sheet,
            header_row=row,
            kind=kind or ("" if old.kind_open else old.kind),
        )
        know_own_fields(self.plan, self.custom)
        self.plan.existing = old.existing
        self.plan.encoding, self.plan.delimiter = old.encoding, old.delimiter
        self.as_last_time = False
        self.forget_decisions()

    def kept(self) -> dict[str, Any]:
        """What is to be taken up by `resume`, perhaps after a restart."""
        return {
            "path": str(self.path),
            "plan": self.plan.to_json(),
            "file": self.file,
            "fixes": [[*cell, text] for cell, text in self.wishes.fixes.items()],
            "left_out": sorted(self.wishes.left_out),
        }

    def resume(self, kept: Mapping[str, Any] | None) -> bool:
        """Take up what `kept` gave; False where there is no plan to take.

        What was decided about single rows holds only while the file is the same.
        """
        try:
            if kept is None or not self.take_up(ImportPlan.from_json(str(kept.get("plan", "")))):
                return False
        except ValueError:
            return False
        if self.file and kept.get("file") == self.file:
            fixes = {(row, column): text for row, column, text in kept.get("fixes", ())}
            self.wishes = Wishes(fixes, set(kept.get("left_out", ())))
        return True

    def take_up(self, plan: ImportPlan) -> bool:
        """A plan kept from before, for the same columns; False where the file has changed."""
        if plan.sheet >= len(self.preview.facts.sheets) or plan.kind not in IMPORT_KINDS:
            return False
        known = {column.index: column for column in self.plan.columns}
        if plan.fingerprint != self.plan.fingerprint or plan.sheet != self.plan.sheet:
            return False
        if [column.index for column in plan.columns] != list(known):
            return False
        for column in plan.columns:
            if column.index in known:
                column.samples = known[column.index].samples
        self.plan = plan
        return True

    def forget_decisions(self) -> None:
        """The plan changed: what was said about single rows no longer holds."""
        self.wishes = Wishes()
        self.report = None

    def places(self) -> tuple[Target, ...]:
        """Where values of this kind of sheet can go."""
        return targets(self.plan.kind, self.custom)

    def taken_twice(self) -> set[int]:
        """Columns that want a place another column has, where only one can have it."""
        several = {place.key for place in self.places() if place.several}
        seen: dict[str, int] = {}
        twice: set[int] = set()
        for column in self.plan.mapped:
            target = column.target or ""
            if target in seen and target not in several:
                twice |= {seen[target], column.index}
            seen.setdefault(target, column.index)
        return twice

    def to_look_at(self, column: ColumnPlan) -> bool:
        """Whether the user should look at what was guessed about a column."""
        place = next((one for one in self.places() if one.key == column.target), None)
        return wants_a_look(column, place, self.cells(column.index))

    def has_name(self) -> bool:
        """Whether a column says what the records are called."""
        targets = {column.target for column in self.plan.mapped}
        return not targets.isdisjoint(NAMED_BY[self.plan.kind])


def wants_a_look(column: ColumnPlan, place: Target | None, cells: Sequence[Value]) -> bool:
    """Whether the user should say where a column goes, or how its dates or amounts are written."""
    return column.target is not None and (
        not column.sure
        or order_is_open(column, place, cells)
        or (place is not None and mark_is_open(place, column.options, cells))
    )


def order_is_open(column: ColumnPlan, place: Target | None, cells: Sequence[Value]) -> bool:
    """Whether 03/04 may be a day of March or of April, and nothing says which."""
    if place is None or place.field.type not in DATED or "date_order" in column.options:
        return False
    found = order_evidence(cells)
    return found.order is None and found.open > 0


def _stamp(path: Path) -> list[int]:
    """Changes when the file does; empty where it is gone."""
    try:
        facts = path.stat()
    except OSError:
        return []
    return [facts.st_mtime_ns, facts.st_size]


def own_fields(services: Services) -> tuple[Custom, dict[str, str]]:
    """The user's own fields of all kinds a sheet may hold, and their names by target."""
    fields: list[tuple[Kind, Field]] = []
    names: dict[str, str] = {}
    for kind in dict.fromkeys(chain.from_iterable(IMPORT_KINDS.values())):
        fields += [(kind, each) for each in services.records.fields(kind) if each.custom]
        names |= {f"{kind.value}.{row.key}": row.name for row in services.custom.of(kind)}
    return tuple(fields), names
