"""The month a day is chosen from."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QWidget

from crm_desktop.ui.formats import qdate
from crm_desktop.ui.language import locale, tr
from crm_desktop.ui.theme import icon, theme


class Calendar(QCalendarWidget):
    """Qt's calendar in our colours: weeks from Monday, no red weekends."""

    def __init__(self, day: date, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLocale(locale())
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setSelectedDate(qdate(day))
        arrows = (("prev", "left", "common.previous_month"), ("next", "right", "common.next_month"))
        for name, side, words in arrows:
            button = self.findChild(QToolButton, f"qt_calendar_{name}month")
            if button is not None:
                button.setIcon(icon(f"chevron-{side}", "muted"))
                button.setAccessibleName(tr(words))
                button.setToolTip(tr(words))
        bar = self.findChild(QWidget, "qt_calendar_navigationbar")
        if bar is not None:
            bar.setBackgroundRole(QPalette.ColorRole.Base)
        self._recolour()
        theme().changed.connect(self._recolour)

    def _recolour(self) -> None:
        head = QTextCharFormat()
        head.setForeground(theme().colour("muted"))
        head.setBackground(theme().colour("surface"))
        self.setHeaderTextFormat(head)
        weekend = QTextCharFormat()
        weekend.setForeground(theme().colour("muted"))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(day, weekend)
