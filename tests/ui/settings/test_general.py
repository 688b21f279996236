"""The look of this machine: rows, the first page, the sidebar; live and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt

from crm_desktop.services.house import Services
from crm_desktop.settings import Settings
from crm_desktop.ui.places import Place
from crm_desktop.ui.settings.entries import USUAL
from crm_desktop.ui.settings.general import GeneralGroup
from crm_desktop.ui.shell.window import MainWindow
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import ROW_HEIGHT, ROW_HEIGHT_COMPACT
from crm_desktop.ui.view_state import ViewState
from crm_desktop.ui.widgets import ChoiceField

Key, Held = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def group(window: MainWindow, services: Services, qtbot: Any) -> GeneralGroup:
    window.book_opened(services, services.clock, start=Place.to("settings", view="general"))
    qtbot.waitUntil(lambda: window.jobs.idle, timeout=20000)
    page: Any = window.area.page
    assert isinstance(page.group, GeneralGroup)
    return page.group


def choose(group: GeneralGroup, key: str, value: Any) -> None:
    editor = group.form.editors[key]
    assert isinstance(editor, ChoiceField)
    editor.set_value(value)
    editor.changed.emit(value)


def test_rows_become_low_and_roomy_again(
    group: GeneralGroup, window: MainWindow, qtbot: Any
) -> None:
    window.commands.run("go_contacts")
    qtbot.waitUntil(lambda: window.jobs.idle, timeout=20000)
    contacts: Any = window.area.page
    rows = contacts.pane.view.verticalHeader()
    assert rows.defaultSectionSize() == ROW_HEIGHT
    choose(group, "density", "compact")
    assert rows.defaultSectionSize() == ROW_HEIGHT_COMPACT
    assert Settings.load(window.home.config).density == "compact"
    window.commands.run("rows_roomy")
    assert rows.defaultSectionSize() == theme().row() == ROW_HEIGHT


def test_the_program_starts_with_the_chosen_page(
    group: GeneralGroup, window: MainWindow, make_window: Callable[..., MainWindow]
) -> None:
    state = ViewState()
    state.put("window/place", "products")
    assert make_window(state).start_place() == Place("products")
    choose(group, "start_page", "today")
    settings = Settings.load(window.home.config)
    assert make_window(state, settings).start_place() == Place("today")
    settings.start_page = "a page of tomorrow"
    assert make_window(state, settings).start_place() == Place("products")


def test_pages_leave_the_sidebar_and_change_places(
    group: GeneralGroup, window: MainWindow, make_window: Callable[..., MainWindow], qtbot: Any
) -> None:
    def listed(shown: MainWindow) -> list[str]:
        return [row.place.page for row in shown.sidebar.rows()][:-1]

    entries = group.entries
    assert listed(window) == list(USUAL)
    entries.rows.item(5).setCheckState(Qt.CheckState.Unchecked)  # birthdays
    entries.rows.setCurrentRow(9)  # reports
    entries.rows.setFocus()
    for _ in range(8):
        qtbot.keyClick(entries.rows, Key.Key_Up, Held.AltModifier)
    wanted = ["today", "reports", *(k for k in USUAL[1:9] if k != "birthdays")]
    assert listed(window) == wanted
    again = make_window(window.state)
    assert listed(again) == wanted
    window.commands.run("go_birthdays")  # what is not listed stays in reach
    assert window.navigator.here == Place("birthdays")
    group.refresh()
    assert entries.shown() == wanted
    entries.usual.click()
    assert listed(window) == list(USUAL)


def test_today_cannot_be_taken_out(group: GeneralGroup) -> None:
    today = group.entries.rows.item(0)
    assert not today.flags() & Qt.ItemFlag.ItemIsUserCheckable
