"""The rows of a table, taken from its batches in pieces of any size."""

from __future__ import annotations

from collections.abc import Iterable

from crm_desktop.exchange.writing.table import Batch


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

    def take(self, most: int) -> Batch:
        """At most so many of the next rows."""
        batch = self.next_batch() or ()
        first = self._taken
        self._taken = first + most
        return [values[first : first + most] for values in batch]
