"""The inputs in the cells of a line, by themselves."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm_desktop.domain.clock import Clock
from crm_desktop.ui.papers.line_cells import FigureCell, ItemCell
from crm_desktop.ui.papers.line_shape import figure_font
from crm_desktop.ui.theme import theme


def test_an_empty_item_shows_nothing_beside_its_words(dressed: QApplication, qtbot: QtBot) -> None:
    cell = ItemCell(lambda _text: [], name="Item")
    qtbot.addWidget(cell)
    cell.resize(160, 28)
    theme().changed.emit()
    picture = cell.grab().toImage()
    colours = {picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())}
    assert len(colours) == 1


@pytest.mark.parametrize("width", [80, 107, 300])
def test_no_figure_of_an_amount_is_cut(dressed: QApplication, width: int) -> None:
    figure = "9,876,543,210.00"
    font = figure_font(figure, width)
    assert QFontMetrics(font).horizontalAdvance(figure) <= width
    usual = theme().font("number").pixelSize()
    assert (font.pixelSize() == usual) == (width > 80)


def test_a_long_price_is_seen_whole(dressed: QApplication, qtbot: QtBot) -> None:
    cell = FigureCell("price", Clock("UTC"), name="Price")
    qtbot.addWidget(cell)
    cell.resize(90, 30)
    cell.show()
    cell.set_value(Decimal(28800))
    usual = cell.fontInfo().pixelSize()
    cell.set_value(Decimal("11111111111"))
    assert cell.fontInfo().pixelSize() < usual
    assert cell.fontMetrics().horizontalAdvance(cell.text()) <= cell.width()
    cell.set_value(Decimal(28800))
    assert cell.fontInfo().pixelSize() == usual
