"""The form of a new record in a low window: what can be pressed stays in sight."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.contacts.list_page import ContactsPage
from tests.ui.table.conftest import Desk


def test_the_buttons_stay_in_sight_when_likely_twins_are_found(desk: Desk, qtbot: Any) -> None:
    for name in ("张伟", "Zhang Wei", "章伟"):
        desk.services.records.create(Kind.PERSON, {"name": name, "mobile": ("13812345678",)})
    page = desk.open(ContactsPage)
    page.resize(700, 340)
    popover = page.pane.acts.new(page, text="张伟")
    qtbot.keyClicks(popover.input("mobile"), "138 1234 5678")
    assert popover.hint is not None
    popover.hint.look_now()
    desk.settle()
    assert len(popover.hint.candidates) == 3
    assert page.rect().contains(popover.geometry())
    assert popover.rect().contains(popover.create_button.geometry())
    page.resize(700, 700)
    popover.adjustSize()
    assert popover._middle.verticalScrollBar().maximum() == 0  # nothing scrolls without need


def test_a_click_on_create_leaves_the_keyboard_in_the_page(desk: Desk, qtbot: Any) -> None:
    page = desk.open(ContactsPage)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.pane.view.setFocus()
    popover = page.pane.acts.new(page, text="张伟")
    popover.create_button.setFocus()  # as the press of the mouse does
    qtbot.mouseClick(popover.create_button, Qt.MouseButton.LeftButton)
    focus = QApplication.focusWidget()
    assert popover.isAncestorOf(focus)
    qtbot.mouseClick(popover.create_button, Qt.MouseButton.LeftButton)  # a second one adds nothing
    desk.settle()
    assert desk.services.records.count(Kind.PERSON) == 1
    assert page.isAncestorOf(QApplication.focusWidget())
