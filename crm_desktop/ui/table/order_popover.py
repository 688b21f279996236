"""How the rows of a list stand: under which headings, and sorted by what, then by what."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.domain.fields import Field
from crm_desktop.domain.grouping import can_group
from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.language import tr
from crm_desktop.ui.table.cells import field_label
from crm_desktop.ui.table.header import Order
from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets import ChoiceField, FieldRow, IconButton, Option, PlainLabel, Popover

_LEVELS = 3  # sorted by this, then by that, then by a third


class _Level(QWidget):
    """One field to sort by, and the direction."""

    changed = Signal()

    def __init__(self, label: str, options: Sequence[Option]) -> None:
        super().__init__()
        self.field = ChoiceField([Option("", tr("table.sort_nothing")), *options], required=True)
        self.field.setMinimumWidth(theme().px(220))
        self.field.changed.connect(lambda _key: self._tell())
        self.direction = IconButton("arrow-up", "")
        self.direction.clicked.connect(self._turn)
        self.descending = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(FieldRow(label, self.field), 1)
        row.addWidget(self.direction, 0, Qt.AlignmentFlag.AlignBottom)
        self.put("", descending=False)

    def put(self, key: str, *, descending: bool) -> None:
        """Show a field and a direction without telling anyone."""
        self.field.set_value(key)
        self.descending = descending
        self.direction.set_icon("arrow-down" if descending else "arrow-up")
        self.direction.set_name(tr("table.descending" if descending else "table.ascending"))
        self.direction.setEnabled(bool(key))

    def _turn(self) -> None:
        self.put(self.field.value(), descending=not self.descending)
        self.changed.emit()

    def _tell(self) -> None:
        self.put(self.field.value(), descending=self.descending)
        self.changed.emit()


class OrderPopover(Popover):
    """Every choice shows at once, as a click on the heads of the columns does."""

    sorted_by = Signal(object)  # Order
    grouped_by = Signal(object)  # a field, or "" for no headings

    def __init__(
        self, kind: Kind, fields: Sequence[Field], order: Order, group: str, owner: QWidget
    ) -> None:
        super().__init__(owner)
        self.body.addWidget(PlainLabel(tr("table.order_title"), role="strong"))
        named = [(field, Option(field.key, field_label(kind, field))) for field in fields]
        options = [option for _, option in named]
        groupable = [option for field, option in named if can_group(kind, field)]
        self.group = ChoiceField(
            [Option("", tr("table.group_nothing")), *groupable], value=group, required=True
        )
        self.group.changed.connect(self.grouped_by)
        self.body.addWidget(FieldRow(tr("table.group_by"), self.group))
        self.levels = [
            _Level(tr("table.then_by" if number else "table.sort_by"), options)
            for number in range(_LEVELS)
        ]
        for level, (key, descending) in zip(self.levels, order, strict=False):
            level.put(key, descending=descending)
        for level in self.levels:
            level.changed.connect(self._tell)
            self.body.addWidget(level)
        self.body.addWidget(PlainLabel(tr("table.order_hint"), role="small", tone="muted"))

    def order(self) -> Order:
        """What is chosen; a field counts once."""
        found: dict[str, bool] = {}
        for level in self.levels:
            key = level.field.value()
            if key and key not in found:
                found[key] = level.descending
        return tuple(found.items())

    def _tell(self) -> None:
        self.sorted_by.emit(self.order())
