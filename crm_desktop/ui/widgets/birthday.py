"""The birthday input: common or lunar calendar, year optional, leap month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crm_desktop.domain.birthdays import Birthday, BirthdayRules, next_occurrence
from crm_desktop.domain.dates import typed_birthday
from crm_desktop.domain.lunar import day_name
from crm_desktop.domain.lunar import month_name as lunar_month_name
from crm_desktop.domain.problems import Refused
from crm_desktop.ui.formats import day_near, month_name
from crm_desktop.ui.language import language, tr
from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.labels import PlainLabel
from crm_desktop.ui.widgets.segmented import Segmented


class BirthdayField(QWidget):
    """A birthday, part by part; below stands when it is celebrated next."""

    changed = Signal(object)
    refused = Signal(str)

    def __init__(
        self,
        value: Birthday | None = None,
        *,
        today: Callable[[], date],
        rules: BirthdayRules | None = None,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._rules = rules or BirthdayRules()
        self._value: Birthday | None = None
        self.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._calendar = Segmented([("solar", ""), ("lunar", "")])
        self._year = QLineEdit()
        self._year.setValidator(QIntValidator(1, 9999, self))
        self._month = QComboBox()
        self._day = QComboBox()
        for box in (self._month, self._day):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._leap = QCheckBox()
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._year)
        row.addWidget(self._month)
        row.addWidget(self._day)
        row.addStretch(1)
        above = QHBoxLayout()
        above.addWidget(self._calendar)
        above.addWidget(self._leap)
        above.addStretch(1)
        self._next = PlainLabel("", role="small", tone="muted")
        column.addLayout(above)
        column.addLayout(row)
        column.addWidget(self._next)
        for one, after in pairwise(self.inputs()):
            QWidget.setTabOrder(one, after)
        self.setFocusProxy(self._year)
        self.retranslate()
        self.set_value(value)
        self._calendar.changed.connect(lambda _key: self._calendar_changed())
        self._year.editingFinished.connect(self._read)
        self._month.activated.connect(lambda _index: self._read())
        self._day.activated.connect(lambda _index: self._read())
        self._leap.clicked.connect(lambda _on: self._read())
        self._resize()
        theme().changed.connect(self._resize)

    def inputs(self) -> list[QWidget]:
        """The parts that take the keyboard, as they are read."""
        buttons = self._calendar.findChildren(Button)
        return [*buttons, self._leap, self._year, self._month, self._day]

    def value(self) -> Birthday | None:
        """The birthday; None until month and day are known."""
        return self._value

    def set_value(self, value: Birthday | None) -> None:
        """Show a birthday without telling anyone."""
        self._value = value
        self._calendar.set_current("lunar" if value is not None and value.lunar else "solar")
        self._leap.setChecked(value is not None and value.leap)
        self._year.setText(str(value.year) if value is not None and value.year else "")
        self._fill(value.month if value else 0, value.day if value else 0)
        self._tell_next()
        self.refused.emit("")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Set every word again; what is typed stays."""
        solar, lunar = tr("common.solar"), tr("common.lunar")
        self._calendar.set_texts([("solar", solar), ("lunar", lunar)])
        self._calendar.setAccessibleName(tr("common.calendar"))
        self._leap.setText(tr("common.leap_month"))
        self._year.setPlaceholderText(tr("common.year"))
        for part, key in ((self._year, "year"), (self._month, "month"), (self._day, "day")):
            part.setAccessibleName(tr(f"common.{key}"))
        self._fill(self._month.currentIndex(), self._day.currentIndex())
        self._tell_next()

    def _lunar(self) -> bool:
        return self._calendar.current() == "lunar"

    def _fill(self, month: int, day: int) -> None:
        lunar = self._lunar()
        self._month.clear()
        self._day.clear()
        self._month.addItem(tr("common.month"))
        self._day.addItem(tr("common.day"))
        chinese = lunar and language() == "zh"
        for number in range(1, 13):
            plain = str(number) if lunar else month_name(number, short=True)
            self._month.addItem(lunar_month_name(number) if chinese else plain)
        for number in range(1, 31 if lunar else 32):
            self._day.addItem(day_name(number) if chinese else str(number))
        self._month.setCurrentIndex(max(0, month))
        self._day.setCurrentIndex(day if 0 <= day < self._day.count() else 0)
        self._leap.setVisible(lunar)

    def _calendar_changed(self) -> None:
        if not self._lunar():
            self._leap.setChecked(False)
        self._fill(self._month.currentIndex(), self._day.currentIndex())
        self._read()

    def _read(self) -> None:
        month, day = self._month.currentIndex(), self._day.currentIndex()
        year = self._year.text().strip()
        value: Birthday | None = None
        if month > 0 and day > 0:
            try:
                value = typed_birthday(
                    int(year) if year else None,
                    month,
                    day,
                    self._today(),
                    lunar=self._lunar(),
                    leap=self._lunar() and self._leap.isChecked(),
                )
            except Refused as refused:
                self.refused.emit(tr(refused.key, **refused.args_for_words))
                return
        elif month > 0 or day > 0 or year:
            return
        self.refused.emit("")
        if value is not None and value.year is not None:
            self._year.setText(str(value.year))  # typed with two digits
        if value != self._value:
            self._value = value
            self._tell_next()
            self.changed.emit(value)

    def _tell_next(self) -> None:
        text = ""
        if self._value is not None:
            today = self._today()
            day = next_occurrence(self._value, today, self._rules)
            if day is not None:
                text = tr("common.next_time", day=day_near(day, today))
        self._next.setText(text)
        self._next.setVisible(bool(text))

    def _resize(self) -> None:
        self._year.setFixedWidth(theme().px(64))
