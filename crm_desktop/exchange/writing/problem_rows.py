"""Rows with something to mend: the same columns, wrong cells red, the reason last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from crm_desktop.exchange.reading.facts import Row, Value
from crm_desktop.exchange.writing.clean import cleaned, pieces, units
from crm_desktop.exchange.writing.package import sheet_name
from crm_desktop.exchange.writing.whole import whole_file

_RED, _HEAD, _REASON = "FFFFC7CE", "FFE5EAF2", "FFFFF2CC"
_NARROWEST, _WIDEST, _REASON_WIDTH = 10, 40, 60  # characters
_NOTE_WIDTH, _NOTE_HEIGHT = 320, 110  # pixels


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A row as it lay in the file; what is wrong with its cells, and with the whole of it."""

    values: Row
    notes: Mapping[int, Sequence[str]] = field(default_factory=dict)
    """Sentences by column, from 0."""
    reason: str = ""
    """All there is to say, for the last column; "" of a row that only goes along."""


def write_problem_rows(
    path: Path,
    sheet: str,
    headers: Sequence[str],
    reason_header: str,
    rows: Iterable[ProblemRow],
    *,
    cut: str,
) -> int:
    """Write the workbook; returns how many rows have a reason. Texts stay texts, numbers numbers.

    `cut` is the sentence for a text that no cell can hold, with `{column}`. Refused as
    `whole_file` is.
    """
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    page: Any = book.create_sheet(sheet_name(sheet))
    made = _Sheet(page, headers, cut)
    made.head(reason_header)
    count = 0
    try:
        for row in rows:
            made.add(row)
            count += bool(row.reason)
        with whole_file(path) as file:
            book.save(file)
    finally:
        if not page.closed:  # else its half-written rows complain when they are collected
            page.close()
    return count


class _Sheet:
    def __init__(self, sheet: Any, headers: Sequence[str], cut: str) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.comments import Comment
        from openpyxl.styles import Alignment, Font, PatternFill
        from openpyxl.utils import get_column_letter

        self._sheet, self._headers, self._cut = sheet, headers, cut
        self._new: Any = WriteOnlyCell
        self._comment: Any = Comment
        self._letter: Any = get_column_letter
        self._bold, self._wrapped = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        self._red, self._tinted, self._yellow = (
            PatternFill("solid", fgColor=colour) for colour in (_RED, _HEAD, _REASON)
        )

    def head(self, reason: str) -> None:
        """The names of the columns, above everything."""
        for index, name in enumerate(self._headers, start=1):
            width = min(max(_NARROWEST, units(name) * 2), _WIDEST)
            self._sheet.column_dimensions[self._letter(index)].width = width
        last = self._letter(len(self._headers) + 1)
        self._sheet.column_dimensions[last].width = _REASON_WIDTH
        self._sheet.freeze_panes = "A2"
        cells = [self._cell(name)[0] for name in (*self._headers, reason)]
        for cell in cells:
            cell.font, cell.fill = self._bold, self._tinted
        self._sheet.append(cells)

    def add(self, row: ProblemRow) -> None:
        """One row, with a note at each wrong cell."""
        width = len(self._headers)
        values = (*row.values[:width], *(None,) * (width - len(row.values)))
        reasons = [row.reason] if row.reason else []
        cells = []
        for index, value in enumerate(values):
            cell, whole = self._cell(value)
            if not whole:
                reasons.append(self._cut.format(column=self._headers[index]))
            if notes := row.notes.get(index):
                cell.fill = self._red
                cell.comment = self._note("\n".join(notes))
            cells.append(cell)
        reason, _ = self._cell("\n".join(reasons))
        reason.fill, reason.alignment = self._yellow, self._wrapped
        self._sheet.append([*cells, reason])

    def _note(self, text: str) -> Any:
        note = self._comment(cleaned(text), "CRM Desktop")
        note.width, note.height = _NOTE_WIDTH, _NOTE_HEIGHT
        return note

    def _cell(self, value: Value) -> tuple[Any, bool]:
        """A cell, and whether it holds the whole value; no text becomes a formula."""
        if not isinstance(value, str):
            cell = self._new(self._sheet, value)
            if isinstance(value, datetime):
                cell.number_format = "yyyy-mm-dd hh:mm:ss"
            elif isinstance(value, date):
                cell.number_format = "yyyy-mm-dd"
            elif isinstance(value, time):
                cell.number_format = "hh:mm:ss"
            elif type(value) is float and value.is_integer():
                cell.number_format = "0"  # a phone number is not 1.38E+10
            return cell, True
        first, *rest = pieces(cleaned(value))
        cell = self._new(self._sheet, first)
        cell.data_type, cell.number_format = "s", "@"
        cell.quotePrefix = first[:1] in "=+-@" and bool(first)
        return cell, not rest
