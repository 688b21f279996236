"""A command that cannot run says why, in the menu and in the palette."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolTip

from crm_desktop.domain.clock import FixedClock
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.ui.language import set_language
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.keymap import COMMANDS
from crm_desktop.ui.shell.window import MainWindow


@pytest.fixture
def opened(window: MainWindow, home: Home, qtbot: Any) -> Iterator[MainWindow]:
    clock = FixedClock(datetime(2026, 11, 20, 1, tzinfo=UTC), "Asia/Shanghai")
    with open_book(home.book, clock) as book:
        window.book_opened(Services(book, clock, home), clock, start=Place("history"))
        qtbot.waitUntil(lambda: window.jobs.idle, timeout=20000)
        yield window
        qtbot.waitUntil(lambda: window.jobs.idle, timeout=20000)
        window.jobs.close()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_command_that_cannot_run_has_a_reason(opened: MainWindow, language: str) -> None:
    set_language(language)
    commands = opened.commands
    barred = [c.key for c in COMMANDS if not commands.action(c.key).isEnabled()]
    assert {"export", "print", "stage_on", "back", "forward"} <= set(barred)
    assert all(commands.why_not(key) for key in barred)
    assert not any(commands.why_not(c.key) for c in COMMANDS if c.key not in barred)


def test_back_stays_barred_when_the_page_says_something_new(opened: MainWindow) -> None:
    page = opened.area.page
    assert page is not None
    page.commands_changed.emit()
    assert not opened.commands.action("back").isEnabled()
    opened.navigator.go(Place("settings"))
    assert opened.commands.action("back").isEnabled()
    assert opened.commands.why_not("back") == ""


def test_the_menu_says_it_under_the_pointer(
    opened: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    # A real tip asks the screen for more than the tests have.
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, _widget: said.append(text))
    for key in ("export", "backup"):
        action = opened.commands.action(key)
        menus = opened.menuBar().findChildren(QMenu)
        menu = next(each for each in menus if action in each.actions())
        menu.resize(menu.sizeHint())
        at = menu.actionGeometry(action).center()
        QApplication.sendEvent(menu, QHelpEvent(QHelpEvent.Type.ToolTip, at, at))
    assert said == ["Works where records or numbers are shown.", ""]


def test_the_palette_shows_the_reason_and_tells_it(opened: MainWindow) -> None:
    opened.actions_of_shell.palette(">export")
    palette = opened.actions_of_shell.palette_overlay
    assert palette is not None
    row = next(row for row in palette.model.rows if row.barred)
    assert row.detail == "Works where records or numbers are shown."
    row.run()
    assert opened.toasts.text == row.detail
    assert palette.used() == {}
    palette.close_overlay()
