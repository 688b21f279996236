"""The list of birthdays: copies, mails and notes greetings in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPalette,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from crm_desktop.domain.occasions import Listed, Occasion
from crm_desktop.ui.birthdays.model import LINE, BirthdayModel, LookUp
from crm_desktop.ui.birthdays.painting import BirthdayDelegate
from crm_desktop.ui.birthdays.reading import LOOKED_UP
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets.keyboard import choose_first


class BirthdayList(QListView):
    """Tells what the user wants to do for whom."""

    wished = Signal(str, object)  # copy, mail, done or open, and the Occasion
    menu_wished = Signal(object, QPoint)
    chosen_changed = Signal()

    def __init__(
        self, today: Callable[[], date], look_up: LookUp, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows = BirthdayModel(look_up, self)
        self.setModel(self.rows)
        self.drawn = BirthdayDelegate(today, self)
        self.setItemDelegate(self.drawn)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())
        theme().changed.connect(self._dress)
        self._dress()

    def set_rows(self, rows: Sequence[Listed]) -> None:
        """Show these; the chosen one stays chosen."""
        chosen, scroll = self.chosen(), self.verticalScrollBar().value()
        self.rows.set_rows(rows)
        self.drawn.measure(self.rows.occasions(LOOKED_UP))
        self.doItemsLayout()
        self.verticalScrollBar().setValue(scroll)
        if chosen is not None:
            row = self.rows.row_of(chosen)
            if row is not None:
                self.setCurrentIndex(self.rows.index(row, 0))
        self.chosen_changed.emit()

    def chosen(self) -> Occasion | None:
        """The chosen row."""
        line = self.currentIndex().data(LINE) if self.selectedIndexes() else None
        return line if isinstance(line, Occasion) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row, zone = self._at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and row is not None and zone:
            self.setCurrentIndex(self.indexAt(event.position().toPoint()))
            self.wished.emit(zone, row)
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row, zone = self._at(event.position().toPoint())
        if row is not None and not zone:
            self.wished.emit("open", row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        _, zone = self._at(place)
        over = (self.indexAt(place).row(), zone)
        if over != self.drawn.over:
            self.drawn.over = over
            self.viewport().update()
            self.viewport().setToolTip(tr(f"birthday_page.{zone}") if zone else "")
        hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(hand if zone else arrow)
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.drawn.over = (-1, "")
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            choose_first(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = self.chosen()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if chosen is not None and event.matches(QKeySequence.StandardKey.Copy):
            self.wished.emit("copy", chosen)
        elif chosen is not None and enter:
            self.wished.emit("open", chosen)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, where = self.indexAt(event.pos()), event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            where = self.viewport().mapToGlobal(self.visualRect(index).center())
        line = index.data(LINE) if index.isValid() else None
        if isinstance(line, Occasion):
            self.setCurrentIndex(index)
            self.menu_wished.emit(line, where)

    def _dress(self) -> None:
        # The track of the scroll bar takes the colour of the card, not of the window.
        look = self.verticalScrollBar().palette()
        look.setColor(QPalette.ColorRole.Window, theme().colour("surface"))
        self.verticalScrollBar().setPalette(look)
        self.drawn.measure(self.rows.occasions(LOOKED_UP))
        self.scheduleDelayedItemsLayout()

    def _at(self, place: QPoint) -> tuple[Occasion | None, str]:
        index = self.indexAt(place)
        line = index.data(LINE) if index.isValid() else None
        if not isinstance(line, Occasion):
            return None, ""
        zones = self.drawn.zones(self.visualRect(index), line)
        return line, next((key for key, box in zones if box.contains(place)), "")
