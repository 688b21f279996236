"""The numbers beneath a chart: a small table whose rows open what is behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from crm_desktop.domain.today import Rows
from crm_desktop.ui.theme import theme

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ROW = 28
_GAP = 24


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its words, the first on the left, and the records behind it."""

    cells: tuple[str, ...]
    rows: Rows | None = None


class NumbersTable(QTableWidget):
    """As high as its rows; a click or Enter tells the rows behind a line."""

    opened = Signal(object)  # Rows

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[Line] = ()
        self._heads: Sequence[str] = ()
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setMinimumSectionSize(24)
        self.cellClicked.connect(lambda row, _column: self.open_line(row))
        theme().changed.connect(self._measure)

    def lines(self) -> Sequence[Line]:
        """What is shown."""
        return self._lines

    def heads(self) -> Sequence[str]:
        """The words above the columns."""
        return self._heads

    def set_lines(self, heads: Sequence[str], lines: Sequence[Line]) -> None:
        """Show other numbers."""
        self._heads, self._lines = heads, lines
        self.setColumnCount(len(heads))
        self.setRowCount(len(lines))
        for column, words in enumerate(heads):
            item = QTableWidgetItem(words)
            item.setTextAlignment(_RIGHT if column else _LEFT)
            self.setHorizontalHeaderItem(column, item)
        for row, line in enumerate(lines):
            for column, words in enumerate(line.cells):
                cell = QTableWidgetItem(words)
                cell.setTextAlignment(_RIGHT if column else _LEFT)
                self.setItem(row, column, cell)
        head = self.horizontalHeader()
        mode = QHeaderView.ResizeMode
        for column in range(len(heads)):
            head.setSectionResizeMode(column, mode.Fixed if column else mode.Stretch)
        self._measure()

    def open_line(self, row: int) -> None:
        """Tell what is behind a line."""
        if 0 <= row < len(self._lines):
            rows = self._lines[row].rows
            if rows is not None:
                self.opened.emit(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.open_line(self.currentRow())
        else:
            super().keyPressEvent(event)

    def _measure(self) -> None:
        height = max(theme().px(_ROW), QFontMetrics(theme().font()).height() + 8)
        self.verticalHeader().setDefaultSectionSize(height)
        for row in range(self.rowCount()):
            self.setRowHeight(row, height)
        strong, body = QFontMetrics(theme().font("strong")), QFontMetrics(theme().font())
        for column in range(1, self.columnCount()):
            head = self.horizontalHeaderItem(column)
            wide = strong.horizontalAdvance(head.text()) if head is not None else 0
            for row in range(self.rowCount()):
                cell = self.item(row, column)
                if cell is not None:
                    wide = max(wide, body.horizontalAdvance(cell.text()))
            self.setColumnWidth(column, wide + theme().px(_GAP))
        self.setFixedHeight(
            self.horizontalHeader().sizeHint().height() + height * self.rowCount() + 2
        )
