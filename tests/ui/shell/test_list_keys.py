"""The keys of a list in a real window: the record beside it, and rows pasted from Excel."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from crm_desktop.domain.kinds import Kind
from crm_desktop.paths import Home
from crm_desktop.services.house import Services
from crm_desktop.ui.contacts.list_page import ContactsPage
from crm_desktop.ui.imports.page import ImportPage
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow
from tests.ui.table.conftest import CLOCK, Desk


@pytest.fixture
def shown(window: MainWindow, home: Home, qtbot: Any) -> Any:
    """The contacts of a real window with the record beside them."""
    desk = Desk(home, qtbot)
    made = desk.fill()
    window.resize(1280, 800)
    window.book_opened(desk.services, CLOCK, start=Place.to("contacts", select=str(made[0])))
    desk.book.subscribe(window.notifier.announce)
    page = window.area.page
    assert isinstance(page, ContactsPage)
    qtbot.waitUntil(lambda: page.handles("log"), timeout=20000)
    yield window, page, desk.services
    window.jobs.close()
    desk.context.jobs.close()
    desk.book.close()


def test_the_record_beside_a_list_hears_its_keys(
    shown: tuple[MainWindow, ContactsPage, Services], qtbot: Any
) -> None:
    window, page, services = shown
    assert page.handles("done")
    assert page.handles("later")
    assert window.commands.action("log").isEnabled()
    window.commands.run("log")
    peek: Any = page._beside.currentWidget()
    assert peek.note.isVisible()
    window.commands.run("new_followup")
    assert window.navigator.here is not None
    assert window.navigator.here.page == "contacts"  # the list is never left
    window.commands.run("done")
    qtbot.waitUntil(lambda: window.jobs.idle, timeout=20000)
    activity = services.records.ids(Kind.ACTIVITY)[0]
    assert services.records.card(Kind.ACTIVITY, activity).values["state"] == "done"


def test_pasted_rows_open_on_the_import_page(
    shown: tuple[MainWindow, ContactsPage, Services], qtbot: Any
) -> None:
    window, page, _services = shown
    QGuiApplication.clipboard().setText("周敏\t13812340001\n吴磊\t13812340002")
    qtbot.keyClick(page.pane.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: isinstance(window.area.page, ImportPage), timeout=20000)
    imports: Any = window.area.page
    qtbot.waitUntil(lambda: imports.draft is not None, timeout=20000)
    assert imports.draft.plan.kind == "people"
    assert imports.draft.plan.header_row == 0
    qtbot.waitUntil(lambda: window.jobs.idle, timeout=20000)
