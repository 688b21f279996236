"""One lane of the board: its head, its cards, and the line that adds one."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain.pipeline import OPEN
from crm_desktop.ui.language import tr
from crm_desktop.ui.opportunities.cards import CARD, GAP_BELOW, CardDelegate, CardModel, LaneCards
from crm_desktop.ui.opportunities.lanes import Lane, sums_text
from crm_desktop.ui.theme import theme, tokens
from crm_desktop.ui.theme.tokens import FOCUS_RING, GAP, RADIUS_CARD
from crm_desktop.ui.widgets import Button, Chip, ElidedLabel, PlainLabel

MIME = "application/x-crm-desktop-opportunity"


def card_mime(card_id: int) -> QMimeData:
    """What is carried while a card is dragged."""
    data = QMimeData()
    data.setData(MIME, str(card_id).encode())
    return data


def carried(data: QMimeData) -> int | None:
    """The card that is being dragged, None for anything else."""
    return int(bytes(data.data(MIME).data())) if data.hasFormat(MIME) else None


class LaneList(QListView):
    """The cards of one lane; takes cards of others and shows where they will land."""

    dropped = Signal(int)  # a card was let go here
    opened = Signal(int)
    menu_wished = Signal(int, QPoint)
    sideways = Signal(int)  # the keyboard goes to the lane on the left (-1) or right (1)
    drag_began = Signal()
    drag_moved = Signal(QPoint)  # where the pointer is, in global coordinates
    drag_ended = Signal()

    def __init__(self, model: CardModel, lane: Lane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = model
        self._lane = lane
        self._landing = -1
        self.setModel(LaneCards(model, lane.key, self))
        self._delegate = CardDelegate(model.today, self)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(lane.title)
        self.doubleClicked.connect(self._open)
        theme().changed.connect(self._dress)
        self._dress()

    def show_lane(self, lane: Lane) -> None:
        """The lane has other words or numbers."""
        self._lane = lane
        self.setAccessibleName(lane.title)
        self.setDragEnabled(lane.gives_cards)
        self.setAcceptDrops(lane.takes_cards)

    def current_card(self) -> int | None:
        """The id of the chosen card."""
        chosen = self.selectedIndexes()
        return chosen[0].data(CARD).id if chosen else None

    def choose(self, card_id: int) -> bool:
        """Choose a card if it is in this lane."""
        model = self.model()
        for row in range(model.rowCount()):
            index = model.index(row, 0)
            if index.data(CARD).id == card_id:
                self.setCurrentIndex(index)
                self.scrollTo(index)
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = self.current_card()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and chosen is not None and plain:
            self.opened.emit(chosen)
        elif step is not None and plain:
            self.sideways.emit(step)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # With the keyboard a lane always shows where one is; a click chooses by itself.
        if event.reason() != Qt.FocusReason.MouseFocusReason and not self.selectedIndexes():
            first = self.currentIndex() if self.currentIndex().isValid() else self.first_index()
            if first.isValid():
                self.setCurrentIndex(first)

    def first_index(self) -> QModelIndex:
        """The first card."""
        return self.model().index(0, 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.indexAt(event.position().toPoint()).isValid():
            self.clearSelection()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            where = self.viewport().mapToGlobal(self.visualRect(index).center())
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_wished.emit(index.data(CARD).id, where)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        chosen = self.selectedIndexes()
        if not chosen:
            return
        drag = QDrag(self)
        drag.setMimeData(card_mime(chosen[0].data(CARD).id))
        rect = self.visualRect(chosen[0])
        drag.setPixmap(self.viewport().grab(rect.adjusted(0, 0, 0, -theme().px(GAP_BELOW))))
        drag.setHotSpot(self.viewport().mapFromGlobal(self.cursor().pos()) - rect.topLeft())
        self.drag_began.emit()
        drag.exec(Qt.DropAction.MoveAction)
        self.drag_ended.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if carried(event.mimeData()) is not None and self._lane.takes_cards:
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        card_id = carried(event.mimeData())
        if card_id is None or not self._lane.takes_cards:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
        self._show_landing(self._cards.landing(self._lane.key, card_id))
        self._scroll_near_edge(event.position().toPoint())
        self.drag_moved.emit(self.viewport().mapToGlobal(event.position().toPoint()))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_landing(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        card_id = carried(event.mimeData())
        self._show_landing(-1)
        if card_id is None or not self._lane.takes_cards:
            event.ignore()
            return
        # The model moves the card itself: Qt must not remove the row it was dragged from.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(card_id)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        bar = self.verticalScrollBar()
        self._delegate.inset = 0 if bar.maximum() > bar.minimum() else GAP

    def landing_row(self) -> int:
        """Where the insertion bar is; -1 without one."""
        return self._landing

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.model().rowCount() and self._lane.takes_cards and self._landing < 0:
            painter.setFont(theme().font("small"))
            painter.setPen(QColor(tokens().muted))
            top = QRect(0, 0, self.viewport().width(), theme().px(56))
            painter.drawText(top, Qt.AlignmentFlag.AlignCenter, tr("opportunity_page.drop_here"))
        if self._landing >= 0:
            painter.setPen(QPen(QColor(tokens().accent), FOCUS_RING + 1))
            painter.drawLine(2, self._bar(), self.viewport().width() - 2, self._bar())

    def _dress(self) -> None:
        # The track of the scroll bar takes the colour of the lane, not of the window.
        look = self.verticalScrollBar().palette()
        look.setColor(QPalette.ColorRole.Window, theme().colour("subtle"))
        self.verticalScrollBar().setPalette(look)
        self.scheduleDelayedItemsLayout()

    def _bar(self) -> int:
        model, gap = self.model(), theme().px(GAP_BELOW)
        if self._landing < model.rowCount():
            return max(2, self.visualRect(model.index(self._landing, 0)).top() - gap // 2)
        if not model.rowCount():
            return 3
        return self.visualRect(model.index(model.rowCount() - 1, 0)).bottom() - gap // 2

    def _show_landing(self, row: int) -> None:
        if row != self._landing:
            self._landing = row
            self.viewport().update()

    def _scroll_near_edge(self, place: QPoint) -> None:
        edge, bar = theme().px(28), self.verticalScrollBar()
        if place.y() < edge:
            bar.setValue(bar.value() - theme().px(12))
        elif place.y() > self.viewport().height() - edge:
            bar.setValue(bar.value() + theme().px(12))

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(CARD).id)


class _AddLine(QLineEdit):
    """The name of a new opportunity, typed at the foot of a lane."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.text().strip() and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class LaneColumn(QFrame):
    """A lane on the board: chip, count, chance and sum on top, cards, and Add at the foot."""

    head_clicked = Signal()
    added = Signal(str)

    def __init__(self, model: CardModel, lane: Lane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lane = lane
        self.list = LaneList(model, lane)
        column = QVBoxLayout(self)
        # The list reaches the edge, so that its scroll bar takes little from the cards.
        column.setContentsMargins(GAP, GAP, 0, 4)
        column.setSpacing(4)
        column.addLayout(self._head())
        column.addWidget(self.list, 1)
        self._add = Button("", variant="quiet", small=True)
        self._line = _AddLine()
        self._foot = QStackedLayout()
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, GAP, 0)
        foot.addLayout(self._foot)
        column.addLayout(foot)  # first of all: a stack shows its first part at once
        self._foot.addWidget(self._add)
        self._foot.addWidget(self._line)
        self._add.clicked.connect(self.start_adding)
        self._line.returnPressed.connect(self._typed)
        self._line.left.connect(lambda: self._foot.setCurrentWidget(self._add))
        theme().changed.connect(self._resize)
        self._resize()
        self.show_lane(lane)

    def _head(self) -> QVBoxLayout:
        self.chip = Chip("", clickable=True, rim=True)
        self.count = PlainLabel(role="small", tone="muted")
        self.chance = PlainLabel(role="small", tone="muted")
        self.sum = ElidedLabel(role="kpi")
        self.chip.clicked.connect(self.head_clicked)
        row = QHBoxLayout()
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(GAP)
        row.addWidget(self.chip)
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self.chance)
        head = QVBoxLayout()
        head.setContentsMargins(0, 2, GAP, 4)
        head.setSpacing(4)
        head.addLayout(row)
        below = QHBoxLayout()
        below.setContentsMargins(4, 0, 4, 0)
        below.addWidget(self.sum, 1)
        head.addLayout(below)
        return head

    def show_lane(self, lane: Lane) -> None:
        """The lane has other words or numbers."""
        self.lane = lane
        self.list.show_lane(lane)
        self._add.setVisible(lane.takes_cards and lane.state == OPEN)
        self.chip.set_text(lane.title, lane.colour)
        self.count.setText(f"{len(lane.cards):,}")
        shown = "" if lane.chance is None else tr("opportunity_page.chance", number=lane.chance)
        self.chance.setText(shown)
        self.sum.setText(sums_text(lane.sums))
        self._add.setText(tr("opportunity_page.add"))
        self._add.setAccessibleName(tr("opportunity_page.add_to", stage=lane.title))
        self._line.setPlaceholderText(tr("opportunity_page.add_hint"))
        self._line.setAccessibleName(tr("opportunity_page.add_to", stage=lane.title))

    def start_adding(self) -> None:
        """Show the line in which the name of a new opportunity is typed."""
        self._foot.setCurrentWidget(self._line)
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_unsaved_text(self) -> bool:
        """Whether a name is typed that was not added yet."""
        return bool(self._line.text().strip())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.position().y() < self.list.y() and self.rect().contains(
            event.position().toPoint()
        ):
            self.head_clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().subtle))
        painter.drawRoundedRect(self.rect(), RADIUS_CARD, RADIUS_CARD)

    def _typed(self) -> None:
        name = self._line.text().strip()
        if name:
            self._line.setText("")
            self.added.emit(name)

    def _resize(self) -> None:
        self.setMinimumWidth(theme().px(200))
        self.setMaximumWidth(theme().px(320))
