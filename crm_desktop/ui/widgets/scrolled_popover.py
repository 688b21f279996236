"""A popover whose middle scrolls where the window has no room for all of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP
from crm_desktop.ui.widgets.popover import Popover
from crm_desktop.ui.widgets.scrolled import Scrolled

_EDGE = 8
_LEAST = 90  # of the middle, at 100 %


class ScrolledPopover(Popover):
    """What may grow goes into `inside`, which stands in `body` where `add_inside` is called.

    It is as high as its content while the window has room, and never leaves the window: what
    stands below the middle (the buttons) can always be seen.
    """

    def __init__(self, owner: QWidget, width: int) -> None:
        """`width` in pixels at 100 %."""
        super().__init__(owner)
        self._width = width
        content = QWidget()
        self.inside = QVBoxLayout(content)
        self.inside.setContentsMargins(0, 0, GAP, 0)
        self._middle = Scrolled(content)
        self._middle.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def add_inside(self) -> None:
        """Put the middle below what `body` holds so far."""
        self.inside.addStretch(1)
        self.body.addWidget(self._middle)

    def fit(self) -> None:
        """As large as the content needs, as far as the window has room."""
        window = self.parentWidget() or self
        width = min(theme().px(self._width), window.width() - 2 * _EDGE)
        inner = width - self.body.contentsMargins().left() - self.body.contentsMargins().right()
        self.inside.activate()
        needed = self.inside.totalHeightForWidth(inner)
        if needed < 0:
            needed = self.inside.totalSizeHint().height()
        self._middle.setFixedHeight(needed)
        rest = self._height(width) - needed
        room = window.height() - 2 * _EDGE - rest
        self._middle.setFixedHeight(max(theme().px(_LEAST), min(needed, room)))
        self.resize(width, self._height(width))
        if self.isVisible():
            lowest = window.height() - _EDGE - self.height()
            self.move(
                max(_EDGE, min(self.x(), window.width() - _EDGE - width)),
                max(_EDGE, min(self.y(), lowest)),
            )

    def adjustSize(self) -> None:
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self.fit()
        return super().eventFilter(watched, event)

    def _height(self, width: int) -> int:
        self.body.activate()
        high = self.body.totalHeightForWidth(width)
        return high if high >= 0 else self.body.totalSizeHint().height()
