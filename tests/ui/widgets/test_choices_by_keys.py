"""Ticks by the space bar, dots where a choice is too long, a frame around a cell being edited."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMenu,
    QScrollArea,
    QStyle,
    QStyleOption,
    QTableView,
)
from pytestqt.qtbot import QtBot

from crm_desktop.ui.theme.look import apply_look
from crm_desktop.ui.widgets import ChoiceField, ChoicesField, Option
from tests.ui.painted import painted

LONG = "Payment plan › Percent of the total amount of the contract"


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    apply_look(qapp)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_space_bar_ticks_an_entry(qtbot: QtBot) -> None:
    field = ChoicesField([Option("a", "A"), Option("b", "B")])
    qtbot.addWidget(field)
    field.show()
    menu = field.findChildren(QMenu)[0]
    menu.popup(field.mapToGlobal(field.rect().bottomLeft()))
    qtbot.waitUntil(menu.isVisible, timeout=20000)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Space)
    assert field.value() == ("b",)


def test_a_choice_too_long_ends_in_dots(qtbot: QtBot) -> None:
    field = ChoiceField([Option(1, LONG)], value=1, required=True, searchable=True)
    qtbot.addWidget(field)
    field.setFixedWidth(180)
    field.show()
    line = field.lineEdit()
    assert line is not None
    shown = "".join(painted(line)).replace(" ", "")
    assert shown.endswith("…")
    assert LONG.replace(" ", "").startswith(shown[:-1])
    field.setFixedWidth(900)
    assert "".join(painted(line)).replace(" ", "") == LONG.replace(" ", "")


def test_a_cell_being_edited_has_a_frame(qtbot: QtBot) -> None:
    table = QTableView()
    qtbot.addWidget(table)
    table.setModel(QStringListModel(["1381234567"], table))
    table.show()
    table.edit(table.model().index(0, 0))
    assert table.viewport().findChildren(QLineEdit)[0].hasFrame()


def test_the_corner_between_two_scroll_bars_is_bare(qtbot: QtBot) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    picture = QImage(20, 20, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    bare, painter, option = picture.copy(), QPainter(picture), QStyleOption()
    option.initFrom(area)
    option.rect = picture.rect()
    corner = QStyle.PrimitiveElement.PE_PanelScrollAreaCorner
    area.style().drawPrimitive(corner, option, painter, area)
    painter.end()
    assert picture == bare
