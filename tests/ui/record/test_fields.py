"""Fields of a record edited in place: by click, by input method, by key."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.fields import Address
from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.record.several import AddressesField, PointsField
from crm_desktop.ui.record.value_line import INSET
from crm_desktop.ui.widgets import AllLinesLabel, BirthdayField, LinkField, TagsField, TextArea
from tests.ui.record.conftest import Desk, click, compose


def edit(desk: Desk, page: Any, key: str) -> Any:
    """Click on a field; returns its input."""
    row = page.facts.rows[key]
    row.setVisible(True)
    desk.qtbot.wait(1)
    click(desk.qtbot, row.line)
    assert row.is_editing
    return row._editor.inner


def leave(desk: Desk, page: Any) -> None:
    """Go elsewhere with the keyboard."""
    page.note.text.setFocus()
    desk.settle()


def test_a_click_edits_and_leaving_saves(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    line = edit(desk, page, "title")
    assert line.hasFocus()
    assert isinstance(line, QLineEdit)
    line.selectAll()
    compose(line, "采购总监")
    leave(desk, page)
    assert desk.value(Kind.PERSON, desk.person, "title") == "采购总监"
    assert not page.facts.rows["title"].is_editing
    assert page.facts.rows["title"].line.text() == "采购总监"
    assert "09:00" in page.header.status.text()
    desk.services.history.undo()
    desk.settle()
    assert page.facts.rows["title"].line.text() == "采购经理"


def test_a_click_reaches_the_field_that_moves_as_a_high_input_above_it_closes(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    row = page.facts.rows["wechat"]
    row.setVisible(True)
    edit(desk, page, "mobile")  # its input takes a line more than the number at rest
    desk.qtbot.wait(1)
    before = row.line.mapToGlobal(QPoint(12, 12))
    left = Qt.MouseButton.LeftButton
    desk.qtbot.mousePress(row.line, left, pos=row.line.mapFromGlobal(before))
    leave(desk, page)  # as the press does: it gives the keyboard to what lies around the fields
    assert row.line.mapToGlobal(QPoint(12, 12)) != before
    desk.qtbot.mouseRelease(row.line, left, pos=row.line.mapFromGlobal(before))
    assert row.is_editing


@pytest.mark.parametrize("before", range(5))
def test_the_caret_is_where_the_click_was(desk: Desk, before: int) -> None:
    page = desk.open("person", desk.person)
    row = page.facts.rows["title"]
    written = row.line.fontMetrics().horizontalAdvance("采购经理"[:before])
    left = Qt.MouseButton.LeftButton
    desk.qtbot.mouseClick(row.line, left, pos=QPoint(INSET + written, 12))
    assert row._editor.inner.cursorPosition() == before


def test_escape_drops_only_this_field(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    line = edit(desk, page, "title")
    line.selectAll()
    compose(line, "错了")
    desk.qtbot.keyClick(line, Qt.Key.Key_Escape)
    desk.settle()
    assert not page.facts.rows["title"].is_editing
    assert desk.value(Kind.PERSON, desk.person, "title") == "采购经理"
    assert page.facts.rows["title"].line.text() == "采购经理"


def test_tab_saves_and_goes_on(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    line = edit(desk, page, "title")
    line.selectAll()
    desk.qtbot.keyClicks(line, "Buyer")
    desk.qtbot.keyClick(line, Qt.Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus is not page.facts.rows["title"].line
    desk.settle()
    assert desk.value(Kind.PERSON, desk.person, "title") == "Buyer"


def test_nothing_comes_in_under_the_hands(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    line = edit(desk, page, "title")
    line.selectAll()
    compose(line, "半句")
    desk.services.records.update(Kind.PERSON, desk.person, {"department": "采购部"})
    desk.settle()
    assert page.facts.rows["title"].is_editing
    assert line.text() == "半句"
    assert page.facts.rows["department"].line.text() == "采购部"
    leave(desk, page)
    assert desk.value(Kind.PERSON, desk.person, "title") == "半句"


def test_an_empty_name_is_told_below_the_field(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    line = edit(desk, page, "name")
    line.clear()
    line.setModified(True)
    leave(desk, page)
    row = page.facts.rows["name"]
    assert desk.value(Kind.PERSON, desk.person, "name") == "张伟"
    assert row.line.accessibleDescription() == "This cannot be empty."
    row.edit()
    desk.qtbot.keyClick(row._editor.inner, Qt.Key.Key_Escape)
    assert row.line.text() == "张伟"
    assert row.line.accessibleDescription() == ""


def test_an_odd_phone_is_saved_with_a_word(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    field = edit(desk, page, "mobile")
    assert isinstance(field, PointsField)
    field.lines()[0].setText("1381234567")
    field.add_row()
    field.lines()[1].setText("139 0000 1111")
    leave(desk, page)
    assert desk.value(Kind.PERSON, desk.person, "mobile") == ("1381234567", "139 0000 1111")
    assert "10 digits" in page.facts.rows["mobile"].line.accessibleDescription()


def test_a_date_as_people_type_it(desk: Desk) -> None:
    page = desk.open("opportunity", desk.opportunity)
    line = edit(desk, page, "expected_close")
    line.selectAll()
    desk.qtbot.keyClicks(line, "+3d")
    desk.qtbot.keyClick(line, Qt.Key.Key_Return)
    desk.settle()
    assert desk.value(Kind.OPPORTUNITY, desk.opportunity, "expected_close") == date(2026, 11, 23)


def test_what_cannot_be_read_stays_and_is_told(desk: Desk) -> None:
    page = desk.open("opportunity", desk.opportunity)
    line = edit(desk, page, "amount")
    line.selectAll()
    desk.qtbot.keyClicks(line, "lots")
    leave(desk, page)
    row = page.facts.rows["amount"]
    assert row.is_editing
    assert line.text() == "lots"
    assert "lots" in row.line.accessibleDescription()
    line.selectAll()
    desk.qtbot.keyClicks(line, "9w")
    line.selectAll()
    compose(line, "9.5万")
    desk.qtbot.keyClick(line, Qt.Key.Key_Return)
    desk.settle()
    assert desk.value(Kind.OPPORTUNITY, desk.opportunity, "amount") == 95000


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_choice_saves_at_once(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    box = edit(desk, page, "level")
    level = desk.services.lists.by_code("level", "a").id
    box.set_value(level)
    box.changed.emit(level)
    desk.settle()
    assert desk.value(Kind.PERSON, desk.person, "level") == level
    assert not page.facts.rows["level"].is_editing


def test_another_company_keeps_the_old_job(desk: Desk) -> None:
    other = desk.services.records.create(Kind.COMPANY, {"name": "杭州绿源"})
    page = desk.open("person", desk.person)
    field = edit(desk, page, "company")
    assert isinstance(field, LinkField)
    field.set_value(other, "杭州绿源")
    field.changed.emit(other)
    desk.settle()
    assert desk.value(Kind.PERSON, desk.person, "company").id == other
    jobs = desk.services.people.jobs(desk.person)
    assert [(job.company and job.company.id, job.left) for job in jobs] == [
        (other, False),
        (desk.company, True),
    ]
    texts = page.related.extras.panels["jobs"]
    assert texts.isVisible()


def test_a_company_that_is_missing_is_made(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    field = edit(desk, page, "company")
    field.create_wanted.emit("宁波海拓")
    desk.settle()
    assert desk.value(Kind.PERSON, desk.person, "company").title == "宁波海拓"


@pytest.mark.parametrize("key", ["address", "birthday", "tags", "notes"])
def test_larger_inputs(desk: Desk, key: str) -> None:
    page = desk.open("person", desk.person)
    field = edit(desk, page, key)
    expected: Any = None
    if isinstance(field, AddressesField):
        field._blocks[0][1]["line"].setText("星湖街 88 号")
        field._blocks[0][1]["city"].setText("苏州")
        expected = (Address(line="星湖街 88 号", city="苏州"),)
    elif isinstance(field, BirthdayField):
        expected = Birthday(10, 23, lunar=True)
        field.set_value(expected)
    elif isinstance(field, TagsField):
        compose(field._line, "重点")
        desk.qtbot.keyClick(field._line, Qt.Key.Key_Return)
        expected = ("重点",)
    elif isinstance(field, TextArea):
        compose(field, "第一行\n第二行")
        expected = "第一行\n第二行"
    leave(desk, page)
    assert desk.value(Kind.PERSON, desk.person, key) == expected


def test_a_tick_saves_at_once(desk: Desk) -> None:
    page = desk.open("product", desk.product)
    box = page.facts.rows["active"].findChildren(QCheckBox)[0]
    assert box.isChecked()
    box.click()
    desk.settle()
    assert desk.value(Kind.PRODUCT, desk.product, "active") is False
    assert page.header.chip.text() == "Inactive"


def test_empty_fields_are_folded_and_found(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    row = page.facts.rows["hobbies"]
    assert row.isHidden()
    page.facts.more.click()
    assert not row.isHidden()
    page.facts.more.click()
    page.facts._search("hobb")
    assert not row.isHidden()
    assert page.facts.rows["title"].isHidden()


def test_one_click_copies_a_phone(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    line = page.facts.rows["mobile"].line
    names = [b.accessibleName() for b in line.findChildren(type(page.crumb.previous))]
    assert "Copy 138 1234 5678" in names
    copy = next(
        b
        for b in line.findChildren(type(page.crumb.previous))
        if b.accessibleName().startswith("Copy")
    )
    copy.click()
    assert QApplication.clipboard().text() == "13812345678"


def test_a_field_half_edited_stays_open_when_the_text_grows(desk: Desk) -> None:
    desk.window.resize(1280, 800)
    page = desk.open("person", desk.person)
    line = edit(desk, page, "title")
    line.selectAll()
    compose(line, "采购总")
    for percent in (150, 100):
        desk.window.settings.text_size = percent
        desk.window.apply_settings()
        desk.settle()
        assert page.facts.rows["title"].is_editing
        assert line.isVisible()
        assert line.hasFocus()
        assert line.text() == "采购总"
    assert desk.value(Kind.PERSON, desk.person, "title") == "采购经理"


@pytest.mark.parametrize("key", ["notes", "taboos", "name", "title", "email", "tags"])
def test_a_word_longer_than_the_column_is_broken_not_cut(desk: Desk, key: str) -> None:
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    value: Any = {"email": (f"{word[:20]}@{word[20:]}.com",), "tags": (word,)}.get(key, word)
    desk.services.records.update(Kind.PERSON, desk.person, {key: value})
    page = desk.open("person", desk.person)
    desk.window.resize(1280, 800)
    desk.settle()
    column = page.zones.left
    assert page.facts.rows[key].isVisibleTo(page)
    assert page.facts.width() <= column.viewport().width()
    if key == "notes":
        line = page.facts.rows[key].line
        (label,) = line.findChildren(AllLinesLabel)
        assert "".join(label.shown_text().split("\n")) == word
        assert label.height() >= label.heightForWidth(label.width())
