"""A window that is closed is gone whole: neither its widgets nor what they held stay behind."""

from __future__ import annotations

import gc
import weakref
from collections import Counter
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.audits.stage import Stage


def parts_of(window: QWidget) -> list[weakref.ref[QWidget]]:
    """A window and all widgets in and over it, not held by being looked at."""
    return [weakref.ref(each) for each in QApplication.allWidgets() if _top(each) is window]


def _top(widget: QWidget) -> QWidget:
    above = widget.parentWidget()
    return widget if above is None else _top(above)


def test_a_closed_window_leaves_nothing_behind(qtbot: Any, tmp_path: Path) -> None:
    stage = Stage("en", tmp_path)
    for _name in stage.tour():
        pass
    broken, parts = stage.broken, parts_of(stage.window)
    assert len(parts) > 1000
    stage.close()
    del stage
    gc.collect()
    left = Counter(type(each()).__name__ for each in parts if each() is not None)
    assert not left, left.most_common(10)
    assert not broken
