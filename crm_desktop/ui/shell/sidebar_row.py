"""One entry of the sidebar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QWidget

from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.theme.icons import paint_icon
from crm_desktop.ui.theme.shapes import baseline, fitting, paint_box
from crm_desktop.ui.theme.theme import theme
from crm_desktop.ui.theme.tokens import FOCUS_RING, SIDEBAR_ROW, SIDEBAR_ROW_LOW
from crm_desktop.ui.tooltips import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QPaintEvent


class SidebarRow(QAbstractButton):
    """Painted from the theme: icon, words, count. Its words have the colour of the palette."""

    menu_wished = Signal(object)  # where in it

    def __init__(self, place: Place, icon: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.place = place
        self.words = words  # a key of the catalogue; "" where the user named the entry
        self._icon = icon
        self._count = 0
        self.folded = False
        self.low = False  # a low window holds more rows
        self.ringed = False  # the keyboard brought the focus here
        self.setCheckable(True)
        self.dress()
        self.retranslate()

    def set_count(self, count: int) -> None:
        """The number at its right end; 0 shows none."""
        if count != self._count:
            self._count = count
            self.retranslate()
            self.update()

    @property
    def count(self) -> int:
        """The number shown."""
        return self._count

    def set_lit(self, lit: bool) -> None:
        """Whether the window shows this place."""
        if lit != self.isChecked():
            self.setChecked(lit)
            self.dress()

    def dress(self) -> None:
        """Take up fonts and measures of the theme."""
        self.setFont(theme().font("strong" if self.isChecked() else "body"))
        self.updateGeometry()

    def retranslate(self) -> None:
        """Name it in the language of the window."""
        if self.words:
            self.setText(tr(self.words))
        name = self.text()
        if self._count:
            name = tr("shell.entry_with_count", name=name, count=self._count)
        self.setAccessibleName(name)
        if self.folded or self.toolTip():
            self.setToolTip(plain_tip(name) if self.folded else "")

    def set_folded(self, folded: bool) -> None:
        """Show only the icon; the name moves into the tooltip."""
        if folded != self.folded:
            self.folded = folded
            self.retranslate()
            self.update()

    def set_low(self, low: bool) -> None:
        """Take less height, or as much as usual."""
        if low != self.low:
            self.low = low
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        usual = SIDEBAR_ROW_LOW if self.low else SIDEBAR_ROW
        return QSize(40, theme().px(usual if self._icon else SIDEBAR_ROW_LOW))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.words:
            event.ignore()
        else:
            self.menu_wished.emit(event.pos())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = self.rect().adjusted(1, 1, -1, -1)
        if self.isChecked() or self.underMouse():
            paint_box(painter, box, fill="selection" if self.isChecked() else "subtle")
        if self.ringed and self.hasFocus():
            paint_box(painter, box, line="accent", width=FOCUS_RING)
        side = theme().px(16)
        left = (self.width() - side) // 2 if self.folded else 8
        if self._icon:
            spot = QRect(left, (self.height() - side) // 2, side, side)
            token = "accent" if self.isChecked() else "muted"
            paint_icon(painter, self._icon, spot.toRectF(), token=token)
        if not self.folded:
            self._paint_words(painter, 8 + side + 10 if self._icon else 26)
        elif not self._icon:
            self._paint_initial(painter)

    def _paint_words(self, painter: QPainter, left: int) -> None:
        right = self.width() - 10
        if self._count:
            right = self._paint_count(painter, right)
        if not self._icon:
            painter.drawEllipse(12, self.height() // 2 - 2, 4, 4)
        metrics = painter.fontMetrics()
        words = fitting(metrics, self.text(), right - left)
        painter.drawText(left, baseline(metrics, self.rect()), words)

    def _paint_count(self, painter: QPainter, right: int) -> int:
        """Draw the number; where the words must end."""
        painter.save()
        painter.setFont(theme().font("number"))
        painter.setPen(theme().colour("muted"))
        metrics, number = painter.fontMetrics(), f"{self._count:,}"
        left = right - metrics.horizontalAdvance(number)
        painter.drawText(left, baseline(metrics, self.rect()), number)
        painter.restore()
        return left - 8

    def _paint_initial(self, painter: QPainter) -> None:
        painter.setFont(theme().font("strong"))
        painter.setPen(theme().colour("muted"))
        metrics, letter = painter.fontMetrics(), self.text()[:1]
        left = (self.width() - metrics.horizontalAdvance(letter)) // 2
        painter.drawText(left, baseline(metrics, self.rect()), letter)
