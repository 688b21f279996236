"""How progress bars and scroll bars are drawn."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyleOption,
    QStyleOptionProgressBar,
    QStyleOptionSlider,
    QWidget,
)

from crm_desktop.ui.theme.theme import tokens

_State = QStyle.StateFlag
_SC = QStyle.SubControl


def progress_groove(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """The track of a progress bar."""
    _bar(painter, _track(option.rect), tokens().subtle)


def progress_fill(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """The done part of a progress bar; a still block when the end is not known."""
    if not isinstance(option, QStyleOptionProgressBar):
        return
    track = _track(option.rect)
    span = option.maximum - option.minimum
    share = (option.progress - option.minimum) / span if span > 0 else 0.3
    track.setWidth(max(track.height(), track.width() * min(1.0, max(0.0, share))))
    _bar(painter, track, tokens().accent)


def _track(rect: QRect) -> QRectF:
    height = min(8, rect.height())
    return QRectF(rect.x(), rect.y() + (rect.height() - height) / 2, rect.width(), height)


def _bar(painter: QPainter, rect: QRectF, colour: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    radius = min(rect.width(), rect.height()) / 2
    painter.drawRoundedRect(rect, radius, radius)


def scroll_bar(option: QStyleOption, painter: QPainter, thumb: QRect) -> None:
    """A slim thumb without buttons on the colour of the view."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(option.rect, option.palette.window())
    if isinstance(option, QStyleOptionSlider) and option.maximum > option.minimum:
        over = option.state & (_State.State_MouseOver | _State.State_Sunken)
        colour = QColor(tokens().border_strong if over else tokens().border)
        upright = option.orientation == Qt.Orientation.Vertical
        body = QRectF(thumb)
        spare = (body.width() if upright else body.height()) - (8 if over else 6)
        body = (
            body.adjusted(spare / 2, 2, -spare / 2, -2)
            if upright
            else body.adjusted(2, spare / 2, -2, -spare / 2)
        )
        _bar(painter, body, colour.name())
    painter.restore()


def scroll_bar_rect(option: QStyleOption, sub: QStyle.SubControl) -> QRect | None:
    """Where the parts of a scroll bar without buttons are; None leaves it to Fusion."""
    if not isinstance(option, QStyleOptionSlider):
        return None
    upright = option.orientation == Qt.Orientation.Vertical
    length = option.rect.height() if upright else option.rect.width()
    span = option.maximum - option.minimum
    size = length
    if span > 0:
        share = option.pageStep / (span + option.pageStep) if option.pageStep else 0
        size = min(length, max(28, round(length * share)))
    start = QStyle.sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, length - size, option.upsideDown
    )
    spans = {
        _SC.SC_ScrollBarSlider: (start, size),
        _SC.SC_ScrollBarGroove: (0, length),
        _SC.SC_ScrollBarSubPage: (0, start),
        _SC.SC_ScrollBarAddPage: (start + size, length - start - size),
        _SC.SC_ScrollBarAddLine: (0, 0),
        _SC.SC_ScrollBarSubLine: (0, 0),
    }
    if sub not in spans:
        return None
    offset, extent = spans[sub]
    whole = option.rect
    if upright:
        return QRect(whole.x(), whole.y() + offset, whole.width(), extent)
    return QRect(whole.x() + offset, whole.y(), extent, whole.height())
