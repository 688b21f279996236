"""A table as a workbook: streamed, typed, on as many sheets as its rows need.

A text longer than an Excel cell holds (32,767 characters) is not cut: its cell ends with a
sign of where to look, and the whole of it stands on a last sheet, in parts.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from crm_desktop.exchange.writing.cells import Shorten
from crm_desktop.exchange.writing.clean import CELL_LIMIT, pieces, units
from crm_desktop.exchange.writing.package import Package, sheet_name
from crm_desktop.exchange.writing.sheet import Sheet, letters, widths
from crm_desktop.exchange.writing.styles import Styles
from crm_desktop.exchange.writing.table import Column, ColumnType, TableOut
from crm_desktop.exchange.writing.whole import whole_file
from crm_desktop.progress import NO_PROGRESS, Progress

ROWS_PER_SHEET = 1_048_576  # with the header, Excel specifications and limits
_BYTES_PER_SHEET = 1_900_000_000  # under the 2 GiB of a zip part that every program opens
_CELLS_PER_BATCH = 10_000
_SAMPLE = 200


def write_xlsx(path: Path, table: TableOut, progress: Progress = NO_PROGRESS) -> int:
    """Write `table` as a workbook; returns the number of rows. See `write_table`."""
    with whole_file(path) as file:
        package = Package(file)
        try:
            return _Workbook(package, table, progress).write()
        finally:
            package.close()


def write_sheets(path: Path, tables: Sequence[TableOut], progress: Progress = NO_PROGRESS) -> int:
    """Write several tables as the sheets of one workbook; returns the number of rows."""
    with whole_file(path) as file:
        package = Package(file)
        try:
            return _Workbook(package, tables[0], progress).write(tables[1:])
        finally:
            package.close()


class _Workbook:
    """The sheets of the tables, and the texts that did not fit their cells."""

    def __init__(self, package: Package, table: TableOut, progress: Progress) -> None:
        self._package = package
        self._table = table
        self._progress = progress
        self._styles = Styles()
        self._long_name = ""
        self._long: list[tuple[str, str, bytes]] = []  # place, header, packed text
        self._long_rows = 1
        self._sheet_name = ""

    def write(self, further: Sequence[TableOut] = ()) -> int:
        first = self._table
        self._package.begin()
        titles = {sheet_name(table.title) for table in (first, *further)}
        self._long_name = self._free_name(self._word("long_texts"), titles)
        done = 0
        for table in (first, *further):
            self._table = table
            done = self._sheets_of(table, done)
        if self._long:
            self._long_sheet()
        self._package.finish(first.title, self._styles.xml())
        return done

    def _sheets_of(self, table: TableOut, done: int) -> int:
        rows = iter(table.rows)
        sample = list(islice(rows, _SAMPLE))
        sizes = widths(table.columns, sample)
        rows = chain(sample, rows)
        while True:
            written, more = self._one_sheet(table.title, table.columns, sizes, rows, done)
            done += written
            if more is None:
                return done
            rows = chain([more], rows)

    def _one_sheet(
        self,
        title: str,
        columns: tuple[Column, ...],
        sizes: list[float],
        rows: Iterator[tuple[Any, ...]],
        done: int,
    ) -> tuple[int, tuple[Any, ...] | None]:
        """Fill a sheet; returns its rows and the first row that did not fit on it, if any."""
        number = 1
        name = sheet_name(title)
        while name.lower() in self._package.names():
            number += 1
            name = sheet_name(title, number)
        self._sheet_name = name
        file_name = self._package.next_sheet
        size = max(1, _CELLS_PER_BATCH // max(1, len(columns)))
        more = None
        with self._package.part(f"xl/worksheets/{file_name}") as put:
            sheet = Sheet(put, columns, self._styles)
            sheet.begin(sizes, title, self._shortener(columns))
            while True:
                room = ROWS_PER_SHEET - 1 - sheet.count
                if not room or sheet.size > _BYTES_PER_SHEET:
                    more = next(rows, None)
                    break
                batch = list(islice(rows, min(size, room)))
                if not batch:
                    break
                sheet.rows(batch)
                time.sleep(0)  # lets the deflating thread take the interpreter at once
                self._progress.step(done + sheet.count, self._table.count)
            sheet.end()
        if sheet.links:
            with self._package.part(f"xl/worksheets/_rels/{file_name}.rels") as put:
                for part in sheet.links.targets():
                    put(part)
        self._package.add_sheet(name, sheet.area)
        return sheet.count, more

    def _shortener(self, columns: tuple[Column, ...]) -> Any:
        places = {id(column): letters(place) for place, column in enumerate(columns)}

        def for_column(column: Column) -> Shorten:
            def shorten(number: str, text: str) -> str:
                place = f"{self._sheet_name}!{places[id(column)]}{number}"
                self._long.append((place, column.header, zlib.compress(text.encode())))
                mark = self._word("goes_on", sheet=self._long_name, row=self._long_rows + 1)
                self._long_rows += len(pieces(text))
                return pieces(text, CELL_LIMIT - units(mark))[0] + mark

            return shorten

        return for_column

    def _long_sheet(self) -> None:
        columns = (
            Column(self._word("place"), width=24),
            Column(self._word("column"), width=20),
            Column(self._word("part"), ColumnType.INTEGER),
            Column(self._word("text"), width=60),
        )
        self._one_sheet(
            self._long_name, columns, widths(columns, []), self._long_parts(), self._table.count
        )

    def _long_parts(self) -> Iterator[tuple[Any, ...]]:
        for place, header, packed in self._long:
            for number, piece in enumerate(pieces(zlib.decompress(packed).decode()), start=1):
                yield place, header, number, piece

    def _free_name(self, wish: str, taken: set[str]) -> str:
        lowered = {name.lower() for name in taken}
        number, name = 1, sheet_name(wish)
        while name.lower() in lowered:
            number += 1
            name = sheet_name(wish, number)
        return name

    def _word(self, key: str, **args: Any) -> str:
        return self._table.words(f"writing.{key}", **args)
