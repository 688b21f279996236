"""What is on the screen is never garbage to Python: a search for it would delete it there."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from shiboken6 import getCppPointer, isValid

from tests.ui.audits.conftest import Stages
from tests.ui.audits.stage import Stage

_TABS = 12


def walk_about(stage: Stage) -> Iterator[str]:
    """Stand on every page, then Tab through it; scroll areas are asked for their parts."""
    for name in stage.tour():
        for area in QApplication.allWidgets():  # findChildren would give each to the window
            if isinstance(area, QScrollArea):
                area.viewport()
        del area
        yield name
        stage.window.activateWindow()
        for step in range(_TABS):
            at = QApplication.focusWidget() or stage.window
            QTest.keyClick(at, Qt.Key.Key_Backtab if step % 3 == 2 else Qt.Key.Key_Tab)
        del at
        yield f"{name}, by keyboard"


def lost(stage: Stage) -> list[str]:
    """What Python would throw away of the window that is open."""
    window = getCppPointer(stage.window)[0]
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        gc.collect()
    finally:
        gc.set_debug(0)
    found = []
    for thing in [each for each in gc.garbage if isinstance(each, QObject) and isValid(each)]:
        above: QObject | None = thing
        while above is not None and getCppPointer(above)[0] != window:
            above = QObject.parent(above)
        if above is not None:
            found.append(f"{type(thing).__module__}.{type(thing).__name__}")
    gc.garbage.clear()
    return found


@pytest.mark.stage("en")
def test_nothing_on_the_screen_is_garbage(stages: Stages) -> None:
    stage = stages("en")
    usual = gc.get_threshold()
    gc.set_threshold(0)  # nobody searches: what is lost is still there to be found
    gc.freeze()  # the program itself need not be looked through each time
    try:
        found = [f"{name}: {each}" for name in walk_about(stage) for each in lost(stage)]
    finally:
        gc.unfreeze()
        gc.set_threshold(*usual)
    assert found == []
    assert stage.broken == []
