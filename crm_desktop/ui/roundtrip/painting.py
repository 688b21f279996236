"""How the lines are painted: the old struck through in red, the new in green."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import (
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
)

from crm_desktop.domain.imports import ImportProblem
from crm_desktop.domain.kinds import Ref
from crm_desktop.domain.roundtrip import CellChange, NewRow
from crm_desktop.ui.roundtrip.lines import BOOK, COLUMNS, SHEET, TAKE, Line, LinesModel, text_of
from crm_desktop.ui.theme import paint_icon, theme, tokens
from crm_desktop.ui.theme.tokens import CHECK, FOCUS_RING

_MARGIN = 4
_INSIDE = 8  # of a coloured field
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
Index = QModelIndex | QPersistentModelIndex


class LineDelegate(QStyledItemDelegate):
    """Paints every cell of the table."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(option.rect.width(), theme().row())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, LinesModel)
        line, column, look = model.lines[index.row()], index.column(), tokens()
        rect: QRect = option.rect
        if line.is_heading:
            painter.fillRect(rect, QColor(look.window))
            self._text(painter, rect, model.heading(line), "strong", QColor(look.text))
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(look.selection))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(look.border))
        taken = model.taken(index.row())
        if column == TAKE:
            self._mark(painter, rect, line, taken)
        elif column in (BOOK, SHEET) and not isinstance(line.what, ImportProblem):
            self._value(painter, rect, line, column, bool(taken))
        else:
            muted = COLUMNS[column] in ("row", "field")
            struck = isinstance(line.what, Ref) and bool(taken)
            colour = theme().colour("chip.red" if struck else "muted" if muted else "text")
            text = text_of(line, COLUMNS[column])
            self._text(painter, rect, text, "body", colour, struck=struck)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(look.accent), FOCUS_RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -2))

    def _value(self, painter: QPainter, rect: QRect, line: Line, column: int, taken: bool) -> None:
        """One side of a change: what wins stands in green, what goes is struck through in red."""
        text = text_of(line, COLUMNS[column])
        if not text:
            return
        conflict = isinstance(line.what, CellChange) and line.what.conflict
        if isinstance(line.what, NewRow) and column == BOOK:
            self._text(painter, rect, text, "body", theme().colour("muted"))
            return
        wins = taken if column == SHEET else not taken
        if wins and column == BOOK and not conflict:
            self._text(painter, rect, text, "body", theme().colour("text"))
            return
        if not wins and column == SHEET and not conflict:
            self._text(painter, rect, text, "body", theme().colour("muted"))
            return
        colour = "green" if wins else "red"
        font = self._font("body", struck=not wins)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        width = min(metrics.horizontalAdvance(text) + 2 * _INSIDE, rect.width() - 2 * _MARGIN)
        height = theme().px(22)
        box = QRectF(
            rect.left() + _MARGIN, rect.center().y() - height / 2 + 0.5, width, height
        )  # fmt: skip
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour(f"fill.{colour}"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(theme().colour(f"chip.{colour}"))
        inner = box.adjusted(_INSIDE, 0, -_INSIDE, 0)
        room = max(0, int(inner.width()) + 1)
        painter.drawText(
            inner, _MIDDLE, metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        )

    def _mark(self, painter: QPainter, rect: QRect, line: Line, taken: bool | None) -> None:
        side = theme().px(CHECK)
        box = QRect(
            rect.left() + (rect.width() - side) // 2,
            rect.top() + (rect.height() - side) // 2,
            side,
            side,
        )
        if taken is None:
            problem = line.what
            blocking = isinstance(problem, ImportProblem) and problem.blocking
            name = "circle-alert" if blocking else "triangle-alert"
            paint_icon(
                painter, name, QRectF(box), token="chip.red" if blocking else "chip.amber"
            )  # fmt: skip
            return
        button = QStyleOptionButton()
        button.rect = box
        button.state = QStyle.StateFlag.State_Enabled | (
            QStyle.StateFlag.State_On if taken else QStyle.StateFlag.State_Off
        )
        style = QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, button, painter)

    def _text(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        role: str,
        colour: QColor,
        *,
        struck: bool = False,
    ) -> None:
        painter.setFont(self._font(role, struck=struck))
        painter.setPen(colour)
        inner = rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
        elided = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, max(0, inner.width())
        )
        painter.drawText(inner, _MIDDLE, elided)

    @staticmethod
    def _font(role: str, *, struck: bool) -> QFont:
        font = theme().font(role)
        font.setStrikeOut(struck)
        return font
