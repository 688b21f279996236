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


_CAPTION = -1
"""In the place of a column: the merge reaches over all of them."""


@dataclass(frozen=True, slots=True)
class _Merge:
    first: int
    last: int
    column: int


class MergedCells:
    """Repeats the value of a merged cell in each row it reaches over, below the headings.

    A row that has nothing of its own stays as it is, and so does one of totals. `once` are the
    columns whose values are not repeated: an amount would be multiplied. What reaches over all
    columns of the `table` (its first and last) is a caption between rows, and none of them.
    """

    def __init__(
        self,
        merged: Ranges | None,
        header_row: int,
        once: Collection[int] = (),
        table: tuple[int, int] | None = None,
    ) -> None:
        self._merges: list[_Merge] = []
        self.count = self.once = self.captions = 0
        """How many are repeated, how many are amounts, and how many are captions."""
        for first, column, last, last_column in sorted(merged or ()):
            if first < header_row:
                continue
            if table is not None and column <= table[0] < table[1] <= last_column:
                self.captions += 1
                self._merges.append(_Merge(first, last, _CAPTION))
            elif last > first and column in once:
                self.once += 1
            elif last > first:
                self.count += 1
                self._merges.append(_Merge(first, last, column))
        self._firsts = [one.first for one in self._merges]
        self._open: dict[int, tuple[_Merge, Value]] = {}

    @classmethod
    def of(cls, plan: ImportPlan, merged: Ranges | None) -> MergedCells:
        """Those of the table that the plan is about."""
        used = [column.index for column in plan.mapped]
        if not merged or not used:
            return cls(None, plan.header_row)
        places = {place.key: place for place in targets(plan.kind)}
        amounts = {
            column.index
            for column in plan.mapped
            if (place := places.get(column.target or "")) is not None
            and place.field.type is FieldType.MONEY
        }
        return cls(merged, plan.header_row, amounts, (min(used), max(used)))

    def repeated(self, first: int, rows: Sequence[Row]) -> Sequence[Row]:
        """The rows with repeated values; `first` is the number of the first one, from 1.

        Asked for all rows below the headings in their order: a merge may reach into the next ones.
        """
        at = bisect_left(self._firsts, first - 1)
        behind = first - 1 + len(rows)
        if not self._open and (at == len(self._firsts) or self._firsts[at] >= behind):
            return rows
        done = list(rows)
        for number, row in enumerate(rows, first - 1):
            self._open = {c: one for c, one in self._open.items() if one[0].last >= number}
            if self._open:
                done[number - first + 1] = self._filled(row)
            while at < len(self._firsts) and self._firsts[at] == number:
                merge = self._merges[at]
                if merge.column == _CAPTION:
                    done[number - first + 1] = ()
                    self._open[_CAPTION] = (merge, None)
                elif merge.column < len(row):
                    self._open[merge.column] = (merge, row[merge.column])
                at += 1
        return done

    def _filled(self, row: Row) -> Row:
        if _CAPTION in self._open:
            return ()
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
