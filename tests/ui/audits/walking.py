"""What an audit sees in a window: widgets on the screen, their words, what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QMainWindow,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QSizeGrip,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from crm_desktop.ui.shell.sidebar_row import SidebarRow
from crm_desktop.ui.shell.toasts import Toast
from crm_desktop.ui.shell.topbar import SearchBox
from crm_desktop.ui.widgets import ElidedLabel, Popover
from crm_desktop.ui.widgets.lines import LineButton
from crm_desktop.ui.widgets.scrolled import Scrolled

_ELIDES_ITSELF = (ElidedLabel, SidebarRow, SearchBox, LineButton)
_LIES_OVER = (Popover, Toast, QScrollBar, QSizeGrip)
_LEAST_OF_CHOICE = 14  # letters of a choice that are always seen
_INDICATOR = 22  # a check box and the gap to its words


def shown(root: QWidget) -> Iterator[QWidget]:
    """Every widget below `root` that is on the screen."""
    for widget in root.findChildren(QWidget):
        if widget.isVisibleTo(root) and widget.window() is root.window():
            yield widget


def name_of(widget: QWidget) -> str:
    """A widget as a finding names it."""
    words = getattr(widget, "text", None)
    text = words() if callable(words) else ""
    parents: list[QWidget] = []
    up = widget.parentWidget()
    while up is not None and len(parents) < 3:
        if type(up).__name__ not in ("QWidget", "QScrollArea", "QStackedWidget", "Scrolled"):
            parents.append(type(up).__name__)
        up = up.parentWidget()
    return f"{type(widget).__name__} {str(text)[:30]!r} in {'/'.join(reversed(parents))}"


def misfits_of(window: QMainWindow) -> Iterator[str]:
    """What does not fit on the page that is shown."""
    central = window.centralWidget()
    yield from cut_words(central)
    yield from out_of_place(central)
    yield from scrolled_sideways(central)


def cut_words(root: QWidget) -> Iterator[str]:
    """Labels, buttons, heads and choices whose words do not fit."""
    for widget in shown(root):
        room, need = _room_and_need(widget)
        if need > room + 1:
            yield f"cut: {name_of(widget)} needs {need}, has {room}"
        if isinstance(widget, QLabel) and widget.wordWrap() and widget.text():
            tall = widget.heightForWidth(widget.width())
            if tall > widget.height() + 1:
                yield f"cut below: {name_of(widget)} needs {tall}, has {widget.height()}"
        if isinstance(widget, QHeaderView):
            yield from _cut_heads(widget)


def _room_and_need(widget: QWidget) -> tuple[int, int]:
    metrics, room = widget.fontMetrics(), widget.contentsRect().width()
    if isinstance(widget, _ELIDES_ITSELF):
        return room, 0
    if isinstance(widget, QLabel):
        if widget.wordWrap() or not widget.text():
            return room, 0
        lines = widget.text().split("\n")
        need = max(metrics.horizontalAdvance(line) for line in lines)
        if metrics.height() > widget.height() + 1:
            return widget.height(), metrics.height()
        return room, need
    if isinstance(widget, QAbstractButton) and widget.text():
        words = widget.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
        need = metrics.horizontalAdvance(words)
        if isinstance(widget, QCheckBox | QRadioButton):
            need += _INDICATOR
        elif isinstance(widget, QPushButton | QToolButton) and not widget.icon().isNull():
            style = widget.toolButtonStyle() if isinstance(widget, QToolButton) else None
            if style is Qt.ToolButtonStyle.ToolButtonIconOnly:
                return room, 0
            need += widget.iconSize().width() + 4
        return room, need
    if isinstance(widget, QComboBox) and not widget.isEditable():
        # A long value ends in an ellipsis; a short one must be there whole.
        most = metrics.averageCharWidth() * _LEAST_OF_CHOICE
        return room - 24, min(metrics.horizontalAdvance(widget.currentText()), most)
    return room, 0


def _cut_heads(head: QHeaderView) -> Iterator[str]:
    model = head.model()
    if head.orientation() is not Qt.Orientation.Horizontal or model is None:
        return
    for column in range(head.count()):
        if not head.isSectionHidden(column):
            title = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
            need = head.fontMetrics().horizontalAdvance(title) + 8
            if need > head.sectionSize(column):
                yield f"cut head: {title!r} needs {need}, has {head.sectionSize(column)}"


def out_of_place(root: QWidget) -> Iterator[str]:
    """Widgets that stick out of their parent, or lie upon a sibling."""
    for parent in (root, *shown(root)):
        scrolled = isinstance(parent.parentWidget(), QAbstractScrollArea)
        children = [
            child
            for child in parent.children()
            if isinstance(child, QWidget)
            and not isinstance(child, _LIES_OVER)
            and not child.isWindow()
            and child.isVisibleTo(parent)
            and not child.size().isEmpty()
        ]
        if not scrolled and not isinstance(parent, QAbstractScrollArea | QHeaderView):
            for child in children:
                box = child.geometry().adjusted(1, 1, -1, -1)
                if not parent.rect().contains(box):
                    yield f"sticks out: {name_of(child)} {_say(box)} of {_say(parent.rect())}"
        if isinstance(parent, QStackedWidget | QAbstractScrollArea) or scrolled:
            continue
        for one, other in combinations(children, 2):
            both = one.geometry().intersected(other.geometry())
            if both.width() > 1 and both.height() > 1:
                yield f"overlap: {name_of(one)} and {name_of(other)} {_say(both)}"


def scrolled_sideways(root: QWidget) -> Iterator[str]:
    """Panes that scroll up and down, and sideways too because something in them is too wide."""
    for widget in shown(root):
        wider = widget.horizontalScrollBar().maximum() if isinstance(widget, Scrolled) else 0
        if wider:
            yield f"sideways: {name_of(widget)} by {wider}"


def _say(box: QRect) -> str:
    return f"{box.x()},{box.y()} {box.width()}x{box.height()}"
