"""Tags: the words users put on records, renamed, coloured and taken away for all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QMenu

from crm_desktop.domain.tags import TagRow
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.settings.group import Group, explain, flow
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import CHIP_COLOURS, GAP, ROW_HEIGHT_COMPACT
from crm_desktop.ui.widgets import Button, PlainLabel, colour_dot

_ID = Qt.ItemDataRole.UserRole
_LEAST_ROWS, _MOST_ROWS = 4, 12


class _Rows(QListWidget):
    """The tags; Del takes the chosen one away."""

    removed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.state() != self.State.EditingState:
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class TagsGroup(Group):
    """Every tag with how many records carry it; each change is stored at once."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._tags: dict[int, TagRow] = {}
        self._filling = False
        self._card, self._about = self.add_card()
        self.rows = _Rows()
        self.rows.removed.connect(self.remove)
        self.rows.itemChanged.connect(self._renamed)
        self.rows.currentItemChanged.connect(lambda *_: self._show_buttons())
        self._card.body.addWidget(self.rows)
        self.rename = Button(icon_name="pencil", small=True)
        self.colour = Button(icon_name="palette", small=True)
        self.delete = Button(icon_name="trash-2", small=True)
        self.carried = PlainLabel(tone="muted")
        self.rename.clicked.connect(self._edit)
        self.colour.clicked.connect(self._offer_colours)
        self.delete.clicked.connect(self.remove)
        self._card.body.addWidget(flow(self.rename, self.colour, self.delete, self.carried))
        self.new = QLineEdit()
        self.new.returnPressed.connect(self.add)
        self.add_button = Button(icon_name="plus", small=True)
        self.add_button.clicked.connect(self.add)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.new, 1)
        row.addWidget(self.add_button)
        self._card.body.addLayout(row)
        self.column.addStretch(1)
        theme().changed.connect(self._fill)

    def retranslate(self) -> None:
        super().retranslate()
        self._card.set_title(tr("settings.group.tags"))
        explain(self._about, tr("settings.tags.about"))
        self.rows.setAccessibleName(tr("settings.group.tags"))
        self.rename.setText(tr("common.rename"))
        self.colour.setText(tr("settings.lists.colour"))
        self.delete.setText(tr("settings.tags.remove"))
        self.new.setPlaceholderText(tr("settings.tags.new"))
        self.new.setAccessibleName(tr("settings.tags.new"))
        self.add_button.setText(tr("common.add"))
        self._fill()

    def refresh(self) -> None:
        self.context.jobs.run_reader(self.context.services.tags.all, self._arrived)

    def current(self) -> TagRow | None:
        """The chosen tag."""
        row = self.rows.currentItem()
        return self._tags.get(row.data(_ID)) if row is not None else None

    def add(self) -> None:
        """A tag of the name that was typed, for records to come."""
        name = self.new.text().strip()
        if not name:
            return

        def done(_tag_id: Any) -> None:
            self.new.setText("")
            self.refresh()

        self.write(lambda: self.context.services.tags.make(name), done)

    def set_colour(self, colour: str) -> None:
        """Another colour for the chosen tag."""
        self._change(lambda tag: self.context.services.tags.recolor(tag.id, colour))

    def remove(self) -> None:
        """Take the chosen tag off everything; undo puts it back on all of them."""
        tag = self.current()
        if tag is None:
            return

        def done(_result: Any) -> None:
            self.context.window.toast(
                tr("settings.tags.deleted", name=tag.name, count=tag.count), undo=True
            )
            self.refresh()

        self.write(lambda: self.context.services.tags.delete(tag.id), done)

    def _change(self, work: Callable[[TagRow], Any]) -> None:
        tag = self.current()
        if tag is not None:
            self.write(lambda: work(tag), lambda _done: self.refresh())

    def _edit(self) -> None:
        row = self.rows.currentItem()
        if row is not None:
            self.rows.setFocus()
            self.rows.editItem(row)

    def _renamed(self, row: QListWidgetItem) -> None:
        tag = self._tags.get(row.data(_ID))
        name = row.text().strip()
        if self._filling or tag is None or name == tag.name:
            return
        if not name:
            self._fill()
            return
        tags = self.context.services.tags
        known = {one.name for one in self._tags.values() if one.id != tag.id}
        told = tr("settings.tags.merged", name=name) if name in known else ""

        def done(_result: Any) -> None:
            if told:
                self.context.window.toast(told, undo=True)
            self.refresh()

        self.write(lambda: tags.rename(tag.id, name), done)

    def _offer_colours(self) -> None:
        menu = QMenu(self)
        for colour in CHIP_COLOURS:
            action = menu.addAction(colour_dot(colour), tr(f"settings.colour.{colour}"))
            action.triggered.connect(lambda _checked=False, colour=colour: self.set_colour(colour))
        menu.popup(self.colour.mapToGlobal(self.colour.rect().bottomLeft()))

    def _arrived(self, found: list[TagRow]) -> None:
        self._tags = {tag.id: tag for tag in found}
        self._fill()

    def _fill(self) -> None:
        kept = self.current()
        self._filling = True
        self.rows.clear()
        for tag in self._tags.values():
            row = QListWidgetItem(colour_dot(tag.color), tag.name)
            row.setData(_ID, tag.id)
            row.setFlags(row.flags() | Qt.ItemFlag.ItemIsEditable)
            self.rows.addItem(row)
            if kept is not None and kept.id == tag.id:
                self.rows.setCurrentItem(row)
        if self.rows.currentItem() is None and self.rows.count():
            self.rows.setCurrentRow(0)
        self._filling = False
        shown = min(max(self.rows.count(), _LEAST_ROWS), _MOST_ROWS)
        self.rows.setFixedHeight(shown * theme().px(ROW_HEIGHT_COMPACT) + 8)
        self._show_buttons()

    def _show_buttons(self) -> None:
        tag = self.current()
        for button in (self.rename, self.colour, self.delete):
            button.setEnabled(tag is not None)
        self.carried.setText("" if tag is None else tr("settings.tags.carried", count=tag.count))
