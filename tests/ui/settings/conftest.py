"""A real book behind the settings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from crm_desktop.domain.clock import FixedClock
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.ui.places import Place
from crm_desktop.ui.settings.page import SettingsPage
from crm_desktop.ui.shell.window import MainWindow


@pytest.fixture
def services(home: Home) -> Iterator[Services]:
    clock = FixedClock(datetime(2026, 11, 20, 1, tzinfo=UTC), "Asia/Shanghai")
    book = open_book(home.book, clock)
    yield Services(book, clock, home)
    book.close()


@pytest.fixture
def page(window: MainWindow, services: Services, qtbot: Any) -> SettingsPage:
    services.book.subscribe(window.notifier.announce)
    window.book_opened(services, services.clock, start=Place("settings"))
    qtbot.waitUntil(lambda: window.jobs.idle, timeout=20000)
    found = window.area.page
    assert isinstance(found, SettingsPage)
    return found
