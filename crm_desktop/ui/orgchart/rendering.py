"""An org chart as a picture or on paper, always in the light colours."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QImageWriter,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from crm_desktop.ui.orgchart.layout import Plan
from crm_desktop.ui.orgchart.painting import ChartPainter
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import LIGHT

_MARGIN = 24.0
_TITLE = 40.0
_NARROWEST = 560.0  # leaves room for the title
_LARGEST_SIDE = 16000  # pixels of a picture
_PER_POINT = 96 / 72  # pixels of the plan to a point of paper at full size
_SMALLEST = 0.55  # below this scale a chart goes on larger paper


def png(plan: Plan, painter_of: ChartPainter, title: str, note: str) -> bytes:
    """A picture at twice the size of the screen, less where it would be very large."""
    width, height = _size(plan)
    ratio = min(2.0, _LARGEST_SIDE / max(width, height))
    image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.surface))
    painter = QPainter(image)
    painter.scale(ratio, ratio)
    _draw(painter, plan, painter_of, title, note, width)
    painter.end()
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(held.data())


def pdf(plan: Plan, painter_of: ChartPainter, title: str, note: str) -> bytes:
    """One page: A4 upright or across as fits better, A3 or larger where A4 would be too small."""
    width, height = _size(plan)
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setPageLayout(_page(width, height))
    writer.setResolution(300)
    room = QRectF(writer.pageLayout().paintRectPixels(300))
    full = 300 / 72 / _PER_POINT
    scale = min(room.width() / width, room.height() / height, full)
    painter = QPainter(writer)
    painter.scale(scale, scale)
    _draw(painter, plan, painter_of, title, note, room.width() / scale)
    painter.end()
    return bytes(held.data())


def _size(plan: Plan) -> tuple[float, float]:
    return max(plan.width, _NARROWEST) + 2 * _MARGIN, plan.height + 2 * _MARGIN + _TITLE


def _page(width: float, height: float) -> QPageLayout:
    across = width > height
    sides = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    margins = QMarginsF(24, 24, 24, 24)
    for name in (QPageSize.PageSizeId.A4, QPageSize.PageSizeId.A3, QPageSize.PageSizeId.A2):
        layout = QPageLayout(QPageSize(name), sides, margins)
        room = layout.paintRect(QPageLayout.Unit.Point)
        scale = min(room.width() / width, room.height() / height) * _PER_POINT
        if scale >= _SMALLEST:
            return layout
    # A very large firm: a sheet as large as it takes, for a plotter or the screen.
    size = QSizeF(width, height) / _PER_POINT * _SMALLEST + QSizeF(48, 48)
    custom = QPageSize(size, QPageSize.Unit.Point)
    return QPageLayout(custom, QPageLayout.Orientation.Portrait, margins)


def _draw(
    painter: QPainter, plan: Plan, chart: ChartPainter, title: str, note: str, width: float
) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(theme().font("title"))
    painter.setPen(QColor(LIGHT.text))
    head = QRectF(_MARGIN, _MARGIN / 2, width - 2 * _MARGIN, _TITLE)
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(head, middle | Qt.AlignmentFlag.AlignLeft, title)
    painter.setFont(theme().font("small"))
    painter.setPen(QColor(LIGHT.muted))
    painter.drawText(head, middle | Qt.AlignmentFlag.AlignRight, note)
    painter.translate(_MARGIN, _MARGIN + _TITLE)
    chart.paint(painter, plan)
