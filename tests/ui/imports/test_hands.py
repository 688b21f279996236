"""The buttons of the import page as they are used: by the mouse, and by keys alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services
from crm_desktop.services.imports import Existing
from crm_desktop.settings import Settings
from crm_desktop.ui.imports.column_row import ColumnRow
from crm_desktop.ui.imports.lines import TEXT
from crm_desktop.ui.imports.page import CHECK, COLUMNS, DONE, FILE, ImportPage
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow
from crm_desktop.ui.widgets import ChoiceField
from tests.ui.imports.test_page import rest, to_check

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # lists

Press = Callable[[QAbstractButton], None]


@pytest.fixture(autouse=True)
def at_the_desk(opened: MainWindow, qtbot: Any) -> None:
    opened.resize(1280, 800)
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow, timeout=20000)


@pytest.fixture(params=["mouse", "keys"])
def press(request: pytest.FixtureRequest, qtbot: Any) -> Press:
    """Presses a button in sight: clicks it, or goes there with Tab and presses the space bar."""

    def click(button: QAbstractButton) -> None:
        assert button.isVisible()
        assert button.isEnabled(), button.text()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def keys(button: QAbstractButton) -> None:
        assert button.isEnabled(), button.text()
        for _ in range(200):
            focus = QApplication.focusWidget()
            assert focus is not None
            if focus is button:
                QTest.keyClick(button, Qt.Key.Key_Space)
                return
            QTest.keyClick(focus, Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to {button.text()}")

    return click if request.param == "mouse" else keys


def sheet(path: Path, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> Path:
    book = openpyxl.Workbook()
    table = book.active
    assert table is not None
    for row in (header, *rows):
        table.append(list(row))
    book.save(path)
    return path


def row_of(page: ImportPage, header: str) -> ColumnRow:
    return next(row for row in page.columns_step.rows if row.column.header == header)


def pick(field: ChoiceField, value: Any) -> None:
    """An entry of a list that drops down, by keys."""
    field.setFocus(Qt.FocusReason.TabFocusReason)
    wanted = next(i for i, option in enumerate(field._options) if option.value == value)
    while field.currentIndex() != wanted:
        down = field.currentIndex() < wanted
        QTest.keyClick(field, Qt.Key.Key_Down if down else Qt.Key.Key_Up)


def select(page: ImportPage, row: int) -> None:
    """A click on the line of a row."""
    table, model = page.check_step.table, page.check_step.model
    at = next(i for i, line in enumerate(model.lines) if line.row == row)
    spot = table.visualRect(model.index(at, TEXT)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def lines_with(page: ImportPage, code: str) -> list[int]:
    problems = (line for line in page.check_step.model.lines if line.problem is not None)
    return [line.row for line in problems if line.problem and line.problem.code == code]


def tickets(tmp_path: Path, services: Services) -> Path:
    """Tickets about a product nearly called so, and about one that is nowhere."""
    services.records.create(Kind.PRODUCT, {"name": "GTX Pro"})
    header = ("工单主题", "客户", "服务产品")
    rows = [(f"故障{n}", "甲公司", "GTXPro" if n < 3 else "汽轮机") for n in range(5)]
    return sheet(tmp_path / "工单.xlsx", header, rows)


def products_of(services: Services) -> list[str | None]:
    ids = sorted(services.records.ids(Kind.TICKET))
    rows = services.records.rows(Kind.TICKET, ids, ["product"])
    return [row.values[0].title if row.values[0] is not None else None for row in rows]


def test_the_nearest_record_is_taken_for_all_alike(
    page: ImportPage, services: Services, tmp_path: Path, press: Press, qtbot: Any
) -> None:
    to_check(page, tickets(tmp_path, services), qtbot)
    step = page.check_step
    assert lines_with(page, "import.no_such_near") == [2, 3, 4]
    select(page, 2)
    assert step.near.text() == "Use “GTX Pro” for all such rows"
    press(step.near)
    rest(page, qtbot)
    assert lines_with(page, "import.no_such_near") == []
    press(page.next)
    rest(page, qtbot)
    assert page.step == DONE
    assert products_of(services) == ["GTX Pro"] * 3 + [None] * 2


def test_a_missing_record_is_made_for_all_alike(
    page: ImportPage, services: Services, tmp_path: Path, press: Press, qtbot: Any
) -> None:
    to_check(page, tickets(tmp_path, services), qtbot)
    step = page.check_step
    missing = lines_with(page, "import.no_such")
    assert missing == [5, 6]
    select(page, 5)
    assert step.make.text() == "Create “汽轮机” for all such rows"
    press(step.make)
    rest(page, qtbot)
    assert lines_with(page, "import.no_such") == []
    press(page.next)
    rest(page, qtbot)
    assert products_of(services) == [None] * 3 + ["汽轮机"] * 2


def test_all_alike_are_selected_and_mended_at_once(
    page: ImportPage, services: Services, tmp_path: Path, press: Press, qtbot: Any
) -> None:
    rows = [(f"公司{n}", f"人{n}", "大概八月" if n < 3 else f"1985-08-1{n}") for n in range(5)]
    to_check(page, sheet(tmp_path / "名单.xlsx", ("公司", "联系人", "生日"), rows), qtbot)
    step = page.check_step
    assert step.counts["note"] == 3
    select(page, 2)
    assert step.alike.text() == "Select all 3 alike"
    press(step.alike)
    assert step.table.hasFocus()
    assert len(step._selected()) == 3
    press(step.edit)
    editor = QApplication.focusWidget()
    assert editor is not None
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor, "1985-08-15")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: step.counts["note"] == 0, timeout=20000)
    assert page.draft is not None
    assert set(page.draft.wishes.fixes.values()) == {"1985-08-15"}


def test_rows_are_left_out_and_taken_back(
    page: ImportPage, make_book: Callable[..., Path], press: Press, qtbot: Any
) -> None:
    to_check(page, make_book(), qtbot)
    step = page.check_step
    press(step.leave)
    rest(page, qtbot)
    assert step.counts["out"] == 1
    press(step.filters["out"])
    press(step.take_back)
    rest(page, qtbot)
    assert step.counts["out"] == 0


def dated(tmp_path: Path) -> Path:
    """Nothing says whether 03/04 is in March or in April."""
    rows = [(f"公司{n}", f"人{n}", f"0{n + 1}/0{n + 3}/1985") for n in range(4)]
    return sheet(tmp_path / "生日.xlsx", ("公司", "联系人", "生日"), rows)


def test_an_open_order_of_dates_is_asked_for(
    page: ImportPage, services: Services, tmp_path: Path, press: Press, qtbot: Any
) -> None:
    page.open_file(dated(tmp_path))
    rest(page, qtbot)
    press(page.next)
    row = row_of(page, "生日")
    assert row.state.text() == "Look"
    assert row.order.currentText() == "Which comes first?"
    assert row.order.hasFocus()  # the keyboard goes to what is to be looked at
    pick(row.order, "dmy")
    assert row.state.text() == "Sure"
    press(page.next)
    rest(page, qtbot)
    assert page.step == CHECK
    assert page.check_step.counts["note"] == 0


def test_an_open_order_is_said_for_the_whole_column_in_the_check(
    page: ImportPage, services: Services, tmp_path: Path, press: Press, qtbot: Any
) -> None:
    to_check(page, dated(tmp_path), qtbot)
    step = page.check_step
    assert len(lines_with(page, "dates.ambiguous")) == 4
    press(step.orders["mdy"])
    rest(page, qtbot)
    assert step.counts["note"] == 0
    press(page.next)
    rest(page, qtbot)
    people = services.records.ids(Kind.PERSON)
    days = {(row.values[0].month, row.values[0].day)
            for row in services.records.rows(Kind.PERSON, people, ["birthday"])}  # fmt: skip
    assert days == {(1, 3), (2, 4), (3, 5), (4, 6)}


def test_one_goes_back_and_forth_and_starts_over(
    page: ImportPage, make_book: Callable[..., Path], press: Press, qtbot: Any
) -> None:
    to_check(page, make_book(), qtbot)
    press(page.back)
    assert page.step == COLUMNS
    press(page.back)
    assert page.step == FILE
    for step in (COLUMNS, CHECK, DONE):
        press(page.next)
        rest(page, qtbot)
        assert page.step == step
    press(page.done_step.undo)
    rest(page, qtbot)
    assert page.done_step.undone
    press(page.done_step.again)
    assert page.step == FILE
    assert page.draft is None


def test_the_words_of_a_list_are_told_and_changed_beside_the_column(
    page: ImportPage, services: Services, tmp_path: Path, press: Press, qtbot: Any
) -> None:
    rows = [(f"公司{n}", f"人{n}", ("A", "B", "特级")[n % 3]) for n in range(6)]
    page.open_file(sheet(tmp_path / "名单.xlsx", ("公司", "联系人", "等级"), rows))
    rest(page, qtbot)
    press(page.next)
    rest(page, qtbot)
    row = row_of(page, "等级")
    assert row.words.text() == "A → A, B → B, 特级 → new"
    assert row.words.chip() == "1 new"
    press(row.words)
    panel = page.columns_step.details
    assert panel is not None
    qtbot.waitUntil(lambda: "特级" in panel.words, timeout=20000)
    pick(panel.words["特级"], "A")
    panel.dismiss()
    rest(page, qtbot)
    assert row.words.text() == "A → A, B → B, 特级 → A"
    assert row.words.chip() == ""
    press(page.next)
    rest(page, qtbot)
    press(page.next)
    rest(page, qtbot)
    assert page.result is not None
    assert not page.result.new_items


def test_keys_and_policies_are_chosen_and_kept_for_the_next_file(
    opened: MainWindow,
    page: ImportPage,
    services: Services,
    tmp_path: Path,
    press: Press,
    qtbot: Any,
) -> None:
    header = ("公司", "联系人", "手机", "职务")
    first = sheet(tmp_path / "一.xlsx", header, [("甲", "张伟", "13800000001", "经理")])
    to_check(page, first, qtbot)
    press(page.next)
    rest(page, qtbot)
    # The same mobile, another title and another name: known by the mobile, never overwritten
    second = sheet(tmp_path / "二.xlsx", header, [("甲", "张大伟", "13800000001", "总监")])
    page.open_file(second)
    rest(page, qtbot)
    press(page.next)
    bar = page.columns_step.bar
    pick(bar.existing, Existing.OVERWRITE)
    bar.match._offer()  # as its button does
    next(one for one in bar.match._menu.actions() if one.text() == "Mobile").trigger()
    row = row_of(page, "职务")
    press(row.more)
    panel = page.columns_step.details
    assert panel is not None
    pick(panel.policy, "fill")
    panel.dismiss()
    assert row.said.text() == "Never overwrite, only fill in"
    press(page.next)
    rest(page, qtbot)
    press(page.next)
    rest(page, qtbot)
    (person,) = services.records.ids(Kind.PERSON)
    values = services.records.card(Kind.PERSON, person).values
    assert (values["name"], values["title"]) == ("张大伟", "经理")
    # The next file with these headers comes with all of it
    third = sheet(tmp_path / "三.xlsx", header, [("甲", "张小伟", "13800000001", "总裁")])
    page.open_file(third)
    rest(page, qtbot)
    press(page.next)
    assert page.columns_step.last_time.isVisible()
    assert bar.existing.value() is Existing.OVERWRITE
    assert bar.match.value() == ("mobile",)
    assert row_of(page, "职务").said.text() == "Never overwrite, only fill in"


def test_an_import_is_left_and_taken_up_again(
    opened: MainWindow, page: ImportPage, tmp_path: Path, press: Press, qtbot: Any
) -> None:
    page.open_file(dated(tmp_path))
    rest(page, qtbot)
    press(page.next)
    pick(row_of(page, "生日").order, "mdy")
    opened.navigator.go(Place("contacts"))
    rest(page, qtbot)
    opened.navigator.go(Place("import"))
    rest(page, qtbot)
    assert opened.area.page is page
    assert page.step == COLUMNS
    assert row_of(page, "生日").order.value() == "mdy"
    press(page.next)
    rest(page, qtbot)
    opened.navigator.go(Place("today"))
    rest(page, qtbot)
    opened.navigator.go(Place("import"))
    rest(page, qtbot)
    assert page.step == CHECK
    press(page.next)
    rest(page, qtbot)
    assert page.step == DONE


def restarted(
    page: ImportPage, make_window: Callable[..., MainWindow], services: Services, qtbot: Any
) -> ImportPage:
    """The page of the next start of the program, at the step that was reached."""
    state = page.context.state
    page.window().close()
    window = make_window(state, Settings(language="en", theme="light"))
    window.book_opened(services, services.clock, start=Place("import"))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=20000)
    found = window.area.page
    assert isinstance(found, ImportPage)
    qtbot.waitUntil(lambda: found.draft is not None, timeout=20000)
    rest(found, qtbot)
    return found


@pytest.mark.parametrize("changed", [False, True])
def test_what_was_said_of_single_rows_outlives_a_restart(
    page: ImportPage,
    services: Services,
    make_window: Callable[..., MainWindow],
    make_book: Callable[..., Path],
    changed: bool,
    qtbot: Any,
) -> None:
    path = make_book()
    to_check(page, path, qtbot)
    step = page.check_step
    QTest.keyClick(step.table, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor is not None
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor, "wang@example.com")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: step.counts["note"] == 0, timeout=20000)
    step.show_group("all")
    select(page, 4)
    QTest.keyClick(step.table, Qt.Key.Key_Delete)
    rest(page, qtbot)
    assert step.counts == {"ready": 2, "out": 1}
    if changed:  # another row by now
        os.utime(path, (1, 1))
    again = restarted(page, make_window, services, qtbot)
    assert again.step == COLUMNS
    QTest.mouseClick(again.next, Qt.MouseButton.LeftButton)
    rest(again, qtbot)
    assert again.draft is not None
    assert bool(again.draft.wishes.fixes) is not changed
    expected = {"ready": 2, "note": 1} if changed else {"ready": 2, "out": 1}
    assert again.check_step.counts == expected


def test_a_layout_is_saved_used_and_removed(
    page: ImportPage, services: Services, tmp_path: Path, press: Press, qtbot: Any
) -> None:
    header, rows = ("公司", "联系人", "手机"), [("甲", "张伟", "13800000001")]
    page.open_file(sheet(tmp_path / "一.xlsx", header, rows))
    rest(page, qtbot)
    press(page.next)
    step, mappings = page.columns_step, services.imports.mappings
    pick(row_of(page, "手机").target, "person.phone")
    press(step.bar.layouts)
    panel = step.layouts
    assert panel is not None
    panel.line.setFocus()
    QTest.keyClicks(panel.line, "fair")
    QTest.keyClick(panel.line, Qt.Key.Key_Return)
    rest(page, qtbot)
    assert mappings.layouts("people") == ("fair",)
    page.open_file(sheet(tmp_path / "二.xlsx", header, rows))
    rest(page, qtbot)
    press(page.next)
    assert row_of(page, "手机").target.value() == "person.mobile"
    press(step.bar.layouts)
    panel = step.layouts
    assert panel is not None
    press(panel.buttons["fair"])
    rest(page, qtbot)
    assert row_of(page, "手机").target.value() == "person.phone"
    press(step.bar.layouts)
    panel = step.layouts
    assert panel is not None
    press(panel.bins["fair"])
    rest(page, qtbot)
    assert mappings.layouts() == ()
