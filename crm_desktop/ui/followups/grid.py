"""A week or a month as a grid of days: entries are carried to other days by mouse or keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from crm_desktop.ui.followups.days import WEEK, Entry, days_of_grid
from crm_desktop.ui.formats import day_text, time_text, weekday
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import paint_icon, theme, tokens
from crm_desktop.ui.theme.tokens import FOCUS_RING, RADIUS_CARD
from crm_desktop.ui.widgets.keyboard import paint_ring

MOST_LINES = 4  # of a day in the month
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class _Drawn:
    box: QRectF
    entry: Entry


class DayGrid(QWidget):
    """Shows entries on their days. It tells what the user wants; the page does it."""

    moved = Signal(int, object)  # follow-up, the day it was carried to
    opened = Signal(object)  # Entry
    menu_wished = Signal(object, QPoint)
    day_wished = Signal(object)  # the day whose lines did not fit
    chosen_changed = Signal()

    def __init__(self, mode: str, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mode, self._today = mode, today
        self.day = today()
        self._entries: list[Entry] = []
        self._drawn: list[_Drawn] = []
        self._more: list[tuple[QRectF, date, int]] = []
        self._chosen: tuple[str, int] | None = None
        self._pressed: tuple[QPoint, Entry] | None = None
        self._carried: Entry | None = None
        self._pointer = QPointF()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        theme().changed.connect(self._refit)
        self._refit()

    # ---- what is shown

    def show_day(self, day: date) -> None:
        """Show the week or month of a day."""
        self.day = day
        self._refit()

    def days(self) -> list[date]:
        """The days shown."""
        return days_of_grid(self.mode, self.day)

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show other entries; the chosen one stays chosen."""
        self._entries = list(entries)
        self._place()
        self._tell()

    def chosen(self) -> Entry | None:
        """The chosen entry."""
        return next((e for e in self._entries if (e.kind, e.id) == self._chosen), None)

    def choose(self, entry: Entry | None) -> None:
        """Choose an entry."""
        self._chosen = None if entry is None else (entry.kind, entry.id)
        self._tell()
        self.chosen_changed.emit()
        self.update()

    def box_of(self, kind: str, record_id: int) -> QRectF | None:
        """Where an entry is drawn."""
        for drawn in self._drawn:
            if (drawn.entry.kind, drawn.entry.id) == (kind, record_id):
                return drawn.box
        return None

    def cell_of(self, day: date) -> QRectF:
        """Where a day is drawn."""
        days = self.days()
        return self._cell(days.index(day), len(days) // 7)

    def more_boxes(self) -> list[tuple[QRectF, date, int]]:
        """Where "+3" is written: place, day, how many more."""
        return list(self._more)

    # ---- the user

    def mousePressEvent(self, event: QMouseEvent) -> None:
        entry = self._entry_at(event.position())
        self.choose(entry)
        if event.button() == Qt.MouseButton.LeftButton and entry is not None:
            self._pressed = (event.position().toPoint(), entry)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position()
        place = event.position().toPoint()
        if self._pressed is not None and self._carried is None:
            far = (place - self._pressed[0]).manhattanLength()
            if far >= QApplication.startDragDistance() and self._pressed[1].movable:
                self._carried = self._pressed[1]
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._carried is not None:
            self.update()
            return
        over = self._entry_at(event.position()) is not None or self._more_at(event.position())
        hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        self.setCursor(hand if over else arrow)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        carried, self._carried, self._pressed = self._carried, None, None
        self.unsetCursor()
        self.update()
        if carried is not None:
            day = self._day_at(event.position())
            if day is not None and day != carried.day:
                self.moved.emit(carried.id, day)
        elif event.button() == Qt.MouseButton.LeftButton:
            more = self._more_at(event.position())
            if more is not None:
                self.day_wished.emit(more)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        entry = self._entry_at(event.position())
        if entry is not None:
            self.opened.emit(entry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, chosen = Qt.Key(event.key()), self.chosen()
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if key == Qt.Key.Key_Escape and self._carried is not None:
            self._carried = self._pressed = None
            self.unsetCursor()
            self.update()
        elif alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            if chosen is not None and chosen.movable:
                step = 1 if key == Qt.Key.Key_Down else -1
                self.moved.emit(chosen.id, chosen.day + timedelta(days=step))
        elif alt:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left):
            self._step(1 if key in (Qt.Key.Key_Down, Qt.Key.Key_Right) else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and chosen is not None:
            self.opened.emit(chosen)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        entry, where = self._entry_at(QPointF(event.pos())), event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            entry = self.chosen()
            box = self.box_of(entry.kind, entry.id) if entry is not None else None
            where = self.mapToGlobal(box.center().toPoint()) if box is not None else where
        if entry is not None:
            self.choose(entry)
            self.menu_wished.emit(entry, where)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            entry = self._entry_at(QPointF(self.mapFromGlobal(self.cursor().pos())))
            words = entry.text.replace("&", "&amp;").replace("<", "&lt;") if entry else ""
            QToolTip.showText(self.cursor().pos(), words, self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    # ---- where things are

    def _refit(self) -> None:
        """Room for one line below each day; the pane around the grid scrolls."""
        rows = len(self.days()) // 7
        lines = 2 if self.mode == WEEK else 2 * rows
        self.setMinimumSize(560, self._head() + lines * (self._line() + 3) + rows * 2)
        self._place()

    def _head(self) -> int:
        return theme().px(30 if self.mode == WEEK else 24)

    def _line(self) -> int:
        return max(theme().px(20), QFontMetrics(theme().font("small")).height() + 3)

    def _cell(self, index: int, rows: int) -> QRectF:
        width = self.width() / 7
        height = (self.height() - self._head()) / rows
        return QRectF(index % 7 * width, self._head() + index // 7 * height, width, height)

    def _sorted(self, day: date) -> list[Entry]:
        mine = [entry for entry in self._entries if entry.day == day]
        # What lasts all day stands on top, then by the clock.
        return sorted(mine, key=lambda e: (e.at is not None, e.at or time(0), e.kind, e.text))

    def _place(self) -> None:
        self._drawn, self._more = [], []
        days = self.days()
        by_day = {day: self._sorted(day) for day in days}
        band = max((sum(e.at is None for e in es) for es in by_day.values()), default=0)
        for index, day in enumerate(days):
            cell = self._cell(index, len(days) // 7)
            if self.mode == WEEK:
                self._place_week(cell, day, by_day[day], band)
            else:
                self._place_month(cell, day, by_day[day])
        self.update()

    def _place_week(self, cell: QRectF, day: date, entries: list[Entry], band: int) -> None:
        """What lasts all day in a band on top of all days, then the rest by the clock."""
        line, gap = self._line() + theme().px(4), 3
        below = cell.top() + 4 + band * (line + gap) + (theme().px(10) if band else 0)
        top = cell.top() + 4
        for number, entry in enumerate(entries):
            tall = line if entry.at is None else line + self._line() - 4
            if entry.at is not None:
                top = max(top, below)
            last = number == len(entries) - 1
            if top + tall + (0 if last else self._line()) > cell.bottom():
                box = QRectF(cell.left() + 4, top, cell.width() - 8, self._line())
                self._more.append((box, day, len(entries) - number))
                break
            self._drawn.append(_Drawn(QRectF(cell.left() + 4, top, cell.width() - 8, tall), entry))
            top += tall + gap

    def _place_month(self, cell: QRectF, day: date, entries: list[Entry]) -> None:
        line = self._line()
        top = cell.top() + self._line() + 2
        room = int((cell.bottom() - top) // (line + 1))
        most = max(1, min(MOST_LINES, room))
        shown = entries if len(entries) <= most else entries[: max(0, most - 1)]
        for entry in shown:
            self._drawn.append(_Drawn(QRectF(cell.left() + 3, top, cell.width() - 6, line), entry))
            top += line + 1
        if len(shown) < len(entries):
            box = QRectF(cell.left() + 3, top, cell.width() - 6, line)
            self._more.append((box, day, len(entries) - len(shown)))

    def _entry_at(self, place: QPointF) -> Entry | None:
        return next((d.entry for d in reversed(self._drawn) if d.box.contains(place)), None)

    def _more_at(self, place: QPointF) -> date | None:
        return next((day for box, day, _ in self._more if box.contains(place)), None)

    def _day_at(self, place: QPointF) -> date | None:
        days = self.days()
        for index, day in enumerate(days):
            if self._cell(index, len(days) // 7).contains(place):
                return day
        return None

    def _step(self, by: int) -> None:
        if not self._drawn:
            return
        keys = [(d.entry.kind, d.entry.id) for d in self._drawn]
        at = keys.index(self._chosen) + by if self._chosen in keys else 0
        self.choose(self._drawn[min(max(at, 0), len(keys) - 1)].entry)

    def _tell(self) -> None:
        chosen = self.chosen()
        words = ""
        if chosen is not None:
            at = time_text(chosen.at) if chosen.at else ""
            words = " ".join(part for part in (day_text(chosen.day), at, chosen.text) if part)
        self.setAccessibleDescription(words)

    # ---- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        days = self.days()
        frame = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(tokens().border), 1))
        painter.setBrush(QColor(tokens().surface))
        painter.drawRoundedRect(frame, RADIUS_CARD, RADIUS_CARD)
        target = self._day_at(self._pointer) if self._carried is not None else None
        for index, day in enumerate(days):
            self._paint_cell(painter, index, day, len(days) // 7, day == target)
        for drawn in self._drawn:
            self._paint_entry(painter, drawn.box, drawn.entry)
        painter.setFont(theme().font("small"))
        painter.setPen(QColor(tokens().link))
        for box, _day, count in self._more:
            painter.drawText(box.adjusted(6, 0, 0, 0), _LEFT, tr("followup_page.more", count=count))
        if self.hasFocus():
            paint_ring(painter, self.rect().toRectF(), RADIUS_CARD)
        if self._carried is not None:
            ghost = QRectF(
                self._pointer.x() - 20, self._pointer.y() - 8, self.width() / 7, self._line()
            )
            painter.setOpacity(0.85)
            self._paint_entry(painter, ghost, self._carried)

    def _paint_cell(
        self, painter: QPainter, index: int, day: date, rows: int, target: bool
    ) -> None:
        cell = self._cell(index, rows)
        today = day == self._today()
        week = self.mode == WEEK
        if target or (today and week):
            painter.fillRect(
                cell.adjusted(1, 1, -1, -1),
                QColor(tokens().selection if target else tokens().subtle),
            )
        painter.setPen(QPen(QColor(tokens().border), 1))
        if index % 7:
            top = 1.0 if index < 7 else cell.top()
            left = round(cell.left()) + 0.5
            painter.drawLine(QPointF(left, top), QPointF(left, cell.bottom() - 1))
        edge = round(cell.top()) + 0.5
        painter.drawLine(QPointF(cell.left(), edge), QPointF(cell.right(), edge))
        painter.setFont(theme().font("caption" if today or week else "small"))
        if index < 7:
            head = QRectF(cell.left(), 0, cell.width(), self._head())
            painter.setPen(QColor(tokens().accent if today and week else tokens().muted))
            words = weekday(day)
            if week:
                full = tr(
                    "followup_page.week_head", weekday=words, day=day_text(day, self._today())
                )
                wide = QFontMetrics(painter.font()).horizontalAdvance(full) + 12 <= head.width()
                words = full if wide else f"{words} {day.day}"
            painter.drawText(head.adjusted(8, 0, -4, 0), _LEFT, words)
        if not week:
            outside = day.month != self.day.month
            colour = tokens().accent if today else tokens().disabled if outside else tokens().text
            painter.setPen(QColor(colour))
            number = QRectF(cell.left() + 8, cell.top() + 1, cell.width() - 12, self._line())
            painter.drawText(number, _LEFT, str(day.day))

    def _paint_entry(self, painter: QPainter, box: QRectF, entry: Entry) -> None:
        look = tokens().chip(entry.colour)
        chosen = (entry.kind, entry.id) == self._chosen
        painter.setPen(QPen(QColor(tokens().accent), FOCUS_RING) if chosen else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.fill))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        font = QFont(theme().font("small"))
        font.setStrikeOut(entry.done)
        painter.setFont(font)
        painter.setPen(QColor(look.text))
        inner = box.adjusted(6, 0, -4, 0)
        metrics = QFontMetrics(font)
        if entry.icon:
            side = theme().px(12)
            row = self._line() if box.height() < self._line() * 1.6 else box.height() / 2
            icon_box = QRectF(inner.left(), inner.top() + (row - side) / 2, side, side)
            paint_icon(painter, entry.icon, icon_box, token=f"chip.{entry.colour}")
            inner.setLeft(inner.left() + side + 4)
        if entry.at is not None and box.height() >= self._line() * 1.6:
            half = inner.height() / 2
            upper = QRectF(inner.left(), inner.top() + 1, inner.width(), half)
            painter.drawText(upper, _LEFT, time_text(entry.at))
            inner = QRectF(box.left() + 6, inner.top() + half - 1, box.width() - 10, half)
            words = entry.text
        else:
            words = f"{time_text(entry.at)} {entry.text}" if entry.at else entry.text
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(inner.width()))
        painter.drawText(inner, _LEFT | Qt.TextFlag.TextSingleLine, shown)
