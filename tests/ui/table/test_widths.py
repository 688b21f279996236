"""How wide the user drew a column is kept, over news and over a restart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt

from crm_desktop.ui.contacts.list_page import ContactsPage
from crm_desktop.ui.places import Place
from crm_desktop.ui.view_state import ViewState
from tests.ui.table.conftest import Desk

LEFT = Qt.MouseButton.LeftButton


def test_a_column_drawn_wider_by_its_edge_stays_so(desk: Desk, qtbot: Any, tmp_path: Path) -> None:
    desk.fill()
    desk.context = replace(desk.context, state=ViewState(tmp_path))
    page = desk.open(ContactsPage)
    head = page.pane.view.head
    column = page.pane.model.column_of("company")
    before = [head.sectionSize(n) for n in range(head.count())]
    edge = QPoint(head.sectionViewportPosition(column) + before[column] - 1, head.height() // 2)
    # The first move of a mouse is a press only once it has gone some way.
    qtbot.mousePress(head.viewport(), LEFT, pos=edge)
    for step in (20, 40, 57):
        qtbot.mouseMove(head.viewport(), edge + QPoint(step, 0))
    qtbot.mouseRelease(head.viewport(), LEFT, pos=edge + QPoint(57, 0))
    after = [head.sectionSize(n) for n in range(head.count())]
    wider = [b + 57 if n == column else b for n, b in enumerate(before)]
    assert after == wider
    page.pane.set_columns(page.pane.columns())  # news of the fields of the user, for one
    assert [head.sectionSize(n) for n in range(head.count())] == wider
    page.keep_state()
    desk.context.state.flush()
    again = ContactsPage(replace(desk.context, state=ViewState(tmp_path)))
    qtbot.addWidget(again)
    again.restore_state()
    again.resize(1072, 728)
    again.show()
    again.open_place(Place("contacts"))
    desk.settle()
    kept = again.pane.view.head
    assert [kept.sectionSize(n) for n in range(kept.count())] == wider
