"""The form of a new record in a low window: what can be pressed stays in sight."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.contacts.list_page import ContactsPage
from crm_desktop.ui.opportunities.page import OpportunitiesPage
from crm_desktop.ui.places import Place
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


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # lists that drop down
@pytest.mark.parametrize(
    "modifier", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier]
)
def test_enter_in_the_company_makes_the_record_and_loses_no_name(
    desk: Desk, qtbot: Any, modifier: Qt.KeyboardModifier
) -> None:
    company = desk.services.records.create(Kind.COMPANY, {"name": "Hengyuan"})
    page = desk.open(ContactsPage)
    popover = page.pane.acts.new(page, text="张伟")
    link = popover.input("company")
    link.setFocus()
    qtbot.keyClicks(link, "Hengy")
    qtbot.keyClick(link, Qt.Key.Key_Return, modifier)  # before anything was found
    desk.settle()
    assert desk.services.records.count(Kind.PERSON) == 0
    assert "Hengy" in popover._rows["company"]._below.text()
    qtbot.waitUntil(link._popup.isVisible, timeout=20000)
    qtbot.keyClick(link, Qt.Key.Key_Return)  # takes the first of what was found
    assert link.value() == company
    assert not popover._rows["company"]._below.isVisible()
    assert desk.services.records.count(Kind.PERSON) == 0
    qtbot.keyClick(link, Qt.Key.Key_Return, modifier)
    desk.settle()
    (person,) = desk.services.records.ids(Kind.PERSON)
    assert desk.services.records.card(Kind.PERSON, person).values["company"].id == company


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_ctrl_and_enter_make_the_record_from_a_choice(desk: Desk, qtbot: Any) -> None:
    page: Any = desk.open(OpportunitiesPage, Place("opportunities", view="list"))  # type: ignore[arg-type]
    popover = page.list.acts.new(page, text="数控改造")
    stage = popover.input("stage")
    stage.setFocus()
    qtbot.keyClick(stage, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert desk.services.records.count(Kind.OPPORTUNITY) == 1
