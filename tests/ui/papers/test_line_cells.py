"""The inputs in the cells of a line, by themselves."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm_desktop.ui.papers.line_cells import ItemCell
from crm_desktop.ui.theme import theme


def test_an_empty_item_shows_nothing_beside_its_words(dressed: QApplication, qtbot: QtBot) -> None:
    cell = ItemCell(lambda _text: [], name="Item")
    qtbot.addWidget(cell)
    cell.resize(160, 28)
    theme().changed.emit()
    picture = cell.grab().toImage()
    colours = {picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())}
    assert len(colours) == 1
