"""How the panels are laid out: two columns or one, in the user's order, without hidden ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QVBoxLayout, QWidget

from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP_CARD, GAP_PAGE
from crm_desktop.ui.today.panel import Panel
from crm_desktop.ui.widgets.tiles import Tiles

_TWO_COLUMNS = 640  # pixels at 100 % text size from which the side stands beside the rest
_SIDE_LEAST = 256
_SIDE_SHARE = 0.3


class Board(QWidget):
    """`main` on the left, panels below it; the side panels on the right."""

    arranged = Signal()

    def __init__(
        self, main: QWidget, wide: Sequence[Panel], side: Sequence[Panel], small: Sequence[Panel]
    ) -> None:
        """`wide` panels take a row each below `main`, `small` ones share rows."""
        super().__init__()
        self.panels: dict[str, Panel] = {p.key: p for p in (*side, *wide, *small)}
        self._zones = {"side": [p.key for p in side], "main": [p.key for p in (*wide, *small)]}
        self._small = {panel.key for panel in small}
        self._usual = {zone: list(keys) for zone, keys in self._zones.items()}
        self.hidden: set[str] = set()
        self._rows: list[Tiles] = []
        self._left = QVBoxLayout()
        self._left.setSpacing(GAP_CARD)
        self._left.addWidget(main)
        self._below = QVBoxLayout()
        self._below.setSpacing(GAP_CARD)
        self._left.addLayout(self._below)
        self._left.addStretch(1)
        self.side = QWidget()
        self._right = QVBoxLayout(self.side)
        self._right.setContentsMargins(0, 0, 0, 0)
        self._right.setSpacing(GAP_CARD)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(GAP_PAGE)
        self._both.addLayout(self._left, 1)
        self._both.addWidget(self.side, 0, Qt.AlignmentFlag.AlignTop)
        theme().changed.connect(self._fit)
        self._lay()

    # ---- what is kept

    def order(self) -> list[str]:
        """The keys in the user's order."""
        return [key for keys in self._zones.values() for key in keys]

    def arrange(self, order: Sequence[str], hidden: Sequence[str]) -> None:
        """Take up an order and what is hidden; panels it does not know come last."""
        places = {key: number for number, key in enumerate(order)}
        for keys in self._zones.values():
            keys.sort(key=lambda key: places.get(key, len(places)))
        self.hidden = set(hidden) & set(self.panels)
        self._lay()

    # ---- the menu

    def menu(self, parent: QWidget) -> QMenu:
        """Show, hide and move every panel."""
        menu = QMenu(parent)
        menu.aboutToHide.connect(menu.deleteLater)
        for zone, keys in self._zones.items():
            menu.addSection(tr(f"today_page.zone.{zone}"))
            for key in keys:
                entry = menu.addMenu(tr(f"today_page.panel.{key}"))
                shown = entry.addAction(tr("common.show"))
                shown.setCheckable(True)
                shown.setChecked(key not in self.hidden)
                shown.triggered.connect(self._teller(self.show_panel, key))
                up = entry.addAction(tr("common.move_up"))
                up.setEnabled(keys.index(key) > 0)
                up.triggered.connect(self._mover(zone, key, -1))
                down = entry.addAction(tr("common.move_down"))
                down.setEnabled(keys.index(key) < len(keys) - 1)
                down.triggered.connect(self._mover(zone, key, 1))
        menu.addSeparator()
        menu.addAction(tr("common.reset")).triggered.connect(self.reset)
        return menu

    def show_panel(self, key: str, shown: bool) -> None:
        """Show or hide one."""
        (self.hidden.discard if shown else self.hidden.add)(key)
        self._lay()
        self.arranged.emit()

    def move_panel(self, zone: str, key: str, step: int) -> None:
        """Put one a place up or down in its column."""
        keys = self._zones[zone]
        here = keys.index(key)
        there = max(0, min(len(keys) - 1, here + step))
        keys.insert(there, keys.pop(here))
        self._lay()
        self.arranged.emit()

    def reset(self) -> None:
        """Everything shown, in the order of the first day."""
        self._zones = {zone: list(keys) for zone, keys in self._usual.items()}
        self.hidden.clear()
        self._lay()
        self.arranged.emit()

    # ---- how it comes about

    def is_wide(self) -> bool:
        """Whether the side stands beside the rest."""
        return self._both.direction() == QBoxLayout.Direction.LeftToRight

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.width() >= theme().px(_TWO_COLUMNS)
        direction = QBoxLayout.Direction
        self._both.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        self._both.setSpacing(GAP_PAGE if wide else GAP_CARD)
        if wide:
            side = max(theme().px(_SIDE_LEAST), round(self.width() * _SIDE_SHARE))
            self.side.setFixedWidth(min(side, theme().px(340)))
        else:
            self.side.setMinimumWidth(0)
            self.side.setMaximumWidth(16_777_215)
        self._both.setAlignment(
            self.side, Qt.AlignmentFlag.AlignTop if wide else Qt.AlignmentFlag(0)
        )

    def _lay(self) -> None:
        for panel in self.panels.values():
            panel.setParent(self)
            panel.hide()
        for row in self._rows:
            row.set_tiles([], keep=True)
            row.hide()
            row.deleteLater()
        self._rows = []
        for layout in (self._below, self._right):
            while layout.takeAt(0) is not None:
                pass
        for key in self._zones["side"]:
            if key not in self.hidden:
                self._right.addWidget(self.panels[key])
                self.panels[key].show()
        shared: list[QWidget] = []
        for key in self._zones["main"]:
            if key in self.hidden:
                continue
            if key in self._small:
                shared.append(self.panels[key])
                continue
            self._share(shared)
            shared = []
            self._below.addWidget(self.panels[key])
            self.panels[key].show()
        self._share(shared)

    def _share(self, panels: Sequence[QWidget]) -> None:
        if not panels:
            return
        row = Tiles(200)
        row.set_tiles(panels)
        self._rows.append(row)
        self._below.addWidget(row)

    def _teller(self, do: Callable[[str, bool], None], key: str) -> Callable[[bool], None]:
        return lambda checked: do(key, checked)

    def _mover(self, zone: str, key: str, step: int) -> Callable[[], None]:
        return lambda: self.move_panel(zone, key, step)
