"""One condition of the filter builder: field, operator, value, on one line."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.domain.fields import Field
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Condition, Op
from crm_desktop.ui.language import tr
from crm_desktop.ui.table.cells import field_label
from crm_desktop.ui.table.conditions import operator_label, operators
from crm_desktop.ui.table.editors import Editors
from crm_desktop.ui.table.value_inputs import ValueInput, make_input
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP
from crm_desktop.ui.widgets import ChoiceField, IconButton, Option, PlainLabel
from crm_desktop.ui.widgets.keyboard import focus_proxy

_TOP = Qt.AlignmentFlag.AlignTop


class ConditionRow(QWidget):
    """Tells every change; a condition without a value is none yet."""

    changed = Signal()
    grown = Signal()  # it has other inputs now
    removed = Signal()

    def __init__(
        self,
        kind: Kind,
        fields: dict[str, Field],
        editors: Editors,
        condition: Condition | None = None,
    ) -> None:
        super().__init__()
        self._fields, self._editors = fields, editors
        self.lead = PlainLabel("", role="small", tone="muted")
        self.lead.setFixedWidth(theme().px(44))
        names = [Option(key, field_label(kind, field)) for key, field in fields.items()]
        first = condition.key if condition is not None else names[0].value
        self.field = ChoiceField(
            names, value=first, required=True, searchable=True, name=tr("table.field")
        )
        self.field.setFixedWidth(theme().px(170))
        self.operator = ChoiceField(required=True, name=tr("table.comparison"))
        self.operator.setFixedWidth(theme().px(130))
        self.input: ValueInput | None = None
        self.remove = IconButton("x", tr("views.remove_condition"))
        self.remove.clicked.connect(self.removed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        for part in (self.lead, self.field, self.operator):
            part.setFixedHeight(self.field.sizeHint().height())
            self._row.addWidget(part, 0, _TOP)
        self._row.addStretch(1)
        self._row.addWidget(self.remove, 0, _TOP)
        self.field.changed.connect(lambda _key: self._offer_operators())
        self.operator.changed.connect(lambda _op: self._offer_value(None))
        if condition is None:
            self.choose(first)
        else:
            self.choose(first, condition.op, condition.value)

    def choose(self, key: str, op: Op | None = None, value: Any = None) -> None:
        """Choose a field, how to compare it and with what, as clicks on all three would."""
        self.field.set_value(key)
        field = self._fields[key]
        offered = operators(field)
        self.operator.set_options([Option(each, operator_label(field, each)) for each in offered])
        self.operator.set_value(op if op in offered else offered[0])
        self._offer_value(value if op in offered else None)

    def condition(self) -> Condition | None:
        """What is said so far; None while the value is missing."""
        key, op = self.field.value(), self.operator.value()
        if self.input is None:
            return Condition(key, op)
        value = self.input.value()
        return None if value is None else Condition(key, op, value)

    def focusables(self) -> list[QWidget]:
        """Its inputs in the order Tab takes them."""
        inner = self.input.findChildren(QWidget) if self.input is not None else []
        return [
            self.field,
            self.operator,
            *(w for w in inner if self._takes_tab(w)),
            self.remove,
        ]

    def _takes_tab(self, inner: QWidget) -> bool:
        # Lists that drop down are windows of their own.
        return (
            bool(inner.focusPolicy() & Qt.FocusPolicy.TabFocus)
            and focus_proxy(inner) is None
            and inner.window() is self.window()
        )

    def settle(self) -> None:
        """The editing is over."""
        if self.input is not None:
            self.input.settle()

    def _offer_operators(self) -> None:
        self.choose(self.field.value())

    def _offer_value(self, value: Any) -> None:
        if self.input is not None:
            self._row.removeWidget(self.input)
            self.input.hide()
            self.input.deleteLater()
        field = self._fields[self.field.value()]
        self.input = make_input(self._editors, field, self.operator.value(), value)
        if self.input is not None:
            self.input.changed.connect(self.changed)
            self._row.insertWidget(3, self.input, 100)
            self.input.show()  # at once: what is still hidden is not counted in the size
        self.grown.emit()
        self.changed.emit()
