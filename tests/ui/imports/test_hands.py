"""The buttons of the import page as they are used: by the mouse, and by keys alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services
from crm_desktop.ui.imports.page import CHECK, DONE, ImportPage
from tests.ui.imports.hands import Press, dated, pick, row_of, select, sheet
from tests.ui.imports.test_page import rest, to_check

pytestmark = [
    pytest.mark.usefixtures("at_the_desk"),
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),  # lists
]


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
