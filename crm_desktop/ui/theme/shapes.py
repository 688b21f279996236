"""Rounded boxes for the first picture of the window, drawn as its icons are.

A painter that is given a colour makes PySide build the hundred enums of the namespace Qt first,
which costs more than the whole picture; an SVG needs none of them. What is painted later, or
often, is better painted by QPainter.
"""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QPainter, QPixmap

from crm_desktop.ui.theme.icons import rendered
from crm_desktop.ui.theme.theme import theme
from crm_desktop.ui.theme.tokens import RADIUS_CONTROL

_MOST = 200  # boxes kept; resizing the window makes many of them
_boxes: dict[tuple[int, int, float, str, str, float], QPixmap] = {}


def paint_box(
    painter: QPainter, rect: QRect, *, fill: str = "", line: str = "", width: float = 1
) -> None:
    """A box in the colours of tokens; "" leaves out the ground or the line of `width` pixels."""
    colour = theme().tokens.colour
    ground, edge = colour(fill) if fill else "none", colour(line) if line else "none"
    ratio = painter.device().devicePixelRatioF()
    key = (rect.width(), rect.height(), ratio, ground, edge, width)
    if key not in _boxes:
        if len(_boxes) >= _MOST:
            _boxes.clear()
        _boxes[key] = _box(*key)
    painter.drawPixmap(rect.x(), rect.y(), _boxes[key])


def _box(wide: int, high: int, ratio: float, ground: str, edge: str, width: float) -> QPixmap:
    inset = width / 2 if edge != "none" else 0.0
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}">'
        f'<rect x="{inset}" y="{inset}" width="{wide - 2 * inset}" height="{high - 2 * inset}"'
        f' rx="{RADIUS_CONTROL - inset}" fill="{ground}" stroke="{edge}"'
        f' stroke-width="{width}"/></svg>'
    )
    result = rendered(drawing, round(wide * ratio), round(high * ratio))
    result.setDevicePixelRatio(ratio)
    return result


def baseline(metrics: QFontMetrics, rect: QRect) -> int:
    """Where a line of text stands that is centred in the height of `rect`."""
    return rect.y() + (rect.height() - metrics.height()) // 2 + metrics.ascent()


def fitting(metrics: QFontMetrics, text: str, width: int) -> str:
    """`text`, shortened with … where it is wider than `width`."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    from PySide6.QtCore import Qt  # only what does not fit needs it

    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
