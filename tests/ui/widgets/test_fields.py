"""Fields read what people type, and never lose it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.problems import Refused
from crm_desktop.ui.formats import day_input
from crm_desktop.ui.language import set_language
from crm_desktop.ui.theme.look import apply_look
from crm_desktop.ui.widgets import (
    BirthdayField,
    ChoiceField,
    ChoicesField,
    DateField,
    FieldRow,
    LinkField,
    MoneyField,
    Option,
    Popover,
    SearchBox,
    TagsField,
    TextArea,
)
from crm_desktop.ui.widgets.keyboard import focus_proxy

TODAY = date(2026, 11, 20)
# Without a screen a popup can neither be raised nor take the keyboard.
OFFSCREEN = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    apply_look(qapp, "light")


def amount(text: str) -> Decimal:
    if text.endswith("k"):
        return Decimal(text[:-1]) * 1000
    if not text.isdigit():
        raise Refused("common.no_match")
    return Decimal(text)


def leave(widget: QWidget) -> None:
    QApplication.sendEvent(widget, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))


def test_a_short_form_is_read_on_leaving(qtbot: QtBot) -> None:
    field = MoneyField(amount)
    qtbot.addWidget(field)
    told: list[object] = []
    field.changed.connect(told.append)
    qtbot.keyClicks(field, "12k")
    assert field.has_unread_text()
    leave(field)
    assert field.text() == "12,000.00"
    assert told == [Decimal(12000)]
    leave(field)
    assert told == [Decimal(12000)]


def test_what_cannot_be_read_stays_with_its_reason(qtbot: QtBot) -> None:
    field = MoneyField(amount, value=Decimal(5))
    row = FieldRow("Price", field)
    qtbot.addWidget(row)
    field.selectAll()
    qtbot.keyClicks(field, "lots")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "lots"
    assert field.problem() == "Nothing found"
    assert field.value() == Decimal(5)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "5.00"
    assert field.problem() == ""


def test_an_empty_line_is_no_value(qtbot: QtBot) -> None:
    field = MoneyField(amount, value=Decimal(5))
    qtbot.addWidget(field)
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    leave(field)
    assert field.value() is None


def test_a_new_language_keeps_what_is_being_typed(qtbot: QtBot) -> None:
    field = MoneyField(amount)
    qtbot.addWidget(field)
    qtbot.keyClicks(field, "12")
    set_language("zh")
    QApplication.sendEvent(field, QEvent(QEvent.Type.LanguageChange))
    set_language("en")
    assert field.text() == "12"


def test_a_day_from_the_calendar(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field = DateField(date.fromisoformat, day_input, today=lambda: TODAY)
    QVBoxLayout(window).addWidget(field)
    window.resize(400, 400)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    told: list[object] = []
    field.changed.connect(told.append)
    qtbot.keyClick(field, Qt.Key.Key_F4)
    popover = window.findChild(Popover)
    assert popover.isVisible()
    month = popover.findChild(QTableView)
    qtbot.keyClick(month, Qt.Key.Key_Right)
    qtbot.keyClick(month, Qt.Key.Key_Return)
    assert not popover.isVisible()
    assert told == [date(2026, 11, 21)]
    assert field.text() == "2026-11-21"


def test_a_search_comes_at_once_on_enter(qtbot: QtBot) -> None:
    box = SearchBox("Search")
    qtbot.addWidget(box)
    told: list[str] = []
    box.searched.connect(told.append)
    qtbot.keyClicks(box, "zw")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert told == ["zw"]
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert told == ["zw", ""]


def test_long_text_grows_and_is_finished_by_ctrl_enter(qtbot: QtBot) -> None:
    area = TextArea(placeholder="Note", most_rows=4)
    qtbot.addWidget(area)
    area.show()
    small = area.height()
    told: list[bool] = []
    area.finished.connect(lambda: told.append(True))
    for _line in range(2):
        qtbot.keyClicks(area, "a")
        qtbot.keyClick(area, Qt.Key.Key_Return)
    assert area.height() > small
    assert area.has_unread_text()
    area.set_text("\n" * 40)
    assert area.height() < small * 5
    qtbot.keyClick(area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told == [True]


def test_text_of_an_input_method_arrives_whole(qtbot: QtBot) -> None:
    area = TextArea()
    qtbot.addWidget(area)
    event = QInputMethodEvent()
    event.setCommitString("你好")
    QApplication.sendEvent(area, event)
    assert area.text() == "你好"


OPTIONS = [Option("a", "Alpha", "green"), Option("b", "Beta")]


def test_a_choice_keeps_a_value_the_list_lost(qtbot: QtBot) -> None:
    field = ChoiceField(OPTIONS, value="gone")
    qtbot.addWidget(field)
    assert (field.value(), field.currentText()) == ("gone", "gone")
    field.set_value(None)
    assert field.currentText() == "Not set"


def test_a_choice_tells_only_a_new_value(qtbot: QtBot) -> None:
    field = ChoiceField(OPTIONS, value="a", required=True)
    qtbot.addWidget(field)
    told: list[object] = []
    field.changed.connect(told.append)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert told == ["b"]


def test_a_searchable_choice_takes_only_what_is_there(qtbot: QtBot) -> None:
    field = ChoiceField(OPTIONS, value="a", searchable=True)
    qtbot.addWidget(field)
    line = field.lineEdit()
    assert line is not None
    line.setText("beta")
    line.editingFinished.emit()
    assert field.value() == "b"
    line.setText("Gamma")
    line.editingFinished.emit()
    assert (field.value(), line.text()) == ("b", "Beta")


def test_several_choices_keep_the_order_of_the_list(qtbot: QtBot) -> None:
    field = ChoicesField(OPTIONS, value=("b", "old"))
    qtbot.addWidget(field)
    field._change("a", True)
    assert field.value() == ("a", "b", "old")


def test_tags_by_keyboard(qtbot: QtBot) -> None:
    field = TagsField(("VIP",))
    qtbot.addWidget(field)
    line = focus_proxy(field)
    qtbot.keyClicks(line, "Expo,vip,")
    assert field.value() == ("VIP", "Expo")
    qtbot.keyClick(line, Qt.Key.Key_Backspace)
    assert field.value() == ("VIP",)


def people(text: str) -> list[tuple[int, str, str]]:
    rows = [(1, "张伟", "恒远"), (2, "Wei Zhang", "Hengyuan")]
    return [row for row in rows if text.casefold() in row[1].casefold()]


@OFFSCREEN
def test_a_link_is_found_by_typing(qtbot: QtBot) -> None:
    field = LinkField(people, delay=0)
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    told: list[object] = []
    field.changed.connect(told.append)
    qtbot.keyClicks(field, "wei")
    qtbot.waitUntil(lambda: field._popup.isVisible())
    qtbot.keyClick(field._popup, Qt.Key.Key_Return)
    assert told == [2]
    assert field.title() == "Wei Zhang"


@OFFSCREEN
@pytest.mark.parametrize("ends", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_down_stays_on_the_only_row_found(qtbot: QtBot, ends: Qt.Key) -> None:
    field = LinkField(people, delay=0)
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "wei")
    qtbot.waitUntil(lambda: field._popup.isVisible())
    qtbot.keyClick(field._popup, Qt.Key.Key_Down)
    qtbot.keyClick(field._popup, ends)
    assert (field.value(), field.title()) == (2, "Wei Zhang")


@OFFSCREEN
def test_an_unknown_name_is_offered_to_be_created(qtbot: QtBot) -> None:
    field = LinkField(people, can_create=True, delay=0)
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    wanted: list[str] = []
    field.create_wanted.connect(wanted.append)
    qtbot.keyClicks(field, "Lina")
    qtbot.waitUntil(lambda: field._popup.isVisible())
    assert field._popup.currentIndex().data() == "Create “Lina”"
    qtbot.keyClick(field._popup, Qt.Key.Key_Return)
    assert wanted == ["Lina"]


def test_a_lunar_birthday_shows_its_next_day(qtbot: QtBot) -> None:
    field = BirthdayField(Birthday(10, 23, 1985, lunar=True), today=lambda: TODAY)
    qtbot.addWidget(field)
    assert field._next.text() == "Next: Tue 1 Dec"
    told: list[object] = []
    field.changed.connect(told.append)
    field._leap.click()
    assert told == []  # 1985 had no leap tenth month: the reason is told instead
    field._year.clear()
    field._read()
    assert told == [Birthday(10, 23, lunar=True, leap=True)]


def test_a_birthday_in_the_common_calendar(qtbot: QtBot) -> None:
    field = BirthdayField(today=lambda: TODAY)
    qtbot.addWidget(field)
    assert field.value() is None
    field._month.setCurrentIndex(2)
    field._day.setCurrentIndex(29)
    field._read()
    assert field.value() == Birthday(2, 29)


def test_a_year_of_birth_can_be_typed_short_but_not_wrong(qtbot: QtBot) -> None:
    field = BirthdayField(Birthday(8, 15, 1985), today=lambda: TODAY)
    qtbot.addWidget(field)
    problems: list[str] = []
    field.refused.connect(problems.append)
    for typed, year in (("79", 1979), ("19", 2019), ("198", None), ("2031", None), ("1979", 1979)):
        field._year.setText(typed)
        field._read()
        assert bool(problems[-1]) is (year is None)
        if year is not None:
            assert field.value() == Birthday(8, 15, year)
            assert field._year.text() == str(year)
    assert field._year.text() == "1979"
