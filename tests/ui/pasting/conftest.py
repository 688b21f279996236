"""A window over an empty book, on the page of people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from crm_desktop.domain.clock import FixedClock
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.ui.pasting.overlay import PasteOverlay
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow

CARD = "张伟 采购经理\n恒远精密机械有限公司\n手机：138 1234 5678\nzhang@example.com"


@pytest.fixture
def services(home: Home) -> Iterator[Services]:
    clock = FixedClock(datetime(2026, 11, 20, 1, tzinfo=UTC), "Asia/Shanghai")
    book = open_book(home.book, clock)
    yield Services(book, clock, home)
    book.close()


@pytest.fixture
def opened(window: MainWindow, services: Services, qtbot: Any) -> MainWindow:
    services.book.subscribe(window.notifier.announce)
    window.book_opened(services, services.clock, start=Place("contacts"))
    rest(window, qtbot)
    return window


def rest(window: MainWindow, qtbot: Any) -> None:
    for _ in range(3):
        qtbot.waitUntil(lambda: window.jobs.idle, timeout=20000)
        qtbot.wait(1)


def shown(overlay: PasteOverlay) -> dict[str, str]:
    assert overlay.form is not None
    return {key: line.text() for key, line in overlay.form.lines}
