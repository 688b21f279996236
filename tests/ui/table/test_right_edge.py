"""Rows reach the right edge of a list; numbers are not cut there, nor at the left one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtGui import QColor

from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.products.list_page import ProductsPage
from crm_desktop.ui.theme import tokens
from tests.ui.painted import painted
from tests.ui.table.conftest import Desk


def test_selection_and_line_go_on_beyond_the_last_column(desk: Desk, qtbot: Any) -> None:
    desk.services.records.create(Kind.PRODUCT, {"name": "Pump"})
    page = desk.open(ProductsPage)
    page.resize(1900, 700)
    desk.settle()
    view = page.pane.view
    qtbot.waitUntil(lambda: view.model().rowCount() == 1, timeout=20_000)
    view.selectRow(0)
    desk.settle()
    assert [index.row() for index in view.selectionModel().selectedRows()] == [0]
    assert view.horizontalHeader().length() < view.viewport().width()
    image = view.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    x = int((view.viewport().width() - 4) * ratio)
    height = view.rowHeight(0)
    assert image.pixelColor(x, int(height / 2 * ratio)) == QColor(tokens().selection)
    assert image.pixelColor(x, int((height - 1) * ratio)) == QColor(tokens().border)


def test_a_number_cut_at_an_edge_never_reads_as_a_shorter_one(desk: Desk, qtbot: Any) -> None:
    desk.services.records.create(Kind.PRODUCT, {"name": "Pump", "price": Decimal("1234567.89")})
    page = desk.open(ProductsPage)
    view = page.pane.view
    qtbot.waitUntil(lambda: view.model().rowCount() == 1, timeout=20_000)
    page.pane.set_columns(("name", "price", "spec"))
    desk.settle()
    for column, width in enumerate((1500, 200, 1500)):
        view.head.resizeSection(column, width)
    desk.settle()
    bar, room = view.horizontalScrollBar(), view.viewport().width()
    for side in ("right", "left"):
        hidden = 0
        for seen in range(200, 0, -7):
            # So much of the column is seen, at the one edge or at the other.
            bar.setValue(1500 + seen - room if side == "right" else 1700 - seen)
            drawn = "".join(painted(view.viewport())).removeprefix("Pump")
            assert drawn in ("¥1,234,567.89", "") or drawn.endswith("…"), (side, seen)
            hidden += drawn != "¥1,234,567.89"
        assert hidden > 5, side
