"""The filter builder: rows, groups, every type of value, the sentence, the count."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Condition, Group, Op, Query
from crm_desktop.ui.contacts.list_page import ContactsPage
from crm_desktop.ui.language import set_language
from crm_desktop.ui.opportunities.rows import SPEC
from crm_desktop.ui.table.builder import FilterBuilder
from crm_desktop.ui.table.condition_group import ConditionGroup
from crm_desktop.ui.table.condition_row import ConditionRow
from crm_desktop.ui.table.list_page import ListPage
from crm_desktop.ui.table.pane import TablePane
from crm_desktop.ui.widgets import Chip
from crm_desktop.ui.widgets.keyboard import next_in_chain
from tests.ui.table.conftest import Desk, Names

LEFT = Qt.MouseButton.LeftButton


def row_of(group: ConditionGroup, index: int) -> ConditionRow:
    row = group.rows[index]
    assert isinstance(row, ConditionRow)
    return row


def opened(page: ListPage) -> FilterBuilder:
    page.do_filter_builder()
    builder = page.pane.filter._builder
    assert builder is not None
    return builder


def after_pause(desk: Desk, qtbot: Any, builder: FilterBuilder) -> None:
    qtbot.waitUntil(lambda: not builder._timer.isActive())
    desk.settle()


def test_typing_narrows_the_list_and_counts(desk: Desk, names: Names, qtbot: Any) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    builder = opened(page)
    row = row_of(builder.conditions, 0)
    assert row.input is not None
    assert builder.sentence.text() == "Contacts without a filter."
    assert builder.count.text() == "3 of 3"
    qtbot.keyClicks(row.input.parts[0], "z")
    assert builder.sentence.text() == "Contacts where Name contains “z”."
    after_pause(desk, qtbot, builder)
    assert names(page) == ["Wei Zhang"]
    assert builder.count.text() == "1 of 3"
    assert page.pane.filter.texts() == ["Name contains “z”"]
    qtbot.keyClick(row.input.parts[0], Qt.Key.Key_Backspace)
    after_pause(desk, qtbot, builder)
    assert len(names(page)) == 3
    assert builder.isVisible()
    qtbot.keyClick(builder, Qt.Key.Key_Escape)
    assert not builder.isVisible()


def test_all_any_and_groups(desk: Desk, names: Names, qtbot: Any) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    builder = opened(page)
    top = builder.conditions
    row_of(top, 0).choose("name", Op.CONTAINS, "Ada")
    qtbot.mouseClick(top.group_button, LEFT)
    group = top.rows[1]
    assert isinstance(group, ConditionGroup)
    row_of(group, 0).choose("company", Op.FILLED)
    qtbot.mouseClick(group.add_button, LEFT)
    row_of(group, 1).choose("mobile", Op.STARTS, "139")
    assert row_of(group, 1).lead.text() == "or"
    assert builder.sentence.text() == (
        "Contacts where Name contains “Ada” and (Company is filled or Mobile starts with “139”)."
    )
    after_pause(desk, qtbot, builder)
    assert names(page) == ["Ada Byron"]
    top.match.set_current("any")
    top.match.changed.emit("any")
    after_pause(desk, qtbot, builder)
    assert len(names(page)) == 3
    assert page.pane.filter._joint.isVisible()
    qtbot.mouseClick(group.remove, LEFT)
    after_pause(desk, qtbot, builder)
    assert page.pane.query().where.conditions == (Condition("name", Op.CONTAINS, "Ada"),)
    qtbot.mouseClick(builder.clear_button, LEFT)
    builder.dismiss()
    desk.settle()
    assert page.pane.query().where == Group()


def test_what_a_view_holds_is_shown_again(desk: Desk) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    lead = desk.item("lifecycle", "lead")
    where = Group(
        (
            Condition("last_contact", Op.NOT_WITHIN, 30),
            Condition("next_step", Op.WITHIN, -7),
            Condition("last_contact", Op.DURING, "this_month"),
            Group((Condition("lifecycle", Op.ANY_OF, (lead,)), Condition("city", Op.EMPTY)), True),
        )
    )
    page.pane.set_filter(Query(where=where))
    builder = opened(page)
    assert builder.conditions.group() == where
    builder.dismiss()
    desk.settle()
    assert page.pane.query().where == where
    assert page.pane.filter.texts() == [
        "Last contact: not in the last 30 days",
        "Next step: next 7 days",
        "Last contact: this month",
        "Status: Lead or City is empty",
    ]


@pytest.mark.parametrize("several", [True, False])
def test_an_item_that_was_undone_is_named_as_gone_and_another_can_be_chosen(
    desk: Desk, several: bool
) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    lead = desk.item("lifecycle", "lead")
    made = desk.services.lists.add("lifecycle", "Dormant")
    asked: Condition = Condition("lifecycle", Op.IS_NOT, made)
    if several:
        asked = Condition("lifecycle", Op.ANY_OF, (lead, made))
    page.pane.set_filter(Query(where=Group((asked,))))
    assert "Dormant" in page.pane.filter.texts()[0]
    desk.services.history.undo()
    desk.settle()
    page.pane.filter.retranslate()
    (said,) = page.pane.filter.texts()
    assert "an item that is gone" in said
    assert "?" not in page.pane.filter.sentence()
    builder = opened(page)
    row = row_of(builder.conditions, 0)
    assert row.condition() == asked
    assert row.input is not None
    (part,) = row.input.parts
    if several:
        chips = [chip.text() for chip in part.findChildren(Chip)]
        assert chips == ["Lead", "an item that is gone"]
        part.set_value((lead,))
    else:
        assert part.currentText() == "an item that is gone"
        part.set_value(lead)
    part.changed.emit(part.value())
    builder.dismiss()
    desk.settle()
    assert "gone" not in page.pane.filter.texts()[0]


@pytest.mark.parametrize(
    ("key", "op", "value"),
    [
        ("amount", Op.BETWEEN, (Decimal(10), Decimal(200))),
        ("amount", Op.AFTER, Decimal("86.5")),
        ("probability", Op.IS, 40),
        ("expected_close", Op.BEFORE, date(2026, 12, 1)),
        ("expected_close", Op.BETWEEN, (date(2026, 1, 1), date(2026, 12, 31))),
        ("state", Op.ANY_OF, ("open", "won")),
        ("state", Op.IS_NOT, "lost"),
        ("tags", Op.ANY_OF, ("VIP",)),
    ],
)
def test_each_type_has_its_input(desk: Desk, qtbot: Any, key: str, op: Op, value: Any) -> None:
    desk.deals()
    pane = TablePane(desk.context, SPEC)
    qtbot.addWidget(pane)
    pane.resize(900, 600)
    pane.show()
    builder = pane.filter.open_builder()
    row_of(builder.conditions, 0).choose(key, op, value)
    assert row_of(builder.conditions, 0).condition() == Condition(key, op, value)
    builder.dismiss()
    desk.settle()
    assert pane.query().where.conditions == (Condition(key, op, value),)


def test_every_field_and_operator_can_be_asked_or_waits(desk: Desk) -> None:
    from crm_desktop.ui.table.conditions import operators

    desk.fill()
    page = desk.open(ContactsPage)
    builder = opened(page)
    row = row_of(builder.conditions, 0)
    for field in page.pane.fields:
        for op in operators(field):
            row.choose(field.key, op)
            condition = row.condition()
            if condition is not None:
                desk.services.records.count(Kind.PERSON, Query().also(condition))
                assert builder.sentence.text()


def test_a_chip_opens_its_own_row(desk: Desk, qtbot: Any) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    page.pane.set_filter(
        Query().also(Condition("name", Op.CONTAINS, "a"), Condition("city", Op.CONTAINS, "b"))
    )
    desk.settle()
    page.pane.filter._shown[1].clicked.emit()
    builder = page.pane.filter._builder
    assert builder is not None
    inputs = row_of(builder.conditions, 1).input
    assert inputs is not None
    assert builder.window().focusWidget() is inputs.parts[0]
    page.pane.filter.add_button.click()
    again = page.pane.filter._builder
    assert again is not None
    assert len(again.conditions.rows) == 3


def test_a_click_elsewhere_closes_and_keeps(desk: Desk, names: Names, qtbot: Any) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    builder = opened(page)
    row = row_of(builder.conditions, 0)
    assert row.input is not None
    qtbot.keyClicks(row.input.parts[0], "Lina")
    qtbot.mouseClick(page.pane.bottom, LEFT)
    assert not builder.isVisible()
    desk.settle()
    assert names(page) == ["Lina Berg"]


def test_the_calendar_of_a_row_does_not_close_the_builder(desk: Desk, qtbot: Any) -> None:
    desk.fill()
    page = desk.open(ContactsPage)
    builder = opened(page)
    row = row_of(builder.conditions, 0)
    row.choose("last_contact", Op.BEFORE)
    assert row.input is not None
    field = row.input.parts[0]
    field.open_calendar()
    calendar = field._calendar
    press = QMouseEvent(
        QEvent.Type.MouseButtonPress,
        QPoint(3, 3).toPointF(),
        calendar.mapToGlobal(QPoint(3, 3)).toPointF(),
        LEFT,
        LEFT,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(calendar, press)
    assert builder.isVisible()
    calendar.dismiss()
    builder.dismiss()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_fits_its_window_with_many_rows_and_names_everything(
    desk: Desk, qtbot: Any, language: str
) -> None:
    set_language(language)
    page = desk.open(ContactsPage)
    page.resize(816, 560)
    builder = opened(page)
    for _ in range(12):
        builder.conditions.add_condition()
    builder.conditions.add_group()
    QApplication.processEvents()
    assert page.rect().contains(builder.geometry())
    unnamed = [
        widget
        for widget in builder.conditions.focusables()
        if not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert unnamed == []
    visited: list[QWidget] = []
    first = builder.conditions.focusables()[0]
    at: QWidget | None = first
    while at is not None and at not in visited:
        visited.append(at)
        at = next_in_chain(at)
    order = [w for w in visited if w in set(builder.conditions.focusables())]
    assert order == builder.conditions.focusables()


def test_chinese_reads_well(desk: Desk) -> None:
    desk.fill()
    set_language("zh")
    page = desk.open(ContactsPage)
    page.pane.set_filter(
        Query().also(
            Condition("last_contact", Op.NOT_WITHIN, 30),
            Condition("last_contact", Op.DURING, "last_month"),
        )
    )
    builder = opened(page)
    assert builder.sentence.text() == (
        "符合条件的联系人：最近联系：不在最近 30 天内 且 最近联系：上月。"
    )
