"""Lines that lead somewhere, figures, and tiles that follow the width."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from crm_desktop.ui.widgets.lines import Clickable, FigureButton, LineButton, TextLink
from crm_desktop.ui.widgets.tiles import Tiles


def test_lines_answer_the_mouse_and_the_keys(dressed: QApplication, qtbot: Any) -> None:
    made: list[Clickable] = [
        LineButton("Wei Zhang", avatar="Wei Zhang", more="turns 41", chip="Today", strong=True),
        LineButton("No next step", icon_name="triangle-alert", struck=True),
        FigureButton("Won", "¥36k", "was ¥0"),
        TextLink("2 overdue", strong=True),
    ]
    names = ["Wei Zhang, turns 41, Today", "No next step", "Won: ¥36k, was ¥0", "2 overdue"]
    for button, name in zip(made, names, strict=True):
        qtbot.addWidget(button)
        clicked: list[bool] = []
        button.clicked.connect(lambda _checked, clicked=clicked: clicked.append(True))
        button.resize(240, 60)
        button.show()
        assert button.accessibleName() == name
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        QTest.keyClick(button, Qt.Key.Key_Return)
        QTest.keyClick(button, Qt.Key.Key_Space)
        assert len(clicked) == 3
        assert not button.grab().toImage().isNull()


def test_tiles_stand_evenly(dressed: QApplication, qtbot: Any) -> None:
    tiles = Tiles(100, gap=10)
    qtbot.addWidget(tiles)
    tiles.set_tiles([QWidget() for _ in range(5)])
    for width, columns in ((600, 5), (450, 3), (230, 2), (60, 1)):
        tiles.resize(width, 200)
        tiles.show()
        assert tiles.columns() == columns
    tiles.set_tiles([QWidget()])
    assert len(tiles.tiles()) == 1


def test_tiles_give_way_where_the_pane_becomes_narrow(dressed: QApplication, qtbot: Any) -> None:
    pane = QScrollArea(widgetResizable=True)
    qtbot.addWidget(pane)
    tiles = Tiles(200, gap=10)
    each = [QWidget() for _ in range(3)]
    for tile in each:
        tile.setMinimumWidth(200)
    tiles.set_tiles(each)
    pane.setWidget(tiles)
    pane.show()
    for width, columns in ((700, 3), (450, 2), (300, 1), (700, 3)):
        pane.resize(width, 300)
        qtbot.waitUntil(lambda columns=columns: tiles.columns() == columns)
        assert pane.horizontalScrollBar().maximum() == 0
