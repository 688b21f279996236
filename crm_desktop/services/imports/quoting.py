"""What stands in the cells that problems are about, in rows further down than a preview goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crm_desktop.domain.imports import ImportReport
from crm_desktop.exchange.mapping import ImportPlan, MergedCells
from crm_desktop.exchange.mapping.content import spelled
from crm_desktop.exchange.mapping.guess import HEAD_ROWS
from crm_desktop.exchange.reading import OpenedFile
from crm_desktop.exchange.reading.facts import Row
from crm_desktop.progress import Progress

Texts = dict[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class _Quoted:
    """The texts of these columns, by row; a copy of it works in the child that reads."""

    columns: Mapping[int, Sequence[int]]
    merged: MergedCells

    def __call__(self, first: int, rows: Sequence[Row]) -> Texts:
        return {
            (number, column): _text(row, column)
            for number, row in enumerate(self.merged.repeated(first, rows), first)
            for column in self.columns.get(number, ())
        }


def tell_texts(
    opened: OpenedFile, plan: ImportPlan, report: ImportReport, progress: Progress
) -> None:
    """Add them to the report, as they lie in the file."""
    wanted: dict[int, list[int]] = defaultdict(list)
    for problem in report.problems:
        if problem.cells and problem.row > HEAD_ROWS:
            wanted[problem.row].append(problem.column_index)
    if wanted:
        merged = MergedCells.of(plan, opened.sheets[plan.sheet].merged)
        first = plan.header_row + 1 if merged.count or merged.captions else min(wanted)
        quoted = _Quoted(dict(wanted), merged)
        for texts in opened.worked(quoted, plan.sheet, first, progress=progress):
            report.texts.update(texts)


def _text(row: Row, column: int) -> str:
    value = row[column] if column < len(row) else None
    return "" if value is None else spelled(value)
