"""Line icons (Lucide), tinted from the theme at the moment they are painted."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap

from crm_desktop import paths
from crm_desktop.ui.theme.theme import theme

_pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
_following: list[bool] = []
_TRANSPARENT = QColor.fromRgba(0)


@cache
def _drawing(name: str) -> str:
    file = paths.shipped("resources") / "icons" / f"{name}.svg"
    # 1.75 of 24 keeps the strokes of a 16 px icon as heavy as the text beside it.
    text = file.read_text(encoding="utf-8")
    return text.replace('stroke-width="2"', 'stroke-width="1.75"')


def rendered(drawing: str, width: int, height: int) -> QPixmap:
    """An SVG as a pixmap of that many device pixels."""
    # Imported here: a program that shows no icon yet must not pay for it at the start.
    from PySide6.QtSvg import QSvgRenderer

    result = QPixmap(width, height)
    result.fill(_TRANSPARENT)
    painter = QPainter(result)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, width, height))
    painter.end()
    return result


def tinted(name: str, colour: str, side: float, ratio: float = 1.0) -> QPixmap:
    """The icon called `name` in a colour such as "#1D63D8", `side` logical pixels wide.

    It is the kept one: not to be changed.
    """
    pixels = round(side * ratio)
    key = (name, colour, pixels, ratio)
    if key not in _pixmaps:
        if not _following:
            _following.append(True)
            theme().changed.connect(_pixmaps.clear)
        drawn = rendered(_drawing(name).replace("currentColor", colour), pixels, pixels)
        drawn.setDevicePixelRatio(ratio)
        _pixmaps[key] = drawn
    return _pixmaps[key]


def pixmap(name: str, token: str = "text", *, size: int = 16, ratio: float = 1.0) -> QPixmap:
    """The icon as a pixmap of `size` logical pixels, for painters and delegates."""
    return tinted(name, theme().tokens.colour(token), size, ratio)


def paint_icon(
    painter: QPainter, name: str, rect: QRectF, *, token: str = "", colour: QColor | None = None
) -> None:
    """Draw the icon into `rect` in a token's colour or in `colour`."""
    ratio = painter.device().devicePixelRatioF()
    tint = colour.name() if colour is not None else theme().tokens.colour(token or "text")
    side = min(rect.width(), rect.height())
    left = rect.x() + (rect.width() - side) / 2
    top = round(rect.y() + (rect.height() - side) / 2)
    painter.drawPixmap(round(left), top, tinted(name, tint, side, ratio))
