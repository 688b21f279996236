"""A list that went out as a workbook, was edited there, and came back: what is different."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from crm_desktop.domain.imports import ImportProblem
from crm_desktop.domain.kinds import Kind, Ref

Place = tuple[int, str]
"""A cell: its row in the sheet and the key of its field."""


class Side(StrEnum):
    """Who is right where both the sheet and the book were changed."""

    MINE = "mine"  # the sheet
    THEIRS = "theirs"  # the book as it is now


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that was edited. Texts are as the user reads them; `value` is as it was read."""

    row: int  # counted from 1 as spreadsheets do
    record: Ref
    key: str
    header: str
    old: str  # when it was exported
    new: str
    now: str  # in the book
    value: Any
    blanked: bool = False  # a value was taken out
    conflict: bool = False  # the book holds neither the old nor the new

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.row, self.key


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row that is no record yet."""

    row: int
    title: str
    values: Mapping[str, Any]
    texts: tuple[tuple[str, str], ...]  # header and text of its cells
    copied: str = ""  # the record whose row it was copied from


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """All that is different between the sheet and what was exported; nothing is written."""

    path: Path
    kind: Kind
    made: datetime | None
    sheet: str
    rows: int  # filled ones
    unchanged: int  # rows without any difference
    cells: tuple[CellChange, ...] = ()
    new_rows: tuple[NewRow, ...] = ()
    missing: tuple[Ref, ...] = ()
    problems: tuple[ImportProblem, ...] = ()
    ignored: tuple[str, ...] = ()  # columns that belong to no field
    versions: Mapping[int, int] = field(default_factory=dict)  # of the records to be changed

    @property
    def edits(self) -> tuple[CellChange, ...]:
        """Cells that hold something else, and nobody else changed them."""
        return tuple(one for one in self.cells if not one.blanked and not one.conflict)

    @property
    def blanks(self) -> tuple[CellChange, ...]:
        """Cells that were emptied."""
        return tuple(one for one in self.cells if one.blanked and not one.conflict)

    @property
    def conflicts(self) -> tuple[CellChange, ...]:
        """Cells that were changed on both sides."""
        return tuple(one for one in self.cells if one.conflict)

    @property
    def empty(self) -> bool:
        """Whether nothing at all was done to the sheet."""
        return not (self.cells or self.new_rows or self.missing or self.problems)


@dataclass(slots=True)
class RoundTripChoices:
    """What the user wants of it; untouched, edits and new rows are taken and nothing is lost."""

    conflicts: Side = Side.THEIRS
    by_cell: dict[Place, Side] = field(default_factory=dict)
    clear_blanks: bool = False
    cleared: set[Place] = field(default_factory=set)  # the blanked ones cleared all the same
    left_out: set[Place] = field(default_factory=set)
    rows_left_out: set[int] = field(default_factory=set)  # of the new ones
    trash: set[int] = field(default_factory=set)  # ids of missing records

    def side(self, cell: CellChange) -> Side:
        """Who is right in a conflict."""
        return self.by_cell.get(cell.place, self.conflicts)

    def takes(self, cell: CellChange) -> bool:
        """Whether a cell is written."""
        if cell.conflict and self.side(cell) is Side.THEIRS:
            return False
        if cell.blanked and not self.clear_blanks and cell.place not in self.cleared:
            return False
        return cell.place not in self.left_out

    def clear_one(self, cell: CellChange) -> None:
        """Clear this one, whatever becomes of the other blanked cells."""
        self.cleared.add(cell.place)
        self.left_out.discard(cell.place)

    def set_blanks(self, clear: bool) -> None:
        """Clear all blanked cells, or none."""
        self.clear_blanks = clear
        self.left_out -= self.cleared
        self.cleared.clear()

    def count(self, trip: RoundTrip) -> int:
        """How many changes will be made: cells, new rows, records to the trash."""
        return (
            sum(map(self.takes, trip.cells))
            + sum(one.row not in self.rows_left_out for one in trip.new_rows)
            + sum(one.id in self.trash for one in trip.missing)
        )


@dataclass(frozen=True, slots=True)
class RoundTripResult:
    """What was done, as one gesture."""

    gesture: int | None
    cells: int
    records: int
    created: int
    trashed: int
    new_items: int  # entries of lists, colleagues and companies made along
