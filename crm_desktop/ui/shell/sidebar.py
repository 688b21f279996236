"""The sidebar: the ten pages with their counts, saved views, backup state and settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.ui.catalogue import PAGES, SIDEBAR
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.theme import paint_icon, theme
from crm_desktop.ui.theme.tokens import SIDEBAR_ROW, SIDEBAR_WIDTH, SIDEBAR_WIDTH_FOLDED

_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class SidebarRow(QAbstractButton):
    """One entry, painted from the theme: icon, words, count."""

    def __init__(self, place: Place, icon: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.place = place
        self.words = words  # a key of the catalogue; "" where the user named the entry
        self._icon = icon
        self._count = 0
        self.folded = False
        self._by_keyboard = False
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.retranslate()

    def set_count(self, count: int) -> None:
        """The number at its right end; 0 shows none."""
        if count != self._count:
            self._count = count
            self.retranslate()
            self.update()

    @property
    def count(self) -> int:
        """The number shown."""
        return self._count

    def retranslate(self) -> None:
        """Name it in the language of the window."""
        if self.words:
            self.setText(tr(self.words))
        name = self.text()
        if self._count:
            name = tr("shell.entry_with_count", name=name, count=self._count)
        self.setAccessibleName(name)
        self.setToolTip(name if self.folded else "")

    def set_folded(self, folded: bool) -> None:
        """Show only the icon; the name moves into the tooltip."""
        self.folded = folded
        self.retranslate()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(40, theme().px(SIDEBAR_ROW if self._icon else 28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "selection" if self.isChecked() else "subtle" if self.underMouse() else ""
        box = self.rect().adjusted(1, 1, -1, -1)
        if ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(ground))
            painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus() and self._by_keyboard:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setColor(look.colour("accent"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRoundedRect(box, 6, 6)
        side = look.px(16)
        left = (self.width() - side) // 2 if self.folded else 8
        if self._icon:
            spot = QRect(left, (self.height() - side) // 2, side, side)
            token = "accent" if self.isChecked() else "muted"
            paint_icon(painter, self._icon, spot.toRectF(), token=token)
        if self.folded:
            if not self._icon:
                painter.setFont(look.font("strong"))
                painter.setPen(look.colour("muted"))
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text()[:1])
            return
        self._paint_words(painter, 8 + side + 10 if self._icon else 26)

    def _paint_words(self, painter: QPainter, left: int) -> None:
        look = theme()
        right = self.width() - 10
        if self._count:
            painter.setFont(look.font("number"))
            painter.setPen(look.colour("muted"))
            number = str(self._count)
            width = painter.fontMetrics().horizontalAdvance(number)
            spot = QRect(right - width, 0, width, self.height())
            painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter, number)
            right -= width + 8
        painter.setFont(look.font("strong" if self.isChecked() else "body"))
        painter.setPen(look.colour("text"))
        if not self._icon:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPoint(14, self.height() // 2), 2, 2)
        words = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, right - left
        )
        spot = QRect(left, 0, right - left, self.height())
        painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter, words)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # The ring is for those who look for the focus; the window's first focus needs none.
        self._by_keyboard = event.reason() in _KEYBOARD
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -999, Qt.Key.Key_End: 999}
        step = keys.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif step is None:
            super().keyPressEvent(event)
        else:
            bar = self.parentWidget()
            while bar is not None and not isinstance(bar, Sidebar):
                bar = bar.parentWidget()
            if bar is not None:
                bar.move_focus(self, step)


class Sidebar(QWidget):
    """Entries in a column. Says where the user wants to go; shows where one is."""

    wished = Signal(object)  # a Place
    view_menu_wished = Signal(object, object)  # the row of a saved view, and where in it
    backup_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folded = False
        self._entries: dict[str, SidebarRow] = {}
        self._views: list[SidebarRow] = []
        self._here: Place | None = None
        self._counts: Mapping[str, int] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 8)
        column.setSpacing(2)
        self._inner = QWidget()
        self._rows = QVBoxLayout(self._inner)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)
        self._caption = QLabel(self._inner)
        self._caption.setTextFormat(Qt.TextFormat.PlainText)
        scroll = QScrollArea()
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._inner)
        scroll.viewport().setAutoFillBackground(False)
        self._inner.setAutoFillBackground(False)
        column.addWidget(scroll, 1)
        self._status = QLabel()
        self._status.setTextFormat(Qt.TextFormat.PlainText)
        self._status.setIndent(4)
        column.addWidget(self._status)
        self._settings = self._row(Place("settings"), "settings", "shell.page.settings", self)
        column.addWidget(self._settings)
        self.set_entries([entry.key for entry in SIDEBAR])
        self._dress()
        theme().changed.connect(self._dress)
        self.retranslate()

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
        self._rows.addSpacing(8)
        self._rows.addWidget(self._caption)
        for row in self._views:
            self._rows.addWidget(row)
        self._rows.addStretch(1)
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
            row.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            row.customContextMenuRequested.connect(
                lambda at, row=row: self.view_menu_wished.emit(row, at)
            )
            self._views.append(row)
            self._rows.insertWidget(self._rows.count() - 1, row)
        self._caption.setVisible(bool(views) and not self.folded)
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
            checked = (
                row is view
                if view is not None
                else row.place.page == lit and row not in self._views
            )
            row.setChecked(checked)
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if checked else Qt.FocusPolicy.ClickFocus)
        if not any(row.isChecked() for row in self.rows()):
            self.rows()[0].setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def rows(self) -> list[SidebarRow]:
        """All entries from top to bottom."""
        return [*self._entries.values(), *self._views, self._settings]

    def focus_row(self) -> SidebarRow:
        """The entry that Tab and F6 reach."""
        return next((row for row in self.rows() if row.isChecked()), self.rows()[0])

    def move_focus(self, row: SidebarRow, step: int) -> None:
        """Go up or down with the arrow keys; the ends hold."""
        rows = self.rows()
        at = min(max(rows.index(row) + step, 0), len(rows) - 1)
        rows[at].setFocus(Qt.FocusReason.TabFocusReason)

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
        self.setAccessibleName(tr("shell.sidebar"))
        self._caption.setText(tr("shell.saved_views").upper())
        for row in self.rows():
            row.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().colour("window"))
        painter.setPen(theme().colour("border"))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())

    def _row(self, place: Place, icon: str, words: str, parent: QWidget) -> SidebarRow:
        row = SidebarRow(place, icon, words, parent)
        row.clicked.connect(lambda: self.wished.emit(row.place))
        row.set_folded(self.folded)
        row.show()
        return row

    def _dress(self) -> None:
        for label, role in ((self._caption, "caption"), (self._status, "small")):
            label.setFont(theme().font(role))
            look = label.palette()
            look.setColor(label.foregroundRole(), theme().colour("muted"))
            label.setPalette(look)
        self._caption.setIndent(4)
        self.set_folded(self.folded)
        for row in self.rows():
            row.updateGeometry()
