"""One condition of a filter, made or changed in a popover."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Condition, Op
from crm_desktop.ui.language import tr
from crm_desktop.ui.table.cells import field_label
from crm_desktop.ui.table.conditions import operator_label, operators
from crm_desktop.ui.table.editors import Editors
from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets import (
    Button,
    ChoiceField,
    FieldRow,
    Option,
    ParsedField,
    PlainLabel,
    Popover,
    PrimaryButton,
    TagsField,
)

if TYPE_CHECKING:
    from crm_desktop.services.house import Services

_BARE = (Op.EMPTY, Op.FILLED)
_SPANS = (Op.WITHIN, Op.NOT_WITHIN)


class _Days(QWidget):
    """The last or the next so many days."""

    def __init__(self, value: int) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        ways = [Option("last", tr("table.last")), Option("next", tr("table.next"))]
        self._way = ChoiceField(
            ways, value="next" if value < 0 else "last", required=True, name=tr("table.span")
        )
        self._count = ParsedField(int, str, value=abs(value), name=tr("table.days"))
        self._count.setValidator(QIntValidator(0, 36500, self))
        self._count.setMaximumWidth(theme().px(72))
        for part in (self._way, self._count, PlainLabel(tr("table.days"))):
            row.addWidget(part)
        row.addStretch(1)
        self.setFocusProxy(self._count)

    def value(self) -> int | None:
        """Days back (more than 0) or ahead (less than 0)."""
        self._count.read()
        count = self._count.value()
        if count is None:
            return None
        return -count if self._way.value() == "next" else int(count)


class _Bounds(QWidget):
    """From … to …"""

    def __init__(self, first: Any, last: Any) -> None:
        super().__init__()
        self._ends = (first, last)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(first, 1)
        row.addWidget(PlainLabel(tr("table.to"), tone="muted"))
        row.addWidget(last, 1)
        self.setFocusProxy(first)

    def value(self) -> tuple[Any, Any] | None:
        """Both ends; None while one is missing."""
        for end in self._ends:
            end.read()
        low, high = (end.value() for end in self._ends)
        if low is None or high is None:
            return None
        return (low, high) if low <= high else (high, low)


class ConditionPopover(Popover):
    """Field, operator, value; `chosen` tells the condition."""

    chosen = Signal(object)

    def __init__(
        self,
        services: Services,
        kind: Kind,
        fields: Sequence[Field],
        owner: QWidget,
        condition: Condition | None = None,
    ) -> None:
        super().__init__(owner)
        self._services, self._kind = services, kind
        self._fields = {field.key: field for field in fields}
        self._editors = Editors(services, kind)
        self._input: Any = None
        names = [Option(field.key, field_label(kind, field)) for field in fields]
        key = condition.key if condition is not None else names[0].value
        self._field = ChoiceField(names, value=key, required=True, searchable=True)
        self._field.setMinimumWidth(theme().px(280))
        self._operator = ChoiceField(required=True)
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(FieldRow(tr("table.field"), self._field))
        self.body.addWidget(FieldRow(tr("table.comparison"), self._operator))
        self.body.addLayout(self._place)
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = Button(tr("common.cancel"), variant="quiet")
        cancel.clicked.connect(self.dismiss)
        self.apply = PrimaryButton(tr("common.apply"))
        self.apply.clicked.connect(self._apply)
        row.addWidget(cancel)
        row.addWidget(self.apply)
        self.body.addLayout(row)
        self._field.changed.connect(lambda _key: self._offer_operators(None, None))
        self._operator.changed.connect(lambda _op: self._offer_value(None))
        if condition is None:
            self._offer_operators(None, None)
        else:
            self._offer_operators(condition.op, condition.value)

    def field(self) -> Field:
        """The field chosen now."""
        return self._fields[self._field.value()]

    def set_field(self, key: str, op: Op | None = None) -> None:
        """Choose a field and how to compare it, as a click on both would."""
        self._field.set_value(key)
        self._offer_operators(op, None)

    def value_input(self) -> Any:
        """The input of the value; None where the operator needs none."""
        return self._input

    def _offer_operators(self, op: Op | None, value: Any) -> None:
        field = self.field()
        offered = operators(field)
        self._operator.set_options([Option(o, operator_label(field, o)) for o in offered])
        self._operator.set_value(op or offered[0])
        self._offer_value(value)

    def _offer_value(self, value: Any) -> None:
        while (item := self._place.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._input = self._make_input(self.field(), self._operator.value(), value)
        if self._input is not None:
            row = FieldRow(tr("table.value"), self._input)
            self._place.addWidget(row)
            row.show()  # at once: a row still hidden is not counted in the size
            if isinstance(self._input, ParsedField):
                self._input.returnPressed.connect(self._apply)
        if self.isVisible():
            self.adjustSize()

    def _make_input(self, field: Field, op: Op, value: Any) -> Any:
        if op in _BARE:
            return None
        if op in _SPANS:
            return _Days(30 if value is None else int(value))
        if op is Op.BETWEEN:
            low, high = value or (None, None)
            return _Bounds(self._editors.make(field, low), self._editors.make(field, high))
        if op is Op.ANY_OF and field.type is FieldType.TAGS:
            return TagsField(value or (), name=tr("table.value"))
        if op is Op.ANY_OF:
            several = self._editors.several(field)
            several.set_value(value if isinstance(value, tuple) else ())
            return several
        if field.type is FieldType.BOOLEAN:
            value = True if value is None else value
        return self._editors.make(field, value)

    def _apply(self) -> None:
        op, value = self._operator.value(), None
        if self._input is not None:
            if isinstance(self._input, ParsedField) and not self._input.read():
                return
            value = self._input.value()
            if value is None or value == () or value == "":
                self._input.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.chosen.emit(Condition(self._field.value(), op, value))
        self.dismiss()
