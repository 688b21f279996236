"""Lines and areas of free text: the search box, long text, and a field with its name."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import paint_icon, theme
from crm_desktop.ui.widgets.labels import PlainLabel

_SIGN: Final = 16  # pixels at 100 % text size, also below
_BEFORE: Final = 8
_INSET: Final = 2  # what Qt leaves beside the words of a line


class ElidedLine(QLineEdit):
    """A line whose text, too long for it, ends in dots while nobody types there."""

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect().adjusted(_INSET, 0, -_INSET, 0)
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        if self.hasFocus() or shown == self.text():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)


class SignedLine(QLineEdit):
    """A line with a sign before its text; unlike the icons of Qt's own, it grows with the text."""

    def __init__(self, sign: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = sign
        self._make_room()
        theme().changed.connect(self._make_room)

    def drop_sign(self) -> None:
        """Nothing but the text: where a cell of a table has no room for more."""
        self._sign = ""
        self._make_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._sign:
            return
        side = theme().px(_SIGN)
        box = QRectF(theme().px(_BEFORE), (self.height() - side) / 2, side, side)
        paint_icon(QPainter(self), self._sign, box, token="muted")

    def _make_room(self) -> None:
        before = theme().px(_BEFORE + _SIGN + 4) if self._sign else 1
        self.setTextMargins(before, 0, 0, 0)


class SearchBox(SignedLine):
    """A line to search by: `searched` comes shortly after the last key, at once on Enter."""

    searched = Signal(str)
    moved_down = Signal()

    def __init__(
        self, placeholder: str = "", *, delay: int = 150, parent: QWidget | None = None
    ) -> None:
        super().__init__("search", parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder or tr("common.search"))
        self.setClearButtonEnabled(True)
        self._told = ""
        self._timer = QTimer(self, singleShot=True, interval=delay)
        self._timer.timeout.connect(self._tell)
        self.textChanged.connect(lambda _text: self._timer.start())
        self.returnPressed.connect(self._tell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._tell()
        elif event.key() == Qt.Key.Key_Down:
            self.moved_down.emit()
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        self._timer.stop()
        if self.text() != self._told:
            self._told = self.text()
            self.searched.emit(self._told)


class TextArea(QPlainTextEdit):
    """Long text that grows with what is typed; Ctrl+Enter says `finished`."""

    finished = Signal()
    left = Signal()

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: str = "",
        name: str = "",
        rows: int = 1,
        most_rows: int = 12,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows, self._most = rows, most_rows
        self.setProperty("field", True)
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(5)
        self.setViewportMargins(5, 0, 3, 0)  # text begins where it does in a line to type in
        self.viewport().setAutoFillBackground(False)
        self.set_text(text)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._grow())
        theme().changed.connect(self._grow)
        self._grow()

    def text(self) -> str:
        """What is written."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a text without marking it as typed."""
        self.setPlainText(text)
        self.document().setModified(False)

    def has_unread_text(self) -> bool:
        """Whether something was typed since `set_text`."""
        return self.document().isModified()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._wanted_height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if ctrl and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def _wanted_height(self) -> int:
        line = self.fontMetrics().lineSpacing()
        lines = int(self.document().size().height())
        shown = max(self._rows, min(lines, self._most))
        return max(shown * line + 14, theme().px(32))

    def _grow(self) -> None:
        height = self._wanted_height()
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if self.document().size().height() > self._most:
            policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(policy)
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)


class FieldRow(QWidget):
    """A field with its name above and, when it cannot be read, the reason below in red."""

    def __init__(
        self,
        label: str,
        editor: QWidget,
        *,
        hint: str = "",
        required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._hint = hint
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        self._label = PlainLabel(label, role="small", tone="muted")
        self._label.setBuddy(editor)
        self._required = required
        self.set_label(label)
        self._below = PlainLabel(hint, role="small", tone="muted", wrap=True)
        column.addWidget(self._label)
        column.addWidget(editor)
        column.addWidget(self._below)
        column.addStretch(1)
        self._below.setVisible(bool(hint))
        refused = getattr(editor, "refused", None)
        if refused is not None:
            refused.connect(self.show_problem)

    def set_label(self, label: str) -> None:
        """Name the field."""
        self._label.setText(f"{label} *" if self._required else label)
        if not self.editor.accessibleName():
            self.editor.setAccessibleName(label)

    def show_problem(self, sentence: str) -> None:
        """Say below the field what is wrong and what to do; "" takes it away."""
        self._below.setText(sentence or self._hint)
        self._below.set_tone("danger" if sentence else "muted")
        self._below.setVisible(bool(sentence or self._hint))
