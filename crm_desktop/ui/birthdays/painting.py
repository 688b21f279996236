"""How days and people with a birthday are drawn, and where the actions of a row are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from crm_desktop.domain.occasions import Occasion, may_be_mailed, name_of
from crm_desktop.ui.birthdays.model import (
    HEADING,
    LINE,
    DayHeading,
    age_text,
    dates_text,
    greeted_text,
    is_greeted,
)
from crm_desktop.ui.formats import day_long, in_days
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import paint_icon, theme, tokens
from crm_desktop.ui.theme.tokens import FOCUS_RING, RADIUS_CONTROL
from crm_desktop.ui.widgets import chip_size, paint_avatar, paint_chip

ACTIONS = (("copy", "copy"), ("mail", "mail"), ("done", "check"))
_Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_GAP = 12  # between columns
_NARROW = 640  # up to this wide the columns become two lines
_WIDE = 900  # below this the actions are icons alone


class BirthdayDelegate(QStyledItemDelegate):
    """Draws days and people, and knows where the actions of a row are."""

    def __init__(self, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.over: tuple[int, str] = (-1, "")
        self._needs = (0, 0, 0, 0)

    def measure(self, rows: Sequence[Occasion]) -> None:
        """How wide each column would like to be for these rows."""
        strong, body, small = (
            QFontMetrics(theme().font(role)) for role in ("strong", "body", "small")
        )
        gap = theme().px(_GAP)

        def name(row: Occasion) -> int:
            age = _width(small, age_text(row))
            what = name_of(row)
            chip = chip_size(what).width() + theme().px(8) if what else 0
            return _width(strong, row.person.title) + theme().px(8) + chip + age

        def company(row: Occasion) -> int:
            return _width(small, row.company.title) if row.company else 0

        self._needs = (
            max((name(row) for row in rows), default=0) + gap,
            max((_width(body, dates_text(row)) for row in rows), default=0) + gap,
            max((company(row) for row in rows), default=0) + gap,
            max((_width(small, greeted_text(row)) for row in rows), default=0) + gap,
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        height = theme().px(36 if index.data(HEADING) else 44)
        return QSize(theme().px(300), height)

    def zones(self, rect: QRect, row: Occasion) -> list[tuple[str, QRect]]:
        """The actions of a row and where they are, from the left."""
        return [zone for zone in self._every_zone(rect) if self._offered(zone[0], row)]

    @staticmethod
    def _every_zone(rect: QRect) -> list[tuple[str, QRect]]:
        metrics = QFontMetrics(theme().font("small"))
        height, right = theme().px(28), rect.right() - theme().px(8)
        top = rect.top() + (rect.height() - height) // 2
        found: list[tuple[str, QRect]] = []
        for key, _icon in reversed(ACTIONS):
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
        elif isinstance(line, Occasion):
            self._row(painter, option, line, index.row())
        painter.restore()

    def _offered(self, key: str, row: Occasion) -> bool:
        if key == "mail":
            return may_be_mailed(row)
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
        self, painter: QPainter, option: QStyleOptionViewItem, row: Occasion, number: int
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
        for key, box in self.zones(rect, row):
            self._button(painter, box, key, number)
        side, left = theme().px(28), rect.left() + theme().px(10)
        avatar = QRectF(left, rect.center().y() - side / 2 + 1, side, side)
        paint_avatar(painter, avatar, row.person.title)
        left += side + theme().px(10)
        # The columns stand below each other, whatever can be done in a single row.
        right = self._every_zone(rect)[0][1].left() - theme().px(12)
        self._columns(painter, QRect(left, rect.top(), right - left, rect.height()), row)

    def _columns(self, painter: QPainter, box: QRect, row: Occasion) -> None:
        """Name and age, dates, company, last greeting; where there is no room, in two lines."""
        if box.width() <= theme().px(_NARROW):
            self._two_lines(painter, box, row)
            return
        shares = self._shares(box.width())
        left = box.left()
        for number, width in enumerate(shares):
            cell = QRect(left, box.top(), width - theme().px(_GAP), box.height())
            left += width
            if number == 0:
                used = self._name(painter, cell, row)
                self._text(painter, cell.adjusted(used, 0, 0, 0), age_text(row), "small", "muted")
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

    def _two_lines(self, painter: QPainter, box: QRect, row: Occasion) -> None:
        upper, lower = QRect(box), QRect(box)
        upper.setBottom(box.center().y() + 2)
        lower.setTop(box.center().y())
        used = self._name(painter, upper, row)
        self._text(painter, upper.adjusted(used, 0, 0, 0), age_text(row), "small", "muted")
        more = [dates_text(row), row.company.title if row.company is not None else ""]
        if is_greeted(row, self._today()):
            more.insert(0, tr("birthday_page.greeted"))
        beside = " · ".join(part for part in more if part)
        self._text(painter, lower, beside, "small", "muted")

    def _name(self, painter: QPainter, box: QRect, row: Occasion) -> int:
        """The name, and what is celebrated where it is no birthday; how much room both took."""
        what, gap = name_of(row), theme().px(8)
        if not what:
            return self._text(painter, box, row.person.title, "strong") + gap
        size = chip_size(what)
        # Of a long name and a long occasion neither may push the other out.
        room = max(box.width() - size.width() - gap, box.width() // 2)
        name = QRect(box.left(), box.top(), room, box.height())
        used = self._text(painter, name, row.person.title, "strong") + gap
        width = min(size.width(), box.width() - used)
        top = box.top() + (box.height() - size.height()) // 2
        chip = QRect(box.left() + used, top, width, size.height())
        paint_chip(painter, chip, what, colour="teal", rim=True)
        return used + width + gap

    def _shares(self, width: int) -> tuple[int, int, int, int]:
        """The widths of the columns: what they need and more, or less of company and name."""
        name, dates, company, greeted = self._needs
        free = width - sum(self._needs)
        if free >= 0:
            each = free // 4
            return (name + each, dates + each, company + each, greeted + each)
        # Of a long name and a long company neither may push the other out.
        room = width - dates - greeted
        company = min(company, max(room * 35 // 100, room - name))
        return (room - company, dates, company, greeted)

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


def _width(metrics: QFontMetrics, words: str) -> int:
    # Rounded up: the advance is rounded down, and half a pixel less cuts the last word off.
    return metrics.size(0, words).width()
