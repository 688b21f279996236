"""How sidebar and top bar answer the keyboard; their first picture needs none of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent

from crm_desktop.ui.shell.bar_button import BarButton
from crm_desktop.ui.shell.sidebar import Sidebar
from crm_desktop.ui.shell.sidebar_row import SidebarRow
from crm_desktop.ui.shell.topbar import TopBar

_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -999, Qt.Key.Key_End: 999}
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


class SidebarKeys(QObject):
    """One Tab stop for all entries; the arrow keys go from one to the next."""

    def __init__(self, bar: Sidebar) -> None:
        super().__init__(bar)
        self._bar = bar
        bar.keys = self
        bar.scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        bar.scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for label in bar.labels:
            label.setTextFormat(Qt.TextFormat.PlainText)
        for row in bar.rows():
            self.take(row)
        self.settle()

    def take(self, row: SidebarRow) -> None:
        """Look after one more entry."""
        row.setAttribute(Qt.WidgetAttribute.WA_Hover)
        row.installEventFilter(self)

    def settle(self) -> None:
        """Tab reaches the entry that is lit, or the first."""
        stop = self._bar.focus_row()
        for row in self._bar.rows():
            row.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if row is stop else Qt.FocusPolicy.ClickFocus
            )
        if self._bar.scrolled.isAncestorOf(stop):
            self._bar.scrolled.ensureWidgetVisible(stop, 0, 8)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, SidebarRow):
            return False
        if isinstance(event, QFocusEvent):
            # The ring is for those who look for the focus; the window's first focus needs none.
            watched.ringed = event.gotFocus() and event.reason() in _KEYBOARD
            watched.update()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._pressed(watched, event)
        return False

    def _pressed(self, row: SidebarRow, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            row.click()
            return True
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            return False
        rows = self._bar.rows()
        at = min(max(rows.index(row) + step, 0), len(rows) - 1)
        rows[at].setFocus(Qt.FocusReason.TabFocusReason)
        return True


class TopBarKeys(QObject):
    """What is typed on the search box goes on in the palette."""

    def __init__(self, bar: TopBar) -> None:
        super().__init__(bar)
        self._search = bar.search
        self._search.setCursor(Qt.CursorShape.IBeamCursor)
        self._search.installEventFilter(self)
        for button in bar.buttons:
            button.setAttribute(Qt.WidgetAttribute.WA_Hover)
            button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, BarButton) and isinstance(event, QFocusEvent):
            watched.ringed = event.gotFocus() and event.reason() in _KEYBOARD
            watched.update()
        if watched is not self._search or not isinstance(event, QKeyEvent):
            return False
        if event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in _OPENING:
            self._search.click()
        elif event.text().isprintable() and event.text().strip():
            self._search.typed.emit(event.text())
        else:
            return False
        return True
