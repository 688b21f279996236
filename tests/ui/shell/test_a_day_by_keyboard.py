"""A day's work of twelve tasks without a mouse: only keys, sent to whatever has the focus."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow


@pytest.fixture
def services(home: Home) -> Iterator[Services]:
    clock = FixedClock(datetime(2026, 11, 20, 1, tzinfo=UTC), "Asia/Shanghai")
    book = open_book(home.book, clock)
    yield Services(book, clock, home)
    book.close()


class Hands:
    """Nothing but keys."""

    def __init__(self, window: MainWindow, qtbot: Any) -> None:
        self.window, self._qtbot = window, qtbot

    def press(self, *keys: str) -> None:
        """Keys as they are written in menus: "Ctrl+K"."""
        for each in keys:
            combination = cast(Any, QKeySequence(each))[0]
            key, modifiers = combination.key(), combination.keyboardModifiers()
            QTest.keyClick(self._focus(), key, modifiers)
            self.rest()

    def type(self, text: str) -> None:
        """Letters, one by one."""
        QTest.keyClicks(self._focus(), text)
        self.rest()

    def rest(self) -> None:
        """Let the window answer."""
        for _ in range(3):
            self._qtbot.waitUntil(lambda: self.window.jobs.idle, timeout=20000)
            self._qtbot.wait(1)

    def until(self, holds: Any) -> None:
        """Wait for an answer that comes after a pause for typing."""
        self._qtbot.waitUntil(holds, timeout=20000)
        self.rest()

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window


def test_twelve_tasks(window: MainWindow, services: Services, qtbot: Any) -> None:
    mill = services.records.create(Kind.COMPANY, {"name": "Hengyuan Precision"})
    lina = services.records.create(Kind.PERSON, {"name": "Lina Berg", "company": mill})
    services.book.subscribe(window.notifier.announce)
    window.resize(1280, 800)
    window.book_opened(services, services.clock, start=Place("today"))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=20000)
    hands, records, navigator = Hands(window, qtbot), services.records, window.navigator
    hands.rest()

    # 1 to the contacts; 2 a new one, with a phone
    hands.press("Ctrl+2")
    assert navigator.here == Place("contacts")
    hands.press("Ctrl+N")
    hands.type("Wei Zhang")
    hands.press("Tab", "Tab", "Tab")
    hands.type("13812345678")
    hands.press("Return")
    (wei,) = set(records.ids(Kind.PERSON)) - {lina}
    assert records.card(Kind.PERSON, wei).values["mobile"] == ("13812345678",)
    assert navigator.here == Place.record("person", wei)

    # 3 what was said on the phone; 4 the next step
    hands.press("Ctrl+L")
    hands.type("wants samples by Friday")
    hands.press("Ctrl+Return")
    (said,) = records.ids(Kind.ACTIVITY)
    assert records.card(Kind.ACTIVITY, said).values["subject"] == "wants samples by Friday"
    hands.press("Ctrl+T")
    hands.type("send samples tomorrow 3pm")
    hands.press("Return")
    assert records.card(Kind.PERSON, wei).values["next_step"].day.day == 21

    # 5 the step is done
    hands.press("Ctrl+D")
    (step,) = set(records.ids(Kind.ACTIVITY)) - {said}
    assert records.card(Kind.ACTIVITY, step).values["state"] == "done"

    # 6 a field of the record
    hands.press("F2", "Ctrl+A")
    hands.type("Wei Zhang jr")
    hands.press("Return")
    assert records.card(Kind.PERSON, wei).values["name"] == "Wei Zhang jr"

    # 7 back to the list, narrowed and wide again
    hands.press("Alt+Left")
    page: Any = window.area.page
    assert navigator.here == Place("contacts")
    hands.press("Ctrl+F")
    hands.type("lina")
    hands.until(lambda: list(page.pane.model.records) == [lina])
    hands.press("Ctrl+A", "Del")
    hands.until(lambda: len(page.pane.model.records) == 2)

    # 8 a cell of the list
    hands.press("Ctrl+1", "Ctrl+2", "Home", "F2", "Ctrl+A")
    hands.type("Ada Byron")
    hands.press("Return")
    assert navigator.here == Place("contacts")
    assert "Ada Byron" in {records.card(Kind.PERSON, i).values["name"] for i in (wei, lina)}

    # 9 rows for Excel
    hands.press("Ctrl+A", "Ctrl+C")
    assert len(QGuiApplication.clipboard().text().strip().split("\n")) == 3

    # 10 to the trash and back
    hands.press("Del")
    assert records.count(Kind.PERSON) == 0
    hands.press("Ctrl+Z")
    assert records.count(Kind.PERSON) == 2

    # 11 found from anywhere, 12 and on to the next of the list
    hands.press("Ctrl+K")
    hands.type("hengyuan")
    hands.press("Return")
    assert navigator.here == Place.record("company", mill)
    hands.press("Ctrl+2", "Return")
    first = navigator.here
    assert first is not None
    hands.press("Ctrl+PgDown")
    assert navigator.here is not None
    assert {first.id, navigator.here.id} == {wei, lina}
