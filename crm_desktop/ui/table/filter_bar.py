"""The filter of a list, always in sight: words typed, conditions as chips, and a way out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.fields import Field
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Condition, Group, Query, only_known
from crm_desktop.ui.language import tr
from crm_desktop.ui.table.builder import FilterBuilder
from crm_desktop.ui.table.conditions import group_sentence, list_sentence, sentence
from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets import Button, Chip, FlowLayout, LinkButton, PlainLabel, SearchBox

if TYPE_CHECKING:
    from crm_desktop.services.house import Services


class FilterBar(QWidget):
    """Holds the part of the query that the user filters by."""

    changed = Signal(object)  # Query
    moved_down = Signal()
    save_wanted = Signal()

    def __init__(self, services: Services, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._kind = services, kind
        self._query = Query()
        self._fields: dict[str, Field] = {}
        self._builder: FilterBuilder | None = None
        self._counts = (0, 0)
        self._flow = FlowLayout(self, gap=8)
        self.box = SearchBox()
        self._rescale()
        self.box.searched.connect(self._typed)
        self.box.moved_down.connect(self.moved_down)
        self.add_button = Button("", icon_name="plus", variant="quiet", small=True)
        self.add_button.clicked.connect(self.add_condition)
        self._joint = PlainLabel("", role="small", tone="muted")
        self._clear = LinkButton("")
        self._clear.clicked.connect(self.clear)
        self.save_button = LinkButton("", icon_name="bookmark")
        self.save_button.clicked.connect(self.save_wanted)
        self.save_button.hide()
        self._shown: list[Chip] = []
        self._flow.addWidget(self.box)
        self._flow.addWidget(self._joint)
        self._flow.addWidget(self.add_button)
        self._flow.addWidget(self._clear)
        self._flow.addWidget(self.save_button)
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
        where = only_known(query, self._fields.keys()).where
        self._query = Query(where=where, text=query.text, only=query.only)
        self.box.setText(query.text)
        self._show()

    def set_savable(self, savable: bool) -> None:
        """Offer to save what is shown as a view, or not."""
        if savable is self.save_button.isHidden():
            self.save_button.setVisible(savable)
            self._flow.invalidate()

    def show_count(self, shown: int, total: int) -> None:
        """How many rows the list has now: said in the builder while one edits."""
        self._counts = (shown, total)
        if self._builder is not None:
            self._builder.show_count(shown, total)

    def texts(self) -> list[str]:
        """The words of the chips."""
        return [chip.text() for chip in self._shown]

    def sentence(self) -> str:
        """What the list shows, as one says it."""
        return list_sentence(self._services, self._kind, self._fields, self._query)

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
        self.save_button.setText(tr("views.save_changes"))
        self._joint.setText(tr("views.any_of"))
        self._show()

    def open_builder(self, index: int | None = None) -> FilterBuilder:
        """Offer all conditions to be changed; the keyboard goes to the one at `index`."""
        if self._builder is not None:
            self._builder.dismiss()
            self._builder.deleteLater()
        fields = list(self._fields.values())
        builder = FilterBuilder(self._services, self._kind, fields, self, self._query.where)
        builder.changed.connect(self._take)
        builder.show_count(*self._counts)
        self._builder = builder
        builder.open_at(self, QPoint(0, self.height() + 4))
        row = builder.conditions.rows[index or 0]
        row.focusables()[0 if index is None else -2].setFocus()
        return builder

    def add_condition(self) -> FilterBuilder:
        """The builder with a fresh row."""
        empty = not self._query.where.conditions
        builder = self.open_builder()
        if not empty:  # an empty builder begins with a fresh row
            builder.conditions.add_condition()
        return builder

    def close_popover(self) -> None:
        """The list goes out of sight."""
        if self._builder is not None:
            self._builder.dismiss()

    def _take(self, where: Group) -> None:
        self._query = replace(self._query, where=where)
        self._show()
        self.changed.emit(self._query)

    def _drop(self, index: int) -> None:
        parts = list(self._query.where.conditions)
        del parts[index]
        self._put(parts)

    def _drop_only(self) -> None:
        self._query = replace(self._query, only=None)
        self._show()
        self.changed.emit(self._query)

    def _put(self, parts: list[Condition | Group]) -> None:
        self._take(Group(tuple(parts), self._query.where.any_of))

    def _typed(self, text: str) -> None:
        if text == self._query.text:
            return
        self._query = replace(self._query, text=text)
        self._show()
        self.changed.emit(self._query)

    def _show(self) -> None:
        self._flow.drop_widgets(self._shown)
        self._shown = []
        where = self._query.where
        self._joint.setVisible(where.any_of and len(where.conditions) > 1)
        for index, part in enumerate(where.conditions):
            if isinstance(part, Condition):
                text = sentence(self._services, self._kind, self._fields[part.key], part)
            else:
                text = group_sentence(self._services, self._kind, self._fields, part)
            chip = Chip(text, colour="blue", closable=True, clickable=True)
            chip.closed.connect(lambda index=index: self._drop(index))
            chip.clicked.connect(lambda index=index: self.open_builder(index))
            self._flow.insert_widget(2 + index, chip)
            self._shown.append(chip)
        if self._query.only is not None:
            chip = Chip(tr("table.says.only", count=len(self._query.only)), closable=True)
            chip.closed.connect(self._drop_only)
            self._flow.insert_widget(2 + len(self._shown), chip)
            self._shown.append(chip)
        self._clear.setVisible(self.active > 0)
        self._flow.invalidate()
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The chips the builder makes stay in sight above it.
        builder = self._builder
        if builder is not None and builder.isVisible():
            below = self.mapTo(self.window(), QPoint(0, self.height() + 4)).y()
            builder.move(builder.x(), below)
            builder.fit()

    def _rescale(self) -> None:
        self.box.setFixedWidth(theme().px(200))

    def focus_box(self) -> None:
        """Ctrl+F: type what to look for."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()
