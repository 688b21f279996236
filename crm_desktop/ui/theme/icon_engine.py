"""Our line icons as icons of Qt, for buttons, menus and actions."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from crm_desktop import paths
from crm_desktop.ui.theme.icons import tinted
from crm_desktop.ui.theme.theme import theme


class _Engine(QIconEngine):
    """Asks the theme for its colour each time, so a new theme needs no new icons."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name = name
        self._token = token

    def _colour(self, mode: QIcon.Mode) -> str:
        tokens = theme().tokens
        if mode == QIcon.Mode.Disabled:
            return tokens.disabled
        return tokens.colour(self._token)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return tinted(self._name, self._colour(mode), min(size.width(), size.height()))

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        ratio = painter.device().devicePixelRatioF()
        drawn = tinted(self._name, self._colour(mode), side, ratio)
        left = rect.x() + (rect.width() - side) // 2
        painter.drawPixmap(left, rect.y() + (rect.height() - side) // 2, drawn)

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._token)


def icon(name: str, token: str = "text") -> QIcon:
    """The icon called `name`, always in the colour the theme has for `token`."""
    if not (paths.shipped("resources") / "icons" / f"{name}.svg").is_file():
        raise KeyError(f"no icon {name}")
    return QIcon(_Engine(name, token))
