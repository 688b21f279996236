"""Text dragged out of another program onto the window."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent

from crm_desktop.ui.shell.window import MainWindow
from tests.ui.pasting.conftest import CARD, shown
from tests.ui.resting import rest


def test_text_dropped_on_the_window_is_read(opened: MainWindow, qtbot: Any) -> None:
    data = QMimeData()
    data.setText(CARD)
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    opened.dropEvent(event)
    rest(opened, qtbot)
    overlay = opened.actions_of_shell.paste_overlay
    assert overlay is not None
    assert overlay.isVisible()
    assert shown(overlay)["name"] == "张伟"
