"""One line plans the same follow-up for every selected row, taken back in one step."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.ui.contacts.list_page import ContactsPage
from crm_desktop.ui.products.list_page import ProductsPage
from tests.ui.table.conftest import Desk


def test_planned_for_each_and_undone_at_once(desk: Desk) -> None:
    made = desk.fill()
    page = desk.open(ContactsPage)
    page.pane.view.selectAll()
    before = desk.services.records.count(Kind.ACTIVITY)
    QTest.mouseClick(page.pane.bottom.button("followup"), Qt.MouseButton.LeftButton)
    popover: Any = page.pane.acts._popover
    popover.quick.line.setText("send the price list tomorrow")
    QTest.keyClick(popover.quick.line, Qt.Key.Key_Return)
    desk.settle()
    assert desk.services.records.count(Kind.ACTIVITY) == before + 3
    for person in made:
        steps = desk.services.activities.open_of(Ref(Kind.PERSON, person))
        assert any("price list" in step.subject for step in steps)
    assert desk.window.toasts[-1] == "3 follow-ups planned."
    desk.services.history.undo()
    assert desk.services.records.count(Kind.ACTIVITY) == before
    assert not popover.isVisible()


def test_the_panel_grows_with_what_it_understood(desk: Desk, qtbot: QtBot) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    page.pane.view.selectAll()
    QTest.mouseClick(page.pane.bottom.button("followup"), Qt.MouseButton.LeftButton)
    popover: Any = page.pane.acts._popover
    before = popover.geometry()
    popover.quick.line.setText("call tomorrow 3pm")
    qtbot.waitUntil(lambda: len(popover.quick.chips) == 3)
    qtbot.waitUntil(lambda: popover.height() > before.height())
    assert popover.quick.line.height() >= popover.quick.line.sizeHint().height()
    chip = popover.quick.chips[0]
    assert chip.visibleRegion().boundingRect().height() == chip.height()
    assert popover.geometry().bottom() == before.bottom()  # it stays above its button


def test_tab_goes_from_the_field_to_its_value(desk: Desk) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    page.pane.view.selectAll()
    popover = page.pane.acts.edit_field(page.pane.bottom.button("edit"))
    for key in ("level", "title"):
        popover.set_field(key)
        popover.setFocus()
        QTest.keyClick(popover, Qt.Key.Key_Tab)
        field = QApplication.focusWidget()
        assert field is not None
        assert field.accessibleName() == "Field"
        QTest.keyClick(field, Qt.Key.Key_Tab)
        assert popover.value_input() in (
            QApplication.focusWidget(),
            QApplication.focusWidget().parentWidget(),
        )


def test_not_offered_where_nothing_follows(desk: Desk) -> None:
    page = desk.open(ProductsPage)
    assert "followup" not in page.pane.bottom._buttons
