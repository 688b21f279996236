"""References in formulas when rows come in between, as spreadsheet programs move them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONE = r"\$?[A-Za-z]{1,3}\$?\d{1,7}"
_CELLS = re.compile(rf"^(?P<first>{_ONE})(?::(?P<last>{_ONE}))?$")
_ROWS = re.compile(r"^(?P<first>\$?\d{1,7}):(?P<last>\$?\d{1,7})$")
_ROW = re.compile(r"(\d+)$")
# Of one cell alone they make no sense: it stands for the lines that come of it.
_OVER_LINES = {"SUM", "SUBTOTAL", "SUMPRODUCT", "AVERAGE", "COUNT", "COUNTA", "MIN", "MAX"}


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


def moved_formula(formula: str, home: str, insertion: Insertion, *, in_line: bool = False) -> str:
    """The formula of a cell on sheet `home` after the insertion.

    Ranges that hold the repeated row grow, as a sum over the lines must, and so does its cell alone
    in such a sum. In the repeated row itself (`in_line`) a range that ends there without "$" stays:
    it is about this line.
    """
    from openpyxl.formula import Tokenizer
    from openpyxl.formula.tokenizer import Token

    tokens = Tokenizer(formula).items
    functions: list[str] = []
    parts = []
    for at, token in enumerate(tokens):
        if token.subtype == Token.OPEN:
            functions.append(token.value.rstrip("(").upper())
        elif token.subtype == Token.CLOSE and functions:
            functions.pop()
        if token.type != Token.OPERAND or token.subtype != Token.RANGE:
            parts.append(token.value)
            continue
        alone = tokens[at - 1].subtype in (Token.OPEN, Token.ARG) and (
            tokens[at + 1].subtype in (Token.CLOSE, Token.ARG) if at + 1 < len(tokens) else False
        )
        grows = not in_line and alone and bool(functions) and functions[-1] in _OVER_LINES
        parts.append(_moved_operand(token.value, home, insertion, grows=grows, in_line=in_line))
    return "=" + "".join(parts)


def moved_cells(reference: str, home: str, insertion: Insertion) -> str:
    """What a name or a chart refers to; a cell of the repeated row becomes that of all lines."""
    from openpyxl.formula import Tokenizer

    if len(Tokenizer(f"={reference}").items) == 1:
        return _moved_operand(reference, home, insertion, grows=True)
    return moved_formula(f"={reference}", home, insertion)[1:]


def moved_range(cells: str, insertion: Insertion) -> str:
    """A range such as "A1:F20" (several with blanks or commas between) after the insertion; what
    holds of a cell of the repeated row holds of all lines."""
    return re.sub(
        r"[^\s,]+",
        lambda found: _moved_operand(found[0], insertion.sheet, insertion, grows=True),
        cells,
    )


def _moved_operand(
    text: str, home: str, insertion: Insertion, *, grows: bool = False, in_line: bool = False
) -> str:
    sheet, mark, cells = text.rpartition("!")
    named = sheet.strip("'").replace("''", "'") if mark else home
    if named != insertion.sheet:
        return text
    found = _CELLS.match(cells) or _ROWS.match(cells)
    if found is None:
        return text  # a name, a table, whole columns
    first, last = found["first"], found["last"]
    if last is None and grows and _row(first) == insertion.row:
        last = first
    if last is None:
        return sheet + mark + _with_row(first, insertion.moved(_row(first)))
    if in_line and _row(last) == insertion.row and not _ROW.sub("", last).endswith("$"):
        return text
    top, bottom = insertion.span(_row(first), _row(last))
    return f"{sheet}{mark}{_with_row(first, top)}:{_with_row(last, bottom)}"


def _row(cell: str) -> int:
    found = _ROW.search(cell)
    return int(found[1]) if found else 0


def _with_row(cell: str, row: int) -> str:
    return _ROW.sub(str(row), cell)
