"""Saved views in the sidebar and in the Go menu."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.views import View
from crm_desktop.services.house import Services
from crm_desktop.ui.places import view_place
from crm_desktop.ui.shell.window import MainWindow
from crm_desktop.ui.table.view_acts import ViewActs
from tests.ui.resting import rest


def shown(window: MainWindow) -> list[str]:
    return [row.text() for row in window.sidebar._views]


def in_menu(window: MainWindow) -> list[str]:
    assert window.menus.places is not None
    return [action.text() for action in window.menus._view_actions if action.text()]


def acts_menu(window: MainWindow, index: int) -> QMenu:
    row = window.sidebar._views[index]
    menu = ViewActs(window.context, window).menu(int(row.place.wish("saved")), row, QPoint(0, 0))
    assert menu is not None
    return menu


def choose(menu: QMenu, words: str) -> None:
    next(action for action in menu.actions() if action.text() == words).trigger()


def test_they_stand_in_sidebar_and_menu_and_lead_there(
    opened: MainWindow, services: Services, qtbot: Any
) -> None:
    first = services.views.add(Kind.PERSON, "R&D people", View())
    services.views.add(Kind.ACTIVITY, "Open calls", View())
    rest(opened, qtbot)
    assert shown(opened) == ["R&D people", "Open calls"]
    assert in_menu(opened) == ["R&&D people", "Open calls"]
    opened.menus._view_actions[1].trigger()
    rest(opened, qtbot)
    assert opened.navigator.here == view_place("person", first)
    assert opened.sidebar._views[0].isChecked()
    assert "R&D people" in opened.windowTitle()
    opened.sidebar._views[1].click()
    rest(opened, qtbot)
    assert opened.sidebar._views[1].isChecked()
    assert opened.area.page is not None
    assert opened.area.page.title() == "Open calls"


def test_their_menu_moves_renames_and_deletes(
    opened: MainWindow, services: Services, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("A", "B"):
        services.views.add(Kind.COMPANY, name, View())
    rest(opened, qtbot)
    choose(acts_menu(opened, 1), "Move up")
    rest(opened, qtbot)
    assert shown(opened) == ["B", "A"]
    moves = {a.text(): a.isEnabled() for a in acts_menu(opened, 0).actions()}
    assert (moves["Move up"], moves["Move down"]) == (False, True)
    choose(acts_menu(opened, 0), "Delete view")
    rest(opened, qtbot)
    assert shown(opened) == ["A"]
    opened.run_command("undo")
    rest(opened, qtbot)
    assert shown(opened) == ["B", "A"]
    services.views.rename(services.views.all()[0].id, "Best")
    rest(opened, qtbot)
    assert shown(opened) == in_menu(opened) == ["Best", "A"]
    shown_menus: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: shown_menus.append(menu))
    opened.sidebar.view_menu_wished.emit(opened.sidebar._views[0], QPoint(5, 5))
    assert shown_menus[0].actions()[0].text() == "Rename…"
