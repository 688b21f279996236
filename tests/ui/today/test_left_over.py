"""Rows left out of an import on Today: the line opens the file, the cross puts it aside."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from crm_desktop.services.imports import Wishes
from crm_desktop.ui.imports.page import ImportPage
from crm_desktop.ui.places import Place
from crm_desktop.ui.widgets import IconButton
from crm_desktop.ui.widgets.lines import LineButton
from crm_desktop.words import Words
from tests.ui.today.conftest import Desk


def left(desk: Desk) -> list[LineButton]:
    lines = desk.go().attention.findChildren(LineButton)
    return [line for line in lines if "stall.csv" in line.text() and line.isVisible()]


def take_in(desk: Desk, tmp_path: Path) -> Path:
    path = tmp_path / "stall.csv"
    path.write_text("Name,Mobile\nAnn,13800000001\nBob,13800000002\nCay,13800000003\n")
    plan = desk.services.imports.preview(path).plan
    desk.services.imports.run(path, plan, Words("en"), wishes=Wishes(left_out={2, 4}))
    return path


def test_the_line_opens_the_file(desk: Desk, tmp_path: Path) -> None:
    assert left(desk) == []
    path = take_in(desk, tmp_path)
    (line,) = left(desk)
    assert line.text() == "2 rows of stall.csv were not imported"
    line.setFocus(Qt.FocusReason.TabFocusReason)
    desk.qtbot.keyClick(line, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: desk.here() == Place("import"), timeout=20000)
    page = desk.window.area.page
    assert isinstance(page, ImportPage)
    desk.qtbot.waitUntil(lambda: page.draft is not None, timeout=20000)
    assert page.draft is not None
    assert page.draft.path == path


def test_the_cross_puts_it_aside_and_undo_brings_it_back(desk: Desk, tmp_path: Path) -> None:
    take_in(desk, tmp_path)
    (line,) = left(desk)
    whole = line.parentWidget()
    assert whole is not None
    cross = whole.findChild(IconButton)
    assert cross is not None
    desk.qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
    desk.settle()
    assert left(desk) == []
    desk.services.history.undo()
    desk.settle()
    assert len(left(desk)) == 1
