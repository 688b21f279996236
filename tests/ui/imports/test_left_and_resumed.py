"""An import is left, taken up again and repeated; what was decided stays, by mouse and by keys."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services
from crm_desktop.services.imports import Existing
from crm_desktop.settings import Settings
from crm_desktop.ui.imports.page import CHECK, COLUMNS, DONE, FILE, ImportPage
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow
from tests.ui.imports.hands import Press, dated, pick, row_of, select, sheet
from tests.ui.imports.test_page import rest, to_check

pytestmark = [
    pytest.mark.usefixtures("at_the_desk"),
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),  # lists
]


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
