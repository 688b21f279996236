"""Cells merged over several rows of a table: "the same for all of these"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from crm_desktop.domain.fields import FieldType
from crm_desktop.exchange.cells import is_blank
from crm_desktop.exchange.mapping.plan import ImportPlan
from crm_desktop.exchange.mapping.records import is_totals
from crm_desktop.exchange.mapping.targets import targets
from crm_desktop.exchange.reading.facts import Row, Value

Ranges = Sequence[tuple[int, int, int, int]]
"""As (first row, first column, last row, last column), from 0."""


@dataclass(frozen=True, slots=True)
class _Merge:
    first: int
    last: int
    column: int


class MergedCells:
    """Repeats the value of a merged cell in each row it reaches over, below the headings.

    A row that has nothing of its own stays as it is, and so does one of totals. `once` are the
    columns whose values are not repeated: an amount would be multiplied.
    """

    def __init__(
        self, merged: Ranges | None, header_row: int, once: Collection[int] = ()
    ) -> None:
        tall = sorted(
            (first, column, last)
            for first, column, last, _ in merged or ()
            if first >= header_row and last > first
        )
        self._merges = [
            _Merge(first, last, column) for first, column, last in tall if column not in once
        ]
        self._firsts = [one.first for one in self._merges]
        self.count = len(self._merges)
        self.once = len(tall) - self.count
        """How many are amounts, which stay in their first row."""
        self._open: dict[int, tuple[_Merge, Value]] = {}

    @classmethod
    def of(cls, plan: ImportPlan, merged: Ranges | None) -> MergedCells:
        """Those of the table that the plan is about."""
        if not merged:
            return cls(None, plan.header_row)
        places = {place.key: place for place in targets(plan.kind)}
        amounts = {
            column.index
            for column in plan.mapped
            if (place := places.get(column.target or "")) is not None
            and place.field.type is FieldType.MONEY
        }
        return cls(merged, plan.header_row, amounts)

    def repeated(self, first: int, rows: Sequence[Row]) -> Sequence[Row]:
        """The rows with repeated values; `first` is the number of the first one, from 1.

        Asked for all rows below the headings in their order: a merge may reach into the next ones.
        """
        at = bisect_left(self._firsts, first - 1)
        if not self._open and (at == self.count or self._firsts[at] >= first - 1 + len(rows)):
            return rows
        done = list(rows)
        for place, row in enumerate(rows):
            number = first - 1 + place
            self._open = {c: one for c, one in self._open.items() if one[0].last >= number}
            if self._open:
                done[place] = self._filled(row)
            while at < self.count and self._firsts[at] == number:
                merge = self._merges[at]
                if merge.column < len(row):
                    self._open[merge.column] = (merge, row[merge.column])
                at += 1
        return done

    def _filled(self, row: Row) -> Row:
        own = any(
            not is_blank(value) for column, value in enumerate(row) if column not in self._open
        )
        if not own or is_totals(row):
            return row
        cells = list(row) + [None] * (max(self._open) + 1 - len(row))
        for column, (_, value) in self._open.items():
            if cells[column] is None:
                cells[column] = value
        return tuple(cells)
