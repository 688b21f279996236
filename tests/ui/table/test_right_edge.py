"""Rows reach the right edge of a list that is wider than its columns."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QColor

from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.products.list_page import ProductsPage
from crm_desktop.ui.theme import tokens
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
