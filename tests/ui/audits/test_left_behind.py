"""A window that is closed is gone whole: neither its widgets nor what they held stay behind."""

from __future__ import annotations

import gc
import weakref
from collections import Counter
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import getCppPointer

from tests.ui.audits.stage import Stage


def addresses() -> set[int]:
    """Where the widgets that exist are."""
    return {getCppPointer(each)[0] for each in QApplication.allWidgets()}


def all_but(others: set[int]) -> list[weakref.ref[QWidget]]:
    """The widgets that exist besides others, not held by being looked at."""
    found = [each for each in QApplication.allWidgets() if getCppPointer(each)[0] not in others]
    return [weakref.ref(each) for each in found]


def test_a_closed_window_leaves_nothing_behind(qtbot: Any, tmp_path: Path) -> None:
    qtbot.wait(1)  # what an earlier test let go of is deleted now
    gc.collect()
    others = addresses()
    stage = Stage("en", tmp_path)
    for _name in stage.tour():
        pass
    broken, made = stage.broken, all_but(others)
    assert len(made) > 1000
    stage.close()
    del stage
    gc.collect()
    left = Counter(type(each()).__name__ for each in made if each() is not None)
    assert not left, left.most_common(10)
    assert not broken
    assert gc.isenabled()
