"""Batches of a sheet as the plan reads them: here, or in the process that reads the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from crm_desktop.domain.fields import Field
from crm_desktop.domain.kinds import Kind
from crm_desktop.exchange.mapping.merged import MergedCells, Ranges
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
        currency: str,
        custom: tuple[tuple[Kind, Field], ...],
        fixes: Fixes,
        left_out: Iterable[int],
    ) -> None:
        self._plan = plan
        self._given: dict[str, Any] = {
            "today": today,
            "zone": zone,
            "currency": currency,
            "custom": custom,
        }
        self._fixes = fixes
        self._left_out = frozenset(left_out)
        self._reader = RowReader(plan, **self._given)
        self.repeat(None)

    def __getstate__(self) -> tuple[Any, ...]:
        """What another process needs to make the same reader; what was read stays here."""
        return self._plan, self._given, self._fixes, self._left_out, self._ranges

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        """Take that up."""
        self._plan, self._given, self._fixes, self._left_out, self._ranges = state
        self._reader = RowReader(self._plan, **self._given)
        self.repeat(self._ranges)

    def repeat(self, merged: Ranges | None) -> None:
        """Cells merged over several rows stand for each of them: batches come in their order."""
        self._ranges, self._merged = merged, MergedCells.of(self._plan, merged)

    def __call__(self, first: int, batch: Sequence[Row]) -> SheetCells:
        """The cells of rows that begin with row `first` of the sheet."""
        rows = whole_rows(first, batch, self._fixes, self._merged)
        numbers = [n for n in range(first, first + len(batch)) if n not in self._left_out]
        rows = [rows[n - first] for n in numbers]
        return self._reader.cells(numbers, rows)

    def rows(self, cells: SheetCells) -> list[SheetRow]:
        """The values of these cells by row."""
        return self._reader.rows(cells)


def whole_rows(
    first: int, batch: Sequence[Row], fixes: Fixes, merged: MergedCells
) -> Sequence[Row]:
    """The rows that begin with row `first`, mended, each with what is merged over it."""
    if fixes:
        batch = [fixed(number, row, fixes) for number, row in enumerate(batch, first)]
    return merged.repeated(first, batch)


def fixed(number: int, row: Row, fixes: Fixes) -> Row:
    """The row with the new texts of its cells."""
    own = fixes.get(number)
    if not own:
        return row
    width = max(len(row), max(own) + 1)
    return tuple(own.get(index, row[index] if index < len(row) else None) for index in range(width))
