"""The figures of the main job on real lists: `python -m tests.main_job [FOLDER]`.

FOLDER holds the public sample lists (default: ../shared/data); what is not there is left out and
said, in the last line too. Ends with 1 where a figure is not as expected. Then runs the
demonstration, whose steps check themselves.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl

from crm_desktop.cli.main import main as command_line
from crm_desktop.cli.tables import account
from crm_desktop.data.digest import content_digest
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Kind
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.words import Words

FAKER = ("faker_客户_标题行.xlsx", "faker_客户_gbk.csv", "faker_客户_utf8bom.csv")
OUTCOMES = ("created", "updated", "same", "skipped", "failed")
WORDS = Words("zh")


class Figures:
    """Prints each figure beside the expected one and remembers whether all held."""

    def __init__(self) -> None:
        self.wrong = 0
        self.left_out: list[Path] = []

    def leave_out(self, place: Path) -> None:
        """Say that a list is not there: its figures were not looked at."""
        self.left_out.append(place)
        sys.stdout.write(f"left out, not there: {place}\n")

    def verdict(self) -> str:
        """The last line: nothing that was left out counts as expected."""
        if self.wrong:
            return f"{self.wrong} WRONG"
        if self.left_out:
            return f"as expected where looked at; NOT looked at: {len(self.left_out)} lists"
        return "all as expected"

    def heading(self, text: str) -> None:
        sys.stdout.write(f"\n{text}\n")

    def check(self, name: str, got: Any, expected: Any) -> None:
        good = got == expected
        self.wrong += not good
        sys.stdout.write(
            f"  {'ok  ' if good else 'FAIL'}  {name:<44} {got!s:>8}  expected {expected}\n"
        )

    def tell(self, name: str, got: Any) -> None:
        sys.stdout.write(f"        {name:<44} {got!s:>8}\n")


@contextmanager
def fresh() -> Iterator[Services]:
    """A new book in a folder that goes with it."""
    with tempfile.TemporaryDirectory() as folder:
        path, clock = Path(folder) / "book.crm", Clock()
        with open_book(path, clock) as book:
            yield Services(book, clock, Home.at(Path(folder)))


def take_in(services: Services, file: Path) -> dict[str, Any]:
    """Import a file by its guessed plan."""
    plan = services.imports.preview(file).plan
    return account(services.imports.run(file, plan, WORDS), WORDS)


def digest(services: Services) -> str:
    """What the user's rows amount to."""
    with services.book.read() as session:
        return content_digest(session, services.book.metadata)


def faker(figures: Figures, folder: Path) -> None:
    """Three spellings of one Chinese list, each alone, then one after the other."""
    pairs = addresses_of(folder / FAKER[0])
    for name in FAKER:
        figures.heading(f"{name}, into an empty book")
        with fresh() as services:
            before = digest(services)
            got = take_in(services, folder / name)
            figures.check("rows", got["rows"], 300)
            figures.check("sum of outcomes", sum(got[one] for one in OUTCOMES), 300)
            figures.check("failed", got["failed"], 0)
            figures.check("people", services.records.count(Kind.PERSON), 300)
            figures.check("companies", services.records.count(Kind.COMPANY), 201)
            figures.check("birthdays, full", got["values"]["person.birthday_full"], 246)
            figures.check(
                "birthdays, month and day", got["values"]["person.birthday_month_day"], 30
            )
            figures.check("mobile numbers as text", mobiles(services), 300)
            figures.check("addresses kept", addresses(services), len(pairs))
            differs = [one for one in got["problems"] if one["code"] == "company_differs"]
            figures.tell("company_differs: remarks", len(differs))
            figures.tell("company_differs: rows", len({one["row"] for one in differs}))
            again = take_in(services, folder / name)
            figures.check("the same file again: created", again["created"], 0)
            figures.check("the same file again: changed", again["updated"], 0)
            services.history.undo()
            figures.check("undo restores everything", digest(services) == before, True)
    figures.heading("the three, one after the other")
    with fresh() as services:
        for name in FAKER:
            got = take_in(services, folder / name)
            figures.tell(f"{name}: people added", got["by_kind"]["people"])
        figures.check("people", services.records.count(Kind.PERSON), 300)
        figures.check("companies", services.records.count(Kind.COMPANY), 201)


def northwind(figures: Figures, file: Path) -> None:
    """91 companies with a contact each; the word NULL means nothing."""
    figures.heading("northwind/customers.csv")
    with fresh() as services:
        take_in(services, file)
        figures.check("companies", services.records.count(Kind.COMPANY), 91)
        figures.check("people", services.records.count(Kind.PERSON), 91)
        nulls = sum(
            "NULL" in repr(dict(services.records.card(kind, record_id).values))
            for kind in (Kind.PERSON, Kind.COMPANY)
            for record_id in services.records.ids(kind)
        )
        figures.check("records with the word NULL", nulls, 0)
        again = take_in(services, file)
        figures.check("again: created", again["created"], 0)


def chinook(figures: Figures, file: Path) -> None:
    """59 customers, few of them with a company."""
    figures.heading("chinook/Customer.csv")
    with fresh() as services:
        got = take_in(services, file)
        figures.check("rows", got["rows"], 59)
        figures.check("people", services.records.count(Kind.PERSON), 59)
        figures.check("failed", got["failed"], 0)


def mobiles(services: Services) -> int:
    """People whose mobile is text with all its digits."""
    rows = services.records.rows(Kind.PERSON, services.records.ids(Kind.PERSON), ["mobile"])
    return sum(
        1 for row in rows if row.values[0] and all(isinstance(one, str) for one in row.values[0])
    )


def addresses(services: Services) -> int:
    """Addresses of all companies and people."""
    return sum(
        len(row.values[0])
        for kind in (Kind.COMPANY, Kind.PERSON)
        for row in services.records.rows(kind, services.records.ids(kind), ["address"])
    )


def addresses_of(file: Path) -> set[tuple[str, str]]:
    """Company and address of each row, read by another library than the program's."""
    book = openpyxl.load_workbook(file, read_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    top = next(n for n, row in enumerate(rows) if sum(value is not None for value in row) > 3)
    header = [str(value or "") for value in rows[top]]
    company = next(n for n, name in enumerate(header) if name == "客户名称")
    address = next(n for n, name in enumerate(header) if "地址" in name)
    return {(str(row[company]), str(row[address])) for row in rows[top + 1 :] if row[address]}


def main() -> int:
    """Print all figures; 1 where one is wrong."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2] / "shared/data")
    figures = Figures()
    jobs = (
        (faker, folder / "chinese", FAKER[0]),
        (northwind, folder / "crm/northwind/customers.csv", ""),
        (chinook, folder / "crm/chinook/Customer.csv", ""),
    )
    for job, place, name in jobs:
        if (place / name).exists():
            job(figures, place)
        else:
            figures.leave_out(place / name)
    figures.heading("the demonstration")
    sys.stdout.flush()
    with tempfile.TemporaryDirectory() as out:
        figures.check("exit code", command_line(["demo", "--out", out, "--no-pictures"]), 0)
    sys.stdout.write(f"\n{figures.verdict()}\n")
    return 1 if figures.wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
