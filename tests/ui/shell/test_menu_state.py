"""What the menus say of the present: the look in force, whether there is anything to redo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.settings import Settings
from crm_desktop.ui.shell.keymap import COMMANDS
from crm_desktop.ui.shell.window import MainWindow


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
