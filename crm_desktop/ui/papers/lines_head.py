"""The names of the columns above the lines, and the bar that shows where a line will stand."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_desktop.ui.language import tr
from crm_desktop.ui.papers import line_columns as columns
from crm_desktop.ui.papers.line_cells import cell_name
from crm_desktop.ui.theme import theme, tokens

_ROW = 24


class LinesHead(QWidget):
    """The names of the columns."""

    def __init__(self) -> None:
        super().__init__()
        # The Tab key comes past it only to be led on; the mouse has no use for it.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._measure()
        theme().changed.connect(self._measure)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def shown(self) -> dict[str, QRect]:
        """Where the name of each column stands: above its cells, in as many rows as a line has."""
        places = columns.cells(max(1, self.width()))
        height = theme().px(_ROW)
        return {
            key: QRect(at.x + 5, at.row * height, at.width - 10, height)
            for key in (*columns.CELLS, columns.AMOUNT)
            for at in (places[key],)
        }

    def _measure(self) -> None:
        rows = 2 if columns.is_stacked(columns.cells(max(1, self.width()))) else 1
        self.setFixedHeight(theme().px(_ROW) * rows)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme().font("small"))
        painter.setPen(QColor(tokens().muted))
        for key, box in self.shown().items():
            side = (
                Qt.AlignmentFlag.AlignRight
                if key in columns.NUMBERS
                else Qt.AlignmentFlag.AlignLeft
            )
            shown = painter.fontMetrics().elidedText(
                short_name(key), Qt.TextElideMode.ElideRight, box.width() + 4
            )
            painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setPen(QPen(QColor(tokens().border), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


class DropMark(QWidget):
    """The bar that shows where a dragged line will stand."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(tokens().accent))


def short_name(key: str) -> str:
    """The name of a column, short where it stands above figures."""
    if key in ("discount_percent", "tax_rate"):
        return tr(f"line_editor.{key}")
    return cell_name(key)
