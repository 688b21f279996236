"""What was asked for a product before, shown below the price while it is typed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.document_lines import LineCard
from crm_desktop.domain.issuing import PriceMemory, ProductUse
from crm_desktop.ui.formats import day_text, money, percent
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import tokens
from crm_desktop.ui.theme.tokens import RADIUS_CONTROL
from crm_desktop.ui.widgets import PlainLabel


def told(
    memory: PriceMemory, line: LineCard, currency: str, today: date, *, tax_included: bool
) -> list[str]:
    """The lines of the tip; none where nothing is known."""

    def use(key: str, found: ProductUse) -> str:
        return tr(
            f"line_editor.{key}",
            price=money(found.unit_price, found.currency, cents=True),
            number=found.ref.title,
            day=day_text(found.dated, today) if found.dated else "",
        )

    words = []
    if memory.last is not None:
        words.append(use("last_price", memory.last))
    if memory.lowest is not None and memory.lowest != memory.last:
        words.append(use("lowest_price", memory.lowest))
    if memory.list_price is not None:
        words.append(
            tr("line_editor.list_price", price=money(memory.list_price, currency, cents=True))
        )
    if memory.cost is not None and line.quantity and line.price:
        each = line.amount / line.quantity
        margin = memory.margin(each, line.tax_rate, tax_included=tax_included)
        words.append(tr("line_editor.margin", margin=percent(margin, 1)))
    return words


class PriceTip(QWidget):
    """Lies over the lines below; neither mouse nor keyboard meet it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 6, 10, 6)
        self._column.setSpacing(2)
        self.hide()

    def show_words(self, words: list[str], anchor: QWidget) -> None:
        """Show the words below `anchor`; none hides the tip."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for text in words:
            self._column.addWidget(PlainLabel(text, role="small"))
        owner = self.parentWidget()
        if not words or owner is None:
            self.hide()
            return
        self.adjustSize()
        at = anchor.mapTo(owner, QPoint(anchor.width(), anchor.height() + 4))
        self.move(max(4, at.x() - self.width()), at.y())
        self.setAccessibleName("\n".join(words))
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens().border_strong), 1))
        painter.setBrush(QColor(tokens().surface))
        box = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
