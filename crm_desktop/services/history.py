"""What was done, and taking it back."""

from __future__ import annotations

from crm_desktop.data import undo
from crm_desktop.data.book import Book
from crm_desktop.data.undo import GestureRow, UndoResult

__all__ = ["GestureRow", "History", "UndoResult"]


class History:
    """Undo, redo and the list of gestures, across restarts."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def undo(self, gesture_id: int | None = None) -> UndoResult:
        """Take back the latest gesture, or any one of the list. Refused where there is none."""
        return undo.undo(self._book, gesture_id)

    def redo(self) -> UndoResult:
        """Bring back what was undone last, while nothing new has been done since."""
        return undo.redo(self._book)

    def undoable(self) -> GestureRow | None:
        """The gesture Ctrl+Z would take back."""
        return undo.undoable(self._book)

    def redoable(self) -> GestureRow | None:
        """The gesture Ctrl+Y would bring back."""
        return undo.redoable(self._book)

    def gestures(self, limit: int = 200, before: int | None = None) -> list[GestureRow]:
        """What was done, newest first, each undoable or with the reason why not."""
        return undo.history(self._book, limit=limit, before=before)
