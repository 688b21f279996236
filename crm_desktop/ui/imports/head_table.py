"""The first rows of a file as it is: row numbers as in Excel, the header row tinted."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QTableView

from crm_desktop.services.imports import Row, spelled
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import ROW_HEIGHT_COMPACT

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_SHOWN_ROWS = 60
_SHOWN_TEXT = 200
_WIDEST = 240
_NARROWEST = 64


def letters(column: int) -> str:
    """A, B … Z, AA: the name a spreadsheet gives to a column counted from 0."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


class HeadModel(QAbstractTableModel):
    """The rows at hand."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []
        self._width = 0
        self.header_row = 0  # from 1; 0 = none

    def set_rows(self, rows: list[Row], header_row: int) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows[:_SHOWN_ROWS]
        self._width = max((len(row) for row in self._rows), default=0)
        self.header_row = header_row
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._width

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.text(index.row(), index.column())
        number = index.row() + 1
        if role == Qt.ItemDataRole.BackgroundRole and number == self.header_row:
            return theme().colour("selection")
        if role == Qt.ItemDataRole.FontRole and number == self.header_row:
            return theme().font("strong")
        if role == Qt.ItemDataRole.ForegroundRole and number < self.header_row:
            return theme().colour("muted")
        return None

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        cells = self._rows[row]
        value = cells[column] if column < len(cells) else None
        return "" if value is None else spelled(value)[:_SHOWN_TEXT].replace("\n", " ")

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return letters(section) if orientation == Qt.Orientation.Horizontal else section + 1


class HeadTable(QTableView):
    """Shows a HeadModel; clicking a row, or Enter on it, takes it as the header."""

    header_wished = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.rows = HeadModel()
        self.setModel(self.rows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setTabKeyNavigation(False)
        self.setShowGrid(True)
        self.setWordWrap(False)
        self.clicked.connect(lambda index: self.header_wished.emit(index.row() + 1))
        self.activated.connect(lambda index: self.header_wished.emit(index.row() + 1))
        self.verticalHeader().sectionClicked.connect(
            lambda section: self.header_wished.emit(section + 1)
        )
        theme().changed.connect(self._remeasure)
        self.retranslate()
        self._remeasure()

    def show_rows(self, rows: list[Row], header_row: int) -> None:
        """Show these rows."""
        self.rows.set_rows(rows, header_row)
        self._remeasure()

    def retranslate(self) -> None:
        """The name a screen reader says."""
        self.setAccessibleName(tr("import_page.preview"))

    def _remeasure(self) -> None:
        look = theme()
        self.verticalHeader().setDefaultSectionSize(look.px(ROW_HEIGHT_COMPACT))
        head = self.horizontalHeader()
        for column, row in enumerate(self._widest()):
            hint = self.sizeHintForIndex(self.rows.index(row, column)).width() + 2  # the grid
            wanted = max(hint, head.sectionSizeHint(column), look.px(_NARROWEST))
            self.setColumnWidth(column, min(wanted, look.px(_WIDEST)))

    def _widest(self) -> list[int]:
        """The row with the widest text of each column; Qt would ask every cell nine times."""
        plain, strong = self.fontMetrics(), QFontMetrics(theme().font("strong"))
        model, rows = self.rows, range(self.rows.rowCount())

        def width(column: int, row: int) -> int:
            metrics = strong if row + 1 == model.header_row else plain
            return metrics.horizontalAdvance(model.text(row, column))

        columns = range(model.columnCount())
        return [max(rows, key=partial(width, column), default=0) for column in columns]
