"""Showing where the keyboard is in what draws itself, and the way of Tab to what comes later."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QWidget

from crm_desktop.ui.theme import tokens
from crm_desktop.ui.theme.tokens import FOCUS_RING, RADIUS_CONTROL


def paint_ring(painter: QPainter, box: QRectF, radius: float = RADIUS_CONTROL) -> None:
    """The ring around what has the keyboard, inside `box`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tokens().accent), FOCUS_RING))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
    painter.restore()


def choose_first(view: QAbstractItemView) -> None:
    """Choose the first row that can be chosen, where none is: the keyboard has come."""
    model = view.model()
    if view.selectionModel().hasSelection():
        return
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        if index.flags() & Qt.ItemFlag.ItemIsSelectable:
            view.setCurrentIndex(index)
            return


def next_in_chain(widget: QWidget) -> QWidget | None:
    """What follows in the window's ring of widgets, those where Tab does not stop included."""
    return _given_back(widget.nextInFocusChain())


def previous_in_chain(widget: QWidget) -> QWidget | None:
    """What comes before in the window's ring of widgets."""
    return _given_back(widget.previousInFocusChain())


def focus_proxy(widget: QWidget) -> QWidget | None:
    """What takes the keyboard in its place: a box for its line, a scroll area for its viewport."""
    return _given_back(widget.focusProxy())


def tab_from(place: QWidget, parts: Iterable[QWidget]) -> None:
    """Let Tab come from `place` to `parts`, which were made after what follows.

    Where Tab does not stop at `place` itself, it comes from what it stops at before.
    """
    before: QWidget | None = place
    while before is not None and not _stops(before):
        before = previous_in_chain(before)
        if before is place:
            return
    for part in parts:
        for stop in (part, *part.findChildren(QWidget)):
            if before is not None and _stops(stop) and stop.window() is before.window():
                QWidget.setTabOrder(before, stop)
                before = stop


def _given_back(found: QWidget | None) -> QWidget | None:
    """Owned by its parent again, and this by its own.

    PySide takes what such a question answers for a part of the widget that was asked. A walk
    along the ring leaves it with parts that own each other; to Python they are garbage, and the
    next search for that deletes them under the eyes of the user.
    """
    each = found
    while each is not None:
        parent = each.parentWidget()
        if parent is not None:
            each.setParent(parent)  # to Qt no change, to PySide the owner
        each = parent
    return found


def _stops(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
