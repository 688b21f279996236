"""A list whose rows are a long time coming says so, until they are there."""

from __future__ import annotations

import threading
from typing import Any

from crm_desktop.ui.contacts.list_page import ContactsPage
from crm_desktop.ui.language import tr
from crm_desktop.ui.table.list_page import ListPage
from crm_desktop.ui.widgets import PlainLabel
from tests.ui.table.conftest import Desk, Names


def says(page: ListPage, key: str) -> bool:
    labels = page.pane.bottom.findChildren(PlainLabel)
    return any(label.text() == tr(key) and label.isVisible() for label in labels)


def test_rows_that_are_awaited_are_told_of(desk: Desk, names: Names, qtbot: Any) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    assert says(page, "table.copy_hint")
    gate = threading.Event()
    try:
        for _ in range(2):  # both threads that read are busy
            desk.context.jobs.run_reader(lambda: gate.wait(20))
        page.pane.view.head.sorted_by.emit((("name", True),))
        assert not says(page, "table.reading"), "not for what comes at once"
        qtbot.waitUntil(lambda: says(page, "table.reading"), timeout=20000)
        page.retranslate()
        assert says(page, "table.reading")
    finally:
        gate.set()
    desk.settle()
    assert says(page, "table.copy_hint")
    assert names(page) == ["Wei Zhang", "Lina Berg", "Ada Byron"]
