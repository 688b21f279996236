"""Lists of 100,000 rows and 20 columns, end to end, and taking one back."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from python_calamine import CalamineWorkbook
from sqlcipher3 import dbapi2

from benchmarks import books
from benchmarks.measure import Result, peak_memory, ratio, seconds, within
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.words import Words

ROWS = 100_000


def _floor(file: Path, target: Path) -> None:
    """Read with calamine, put the cells into one bare table."""
    rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    connection = dbapi2.connect(str(target))
    names = ", ".join(f"c{n}" for n in range(20))
    connection.execute(f"CREATE TABLE list ({names})")
    holes = ", ".join("?" * 20)
    with connection:
        values = ([str(cell) for cell in row] for row in rows)
        connection.executemany(f"INSERT INTO list VALUES ({holes})", values)
    connection.close()


def _take_in(services: Services, file: Path) -> None:
    """From the name of the file on: it stays open from the preview to the run."""
    plan = services.imports.preview(file).plan
    services.imports.run(file, plan, Words("zh"))


def run(rows: int = ROWS) -> list[Result]:
    """Imports into an empty book, of nearly as many firms as rows and of a third as many, and the
    undo of 10,000 rows.
    """
    took, more, floor = _measured(books.workbook(rows))
    # The peak of a process never falls again, and the floor holds all cells: only the first tells.
    first = ratio(f"import of {rows:,} rows", took, floor, 4, f"+{more} MB")
    took, _, floor = _measured(books.workbook(rows, to_a_firm=3))
    return [first, ratio("the same, three people to a firm", took, floor, 4), _undone(rows // 10)]


def _measured(file: Path) -> tuple[float, int, float]:
    """How long the import takes, how many MB the peak rose by, and how long the floor takes."""
    clock = books.clock()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with open_book(folder / "book.crm", clock) as book:
            services = Services(book, clock, Home.at(folder))
            before = peak_memory()
            took = seconds(partial(_take_in, services, file))
            more = peak_memory() - before
        return took, more, seconds(lambda: _floor(file, folder / "floor.db"))


def _undone(rows: int) -> Result:
    clock = books.clock()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with open_book(folder / "small.crm", clock) as book:
            services = Services(book, clock, Home.at(folder))
            _take_in(services, books.workbook(rows))
            took = seconds(services.history.undo)
    return within(f"undo of an import of {rows:,} rows", took, 3)
