"""Passes the book's announcements from the writer thread to the window, and pages' news to it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt, Signal


class Notifier(QObject):
    """`changed(kinds, gesture)` in the thread of the window, once per gesture."""

    changed = Signal(object, object)  # frozenset of Kind, the gesture
    backed_up = Signal(object)  # a page made this Backup
    erased = Signal(object)  # for good; says of a text (`Tells`) whether it tells of them
    _heard = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heard.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def announce(self, kinds: frozenset[Any], gesture: Any = None) -> None:
        """Give this to `book.subscribe`; it may be called from any thread."""
        self._heard.emit(kinds, gesture)

    def _tell(self, kinds: frozenset[Any], gesture: Any) -> None:
        self.changed.emit(kinds, gesture)
