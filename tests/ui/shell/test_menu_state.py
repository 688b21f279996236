"""What the menus say of the present: the look in force, whether there is anything to redo."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListView, QPlainTextEdit, QTextEdit, QWidget

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.settings import Settings
from crm_desktop.ui.shell.keymap import COMMANDS
from crm_desktop.ui.shell.window import MainWindow

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="Windows does so by itself")


def _ticked(window: MainWindow) -> set[str]:
    return {c.key for c in COMMANDS if window.commands.action(c.key).isChecked()}


def test_the_view_menu_ticks_what_is_in_force(make_window: Callable[..., MainWindow]) -> None:
    settings = Settings(language="en", theme="dark", density="compact")
    window = make_window(settings=settings)
    assert _ticked(window) == {"language_en", "theme_dark", "rows_compact"}
    window.run_command("theme_light")
    window.run_command("rows_roomy")
    window.run_command("language_zh")
    assert _ticked(window) == {"language_zh", "theme_light", "rows_roomy"}
    window.run_command("language_zh")
    assert _ticked(window) == {"language_zh", "theme_light", "rows_roomy"}
    settings.theme = "system"  # as the settings page does
    window.apply_settings()
    assert _ticked(window) == {"language_zh", "theme_system", "rows_roomy"}


@pytest.fixture
def services(home: Home) -> Iterator[Services]:
    clock = FixedClock(datetime(2026, 11, 20, 1, tzinfo=UTC), "Asia/Shanghai")
    with open_book(home.book, clock) as book:
        yield Services(book, clock, home)


def test_redo_waits_for_something_undone(
    window: MainWindow, services: Services, qtbot: Any
) -> None:
    services.book.subscribe(window.notifier.announce)
    window.book_opened(services, services.clock)
    services.records.create(Kind.PERSON, {"name": "张伟"})
    undo, redo = (window.commands.action(key) for key in ("undo", "redo"))
    qtbot.waitUntil(lambda: window.jobs.idle and "张伟" in undo.text(), timeout=20000)
    assert not redo.isEnabled()
    assert window.commands.why_not("redo") == "Nothing was undone."
    window.run_command("undo")
    assert redo.isEnabled()  # fast fingers need not wait for the reading
    window.run_command("redo")
    qtbot.waitUntil(lambda: window.jobs.idle, timeout=20000)
    assert services.records.count(Kind.PERSON) == 1
    qtbot.waitUntil(lambda: not redo.isEnabled())
    window.jobs.close()


@on_linux
def test_shift_f10_is_the_menu_key(window: MainWindow, qtbot: Any) -> None:
    asked: list[QContextMenuEvent] = []

    class Asked(QWidget):
        def event(self, event: QEvent) -> bool:
            if isinstance(event, QContextMenuEvent):
                asked.append(event.clone())
            return super().event(event)

    place = Asked(window)
    place.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    place.setGeometry(300, 300, 80, 40)
    place.show()
    window.activateWindow()
    place.setFocus()
    qtbot.waitUntil(place.hasFocus)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert [each.reason() for each in asked] == [QContextMenuEvent.Reason.Keyboard]
    assert place.rect().contains(asked[0].pos())
    assert asked[0].globalPos() == place.mapToGlobal(asked[0].pos())
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F10)
    assert len(asked) == 1


@on_linux
@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QTextEdit, QListView])
def test_shift_f10_asks_once(window: MainWindow, kind: type[QWidget], qtbot: Any) -> None:
    field = kind(window)
    field.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    wanted: list[object] = []
    field.customContextMenuRequested.connect(wanted.append)
    field.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert len(wanted) == 1
