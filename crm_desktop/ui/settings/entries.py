"""Which pages stand in the sidebar, and in which order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from crm_desktop.ui.catalogue import SIDEBAR
from crm_desktop.ui.language import tr
from crm_desktop.ui.settings.group import flow
from crm_desktop.ui.theme import icon, theme
from crm_desktop.ui.theme.tokens import GAP, ICON, ROW_HEIGHT_COMPACT
from crm_desktop.ui.widgets import Button, IconButton

USUAL = tuple(entry.key for entry in SIDEBAR)
_ALWAYS = USUAL[0]  # Today stays: a sidebar without any entry would lead nowhere
_KEY = Qt.ItemDataRole.UserRole


class _Rows(QListWidget):
    """The pages with ticks; dragged, or moved with Alt+Up and Alt+Down."""

    ordered = Signal()
    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.model().rowsMoved.connect(lambda *_: self.ordered.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)


class EntriesEditor(QWidget):
    """Tells every change at once; what is not ticked stays in the list, below its neighbours."""

    changed = Signal(object)  # the keys that are shown, in order

    def __init__(self) -> None:
        super().__init__()
        self._filling = False
        self.rows = _Rows()
        self.rows.itemChanged.connect(lambda _item: self._tell())
        self.rows.ordered.connect(self._tell)
        self.rows.moved.connect(self.move_by)
        self.rows.currentRowChanged.connect(lambda _row: self._enable())
        self.up = IconButton("arrow-up", "", small=True)
        self.down = IconButton("arrow-down", "", small=True)
        self.usual = Button(icon_name="rotate-ccw", small=True)
        self.up.clicked.connect(lambda: self.move_by(-1))
        self.down.clicked.connect(lambda: self.move_by(1))
        self.usual.clicked.connect(self._as_usual)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.rows)
        column.addWidget(flow(self.up, self.down, self.usual))
        theme().changed.connect(self._dress)
        self.show_entries(USUAL)

    def show_entries(self, shown: Sequence[str]) -> None:
        """Show these as ticked, in their order; the others where they usually stand."""
        order = [key for key in shown if key in USUAL]
        for at, key in enumerate(USUAL):
            if key not in order:
                before = next((k for k in reversed(USUAL[:at]) if k in order), None)
                order.insert(order.index(before) + 1 if before else 0, key)
        if order == self._order() and set(shown) == set(self.shown()):
            return
        chosen = self._chosen()
        self._filling = True
        self.rows.clear()
        for key in order:
            item = QListWidgetItem()
            item.setData(_KEY, key)
            flags = item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled
            if key == _ALWAYS:
                flags &= ~Qt.ItemFlag.ItemIsUserCheckable
            item.setFlags(flags)
            ticked = key in shown or key == _ALWAYS
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.rows.addItem(item)
        self._filling = False
        self._dress()
        self.retranslate()
        self._choose(chosen or order[0])

    def shown(self) -> list[str]:
        """The keys that are ticked, in order."""
        items = (self.rows.item(row) for row in range(self.rows.count()))
        return [i.data(_KEY) for i in items if i.checkState() == Qt.CheckState.Checked]

    def move_by(self, step: int) -> None:
        """Move the chosen page up or down."""
        order, key = self._order(), self._chosen()
        at = order.index(key) + step if key else -1
        if not 0 <= at < len(order):
            return
        self._filling = True
        item = self.rows.takeItem(at - step)
        self.rows.insertItem(at, item)
        self.rows.setCurrentRow(at)
        self._filling = False
        self._tell()

    def retranslate(self) -> None:
        """Set every word again."""
        self._filling = True
        for row in range(self.rows.count()):
            item = self.rows.item(row)
            item.setText(tr(f"shell.page.{item.data(_KEY)}"))
        self._filling = False
        self.rows.setAccessibleName(tr("settings.entries.title"))
        self.up.set_name(tr("settings.entries.up"))
        self.down.set_name(tr("settings.entries.down"))
        self.usual.setText(tr("settings.entries.usual"))

    def _order(self) -> list[str]:
        return [self.rows.item(row).data(_KEY) for row in range(self.rows.count())]

    def _chosen(self) -> str:
        item = self.rows.currentItem()
        return str(item.data(_KEY)) if item is not None else ""

    def _choose(self, key: str) -> None:
        self.rows.setCurrentRow(self._order().index(key))

    def _as_usual(self) -> None:
        self.show_entries(USUAL)
        self._tell()

    def _tell(self) -> None:
        if not self._filling:
            self._enable()
            self.changed.emit(self.shown())

    def _enable(self) -> None:
        at = self.rows.currentRow()
        self.up.setEnabled(at > 0)
        self.down.setEnabled(0 <= at < self.rows.count() - 1)

    def _dress(self) -> None:
        look = theme()
        symbols = {entry.key: entry.icon for entry in SIDEBAR}
        self._filling = True
        for row in range(self.rows.count()):
            item = self.rows.item(row)
            item.setIcon(icon(symbols[item.data(_KEY)], "muted"))
            item.setSizeHint(QSize(0, look.px(ROW_HEIGHT_COMPACT)))
        self._filling = False
        self.rows.setIconSize(QSize(look.px(ICON), look.px(ICON)))
        height = self.rows.count() * look.px(ROW_HEIGHT_COMPACT)
        self.rows.setFixedHeight(height + 2 * self.rows.frameWidth() + 2)
