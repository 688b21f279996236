"""A long text of a document, stored while one types: when it rests, and when it is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from crm_desktop.ui.widgets import Button, Card, TextArea
from crm_desktop.ui.widgets.keyboard import next_in_chain

_REST = 2000  # milliseconds without a key
Text = tuple[str, str]  # name, body


class LongText(Card):
    """A card with one text; `stored` says what to write. Ready texts can be chosen from a menu."""

    stored = Signal(str)

    def __init__(
        self,
        *,
        rows: int = 2,
        most_rows: int = 40,
        ready: Callable[[], Sequence[Text]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self.area = TextArea(rows=rows, most_rows=most_rows)
        self.body.addWidget(self.area)
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self.leave)
        self.area.textChanged.connect(self._rest.start)
        self.area.left.connect(self.leave)
        self.area.finished.connect(self._finished)
        self._ready = ready
        self.choose = Button("", variant="quiet", small=True)
        if ready is not None:
            menu = QMenu(self.choose)
            menu.aboutToShow.connect(lambda: self._offer(menu))
            self.choose.setMenu(menu)
        self.header.buttons.addWidget(self.choose)
        # Only now: a widget without a parent would come up as a window of its own.
        self.choose.setVisible(ready is not None)

    def set_words(self, title: str, *, choose: str = "", hint: str = "") -> None:
        """Name the text and its menu."""
        self.set_title(title)
        self.area.setAccessibleName(title)
        self.area.setPlaceholderText(hint)
        self.choose.setText(choose)

    def show_text(self, text: str) -> None:
        """Show what is stored; what is being typed stays."""
        if not self.area.has_unread_text() and self.area.text() != text:
            cursor = self.area.textCursor().position()
            self.area.set_text(text)
            moved = self.area.textCursor()
            moved.setPosition(min(cursor, len(text)))
            self.area.setTextCursor(moved)

    def set_locked(self, locked: bool) -> None:
        """Only to be read; then an empty one takes no room."""
        self.area.setReadOnly(locked)
        self.setVisible(not locked or bool(self.area.text()))
        self.choose.setVisible(self._ready is not None and not locked)

    def has_unsaved_text(self) -> bool:
        """Whether something is typed that is not stored."""
        return self.area.has_unread_text()

    def leave(self) -> None:
        """Store what is typed."""
        self._rest.stop()
        if self.area.has_unread_text():
            self.area.document().setModified(False)
            self.stored.emit(self.area.text())

    def forget(self) -> None:
        """Another document comes."""
        self._rest.stop()
        self.area.set_text("")

    def keep_typed(self) -> None:
        """It could not be stored: it counts as typed again."""
        self.area.document().setModified(True)

    def _finished(self) -> None:
        self.leave()
        following = next_in_chain(self.area)
        if following is not None:
            following.setFocus(Qt.FocusReason.TabFocusReason)

    def _offer(self, menu: QMenu) -> None:
        menu.clear()
        for name, body in self._ready() if self._ready is not None else ():
            action = QAction(name, menu)
            action.triggered.connect(lambda _on=False, body=body: self._take(body))
            menu.addAction(action)

    def _take(self, body: str) -> None:
        """Put a ready text after what is there; one that is there already is not doubled."""
        present = self.area.text().strip()
        if body.strip() in present:
            return
        self.area.setPlainText(f"{present}\n{body}".strip())
        self.area.document().setModified(True)
        self.leave()
