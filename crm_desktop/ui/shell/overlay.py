"""What floats over the page without taking the window: palette, quick add, help."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import RADIUS_CARD
from crm_desktop.ui.widgets.keyboard import focus_proxy, next_in_chain


class Overlay(QWidget):
    """A card over the window. Esc closes it and the focus returns where it was.

    It also closes when the user clicks elsewhere, unless it holds unsaved text.
    """

    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._before: QWidget | None = None
        self.wanted_width = 640
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 12, 12, 12)
        self.column.setSpacing(8)
        self.hide()

    def has_unsaved_text(self) -> bool:
        """Whether something typed here would be lost by closing."""
        return False

    def open(self, *, focus: QWidget | None = None) -> None:
        """Show it at the top of the window."""
        now = QApplication.focusWidget()
        if now is not None and not self.isAncestorOf(now):
            self._before = now
        self.place()
        self.show()
        self.raise_()
        first = focus or focus_proxy(self) or next_in_chain(self)
        if first is not None:
            first.setFocus(Qt.FocusReason.PopupFocusReason)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved, Qt.ConnectionType.UniqueConnection)
        window = self.parentWidget()
        if window is not None:
            window.installEventFilter(self)

    def close_overlay(self) -> None:
        """Hide it and give the focus back."""
        if self.isHidden():
            return
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.disconnect(self._focus_moved)
        window = self.parentWidget()
        if window is not None:
            window.removeEventFilter(self)
        had_focus = self.isAncestorOf(QApplication.focusWidget() or window or self)
        self.hide()
        if had_focus and self._before is not None:
            try:
                self._before.setFocus(Qt.FocusReason.PopupFocusReason)
            except RuntimeError:  # that widget is gone
                self._before = None
        self.closed.emit()

    def place(self) -> None:
        """Put it where it belongs in the window, wholly inside."""
        window = self.parentWidget()
        if window is None:
            return
        width = min(theme().px(self.wanted_width), window.width() - 32)
        self.setFixedWidth(width)
        self.adjustSize()
        height = min(self.sizeHint().height(), window.height() - 32)
        top = min(theme().px(84), max(16, window.height() - height - 16))
        self.setGeometry((window.width() - width) // 2, top, width, height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), look.colour("surface"))
        painter.setPen(look.colour("border_strong"))
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(
            self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CARD, RADIUS_CARD
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_overlay()
        else:
            event.accept()  # keys typed here are not meant for the page below

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self.place()
        return super().eventFilter(watched, event)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        # Focus that leaves the program, or goes into a menu of ours, is no reason to close.
        if new is None or new is self or self.isAncestorOf(new) or new.window() != self.window():
            return
        if not self.has_unsaved_text():
            self.close_overlay()
