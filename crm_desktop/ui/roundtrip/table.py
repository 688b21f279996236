"""The table of what differs: ticked with a click or the space bar."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from crm_desktop.ui.roundtrip.lines import BOOK, COLUMNS, TAKE, LinesModel
from crm_desktop.ui.roundtrip.painting import LineDelegate
from crm_desktop.ui.theme import theme

_FIXED = {"take": 36, "row": 48}
_SHARES = {"record": 0.2, "field": 0.16, "book": 0.32, "sheet": 0.32}
_LEAST = {"record": 72, "field": 56, "book": 112, "sheet": 100}


class LinesTable(QTableView):
    """All lines; Space or a click ticks those chosen."""

    def __init__(self, lines: LinesModel) -> None:
        super().__init__()
        self._lines = lines
        self.setModel(lines)
        self.setItemDelegate(LineDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._clicked)
        lines.modelReset.connect(self._span)
        theme().changed.connect(self._remeasure)
        self._remeasure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.toggle()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def toggle(self) -> None:
        """Tick the chosen lines; where all of them are ticked, take the ticks away."""
        rows = [index.row() for index in self.selectionModel().selectedRows()]
        rows = [row for row in rows if self._lines.taken(row) is not None]
        if rows:
            self._lines.take(rows, not all(self._lines.taken(row) for row in rows))

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == TAKE and self._lines.taken(index.row()) is not None:
            self._lines.take([index.row()], not self._lines.taken(index.row()))

    def _span(self) -> None:
        self.clearSpans()
        for row, line in enumerate(self._lines.lines):
            if line.is_heading:
                self.setSpan(row, 0, 1, len(COLUMNS))
            elif line.section == "problems":
                self.setSpan(row, BOOK, 1, 2)
        first = next((n for n, line in enumerate(self._lines.lines) if not line.is_heading), None)
        if first is not None:
            self.setCurrentIndex(self._lines.index(first, TAKE))

    def _remeasure(self) -> None:
        look = theme()
        self.setMinimumHeight(look.px(150))
        self.verticalHeader().setDefaultSectionSize(look.row())
        self._share_out()

    def _share_out(self) -> None:
        """Give the columns the room there is; what some need at least, the others go without."""
        look = theme()
        wide = {key: look.px(fixed) for key, fixed in _FIXED.items()}
        for key in sorted(_SHARES, key=lambda key: _SHARES[key] / _LEAST[key]):
            room = self.viewport().width() - sum(wide.values())
            left = sum(share for other, share in _SHARES.items() if other not in wide)
            wide[key] = max(look.px(_LEAST[key]), int(room * _SHARES[key] / left))
        for column, key in enumerate(COLUMNS):
            self.setColumnWidth(column, wide[key])
