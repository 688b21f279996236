"""The discount of a line: one cell for percentages and amounts."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt

from tests.ui.papers.conftest import Desk, type_line

Key = Qt.Key


def test_a_line_discount_is_a_percentage_or_an_amount(desk: Desk) -> None:
    quote = desk.services.quotes.create({"company": desk.company})
    page = desk.open_quote(quote)
    page.lines.focus_new()
    type_line(desk, "A", "1", "", "1000", "¥80", "")
    type_line(desk, "B", "1", "", "1000", "8", "")
    type_line(desk, "C", "1", "", "1000", "150", "")
    desk.rest()
    lines = desk.services.quotes.card(quote).lines
    assert [(line.discount_percent, line.discount_amount, line.amount) for line in lines] == [
        (None, Decimal(80), Decimal(920)),
        (Decimal(8), None, Decimal(920)),
        (None, Decimal(150), Decimal(850)),
    ]
    cells = [row.cells["discount_percent"] for row in page.lines.rows]
    assert [cell.text() for cell in cells] == ["¥80", "8%", "¥150"]
    for cell, text in zip(cells, ("", "¥20", "5%"), strict=True):
        cell.setFocus()
        cell.selectAll()
        desk.say(text) if text else desk.press(Key.Key_Delete)
        desk.press(Key.Key_Enter)
    desk.rest()
    lines = desk.services.quotes.card(quote).lines
    assert [(line.discount_percent, line.discount_amount) for line in lines] == [
        (None, None),
        (None, Decimal(20)),
        (Decimal(5), None),
    ]
