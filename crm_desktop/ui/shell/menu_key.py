"""Shift+F10 asks for the context menu where Qt knows only the Menu key."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget


class MenuKey(QObject):
    """Asks what has the keyboard for its menu, in every window; Windows does so by itself."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        keys = QShortcut(QKeySequence("Shift+F10"), window)
        keys.setContext(Qt.ShortcutContext.ApplicationShortcut)
        keys.setAutoRepeat(False)
        keys.activated.connect(self._ask)

    def _ask(self) -> None:
        focus = QApplication.focusWidget()
        if focus is None:
            return
        cursor = focus.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        at = (cursor.toRect() if isinstance(cursor, QRectF) else cursor).center()
        if not focus.rect().contains(at):
            at = focus.rect().center()
        why = QContextMenuEvent.Reason.Keyboard
        QApplication.sendEvent(focus, QContextMenuEvent(why, at, focus.mapToGlobal(at)))
