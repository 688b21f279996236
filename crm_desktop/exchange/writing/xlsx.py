"""A table as a workbook: streamed, typed, on as many sheets as its rows need.

A text longer than an Excel cell holds (32,767 characters) is not cut: its cell ends with a
sign of where to look, and the whole of it stands on a last sheet, in parts.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from crm_desktop.exchange.writing.batches import Rows
from crm_desktop.exchange.writing.cells import Shorten
from crm_desktop.exchange.writing.clean import CELL_LIMIT, pieces, units
from crm_desktop.exchange.writing.package import Package, sheet_name
from crm_desktop.exchange.writing.sheet import Sheet, letters, widths
from crm_desktop.exchange.writing.styles import Styles
from crm_desktop.exchange.writing.table import Column, ColumnType, TableOut, in_batches
from crm_desktop.exchange.writing.whole import whole_file
from crm_desktop.progress import NO_PROGRESS, Progress

ROWS_PER_SHEET = 1_048_576  # with the header, Excel specifications and limits
_BYTES_PER_SHEET = 1_900_000_000  # under the 2 GiB of a zip part that every program opens
_FACTS = 2  # columns of the facts sheet, before the lists
_CELLS_PER_PART = 16_000  # written at once: memory against speed


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
        self._facts_name = ""
        self._long: list[tuple[str, str, bytes]] = []  # place, header, packed text
        self._long_rows = 1
        self._sheet_name = ""

    def write(self, further: Sequence[TableOut] = ()) -> int:
        first = self._table
        self._package.begin()
        titles = {sheet_name(table.title) for table in (first, *further)}
        self._long_name = self._free_name(self._word("long_texts"), titles)
        self._facts_name = self._free_name(self._word("facts"), titles | {self._long_name})
        done = 0
        for table in (first, *further):
            self._table = table
            done = self._sheets_of(table, done)
        if self._long:
            self._long_sheet()
        if first.facts or any(column.choices for column in first.columns):
            self._facts_sheet(first)
        self._package.finish(first.title, self._styles.xml())
        return done

    def _sheets_of(self, table: TableOut, done: int) -> int:
        rows = Rows(table.batches)
        first = rows.next_batch()
        sizes = widths(table.columns, first)
        while True:
            done += self._one_sheet(table.title, table.columns, sizes, rows, done)
            if not rows.any_left():
                return done

    def _one_sheet(
        self,
        title: str,
        columns: tuple[Column, ...],
        sizes: list[float],
        rows: Rows,
        done: int,
    ) -> int:
        """Fill a sheet with as many rows as it holds; returns how many these are."""
        number = 1
        name = sheet_name(title)
        while name.lower() in self._package.names():
            number += 1
            name = sheet_name(title, number)
        self._sheet_name = name
        file_name = self._package.next_sheet
        size = max(1, _CELLS_PER_PART // max(1, len(columns)))
        with self._package.part(f"xl/worksheets/{file_name}") as put:
            sheet = Sheet(put, columns, self._styles)
            sheet.begin(sizes, title, self._shortener(columns), self._offered(columns))
            while True:
                room = ROWS_PER_SHEET - 1 - sheet.count
                if not room or sheet.size > _BYTES_PER_SHEET or not rows.any_left():
                    break
                sheet.rows(rows.take(min(size, room)))
                time.sleep(0)  # lets the deflating thread take the interpreter at once
                self._progress.step(done + sheet.count, self._table.count)
            sheet.end()
        if sheet.links:
            with self._package.part(f"xl/worksheets/_rels/{file_name}.rels") as put:
                for part in sheet.links.targets():
                    put(part)
        self._package.add_sheet(name, sheet.area, hidden=name == self._facts_name)
        return sheet.count

    def _offered(self, columns: Sequence[Column]) -> dict[int, str]:
        """Where the facts sheet holds what a column offers, by the place of the column."""
        quoted = "'" + self._facts_name.replace("'", "''") + "'"
        places = [place for place, column in enumerate(columns) if column.choices]
        found: dict[int, str] = {}
        for number, place in enumerate(places, start=_FACTS):
            letter, last = letters(number), len(columns[place].choices) + 1
            found[place] = f"{quoted}!${letter}$2:${letter}${last}"
        return found

    def _facts_sheet(self, table: TableOut) -> None:
        """What the table is, and beside it what its columns offer."""
        lists = [column for column in table.columns if column.choices]
        columns = (
            *(Column(self._word(name), width=24) for name in ("fact", "value")),
            *(Column(column.header, width=16) for column in lists),
        )
        names, values = zip(*table.facts, strict=True) if table.facts else ((), ())
        filled = [names, values, *(column.choices for column in lists)]
        longest = max(map(len, filled))
        batch = [[*one, *[None] * (longest - len(one))] for one in filled]
        sizes = widths(columns, batch)
        self._one_sheet(self._facts_name, columns, sizes, Rows([batch]), self._table.count)

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
            self._long_name,
            columns,
            widths(columns, None),
            Rows(in_batches(self._long_parts())),
            self._table.count,
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
