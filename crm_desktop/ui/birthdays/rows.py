"""The rows of birthdays, grouped by day, each with what can be done for that person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.greetings import ComingBirthday
from crm_desktop.domain.lunar import covers, to_lunar
from crm_desktop.ui.formats import birthday_text, day_long, day_text, in_days
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import paint_icon, theme, tokens
from crm_desktop.ui.theme.tokens import FOCUS_RING, RADIUS_CONTROL
from crm_desktop.ui.widgets import chip_size, paint_avatar, paint_chip

LINE = Qt.ItemDataRole.UserRole + 1
ACTIONS = (("copy", "copy"), ("mail", "mail"), ("done", "check"))
_Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_WIDE = 900  # below this the actions are icons alone


@dataclass(frozen=True, slots=True)
class DayHeading:
    """A day with its birthdays below."""

    day: date
    count: int


Line = DayHeading | ComingBirthday


def age_text(row: ComingBirthday) -> str:
    """How old somebody becomes; empty without a year of birth."""
    if row.age is None:
        return ""
    return tr("birthday_page.age", count=row.age, nominal=row.nominal_age)


def dates_text(row: ComingBirthday) -> str:
    """Both calendars: 20 Nov · lunar 10/12."""
    solar = day_text(row.on, row.on)
    if not covers(row.on):
        return solar
    lunar = to_lunar(row.on)
    words = birthday_text(Birthday(lunar.month, lunar.day, lunar=True, leap=lunar.leap))
    # What is celebrated stands first.
    return f"{words} · {solar}" if row.birthday.lunar else f"{solar} · {words}"


def greeted_text(row: ComingBirthday) -> str:
    """When somebody was greeted last."""
    if row.last_greeted is None:
        return tr("birthday_page.never_greeted")
    return tr("birthday_page.last_greeted", day=day_text(row.last_greeted.date()))


def is_greeted(row: ComingBirthday, today: date) -> bool:
    """Whether this birthday's greeting was sent: within a month around it."""
    if row.last_greeted is None:
        return False
    return abs((row.last_greeted.date() - row.on).days) <= 30


def said(row: ComingBirthday) -> str:
    """A row for a screen reader."""
    company = row.company.title if row.company else ""
    parts = (row.person.title, age_text(row), dates_text(row), company, greeted_text(row))
    return tr("format.list_separator").join(part for part in parts if part)


class BirthdayModel(QAbstractListModel):
    """Headings of days and the rows below them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []

    def set_rows(self, rows: Sequence[ComingBirthday]) -> None:
        """Show these, in the order given."""
        self.beginResetModel()
        counts: dict[date, int] = {}
        for row in rows:
            counts[row.on] = counts.get(row.on, 0) + 1
        self._lines = []
        for row in rows:
            if counts.get(row.on):
                self._lines.append(DayHeading(row.on, counts.pop(row.on)))
            self._lines.append(row)
        self.endResetModel()

    def birthdays(self) -> list[ComingBirthday]:
        """The rows shown."""
        return [line for line in self._lines if isinstance(line, ComingBirthday)]

    def row_of(self, person_id: int, on: date) -> int | None:
        """Where somebody's birthday is shown."""
        for row, line in enumerate(self._lines):
            if isinstance(line, ComingBirthday) and (line.person.id, line.on) == (person_id, on):
                return row
        return None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == LINE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(line, DayHeading):
                return day_long(line.day)
            full = role == Qt.ItemDataRole.AccessibleTextRole
            return said(line) if full else line.person.title
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if isinstance(index.data(LINE), DayHeading):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)


