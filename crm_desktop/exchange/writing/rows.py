"""Rows of a sheet as XML, put together for a batch at once from the cells of its columns.

Rows whose place is not known yet are made without their number and get it later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, repeat

from crm_desktop.exchange.writing.cells import Cells, Filled

NO_NUMBER = "\x01"  # no text of a workbook can hold it
_NO_NUMBER = NO_NUMBER.encode()
_AFTER = "\x03"
AFTER_ROW = _AFTER.encode()
"""Stands behind each row without a number, to tell it from the next."""
_OPENING, _BETWEEN, _ENDING = '<row r="', '">', "</row>"


def numbered(numbers: list[str], columns: Iterable[Cells]) -> bytes:
    """The rows called `numbers`."""
    pieces: list[Iterable[str]] = [repeat(_OPENING), numbers]
    between = _BETWEEN
    for cells in columns:
        if isinstance(cells, Filled):
            pieces += (repeat(between + cells.opening), numbers, repeat(cells.middle), cells.texts)
            between = cells.end
        else:
            between = _listed(pieces, between, cells)
    return _joined(pieces, between, len(numbers))


def unnumbered(count: int, columns: Iterable[Cells]) -> bytes:
    """So many rows that get their numbers later; cells that are made already hold NO_NUMBER."""
    pieces: list[Iterable[str]] = []
    between = _OPENING + NO_NUMBER + _BETWEEN
    for cells in columns:
        if isinstance(cells, Filled):
            pieces += (repeat(between + cells.opening + NO_NUMBER + cells.middle), cells.texts)
            between = cells.end
        else:
            between = _listed(pieces, between, cells)
    return _joined(pieces, between, count, _AFTER)


def with_numbers(rows: Sequence[bytes], first: int) -> bytes:
    """Such rows, one below the other from the row `first`."""
    numbered = enumerate(rows, first)
    return b"".join([row.replace(_NO_NUMBER, b"%d" % number) for number, row in numbered])


def _listed(pieces: list[Iterable[str]], between: str, cells: list[str] | None) -> str:
    if cells is None:
        return between
    pieces += (repeat(between), cells) if between else (cells,)
    return ""


def _joined(pieces: list[Iterable[str]], between: str, count: int, after: str = "") -> bytes:
    # What is the same in all rows is repeated without end but for the last piece.
    pieces.append(repeat(between + _ENDING + after, count))
    return "".join(chain.from_iterable(zip(*pieces, strict=False))).encode()
