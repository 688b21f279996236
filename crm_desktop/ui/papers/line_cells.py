"""The inputs in the cells of a line: the item with its search, figures and plain text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.domain.clock import Clock
from crm_desktop.domain.document_lines import LineCard
from crm_desktop.domain.problems import Refused
from crm_desktop.ui.formats import money, number
from crm_desktop.ui.language import tr
from crm_desktop.ui.papers.line_columns import NUMBERS
from crm_desktop.ui.papers.line_shape import figure_font
from crm_desktop.ui.record.typed import Typed
from crm_desktop.ui.widgets import LinkField, ParsedField
from crm_desktop.ui.widgets.links import Found

_AROUND = 8  # pixels a line keeps beside its text


def looks_like_table(text: str) -> bool:
    """Whether a clipboard holds rows or columns, and not just words for one cell."""
    return "\t" in text or "\n" in text.strip()


class ItemCell(LinkField):
    """What is sold: a product found while typing, a new one, or just the words that stand here.

    Enter takes what the list offers; leaving the cell keeps the words as they are.
    """

    text_left = Signal(str)  # words were typed and the keyboard has moved on
    table_pasted = Signal(str)
    entered = Signal()  # Enter, and nothing was offered

    def __init__(
        self,
        search: Callable[[str], Sequence[Found] | None],
        *,
        name: str,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(search, can_create=True, name=name, placeholder=placeholder, parent=parent)
        self.setFrame(False)
        self.drop_sign()
        self.setClearButtonEnabled(False)
        self._own_placeholder = False
        self.setPlaceholderText(placeholder)

    def show_item(self, product: int | None, text: str) -> None:
        """Show what is stored."""
        if (product, text) != (self.value(), self.text()):
            self.set_value(product, text)
            self._title = text
            if product is None:
                self.setText(text)
            self.setCursorPosition(0)

    def has_unread_text(self) -> bool:
        """Whether other words are typed than those stored."""
        return self.isModified() and self.text().strip() != self._title

    def keep_text(self) -> str:
        """Take the words as read: they are on their way to the book."""
        self.close_offers()
        text = self.text().strip()
        self._title = text
        self.setModified(False)
        return text

    def close_offers(self) -> None:
        """Take the list away."""
        self._timer.stop()
        self._popup.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        offered = self._popup.isVisible()
        pasted = (
            QApplication.clipboard().text() if event.matches(QKeySequence.StandardKey.Paste) else ""
        )
        if pasted and looks_like_table(pasted) and not self.isReadOnly():
            self.table_pasted.emit(pasted)
        elif offered or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Down:
            if self.text():
                event.ignore()  # to the line below
            elif not self.isReadOnly():
                self._ask()
        else:
            self.close_offers()
            self.entered.emit()

    def focusNextPrevChild(self, following: bool) -> bool:
        if following and self._popup.isVisible() and self.text().strip():
            # The offers hear Tab first and hand it here past the line, which knows the next cell.
            self.close_offers()
            self.entered.emit()
            return True
        return super().focusNextPrevChild(following)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        unread = self.has_unread_text()
        super().focusOutEvent(event)
        if unread and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.text_left.emit(self.keep_text())


DISCOUNTS = ("discount_percent", "discount_amount")  # one cell for both


@dataclass(frozen=True, slots=True)
class Discount:
    """What is taken off a line: so many percent, or an amount."""

    percent: Decimal | None = None
    amount: Decimal | None = None


class FigureCell(ParsedField):
    """A quantity, a price, a percentage or a unit, in a cell without a frame of its own.

    A discount is a percentage; with the sign of a currency, or above 100, it is an amount.
    """

    def __init__(self, key: str, clock: Clock, *, name: str, parent: QWidget | None = None) -> None:
        typed = Typed(clock)
        parse: Callable[[str], Any] = str.strip
        show: Callable[[Any], str] = str
        self.currency = ""
        if key == "discount_percent":
            parse, show = lambda text: _read_discount(typed, text), self._discount
        elif key == "tax_rate":
            parse, show = typed.percent, _percent
        elif key == "price":
            parse, show = typed.amount, _price
        elif key == "quantity":
            parse, show = typed.amount, number
        self.key = key
        super().__init__(parse, show, name=name, parent=parent)
        self.setFrame(False)
        self.setTextMargins(1, 0, 1, 0)
        if key in NUMBERS:
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _discount(self, value: Any) -> str:
        if value is None:
            return ""
        return _percent(value.percent) if value.percent else money(value.amount, self.currency)

    def set_value(self, value: Any) -> None:
        """Show a value; one that arrives while the cell is open is replaced by typing."""
        super().set_value(value)
        if self.hasFocus():
            self.selectAll()
        self._fit()

    def _fit(self) -> None:
        """At rest a figure is seen whole: cut at the left it would be another figure."""
        self.setFont(QFont())  # that of the window
        room = self.width() - _AROUND
        whole = self.fontMetrics().horizontalAdvance(self.text()) <= room
        if self.key in NUMBERS and not whole and not self.hasFocus():
            self.setFont(figure_font(self.text(), room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._fit()

    def now(self, stored: Any) -> Any:
        """What the typed text would give; what is stored while it cannot be read."""
        if not self.has_unread_text():
            return self.value()
        text = self.text().strip()
        try:
            return self._parse(text) if text else None
        except Refused:
            return stored

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            event.ignore()  # to the line below or above
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._fit()
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()


def cell_name(key: str) -> str:
    """What a column is called."""
    return tr(f"document.line.{key}")


def _read_discount(typed: Typed, text: str) -> Discount | None:
    signed = any(unicodedata.category(char) == "Sc" for char in text) or "元" in text
    value = typed.amount(text) if signed else typed.percent(text)
    if not value:
        return None
    percent = not signed and ("%" in text or "％" in text or value <= 100)
    return Discount(percent=value) if percent else Discount(amount=value)


def _percent(value: Any) -> str:
    return f"{number(value)}%" if value else ""


def _price(value: Any) -> str:
    """At least two places, more where the price has them; nothing for no price yet."""
    if not value:
        return ""
    return number(value, 2) if value == round(value, 2) else number(value)


def shown(line: LineCard, key: str) -> Any:
    """What the cell of this key shows of a line."""
    if key not in DISCOUNTS:
        return getattr(line, key)
    if not line.discount_percent and not line.discount_amount:
        return None
    return Discount(line.discount_percent, line.discount_amount)


def stored(key: str, value: Any, line: LineCard | None) -> tuple[str, Any]:
    """The field a cell's value belongs to, and the value; the book clears the other discount."""
    if key not in DISCOUNTS:
        return key, value
    if value is None:
        return DISCOUNTS[bool(line and line.discount_amount)], None
    return (DISCOUNTS[0], value.percent) if value.percent else (DISCOUNTS[1], value.amount)
