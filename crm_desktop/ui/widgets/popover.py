"""A small panel beside what it is about: not modal, closed by Esc, never losing typed text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from crm_desktop.ui.theme import tokens
from crm_desktop.ui.theme.tokens import GAP, GAP_CARD, RADIUS_CARD

_EDGE = 4  # pixels to the edge of the window


class Popover(QFrame):
    """Lies over the window near its anchor. Content goes into `body`.

    A click elsewhere closes it, unless it holds text that is not stored yet.
    """

    closed = Signal()
    cancelled = Signal()

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner.window())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(GAP_CARD, GAP_CARD, GAP_CARD, GAP_CARD)
        self.body.setSpacing(GAP)
        self._before: QWidget | None = None
        self._upward = False  # it stands on what it is about
        self.hide()

    def open_at(self, anchor: QWidget, point: QPoint | None = None) -> None:
        """Show it below `anchor`, or at `point` in the anchor's coordinates, inside the window."""
        window = anchor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self._close_others(window, anchor)
        self._before = QApplication.focusWidget()
        self.adjustSize()
        highest = max(self.minimumSizeHint().height(), window.height() - 2 * _EDGE)
        if self.height() > highest:
            self.resize(self.width(), highest)
        self._upward = False
        wanted = anchor.mapTo(window, point or QPoint(0, anchor.height() + 4))
        room = window.rect().marginsRemoved(self.contentsMargins())
        left = max(_EDGE, min(wanted.x(), room.right() - self.width() - _EDGE))
        top = wanted.y()
        if top + self.height() > room.bottom() - _EDGE:
            above = anchor.mapTo(window, QPoint(0, 0)).y() - self.height() - _EDGE
            lowest = room.bottom() - self.height() - _EDGE
            # What it is about may be scrolled out of the window itself.
            self._upward = point is None and _EDGE <= above <= lowest
            top = above if self._upward else lowest
        self.move(left, max(_EDGE, top))
        self.show()
        self.raise_()
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self._first().setFocus(Qt.FocusReason.PopupFocusReason)

    def event(self, event: QEvent) -> bool:
        answered = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._grow()
        return answered

    def _grow(self) -> None:
        """Make room for parts that came while it was open; it keeps to the window."""
        layout, window = self.layout(), self.parentWidget()
        if layout is None or window is None:
            return
        needed = layout.totalMinimumSize().height()
        if layout.hasHeightForWidth():
            needed = layout.totalMinimumHeightForWidth(self.width())
        needed = min(needed, window.height() - 2 * _EDGE)
        if needed <= self.height():
            return
        top = self.y() - (needed - self.height() if self._upward else 0)
        lowest = window.height() - needed - _EDGE
        self.resize(self.width(), needed)
        self.move(self.x(), max(_EDGE, min(top, lowest)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        window = self.parentWidget()
        if self.isVisible() and window is not None:
            # What is wrong, said below the inputs, must not push the answers out of sight.
            lowest = window.height() - self.height() - _EDGE
            self.move(self.x(), max(_EDGE, min(self.y(), lowest)))

    def _close_others(self, window: QWidget, anchor: QWidget) -> None:
        """One panel at a time: a key opens the next one without a click that closes the last."""
        for other in window.findChildren(Popover):
            stays = other is self or other.isHidden() or other.isAncestorOf(anchor)
            if not stays and not other.holds_unsaved_text():
                other.cancelled.emit()
                other.dismiss()

    def _first(self) -> QWidget:
        """The first part that takes the keyboard; the popover itself where none does.

        Asked of its own parts: walking the window's whole focus chain makes Python hold widgets
        that others are about to delete.
        """
        parts = (
            part
            for part in self.findChildren(QWidget)
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisibleTo(self)
        )
        return next((part for part in parts if part.isEnabled()), self)

    def holds_unsaved_text(self) -> bool:
        """Whether something was typed that closing would lose."""
        lines = self.findChildren(QLineEdit)
        texts = self.findChildren(QPlainTextEdit)
        return any(line.isModified() and line.text() for line in lines) or any(
            text.document().isModified() and text.toPlainText() for text in texts
        )

    def dismiss(self) -> None:
        """Close it and give the keyboard back to where it was."""
        if not self.isVisible():
            return
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        held = self.isAncestorOf(focus) if (focus := QApplication.focusWidget()) else False
        self.hide()
        # Where that is hidden by now (the empty list is a list), what was around it takes it.
        before = self._before
        if before is not None and not isValid(before):
            before = None  # it was part of another popover, which is gone
        while before is not None and not before.isVisible():
            before = before.parentWidget()
        if held and before is not None:
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.MouseButtonPress
            and isinstance(event, QMouseEvent)
            and isinstance(watched, QWidget)
            and watched.window() is self.window()
            and watched is not self
            and not self.isAncestorOf(watched)
            and not in_popover(watched)  # such as the calendar of one of its own fields
            and not self.holds_unsaved_text()
        ):
            self.cancelled.emit()
            self.dismiss()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # else it would go on to the window below, as a click elsewhere

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens().border_strong), 1))
        painter.setBrush(QColor(tokens().surface))
        box = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, RADIUS_CARD, RADIUS_CARD)


def in_popover(widget: QWidget) -> bool:
    """Whether it is, or lies in, a panel."""
    while not isinstance(widget, Popover):
        above = widget.parentWidget()
        if above is None:
            return False
        widget = above
    return True
