"""Equal widgets side by side, in as many columns as the width has room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QSizePolicy, QWidget

from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets.keyboard import tab_from


class Tiles(QWidget):
    """A grid whose number of columns follows its width."""

    def __init__(
        self,
        least: int,
        *,
        gap: int = 12,
        most: int = 12,
        parent: QWidget | None = None,
    ) -> None:
        """`least` is the width a tile needs at 100 % text size."""
        super().__init__(parent)
        self._least, self._most = least, most
        self._tiles: list[QWidget] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(gap)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme().changed.connect(self._lay)

    def tiles(self) -> list[QWidget]:
        """What is in it."""
        return list(self._tiles)

    def set_tiles(self, tiles: Sequence[QWidget], *, keep: bool = False) -> None:
        """Show these; the ones before are deleted unless `keep`.

        Tab comes to them where the grid stands, and the keyboard stays in its place among them.
        """
        focus = QApplication.focusWidget()
        held = self._tiles.index(focus) if focus in self._tiles and focus not in tiles else -1
        before = self._tiles
        self._tiles = list(tiles)
        for tile in self._tiles:
            tile.setParent(self)
            tile.show()
        tab_from(self, self._tiles)
        if held >= 0 and self._tiles:
            tile = self._tiles[min(held, len(self._tiles) - 1)]
            tile.setFocus(Qt.FocusReason.OtherFocusReason)
        for old in before:
            self._grid.removeWidget(old)
            if old not in tiles:
                old.hide()
                if not keep:
                    old.deleteLater()
        self._columns = 0
        self._lay()

    def minimumSizeHint(self) -> QSize:
        """One column wide: how many there are follows the width, and never holds it."""
        cells = filter(None, map(self._grid.itemAt, range(self._grid.count())))
        widest = max((cell.minimumSize().width() for cell in cells), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def columns(self) -> int:
        """How many stand side by side."""
        return self._columns

    def _lay(self) -> None:
        if not self._tiles:
            return
        gap = self._grid.spacing()
        room = (self.width() + gap) // (theme().px(self._least) + gap)
        columns = max(1, min(room, self._most, len(self._tiles)))
        # As many rows as needed, filled evenly: five figures stand as 3 + 2, not as 4 + 1.
        rows = -(-len(self._tiles) // columns)
        columns = -(-len(self._tiles) // rows)
        if columns == self._columns:
            return
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        for tile in self._tiles:
            self._grid.removeWidget(tile)
        for number, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, number // columns, number % columns, Qt.AlignmentFlag(0))
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self.updateGeometry()
