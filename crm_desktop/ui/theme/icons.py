"""Line icons (Lucide), tinted from the theme at the moment they are painted."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap

from crm_desktop import paths
from crm_desktop.ui.theme.theme import theme

_pixmaps: dict[tuple[str, str, int], QPixmap] = {}
_following: list[bool] = []


@cache
def _drawing(name: str) -> str:
    file = paths.shipped("resources") / "icons" / f"{name}.svg"
    # 1.75 of 24 keeps the strokes of a 16 px icon as heavy as the text beside it.
    text = file.read_text(encoding="utf-8")
    return text.replace('stroke-width="2"', 'stroke-width="1.75"')


def _rendered(name: str, colour: str, side: int) -> QPixmap:
    key = (name, colour, side)
    if key not in _pixmaps:
        # Imported here: a program that shows no icon yet must not pay for it at the start.
        from PySide6.QtSvg import QSvgRenderer

        if not _following:
            _following.append(True)
            theme().changed.connect(_pixmaps.clear)
        result = QPixmap(side, side)
        result.fill(Qt.GlobalColor.transparent)
        painter = QPainter(result)
        drawing = _drawing(name).replace("currentColor", colour)
        QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, side, side))
        painter.end()
        _pixmaps[key] = result
    return _pixmaps[key]


def pixmap(name: str, token: str = "text", *, size: int = 16, ratio: float = 1.0) -> QPixmap:
    """The icon as a pixmap of `size` logical pixels, for painters and delegates."""
    result = QPixmap(_rendered(name, theme().tokens.colour(token), round(size * ratio)))
    result.setDevicePixelRatio(ratio)
    return result


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
        return _rendered(self._name, self._colour(mode), min(size.width(), size.height()))

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        ratio = painter.device().devicePixelRatioF()
        drawn = QPixmap(_rendered(self._name, self._colour(mode), round(side * ratio)))
        drawn.setDevicePixelRatio(ratio)
        left = rect.x() + (rect.width() - side) // 2
        painter.drawPixmap(left, rect.y() + (rect.height() - side) // 2, drawn)

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._token)


def icon(name: str, token: str = "text") -> QIcon:
    """The icon called `name`, always in the colour the theme has for `token`."""
    if not (paths.shipped("resources") / "icons" / f"{name}.svg").is_file():
        raise KeyError(f"no icon {name}")
    return QIcon(_Engine(name, token))


def paint_icon(
    painter: QPainter, name: str, rect: QRectF, *, token: str = "", colour: QColor | None = None
) -> None:
    """Draw the icon into `rect` in a token's colour or in `colour`."""
    ratio = painter.device().devicePixelRatioF()
    tint = colour.name() if colour is not None else theme().tokens.colour(token or "text")
    side = min(rect.width(), rect.height())
    drawn = QPixmap(_rendered(name, tint, round(side * ratio)))
    drawn.setDevicePixelRatio(ratio)
    left = rect.x() + (rect.width() - side) / 2
    painter.drawPixmap(round(left), round(rect.y() + (rect.height() - side) / 2), drawn)
