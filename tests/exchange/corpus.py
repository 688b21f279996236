"""Real files lent for trying out: found beside the project, or by CRM_TEST_DATA.

`python -m tests.exchange.corpus` prints what becomes of each of them.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.mapping import ImportPlan, RowReader, guess_plan
from crm_desktop.exchange.reading import FileFacts, open_file
from crm_desktop.words import Words

FOLDER = Path(
    os.environ.get("CRM_TEST_DATA", Path(__file__).resolve().parents[2] / "../shared/data")
)
WHY_NOT = "no real files: set CRM_TEST_DATA to a folder with chinese/, crm/, csv/ and excel/"
TODAY = date(2026, 11, 21)


@dataclass(slots=True)
class Outcome:
    """What became of one file."""

    facts: FileFacts | None = None
    plan: ImportPlan | None = None
    rows: int = 0
    skipped: int = 0
    values: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    companies: set[str] = field(default_factory=set)
    refused: str = ""


def files() -> list[Path]:
    """All tables among the real files."""
    found: list[Path] = []
    for folder in ("chinese", "crm", "csv", "excel"):
        found += [one for one in (FOLDER / folder).rglob("*") if one.is_file()]
    return sorted(one for one in found if ".expected." not in one.name)


def outcome(path: Path, *, kind: str = "") -> Outcome:
    """Read one file to its end by the guessed plan."""
    result = Outcome()
    try:
        with open_file(path) as opened:
            result.facts = opened.facts
            result.plan = plan = guess_plan(opened, kind=kind)
            reader = RowReader(plan, today=TODAY)
            number = plan.header_row
            for batch in opened.rows(plan.sheet, plan.header_row + 1):
                for row in batch:
                    number += 1
                    one = reader.read(number, row)
                    if one.skip:
                        result.skipped += 1
                        continue
                    result.rows += 1
                    result.problems.update(problem.code for problem in one.problems)
                    for owner, values in one.values.items():
                        result.values.update(f"{owner.value}.{key}" for key in values)
                    result.companies.add(one.values.get(Kind.COMPANY, {}).get("name", ""))
                    born = one.values.get(Kind.PERSON, {}).get("birthday")
                    if isinstance(born, Birthday):
                        form = "birthday_full" if born.year else "birthday_month_day"
                        result.values[f"person.{form}"] += 1
    except Refused as problem:
        result.refused = Words("zh").text(problem.key, **problem.args_for_words)
    return result


def main() -> None:
    """Print the table."""
    for path in files():
        one = outcome(path)
        if one.plan is None:
            line = one.refused
        else:
            mapped = " ".join(f"{c.header}→{c.target}" for c in one.plan.mapped)
            line = (
                f"{one.plan.kind} ‘{one.plan.sheet_name}’ header {one.plan.header_row} "
                f"rows {one.rows} skipped {one.skipped} problems {sum(one.problems.values())}: "
                f"{mapped or 'nothing understood'}"
            )
        sys.stdout.write(f"{path.relative_to(FOLDER)}\t{line}\n")


if __name__ == "__main__":
    main()
