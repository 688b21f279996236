"""Editing one list: add, rename, colour, order, retire and bring back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain.lists import Item, item_name
from crm_desktop.ui.formats import joined
from crm_desktop.ui.language import tr
from crm_desktop.ui.settings.group import Group, flow
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import CHIP_COLOURS, GAP, ROW_HEIGHT_COMPACT
from crm_desktop.ui.widgets import Button, IconButton, colour_dot

_ID = Qt.ItemDataRole.UserRole
_LEAST_ROWS, _MOST_ROWS = 4, 12
_PLAIN = ("pipeline",)  # lists whose items are nowhere shown as chips of a colour


class _Rows(QListWidget):
    """The items; dragged into another order, or moved with Alt+Up and Alt+Down."""

    ordered = Signal()
    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.model().rowsMoved.connect(self._rows_moved)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)

    def _rows_moved(self, *_: QModelIndex | int) -> None:
        self.ordered.emit()


class ItemsEditor(QWidget):
    """The items of one list; every change is stored at once and can be undone."""

    current_changed = Signal(object)  # the Item, or None

    def __init__(self, group: Group) -> None:
        super().__init__()
        self._group = group
        self.list_key = ""
        self.parent_id: int | None = None
        self._items: dict[int, Item] = {}
        self._filling = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        self.rows = _Rows()
        self.rows.itemChanged.connect(self._renamed)
        self.rows.currentItemChanged.connect(lambda *_: self._current_changed())
        self.rows.ordered.connect(self._ordered)
        self.rows.moved.connect(self.move_by)
        column.addWidget(self.rows)
        self.up = IconButton("arrow-up", "", small=True)
        self.down = IconButton("arrow-down", "", small=True)
        self.rename = Button(icon_name="pencil", small=True)
        self.colour = Button(icon_name="palette", small=True)
        self.retire = Button(icon_name="archive", small=True)
        self.up.clicked.connect(lambda: self.move_by(-1))
        self.down.clicked.connect(lambda: self.move_by(1))
        self.rename.clicked.connect(self._edit)
        self.colour.clicked.connect(self._offer_colours)
        self.retire.clicked.connect(self._retire)
        column.addWidget(flow(self.up, self.down, self.rename, self.colour, self.retire))
        self.new = QLineEdit()
        self.new.returnPressed.connect(self.add)
        self.add_button = Button(icon_name="plus", small=True)
        self.add_button.clicked.connect(self.add)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.new, 1)
        row.addWidget(self.add_button)
        column.addLayout(row)
        theme().changed.connect(self._fill)

    @property
    def _lists(self) -> Any:
        return self._group.context.services.lists

    def show_list(self, list_key: str, parent_id: int | None = None) -> None:
        """Edit a list; of stages those of one pipeline."""
        self.list_key, self.parent_id = list_key, parent_id
        self.colour.setVisible(list_key not in _PLAIN)
        self.refresh()

    def refresh(self) -> None:
        """Read the list again, keeping the chosen item."""
        found = [
            item
            for item in self._lists.all_items(self.list_key)
            if self.parent_id is None or item.parent_id == self.parent_id
        ]
        self._items = {item.id: item for item in found}
        self._fill()

    def current(self) -> Item | None:
        """The chosen item."""
        row = self.rows.currentItem()
        return self._items.get(row.data(_ID)) if row is not None else None

    def retranslate(self) -> None:
        """All words again."""
        self.up.set_name(tr("common.move_up"))
        self.down.set_name(tr("common.move_down"))
        self.rename.setText(tr("common.rename"))
        self.colour.setText(tr("settings.lists.colour"))
        self.new.setPlaceholderText(tr("settings.lists.new"))
        self.new.setAccessibleName(tr("settings.lists.new"))
        self.add_button.setText(tr("common.add"))
        self.rows.setAccessibleName(tr("settings.lists.items"))
        self._fill()

    def add(self) -> None:
        """A new item of the name that was typed."""
        name = self.new.text().strip()
        if not name:
            return
        key, parent = self.list_key, self.parent_id
        data = {"probability": 50, "stale": 14, "state": "open"} if key == "stage" else None

        def done(item_id: int) -> None:
            self.new.setText("")
            self.refresh()
            self._choose(item_id)

        self._group.write(
            lambda: self._lists.add(key, name, parent_id=parent, data=data),
            done,
        )

    def move_by(self, step: int) -> None:
        """The chosen item one place up or down."""
        row = self.rows.currentRow()
        if 0 <= row + step < self.rows.count():
            item = self.rows.takeItem(row)
            self.rows.insertItem(row + step, item)
            self.rows.setCurrentItem(item)
            self._ordered()

    def set_colour(self, colour: str) -> None:
        """Another colour for the chosen item."""
        self._change(lambda item: self._lists.recolor(item.id, colour))

    def _change(self, work: Callable[[Item], Any]) -> None:
        item = self.current()
        if item is not None:
            self._group.write(lambda: work(item), lambda _done: self.refresh())

    def _edit(self) -> None:
        row = self.rows.currentItem()
        if row is not None:
            self.rows.setFocus()
            self.rows.editItem(row)

    def _retire(self) -> None:
        item = self.current()
        if item is None:
            return
        retiring = item.active

        def done(_result: Any) -> None:
            self.refresh()
            tied = self._group.context.services.custom.tied_to(item.id) if retiring else []
            if tied:
                words = tr(
                    "settings.lists.fields_tied", name=item_name(item, tr), fields=joined(tied)
                )
                self._group.context.window.toast(words, undo=True)

        self._group.write(lambda: self._lists.set_active(item.id, not item.active), done)

    def _renamed(self, row: QListWidgetItem) -> None:
        item = self._items.get(row.data(_ID))
        name = row.text().strip()
        if self._filling or item is None or name == item_name(item, tr):
            return
        self._group.write(lambda: self._lists.rename(item.id, name), lambda _done: self.refresh())

    def _ordered(self) -> None:
        if self._filling:
            return
        ids = [self.rows.item(row).data(_ID) for row in range(self.rows.count())]
        key = self.list_key
        self._group.write(lambda: self._lists.put_in_order(key, ids), lambda _done: self.refresh())

    def _offer_colours(self) -> None:
        menu = QMenu(self)
        for colour in CHIP_COLOURS:
            action = menu.addAction(colour_dot(colour), tr(f"settings.colour.{colour}"))
            action.triggered.connect(lambda _checked=False, colour=colour: self.set_colour(colour))
        menu.popup(self.colour.mapToGlobal(self.colour.rect().bottomLeft()))

    def _choose(self, item_id: int) -> None:
        for row in range(self.rows.count()):
            if self.rows.item(row).data(_ID) == item_id:
                self.rows.setCurrentRow(row)

    def _fill(self) -> None:
        kept = self.current()
        self._filling = True
        self.rows.clear()
        for item in self._items.values():
            name = item_name(item, tr)
            row = QListWidgetItem(name)
            if self.list_key not in _PLAIN:
                row.setIcon(colour_dot(item.color))
            row.setData(_ID, item.id)
            row.setFlags(row.flags() | Qt.ItemFlag.ItemIsEditable)
            row.setFlags(row.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
            if not item.active:
                row.setForeground(theme().colour("muted"))
                font = row.font()
                font.setStrikeOut(True)
                row.setFont(font)
                row.setToolTip(tr("settings.lists.retired"))
            self.rows.addItem(row)
        self._choose(kept.id if kept is not None else next(iter(self._items), 0))
        if self.rows.currentItem() is None and self.rows.count():
            self.rows.setCurrentRow(0)
        self._filling = False
        height = theme().px(ROW_HEIGHT_COMPACT)
        shown = min(max(self.rows.count(), _LEAST_ROWS), _MOST_ROWS)
        self.rows.setFixedHeight(shown * height + 8)
        self._tell_current()

    def _current_changed(self) -> None:
        if (
            not self._filling
        ):  # or a button pressed would lose the keyboard while the rows come anew
            self._tell_current()

    def _tell_current(self) -> None:
        item = self.current()
        row = self.rows.currentRow()
        for button in (self.rename, self.colour, self.retire):
            button.setEnabled(item is not None)
        can_up, can_down = row > 0, 0 <= row < self.rows.count() - 1
        for arrow, can, other in ((self.up, can_up, self.down), (self.down, can_down, self.up)):
            if not can and arrow.hasFocus():  # the end is reached: the way back keeps the keyboard
                other.setEnabled(True)
                other.setFocus()
        self.up.setEnabled(can_up)
        self.down.setEnabled(can_down)
        active = item is None or item.active
        self.retire.setText(tr("settings.lists.retire" if active else "settings.lists.bring_back"))
        if not self._filling:
            self.current_changed.emit(item)
