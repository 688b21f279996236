"""Where the rows of a sheet come from: batches as they come, or rows made in another order."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Protocol

from crm_desktop.exchange.writing.cells import Shorten
from crm_desktop.exchange.writing.clean import escaped
from crm_desktop.exchange.writing.rows import NO_NUMBER, unnumbered
from crm_desktop.exchange.writing.sheet import Sheet, cell_columns
from crm_desktop.exchange.writing.spool import Spool
from crm_desktop.exchange.writing.styles import Styles
from crm_desktop.exchange.writing.table import Batch, Column, ColumnType, TableOut

_LONG, _SIGN = re.compile(b"\x02([0-9]+)\x02"), "\x02"  # no text of a workbook can hold it


class RowSource(Protocol):
    """Rows to be written, in their order."""

    def any_left(self) -> bool:
        """Whether there are rows still to be written."""

    def put(self, sheet: Sheet, most: int) -> None:
        """Add at most so many of the next rows to the sheet."""

    def share(self, written: int) -> int:
        """How much of the work is done, in rows, when so many are written."""


class Rows:
    """The rows of a table as they come."""

    def __init__(self, batches: Iterable[Batch]) -> None:
        self._batches = iter(batches)
        self._batch: Batch | None = None
        self._taken = 0

    def next_batch(self) -> Batch | None:
        """The batch the next row is in; None after the last row."""
        while self._batch is None or self._taken >= len(self._batch[0]):
            self._batch = next(self._batches, None)
            self._taken = 0
            if self._batch is None:
                return None
        return self._batch

    def any_left(self) -> bool:
        """Whether there are rows still to be written."""
        return self.next_batch() is not None

    def put(self, sheet: Sheet, most: int) -> None:
        """Add at most so many of the next rows to the sheet."""
        sheet.rows(self.take(most))

    def share(self, written: int) -> int:
        """The same: nothing is done before they are written."""
        return written

    def take(self, most: int) -> Batch:
        """At most so many of the next rows."""
        batch = self.next_batch() or ()
        first = self._taken
        self._taken = first + most
        return [values[first : first + most] for values in batch]


class MadeRows:
    """Rows that are made in the order in which they come and written in that of the table."""

    def __init__(
        self, table: TableOut, styles: Styles, shorten: Callable[[Column], Shorten]
    ) -> None:
        if any(column.type is ColumnType.LINK_MAIL for column in table.columns):
            raise ValueError("links are written for rows that come in their order")
        self._columns = cell_columns(table.columns, styles, self._later)
        self._shorten = shorten
        self._long: list[tuple[Column, bytes]] = []
        self._made = 0
        self._spool = Spool(table.count)

    def __enter__(self) -> MadeRows:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._spool.close()

    def add(self, batch: Batch) -> None:
        """Make rows; behind the columns their places. ValueError for columns of other lengths."""
        *columns, places = batch
        count = len(places)
        numbers = [NO_NUMBER] * count
        cells = [
            column.cells(numbers, values)
            for column, values in zip(self._columns, columns, strict=True)
        ]
        self._spool.add(unnumbered(count, cells), places)
        self._made += count

    def any_left(self) -> bool:
        """Whether there are rows still to be written."""
        return self._spool.left > 0

    def put(self, sheet: Sheet, most: int) -> None:
        """Add at most so many of the next rows to the sheet."""
        rows = self._spool.take(most)
        if self._long:  # what stands for a long text names the row it is in
            below = sheet.count + 2
            rows = [self._whole(row, str(number)) for number, row in enumerate(rows, below)]
        sheet.made_rows(rows)

    def share(self, written: int) -> int:
        """Making takes three quarters of the time."""
        return (3 * self._made + written) // 4

    def _later(self, column: Column) -> Shorten:
        def keep(_number: str, text: str) -> str:
            self._long.append((column, zlib.compress(text.encode())))
            return f"{_SIGN}{len(self._long) - 1}{_SIGN}"

        return keep

    def _whole(self, row: bytes, number: str) -> bytes:
        def shortened(found: re.Match[bytes]) -> bytes:
            column, packed = self._long[int(found[1])]
            text = zlib.decompress(packed).decode()
            return escaped(self._shorten(column)(number, text)).encode()

        return _LONG.sub(shortened, row)
