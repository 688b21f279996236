"""Helpers in lists: shown, edited in the cell, given to many rows, asked for by filters."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.parts import Helper
from crm_desktop.domain.queries import Condition, Group, Op, Query
from crm_desktop.ui.followups.list_page import ActivitiesPage
from crm_desktop.ui.table.condition_row import ConditionRow
from crm_desktop.ui.table.list_page import ListPage
from crm_desktop.ui.widgets import LinkField, LinksField
from tests.ui.table.conftest import Desk, Names

# Lists that drop down.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def staff(desk: Desk) -> dict[str, int]:
    make = desk.services.records.create
    made = {name: make(Kind.STAFF, {"name": name}) for name in ("Han", "Lin", "Mo")}
    for subject, helper in (("Audit", "Han"), ("Brief", "Lin"), ("Call", "")):
        helpers = (Helper(made[helper]),) if helper else ()
        make(Kind.ACTIVITY, {"subject": subject, "helpers": helpers, "in_charge": made["Mo"]})
    return made


@pytest.fixture
def page(desk: Desk, staff: dict[str, int]) -> ListPage:
    found = desk.open(ActivitiesPage)
    found.pane.set_columns(("subject", "helpers", "in_charge"))
    found.pane.set_filter(Query())
    found.pane.model.set_order((("subject", False),))
    desk.settle()
    found.activateWindow()
    return found


def told(page: ListPage) -> dict[str, str]:
    model = page.pane.model
    return {model.cell(n, 0).text: model.cell(n, 1).text for n in range(model.rowCount())}


def row_of(page: ListPage, subject: str) -> int:
    model = page.pane.model
    return next(n for n in range(model.rowCount()) if model.cell(n, 0).text == subject)


def editor(page: ListPage, subject: str, qtbot: Any) -> LinksField:
    view = page.pane.view
    view.setFocus()
    view.setCurrentIndex(page.pane.model.index(row_of(page, subject), 1))
    view.edit_current()
    found = view.viewport().findChildren(LinksField)[-1]
    assert isinstance(found, LinksField)
    qtbot.waitUntil(found.isVisible, timeout=20_000)
    return found


def test_the_column_shows_them_and_its_cell_edits_them(
    desk: Desk, page: ListPage, staff: dict[str, int], qtbot: Any
) -> None:
    assert told(page) == {"Audit": "Han", "Brief": "Lin", "Call": ""}
    field = editor(page, "Audit", qtbot)
    assert field.titles() == ("Han",)
    field.add(staff["Mo"], "Mo")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: told(page)["Audit"] == "Han, Mo", timeout=20_000)
    desk.settle()
    assert told(page)["Audit"] == "Han, Mo"
    desk.services.history.undo()
    desk.settle()
    assert told(page)["Audit"] == "Han"
    assert not desk.window.told


def test_escape_leaves_the_cell_as_it_was(
    desk: Desk, page: ListPage, staff: dict[str, int], qtbot: Any
) -> None:
    gesture = desk.services.history.undoable()
    field = editor(page, "Brief", qtbot)
    field.add(staff["Mo"], "Mo")
    QTest.keyClick(field.line, Qt.Key.Key_Escape)
    desk.settle()
    assert told(page)["Brief"] == "Lin"
    assert desk.services.history.undoable() == gesture


def test_the_keyboard_going_elsewhere_stores_the_cell(
    desk: Desk, page: ListPage, staff: dict[str, int], qtbot: Any
) -> None:
    field = editor(page, "Brief", qtbot)
    field.add(staff["Mo"], "Mo")
    application = cast(QApplication, QApplication.instance())
    application.focusChanged.emit(field.line, page.pane.filter.box)
    desk.settle()
    assert told(page)["Brief"] == "Lin, Mo"


def test_a_colleague_called_otherwise_is_so_in_lists(
    desk: Desk, page: ListPage, staff: dict[str, int]
) -> None:
    desk.services.records.update(Kind.STAFF, staff["Han"], {"name": "Han Mei"})
    desk.settle()
    assert told(page)["Audit"] == "Han Mei"


def test_a_list_read_anew_puts_the_cell_away(desk: Desk, page: ListPage, qtbot: Any) -> None:
    field = editor(page, "Brief", qtbot)
    page.pane.set_columns(("subject", "helpers"))
    desk.settle()
    assert told(page)["Brief"] == "Lin"
    assert not page.pane.view.viewport().findChildren(LinksField) or field.isHidden()


def test_many_rows_get_one_beside_or_in_the_place_of_those_there(
    desk: Desk, page: ListPage, staff: dict[str, int], qtbot: Any
) -> None:
    view = page.pane.view
    view.selectAll()
    popover = page.pane.acts.edit_field(page.pane.bottom)
    popover.set_field("outcome")
    assert popover.way.isHidden()
    popover.set_field("helpers")
    assert popover.way.isVisible()
    popover.value_input().add(staff["Mo"], "Mo")
    popover.apply.click()
    desk.settle()
    assert told(page) == {"Audit": "Han, Mo", "Brief": "Lin, Mo", "Call": "Mo"}
    desk.services.history.undo()
    desk.settle()
    assert told(page) == {"Audit": "Han", "Brief": "Lin", "Call": ""}
    view.selectAll()
    popover = page.pane.acts.edit_field(page.pane.bottom)
    popover.set_field("helpers")
    popover.value_input().add(staff["Mo"], "Mo")
    popover.way.set_current("replace")
    popover.apply.click()
    desk.settle()
    assert told(page) == {"Audit": "Mo", "Brief": "Mo", "Call": "Mo"}


def condition_input(page: ListPage, key: str, op: Op) -> QWidget:
    """The input of a condition chosen in the builder."""
    page.do_filter_builder()
    builder = page.pane.filter._builder
    assert builder is not None
    row = builder.conditions.rows[0]
    assert isinstance(row, ConditionRow)
    row.choose(key, op)
    assert row.input is not None
    found: QWidget = row.input.parts[0]
    return found


@pytest.mark.parametrize("key", ["helpers", "in_charge"])
def test_one_of_several_is_asked_for(
    desk: Desk, page: ListPage, staff: dict[str, int], names: Names, qtbot: Any, key: str
) -> None:
    # Also who has left can be asked for.
    desk.services.records.update(Kind.STAFF, staff["Lin"], {"active_to": date(2026, 5, 1)})
    field = condition_input(page, key, Op.ANY_OF)
    assert isinstance(field, LinksField)
    assert [title for _, title, _ in field._free("lin")] == ["Lin"]
    for title in ("Lin", "Han"):
        field.add(staff[title], title)
    assert field._free("lin") == []
    expected = ["Audit", "Brief"] if key == "helpers" else []
    qtbot.waitUntil(lambda: sorted(names(page)) == expected, timeout=20_000)
    desk.settle()
    name = "Helpers" if key == "helpers" else "Person in charge"
    assert page.pane.filter.texts() == [f"{name}: Lin, Han"]


def test_a_condition_on_a_record_says_whose_it_is_when_it_is_looked_at_again(
    desk: Desk, page: ListPage, staff: dict[str, int], names: Names, qtbot: Any
) -> None:
    mine = Group(
        (
            Condition("helpers", Op.IS, staff["Lin"]),
            Condition("helpers", Op.ANY_OF, (staff["Han"], staff["Mo"])),
        ),
        True,
    )
    page.pane.set_filter(Query(where=mine))
    desk.settle()
    assert sorted(names(page)) == ["Audit", "Brief"]
    page.do_filter_builder()
    builder = page.pane.filter._builder
    assert builder is not None
    inputs = [row.input.parts[0] for row in builder.conditions.rows if row.input is not None]
    assert isinstance(inputs[0], LinkField)
    assert inputs[0].text() == "Lin"
    assert inputs[1].titles() == ("Han", "Mo")
    assert builder.conditions.group() == mine
    builder.dismiss()
    assert QApplication.activePopupWidget() is None
