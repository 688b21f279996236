"""The golden cells, each read as the one column of a sheet."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_desktop.domain.kinds import PLURALS, Kind
from crm_desktop.exchange.mapping.plan import ColumnPlan, ImportPlan
from crm_desktop.exchange.mapping.records import RowReader
from crm_desktop.words import LANGUAGES, Words
from tests.exchange.golden_cells import ABSENT, CELLS, ZONE, GoldenCell

TODAY = dt.date(2026, 11, 21)


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell.target} {cell.raw!r}")
def test_golden_cell(cell: GoldenCell) -> None:
    kind, _, key = cell.target.partition(".")
    column = ColumnPlan(0, "x", cell.target, options=dict(cell.options))
    plan = ImportPlan(0, "x", 1, PLURALS[Kind(kind)], [column])
    row = RowReader(plan, today=TODAY, zone=ZONE).read(2, (cell.raw,))
    held = row.values.get(Kind(kind), {})
    key = "address" if key.startswith("address") else key
    assert held.get(key, ABSENT) == cell.stored
    assert type(held.get(key)) is type(cell.stored)
    assert [one.code for one in row.problems] == [cell.problem] * bool(cell.problem)
    assert (row.skip == "blank") is (cell.stored is ABSENT and not cell.problem)
    for problem in row.problems:
        for language in LANGUAGES:
            assert Words(language).text(problem.code, **problem.args)


def test_there_are_hundreds_each_of_its_own() -> None:
    told = {(one.target, repr(one.raw), repr(one.options)) for one in CELLS}
    assert len(told) == len(CELLS) >= 200
