"""A window over a real book with one list that went out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow
from tests.services.roundtrip.sheets import Sheet, exported


@pytest.fixture
def services(home: Home) -> Iterator[Services]:
    clock = FixedClock(datetime(2026, 11, 20, 1, tzinfo=UTC), "Asia/Shanghai")
    book = open_book(home.book, clock)
    made = Services(book, clock, home)
    for name, city in (("Hengyuan", "Suzhou"), ("Haituo", "Ningbo"), ("Gone", "Wuxi")):
        made.records.create(Kind.COMPANY, {"name": name, "city": city, "short_name": name[:3]})
    yield made
    made.close()


@pytest.fixture
def opened(window: MainWindow, services: Services) -> MainWindow:
    services.book.subscribe(window.notifier.announce)
    window.book_opened(services, services.clock, start=Place("today"))
    return window


@pytest.fixture
def sheet(services: Services, tmp_path: Path) -> Sheet:
    """The companies, opened as a spreadsheet."""
    return Sheet(exported(services, tmp_path, Kind.COMPANY), Kind.COMPANY)


@pytest.fixture
def edited(services: Services, sheet: Sheet) -> Callable[[], Path]:
    """Something of every sort is done to it, and to the book."""

    def edit() -> Path:
        first = sheet.row_of("name", "Hengyuan")
        sheet.put(first, "city", "Kunshan")
        sheet.put(first, "industry", "Machines")
        second = sheet.row_of("name", "Haituo")
        sheet.put(second, "city", "Hangzhou")
        sheet.put(second, "short_name", None)
        sheet.put(second, "email", "no address")
        sheet.cells.delete_rows(sheet.row_of("name", "Gone"))
        sheet.put(sheet.cells.max_row + 1, "name", "Brand new")
        found = services.records.find_links(Kind.COMPANY, "Haituo")[0].ref
        services.records.update(Kind.COMPANY, found.id, {"city": "Wenzhou"})
        return sheet.save()

    return edit
