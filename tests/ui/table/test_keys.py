"""Keys of a list: rows pasted from Excel, and the record beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Query
from crm_desktop.paths import Home
from crm_desktop.ui.contacts.list_page import ContactsPage
from crm_desktop.ui.papers.list_page import PapersPage
from crm_desktop.words import Words
from tests.ui.table.conftest import Desk

CTRL = Qt.KeyboardModifier.ControlModifier


def paste(page: Any, text: str, qtbot: Any) -> None:
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(page.pane.view, Qt.Key.Key_V, CTRL)


def test_rows_from_excel_are_looked_at_before_they_are_records(desk: Desk, qtbot: Any) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    paste(page, "姓名\t手机\n周敏\t13812340001\n吴磊\t13812340002", qtbot)
    here = desk.context.navigator.here
    assert here is not None
    assert (here.page, here.wish("kind")) == ("import", "people")
    file = Path(here.wish("file"))
    imports = desk.services.imports
    imports.run(file, imports.preview(file, kind="people").plan, Words("en"))
    assert desk.services.records.count(Kind.PERSON) == 5
    paste(page, "郑洁\t13812340003", qtbot)
    assert [each.name for each in file.parent.iterdir()] == [file.name]  # only the newest


def test_one_word_names_a_new_record_and_nothing_is_said_so(desk: Desk, qtbot: Any) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    paste(page, " \n", qtbot)
    assert "clipboard" in desk.window.toasts[-1]
    paste(page, "周敏", qtbot)
    assert desk.context.navigator.here is None or desk.context.navigator.here.page != "import"
    popover = page.pane.acts._popover
    assert popover is not None
    assert popover.isVisible()


def test_what_cannot_be_imported_cannot_be_pasted(desk: Desk, qtbot: Any) -> None:
    page = desk.open(PapersPage)
    assert not page.handles("paste")
    paste(page, "1\t2\n3\t4", qtbot)
    assert desk.context.navigator.here is None or desk.context.navigator.here.page != "import"


def test_a_list_is_printed_as_it_is_shown(desk: Desk, home: Home, qtbot: Any) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    page.pane.set_filter(Query(text="Hengyuan"))
    desk.settle()
    file = home.data / "list.pdf"
    page.pane.acts.print_to(file)
    desk.settle()
    with pdfium.PdfDocument(file) as document:
        text = document[0].get_textpage().get_text_bounded()
    assert "Wei Zhang" in text
    assert "Ada Byron" in text
    assert "Lina" not in text
    assert "2 contacts" in text
    assert "list.pdf" in desk.window.toasts[-1]


def test_down_from_a_filter_without_result_leads_to_what_can_be_done(
    desk: Desk, qtbot: Any
) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    box = page.pane.filter.box
    box.setFocus()
    qtbot.keyClicks(box, "qqq")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    desk.settle()
    assert page.pane.empty.isVisible()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert isinstance(QApplication.focusWidget(), QPushButton)
    assert page.pane.empty.isAncestorOf(QApplication.focusWidget())
    box.setFocus()
    box.clear()
    qtbot.keyClick(box, Qt.Key.Key_Return)
    desk.settle()
    assert box.hasFocus()  # the rows that come back do not take the keyboard from what is typed


def test_the_last_row_leaves_the_keyboard_to_what_can_be_done(desk: Desk, qtbot: Any) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.pane.view.setFocus()
    for record_id in desk.services.records.ids(Kind.PERSON):
        desk.services.records.trash(Kind.PERSON, record_id)
    desk.settle()
    assert page.pane.empty.isVisible()
    assert isinstance(QApplication.focusWidget(), QPushButton)
    assert page.pane.empty.isAncestorOf(QApplication.focusWidget())
