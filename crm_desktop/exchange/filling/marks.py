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
    book: Workbook, name_of: Callable[[str], str], known: Callable[[str], bool]
) -> tuple[MarkedSheet, ...]:
    """All marks of a workbook, checked.

    Raises Refused: "filling.unclosed", "filling.unknown" and "filling.two_rows" with the cells
    they are about, "filling.no_marks" for a workbook without any.
    """
    sheets = tuple(MarkedSheet(sheet.title, _marks(sheet, name_of)) for sheet in book.worksheets)
    marks = [(sheet, mark) for sheet in sheets for mark in sheet.marks]
    if not marks:
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
    return sheets


def _marks(sheet: Worksheet, name_of: Callable[[str], str]) -> tuple[Mark, ...]:
    return tuple(
        Mark(cell.coordinate, cell.row, name_of(found))
        for cell in _texts(sheet)
        for found in _found(sheet, cell.coordinate, str(cell.value))
    )


def _found(sheet: Worksheet, coordinate: str, text: str) -> list[str]:
    found = MARK.findall(text)
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
