"""A menu entry that cannot be chosen says why under the pointer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QMenu, QToolTip


class MenuTips(QObject):
    """Watches menus; `why_not` gives the reason for the name of an action, "" for none."""

    def __init__(self, why_not: Callable[[str], str], parent: QObject) -> None:
        super().__init__(parent)
        self._why_not = why_not

    def watch(self, menu: QMenu) -> None:
        """Say why in this menu too."""
        menu.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QHelpEvent) or not isinstance(watched, QMenu):
            return super().eventFilter(watched, event)
        action = watched.actionAt(event.pos())
        why = ""
        if action is not None and not action.isEnabled():
            why = self._why_not(action.objectName())
        QToolTip.showText(event.globalPos(), why, watched)
        return True
