"""The pages of a PDF one below the other, drawn for the zoom and the sharpness of the screen."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from crm_desktop.ui.papers.rendering import POINT, PagePicture
from crm_desktop.ui.theme import tokens
from crm_desktop.ui.widgets.keyboard import paint_ring

GAP = 12
FIT = 0.0
ZOOMS = (0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)


class PageView(QAbstractScrollArea):
    """Asks for pictures of the pages it shows; until they come, the last ones stay."""

    wanted = Signal()  # pages are in view that have no picture for this zoom
    zoomed = Signal()
    scrolled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(120, 120)
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._images: dict[int, QImage] = {}
        self._drawn_at: dict[int, float] = {}
        self._zoom = FIT
        self.verticalScrollBar().valueChanged.connect(self._moved)
        self.horizontalScrollBar().valueChanged.connect(self._moved)
        self.verticalScrollBar().setSingleStep(40)

    # ---- what is shown

    def set_sizes(self, sizes: tuple[tuple[float, float], ...]) -> None:
        """A file with pages of these sizes takes the place of the last one."""
        self._sizes = sizes
        self._images = {at: image for at, image in self._images.items() if at < len(sizes)}
        self._drawn_at.clear()
        self._arrange()

    def clear(self) -> None:
        """Show nothing."""
        self._images.clear()
        self.set_sizes(())

    def set_pictures(self, found: Mapping[int, PagePicture], scale: float) -> None:
        """Pictures of pages, drawn at `scale` pixels for each point."""
        for at, picture in found.items():
            image = QImage(
                picture.data,
                picture.width,
                picture.height,
                picture.stride,
                QImage.Format.Format_RGB32,
            )
            self._images[at] = image.copy()  # the bytes of the picture go away
            self._drawn_at[at] = scale
        self.viewport().update()

    def lacking(self) -> list[int]:
        """Pages in view without a picture for the present zoom."""
        scale = self.device_scale
        return [at for at in self._in_view() if self._drawn_at.get(at) != scale]

    @property
    def device_scale(self) -> float:
        """Pixels of the screen for each point of the paper."""
        return round(self.zoom * POINT * self.devicePixelRatioF(), 4)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    @property
    def current(self) -> int:
        """The page in the middle of the view, from 1."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        tops = [rect.top() for rect in self._places()]
        return max(1, sum(top <= middle for top in tops)) if tops else 0

    # ---- zoom

    @property
    def fits(self) -> bool:
        """Whether the pages follow the width of the view."""
        return self._zoom == FIT

    @property
    def zoom(self) -> float:
        """The size of the pages; 1.0 is as on paper."""
        if self._zoom != FIT:
            return self._zoom
        widest = max((width for width, _ in self._sizes), default=595.0) * POINT
        # Room for the scroll bar is always kept, or the pages would jump when it comes.
        bar = self.verticalScrollBar().sizeHint().width()
        room = self.width() - 2 * GAP - bar
        return max(0.2, room / widest)

    def set_zoom(self, zoom: float) -> None:
        """Show the pages at a size; FIT follows the width."""
        self._zoom = zoom
        self._arrange()
        self.zoomed.emit()

    def step_zoom(self, by: int) -> None:
        """To the next larger or smaller size."""
        now = self.zoom
        steps = [z for z in ZOOMS if z > now + 0.005] if by > 0 else []
        if by < 0:
            steps = [z for z in reversed(ZOOMS) if z < now - 0.005]
        if steps:
            self.set_zoom(steps[0])

    # ---- how it comes about

    def _places(self) -> list[QRect]:
        """The rectangle of each page, in the coordinates of the whole."""
        zoom = self.zoom * POINT
        sizes = [QSize(round(w * zoom), round(h * zoom)) for w, h in self._sizes]
        room = max((size.width() for size in sizes), default=0) + 2 * GAP
        room = max(room, self.viewport().width())
        top, found = GAP, []
        for size in sizes:
            found.append(QRect((room - size.width()) // 2, top, size.width(), size.height()))
            top += size.height() + GAP
        return found

    def _in_view(self) -> list[int]:
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        return [
            at
            for at, rect in enumerate(self._places())
            if rect.bottom() >= top and rect.top() <= top + height
        ]

    def _arrange(self) -> None:
        places = self._places()
        whole = (places[-1].bottom() + GAP) if places else 0
        wide = max((rect.width() for rect in places), default=0) + 2 * GAP
        for bar, length, room in (
            (self.verticalScrollBar(), whole, self.viewport().height()),
            (self.horizontalScrollBar(), wide, self.viewport().width()),
        ):
            bar.setPageStep(room)
            bar.setRange(0, max(0, length - room))
        self.viewport().update()
        self._moved()

    def _moved(self) -> None:
        self.viewport().update()
        self.scrolled.emit()
        if self.lacking():
            self.wanted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        if self.fits:
            self.zoomed.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(tokens().subtle))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        left, top = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        for at, rect in enumerate(self._places()):
            shown = rect.translated(-left, -top)
            if not shown.intersects(self.viewport().rect()):
                continue
            painter.fillRect(shown, Qt.GlobalColor.white)
            image = self._images.get(at)
            if image is not None:
                painter.drawImage(shown, image)
            painter.setPen(QPen(QColor(tokens().border), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(shown.adjusted(-1, -1, 0, 0))
        if self.hasFocus():
            paint_ring(painter, self.viewport().rect().toRectF(), 0)
