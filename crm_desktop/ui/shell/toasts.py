"""Toasts: what was just done, for eight seconds at the bottom, with a way to take it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QEnterEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from crm_desktop.ui.context import Choice
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import icon, theme
from crm_desktop.ui.theme.tokens import RADIUS_CARD
from crm_desktop.ui.tooltips import plain_tip

SECONDS = 8
_BOTTOM = 20
_WIDEST = 600  # pixels of its words at 100 %


class Toast(QWidget):
    """The one toast of a window. A newer one takes its place and counts the gestures it covered."""

    history_wished = Signal()
    undo_wished = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._covered = 0
        self._of_gesture = False
        self._undo_keys = ""
        self._stays = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SECONDS * 1000)
        self._timer.timeout.connect(self.dismiss)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 6, 6, 6)
        self._row.setSpacing(6)
        self._words = QLabel(self)
        self._said = ""
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._row.addWidget(self._words)
        self._buttons: list[QPushButton] = []
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        window.installEventFilter(self)
        theme().changed.connect(self._dress)
        self.hide()

    def set_undo_keys(self, keys: str) -> None:
        """How the keys for undo are written on this system."""
        self._undo_keys = keys

    @property
    def text(self) -> str:
        """The words shown now; empty when there is no toast."""
        return self._said if self.isVisible() else ""

    @property
    def buttons(self) -> list[QPushButton]:
        """The buttons of the toast shown now."""
        return list(self._buttons)

    def tell(
        self, text: str, *, undo: bool = False, choices: Sequence[Choice] = (), stay: bool = False
    ) -> None:
        """Show `text`, for a while or to `stay`; choices become buttons, `undo` one more."""
        # History knows of gestures alone; a message of anything else is covered for good.
        self._covered = self._covered + self._of_gesture if self.isVisible() else 0
        self._of_gesture = undo
        self._clear()
        self._said = text
        self._words.setToolTip(plain_tip(text))
        self.setAccessibleName(text)
        for words, action in choices:
            self._add(words, action)
        if undo:
            self._add(tr("shell.undo_keys", keys=self._undo_keys), self.undo_wished.emit)
        if self._covered:
            more = tr("shell.more_in_history", count=self._covered)
            self._add(more, self.history_wished.emit)
        close = self._add("", lambda: None)
        close.setIcon(icon("x", "on_tip"))
        close.setAccessibleName(tr("shell.close"))
        self._dress()
        self.show()
        self.raise_()
        self._stays = stay
        self._timer.stop()
        self._go_on()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window, text))

    def dismiss(self) -> None:
        """Take the toast away."""
        self._timer.stop()
        self._covered = 0
        self.hide()

    @property
    def running(self) -> bool:
        """Whether its time runs: not while the mouse or the focus is in it."""
        return self._timer.isActive()

    def _add(self, words: str, action: Callable[[], Any]) -> QPushButton:
        button = QPushButton(words, self)
        button.setFlat(True)
        button.installEventFilter(self)

        def run() -> None:
            self.dismiss()
            action()

        button.clicked.connect(run)
        self._row.addWidget(button)
        button.show()
        self._buttons.append(button)
        return button

    def _clear(self) -> None:
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []

    def _dress(self) -> None:
        look = self.palette()
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            look.setColor(role, theme().colour("on_tip"))
        look.setColor(QPalette.ColorRole.Button, theme().colour("tip"))
        look.setColor(QPalette.ColorRole.Midlight, theme().colour("tip"))
        for widget in (self, self._words, *self._buttons):
            widget.setPalette(look)
        for button in self._buttons:
            button.setFont(theme().font("strong"))
        self._place()

    def _place(self) -> None:
        buttons = sum(button.sizeHint().width() + 6 for button in self._buttons)
        room = min(self._window.width() - 48, buttons + theme().px(_WIDEST))
        shown = self._words.fontMetrics().elidedText(
            self._words.toolTip(), Qt.TextElideMode.ElideRight, max(120, room - buttons - 28)
        )
        self._words.setText(shown)
        self._row.activate()
        size = self.sizeHint()
        width = min(size.width(), room)
        left = (self._window.width() - width) // 2
        self.setGeometry(
            left, self._window.height() - size.height() - _BOTTOM, width, size.height()
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour("tip"))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS_CARD, RADIUS_CARD)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._go_on()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = next((button for button in self._buttons if button.hasFocus()), None)
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and focused is not None:
            focused.click()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Resize and watched is self._window and self.isVisible():
            self._place()
        elif kind == QEvent.Type.FocusIn and watched in self._buttons:
            self._timer.stop()
        elif kind == QEvent.Type.FocusOut and watched in self._buttons:
            self._go_on()
        return super().eventFilter(watched, event)

    def _go_on(self) -> None:
        held = self.underMouse() or any(button.hasFocus() for button in self._buttons)
        if self.isVisible() and not held and not self._stays:
            self._timer.start()
