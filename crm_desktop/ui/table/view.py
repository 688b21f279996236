"""The view of a list: keys, selection by record, typing Chinese straight into a cell."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from time import monotonic

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.grouping import RowGroup
from crm_desktop.ui.table.delegate import CellDelegate, EditorMaker
from crm_desktop.ui.table.header import TableHeader
from crm_desktop.ui.table.model import RecordModel, is_editable
from crm_desktop.ui.table.right_edge import paint_rest
from crm_desktop.ui.theme import theme

_ROWS = QItemSelectionModel.SelectionFlag.Rows
_SELECT = QItemSelectionModel.SelectionFlag.Select
_EDIT = QAbstractItemView.EditTrigger
_FEW = 20  # so many rows are looked for one by one
_MOST_KEPT = 20_000  # selected rows found again by id; more are all or nothing


@dataclass(slots=True)
class Place:
    """Where the user was in a list, by record and not by row."""

    current: int | None = None
    current_row: int = -1
    column: int = 0
    top: int | None = None
    at_top: bool = False  # of the whole list: what stands there counts, not the record
    selected: array[int] = field(default_factory=lambda: array("q"))
    whole: bool = False


class TableView(QTableView):
    """A table of whole rows. Enter opens, F2 edits, Ctrl+C copies."""

    opened = Signal(int)
    copy_wanted = Signal()
    paste_wanted = Signal()
    delete_wanted = Signal()
    menu_wanted = Signal(QPoint)  # in global coordinates
    current_changed = Signal(object)  # the record id, or None
    typed = Signal(str)  # letters to find a row by, as typed so far
    selected = Signal()
    folded = Signal(object)  # a RowGroup to fold or unfold
    heading_menu_wanted = Signal(QPoint)

    def __init__(
        self, model: RecordModel, make_editor: EditorMaker, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.records = model
        self.cells = CellDelegate(model, make_editor, self)
        self.head = TableHeader(model, self)
        self._settling = False
        self._letters, self._typed_at = "", 0.0
        self.setModel(model)
        self.setItemDelegate(self.cells)
        self.setHorizontalHeader(self.head)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(_EDIT.EditKeyPressed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        corner = QWidget()
        corner.setAutoFillBackground(True)
        self.setCornerWidget(corner)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(self.head.ResizeMode.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        selection = self.selectionModel()
        selection.currentChanged.connect(self._current_changed)
        selection.selectionChanged.connect(lambda _on, _off: self._selection_changed())
        self.rescale()
        theme().changed.connect(self.rescale)

    def rescale(self) -> None:
        """The text size or the density changed."""
        self.cells.refont()
        self.head.rescale()
        height = theme().row()
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(height)
        rows.setDefaultSectionSize(height)
        self.verticalScrollBar().setSingleStep(height)
        self.horizontalScrollBar().setSingleStep(theme().px(40))
        self.viewport().update()

    # ---- records instead of rows

    def current_id(self) -> int | None:
        """The record the keyboard is on."""
        index = self.currentIndex()
        return self.records.id_at(index.row()) if index.isValid() else None

    def current_heading(self) -> RowGroup | None:
        """The heading the keyboard is on."""
        return self.records.heading_at(self.currentIndex().row())

    @property
    def editing(self) -> bool:
        """Whether the editor of a cell is open."""
        return self.state() == QAbstractItemView.State.EditingState

    def selected_count(self) -> int:
        """How many rows are selected."""
        headings = self.records.headings
        chosen = sum(part.height() for part in self._parts())
        if headings is None or not chosen:
            return chosen
        return chosen - sum(headings.between(p.top(), p.bottom()) for p in self._parts())

    def selected_ids(self) -> array[int]:
        """The selected records, in the order of the list."""
        ids: array[int] = array("q")
        for part in sorted(self._parts(), key=QItemSelectionRange.top):
            ids += self.records.ids[part.top() : part.bottom() + 1]
        if self.records.headings is not None:
            ids = array("q", (each for each in ids if each > 0))
        return ids

    def select_id(self, record_id: int) -> bool:
        """Go to a record and select it alone; whether the list holds it."""
        row = self.records.row_of(record_id)
        if row < 0:
            return False
        self.select_only(row)
        return True

    def select_only(self, row: int) -> None:
        """Select a row alone, in the column of the cursor; Shift+Down goes on from there."""
        column = max(0, self.currentIndex().column())
        # Where many can be selected, Qt toggles or extends the row while Ctrl or Shift is down.
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.selectRow(row)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        no_change = QItemSelectionModel.SelectionFlag.NoUpdate
        self.selectionModel().setCurrentIndex(self.records.index(row, column), no_change)

    def place(self) -> Place:
        """Where the user is now."""
        index = self.currentIndex()
        chosen = self.selected_count()
        whole = chosen > _MOST_KEPT and chosen == len(self.records.records)
        row = index.row()
        return Place(
            self.records.ids[row] if 0 <= row < len(self.records.ids) else None,
            row,
            max(0, index.column()),
            self.records.id_at(self.rowAt(0)),
            self.verticalScrollBar().value() == 0,
            self.selected_ids() if 0 < chosen <= _MOST_KEPT else array("q"),
            whole,
        )

    def take_place(self, place: Place) -> None:
        """Back to where the user was, among other rows; beside a row that is gone."""
        self._settling = True
        ids = self.records.ids
        selection = self.selectionModel()
        row = self.records.row_of(place.current)
        gone = row < 0 and place.current is not None
        if gone and len(ids):
            row = min(max(place.current_row, 0), len(ids) - 1)
        if row >= 0 and self.records.fields:
            column = min(place.column, len(self.records.fields) - 1)
            no_change = QItemSelectionModel.SelectionFlag.NoUpdate
            selection.setCurrentIndex(self.records.index(row, column), no_change)
        if place.whole:
            self.selectAll()
        else:
            rows = self._rows_of(place.selected)
            if not rows and gone and row >= 0 and place.selected:
                rows = [row]
            chosen = QItemSelection()
            last = max(0, len(self.records.fields) - 1)
            for first, end in _runs(rows):
                chosen.select(self.records.index(first, 0), self.records.index(end, last))
            selection.select(chosen, _SELECT | _ROWS)
        top = 0 if place.at_top else self.records.row_of(place.top)
        if top >= 0:
            height = self.verticalHeader().defaultSectionSize()
            self.verticalScrollBar().setValue(top * height)
        self._settling = False
        self._selection_changed()
        self._current_changed(self.currentIndex(), QModelIndex())

    # ---- keys, mouse and input methods

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self.editing:  # what the editor leaves to others is not meant for the rows
            super().keyPressEvent(event)
            return
        if self._heading_key(Qt.Key(key)):
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            record_id = self.current_id()
            if record_id is not None:
                self.opened.emit(record_id)
        elif key == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        elif key == Qt.Key.Key_Escape and self.selected_count() > 1:
            self.select_only(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _heading_key(self, key: Qt.Key) -> bool:
        """Enter and Space fold the heading the keyboard is on, Left and Right as in a tree."""
        group = self.current_heading()
        headings = self.records.headings
        if group is None or headings is None:
            return False
        shut = headings.is_folded(group)
        if (
            key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
            or (key == Qt.Key.Key_Left and not shut)
            or (key == Qt.Key.Key_Right and shut)
        ):
            self.folded.emit(group)
            return True
        return key in (Qt.Key.Key_Left, Qt.Key.Key_Right)

    def edit_current(self) -> None:
        """Open the editor of the current cell, or of the first in its row that has one."""
        index = self.currentIndex()
        if self.records.id_at(index.row()) is None:
            return
        if not is_editable(self.records.fields[index.column()]):
            columns = [n for n, each in enumerate(self.records.fields) if is_editable(each)]
            if not columns:
                return
            index = self.records.index(index.row(), columns[0])
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.edit(index)

    def keyboardSearch(self, search: str) -> None:
        # Qt would read every row there is; the owner asks the book instead.
        now = monotonic()
        if now - self._typed_at > QApplication.keyboardInputInterval() / 1000:
            self._letters = ""
        self._typed_at = now
        self._letters += search
        if self._letters.strip():
            self.typed.emit(self._letters)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        # Qt opens the editor for the first letters of an input method only under this trigger;
        # plain letters must go on finding rows.
        triggers = self.editTriggers()
        self.setEditTriggers(_EDIT.AnyKeyPressed)
        super().inputMethodEvent(event)
        self.setEditTriggers(triggers)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.rowAt(event.position().toPoint().y())
        group = self.records.heading_at(row)
        if group is None:
            super().mousePressEvent(event)
        elif event.button() == Qt.MouseButton.LeftButton:
            self.setCurrentIndex(self.records.index(row, max(0, self.currentIndex().column())))
            self.folded.emit(group)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.records.heading_at(self.rowAt(event.position().toPoint().y())) is not None:
            self.mousePressEvent(event)  # two clicks in a row fold and unfold
            return
        record_id = self.records.id_at(self.rowAt(event.position().toPoint().y()))
        if record_id is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(record_id)
        else:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        row = self.rowAt(event.pos().y())
        if self.records.heading_at(row) is not None:
            self.heading_menu_wanted.emit(event.globalPos())
            return
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        if by_key:
            rect = self.visualRect(self.currentIndex())
            self.menu_wanted.emit(self.viewport().mapToGlobal(rect.bottomLeft()))
        elif row >= 0:
            self.menu_wanted.emit(event.globalPos())

    def sizeHintForColumn(self, column: int) -> int:
        """What a double click on the edge fits to: the rows on the screen, and the name."""
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        last = min(len(self.records.ids) - 1, first + 60) if last < 0 else last
        option = QStyleOptionViewItem()
        widths = [
            self.cells.sizeHint(option, self.records.index(row, column)).width()
            for row in range(first, last + 1)
        ]
        return max(widths, default=0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_rest(self, self.cells.hovered)

    def _parts(self) -> list[QItemSelectionRange]:
        return self.selectionModel().selection().toList()

    def _rows_of(self, ids: array[int]) -> list[int]:
        if len(ids) <= _FEW:
            return sorted(row for row in map(self.records.row_of, ids) if row >= 0)
        wanted = set(ids)
        return [row for row, each in enumerate(self.records.ids) if each in wanted]

    def _hover(self, row: int) -> None:
        before, self.cells.hovered = self.cells.hovered, row
        if row != before:
            width = self.viewport().width()
            height = self.verticalHeader().defaultSectionSize()
            for each in (before, row):
                if each >= 0:
                    self.viewport().update(0, self.rowViewportPosition(each), width, height)

    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if self._settling:
            return
        fields = self.records.fields
        if self.records.headings is not None:
            self.viewport().update()  # a heading's focus ring is as wide as the list
        typed = (
            self.records.id_at(current.row()) is not None
            and is_editable(fields[current.column()])
            and fields[current.column()].type not in (FieldType.BOOLEAN, FieldType.CHOICE)
        )
        # With an input method on, single letters in other cells must not start a composition.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, typed)
        self.current_changed.emit(self.current_id())

    def _selection_changed(self) -> None:
        if not self._settling:
            self.selected.emit()


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Rows as stretches: 1 2 3 7 8 → (1, 3), (7, 8)."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
