"""What the keyboard reaches in a window, what it is called, and whether it is seen there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from crm_desktop.ui.widgets.keyboard import focus_proxy
from tests.ui.audits.stage import Stage
from tests.ui.audits.walking import name_of, shown

_MOST = 400  # steps of Tab after which a round is no round


def focusable(root: QWidget) -> Iterator[QWidget]:
    """What Tab should reach."""
    for widget in shown(root):
        proxied = focus_proxy(widget) is not None
        if widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not proxied:
            yield widget


def accessible_name(widget: QWidget) -> str:
    """What a screen reader says of it."""
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found is not None else ""


def nameless(root: QWidget) -> Iterator[str]:
    """What a screen reader could only call by its kind."""
    for widget in focusable(root):
        if isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox):
            continue  # the box around it is named
        if not accessible_name(widget).strip():
            yield name_of(widget)


def round_of_tab(stage: Stage) -> tuple[list[QWidget], list[str]]:
    """The widgets Tab visits from one and back to it, and what is wrong with the round."""
    window = stage.window
    window.activateWindow()
    stage.app.processEvents()
    start = window.sidebar.focus_row()
    start.setFocus(Qt.FocusReason.TabFocusReason)
    visited: list[QWidget] = []
    for _ in range(_MOST):
        before = window.focusWidget()
        assert before is not None
        visited.append(before)
        held = isinstance(before, QPlainTextEdit) and not before.tabChangesFocus()
        if held:
            return visited, [f"keeps Tab to itself: {name_of(before)}"]
        QTest.keyClick(before, Qt.Key.Key_Tab)
        now = window.focusWidget()
        if now is None or now is before:
            return visited, [f"Tab ends at {name_of(before)}"]
        if now is start:
            return visited, []
    return visited, ["Tab never comes back"]


def lost_by_tab(stage: Stage) -> Iterator[str]:
    """What Tab visits twice, never, or cannot leave."""
    visited, wrong = round_of_tab(stage)
    yield from wrong
    yield from (f"twice {name_of(w)}" for w, count in Counter(visited).items() if count > 1)
    if not wrong:
        yield from (f"never {name_of(w)}" for w in set(focusable(stage.window)) - set(visited))


def is_in_view(widget: QWidget) -> bool:
    """Whether any of it is on the screen."""
    return not widget.visibleRegion().isEmpty()


def focus_shows(stage: Stage, widget: QWidget) -> bool:
    """Whether a picture around it differs with and without the keyboard."""
    stage.window.activateWindow()
    if isinstance(widget, QLineEdit):
        widget.deselect()
    frame = widget.parentWidget() or widget
    stage.window.setFocus()
    stage.app.processEvents()
    before = frame.grab().toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    # What the Tab key itself leaves behind.
    stage.window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    stage.app.processEvents()
    stage.window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    if QApplication.focusWidget() is not widget:
        return True  # it gave the keyboard on at once
    after = frame.grab().toImage()
    if isinstance(widget, QAbstractItemView | QAbstractScrollArea) and before == after:
        model = widget.model() if isinstance(widget, QAbstractItemView) else None
        return model is not None and model.rowCount() == 0
    return before != after
