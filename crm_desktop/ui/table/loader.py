"""Fills a list off the thread of the window: the first rows, then all ids, and the sums."""

from __future__ import annotations

from array import array
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from crm_desktop.domain.grouping import Grouped
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Query

if TYPE_CHECKING:
    from crm_desktop.ui.context import Context

FIRST = 200
_PATIENCE = 200  # milliseconds, after which it is said that something is awaited
Sums = dict[str, dict[str, Decimal]]


class Loader(QObject):
    """Only the answers to the latest question arrive."""

    found = Signal(object, bool)  # ids, whether these are all
    grouped = Signal(object)  # Grouped: a list under headings comes whole
    summed = Signal(int, object)  # how many there are without the user's filter, Sums
    waiting = Signal(bool)  # whether the first rows are a long time coming

    def __init__(self, context: Context, kind: Kind, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._kind = kind
        self._asked = 0
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(lambda: self.waiting.emit(True))

    def load(self, query: Query, base: Query, summed: tuple[str, ...]) -> None:
        """Read the rows of `query`; `base` is what the list holds unfiltered."""
        self._asked += 1
        number = self._asked
        self._patience.start()
        records, jobs, kind = self._context.services.records, self._context.jobs, self._kind

        def first(ids: array[int]) -> None:
            if number != self._asked:
                return
            self._arrived()
            whole = len(ids) < FIRST
            self.found.emit(ids, whole)
            if not whole:
                jobs.run_reader(lambda: records.ids(kind, query), rest)
            jobs.run_reader(counted, told)

        def headed(found: Grouped) -> None:
            if number == self._asked:
                self._arrived()
                self.grouped.emit(found)
                jobs.run_reader(counted, told)

        def rest(ids: array[int]) -> None:
            if number == self._asked:
                self.found.emit(ids, True)

        def counted() -> tuple[int, Sums]:
            plain = replace(query, order=(), group="") == replace(base, order=())
            total = -1 if plain else records.count(kind, base)
            return total, records.sums(kind, query, summed) if summed else {}

        def told(result: Any) -> None:
            if number == self._asked:
                self.summed.emit(*result)

        if query.group:
            jobs.run_reader(lambda: records.grouped(kind, query, summed), headed)
        else:
            jobs.run_reader(lambda: records.ids(kind, query, FIRST), first)

    def _arrived(self) -> None:
        self._patience.stop()
        self.waiting.emit(False)
