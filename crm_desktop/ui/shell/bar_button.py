"""The buttons of the top bar: they look as our style draws buttons, before it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QAbstractButton, QWidget

from crm_desktop.ui.theme.icons import paint_icon
from crm_desktop.ui.theme.shapes import baseline, paint_box
from crm_desktop.ui.theme.theme import theme
from crm_desktop.ui.theme.tokens import CONTROL_HEIGHT, FOCUS_RING

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_GAP = 4  # between icon and words


class BarButton(QAbstractButton):
    """Icon and words, outlined or, as the primary one, filled with the accent."""

    def __init__(self, icon: str, parent: QWidget, *, primary: bool = False) -> None:
        super().__init__(parent)
        self._icon = icon
        self._primary = primary
        self.ringed = False  # the keyboard brought the focus here

    def dress(self) -> None:
        """Take up fonts, colours and measures of the theme."""
        self.setFont(theme().font("strong" if self._primary else "body"))
        if self._primary:
            look = self.palette()
            look.setColor(QPalette.ColorRole.ButtonText, QColor(theme().tokens.on_accent))
            self.setPalette(look)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        height = theme().px(CONTROL_HEIGHT)
        if not self.text():
            return QSize(height, height)
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(theme().px(16) + _GAP + words + theme().px(24), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, rect = QPainter(self), self.rect()
        down, over = self.isDown(), self.underMouse()
        if self._primary:
            paint_box(
                painter,
                rect,
                fill="accent_pressed" if down else "accent_hover" if over else "accent",
            )
        else:
            ground = "selection" if down else "subtle" if over else "surface"
            paint_box(painter, rect, fill=ground, line="border_strong")
        side = theme().px(16)
        metrics = painter.fontMetrics()
        words = metrics.horizontalAdvance(self.text()) if self.text() else 0
        wide = side + (_GAP + words if words else 0)
        left = (rect.width() - wide) // 2
        spot = QRect(left, (rect.height() - side) // 2, side, side)
        paint_icon(painter, self._icon, spot.toRectF(), token="on_accent" if self._primary else "")
        if words:
            painter.drawText(left + side + _GAP, baseline(metrics, rect), self.text())
        if self.ringed and self.hasFocus():
            # Accent on accent would not be seen.
            inner = rect.adjusted(2, 2, -2, -2) if self._primary else rect
            line = "on_accent" if self._primary else "accent"
            paint_box(painter, inner, line=line, width=FOCUS_RING)
