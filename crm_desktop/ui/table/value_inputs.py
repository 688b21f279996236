"""The input of a condition's value: days, spans, bounds, several choices, or one value."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.queries import Op
from crm_desktop.domain.spans import Span
from crm_desktop.ui.language import tr
from crm_desktop.ui.table.editors import Editors
from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets import ChoiceField, Option, ParsedField, PlainLabel, TagsField

_BARE = (Op.EMPTY, Op.FILLED)
_WITHIN = (Op.WITHIN, Op.NOT_WITHIN)
_USUAL_DAYS = 30
_MOST_DAYS = 36_500


class ValueInput(QWidget):
    """Holds the inputs of one value. `changed` comes with every key."""

    changed = Signal()

    def __init__(self, *parts: Any) -> None:
        super().__init__()
        self.parts: tuple[Any, ...] = parts
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        for part in parts:
            part.changed.connect(lambda _value: self.changed.emit())
            if isinstance(part, ParsedField):
                part.textEdited.connect(lambda _text: self.changed.emit())
            self.row.addWidget(part, 1)
        self.setFocusProxy(parts[0])

    def value(self) -> Any:
        """What is chosen or typed so far; None where nothing can be made of it."""
        value = _now(self.parts[0])
        return None if value in ((), "") else value

    def settle(self) -> None:
        """Show what was typed as it was understood: the editing is over."""
        for part in self.parts:
            if isinstance(part, ParsedField):
                part.read()


class DaysInput(ValueInput):
    """The last or the next so many days."""

    def __init__(self, days: int) -> None:
        ways = [Option("last", tr("table.last")), Option("next", tr("table.next"))]
        way = ChoiceField(
            ways, value="next" if days < 0 else "last", required=True, name=tr("table.span")
        )
        count = ParsedField(int, str, value=abs(days), name=tr("table.days"))
        count.setValidator(QIntValidator(0, _MOST_DAYS, count))
        count.setFixedWidth(theme().px(64))
        super().__init__(way, count)
        self.row.addWidget(PlainLabel(tr("table.days")))

    def value(self) -> int | None:
        """Days back (more than 0) or ahead (less than 0)."""
        way, count = self.parts
        days = _now(count)
        if days is None:
            return None
        return -days if way.value() == "next" else int(days)


class BoundsInput(ValueInput):
    """From … to …"""

    def __init__(self, low: QWidget, high: QWidget) -> None:
        super().__init__(low, high)
        self.row.insertWidget(1, PlainLabel(tr("table.to"), tone="muted"))

    def value(self) -> tuple[Any, Any] | None:
        """Both ends in their order; None while one is missing."""
        low, high = (_now(part) for part in self.parts)
        if low is None or high is None:
            return None
        return (low, high) if low <= high else (high, low)


def make_input(editors: Editors, field: Field, op: Op, value: Any = None) -> ValueInput | None:
    """The input that fits a field and an operator; None where the operator needs no value."""
    if op in _BARE:
        return None
    if op in _WITHIN:
        return DaysInput(_USUAL_DAYS if value is None else int(value))
    if op is Op.DURING:
        spans = [Option(span.value, tr(f"views.span.{span.value}")) for span in Span]
        chosen = value or Span.THIS_MONTH.value
        return ValueInput(ChoiceField(spans, value=chosen, required=True, name=tr("table.span")))
    if op is Op.BETWEEN:
        low, high = value or (None, None)
        return BoundsInput(_one(editors, field, low), _one(editors, field, high))
    if op is Op.ANY_OF and field.type is FieldType.TAGS:
        return _beside(ValueInput(TagsField(value or (), name=tr("table.value"))))
    if op is Op.ANY_OF:
        several = value if isinstance(value, tuple) else ()
        if field.link is not None:
            return _beside(ValueInput(editors.links(field, several)))
        return _beside(ValueInput(editors.several(field, several)))
    if field.type is FieldType.BOOLEAN:
        value = True if value is None else value
    return ValueInput(_one(editors, field, value))


def _beside(chips: ValueInput) -> ValueInput:
    """Chips are lower than the inputs they stand beside: their first row comes to the middle."""
    chips.row.setContentsMargins(0, theme().px(3), 0, 0)
    return chips


def _one(editors: Editors, field: Field, value: Any) -> QWidget:
    # Where a field has no input of one line, its text is compared.
    made = editors.make(field, value, asking=True)
    return made or ParsedField(str.strip, str, value=value, name=tr("table.value"))


def _now(part: Any) -> Any:
    return part.peek() if isinstance(part, ParsedField) else part.value()
