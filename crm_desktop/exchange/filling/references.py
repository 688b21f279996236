"""References in formulas when rows come in between, as spreadsheet programs move them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONE = r"\$?[A-Za-z]{1,3}\$?\d{1,7}"
_CELLS = re.compile(rf"^(?P<first>{_ONE})(?::(?P<last>{_ONE}))?$")
_ROWS = re.compile(r"^(?P<first>\$?\d{1,7}):(?P<last>\$?\d{1,7})$")
_ROW = re.compile(r"(\d+)$")


@dataclass(frozen=True, slots=True)
class Insertion:
    """`count` rows come in after `row` of the sheet called `sheet`; rows are counted from 1."""

    sheet: str
    row: int
    count: int

    def moved(self, row: int) -> int:
        """Where a row lies afterwards."""
        return row + self.count if row > self.row else row

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where a span lies afterwards; one that holds the row grows with it."""
        return self.moved(first), last + self.count if last >= self.row else last


def moved_formula(formula: str, home: str, insertion: Insertion) -> str:
    """The formula of a cell on sheet `home` after the insertion.

    Ranges that hold the repeated row grow, as a sum over the lines must.
    """
    from openpyxl.formula import Tokenizer
    from openpyxl.formula.tokenizer import Token

    tokens = Tokenizer(formula)
    parts = [
        _moved_operand(token.value, home, insertion)
        if token.type == Token.OPERAND and token.subtype == Token.RANGE
        else token.value
        for token in tokens.items
    ]
    return "=" + "".join(parts)


def moved_range(cells: str, insertion: Insertion) -> str:
    """A range such as "A1:F20" (several with blanks or commas between) after the insertion."""
    return re.sub(
        r"[^\s,]+", lambda found: _moved_operand(found[0], insertion.sheet, insertion), cells
    )


def _moved_operand(text: str, home: str, insertion: Insertion) -> str:
    sheet, mark, cells = text.rpartition("!")
    named = sheet.strip("'").replace("''", "'") if mark else home
    if named != insertion.sheet:
        return text
    found = _CELLS.match(cells) or _ROWS.match(cells)
    if found is None:
        return text  # a name, a table, whole columns
    first, last = found["first"], found["last"]
    if last is None:
        return sheet + mark + _with_row(first, insertion.moved(_row(first)))
    top, bottom = insertion.span(_row(first), _row(last))
    return f"{sheet}{mark}{_with_row(first, top)}:{_with_row(last, bottom)}"


def _row(cell: str) -> int:
    found = _ROW.search(cell)
    return int(found[1]) if found else 0


def _with_row(cell: str, row: int) -> str:
    return _ROW.sub(str(row), cell)
