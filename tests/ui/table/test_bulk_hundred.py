"""A hundred rows at once: edited, tagged, trashed; each is one step back to the very same book."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crm_desktop.data.digest import content_digest
from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.contacts.list_page import ContactsPage
from tests.ui.table.conftest import Desk


def digest(desk: Desk) -> str:
    with desk.services.book.read() as session:
        return str(content_digest(session, desk.services.book.metadata))


def test_one_step_back_each(desk: Desk, qtbot: Any) -> None:
    records = desk.services.records
    for number in range(120):
        level = desk.item("level", "abc"[number % 3])
        records.create(Kind.PERSON, {"name": f"Person {number:03}", "level": level})
    page = desk.open(ContactsPage)
    view = page.pane.view
    view.selectRow(0)
    view.setCurrentIndex(view.records.index(0, 0))
    for _ in range(99):
        QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_count() == 100
    chosen = list(page.pane.selected_ids())
    before = digest(desk)

    popover = page.pane.acts.edit_field(page.pane.bottom.button("edit"))
    popover.set_field("level")
    popover.value_input().set_value(desk.item("level", "a"))
    QTest.mouseClick(popover.apply, Qt.MouseButton.LeftButton)
    desk.settle()
    levels = {row.values[0] for row in records.rows(Kind.PERSON, chosen, ["level"])}
    assert levels == {desk.item("level", "a")}
    assert records.count(Kind.PERSON) == 120
    desk.services.history.undo()
    assert digest(desk) == before

    tags = page.pane.acts.tag(page.pane.bottom.button("tag"))
    tags.line.setText("VIP")
    QTest.keyClick(tags.line, Qt.Key.Key_Return)
    desk.settle()
    assert {row.values[0] for row in records.rows(Kind.PERSON, chosen, ["tags"])} == {("VIP",)}
    desk.services.history.undo()
    assert digest(desk) == before

    desk.settle()
    page.pane.acts.trash()
    desk.settle()
    assert records.count(Kind.PERSON) == 20
    desk.services.history.undo()
    assert digest(desk) == before
