"""A window that is closed is gone whole: neither its widgets nor what they held stay behind."""

from __future__ import annotations

import gc
from collections import Counter
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication
from shiboken6 import Shiboken, isValid

from tests.ui.audits.stage import Stage


def kept() -> Counter[str]:
    """Widgets that Python still holds although Qt has deleted them, by class."""
    gc.collect()
    return Counter(
        type(each).__name__
        for each in gc.get_objects()
        if isinstance(each, Shiboken.Object) and not isValid(each)
    )


def test_a_closed_window_leaves_nothing_behind(qtbot: Any, tmp_path: Path) -> None:
    dead, alive = kept(), len(QApplication.allWidgets())
    stage = Stage("en", tmp_path)
    for _name in stage.tour():
        pass
    broken = stage.broken
    stage.close()
    del stage
    left = kept() - dead
    assert not left, left.most_common(10)
    assert len(QApplication.allWidgets()) <= alive
    assert not broken
    assert gc.isenabled()
