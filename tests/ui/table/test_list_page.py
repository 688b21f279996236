"""A whole list over a real book: rows, order, filter, selection, edit, undo, export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.ui.companies.list_page import CompaniesPage
from crm_desktop.ui.contacts.list_page import ContactsPage
from crm_desktop.ui.language import set_language
from crm_desktop.ui.papers.list_page import PapersPage
from crm_desktop.ui.places import Place
from crm_desktop.ui.products.list_page import ProductsPage
from crm_desktop.ui.service.list_page import ServicePage
from crm_desktop.ui.table import acts
from crm_desktop.ui.table.cells import Look
from crm_desktop.ui.table.list_page import ListPage
from crm_desktop.ui.table.saving import Wanted
from tests.ui.table.conftest import Desk, Names

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


def click_header(page: ListPage, key: str, modifier: Any = NONE) -> None:
    head = page.pane.view.head
    column = page.pane.model.column_of(key)
    at = QPoint(head.sectionViewportPosition(column) + 20, head.height() // 2)
    QTest.mouseClick(head.viewport(), LEFT, modifier, at)


def test_shows_rows_as_their_types_ask(desk: Desk, names: Names) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    assert names(page) == ["Ada Byron", "Lina Berg", "Wei Zhang"]
    model = page.pane.model
    status, step = model.column_of("lifecycle"), model.column_of("next_step")
    assert model.cell(2, status).chips == (("Customer", "green"),)
    assert model.cell(2, step).chips == (("Today 14:00 · Call", "blue"),)
    assert model.cell(0, step).chips == (("Nothing planned", "amber"),)
    assert model.cell(2, model.column_of("mobile")).text == "138 1234 5678"
    assert model.cell(2, 0).look is Look.AVATAR
    assert page.pane.bottom._count.text() == "3 contacts"


def test_header_sorts_up_down_off_and_by_several(desk: Desk, names: Names) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    for expected in (
        ["Ada Byron", "Lina Berg", "Wei Zhang"],
        ["Wei Zhang", "Lina Berg", "Ada Byron"],
        ["Ada Byron", "Lina Berg", "Wei Zhang"],
    ):
        click_header(page, "name")
        desk.settle()
        assert names(page) == expected
    assert page.pane.query().order == ()
    click_header(page, "company")
    click_header(page, "name", SHIFT)
    click_header(page, "name", SHIFT)
    desk.settle()
    assert page.pane.query().order == (("company", False), ("name", True))
    assert names(page) == ["Lina Berg", "Wei Zhang", "Ada Byron"]


def test_filter_by_words_and_conditions(desk: Desk, names: Names, qtbot: Any) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    page.do_filter()
    qtbot.keyClicks(page.pane.filter.box, "wz")
    qtbot.keyClick(page.pane.filter.box, Qt.Key.Key_Return)
    desk.settle()
    assert names(page) == ["Wei Zhang"]
    assert page._bar.count.text() == "1 of 3"
    page.pane.filter.clear()
    builder = page.pane.filter.open_builder()
    (row,) = builder.conditions.rows
    row.choose("lifecycle", Op.ANY_OF, (desk.item("lifecycle", "lead"),))
    qtbot.mouseClick(builder.close_button, LEFT)
    desk.settle()
    assert names(page) == ["Lina Berg"]
    assert [chip.text() for chip in page.pane.filter._shown] == ["Status: Lead"]
    page.pane.filter._shown[0].closed.emit()
    desk.settle()
    assert len(names(page)) == 3


@pytest.mark.parametrize("op", list(Op))
def test_every_operator_can_be_chosen_and_asked(desk: Desk, op: Op) -> None:
    from crm_desktop.ui.table.conditions import operators

    desk.fill()
    page = desk.open(ContactsPage)
    bar = page.pane.filter
    for field in page.pane.fields:
        if op not in operators(field):
            continue
        builder = bar.open_builder()
        row = builder.conditions.rows[0]
        row.choose(field.key, op)
        assert (row.field.value(), row.operator.value()) == (field.key, op)
        builder.conditions.clear()
        builder.dismiss()
    bare = {Op.EMPTY, Op.FILLED}
    if op in bare:
        for field in page.pane.fields:
            page.pane.set_filter(Query().also(Condition(field.key, op)))
            desk.settle()


def test_an_empty_result_says_so_and_offers_the_way_out(desk: Desk, names: Names) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    page.pane.set_filter(Query(text="nobody at all"))
    desk.settle()
    empty = page.pane.empty
    assert page.pane.body.currentWidget() is empty
    assert empty._what.text() == "No contact matches this filter."
    assert empty._secondary.text() == "Create contact “nobody at all”"
    empty.primary_clicked.emit()
    desk.settle()
    assert len(names(page)) == 3


@pytest.mark.parametrize(
    "page_class", [ContactsPage, CompaniesPage, ProductsPage, ServicePage, PapersPage]
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_list_opens_empty(desk: Desk, page_class: type[ListPage], language: str) -> None:
    set_language(language)
    page = desk.open(page_class)
    for pane in page.panes:
        assert pane.body.currentWidget() is pane.empty
        assert pane.empty._what.text()


def test_a_row_gone_to_is_selected_whatever_keys_are_down(desk: Desk) -> None:
    made = desk.fill()
    page = desk.open(ContactsPage)
    QTest.keyPress(page.pane.view, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    try:
        assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.ControlModifier
        for each in (made[1], made[1], made[0]):
            page.pane.select(each)
            assert list(page.pane.selected_ids()) == [each]
            assert page.pane.view.current_id() == each
    finally:
        QTest.keyRelease(page.pane.view, Qt.Key.Key_Control)


def test_shift_goes_on_from_the_row_gone_to(desk: Desk) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    view, ids = page.pane.view, page.pane.model.ids
    view.setCurrentIndex(page.pane.model.index(0, 1))
    at = view.visualRect(page.pane.model.index(0, 1)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    page.pane.select(ids[2])
    assert view.currentIndex().column() == 1
    QTest.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert list(page.pane.selected_ids()) == list(ids[1:])


def test_a_choice_made_while_the_list_is_read_again_stays(desk: Desk) -> None:
    made = desk.fill()
    page = desk.open(ContactsPage)
    page.pane.select(made[0])
    desk.services.records.create(Kind.PERSON, {"name": "Bea First"})
    page.pane.reload()
    page.pane.select(made[1])
    desk.settle()
    assert list(page.pane.selected_ids()) == [made[1]]


def test_selection_survives_news_by_record(desk: Desk, names: Names) -> None:
    made = desk.fill()
    page = desk.open(ContactsPage)
    page.pane.select(made[1])
    desk.services.records.create(Kind.PERSON, {"name": "Bea First"})
    desk.settle()
    assert names(page) == ["Ada Byron", "Bea First", "Lina Berg", "Wei Zhang"]
    assert list(page.pane.selected_ids()) == [made[1]]
    desk.services.records.update(Kind.PERSON, made[1], {"name": "Zoe Berg"})
    desk.settle()
    assert names(page)[-1] == "Zoe Berg"
    assert page.pane.view.current_id() == made[1]


def test_trash_by_key_selects_the_next_and_undo_brings_back(
    desk: Desk, names: Names, qtbot: Any
) -> None:
    made = desk.fill()
    page = desk.open(ContactsPage)
    page.pane.select(made[1])
    qtbot.keyClick(page.pane.view, Qt.Key.Key_Delete)
    desk.settle()
    assert names(page) == ["Ada Byron", "Wei Zhang"]
    assert desk.window.toasts[-1] == "1 contact moved to Trash."
    assert desk.window.undo[-1]
    assert page.pane.view.current_id() == made[0]
    desk.services.history.undo()
    desk.settle()
    assert len(names(page)) == 3


def test_f2_edits_a_cell_and_refusal_puts_it_back(desk: Desk, names: Names, qtbot: Any) -> None:
    made = desk.fill()
    page = desk.open(ContactsPage)
    page.pane.select(made[0])
    page.do_edit()
    editor = QApplication.focusWidget() or page.pane.view.viewport().focusWidget()
    line = page.pane.view.indexWidget(page.pane.view.currentIndex()) or editor
    assert line is not None
    line.setText("Wei Zhao")  # type: ignore[attr-defined]
    line.setModified(True)  # type: ignore[attr-defined]
    went: list[object] = []
    desk.context.navigator.moved.connect(went.append)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    desk.settle()
    assert went == []  # the key was meant for the cell, the record is not opened
    assert "Wei Zhao" in names(page)
    assert desk.services.records.card(Kind.PERSON, made[0]).values["name"] == "Wei Zhao"
    page.pane.view.cells.edited.emit(made[0], 0, None)
    desk.settle()
    assert "Wei Zhao" in names(page)
    assert desk.window.told[0].code == "problem.required"


def test_chinese_typed_into_a_cell_by_an_input_method(desk: Desk) -> None:
    made = desk.fill()
    page = desk.open(ContactsPage)
    view, model = page.pane.view, page.pane.model
    page.activateWindow()
    view.setFocus()
    row = model.row_of(made[0])
    view.setCurrentIndex(model.index(row, model.column_of("next_step")))
    assert not view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    view.setCurrentIndex(model.index(row, model.column_of("title")))
    assert view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    QApplication.sendEvent(view, QInputMethodEvent("jingli", []))
    commit = QInputMethodEvent("", [])
    commit.setCommitString("经理")
    QApplication.sendEvent(view, commit)
    line = view.indexWidget(view.currentIndex()) or view.focusWidget()
    assert line is not None
    QTest.keyClick(line, Qt.Key.Key_Return)
    desk.settle()
    assert desk.services.records.card(Kind.PERSON, made[0]).values["title"] == "经理"


def test_many_rows_are_changed_and_tagged_as_one_gesture(desk: Desk, qtbot: Any) -> None:
    made = desk.fill()
    page = desk.open(ContactsPage)
    page.do_select_all()
    assert page.pane.bottom.currentIndex() == 1
    popover = page.pane.acts.edit_field(page.pane.bottom.button("edit"))
    popover.set_field("level")
    popover.value_input().set_value(desk.item("level", "a"))
    qtbot.mouseClick(popover.apply, LEFT)
    desk.settle()
    levels = {desk.services.records.card(Kind.PERSON, i).values["level"] for i in made}
    assert levels == {desk.item("level", "a")}
    tags = page.pane.acts.tag(page.pane.bottom.button("tag"))
    tags.line.setText("VIP")
    qtbot.keyClick(tags.line, Qt.Key.Key_Return)
    desk.settle()
    assert desk.services.records.card(Kind.PERSON, made[2]).values["tags"] == ("VIP",)
    desk.services.history.undo()
    desk.services.history.undo()
    card = desk.services.records.card(Kind.PERSON, made[0])
    assert (card.values["tags"], card.values["level"]) == ((), None)


def test_copies_rows_as_a_table(desk: Desk, qtbot: Any) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    page.pane.set_columns(("name", "company", "mobile"))
    page.do_select_all()
    qtbot.keyClick(page.pane.view, Qt.Key.Key_C, CTRL)
    desk.settle()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Name\tCompany\tMobile"
    assert lines[1] == "Ada Byron\tHengyuan Precision\t13700001111"
    assert len(lines) == 4
    assert QGuiApplication.clipboard().mimeData().html().count("<tr>") == 4


def test_exports_what_the_list_shows(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    page.pane.set_columns(("name", "mobile"))
    page.pane.set_filter(Query(text="wei"))
    desk.settle()
    target = tmp_path / "people.xlsx"
    monkeypatch.setattr(acts, "ask_where", lambda *_: Wanted(target))
    page.do_export()
    desk.settle()
    rows = list(openpyxl.load_workbook(target).active.values)
    assert [row[:2] for row in rows] == [("Name", "Mobile"), ("Wei Zhang", "13812345678")]
    assert desk.window.toasts[-1] == "1 row exported to people.xlsx."
    assert [words for words, _ in desk.window.choices[-1]] == ["Open", "Show in folder"]


def test_exports_cards_as_they_were_chosen(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    offered: list[str] = []

    def ask(dialog: QFileDialog) -> int:
        offered.extend(dialog.nameFilters())
        dialog.selectNameFilter(next(k for k in offered if k.startswith("vCard 4.0")))
        dialog.selectFile(str(tmp_path / "people"))
        return 1

    monkeypatch.setattr(QFileDialog, "exec", ask)
    page.do_export()
    desk.settle()
    assert [kind.rpartition("*")[2] for kind in offered] == [
        *(".xlsx)", ".csv)", ".vcf)", ".vcf)", ".ics)"),
    ]
    cards = (tmp_path / "people.vcf").read_text("utf-8")
    assert cards.count("VERSION:4.0") == len(page.pane.model.ids) > 1


def test_columns_are_chosen_moved_and_remembered(desk: Desk) -> None:
    made = desk.fill()
    page = desk.open(ContactsPage)
    popover = page.pane.open_columns(page._buttons["columns"])
    rows = popover.rows
    for row in range(rows.count()):
        item = rows.item(row)
        if item.text() == "Birthday":
            item.setCheckState(Qt.CheckState.Checked)
    assert "birthday" in page.pane.columns()
    popover.dismiss()
    head = page.pane.view.head
    head.moveSection(head.visualIndex(page.pane.model.column_of("mobile")), 1)
    assert page.pane.columns()[:2] == ("name", "mobile")
    page.pane.select(made[0])
    page.pane.view.head.sized.emit("mobile", 222)
    click_header(page, "mobile")
    desk.settle()
    page.keep_state()
    again = ContactsPage(desk.context)
    again.restore_state()
    again.resize(1072, 728)
    again.show()
    again.open_place(Place("contacts"))
    desk.settle()
    assert again.pane.columns() == page.pane.columns()
    assert again.pane.query().order == (("mobile", False),)
    assert again.pane.view.columnWidth(1) == 222
    assert again.pane.view.current_id() == made[0]
    again.deleteLater()
