"""The keyboard stays in the history where one works."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services
from crm_desktop.ui.history.page import HistoryPage
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow
from tests.ui.resting import rest


def test_after_an_older_step_is_undone_the_keyboard_is_on_the_next_one(
    opened: MainWindow, services: Services, qtbot: Any
) -> None:
    for name in ("甲", "乙", "丙"):
        services.records.create(Kind.PERSON, {"name": name})
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow, timeout=20000)
    opened.navigator.go(Place("history"))
    rest(opened, qtbot)
    page = opened.area.page
    assert isinstance(page, HistoryPage)
    older, oldest = page.rows[1].id, page.rows[2].id
    button = page.lines[older].undo
    assert button is not None
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    rest(opened, qtbot)
    assert page.lines[older].undo is None
    assert QApplication.focusWidget() is page.lines[oldest].undo
