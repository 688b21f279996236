"""Where a template wants what: {{name}} for one value, {{line.name}} in the row of the lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crm_desktop.domain.problems import Refused

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LINE = "line."
LOGO = "logo"
MARK = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_MOST_NAMED = 8

Value = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Filling:
    """What fills a template. The names are those of the marks, without "line." for the lines."""

    values: Mapping[str, Value]
    lines: Sequence[Mapping[str, Value]] = ()
    logo: bytes = b""
    other_names: Mapping[str, str] = field(default_factory=dict)
    """Other ways to write a name → the name; the user writes in their own language."""

    def name_of(self, written: str) -> str:
        """The name a mark means."""
        plain = written.strip().lower()
        return self.other_names.get(plain, plain)


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark and the cell it stands in."""

    cell: str
    row: int
    name: str


@dataclass(frozen=True, slots=True)
class MarkedSheet:
    """The marks of one sheet."""

    title: str
    marks: tuple[Mark, ...]

    @property
    def line_row(self) -> int | None:
        """The row that is repeated, counted from 1."""
        return next((mark.row for mark in self.marks if mark.name.startswith(LINE)), None)


def marked_sheets(
    book: Workbook,
    name_of: Callable[[str], str],
    known: Callable[[str], bool],
    *,
    others: bool = False,
) -> tuple[MarkedSheet, ...]:
    """All marks of a workbook's cells, checked.

    Raises Refused: "filling.unclosed", "filling.in_formula", "filling.unknown",
    "filling.two_rows" and "filling.merged_down" with the cells they are about,
    "filling.no_marks" for a workbook without any (`others` says that there are some elsewhere).
    """
    sheets = tuple(MarkedSheet(sheet.title, _marks(sheet, name_of)) for sheet in book.worksheets)
    marks = [(sheet, mark) for sheet in sheets for mark in sheet.marks]
    if not marks and not others:
        raise Refused("filling.no_marks")
    wrong = [
        f"{_place(sheet, mark, sheets)}: {{{{{mark.name}}}}}"
        for sheet, mark in marks
        if not known(mark.name)
    ]
    if wrong:
        more = len(wrong) - _MOST_NAMED
        raise Refused(
            "filling.unknown", cells=", ".join(wrong[:_MOST_NAMED]) + (f" … +{more}" * (more > 0))
        )
    for sheet, mark in marks:
        if mark.name.startswith(LINE) and mark.row != sheet.line_row:
            raise Refused("filling.two_rows", cell=_place(sheet, mark, sheets), row=sheet.line_row)
    for sheet in sheets:
        _check_merges(book[sheet.title], sheet)
    return sheets


def _check_merges(sheet: Worksheet, marked: MarkedSheet) -> None:
    """The lines below the first would be hidden by a merged cell that reaches down."""
    of_lines = {mark.cell for mark in marked.marks if mark.name.startswith(LINE)}
    for merged in sheet.merged_cells.ranges:
        if merged.max_row > merged.min_row and merged.start_cell.coordinate in of_lines:
            raise Refused("filling.merged_down", cells=f"{sheet.title}!{merged.coord}")


def _marks(sheet: Worksheet, name_of: Callable[[str], str]) -> tuple[Mark, ...]:
    return tuple(
        Mark(cell.coordinate, cell.row, name_of(found))
        for cell in _texts(sheet)
        for found in _found(sheet, cell)
    )


def _found(sheet: Worksheet, cell: Any) -> list[str]:
    text, coordinate = str(cell.value), cell.coordinate
    found = MARK.findall(text)
    if found and cell.data_type == "f":
        raise Refused("filling.in_formula", cell=f"{sheet.title}!{coordinate}")
    if MARK.sub("", text).count("{{") or (text.count("}}") and not found):
        raise Refused("filling.unclosed", cell=f"{sheet.title}!{coordinate}")
    return found


def _texts(sheet: Worksheet) -> Iterator[Any]:
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and ("{{" in cell.value or "}}" in cell.value):
                yield cell


def _place(sheet: MarkedSheet, mark: Mark, sheets: Sequence[MarkedSheet]) -> str:
    return f"{sheet.title}!{mark.cell}" if len(sheets) > 1 else mark.cell
