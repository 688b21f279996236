"""The theme in force: palette, fonts, icons and the drawn controls."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from crm_desktop import paths
from crm_desktop.ui.theme import icon, pixmap, theme
from crm_desktop.ui.theme.fonts import families
from crm_desktop.ui.theme.look import apply_look
from crm_desktop.ui.theme.theme import palette
from crm_desktop.ui.theme.tokens import CHIP_COLOURS, DARK, LIGHT, ROW_HEIGHT_COMPACT, contrast
from crm_desktop.ui.widgets import colour_dot


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    apply_look(qapp, "light")
    yield
    apply_look(qapp, "light")


def test_every_role_of_the_palette_is_set() -> None:
    made = palette(DARK)
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Disabled):
        for role in QPalette.ColorRole:
            if role not in (QPalette.ColorRole.NColorRoles, QPalette.ColorRole.NoRole):
                assert made.isBrushSet(group, role), (group, role)


@pytest.mark.parametrize(("name", "look"), [("light", LIGHT), ("dark", DARK)])
def test_what_empties_a_line_is_a_cross_of_ours(qapp: QApplication, name: str, look: Any) -> None:
    apply_look(qapp, name)
    line = QLineEdit()
    line.setClearButtonEnabled(True)
    (button,) = line.findChildren(QToolButton)
    drawn = button.icon().pixmap(QSize(64, 64)).toImage()
    seen = [drawn.pixelColor(x, y) for x in range(64) for y in range(64)]
    strong = {colour.name() for colour in seen if colour.alpha() > 250}
    assert strong == {QColor(look.muted).name()}
    assert drawn.pixelColor(32, 4).alpha() == 0  # no disc around it


def test_a_change_is_told_once_and_dresses_everything(qapp: QApplication, qtbot: QtBot) -> None:
    told: list[None] = []
    theme().changed.connect(lambda: told.append(None))
    apply_look(qapp, "dark", percent=150)
    assert len(told) == 1
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    assert qapp.font().pixelSize() == 20
    assert theme().px(32) == 48


def test_no_such_look(qapp: QApplication) -> None:
    with pytest.raises(ValueError, match="no such look"):
        apply_look(qapp, "pink")


def test_an_icon_follows_the_theme(qapp: QApplication) -> None:
    phone = icon("phone")
    before = phone.pixmap(QSize(16, 16)).toImage()
    apply_look(qapp, "dark")
    after = phone.pixmap(QSize(16, 16)).toImage()
    assert before != after
    disabled = phone.pixmap(QSize(16, 16), QIcon.Mode.Disabled).toImage()
    assert disabled != after


def test_an_icon_is_sharp_on_a_fine_screen() -> None:
    assert pixmap("phone", size=16, ratio=2.0).width() == 32
    assert icon("phone").pixmap(QSize(16, 16), 2.0).width() == 32


def test_an_unknown_icon_is_our_bug() -> None:
    with pytest.raises(KeyError):
        icon("unicorn")


def test_rows_of_a_list_are_as_high_as_those_of_tables(qtbot: QtBot) -> None:
    rows = QListWidget()
    qtbot.addWidget(rows)
    rows.addItem("Favourite tea")
    ticked = QListWidgetItem("Birthday")
    ticked.setCheckState(Qt.CheckState.Checked)
    rows.addItem(ticked)
    own = QListWidgetItem("Two lines")
    own.setSizeHint(QSize(0, 60))
    rows.addItem(own)
    heights = [rows.sizeHintForRow(row) for row in range(3)]
    assert heights == [theme().px(ROW_HEIGHT_COMPACT)] * 2 + [60]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("colour", CHIP_COLOURS)
def test_a_dot_keeps_its_colour_in_a_selected_row(
    qapp: QApplication, mode: str, colour: str
) -> None:
    apply_look(qapp, mode)
    dot = colour_dot(colour)
    seen = {
        each: dot.pixmap(QSize(24, 24), each).toImage().pixelColor(12, 12).name()
        for each in (QIcon.Mode.Normal, QIcon.Mode.Selected)
    }
    assert set(seen.values()) == {QColor(theme().tokens.chip(colour).solid).name()}


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_an_empty_check_box_is_visible(qapp: QApplication, qtbot: QtBot, mode: str) -> None:
    apply_look(qapp, mode)
    box = QCheckBox()
    qtbot.addWidget(box)
    box.resize(30, 30)
    picture = box.grab().toImage()
    tokens = DARK if mode == "dark" else LIGHT
    best = max(
        contrast(picture.pixelColor(x, 15).name(), tokens.window) for x in range(picture.width())
    )
    assert best >= 3


def test_the_focus_of_a_line_is_seen(qapp: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    line = QLineEdit(window)
    line.resize(120, 32)
    window.show()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    assert line.grab().toImage().pixelColor(0, 16) == QColor(LIGHT.accent)


def test_controls_are_32_high(qtbot: QtBot) -> None:
    for widget in (QPushButton("x"), QLineEdit()):
        qtbot.addWidget(widget)
        assert widget.sizeHint().height() == 32


def test_only_the_tokens_name_colours() -> None:
    root = Path(paths.__file__).parent / "ui"
    for file in root.rglob("*.py"):
        if file.name == "tokens.py":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not re.fullmatch(r"#[0-9A-Fa-f]{3,8}", node.value), (file, node.lineno)


def test_every_icon_can_be_tinted_and_the_licence_is_with_them() -> None:
    folder = paths.shipped("resources") / "icons"
    assert (folder / "LICENSE").is_file()
    assert all("currentColor" in f.read_text() for f in folder.glob("*.svg"))


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_each_language_begins_with_the_fonts_of_its_system(
    system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    chinese, english = families("zh"), families("en")
    assert chinese[:2] == ["Microsoft YaHei UI", "PingFang SC"]
    # A Chinese family first would make dots and quotes of English text full width.
    latin = max(english.index("Segoe UI"), english.index("SF Pro Text"))
    assert latin < english.index("Microsoft YaHei UI") < english.index("PingFang SC")


def test_the_ring_of_a_row_goes_round_its_icon(dressed: QApplication, qtbot: QtBot) -> None:
    rows = QListWidget()
    qtbot.addWidget(rows)
    rows.addItem(QListWidgetItem(icon("tag"), "Tags"))
    rows.show()
    rows.activateWindow()
    rows.setCurrentRow(0)
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(rows.hasFocus)
    box = rows.visualRect(rows.currentIndex())
    picture = rows.viewport().grab(box).toImage()
    middle = box.height() // 2
    accent = QColor(LIGHT.accent)
    assert any(picture.pixelColor(x, middle) == accent for x in range(4))


def test_the_ring_of_a_cell_goes_around_its_icon_too(qapp: QApplication, qtbot: QtBot) -> None:
    table = QTableWidget(1, 1)
    qtbot.addWidget(table)
    table.setItem(0, 0, QTableWidgetItem(icon("user"), "Wei Zhang"))
    table.show()
    table.activateWindow()
    qtbot.waitUntil(table.isActiveWindow, timeout=20_000)
    table.setFocus()
    table.setCurrentCell(0, 0)
    table.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    image = table.viewport().grab().toImage()
    cell = table.visualRect(table.currentIndex())
    accent = QColor(LIGHT.accent)
    row = cell.center().y()
    ring = [x for x in range(cell.width()) if image.pixelColor(cell.x() + x, row) == accent]
    assert ring
    assert ring[0] <= 2
