"""The shape of a line in its editor: where its parts stand and what is painted between them."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from crm_desktop.domain.money import currency
from crm_desktop.ui.formats import number
from crm_desktop.ui.papers import line_columns as columns
from crm_desktop.ui.theme import paint_icon, theme, tokens
from crm_desktop.ui.widgets import IconButton, PlainLabel, TextArea

_LEAST_FIGURE = 6  # pixels; amounts of billions in narrow windows


class LineShape(QWidget):
    """Cells in their columns, a description and a problem below; number and amount are painted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells: dict[str, QLineEdit] = {}
        self.description: TextArea | None = None
        self._currency = "CNY"
        self._position = 0
        self._locked = False
        self.menu_button = IconButton("ellipsis", "", small=True, parent=self)
        # The context menu key opens the same menu; the Tab key goes from cell to cell.
        self.menu_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._problem = PlainLabel("", role="small", tone="danger", wrap=True, parent=self)
        self._problem.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme().changed.connect(self._relayout)

    @property
    def is_open(self) -> bool:
        """Whether this is the empty line at the end that waits for an item."""
        return False

    def amount(self) -> Decimal | None:
        """The amount to show."""
        return None

    def show_problem(self, sentence: str) -> None:
        """Say below the cells what is wrong; "" takes it away."""
        if sentence != self._problem.text():
            self._problem.setText(sentence)
            self._problem.setVisible(bool(sentence))
            self._relayout()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._relayout()

    def _relayout(self) -> None:
        places = columns.cells(max(1, self.width()))
        height = theme().px(32)
        for key, cell in self.cells.items():
            at = places[key]
            cell.setGeometry(at.x + 2, at.row * height + 2, at.width - 4, height - 4)
        menu = places[columns.MENU]
        self.menu_button.move(
            menu.x + (menu.width - self.menu_button.width()) // 2,
            (height - self.menu_button.height()) // 2,
        )
        bottom = height * (2 if columns.is_stacked(places) else 1)
        left = places[columns.NAME].x
        if self.description is not None:
            self.description.setGeometry(
                left + 2, bottom - 4, self.width() - left - 4, self.description.height()
            )
            bottom += self.description.height() - 2
        if self._problem.text():
            wide = self.width() - left - 8
            tall = self._problem.heightForWidth(wide)
            self._problem.setGeometry(QRect(left + 6, bottom, wide, tall))
            bottom += tall + 4
        if self.height() != bottom or self.minimumHeight() != bottom:
            self.setFixedHeight(bottom)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = tokens()
        painter.setPen(QPen(QColor(look.border), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        height = theme().px(32)
        places = columns.cells(max(1, self.width()))
        at = places[columns.NUMBER]
        painter.setFont(theme().font("small"))
        painter.setPen(QColor(look.muted))
        box = QRect(at.x, 0, at.width, height)
        if self.underMouse() and not self._locked and not self.is_open:
            side = theme().px(14)
            grip = QRect(0, 0, side, side)
            grip.moveCenter(box.center())
            paint_icon(painter, "grip-vertical", grip.toRectF(), token="muted")
        else:
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._position + 1))
        amount = self.amount()
        if amount is not None:
            at = places[columns.AMOUNT]
            painter.setPen(QColor(look.text))
            box = QRect(at.x, at.row * height - 1, at.width - 5, height)
            figure = number(amount, currency(self._currency).digits)
            painter.setFont(figure_font(figure, box.width()))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, right, figure)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cells: list[QWidget] = [*self.cells.values()]
        if self.description is not None:
            cells.append(self.description)
        for cell in cells:
            wrong = bool(cell.property("wrong"))
            if wrong or (cell.hasFocus() and not self._locked):
                painter.setPen(QPen(QColor(look.danger if wrong else look.accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(cell.geometry().adjusted(-1, -1, 1, 1).toRectF(), 4, 4)


def figure_font(figure: str, width: int) -> QFont:
    """The font of figures, smaller where `width` is too narrow: a figure cut is another figure."""
    font = QFont(theme().font("number"))
    while QFontMetrics(font).horizontalAdvance(figure) > width and font.pixelSize() > _LEAST_FIGURE:
        font.setPixelSize(font.pixelSize() - 1)
    return font
