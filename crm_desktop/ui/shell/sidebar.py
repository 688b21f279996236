"""The sidebar: the ten pages with their counts, saved views, backup state and settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.ui.catalogue import PAGES, SIDEBAR
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.sidebar_row import SidebarRow
from crm_desktop.ui.theme.theme import theme
from crm_desktop.ui.theme.tokens import SIDEBAR_ROW, SIDEBAR_WIDTH, SIDEBAR_WIDTH_FOLDED

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from crm_desktop.ui.shell.bar_keys import SidebarKeys


class Sidebar(QWidget):
    """Entries in a column. Says where the user wants to go; shows where one is.

    It is part of the first picture: what only answers mouse and keyboard is in `SidebarKeys`.
    """

    wished = Signal(object)  # a Place
    view_menu_wished = Signal(object, object)  # the row of a saved view, and where in it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folded = False
        self.keys: SidebarKeys | None = None
        self._entries: dict[str, SidebarRow] = {}
        self._views: list[SidebarRow] = []
        self._left: SidebarRow | None = None  # the import that was left under way
        self._here: Place | None = None
        self._counts: Mapping[str, int] = {}
        self.setForegroundRole(QPalette.ColorRole.Mid)  # the line at the right
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 8)
        column.setSpacing(2)
        self._inner = QWidget()
        self._rows = QVBoxLayout(self._inner)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)
        self._caption = QLabel(self._inner)
        self.scrolled = QScrollArea(self)
        self.scrolled.setFrameStyle(0)
        self.scrolled.setWidgetResizable(True)
        self.scrolled.setWidget(self._inner)
        self.scrolled.verticalScrollBar().rangeChanged.connect(lambda _from, _to: self.update())
        column.addWidget(self.scrolled, 1)
        self._status = QLabel(self)
        self._status.setIndent(4)
        self.labels = (self._caption, self._status)
        column.addWidget(self._status)
        self._settings = self._row(Place("settings"), "settings", "shell.page.settings", self)
        column.addWidget(self._settings)
        self.set_entries([entry.key for entry in SIDEBAR])
        self._dress()
        theme().changed.connect(self._dress)
        self._name()

    def set_entries(self, keys: Sequence[str]) -> None:
        """Which pages stand here, in which order: the user's choice in Settings."""
        if list(keys) == list(self._entries):
            return
        for row in self._entries.values():
            row.hide()
            row.deleteLater()
        self._entries = {}
        while self._rows.count():
            self._rows.takeAt(0)
        for key in keys:
            entry = PAGES.get(key)
            if entry is not None and entry.sidebar:
                row = self._row(Place(key), entry.icon, entry.words, self._inner)
                self._entries[key] = row
                self._rows.addWidget(row)
        if self._left is not None:
            self._rows.addWidget(self._left)
        self._rows.addSpacing(8)
        self._rows.addWidget(self._caption)
        for row in self._views:
            self._rows.addWidget(row)
        self._rows.addStretch(1)
        self._fit()
        self.set_counts(self._counts)
        self.show_place(self._here)

    def set_views(self, views: Sequence[tuple[str, Place]]) -> None:
        """The saved views: a name and where it leads."""
        for row in self._views:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._views = []
        for name, place in views:
            row = self._row(place, "", "", self._inner)
            row.setText(name)
            row.retranslate()
            row.menu_wished.connect(lambda at, row=row: self.view_menu_wished.emit(row, at))
            self._views.append(row)
            self._rows.insertWidget(self._rows.count() - 1, row)
        self._caption.setVisible(bool(views) and not self.folded)
        self.show_place(self._here)

    def set_import(self, *, under_way: bool) -> None:
        """Whether an import waits to be gone on with: an entry below the pages leads to it."""
        if under_way == (self._left is not None):
            return
        if self._left is None:
            row = self._row(
                Place("import"), "file-spreadsheet", "shell.import_under_way", self._inner
            )
            self._rows.insertWidget(len(self._entries), row)
            self._left = row
        else:
            row, self._left = self._left, None
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._fit()
        self.show_place(self._here)

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """The numbers, by the catalogue's badge names."""
        self._counts = dict(counts)
        for key, row in self._entries.items():
            row.set_count(counts.get(PAGES[key].badge, 0))

    def set_status(self, words: str) -> None:
        """The line above Settings, such as when the last backup was made."""
        self._status.setText(words)
        self._status.setToolTip(words)

    def show_place(self, place: Place | None) -> None:
        """Light the entry of `place`."""
        self._here = place
        entry = PAGES.get(place.page) if place is not None else None
        lit = (entry.inside or entry.key) if entry is not None else ""
        view = next((row for row in self._views if row.place == place), None)
        for row in self.rows():
            row.set_lit(
                row is view
                if view is not None
                else row.place.page == lit and row not in self._views
            )
        if self.keys is not None:
            self.keys.settle()

    def rows(self) -> list[SidebarRow]:
        """All entries from top to bottom."""
        return [*self._pages(), *self._views, self._settings]

    def _pages(self) -> list[SidebarRow]:
        return [*self._entries.values(), *filter(None, (self._left,))]

    def focus_row(self) -> SidebarRow:
        """The entry that Tab and F6 reach."""
        return next((row for row in self.rows() if row.isChecked()), self.rows()[0])

    def set_folded(self, folded: bool) -> None:
        """56 pixels of icons instead of 208 with words."""
        self.folded = folded
        for row in self.rows():
            row.set_folded(folded)
        self._status.setVisible(not folded)
        self._caption.setVisible(bool(self._views) and not folded)
        self.setFixedWidth(
            SIDEBAR_WIDTH_FOLDED if folded else max(SIDEBAR_WIDTH, theme().px(SIDEBAR_WIDTH))
        )

    def retranslate(self) -> None:
        """Name everything in the language of the window."""
        self._name()
        for row in self.rows():
            row.retranslate()

    def _name(self) -> None:
        self.setAccessibleName(tr("shell.sidebar"))
        self._caption.setText(tr("shell.saved_views").upper())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """All pages in sight where the window is low: their rows give way before they scroll."""
        usual = theme().px(SIDEBAR_ROW) + self._rows.spacing()
        pages = self._pages()
        low = len(pages) * usual > self.scrolled.height()
        for row in pages:
            row.set_low(low)

    def paintEvent(self, _event: QPaintEvent) -> None:
        right, painter = self.width() - 1, QPainter(self)
        painter.drawLine(right, 0, right, self.height())
        if self.scrolled.verticalScrollBar().maximum() > 0:  # a row ends here, cut or not
            below = self.scrolled.geometry().bottom() + 1
            painter.drawLine(0, below, right, below)

    def _row(self, place: Place, icon: str, words: str, parent: QWidget) -> SidebarRow:
        row = SidebarRow(place, icon, words, parent)
        row.clicked.connect(lambda: self.wished.emit(row.place))
        row.set_folded(self.folded)
        if self.keys is not None:
            self.keys.take(row)
        if self.isVisible():
            row.show()
        return row

    def _dress(self) -> None:
        for label, role in ((self._caption, "caption"), (self._status, "small")):
            label.setFont(theme().font(role))
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)  # the muted colour
        self._caption.setIndent(4)
        self.set_folded(self.folded)
        for row in self.rows():
            row.dress()
        self._fit()
