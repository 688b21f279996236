"""The cards of the board: one model for all lanes, a filter for each, and how a card is drawn."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from crm_desktop.domain.pipeline import BoardCard
from crm_desktop.ui.language import tr
from crm_desktop.ui.opportunities.lanes import Lane, amount_text, chip_of, said
from crm_desktop.ui.theme import paint_icon, theme, tokens
from crm_desktop.ui.theme.tokens import FOCUS_RING, RADIUS_CARD
from crm_desktop.ui.widgets import chip_size, paint_avatar, paint_chip

CARD, LANE = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
GAP_BELOW = 9
_Index = QModelIndex | QPersistentModelIndex


class CardModel(QAbstractListModel):
    """All cards of the board, each with the lane it is in."""

    def __init__(self, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.today = today
        self._rows: list[tuple[str, BoardCard]] = []

    def set_lanes(self, lanes: Sequence[Lane]) -> None:
        """Show other cards."""
        self.beginResetModel()
        self._rows = [(lane.key, card) for lane in lanes for card in lane.cards]
        self.endResetModel()

    def put(self, card_id: int, lane_key: str) -> str | None:
        """Show a card in another lane at once; gives the lane it was in."""
        row = self.row_of(card_id)
        if row is None:
            return None
        before, card = self._rows[row]
        self.beginResetModel()
        del self._rows[row]
        self._rows.insert(self._place(lane_key, card), (lane_key, card))
        self.endResetModel()
        return before

    def row_of(self, card_id: int) -> int | None:
        """Where a card is."""
        return next((i for i, (_, card) in enumerate(self._rows) if card.id == card_id), None)

    def card(self, card_id: int) -> BoardCard | None:
        """The card with this id."""
        row = self.row_of(card_id)
        return None if row is None else self._rows[row][1]

    def lane_of(self, card_id: int) -> str | None:
        """The lane a card is in."""
        row = self.row_of(card_id)
        return None if row is None else self._rows[row][0]

    def landing(self, lane_key: str, card_id: int) -> int:
        """The row within its lane a card would take: urgency decides, not the pointer."""
        card = self.card(card_id)
        if card is None:
            return 0
        others = [c.urgency() for key, c in self._rows if key == lane_key and c.id != card_id]
        return bisect(others, card.urgency())

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        lane_key, card = self._rows[index.row()]
        if role == CARD:
            return card
        if role == LANE:
            return lane_key
        if role == Qt.ItemDataRole.DisplayRole:
            return card.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return said(card, self.today())
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def _place(self, lane_key: str, card: BoardCard) -> int:
        mine = [i for i, (key, _) in enumerate(self._rows) if key == lane_key]
        if not mine:
            return len(self._rows)
        return mine[0] + bisect([self._rows[i][1].urgency() for i in mine], card.urgency())


class LaneCards(QSortFilterProxyModel):
    """The cards of one lane."""

    def __init__(self, source: CardModel, lane_key: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane_key = lane_key
        self.setSourceModel(source)

    def filterAcceptsRow(self, row: int, parent: _Index) -> bool:
        source = self.sourceModel()
        return bool(source.index(row, 0, parent).data(LANE) == self._lane_key)


class CardDelegate(QStyledItemDelegate):
    """Draws a card: title, customer, amount, next step; a clock where it stands still."""

    def __init__(self, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.inset = 0  # pixels that stay free on the right

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        line = QFontMetrics(theme().font("strong")).height()
        chip = chip_size("").height()
        height = 2 * theme().px(8) + line + theme().px(5) + self._second() + theme().px(6) + chip
        return QSize(theme().px(120), height + theme().px(GAP_BELOW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        card = index.data(CARD)
        if not isinstance(card, BoardCard):
            return
        box = QRectF(option.rect).adjusted(
            0.5, 0.5, -0.5 - self.inset, -0.5 - theme().px(GAP_BELOW)
        )
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._frame(painter, box, state)
        inner = box.adjusted(theme().px(10), theme().px(8), -theme().px(10), -theme().px(8))
        line = QFontMetrics(theme().font("strong")).height()
        self._words(painter, QRectF(inner.left(), inner.top(), inner.width(), line), card.title)
        top = inner.top() + line + theme().px(5)
        self._customer(painter, QRectF(inner.left(), top, inner.width(), self._second()), card)
        bottom = chip_size("").height()
        self._figures(
            painter, QRectF(inner.left(), inner.bottom() - bottom, inner.width(), bottom), card
        )
        painter.restore()

    @staticmethod
    def _second() -> int:
        return max(theme().px(20), QFontMetrics(theme().font("small")).height())

    def _frame(self, painter: QPainter, box: QRectF, state: QStyle.StateFlag) -> None:
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        edge = tokens().accent if chosen else tokens().border_strong if over else tokens().border
        width = FOCUS_RING if chosen else 1
        painter.setPen(QPen(QColor(edge), width))
        painter.setBrush(QColor(tokens().surface))
        inset = (width - 1) / 2
        painter.drawRoundedRect(
            box.adjusted(inset, inset, -inset, -inset), RADIUS_CARD, RADIUS_CARD
        )

    def _words(
        self, painter: QPainter, box: QRectF, text: str, role: str = "strong", token: str = "text"
    ) -> None:
        font = theme().font(role)
        painter.setFont(font)
        painter.setPen(QColor(tokens().colour(token)))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, align | Qt.TextFlag.TextSingleLine, shown)

    def _customer(self, painter: QPainter, box: QRectF, card: BoardCard) -> None:
        right = box.right()
        if card.stale:
            days = tr("opportunity_page.days_short", count=card.days_in_stage)
            width = QFontMetrics(theme().font("small")).horizontalAdvance(days) + 1
            self._words(
                painter,
                QRectF(right - width, box.top(), width, box.height()),
                days,
                "small",
                "chip.amber",
            )
            side = theme().px(13)
            right -= width + side + 4
            paint_icon(
                painter,
                "clock",
                QRectF(right, box.center().y() - side / 2, side, side),
                token="chip.amber",
            )
            right -= theme().px(6)
        who = card.person or card.company
        if who is None:
            return
        side = theme().px(20)
        paint_avatar(
            painter, QRectF(box.left(), box.center().y() - side / 2, side, side), who.title
        )
        left = box.left() + side + theme().px(8)
        name = card.company or who
        self._words(
            painter,
            QRectF(left, box.top(), right - left, box.height()),
            name.title,
            "small",
            "muted",
        )

    def _figures(self, painter: QPainter, box: QRectF, card: BoardCard) -> None:
        words, colour = chip_of(card, self._today())
        metrics = QFontMetrics(theme().font("number"))
        text = amount_text(card)
        if metrics.horizontalAdvance(text) + chip_size(words).width() + 6 > box.width():
            text = amount_text(card, short=True)  # what comes next is never cut for cents
        used = metrics.horizontalAdvance(text)
        self._words(painter, QRectF(box.left(), box.top(), used + 2, box.height()), text, "number")
        room = int(box.width()) - (used + theme().px(6) if text else 0)
        size = chip_size(words)
        width = min(size.width(), room)
        if width > theme().px(28):
            chip = QRect(int(box.right()) - width + 1, int(box.top()), width, size.height())
            paint_chip(painter, chip, words, colour=colour)
