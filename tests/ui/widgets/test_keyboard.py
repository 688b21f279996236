"""Walking along the ring of widgets leaves each with its owner."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

import crm_desktop
from crm_desktop.ui.widgets.keyboard import (
    focus_proxy,
    next_in_chain,
    previous_in_chain,
    tab_from,
)
from crm_desktop.ui.widgets.scrolled import Scrolled


class Pane(QWidget):
    """Two pages that scroll, one of them nobody has a name for, and a button below."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.stack = QStackedWidget()
        self.fields: list[QLineEdit] = []
        self.areas: list[Scrolled] = []
        for _ in range(2):
            inner = QWidget()
            rows = QVBoxLayout(inner)
            for _ in range(2):
                field = QLineEdit()
                rows.addWidget(field)
                self.fields.append(field)
            area = Scrolled(inner)
            self.areas.append(area)
            self.stack.addWidget(area)
        column.addWidget(self.stack)
        self.button = QPushButton()
        column.addWidget(self.button)


def ring(first: QWidget, step: Callable[[QWidget], QWidget | None]) -> int:
    at, steps = step(first), 1
    while at is not None and at is not first:
        at, steps = step(at), steps + 1
    return steps


@pytest.mark.parametrize("step", [next_in_chain, previous_in_chain])
def test_what_is_on_the_screen_is_no_garbage(
    step: Callable[[QWidget], QWidget | None], qtbot: Any
) -> None:
    pane = Pane()
    qtbot.addWidget(pane)
    for start in (pane.button, pane.fields[0], pane.fields[3]):
        assert ring(start, step) > 8
        tab_from(pane.stack, [start])
    for area in pane.areas:
        assert area.viewport().isAncestorOf(area.widget())
    del area
    pane.areas.clear()
    gc.collect()
    assert pane.stack.count() == 2
    assert all(isValid(field) for field in pane.fields)
    assert ring(pane.button, step) > 8


def test_who_takes_the_keyboard_for_another_is_not_owned_by_it(qtbot: Any) -> None:
    pane = Pane()
    qtbot.addWidget(pane)
    for area in pane.areas:
        assert focus_proxy(area.viewport()) is area
        assert area.viewport().isAncestorOf(area.widget())
    del area
    pane.areas.clear()
    gc.collect()
    assert pane.stack.count() == 2
    assert all(isValid(field) for field in pane.fields)


@pytest.mark.parametrize("question", ["InFocusChain(", ".focusProxy("])
def test_nobody_else_asks_for_the_ring(question: str) -> None:
    source = Path(crm_desktop.__file__).parent
    asking = {file.name for file in source.rglob("*.py") if question in file.read_text("utf-8")}
    assert asking == {"keyboard.py"}
