"""Inputs that read what people type: dates, times, amounts, percents, phones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QDate, QEvent, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from crm_desktop.domain.problems import Refused
from crm_desktop.ui.formats import number, pydate, time_text
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import icon, theme
from crm_desktop.ui.widgets.calendar import Calendar
from crm_desktop.ui.widgets.popover import Popover


class ParsedField(QLineEdit):
    """A line that is read by `parse` when it is left, and shown again by `show`.

    `parse` gives the value or raises Refused, whose sentence is told by `refused` ("" = good
    again) while the typed text stays. `changed` tells a new value; an empty line is None.
    """

    changed = Signal(object)
    refused = Signal(str)
    left = Signal()  # the keyboard has left the field, whatever came of it

    def __init__(
        self,
        parse: Callable[[str], Any],
        show: Callable[[Any], str],
        *,
        value: Any = None,
        name: str = "",
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._parse, self._show = parse, show
        self._value: Any = None
        self._problem = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.set_value(value)
        self.returnPressed.connect(self.read)

    def value(self) -> Any:
        """The last value that could be read; None for an empty line."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Show a value without telling anyone."""
        self._value = value
        self.setText("" if value is None else self._show(value))
        self.setCursorPosition(0)
        self._mark("")

    def problem(self) -> str:
        """Why the typed text could not be read; "" when it could."""
        return self._problem

    def has_unread_text(self) -> bool:
        """Whether something was typed that `value` does not know yet."""
        return self.isModified()

    def peek(self) -> Any:
        """What the typed text would be read as, without touching it; None where it is nothing."""
        if not self.isModified():
            return None if self._problem else self._value
        text = self.text().strip()
        try:
            return self._parse(text) if text else None
        except Refused:
            return None

    def read(self) -> bool:
        """Read the typed text now; whether it made sense."""
        if not self.isModified():
            return not self._problem
        text = self.text().strip()
        try:
            value = self._parse(text) if text else None
        except Refused as refused:
            self._mark(tr(refused.key, **refused.args_for_words))
            return False
        before = self._value
        self.set_value(value)
        if value != before:
            self.changed.emit(value)
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.read()
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Esc takes back only what was typed since the field was entered.
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.set_value(self._value)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Show the value in the language of now, unless something is being typed."""
        if not self.isModified() and not self._problem:
            self.set_value(self._value)

    def _mark(self, problem: str) -> None:
        changed = problem != self._problem
        self._problem = problem
        if bool(self.property("wrong")) != bool(problem):
            self.setProperty("wrong", bool(problem))
            self.update()
        self.setAccessibleDescription(problem)
        if changed:
            self.refused.emit(problem)


class DateField(ParsedField):
    """A day: typed ("+3d", "下周一", "11.28") or taken from a calendar (Alt+Down)."""

    def __init__(
        self,
        parse: Callable[[str], date],
        show: Callable[[date], str],
        *,
        today: Callable[[], date],
        value: date | None = None,
        name: str = "",
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self._calendar: Popover | None = None
        self._today = today
        super().__init__(
            parse, show, value=value, name=name, placeholder=placeholder, parent=parent
        )
        self._pick = QAction(icon("calendar", "muted"), tr("common.choose_date"), self)
        self._pick.triggered.connect(self.open_calendar)
        self.addAction(self._pick, QLineEdit.ActionPosition.TrailingPosition)

    def retranslate(self) -> None:
        self._pick.setText(tr("common.choose_date"))
        super().retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_F4 or (alt and event.key() == Qt.Key.Key_Down):
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Offer a month to choose from; weeks begin on Monday."""
        if self._calendar is not None:
            self._calendar.deleteLater()
        self.read()
        popover = Popover(self)
        calendar = Calendar(self._value or self._today())
        calendar.activated.connect(self._picked)
        calendar.clicked.connect(self._picked)
        popover.body.addWidget(calendar)
        self._calendar = popover
        popover.open_at(self)
        calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def _picked(self, day: QDate) -> None:
        chosen = pydate(day)
        if self._calendar is not None:
            self._calendar.dismiss()
        if chosen != self._value or self.isModified():
            self.set_value(chosen)
            self.changed.emit(chosen)


class TimeField(ParsedField):
    """A time of day: 14:00, 3pm, 下午3点."""

    def __init__(
        self,
        parse: Callable[[str], time],
        show: Callable[[time], str] = time_text,
        *,
        value: time | None = None,
        name: str = "",
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            parse, show, value=value, name=name, placeholder=placeholder, parent=parent
        )


class MoneyField(ParsedField):
    """An amount: 86400, 12k, 8.5万. Right-aligned, two places, digits of one width."""

    def __init__(
        self,
        parse: Callable[[str], Decimal],
        show: Callable[[Decimal], str] = lambda amount: number(amount, 2),
        *,
        value: Decimal | None = None,
        name: str = "",
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            parse, show, value=value, name=name, placeholder=placeholder, parent=parent
        )
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._refont()
        theme().changed.connect(self._refont)

    def _refont(self) -> None:
        self.setFont(theme().font("number"))


class PercentField(MoneyField):
    """A share in percent: 13, 13 %, 12.5."""

    def __init__(
        self,
        parse: Callable[[str], Decimal],
        show: Callable[[Decimal], str] = lambda value: f"{number(value)}%",
        *,
        value: Decimal | None = None,
        name: str = "",
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            parse, show, value=value, name=name, placeholder=placeholder, parent=parent
        )


class PhoneField(ParsedField):
    """A telephone number, kept as the text it is."""

    def __init__(
        self,
        parse: Callable[[str], str] = str.strip,
        show: Callable[[str], str] = str,
        *,
        value: str | None = None,
        name: str = "",
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            parse, show, value=value, name=name, placeholder=placeholder, parent=parent
        )
        self.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)
