"""The filter of a list, always in sight: words typed, conditions as chips, and a way out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.fields import Field
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Condition, Group, Query
from crm_desktop.ui.language import tr
from crm_desktop.ui.table.condition_popover import ConditionPopover
from crm_desktop.ui.table.conditions import group_sentence, sentence
from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets import Button, Chip, FlowLayout, LinkButton, SearchBox

if TYPE_CHECKING:
    from crm_desktop.services.house import Services


class FilterBar(QWidget):
    """Holds the part of the query that the user filters by."""

    changed = Signal(object)  # Query
    moved_down = Signal()

    def __init__(self, services: Services, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._kind = services, kind
        self._query = Query()
        self._fields: dict[str, Field] = {}
        self._popover: ConditionPopover | None = None
        self._flow = FlowLayout(self, gap=8)
        self.box = SearchBox()
        self._rescale()
        self.box.searched.connect(self._typed)
        self.box.moved_down.connect(self.moved_down)
        self.add_button = Button("", icon_name="plus", variant="quiet", small=True)
        self.add_button.clicked.connect(lambda: self.open_condition())
        self._clear = LinkButton("")
        self._clear.clicked.connect(self.clear)
        self._shown: list[Chip] = []
        self._flow.addWidget(self.box)
        self._flow.addWidget(self.add_button)
        self._flow.addWidget(self._clear)
        self.retranslate()
        theme().changed.connect(self._rescale)

    @property
    def query(self) -> Query:
        """What the list is narrowed to."""
        return self._query

    @property
    def active(self) -> int:
        """How many filters are in force."""
        chosen = self._query.only is not None
        return len(self._query.where.conditions) + bool(self._query.text.strip()) + chosen

    def set_fields(self, fields: Sequence[Field]) -> None:
        """What there is to filter by."""
        self._fields = {field.key: field for field in fields}
        self._show()

    def set_query(self, query: Query) -> None:
        """Show a filter without telling anyone; conditions on unknown fields are dropped."""
        kept = tuple(part for part in query.where.conditions if self._is_known(part))
        where = Group(kept, query.where.any_of)
        self._query = Query(where=where, text=query.text, only=query.only)
        self.box.setText(query.text)
        self._show()

    def clear(self) -> None:
        """Take every filter away."""
        self.set_query(Query())
        self.changed.emit(self._query)

    def retranslate(self) -> None:
        """Set every word again."""
        hint = tr("table.filter_box")
        self.box.setPlaceholderText(hint)
        self.box.setAccessibleName(hint)
        self.add_button.setText(tr("table.add_condition"))
        self._clear.setText(tr("common.clear_filters"))
        self._show()

    def open_condition(self, index: int | None = None) -> ConditionPopover:
        """Offer a new condition, or the one at `index` to be changed."""
        if self._popover is not None:
            self._popover.deleteLater()
        parts = self._query.where.conditions
        part = parts[index] if index is not None else None
        present = part if isinstance(part, Condition) else None
        popover = ConditionPopover(
            self._services, self._kind, list(self._fields.values()), self, present
        )
        popover.chosen.connect(lambda condition: self._take(condition, index))
        self._popover = popover
        popover.open_at(self._shown[index] if index is not None else self.add_button)
        return popover

    def close_popover(self) -> None:
        """The list goes out of sight."""
        if self._popover is not None:
            self._popover.dismiss()

    def _take(self, condition: Condition, index: int | None) -> None:
        parts = list(self._query.where.conditions)
        if index is None:
            parts.append(condition)
        else:
            parts[index] = condition
        self._put(parts)

    def _drop(self, index: int) -> None:
        parts = list(self._query.where.conditions)
        del parts[index]
        self._put(parts)

    def _drop_only(self) -> None:
        self._query = replace(self._query, only=None)
        self._show()
        self.changed.emit(self._query)

    def _put(self, parts: list[Condition | Group]) -> None:
        where = Group(tuple(parts), self._query.where.any_of)
        self._query = replace(self._query, where=where)
        self._show()
        self.changed.emit(self._query)

    def _typed(self, text: str) -> None:
        if text == self._query.text:
            return
        self._query = replace(self._query, text=text)
        self._show()
        self.changed.emit(self._query)

    def _is_known(self, part: Condition | Group) -> bool:
        if isinstance(part, Group):
            return all(self._is_known(each) for each in part.conditions)
        return part.key in self._fields

    def _show(self) -> None:
        for chip in self._shown:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._shown = []
        for index, part in enumerate(self._query.where.conditions):
            single = isinstance(part, Condition)
            if isinstance(part, Condition):
                text = sentence(self._services, self._kind, self._fields[part.key], part)
            else:
                text = group_sentence(self._services, self._kind, self._fields, part)
            chip = Chip(text, colour="blue", closable=True, clickable=single)
            chip.closed.connect(lambda index=index: self._drop(index))
            chip.clicked.connect(lambda index=index: self.open_condition(index))
            self._flow.insert_widget(1 + index, chip)
            self._shown.append(chip)
        if self._query.only is not None:
            chip = Chip(tr("table.says.only", count=len(self._query.only)), closable=True)
            chip.closed.connect(self._drop_only)
            self._flow.insert_widget(1 + len(self._shown), chip)
            self._shown.append(chip)
        self._clear.setVisible(self.active > 0)
        self._flow.invalidate()
        self.updateGeometry()

    def _rescale(self) -> None:
        self.box.setFixedWidth(theme().px(200))

    def focus_box(self) -> None:
        """Ctrl+F: type what to look for."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()
