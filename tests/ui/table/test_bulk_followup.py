"""One line plans the same follow-up for every selected row, taken back in one step."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

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


def test_not_offered_where_nothing_follows(desk: Desk) -> None:
    page = desk.open(ProductsPage)
    assert "followup" not in page.pane.bottom._buttons
