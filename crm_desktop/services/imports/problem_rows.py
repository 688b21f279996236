"""The rows of a file with something to mend, as a workbook that comes back."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from crm_desktop.domain.imports import ImportProblem, ImportReport
from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.mapping import ImportPlan, targets
from crm_desktop.exchange.reading import Row
from crm_desktop.exchange.writing.problem_rows import ProblemRow, write_problem_rows
from crm_desktop.words import Words

Numbered = Iterable[tuple[int, Row]]


def named_throughout(plan: ImportPlan, words: Words) -> ImportPlan:
    """The plan with a name above each column that goes somewhere, so that it is known again."""
    places = {place.key: place for place in targets(plan.kind)}
    taken = {column.header for column in plan.columns}
    columns = []
    for column in plan.columns:
        name = column.header
        place = places.get(column.target or "")
        if not name and place is not None:
            name = words.text(f"field.{place.kind.value}.{place.field.key}")
            if place.part:
                name = words.text(f"reading.part_{place.part}")
        if not column.header and name in taken:
            name = f"{name} ({column.index + 1})" if name else ""
        taken.add(name)
        columns.append(replace(column, header=name))
    return replace(plan, columns=columns)


def write_rows(
    target: Path,
    plan: ImportPlan,
    report: ImportReport,
    left_out: set[int],
    rows: Numbered,
    words: Words,
) -> int:
    """Write the rows of `rows` that the report or the user complained of; how many these are.

    Where several rows make one record its other rows go along: they tell whose the mended row is
    and where it belongs. Raises Refused("import.no_problem_rows") where there is none.
    """
    problems: dict[int, list[ImportProblem]] = defaultdict(list)
    for problem in report.problems:
        problems[problem.row].append(problem)
    if not problems and not left_out:
        raise Refused("import.no_problem_rows")

    touched = _first_rows(report, {*problems, *left_out})

    def wanted() -> Iterator[ProblemRow]:
        for number, row in rows:
            if number in problems or number in left_out:
                yield _told(row, problems.get(number, ()), words, left_out=number in left_out)
            elif report.together.get(number) in touched:
                yield ProblemRow(row)

    width = max((column.index for column in plan.columns), default=-1) + 1
    headers = [""] * width
    for column in plan.columns:
        headers[column.index] = column.header
    return write_problem_rows(
        target,
        plan.sheet_name,
        headers,
        words.text("import.reason"),
        wanted(),
        cut=words.text("import.cut", column="{column}"),
    )


def _first_rows(report: ImportReport, wanted: Iterable[int]) -> set[int]:
    """The first rows of the records these rows are about; one left out may go on with the one
    above it."""
    decided = sorted(report.together)
    found: set[int] = set()
    for number in wanted if decided else ():
        at = bisect_right(decided, number)
        if at:
            found.add(report.together[decided[at - 1]])
    return found


def _told(
    row: Row, problems: Iterable[ImportProblem], words: Words, *, left_out: bool
) -> ProblemRow:
    notes: dict[int, list[str]] = defaultdict(list)
    reasons = [words.text("import.left_out")] if left_out else []
    for problem in problems:
        said = words.text(problem.sentence_key, **problem.args)
        for index in problem.cells:
            notes[index].append(said)
        if problem.column:
            said = words.text("format.colon", name=problem.column, value=said)
        if said not in reasons:
            reasons.append(said)
    return ProblemRow(row, notes, "\n".join(reasons))
