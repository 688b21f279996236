"""Which columns a list shows and in which order: ticks, and rows to drag."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from crm_desktop.domain.fields import Field
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.schema import TITLE_KEYS
from crm_desktop.ui.language import tr
from crm_desktop.ui.table.cells import field_label
from crm_desktop.ui.theme import theme
from crm_desktop.ui.tooltips import plain_tip
from crm_desktop.ui.widgets import LinkButton, PlainLabel, Popover, SearchBox

_KEY = Qt.ItemDataRole.UserRole


class _Rows(QListWidget):
    """Ctrl+Up and Ctrl+Down move a row, as dragging does."""

    moved = Signal()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(280), theme().px(340))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(280), theme().px(120))  # in a low window

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if step is None or not ctrl:
            super().keyPressEvent(event)
            return
        row = self.currentRow()
        if 0 <= row + step < self.count():
            item = self.takeItem(row)
            self.insertItem(row + step, item)
            self.setCurrentItem(item)
            self.moved.emit()


class ColumnsPopover(Popover):
    """Every tick and every move shows at once."""

    changed = Signal(object)  # the keys of the columns, in order
    reset_wanted = Signal()

    def __init__(
        self, kind: Kind, fields: Sequence[Field], shown: Sequence[str], owner: QWidget
    ) -> None:
        super().__init__(owner)
        self._title_key = TITLE_KEYS[kind]
        self._filter = SearchBox(tr("table.find_column"), delay=0)
        self._filter.searched.connect(self._narrow)
        self.rows = _Rows()
        self.rows.setAccessibleName(tr("common.columns"))
        self.rows.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        # A long name ends in an ellipsis, with all of it in the tooltip.
        self.rows.setFixedWidth(theme().px(280))
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        by_key = {field.key: field for field in fields}
        present = [key for key in shown if key in by_key]
        for key in (*present, *(key for key in by_key if key not in present)):
            name = field_label(kind, by_key[key])
            item = QListWidgetItem(name)
            item.setToolTip(plain_tip(name))
            item.setData(_KEY, key)
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            flags |= Qt.ItemFlag.ItemIsDragEnabled
            if key != self._title_key:  # without its name nobody knows what a row is
                flags |= Qt.ItemFlag.ItemIsUserCheckable
            item.setFlags(flags)
            on = key in present or key == self._title_key
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self.rows.addItem(item)
        self.rows.itemChanged.connect(lambda _item: self._tell())
        self.rows.model().rowsMoved.connect(lambda *_args: self._tell())
        self.rows.moved.connect(self._tell)
        reset = LinkButton(tr("table.default_columns"))
        reset.clicked.connect(self._reset)
        below = QHBoxLayout()
        below.addWidget(PlainLabel(tr("table.drag_columns"), role="small", tone="muted"), 1)
        below.addWidget(reset)
        self.body.addWidget(self._filter)
        self.body.addWidget(self.rows)
        self.body.addLayout(below)

    def holds_unsaved_text(self) -> bool:
        """What is typed here only narrows the rows: nothing is lost."""
        return False

    def keys(self) -> list[str]:
        """The keys of the ticked columns, in order."""
        items = [self.rows.item(row) for row in range(self.rows.count())]
        return [
            str(item.data(_KEY)) for item in items if item.checkState() == Qt.CheckState.Checked
        ]

    def _tell(self) -> None:
        self.changed.emit(self.keys())

    def _reset(self) -> None:
        self.reset_wanted.emit()
        self.dismiss()

    def _narrow(self, text: str) -> None:
        wanted = text.strip().casefold()
        for row in range(self.rows.count()):
            item = self.rows.item(row)
            item.setHidden(wanted not in item.text().casefold())
