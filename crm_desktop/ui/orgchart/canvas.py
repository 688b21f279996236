"""The org chart in the window: choose, drag one person onto another, zoom, go by keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from crm_desktop.domain.orgchart import Member
from crm_desktop.ui.orgchart.layout import Plan, neighbour
from crm_desktop.ui.orgchart.painting import ChartPainter, Marks
from crm_desktop.ui.theme import tokens

MARGIN = 16
ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.8, 0.9, 1.0, 1.25, 1.5, 2.0)
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Canvas(QWidget):
    """Paints a plan at a zoom. `dropped` says who was dragged onto whom."""

    chosen_changed = Signal()
    opened = Signal(int)
    dropped = Signal(int, int)
    menu_wanted = Signal(int, QPoint)
    boss_wanted = Signal()
    zoom_wanted = Signal(int)  # one step in or out

    def __init__(
        self,
        painter_of: Callable[[], ChartPainter],
        spoken: Callable[[Member], str],
        forbidden: Callable[[int, int], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._painter_of, self._spoken, self._forbidden = painter_of, spoken, forbidden
        self.plan = Plan()
        self.zoom = 1.0
        self.chosen: int | None = None
        self._pressed: QPointF | None = None
        self._pulled: QPointF | None = None  # the background is dragged: global point
        self._dragged: int | None = None
        self._pointer = QPointF()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setMouseTracking(True)

    # ---- what is shown

    def show_plan(self, plan: Plan) -> None:
        """Show another plan; who was chosen stays so where he is still there."""
        self.plan = plan
        self._end_drag()
        if self.chosen not in plan.boxes:
            self.chosen = next(iter(plan.boxes), None)
            self.chosen_changed.emit()
        self._resize()
        self._tell()

    def set_zoom(self, zoom: float) -> None:
        """Show it larger or smaller."""
        self.zoom = max(ZOOMS[0], min(ZOOMS[-1], zoom))
        self._resize()

    def choose(self, person: int | None) -> None:
        """Go to a person."""
        if person is not None and person in self.plan.boxes:
            self.chosen = person
            self.chosen_changed.emit()
            self._tell()
            self.show_chosen()
            self.update()

    def show_chosen(self) -> None:
        """Scroll to who is chosen."""
        area = self._area()
        if area is not None and self.chosen is not None:
            box = self._shown(self.plan.boxes[self.chosen])
            center = box.center().toPoint()
            area.ensureVisible(
                center.x(), center.y(), int(box.width() / 2) + 8, int(box.height() / 2) + 8
            )

    def box_of(self, person: int) -> QRectF:
        """Where a person stands, in pixels of the widget."""
        return self._shown(self.plan.boxes[person])

    def sizeHint(self) -> QSize:
        return QSize(
            int(self.plan.width * self.zoom) + 2 * MARGIN,
            int(self.plan.height * self.zoom) + 2 * MARGIN,
        )

    # ---- the hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        person = self._at(event.position())
        if person is None:
            self._pulled = event.globalPosition()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        self.choose(person)
        self._pressed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position()
        area = self._area()
        if self._pulled is not None and area is not None:
            moved = event.globalPosition() - self._pulled
            self._pulled = event.globalPosition()
            across, down = area.horizontalScrollBar(), area.verticalScrollBar()
            across.setValue(across.value() - round(moved.x()))
            down.setValue(down.value() - round(moved.y()))
        elif self._pressed is not None:
            far = (event.position() - self._pressed).manhattanLength()
            member = self.plan.members.get(self.chosen or 0)
            if self._dragged is None and far >= QApplication.startDragDistance():
                self._dragged = self.chosen if member is not None and not member.left else None
            if self._dragged is not None:
                self.setCursor(Qt.CursorShape.DragMoveCursor)
                if area is not None:
                    area.ensureVisible(int(event.position().x()), int(event.position().y()), 40, 40)
                self.update()
        else:
            over = self._at(event.position()) is not None
            shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.OpenHandCursor
            self.setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        dragged, target = self._dragged, self._at(event.position())
        self._end_drag()
        if dragged is not None and target is not None and target != dragged:
            self.dropped.emit(dragged, target)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        person = self._at(event.position())
        if person is not None:
            self._end_drag()
            self.opened.emit(person)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_wanted.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            event.ignore()  # the area scrolls

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            person = self._at(QPointF(event.pos()))
            point = event.globalPos()
        else:
            person = self.chosen
            box = self.box_of(person) if person is not None else QRectF()
            point = self.mapToGlobal(box.center().toPoint())
        if person is not None:
            self.choose(person)
            self.menu_wanted.emit(person, point)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Escape and self._dragged is not None:
            self._end_drag()
        elif self.chosen is None or not plain:
            super().keyPressEvent(event)
        elif step is not None:
            self.choose(neighbour(self.plan, self.chosen, *step))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.chosen)
        elif event.key() == Qt.Key.Key_Space:
            self.boss_wanted.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(tokens().window))
        painter.setTransform(self._transform())
        marks = Marks(self.chosen, self.hasFocus())
        target = self._at(self._pointer) if self._dragged is not None else None
        if self._dragged is not None:
            wrong = (
                target is not None
                and target != self._dragged
                and self._forbidden(self._dragged, target)
            )
            marks = Marks(
                self.chosen,
                True,
                target if target != self._dragged else None,
                wrong,
                self._dragged,
            )
        inverse, _ = self._transform().inverted()
        drawer = self._painter_of()
        drawer.paint(painter, self.plan, marks, inverse.mapRect(QRectF(event.rect())))
        if self._dragged is not None:
            box = QRectF(self.plan.boxes[self._dragged])
            box.moveCenter(inverse.map(self._pointer))
            painter.setOpacity(0.85)
            drawer.paint_box(painter, self.plan.members[self._dragged], box)

    # ---- how it comes about

    def _tell(self) -> None:
        member = self.plan.members.get(self.chosen or 0)
        self.setAccessibleDescription(self._spoken(member) if member is not None else "")

    def _transform(self) -> QTransform:
        size = self.sizeHint()
        left = max(MARGIN, (self.width() - size.width()) / 2 + MARGIN)
        return QTransform().translate(left, MARGIN).scale(self.zoom, self.zoom)

    def _shown(self, box: QRectF) -> QRectF:
        return self._transform().mapRect(box)

    def _at(self, point: QPointF) -> int | None:
        inverse, _ = self._transform().inverted()
        return self.plan.at(inverse.map(point))

    def _area(self) -> QScrollArea | None:
        viewport = self.parentWidget()
        area = viewport.parentWidget() if viewport is not None else None
        return area if isinstance(area, QScrollArea) else None

    def _end_drag(self) -> None:
        self._pressed = self._pulled = None
        self._dragged = None
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.update()

    def _resize(self) -> None:
        self.setMinimumSize(self.sizeHint())
        self.updateGeometry()
        self.update()
