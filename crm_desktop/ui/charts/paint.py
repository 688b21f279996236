"""Draws charts onto anything that can be painted on: a widget, a picture, a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from crm_desktop.ui.charts.model import (
    Ageing,
    Bars,
    Chart,
    Funnel,
    HBars,
    Lines,
    Number,
    Point,
    Series,
    StackedBars,
)
from crm_desktop.ui.charts.scale import ticks
from crm_desktop.ui.theme.tokens import Tokens

_ORDER = ("", "teal", "purple", "amber", "green", "red", "grey")
_PEN = {
    "solid": Qt.PenStyle.SolidLine,
    "dashed": Qt.PenStyle.DashLine,
    "dotted": Qt.PenStyle.DotLine,
}
_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a number was drawn: for hovering, clicking and tests."""

    area: QRectF
    key: Any
    text: str
    value: Number


@dataclass(slots=True)
class Drawing:
    """The pen, the fonts and the colours of one drawing, and the spots it left."""

    painter: QPainter
    tokens: Tokens
    font: QFont
    strong: QFont
    say: Callable[[Number], str]
    say_short: Callable[[Number], str]
    spots: list[Spot] = field(default_factory=list)

    def colour(self, name: str) -> QColor:
        """The colour of a bar or a line."""
        return QColor(self.tokens.colour(f"solid.{name}") if name else self.tokens.accent)

    def text(
        self, area: QRectF, words: str, align: Qt.AlignmentFlag, *, token: str = "muted",
        strong: bool = False,
    ) -> None:  # fmt: skip
        """Write one elided line."""
        font = self.strong if strong else self.font
        self.painter.setFont(font)
        self.painter.setPen(QColor(self.tokens.colour(token)))
        shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        self.painter.drawText(area, align | Qt.TextFlag.TextSingleLine, shown)

    def width(self, words: Sequence[str]) -> float:
        """How wide the longest of these words is."""
        metrics = QFontMetricsF(self.font)
        return max((metrics.horizontalAdvance(w) for w in words), default=0.0) + 2

    @property
    def line(self) -> float:
        """The height of a line of text."""
        return QFontMetricsF(self.font).height()

    def bar(self, area: QRectF, colour: QColor, radius: float = 3) -> None:
        """Fill a bar."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(colour)
        radius = min(radius, area.width() / 2, area.height() / 2)
        self.painter.drawRoundedRect(area, radius, radius)


def paint_chart(
    painter: QPainter,
    area: QRectF,
    chart: Chart,
    *,
    tokens: Tokens,
    font: QFont,
    say: Callable[[Number], str] = str,
    say_short: Callable[[Number], str] | None = None,
) -> list[Spot]:
    """Draw `chart` into `area` and tell where each number is.

    `say` writes a number in full (hovering, labels), `say_short` on axes and bars.
    """
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    drawing = Drawing(painter, tokens, font, strong, say, say_short or say)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if isinstance(chart, Bars):
        series = [Series("", [p.value for p in chart.points], [p.key for p in chart.points])]
        if chart.beside is not None:
            area = _legend(drawing, area, [replace(series[0], name=chart.name), chart.beside])
        names = [p.label for p in chart.points]
        _columns(drawing, area, names, series, points=chart.points, beside=chart.beside)
    elif isinstance(chart, StackedBars):
        _columns(drawing, _legend(drawing, area, chart.series), chart.labels, chart.series)
    elif isinstance(chart, Lines):
        _lines(drawing, _legend(drawing, area, chart.series), chart)
    elif isinstance(chart, HBars):
        _lying(drawing, area, chart.points)
    elif isinstance(chart, Funnel):
        _funnel(drawing, area, chart)
    else:
        _ageing(drawing, area, chart)
    painter.restore()
    return drawing.spots


def _series_colour(series: Series, index: int) -> str:
    return series.colour or _ORDER[index % len(_ORDER)]


def _legend(drawing: Drawing, area: QRectF, series: Sequence[Series]) -> QRectF:
    if not any(each.name for each in series):
        return area
    left = area.left()
    height = drawing.line + 6
    for index, each in enumerate(series):
        pen = QPen(drawing.colour(_series_colour(each, index)), 3, _PEN[each.line])
        drawing.painter.setPen(pen)
        middle = area.top() + drawing.line / 2
        drawing.painter.drawLine(QPointF(left, middle), QPointF(left + 16, middle))
        width = drawing.width([each.name])
        drawing.text(QRectF(left + 22, area.top(), width, drawing.line), each.name, _LEFT)
        left += 22 + width + 16
    return area.adjusted(0, height, 0, 0)


def _grid(
    drawing: Drawing, area: QRectF, low: float, high: float
) -> tuple[QRectF, Callable[[float], float]]:
    """The lines of the values; gives the room left and the height of a value."""
    marks = ticks(low, high, max(2, min(5, int(area.height() / 44))))
    names = [drawing.say_short(int(m) if m == int(m) else m) for m in marks]
    plot = area.adjusted(drawing.width(names) + 8, drawing.line / 2, 0, -(drawing.line + 6))
    span = marks[-1] - marks[0]

    def height(value: float) -> float:
        return plot.bottom() - (value - marks[0]) / span * plot.height()

    for mark, name in zip(marks, names, strict=True):
        y = round(height(mark)) + 0.5
        token = "border_strong" if mark == 0 else "border"
        drawing.painter.setPen(QPen(QColor(drawing.tokens.colour(token)), 1))
        drawing.painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        room = QRectF(
            area.left(), y - drawing.line / 2, plot.left() - area.left() - 8, drawing.line
        )
        drawing.text(room, name, _RIGHT)
    return plot, height


def _labels(drawing: Drawing, plot: QRectF, labels: Sequence[str], slot: float) -> None:
    every = max(1, -(-int(drawing.width(labels) + 8) // max(1, int(slot))))
    for index in range(0, len(labels), every):
        width = slot * every
        middle = plot.left() + (index + 0.5) * slot
        room = QRectF(middle - width / 2, plot.bottom() + 6, width, drawing.line)
        drawing.text(room, labels[index], _CENTRE)


def _columns(
    drawing: Drawing,
    area: QRectF,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    points: Sequence[Point] = (),
    beside: Series | None = None,
) -> None:
    if not labels:
        return
    columns = [[float(s.values[i] or 0) for s in series] for i in range(len(labels))]
    others = [float(value or 0) for value in beside.values] if beside is not None else []
    high = max(*(sum(v for v in column if v > 0) for column in columns), *others, 0.0)
    low = min(*(sum(v for v in column if v < 0) for column in columns), *others, 0.0)
    plot, height = _grid(drawing, area, low, high)
    slot = plot.width() / len(labels)
    width = min(48.0, slot * 0.62)
    for i, column in enumerate(columns):
        left = plot.left() + (i + 0.5) * slot - width / 2
        up = down = 0.0
        for j, value in enumerate(column):
            start = up if value >= 0 else down
            top, bottom = sorted((height(start + value), height(start)))
            up, down = (up + value, down) if value >= 0 else (up, down + value)
            box = QRectF(left, top, width, bottom - top)
            name = points[i].colour if points else _series_colour(series[j], j)
            radius = 3 if len(series) == 1 else 0
            drawing.bar(box, drawing.colour(name), radius)
            number = series[j].values[i] or 0
            whole = " · ".join(
                part
                for part in (labels[i], series[j].name, points[i].note if points else "")
                if part
            )
            key = series[j].keys[i] if i < len(series[j].keys) else None
            room = box if len(series) > 1 else QRectF(left, plot.top(), width, plot.height())
            told = f"{whole}\n{drawing.say(number)}"
            if beside is not None:
                told += f"\n{beside.name}: {drawing.say(beside.values[i] or 0)}"
            drawing.spots.append(Spot(room, key, told, number))
    if beside is not None:
        places = [
            QPointF(plot.left() + (i + 0.5) * slot, height(value)) for i, value in enumerate(others)
        ]
        pen = QPen(drawing.colour(_series_colour(beside, 1)), 1.8, _PEN[beside.line])
        drawing.painter.setPen(pen)
        drawing.painter.drawPolyline(places)
    _labels(drawing, plot, labels, slot)


def _lines(drawing: Drawing, area: QRectF, chart: Lines) -> None:
    values = [float(v) for s in chart.series for v in s.values if v is not None]
    if not values or not chart.labels:
        return
    plot, height = _grid(drawing, area, min(values), max(values))
    slot = plot.width() / len(chart.labels)
    for index in reversed(range(len(chart.series))):
        series = chart.series[index]
        colour = drawing.colour(_series_colour(series, index))
        path = QPainterPath()
        broken = True
        places: list[QPointF] = []
        for i, value in enumerate(series.values):
            if value is None:
                broken = True
                continue
            place = QPointF(plot.left() + (i + 0.5) * slot, height(float(value)))
            (path.moveTo if broken else path.lineTo)(place)
            broken = False
            places.append(place)
            key = series.keys[i] if i < len(series.keys) else None
            name = " · ".join(part for part in (chart.labels[i], series.name) if part)
            room = QRectF(place.x() - max(8, slot / 2), place.y() - 10, max(16, slot), 20)
            drawing.spots.insert(0, Spot(room, key, f"{name}\n{drawing.say(value)}", value))
        drawing.painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(colour, 2.2 if index == 0 else 1.6, _PEN[series.line])
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        drawing.painter.setPen(pen)
        drawing.painter.drawPath(path)
        if index == 0 and slot > 14:
            drawing.painter.setPen(QPen(QColor(drawing.tokens.surface), 1.5))
            drawing.painter.setBrush(colour)
            for place in places:
                drawing.painter.drawEllipse(place, 4, 4)
    _labels(drawing, plot, chart.labels, slot)


def _lying(drawing: Drawing, area: QRectF, points: Sequence[Point]) -> None:
    if not points:
        return
    slot = min(area.height() / len(points), drawing.line + 14)
    names = min(drawing.width([p.label for p in points]), area.width() * 0.38)
    texts = [" · ".join(t for t in (drawing.say_short(p.value), p.note) if t) for p in points]
    plot = area.adjusted(names + 12, 0, -(drawing.width(texts) + 8), 0)
    most = max((abs(float(p.value)) for p in points), default=0) or 1.0
    for index, point in enumerate(points):
        top = area.top() + index * slot
        drawing.text(QRectF(area.left(), top, names, slot), point.label, _LEFT)
        length = abs(float(point.value)) / most * plot.width()
        thick = min(14.0, slot * 0.6)
        box = QRectF(plot.left(), top + (slot - thick) / 2, max(length, 2.0), thick)
        drawing.bar(box, drawing.colour(point.colour))
        room = QRectF(box.right() + 8, top, area.right() - box.right() - 8, slot)
        drawing.text(room, texts[index], _LEFT, token="text")
        row = QRectF(area.left(), top, area.width(), slot)
        drawing.spots.append(Spot(row, point.key, _told(drawing, point), point.value))


def _told(drawing: Drawing, point: Point) -> str:
    first = " · ".join(part for part in (point.label, point.note) if part)
    return f"{first}\n{drawing.say(point.value)}"


def _funnel(drawing: Drawing, area: QRectF, chart: Funnel) -> None:
    if not chart.points:
        return
    slot = min(area.height() / len(chart.points), drawing.line * 2 + 20)
    names = min(drawing.width([p.label for p in chart.points]), area.width() * 0.3)
    notes = drawing.width([*chart.notes]) + 12 if chart.notes else 0
    plot = area.adjusted(names + 12, 0, -notes, 0)
    most = max(float(p.value) for p in chart.points) or 1.0
    for index, point in enumerate(chart.points):
        top = area.top() + index * slot
        drawing.text(QRectF(area.left(), top, names, slot - 6), point.label, _LEFT)
        length = max(float(point.value) / most * plot.width(), 3.0)
        box = QRectF(plot.center().x() - length / 2, top, length, slot - 6)
        colour = drawing.colour(point.colour)
        colour.setAlphaF(max(0.45, 1 - index * 0.12))
        ground = QRectF(plot.left(), top, plot.width(), slot - 6)
        drawing.bar(ground, QColor(drawing.tokens.subtle), 4)
        drawing.bar(box, colour, 4)
        words = " · ".join(t for t in (drawing.say_short(point.value), point.note) if t)
        width = drawing.width([words]) + 14
        label = QRectF(0, 0, width, min(drawing.line + 4, slot - 10))
        label.moveCenter(box.center())
        beside = label.translated(box.right() + 2 - label.left(), 0)
        if label.width() + 8 > box.width() and beside.right() <= ground.right():
            label = beside  # over a bar as narrow as this it would hide it
        else:
            drawing.bar(label, QColor(drawing.tokens.surface), 4)
        drawing.text(label, words, _CENTRE, token="text", strong=True)
        if index < len(chart.notes):
            room = QRectF(plot.right() + 8, top + slot / 2, notes, slot)
            drawing.text(room, chart.notes[index], _LEFT)
        row = QRectF(area.left(), top, area.width() - notes, slot - 6)
        drawing.spots.append(Spot(row, point.key, _told(drawing, point), point.value))


def _ageing(drawing: Drawing, area: QRectF, chart: Ageing) -> None:
    total = sum(float(p.value) for p in chart.points)
    height = 20.0
    left = area.left()
    for index, point in enumerate(chart.points):
        width = float(point.value) / total * area.width() if total else 0
        colour = drawing.colour(point.colour or _ORDER[index % len(_ORDER)])
        box = QRectF(left, area.top(), max(0.0, width - 1), height)
        drawing.bar(box, colour, 2)
        left += width
        top = area.top() + height + 12 + index * (drawing.line + 8)
        dot = QRectF(area.left(), top + (drawing.line - 10) / 2, 10, 10)
        drawing.bar(dot, colour, 5)
        room = QRectF(area.left() + 18, top, area.width() - 18, drawing.line)
        words = " · ".join(t for t in (drawing.say(point.value), point.note) if t)
        taken = drawing.width([words])
        drawing.text(room.adjusted(0, 0, -taken - 8, 0), point.label, _LEFT)
        drawing.text(room, words, _RIGHT, token="text")
        told = _told(drawing, point)
        drawing.spots.append(Spot(box, point.key, told, point.value))
        drawing.spots.append(Spot(room.adjusted(-18, -4, 0, 4), point.key, told, point.value))
