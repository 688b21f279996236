"""The four steps at the top of the import page: where one is, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from crm_desktop.ui.theme import paint_icon, theme
from crm_desktop.ui.theme.tokens import FOCUS_RING, GAP, RADIUS_CONTROL
from crm_desktop.ui.widgets import PlainLabel


class _Step(QAbstractButton):
    """One step: a number in a circle and a word; a tick once it is done."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self.state = "later"  # done, now, later
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = theme().px(22) + GAP + metrics.horizontalAdvance(self.text()) + 2 * GAP
        return QSize(width, theme().px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme()
        side = look.px(22)
        circle = QRectF(GAP / 2, (self.height() - side) / 2, side, side)
        now = self.state == "now"
        painter.setFont(look.font("caption"))
        if now:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent"))
            painter.drawEllipse(circle)
        else:
            painter.setPen(QPen(look.colour("border_strong"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(circle.adjusted(0.5, 0.5, -0.5, -0.5))
        if self.state == "done":
            inner = circle.adjusted(4, 4, -4, -4)
            paint_icon(painter, "check", inner, token="accent")
        else:
            painter.setPen(look.colour("on_accent" if now else "muted"))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.setFont(look.font("strong" if now else "body"))
        painter.setPen(look.colour("text" if now else "muted"))
        words = QRectF(circle.right() + GAP, 0, self.width() - circle.right(), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            painter.setPen(QPen(look.colour("accent"), FOCUS_RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)


class Stepper(QWidget):
    """The page's name, then its steps in a row; those behind can be gone back to."""

    wished = Signal(int)

    def __init__(self, count: int) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self.heading = PlainLabel(role="title")
        self._row.addWidget(self.heading)
        self._row.addSpacing(GAP)
        self._steps = [_Step(number + 1) for number in range(count)]
        for number, step in enumerate(self._steps):
            self._row.addWidget(step)
            step.clicked.connect(lambda _checked=False, number=number: self.wished.emit(number))
        theme().changed.connect(self._refont)
        self._refont()

    def set_texts(self, title: str, texts: Sequence[str]) -> None:
        """The words of the page and of the steps."""
        self.heading.setText(title)
        for step, text in zip(self._steps, texts, strict=True):
            step.setText(text)
            step.setAccessibleName(text)
            step.updateGeometry()

    def show_step(self, now: int, *, back: bool) -> None:
        """Mark step `now`; `back`: whether earlier ones can be opened."""
        for number, step in enumerate(self._steps):
            step.state = "now" if number == now else "done" if number < now else "later"
            step.setEnabled(back and number < now)
            step.update()

    def _refont(self) -> None:
        for step in self._steps:
            step.setFont(theme().font("strong"))
            step.updateGeometry()
            step.update()
