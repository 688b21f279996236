"""Products on the page of an opportunity and yearly demand of a company, by keyboard."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.parts import Demand
from crm_desktop.ui.record.panel import LinkRow
from crm_desktop.ui.record.part_rows import PartRow, PartsField
from crm_desktop.ui.record.products_card import ProductsCard
from crm_desktop.ui.widgets import IconButton
from tests.ui.record.conftest import Desk, compose

# Lists that drop down.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def card_of(desk: Desk) -> ProductsCard:
    page = desk.open("opportunity", desk.opportunity)
    card: ProductsCard = page.products
    return card


def stored(desk: Desk) -> list[tuple[str, Decimal | None, Decimal | None]]:
    parts = desk.value(Kind.OPPORTUNITY, desk.opportunity, "products")
    return [(one.what.title, one.quantity, one.price) for one in parts]


def type_product(desk: Desk, card: ProductsCard, text: str) -> None:
    """Type into the line at the end and take what is offered first."""
    line = card.open_line
    line.setFocus()
    compose(line, text)
    desk.qtbot.waitUntil(line._popup.isVisible)
    desk.qtbot.keyClick(line, Qt.Key.Key_Return)
    # Without a desktop the list that dropped down stays the active window.
    desk.window.activateWindow()
    desk.qtbot.waitUntil(desk.window.isActiveWindow)
    desk.settle()


def press(desk: Desk, widget: QWidget, key: Qt.Key) -> None:
    desk.qtbot.keyClick(widget, key)
    desk.settle()


def retype(desk: Desk, line: Any, text: str) -> None:
    line.setFocus()
    line.selectAll()
    compose(line, text)


def test_product_quantity_next_product_without_the_mouse(desk: Desk) -> None:
    card = card_of(desk)
    type_product(desk, card, "套件")
    assert stored(desk) == [("数控套件", Decimal(1), Decimal(28800))]
    row = card.edited
    assert isinstance(row, PartRow)
    assert desk.window.focusWidget() is row.inputs["quantity"]
    retype(desk, row.inputs["quantity"], "3")
    press(desk, row.inputs["quantity"], Qt.Key.Key_Return)
    assert stored(desk) == [("数控套件", Decimal(3), Decimal(28800))]
    assert card.edited is None
    assert desk.window.focusWidget() is card.open_line
    type_product(desk, card, "测试台")  # not there yet: made
    assert [name for name, *_ in stored(desk)] == ["数控套件", "测试台"]
    assert desk.services.records.count(Kind.PRODUCT) == 2
    assert card.header.isVisible()
    desk.services.history.undo()
    desk.services.history.undo()
    desk.settle()
    press(desk, desk.window.focusWidget() or card, Qt.Key.Key_Escape)
    assert [(type(each), len(card.rows)) for each in card.rows] == [(LinkRow, 1)]
    assert stored(desk) == [("数控套件", Decimal(1), Decimal(28800))]


def test_the_sum_is_offered_as_the_amount(desk: Desk) -> None:
    card = card_of(desk)
    assert not card.sum.isVisible()
    type_product(desk, card, "套件")
    assert desk.value(Kind.OPPORTUNITY, desk.opportunity, "amount") == Decimal(86400)  # the user's
    assert card.sum.isVisible()
    assert "28,800" in card.sum.text()
    assert card.use_sum.isVisible()
    card.use_sum.click()
    desk.settle()
    assert desk.value(Kind.OPPORTUNITY, desk.opportunity, "amount") == Decimal(28800)
    assert not card.use_sum.isVisible()


def test_escape_leaves_a_product_as_it_was_and_the_cross_takes_it_out(desk: Desk) -> None:
    card = card_of(desk)
    type_product(desk, card, "套件")
    assert card.edited is not None
    retype(desk, card.edited.inputs["price"], "1")
    press(desk, card.edited.inputs["price"], Qt.Key.Key_Escape)
    assert card.edited is None
    assert stored(desk) == [("数控套件", Decimal(1), Decimal(28800))]
    pencil, cross = card.rows[0].findChildren(IconButton)
    assert "数控套件" in pencil.accessibleName()
    pencil.click()
    row = card.edited
    assert row is not None
    retype(desk, row.inputs["price"], "nothing")
    press(desk, row.inputs["price"], Qt.Key.Key_Return)
    assert card.edited is row  # the sentence says why
    assert card._problem.isVisible()
    retype(desk, row.inputs["price"], "25000")
    desk.open("company", desk.company)  # going away stores what can be read
    card = card_of(desk)
    assert stored(desk) == [("数控套件", Decimal(1), Decimal(25000))]
    _, cross = card.rows[0].findChildren(IconButton)
    cross.click()
    desk.settle()
    assert stored(desk) == []
    assert not card.rows


def test_what_changes_elsewhere_comes_in_but_not_under_the_hands(desk: Desk) -> None:
    card = card_of(desk)
    type_product(desk, card, "套件")
    row = card.edited
    assert row is not None
    retype(desk, row.inputs["quantity"], "7")
    desk.services.records.update(Kind.OPPORTUNITY, desk.opportunity, {"title": "改了"})
    desk.settle()
    assert card.edited is row
    assert row.inputs["quantity"].text() == "7"
    press(desk, row.inputs["quantity"], Qt.Key.Key_Return)
    assert stored(desk) == [("数控套件", Decimal(7), Decimal(28800))]


def test_yearly_demand_is_edited_among_the_facts(desk: Desk) -> None:
    group = desk.services.lists.add("product_category", "轴承")
    page = desk.open("company", desk.company)
    page.facts.edit("demand")
    desk.settle()
    row = page.facts.rows["demand"]
    field = row._editor.inner
    assert isinstance(field, PartsField)
    (first,) = field.rows
    first.inputs["what"].set_value(group)
    retype(desk, first.inputs["amount"], "1200")
    retype(desk, first.inputs["unit"], "吨")
    retype(desk, first.inputs["year"], "2026")
    press(desk, first.inputs["year"], Qt.Key.Key_Return)
    expected = (Demand(group, Decimal(1200), "吨", 2026),)
    assert desk.value(Kind.COMPANY, desk.company, "demand") == expected
    assert "轴承" in row.line.text()
    assert "1,200 吨" in row.line.text()
    page.facts.edit("demand")
    field = row._editor.inner
    field.rows[0].inputs["what"].set_value(None)
    retype(desk, field.rows[0].inputs["amount"], "x")
    page.note.text.setFocus()  # cannot be read: it stays and says so
    desk.settle()
    assert row.is_editing
    press(desk, field.rows[0].inputs["amount"], Qt.Key.Key_Escape)
    assert not row.is_editing
    assert desk.value(Kind.COMPANY, desk.company, "demand") == expected
