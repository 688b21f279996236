"""Where the keyboard is: F6 from pane to pane, what the page keeps, undo keys of fields."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from crm_desktop.ui.widgets.keyboard import next_in_chain

if TYPE_CHECKING:
    from crm_desktop.ui.shell.window import MainWindow

Pane = tuple[QWidget, Callable[[], "QWidget | None"]]  # the pane, and what takes its focus


class Panes:
    """The panes of a window in reading order."""

    def __init__(self, panes: Callable[[], list[Pane]]) -> None:
        self._panes = panes

    def move(self, step: int) -> None:
        """Give the focus to the next pane (+1) or the previous one (-1)."""
        panes = [pane for pane in self._panes() if pane[0].isVisible()]
        focus = QApplication.focusWidget()
        here = next(
            (
                number
                for number, (pane, _) in enumerate(panes)
                if focus is not None and (pane is focus or pane.isAncestorOf(focus))
            ),
            -1 if step > 0 else 0,
        )
        for offset in range(1, len(panes) + 1):
            target = panes[(here + step * offset) % len(panes)][1]()
            if target is not None and target.isEnabled():
                target.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return


def first_focusable(widget: QWidget | None) -> QWidget | None:
    """The first widget inside that Tab would reach."""
    if widget is None:
        return None
    each: QWidget | None = widget
    seen = 0
    while each is not None and seen < 2000:
        tabbed = bool(each.focusPolicy() & Qt.FocusPolicy.TabFocus)
        usable = tabbed and each.isEnabled() and each.isVisible()
        if usable and (each is widget or widget.isAncestorOf(each)):
            return each
        each = next_in_chain(each)
        seen += 1
        if each is widget:
            break
    return None


class KeptByPage(QObject):
    """What goes away with the keyboard leaves it to what is around it, and else to the page.

    Qt would give it to whatever comes next in the window: most often the sidebar.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._w = window
        self._around: list[QWidget] = []  # the lost one's parents inside the page
        self._next: QWidget | None = None  # what Qt gave it to
        self._waits = False
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is None or (old.isVisible() and old.isEnabled()):
            return  # the user went elsewhere
        if not isValid(self._w) or not self._w.isAncestorOf(old):
            return  # another window's
        self._next = new
        parts = [one for one in (self._w.area, self._w.toasts) if isValid(one)]  # closing or not
        if not self._waits and any(part.isAncestorOf(old) for part in parts):
            self._waits = True  # what Qt gives it to meanwhile may go, too
            self._around, place = [], old.parentWidget()
            while place is not None and not isinstance(place, QStackedWidget):
                self._around.append(place)
                place = place.parentWidget()
            QTimer.singleShot(0, self, self._give_to_page)

    def _give_to_page(self) -> None:
        self._waits = False
        around, self._around = self._around, []
        given_to, self._next = self._next, None
        focus, page = QApplication.focusWidget(), self._w.area.page
        frame = (self._w.sidebar, self._w.topbar, self._w.toasts)
        fell = focus in (None, page, given_to) or any(p.isAncestorOf(focus) for p in frame)
        if not fell or page is None or not self._w.isActiveWindow():
            return
        for place in around:
            if not isValid(place):
                continue  # it went along
            if place is page or not page.isAncestorOf(place):
                break
            parts = place.findChildren(QWidget) if place.isVisible() else []
            tabbed = (part for part in parts if part.focusPolicy() & Qt.FocusPolicy.TabFocus)
            near = next((part for part in tabbed if part.isVisible() and part.isEnabled()), None)
            if near is not None:
                near.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        page.take_keyboard()


class UndoKeys(QObject):
    """Fields of Qt swallow Ctrl+Z even with nothing to undo; then it belongs to the book.

    So a line whose text was taken is emptied with `setText("")`, which forgets the typing; after
    `clear()` the keys would bring the words back and not take back what was made of them.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._watched: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None:
            with suppress(RuntimeError):  # that field may be gone
                self._watched.removeEventFilter(self)
        self._watched = None
        if isinstance(new, QLineEdit | QPlainTextEdit | QTextEdit):
            new.installEventFilter(self)
            self._watched = new

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo)
            redo = event.matches(QKeySequence.StandardKey.Redo)
            if undo or redo:
                if isinstance(watched, QLineEdit):
                    can = watched.isUndoAvailable() if undo else watched.isRedoAvailable()
                elif isinstance(watched, QPlainTextEdit | QTextEdit):
                    paper = watched.document()
                    can = paper.isUndoAvailable() if undo else paper.isRedoAvailable()
                else:
                    return False
                if not can:
                    event.ignore()
                    return True
        return False
