"""The board: lanes side by side, cards carried from one to the next by mouse or keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from crm_desktop.domain.pipeline import LOST, OPEN, BoardCard
from crm_desktop.ui.opportunities.cards import CardModel
from crm_desktop.ui.opportunities.lane_view import LaneColumn
from crm_desktop.ui.opportunities.lanes import Lane
from crm_desktop.ui.opportunities.outcomes import OutcomeBar
from crm_desktop.ui.theme import theme

BETWEEN = 10
_SCROLL_EVERY = 16  # milliseconds


class Board(QScrollArea):
    """Shows lanes. It tells what the user wants; the page does it and shows the new lanes."""

    moved = Signal(int, object)  # card, the Lane it was dropped on; it is shown there already
    ended = Signal(int, str)  # card dropped on won, lost or held at the foot
    added = Signal(str, object)  # name typed at the foot of a Lane
    opened = Signal(int)
    menu_wished = Signal(int, QPoint)
    head_clicked = Signal(object)  # Lane
    chosen_changed = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = CardModel(today, self)
        self.columns: list[LaneColumn] = []
        self._dead: list[LaneColumn] = []
        self._pull = 0
        self._choosing = False
        self._awaited = False  # the keyboard waits for the first cards
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = QWidget()
        self._row = QHBoxLayout(self._inner)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(BETWEEN)
        self.setWidget(self._inner)
        self.viewport().setAutoFillBackground(False)
        self._inner.setAutoFillBackground(False)
        self.bar = OutcomeBar(self)
        self.bar.dropped.connect(self._dropped_on_outcome)
        self._scroller = QTimer(self)
        self._scroller.setInterval(_SCROLL_EVERY)
        self._scroller.timeout.connect(self._scroll)

    # ---- what is shown

    def set_lanes(self, lanes: Sequence[Lane]) -> None:
        """Show these lanes; the chosen card stays chosen, each lane stays scrolled."""
        chosen, focused = self.chosen(), self._focused()
        self._choosing = True
        scrolls = {c.lane.key: c.list.verticalScrollBar().value() for c in self.columns}
        if [c.lane.key for c in self.columns] != [lane.key for lane in lanes]:
            self._make_columns(lanes)
        for column, lane in zip(self.columns, lanes, strict=True):
            column.show_lane(lane)
        self.model.set_lanes(lanes)
        for column in self.columns:
            column.list.doItemsLayout()
            column.list.verticalScrollBar().setValue(scrolls.get(column.lane.key, 0))
        self._choosing = False
        if chosen is not None:
            self.choose(chosen, focus=focused)
        else:
            self.chosen_changed.emit()
        if self._awaited and not isinstance(QApplication.focusWidget(), QLineEdit):
            self.take_keyboard()

    def _make_columns(self, lanes: Sequence[Lane]) -> None:
        for column in self.columns:
            self._row.removeWidget(column)
            column.hide()
            column.deleteLater()
        self.columns = []
        for lane in lanes:
            column = LaneColumn(self.model, lane)
            cards = column.list
            column.head_clicked.connect(lambda c=column: self.head_clicked.emit(c.lane))
            column.added.connect(lambda name, c=column: self.added.emit(name, c.lane))
            cards.dropped.connect(lambda card_id, c=column: self._dropped(card_id, c.lane))
            cards.opened.connect(self.opened)
            cards.menu_wished.connect(self.menu_wished)
            cards.sideways.connect(lambda step, c=column: self._sideways(c, step))
            cards.drag_began.connect(self.drag_began)
            cards.drag_moved.connect(self.drag_moved)
            cards.drag_ended.connect(self.drag_ended)
            cards.selectionModel().selectionChanged.connect(
                lambda _on, _off, c=column: self._selected(c)
            )
            self._row.addWidget(column, 1)
            self.columns.append(column)

    def chosen(self) -> int | None:
        """The id of the chosen card."""
        for column in self.columns:
            card_id = column.list.current_card()
            if card_id is not None:
                return card_id
        return None

    def take_keyboard(self) -> None:
        """Give the keyboard to the chosen card, else to the first; at once or when they come."""
        chosen = self.chosen()
        lists = [column.list for column in self.columns]
        full = [cards for cards in lists if cards.model().rowCount()]
        self._awaited = not full
        if chosen is not None:
            self.choose(chosen, focus=True)
        elif full:
            full[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def card(self, card_id: int | None) -> BoardCard | None:
        """A card that is shown."""
        return None if card_id is None else self.model.card(card_id)

    def choose(self, card_id: int, *, focus: bool = False) -> None:
        """Choose a card, wherever it is."""
        for column in self.columns:
            if column.list.choose(card_id):
                if focus:
                    column.list.setFocus(Qt.FocusReason.OtherFocusReason)
                self.ensureWidgetVisible(column, 0, 0)
                break
        self.chosen_changed.emit()

    def lane(self, key: str) -> Lane | None:
        """The lane with this key."""
        return next((c.lane for c in self.columns if c.lane.key == key), None)

    def start_adding(self) -> None:
        """Let a name be typed at the foot of the lane with the chosen card, else the first."""
        chosen = self.chosen()
        key = self.model.lane_of(chosen) if chosen is not None else None
        open_ones = [c for c in self.columns if c.lane.takes_cards and c.lane.state == OPEN]
        column = next((c for c in open_ones if c.lane.key == key), next(iter(open_ones), None))
        if column is not None:
            self.ensureWidgetVisible(column, 0, 0)
            column.start_adding()

    def has_unsaved_text(self) -> bool:
        """Whether a name is typed that was not added yet."""
        return any(column.has_unsaved_text() for column in self.columns)

    def anchor(self, card_id: int) -> tuple[QWidget, QPoint]:
        """Where a panel about this card belongs: beside the card, else over the board."""
        for column in self.columns:
            model = column.list.model()
            for row in range(model.rowCount()):
                index = model.index(row, 0)
                if index.data(Qt.ItemDataRole.UserRole + 1).id == card_id:
                    column.list.scrollTo(index)
                    rect = column.list.visualRect(index)
                    return column.list.viewport(), QPoint(rect.left(), rect.bottom())
        return self, QPoint(self.width() // 2, 80)

    # ---- moving

    def neighbour(self, card_id: int, step: int) -> Lane | None:
        """The nearest lane beside the one a card is in that takes cards."""
        keys = [column.lane.key for column in self.columns]
        here = self.model.lane_of(card_id)
        if here not in keys:
            return None
        at = keys.index(here) + step
        while 0 <= at < len(keys):
            if self.columns[at].lane.takes_cards:
                return self.columns[at].lane
            at += step
        return None

    def carry(self, card_id: int, lane: Lane) -> None:
        """Show the card in another lane and say so; nothing where it already is."""
        if self.model.lane_of(card_id) == lane.key:
            return
        focused = self._focused()
        self.model.put(card_id, lane.key)
        self.choose(card_id, focus=focused)
        self.moved.emit(card_id, lane)

    def put_back(self, card_id: int, lane_key: str) -> None:
        """Show a card where it was: the move was given up or refused."""
        focused = self._focused()
        self.model.put(card_id, lane_key)
        self.choose(card_id, focus=focused)

    def choose_again(self, card_id: int) -> None:
        """A panel about a card is closed: the keyboard goes on with this card."""
        self.choose(card_id, focus=self._focused())

    def lost_lane(self) -> Lane | None:
        """The lane of those that were lost."""
        return next((c.lane for c in self.columns if c.lane.state == LOST), None)

    # ---- while a card is carried

    def drag_began(self) -> None:
        """A card was taken up: offer won, lost and on hold."""
        if any(column.lane.takes_cards for column in self.columns):
            self.bar.show_below()

    def drag_moved(self, where: QPoint) -> None:
        """Scroll sideways while the pointer is near an edge."""
        x, edge = self.mapFromGlobal(where).x(), theme().px(48)
        self._pull = -1 if x < edge else 1 if x > self.width() - edge else 0
        if self._pull and not self._scroller.isActive():
            self._scroller.start()
        elif not self._pull:
            self._scroller.stop()

    def drag_ended(self) -> None:
        """The card was let go."""
        self._scroller.stop()
        self._pull = 0
        self.bar.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.bar.isVisible():
            self.bar.show_below()

    # ---- how it comes about

    def _scroll(self) -> None:
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() + self._pull * theme().px(10))

    def _dropped(self, card_id: int, lane: Lane) -> None:
        self.drag_ended()
        self.carry(card_id, lane)

    def _dropped_on_outcome(self, card_id: int, outcome: str) -> None:
        self.drag_ended()
        self.ended.emit(card_id, outcome)

    def _focused(self) -> bool:
        return any(column.list.hasFocus() for column in self.columns)

    def _sideways(self, column: LaneColumn, step: int) -> None:
        at = self.columns.index(column) + step
        row = column.list.currentIndex().row()
        while 0 <= at < len(self.columns):
            target = self.columns[at].list
            rows = target.model().rowCount()
            if rows:
                target.setCurrentIndex(target.model().index(min(max(row, 0), rows - 1), 0))
                target.setFocus(Qt.FocusReason.OtherFocusReason)
                self.ensureWidgetVisible(self.columns[at], 0, 0)
                return
            at += step

    def _selected(self, column: LaneColumn) -> None:
        if self._choosing:
            return
        if column.list.selectedIndexes():
            self._choosing = True
            for other in self.columns:
                if other is not column:
                    other.list.clearSelection()
            self._choosing = False
        self.chosen_changed.emit()
