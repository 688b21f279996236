"""Rows of a sheet as XML, put together for a batch at once from the cells of its columns."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, repeat

from crm_desktop.exchange.writing.cells import Cells, Filled

_OPENING, _BETWEEN, _ENDING = b'<row r="', b'">', b"</row>"


def numbered(numbers: list[bytes], columns: Iterable[Cells]) -> bytes:
    """The rows called `numbers`."""
    pieces: list[Iterable[bytes]] = [repeat(_OPENING), numbers]
    between = _BETWEEN
    for cells in columns:
        if isinstance(cells, Filled):
            pieces += (repeat(between + cells.opening), numbers, repeat(cells.middle), cells.texts)
            between = cells.end
        elif cells is not None:
            pieces += (repeat(between), cells) if between else (cells,)
            between = b""
    # What is the same in all rows is repeated without end but for the last piece.
    pieces.append(repeat(between + _ENDING, len(numbers)))
    return b"".join(chain.from_iterable(zip(*pieces, strict=False)))
