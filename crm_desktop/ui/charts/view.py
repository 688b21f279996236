"""A chart as a widget: numbers under the pointer, a click or Enter opens what is behind."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QImageWriter,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from crm_desktop.ui.charts.model import Ageing, Chart, Funnel, HBars, Number
from crm_desktop.ui.charts.paint import Spot, paint_chart
from crm_desktop.ui.theme import theme, tokens
from crm_desktop.ui.theme.tokens import LIGHT
from crm_desktop.ui.widgets.keyboard import paint_ring


class ChartView(QWidget):
    """Shows one chart. `clicked` tells the key of the number that was chosen."""

    clicked = Signal(object)

    def __init__(
        self,
        chart: Chart | None = None,
        *,
        name: str = "",
        say: Callable[[Number], str] = str,
        say_short: Callable[[Number], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._chart = chart
        self._say, self._say_short = say, say_short
        self._spots: list[Spot] = []
        self._current = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(name)
        theme().changed.connect(self.updateGeometry)

    def set_chart(self, chart: Chart | None) -> None:
        """Show other numbers."""
        self._chart = chart
        self._current = -1
        self._spots = []
        self.updateGeometry()
        self.update()

    def spots(self) -> list[Spot]:
        """Where the numbers are, after the last drawing."""
        return self._spots

    def sizeHint(self) -> QSize:
        line = theme().px(18)
        chart = self._chart
        if isinstance(chart, HBars):
            return QSize(240, len(chart.points) * (line + 12) + 4)
        if isinstance(chart, Funnel):
            return QSize(320, len(chart.points) * (line * 2 + 14) + 4)
        if isinstance(chart, Ageing):
            return QSize(240, 36 + len(chart.points) * (line + 8))
        return QSize(360, theme().px(240))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, min(120, self.sizeHint().height()))

    def image(self, width: int = 960, height: int = 480) -> QImage:
        """The chart as a picture on white, for the clipboard and for files."""
        result = QImage(width * 2, height * 2, QImage.Format.Format_ARGB32)
        result.setDevicePixelRatio(2)
        result.fill(QColor(LIGHT.surface))
        if self._chart is not None:
            painter = QPainter(result)
            paint_chart(
                painter,
                QRectF(16, 16, width - 32, height - 32),
                self._chart,
                tokens=LIGHT,
                font=theme().font("small"),
                say=self._say,
                say_short=self._say_short,
            )
            painter.end()
        return result

    def png(self, width: int = 760) -> bytes:
        """The chart as a picture of its own height, for paper."""
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"PNG")).write(
            self.image(width, self.sizeHint().height() + 32)
        )
        return bytes(data.data())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._chart is None:
            return
        painter = QPainter(self)
        self._spots = paint_chart(
            painter,
            self.rect().toRectF().adjusted(2, 2, -2, -2),
            self._chart,
            tokens=tokens(),
            font=theme().font("small"),
            say=self._say,
            say_short=self._say_short,
        )
        if 0 <= self._current < len(self._spots):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            width = 2 if self.hasFocus() else 1
            painter.setPen(QPen(QColor(tokens().accent), width))
            area = self._spots[self._current].area.adjusted(-1, -1, 1, 1)
            painter.drawRoundedRect(area.intersected(self.rect().toRectF()), 4, 4)
        elif self.hasFocus():
            paint_ring(painter, self.rect().toRectF())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._current < 0 and self._spots:
            self._choose(0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self._at(event.position())
        clickable = index >= 0 and self._spots[index].key is not None
        shape = Qt.CursorShape.PointingHandCursor if clickable else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        if index >= 0:
            text = self._spots[index].text.replace("&", "&amp;").replace("<", "&lt;")
            QToolTip.showText(event.globalPosition().toPoint(), text.replace("\n", "<br>"), self)
        else:
            QToolTip.hideText()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and index >= 0:
            self._open(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
        }
        if key in steps and self._spots:
            self._choose((self._current + steps[key]) % len(self._spots))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current >= 0:
            self._open(self._current)
        else:
            super().keyPressEvent(event)

    def _choose(self, index: int) -> None:
        self._current = index
        self.setAccessibleDescription(self._spots[index].text)
        self.update()

    def _at(self, place: QPointF) -> int:
        return next((i for i, s in enumerate(self._spots) if s.area.contains(place)), -1)

    def _open(self, index: int) -> None:
        if self._spots[index].key is not None:
            self.clicked.emit(self._spots[index].key)
