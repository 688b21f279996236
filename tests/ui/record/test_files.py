"""Files of a record: what the keyboard and the column do when their rows come anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.ui.record.file_form import FileForm
from crm_desktop.ui.record.panel import LinkRow, Panel
from crm_desktop.ui.widgets import IconButton

from .conftest import Desk


def _named(panel: Panel, name: str) -> LinkRow:
    rows = panel.findChildren(LinkRow)
    return next(row for row in rows if row.isVisible() and name in row.accessibleName())


def _button(row: LinkRow, word: str) -> IconButton:
    buttons = row.findChildren(IconButton)
    return next(button for button in buttons if word in button.accessibleName())


@pytest.fixture
def page(desk: Desk) -> Any:
    """The page of a person with three files, scrolled to them."""
    ref = Ref(Kind.PERSON, desk.person)
    for name in ("first.pdf", "second.pdf", "third.pdf"):
        desk.services.attachments.add_bytes(ref, name, b"%PDF-1.4")
    opened = desk.open("person", desk.person)
    bar = opened.zones.right.verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    return opened


def test_the_form_of_a_file_leaves_the_keyboard_and_the_column_where_they_were(
    desk: Desk, page: Any
) -> None:
    panel, bar = page.related.extras.panels["files"], page.zones.right.verticalScrollBar()
    pencil = _button(_named(panel, "second.pdf"), "Type")
    pencil.setFocus()
    pencil.click()
    form = desk.window.findChild(FileForm)
    assert form is not None
    form.version.setText("2")
    before = bar.value()
    desk.qtbot.keyClick(form.version, Qt.Key.Key_Return)
    desk.settle()
    assert "v2" in _named(panel, "second.pdf").accessibleName()
    assert QApplication.focusWidget() is _button(_named(panel, "second.pdf"), "Type")
    assert bar.value() == before


def test_a_file_that_goes_hands_the_keyboard_to_the_next_one(desk: Desk, page: Any) -> None:
    panel, bar = page.related.extras.panels["files"], page.zones.right.verticalScrollBar()
    for name, beside in (("second", "first"), ("first", "third")):
        _button(_named(panel, name), "Trash").setFocus()
        _button(_named(panel, name), "Trash").click()
        desk.settle()
        assert QApplication.focusWidget() is _button(_named(panel, beside), "Trash")
        assert bar.value() > 0
    _button(_named(panel, "third"), "Trash").click()
    desk.settle()
    assert QApplication.focusWidget() is panel.plus


def test_tab_comes_to_rows_and_buttons_where_they_stand(desk: Desk, page: Any) -> None:
    for _ in range(2):  # as they were made, and made again
        panel = page.related.extras.panels["files"]
        line = page.facts.rows["mobile"].line
        for start, inside in ((panel.plus, panel), (line, line)):
            wanted = [
                part
                for part in inside.findChildren(QWidget)
                if part.isVisible()
                and part.focusPolicy() & Qt.FocusPolicy.TabFocus
                and (inside is line or panel._inside.isAncestorOf(part))
            ]
            assert wanted
            start.setFocus()
            for part in wanted:
                focus = QApplication.focusWidget()
                assert focus is not None
                desk.qtbot.keyClick(focus, Qt.Key.Key_Tab)
                assert QApplication.focusWidget() is part
        desk.services.records.update(Kind.PERSON, desk.person, {"mobile": ("13912345678",)})
        desk.settle()


def test_tab_goes_through_the_facts_where_they_stand(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    rows = [row for row in page.facts.rows.values() if row.isVisible()]
    lines = [row.line for row in rows if row.line.focusPolicy() & Qt.FocusPolicy.TabFocus]
    page.facts.search.setFocus()
    passed: list[QWidget] = []
    while len(passed) < 40 and QApplication.focusWidget() is not page.facts.more:
        focus = QApplication.focusWidget()
        assert focus is not None
        desk.qtbot.keyClick(focus, Qt.Key.Key_Tab)
        passed.append(QApplication.focusWidget())
    assert [one for one in passed if one in lines] == lines
    assert all(page.facts.isAncestorOf(one) for one in passed)


def test_a_file_no_program_opens_is_told(
    desk: Desk, page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def nobody(url: Any) -> bool:
        asked.append(Path(url.toLocalFile()))
        return False

    monkeypatch.setattr(QDesktopServices, "openUrl", nobody)
    row = _named(page.related.extras.panels["files"], "first.pdf")
    desk.qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    desk.settle()
    assert [path.name for path in asked] == ["first.pdf"]
    assert desk.window.toasts.text == "No program on this computer opens “first.pdf”."
