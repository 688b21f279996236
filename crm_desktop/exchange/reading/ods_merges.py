"""Merged cells of OpenDocument spreadsheets, which the fast parser does not tell."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.parsers import expat

from crm_desktop.exchange.reading.facts import Limits
from crm_desktop.exchange.reading.guard import CHUNK

Range = tuple[int, int, int, int]

CONTENT = "content.xml"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_SPANS = b"-spanned="
_OF_ONE = (b'-spanned="1"', b"-spanned='1'")


class SpanScan:
    """Fed with the pieces of the content; says whether it is worth looking for merges at all."""

    def __init__(self) -> None:
        self._edge = b""
        self.found = False

    def feed(self, piece: bytes) -> None:
        """Take the next bytes."""
        if self.found:
            return
        data = self._edge + piece
        spans = data.count(_SPANS)
        self.found = spans > sum(data.count(one) for one in _OF_ONE)
        self._edge = data[-len(_OF_ONE[0]) + 1 :]


class _Reader:
    """Counts rows and columns of every table."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._row = self._column = 0
        self._rows_alike = 1
        self._depth = 0
        self.table = -1
        self.merges: dict[int, list[Range]] = defaultdict(list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == f"{_TABLE}table":
            self._depth += 1  # a table within a cell is none of the book
            if self._depth == 1:
                self.table += 1
                self._row = 0
        elif self._depth != 1:
            return
        elif name == f"{_TABLE}table-row":
            self._column = 0
            self._rows_alike = _number(attributes, "number-rows-repeated")
        elif name in _CELLS:
            rows = _number(attributes, "number-rows-spanned")
            columns = _number(attributes, "number-columns-spanned")
            if rows * columns > 1 and self._row < self._limits.rows:
                last_row, last_column = self._row + rows - 1, self._column + columns - 1
                self.merges[self.table].append((self._row, self._column, last_row, last_column))
            self._column += _number(attributes, "number-columns-repeated")

    def end(self, name: str) -> None:
        """An element ends."""
        if name == f"{_TABLE}table":
            self._depth -= 1
        elif name == f"{_TABLE}table-row" and self._depth == 1:
            self._row += self._rows_alike


def merges(
    path: Path, limits: Limits, step: Callable[[int, int], None]
) -> dict[int, tuple[Range, ...]]:
    """The merges of each sheet by its number; none where the content cannot be read.

    The archive has been looked through before: it is no bomb and declares no entities.
    """
    reader = _Reader(limits)
    parser: Any = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    try:
        with zipfile.ZipFile(path) as archive, archive.open(CONTENT) as content:
            size, done = archive.getinfo(CONTENT).file_size, 0
            while piece := content.read(CHUNK):
                parser.Parse(piece, False)
                done += len(piece)
                step(done, size)
    except (expat.ExpatError, zipfile.BadZipFile, OSError, KeyError, ValueError):
        return {}
    return {table: tuple(found) for table, found in reader.merges.items()}


def _number(attributes: dict[str, str], name: str) -> int:
    written = attributes.get(_TABLE + name, "1")
    return int(written) if written.isdecimal() and len(written) < 9 else 1