class BirthdayDelegate(QStyledItemDelegate):
    """Draws days and people, and knows where the actions of a row are."""

    def __init__(self, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.over: tuple[int, str] = (-1, "")

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        height = theme().px(36 if isinstance(index.data(LINE), DayHeading) else 44)
        return QSize(theme().px(300), height)

    def zones(self, rect: QRect, row: ComingBirthday) -> list[tuple[str, QRect]]:
        """The actions of a row and where they are, from the left."""
        metrics = QFontMetrics(theme().font("small"))
        height, right = theme().px(28), rect.right() - theme().px(8)
        top = rect.top() + (rect.height() - height) // 2
        found: list[tuple[str, QRect]] = []
        for key, _icon in reversed(ACTIONS):
            if not self._offered(key, row):
                continue
            width = theme().px(32)
            if rect.width() >= theme().px(_WIDE):
                width = metrics.horizontalAdvance(tr(f"birthday_page.{key}")) + theme().px(38)
            right -= width
            found.append((key, QRect(right, top, width, height)))
            right -= theme().px(6)
        return found[::-1]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line = index.data(LINE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, DayHeading):
            self._heading(painter, option.rect, line)
        elif isinstance(line, ComingBirthday):
            self._row(painter, option, line, index.row())
        painter.restore()

    def _offered(self, key: str, row: ComingBirthday) -> bool:
        if key == "mail":
            return bool(row.email) and not row.do_not_contact
        return key != "done" or not is_greeted(row, self._today())

    def _heading(self, painter: QPainter, rect: QRect, line: DayHeading) -> None:
        today = self._today()
        font = theme().font("strong")
        words = day_long(line.day)
        left = rect.left() + theme().px(10)
        self._text(painter, QRect(left, rect.top(), rect.width(), rect.height()), words, "strong")
        left += QFontMetrics(font).horizontalAdvance(words) + theme().px(8)
        when = in_days(line.day, today)
        colour = "blue" if line.day == today else "amber" if line.day < today else "grey"
        size = chip_size(when)
        top = rect.top() + (rect.height() - size.height()) // 2
        paint_chip(painter, QRect(left, top, size.width(), size.height()), when, colour=colour)

    def _row(
        self, painter: QPainter, option: QStyleOptionViewItem, row: ComingBirthday, number: int
    ) -> None:
        rect, state = option.rect, option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or self.over[0] == number:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens().selection if chosen else tokens().subtle))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), RADIUS_CONTROL, RADIUS_CONTROL)
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(tokens().accent), FOCUS_RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), RADIUS_CONTROL, RADIUS_CONTROL)
        zones = self.zones(rect, row)
        for key, box in zones:
            self._button(painter, box, key, number)
        side, left = theme().px(28), rect.left() + theme().px(10)
        avatar = QRectF(left, rect.center().y() - side / 2 + 1, side, side)
        paint_avatar(painter, avatar, row.person.title)
        left += side + theme().px(10)
        right = (zones[0][1].left() if zones else rect.right()) - theme().px(12)
        self._columns(painter, QRect(left, rect.top(), right - left, rect.height()), row)

    def _columns(self, painter: QPainter, box: QRect, row: ComingBirthday) -> None:
        """Name and age, dates, company, last greeting: by shares, the last ones go first."""
        shares = (34, 30, 20, 16) if box.width() > theme().px(640) else (46, 54, 0, 0)
        left = box.left()
        for number, share in enumerate(shares):
            width = box.width() * share // 100
            cell = QRect(left, box.top(), width - theme().px(10), box.height())
            left += width
            if not share:
                continue
            if number == 0:
                name = row.person.title
                used = self._text(painter, cell, name, "strong") + theme().px(8)
                more = [age_text(row)]
                if not shares[2] and row.company is not None:
                    more.append(row.company.title)
                beside = " · ".join(part for part in more if part)
                self._text(painter, cell.adjusted(used, 0, 0, 0), beside, "small", "muted")
            elif number == 1:
                self._text(painter, cell, dates_text(row), "body")
            elif number == 2:
                company = row.company.title if row.company else ""
                self._text(painter, cell, company, "small", "muted")
            elif is_greeted(row, self._today()):
                size = chip_size(tr("birthday_page.greeted"))
                top = cell.top() + (cell.height() - size.height()) // 2
                chip = QRect(cell.left(), top, min(size.width(), cell.width()), size.height())
                paint_chip(painter, chip, tr("birthday_page.greeted"), colour="green")
            else:
                self._text(painter, cell, greeted_text(row), "small", "muted")

    def _text(
        self, painter: QPainter, box: QRect, words: str, role: str, token: str = "text"
    ) -> int:
        font = theme().font(role)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, box.width()))
        painter.setFont(font)
        painter.setPen(QColor(tokens().colour(token)))
        painter.drawText(box, _LEFT | Qt.TextFlag.TextSingleLine, shown)
        return metrics.horizontalAdvance(shown)

    def _button(self, painter: QPainter, box: QRect, key: str, number: int) -> None:
        over = self.over == (number, key)
        painter.setPen(QPen(QColor(tokens().border_strong), 1))
        painter.setBrush(QColor(tokens().subtle if over else tokens().surface))
        painter.drawRoundedRect(
            QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CONTROL, RADIUS_CONTROL
        )
        side = theme().px(14)
        narrow = box.width() <= theme().px(34)
        left = box.left() + ((box.width() - side) / 2 if narrow else theme().px(8))
        icon_box = QRectF(left, box.center().y() - side / 2 + 1, side, side)
        paint_icon(painter, dict(ACTIONS)[key], icon_box, token="text")
        if not narrow:
            words = box.adjusted(theme().px(8) + side + theme().px(6), 0, 0, 0)
            painter.setFont(theme().font("small"))
            painter.setPen(QColor(tokens().text))
            painter.drawText(words, _LEFT, tr(f"birthday_page.{key}"))


class BirthdayList(QListView):
    """Tells what the user wants to do for whom."""

    wished = Signal(str, object)  # copy, mail, done or open, and the ComingBirthday
    menu_wished = Signal(object, QPoint)
    chosen_changed = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = BirthdayModel(self)
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
        theme().changed.connect(self.scheduleDelayedItemsLayout)

    def set_rows(self, rows: Sequence[ComingBirthday]) -> None:
        """Show these; the chosen one stays chosen."""
        chosen, scroll = self.chosen(), self.verticalScrollBar().value()
        self.rows.set_rows(rows)
        self.doItemsLayout()
        self.verticalScrollBar().setValue(scroll)
        if chosen is not None:
            row = self.rows.row_of(chosen.person.id, chosen.on)
            if row is not None:
                self.setCurrentIndex(self.rows.index(row, 0))
        self.chosen_changed.emit()

    def chosen(self) -> ComingBirthday | None:
        """The chosen birthday."""
        line = self.currentIndex().data(LINE) if self.selectedIndexes() else None
        return line if isinstance(line, ComingBirthday) else None

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
        if isinstance(line, ComingBirthday):
            self.setCurrentIndex(index)
            self.menu_wished.emit(line, where)

    def _at(self, place: QPoint) -> tuple[ComingBirthday | None, str]:
        index = self.indexAt(place)
        line = index.data(LINE) if index.isValid() else None
        if not isinstance(line, ComingBirthday):
            return None, ""
        zones = self.drawn.zones(self.visualRect(index), line)
        return line, next((key for key, box in zones if box.contains(place)), "")
