"""A large gesture is copied into the file behind its commit; it lasts all the same."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from crm_desktop.data.book import Book
from crm_desktop.data.engines import sqlite
from crm_desktop.domain.kinds import Kind
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from tests.fixtures.make import CLOCK

PAGES = 2_000  # more than the log may hold before a commit copies it
NOTE = "字" * 1_000


def fill(services: Services, *, later: bool) -> None:
    """One gesture of that many pages."""
    with services.book.write("gesture.noted") as writing:
        values = [{"name": f"恒远{n}", "notes": NOTE} for n in range(PAGES)]
        services.records.insert_all(writing.session, Kind.COMPANY, values, lambda count: None)
        writing.copied_later = later


def fail(book: Book) -> None:
    """A gesture that is given up."""
    with book.write("gesture.noted") as writing:
        writing.copied_later = True
        raise ZeroDivisionError


def names(path: Path) -> int:
    connection = sqlite.connect(path)
    try:
        return int(connection.execute("SELECT count(*) FROM companies").fetchone()[0])
    finally:
        connection.close()


def _copying() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name == "copying the log"]


def opened(folder: Path) -> Book:
    return open_book(folder / "book.crm", CLOCK)


def test_the_file_follows_when_it_is_copied(tmp_path: Path) -> None:
    with opened(tmp_path) as book:
        services = Services(book, CLOCK, Home.at(tmp_path))
        before = book.path.stat().st_size
        fill(services, later=True)
        assert book.path.stat().st_size == before
        assert services.records.count(Kind.COMPANY) == PAGES
        # As after a crash: the file and its log, without a word of goodbye.
        crashed = tmp_path / "crashed"
        crashed.mkdir()
        for suffix in ("", "-wal"):
            shutil.copy(f"{book.path}{suffix}", crashed)
        book.copy_behind()
        for one in _copying():
            one.join()
        assert book.path.stat().st_size > before + PAGES * len(NOTE)
        services.history.undo()
        assert services.records.count(Kind.COMPANY) == 0
    assert names(crashed / "book.crm") == PAGES


def test_a_later_gesture_is_copied_at_its_commit_as_ever(tmp_path: Path) -> None:
    with opened(tmp_path) as book:
        services = Services(book, CLOCK, Home.at(tmp_path))
        fill(services, later=True)
        before = book.path.stat().st_size
        fill(services, later=False)
        assert book.path.stat().st_size > before


def test_closing_waits_for_the_copy(tmp_path: Path) -> None:
    book = opened(tmp_path)
    fill(Services(book, CLOCK, Home.at(tmp_path)), later=True)
    book.copy_behind()
    book.close()
    assert not _copying()
    assert names(book.path) == PAGES
    with opened(tmp_path) as again:
        assert Services(again, CLOCK, Home.at(tmp_path)).records.count(Kind.COMPANY) == PAGES


def test_a_gesture_that_fails_leaves_the_log_as_it_was(tmp_path: Path) -> None:
    with opened(tmp_path) as book:
        services = Services(book, CLOCK, Home.at(tmp_path))
        with pytest.raises(ZeroDivisionError):
            fail(book)
        before = book.path.stat().st_size
        fill(services, later=False)
        assert book.path.stat().st_size > before
