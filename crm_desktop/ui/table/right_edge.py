"""Rows of a list that is wider than its columns reach the right edge all the same."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QTableView

from crm_desktop.ui.theme import tokens


def paint_rest(view: QTableView, hovered: int) -> None:
    """Go on with ground and line of every row beyond the last column."""
    header = view.horizontalHeader()
    left = header.length() - header.offset()
    room = view.viewport().width() - left
    first = view.rowAt(0)
    if room <= 0 or first < 0:
        return
    last = view.rowAt(view.viewport().height() - 1)
    if last < 0:
        last = view.model().rowCount() - 1
    painter, look = QPainter(view.viewport()), tokens()
    for row in range(first, last + 1):
        top, height = view.rowViewportPosition(row), view.rowHeight(row)
        if view.selectionModel().isSelected(view.model().index(row, 0)):
            painter.fillRect(left, top, room, height, QColor(look.selection))
        elif row == hovered:
            painter.fillRect(left, top, room, height, QColor(look.window))
        painter.fillRect(left, top + height - 1, room, 1, QColor(look.border))
