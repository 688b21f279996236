"""Batches of a sheet as the plan reads them: here, or in the process that reads the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from crm_desktop.domain.fields import Field
from crm_desktop.domain.kinds import Kind
from crm_desktop.exchange.mapping.plan import ImportPlan
from crm_desktop.exchange.mapping.records import RowReader, SheetCells, SheetRow
from crm_desktop.exchange.reading.facts import Row

Fixes = Mapping[int, Mapping[int, str]]
"""New texts of cells by row and column."""


class BatchReader:
    """Turns rows into cells and cells into rows of values; copies of it do so alike.

    `fixes` stand in the place of cells, rows `left_out` are passed over.
    """

    def __init__(
        self,
        plan: ImportPlan,
        *,
        today: date,
        zone: str,
        custom: tuple[tuple[Kind, Field], ...],
        fixes: Fixes,
        left_out: Iterable[int],
    ) -> None:
        self._plan = plan
        self._given: dict[str, Any] = {"today": today, "zone": zone, "custom": custom}
        self._fixes = fixes
        self._left_out = frozenset(left_out)
        self._reader = RowReader(plan, **self._given)

    def __getstate__(self) -> tuple[Any, ...]:
        """What another process needs to make the same reader; what was read stays here."""
        return self._plan, self._given, self._fixes, self._left_out

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        """Take that up."""
        self._plan, self._given, self._fixes, self._left_out = state
        self._reader = RowReader(self._plan, **self._given)

    def __call__(self, first: int, batch: Sequence[Row]) -> SheetCells:
        """The cells of rows that begin with row `first` of the sheet."""
        numbers = [n for n in range(first, first + len(batch)) if n not in self._left_out]
        rows = [batch[n - first] for n in numbers]
        if self._fixes:
            rows = [fixed(*pair, self._fixes) for pair in zip(numbers, rows, strict=True)]
        return self._reader.cells(numbers, rows)

    def rows(self, cells: SheetCells) -> list[SheetRow]:
        """The values of these cells by row."""
        return self._reader.rows(cells)


def fixed(number: int, row: Row, fixes: Fixes) -> Row:
    """The row with the new texts of its cells."""
    own = fixes.get(number)
    if not own:
        return row
    width = max(len(row), max(own) + 1)
    return tuple(own.get(index, row[index] if index < len(row) else None) for index in range(width))
