"""A drag as the window system sees it: press, move over other lists, let go."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView

_EVERY = 30  # milliseconds between two movements


def drag_between(source: QListView, target: QListView) -> None:
    """Take the first card of `source` and let it go in the middle of `target`."""
    window = source.window()
    handle = window.windowHandle()
    first = source.visualRect(source.model().index(0, 0)).center()
    start = source.viewport().mapTo(window, first)
    end = target.viewport().mapTo(window, target.viewport().rect().center())
    left = Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier

    def move(to: QPoint) -> Callable[[], None]:
        return lambda: QTest.mouseMove(handle, to)

    way = [start + (end - start) * share / 5 for share in range(1, 6)]
    steps = chain(
        (lambda: QTest.mousePress(handle, left, none, start),),
        (move(start + QPoint(12, 4)), move(start + QPoint(30, 8))),
        (move(to) for to in way),
        (move(end + QPoint(1, 1)), lambda: QTest.mouseRelease(handle, left, none, end)),
    )

    def go_on() -> None:
        step = next(steps, None)
        if step is not None:
            # Asked for before the step: a drag runs a loop of its own inside it.
            QTimer.singleShot(_EVERY, go_on)
            step()

    go_on()
