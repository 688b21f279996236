"""Rows that come in another order than they are to stand in, kept in a file meanwhile."""

from __future__ import annotations

import os
import sys
import tempfile
from array import array
from collections.abc import Sequence
from itertools import accumulate

from crm_desktop.exchange.writing.rows import AFTER_ROW


class Spool:
    """Takes rows for so many places in any order and gives them in that of the places.

    The file has no name (Windows: goes when it is closed), so that nothing of it stays behind.
    """

    def __init__(self, places: int) -> None:
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed by `close`
        self._end = 0
        self._starts = array("q", [0]) * places
        self._sizes = array("q", [0]) * places
        self._next = 0
        self.left = 0
        """How many rows have not been taken."""

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def add(self, rows: bytes, places: Sequence[int]) -> None:
        """Keep rows, each for its place. Raises ValueError where these are not equally many."""
        several = rows.split(AFTER_ROW)
        several.pop()  # nothing stands behind the last one
        sizes = list(map(len, several))
        starts = list(accumulate(sizes, initial=self._end))
        self._end = starts.pop()
        for place, start, size in zip(places, starts, sizes, strict=True):
            self._starts[place] = start
            self._sizes[place] = size
        self._file.write(b"".join(several))
        self.left += len(several)

    def take(self, most: int) -> list[bytes]:
        """The rows of the next so many places; at some there may be none."""
        first, last = self._next, self._next + most
        self._next = last
        places = zip(self._starts[first:last], self._sizes[first:last], strict=True)
        rows = self._read([place for place in places if place[1]])
        self.left -= len(rows)
        return rows

    if sys.platform == "win32":

        def _read(self, places: list[tuple[int, int]]) -> list[bytes]:
            rows = []
            for start, size in places:
                self._file.seek(start)
                rows.append(self._file.read(size))
            return rows

    else:

        def _read(self, places: list[tuple[int, int]]) -> list[bytes]:
            file, read = self._file.fileno(), os.pread
            return [read(file, size, start) for start, size in places]
