"""The list of follow-ups: ticked off, put off and written about in place. Today shows it too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from crm_desktop.domain.agenda import AgendaItem, Section
from crm_desktop.domain.lists import Item
from crm_desktop.ui.followups.model import LINE, FollowupModel, Heading, said
from crm_desktop.ui.followups.painting import (
    FollowupDelegate,
    check_box,
    later_box,
    row_height,
)
from crm_desktop.ui.theme import theme

STRUCK_FOR = 1000  # milliseconds a row that was ticked off stays, struck through


def type_icon(item: Item | None) -> str:
    """The icon of an activity type; a newer program may know others."""
    name = str(item.data.get("icon", "")) if item is not None else ""
    return name or "circle-dot"


class FollowupList(QListView):
    """Tells what the user wants; FollowupActs does it."""

    ticked = Signal(int)
    unticked = Signal(int)
    later_wished = Signal(int, QPoint)
    menu_wished = Signal(int, QPoint)
    outcome_written = Signal(int, str, bool)  # id, text, whether it is done with that
    chosen_changed = Signal()
    folded_changed = Signal()
    emptied = Signal()

    def __init__(
        self,
        today: Callable[[], date],
        type_of: Callable[[int | None], Item | None],
        *,
        headings: bool = True,
        grows: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """With `grows` the list is as high as its rows: for cards that do not scroll."""
        super().__init__(parent)
        self.rows = FollowupModel(today, self)
        self.rows.headings = headings
        self._grows = grows
        self._waiting: tuple[dict[Section, Sequence[AgendaItem]], dict[Section, int] | None] | None
        self._waiting = None
        self.setModel(self.rows)
        self.painter_of_rows = FollowupDelegate(
            self.rows, today, lambda type_id: type_icon(type_of(type_id)), self
        )
        self.setItemDelegate(self.painter_of_rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if grows:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.setInterval(STRUCK_FOR)
        self._hold.timeout.connect(self._release)
        self.painter_of_rows.written.connect(self._outcome)
        self.painter_of_rows.closeEditor.connect(lambda *_: self._collapse())
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())
        theme().changed.connect(self._laid_out)

    # ---- what is shown

    def set_sections(
        self,
        sections: dict[Section, Sequence[AgendaItem]],
        counts: dict[Section, int] | None = None,
    ) -> None:
        """Show these; a row that was just ticked off stays struck through for a moment first."""
        if self._hold.isActive() or self.editing:
            self._waiting = (sections, counts)
            return
        self._waiting = None
        chosen, row = self.chosen(), self.currentIndex().row()
        heading = self.rows.line(row)
        scroll = self.verticalScrollBar().value()
        focused = self.hasFocus()
        self.rows.struck.clear()
        self.rows.set_sections(sections, counts)
        self._laid_out()
        self.verticalScrollBar().setValue(scroll)
        kept = self._choose_heading(heading) if chosen is None else self.choose(chosen)
        if focused and not kept:
            self._choose_near(row)
        self.chosen_changed.emit()

    def chosen(self) -> int | None:
        """The id of the chosen follow-up."""
        line = self.currentIndex().data(LINE) if self.selectedIndexes() else None
        return line.id if isinstance(line, AgendaItem) else None

    def chosen_item(self) -> AgendaItem | None:
        """The chosen follow-up."""
        chosen = self.chosen()
        return None if chosen is None else self.rows.item(chosen)

    def choose(self, activity_id: int) -> bool:
        """Choose a follow-up if it is shown."""
        row = self.rows.row_of(activity_id)
        if row is None:
            return False
        self.setCurrentIndex(self.rows.index(row, 0))
        return True

    def strike(self, activity_id: int) -> None:
        """Show at once that it is done; newer rows are shown a moment later."""
        self.rows.struck.add(activity_id)
        self.rows.touch(activity_id)
        self._hold.start()

    def unstrike(self, activity_id: int) -> None:
        """It is not done after all: it was refused."""
        self.rows.struck.discard(activity_id)
        self.rows.touch(activity_id)
        self._release()

    @property
    def holding(self) -> bool:
        """Whether a row that was ticked off is still shown."""
        return self._hold.isActive()

    @property
    def editing(self) -> bool:
        """Whether an outcome is being written."""
        return self.state() == QAbstractItemView.State.EditingState

    def expand(self, activity_id: int) -> None:
        """Open the line for the outcome beneath a row."""
        row = self.rows.row_of(activity_id)
        if row is None:
            return
        self.rows.expanded = activity_id
        self._laid_out()
        index = self.rows.index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)

    def later_point(self, activity_id: int) -> QPoint:
        """Where the menu of Later belongs, in global coordinates."""
        row = self.rows.row_of(activity_id)
        rect = self.visualRect(self.rows.index(row or 0, 0))
        return self.viewport().mapToGlobal(later_box(rect).bottomLeft())

    def sizeHint(self) -> QSize:
        if not self._grows:
            return super().sizeHint()
        option = self.painter_of_rows
        height = sum(
            option.sizeHint(QStyleOptionViewItem(), self.rows.index(row, 0)).height()
            for row in range(self.rows.rowCount())
        )
        return QSize(theme().px(320), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() if self._grows else QSize(theme().px(240), row_height() * 2)

    # ---- what the user does

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index, zone = self._at(event.position().toPoint())
        line = index.data(LINE) if index.isValid() else None
        if event.button() == Qt.MouseButton.LeftButton and zone:
            self.setCurrentIndex(index)
            if isinstance(line, Heading):
                self._fold(line)
            elif isinstance(line, AgendaItem):
                self._zone_clicked(line, zone)
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index, zone = self._at(event.position().toPoint())
        line = index.data(LINE) if index.isValid() else None
        if isinstance(line, AgendaItem) and not zone:
            self.expand(line.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index, zone = self._at(event.position().toPoint())
        over = (index.row(), zone)
        if over != self.painter_of_rows.over:
            self.painter_of_rows.over = over
            self.viewport().update()
        shape = Qt.CursorShape.PointingHandCursor if zone else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.painter_of_rows.over = (-1, "")
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos()))
            line = index.data(LINE) if index.isValid() else None
            words = said(line, self.rows.today()) if isinstance(line, AgendaItem) else ""
            # Plain text in a tooltip may look like markup.
            safe = words.replace("&", "&amp;").replace("<", "&lt;")
            QToolTip.showText(self.cursor().pos(), safe, self)
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.editing:
            event.accept()  # the Enter that ended the line comes through to here
            return
        key = Qt.Key(event.key())
        line = self.currentIndex().data(LINE) if self.currentIndex().isValid() else None
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if isinstance(line, Heading) and plain and (enter or key == Qt.Key.Key_Space):
            self._fold(line)
        elif isinstance(line, Heading) and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            if line.is_open == (key == Qt.Key.Key_Left):
                self._fold(line)
        elif isinstance(line, AgendaItem) and plain and enter:
            self.expand(line.id)
        elif isinstance(line, AgendaItem) and plain and key == Qt.Key.Key_Space:
            self._zone_clicked(line, "check")
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_keys = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        )
        if by_keys and not self.selectedIndexes():
            self._choose_near(self.currentIndex().row())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, where = self.indexAt(event.pos()), event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            where = self.viewport().mapToGlobal(self.visualRect(index).center())
        line = index.data(LINE) if index.isValid() else None
        if isinstance(line, AgendaItem):
            self.setCurrentIndex(index)
            self.menu_wished.emit(line.id, where)

    # ---- how it comes about

    def _at(self, place: QPoint) -> tuple[QModelIndex, str]:
        index = self.indexAt(place)
        line = index.data(LINE) if index.isValid() else None
        rect = self.visualRect(index)
        if isinstance(line, Heading):
            return index, "fold"
        if isinstance(line, AgendaItem):
            if check_box(rect).adjusted(-8, -8, 6, 8).contains(place):
                return index, "check"
            if later_box(rect).contains(place) and line.state != "done":
                return index, "later"
        return index, ""

    def _zone_clicked(self, item: AgendaItem, zone: str) -> None:
        if zone == "later":
            self.later_wished.emit(item.id, self.later_point(item.id))
        elif item.state == "done":
            self.unticked.emit(item.id)
        elif item.id not in self.rows.struck:
            self.ticked.emit(item.id)

    def _fold(self, heading: Heading) -> None:
        self.rows.set_open(heading.section, not heading.is_open)
        self._laid_out()
        self._choose_heading(heading)
        self.folded_changed.emit()

    def _choose_heading(self, heading: object) -> bool:
        """The heading of the same section, if there is one still."""
        section = heading.section if isinstance(heading, Heading) else None
        for row in range(self.rows.rowCount()):
            line = self.rows.line(row)
            if isinstance(line, Heading) and line.section is section:
                self.setCurrentIndex(self.rows.index(row, 0))
                return True
        return False

    def _outcome(self, activity_id: int, text: str, done: bool) -> None:
        self.outcome_written.emit(activity_id, text, done)

    def _collapse(self) -> None:
        self.rows.expanded = None
        # The editor is not gone yet while it says so.
        QTimer.singleShot(0, self, self._settle)

    def _settle(self) -> None:
        self._laid_out()
        self._apply_waiting()

    def _release(self) -> None:
        self._hold.stop()
        self._apply_waiting()
        self.emptied.emit()

    def _apply_waiting(self) -> None:
        if self._waiting is not None:
            self.set_sections(*self._waiting)

    def _choose_near(self, row: int) -> None:
        """The row that took the place of the one that is gone, or the last one."""
        for candidate in (*range(max(row, 0), self.rows.rowCount()), *range(row, -1, -1)):
            if isinstance(self.rows.line(candidate), AgendaItem):
                self.setCurrentIndex(self.rows.index(candidate, 0))
                return

    def _laid_out(self) -> None:
        # The track of the scroll bar takes the colour of the card, not of the window.
        look = self.verticalScrollBar().palette()
        look.setColor(QPalette.ColorRole.Window, theme().colour("surface"))
        self.verticalScrollBar().setPalette(look)
        self.scheduleDelayedItemsLayout()
        if self._grows:
            self.updateGeometry()
