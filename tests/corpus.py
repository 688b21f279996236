"""Real files lent for trying out: found beside the project, or by CRM_TEST_DATA.

`python -m tests.corpus [FOLDER]` prints for every file of its MANIFEST.tsv what was expected and
what came of it; ends with 1 where these differ.
"""

from __future__ import annotations

import csv
import os
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.cells import is_blank
from crm_desktop.exchange.mapping import ImportPlan, RowReader, guess_plan
from crm_desktop.exchange.reading import FileFacts, open_file
from crm_desktop.words import Words
from tests.corpus_facts import facts

LISTS = ("chinese/", "contacts/", "crm/")
NO_TABLES = {"reading.not_table", "reading.html", "reading.pdf", "reading.calendar"}
TABLES = ("chinese/", "contacts/", "crm/", "csv/", "excel/")
FOLDER = Path(
    os.environ.get("CRM_TEST_DATA", Path(__file__).resolve().parents[1] / "../shared/data")
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


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the manifest: how many rows a file holds, and what else is said of it."""

    file: str
    rows: str
    quirk: str
    expected: str


def manifest(folder: Path) -> list[Listed]:
    """The files a user could try to import; what only tells of others is left out."""
    with (folder / "MANIFEST.tsv").open(encoding="utf-8") as lines:
        listed = [
            Listed(line["file"], line["rows"], line["quirk"], line["expected"])
            for line in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]
    return [
        one
        for one in listed
        if ".expected." not in one.file and not one.file.startswith("vectors/")
    ]


def rows_of(path: Path) -> tuple[int, int]:
    """All filled rows of all sheets, headers and titles too, and the number of the last row of
    the longest. Refused where it is no table.
    """
    with open_file(path) as opened:
        filled = sum(
            any(not is_blank(value) for value in row)
            for number, sheet in enumerate(opened.sheets)
            if sheet.rows and not sheet.too_large
            for batch in opened.rows(number)
            for row in batch
        )
        return filled, max((sheet.rows for sheet in opened.sheets), default=0)


REFUSED_AS = {
    # What the manifest says of a file → the codes of the sentences that may be told of it.
    "ENCRYPTED": {"reading.password"},
    "DAMAGED": {"reading.damaged"},
    "PANICS": {"reading.unreadable"},
}
SAYS_NOTHING = {"reading.no_rows", "reading.no_cards"}
"""The sentences for files without a row, and for cards that name nobody."""


@dataclass(frozen=True, slots=True)
class Found:
    """What came of one file: `got` in words, and whether it is as expected."""

    expected: str
    got: str
    good: bool


def found(folder: Path, one: Listed) -> Found:
    """Open a file as a user would and compare with the manifest."""
    path = folder / one.file
    wanted = next((codes for word, codes in REFUSED_AS.items() if word in one.quirk), set())
    if not one.file.startswith(TABLES):
        wanted = NO_TABLES
    expected = " or ".join(sorted(wanted)) or f"{one.rows or '?'} rows"
    try:
        filled, last = rows_of(path)
        plain_plan(path)
    except Refused as refusal:
        sentence = Words("en").text(refusal.key, **refusal.args_for_words)
        good = refusal.code in wanted
        if refusal.code in SAYS_NOTHING:
            good = one.rows == "0" or one.expected == "1 card(s); raw FN: "
        return Found(expected, sentence, good)
    if wanted:
        return Found(expected, f"{filled} rows", good=False)
    read = outcome(path)
    table = read.rows + read.skipped
    # The last row of a file counts blank ones too; some counts take the header along.
    possible = {table, last}
    if not one.file.startswith(LISTS):
        possible |= {filled, filled - 1}
    if one.file.startswith("csv/"):
        possible.add(path.read_bytes().count(b"\n"))  # a quoted text may run over several lines
    good = not one.rows or int(one.rows) in possible
    assert read.plan is not None
    kind = "asked what they are" if read.plan.kind_open else read.plan.kind
    return Found(expected, f"{table} below the header ({kind}), {filled} in all", good)


def plain_plan(path: Path) -> ImportPlan:
    """The plan a user sees first. Refused as a user would be."""
    with open_file(path) as opened:
        return guess_plan(opened)


def main() -> int:
    """Print the table; 1 where something is not as the manifest says."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    if not (folder / "MANIFEST.tsv").is_file():
        sys.stdout.write(f"NOTHING looked at, not there: {folder / 'MANIFEST.tsv'}\n")
        return 0
    wrong = 0
    listed = manifest(folder)
    for one in listed:
        got = found(folder, one)
        wrong += not got.good
        mark = "ok  " if got.good else "FAIL"
        sys.stdout.write(f"{mark} {one.file}\n       expected {got.expected}: {got.got}\n")
        sys.stdout.flush()
    sys.stdout.write("\n")
    for name, got_one, expected in facts(folder):
        good = got_one == expected
        wrong += not good
        mark = "ok  " if good else "FAIL"
        sys.stdout.write(f"{mark} {name}: {got_one}, expected {expected}\n")
        sys.stdout.flush()
    told = "all as expected" if not wrong else f"{wrong} NOT as expected"
    sys.stdout.write(f"\n{len(listed)} files: {told}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
