"""The header of a list: sorts, with Shift by several columns, moves and fits its columns."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QHeaderView, QStyle, QStyleOptionHeader, QWidget

from crm_desktop.domain.fields import Field
from crm_desktop.ui.table.cells import NUMERIC, field_label
from crm_desktop.ui.table.model import RecordModel
from crm_desktop.ui.theme import paint_icon, theme, tokens
from crm_desktop.ui.theme.tokens import ROW_HEIGHT

_MARGIN = 8
_WIDEST_NAME = 240
Order = tuple[tuple[str, bool], ...]


def next_order(order: Order, key: str, *, several: bool) -> Order:
    """The order after a click on `key`: ascending, descending, off; `several` keeps the others."""
    before = dict(order)
    after: tuple[tuple[str, bool], ...]
    if key not in before:
        after = ((key, False),)
    elif not before[key]:
        after = ((key, True),)
    else:
        after = ()
    if not several:
        return after
    if key not in before:
        return (*order, *after)
    kept: list[tuple[str, bool]] = []
    for each in order:
        kept += after if each[0] == key else (each,)
    return tuple(kept)


class TableHeader(QHeaderView):
    """Click sorts, right click asks for the columns, a double click on an edge fits."""

    sorted_by = Signal(object)  # Order
    columns_wanted = Signal(QPoint)
    moved = Signal()
    sized = Signal(str, int)  # key, pixels: by the user alone

    def __init__(self, model: RecordModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._records = model
        self._pressed: QPoint | None = None
        self._dragged = False
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self.columns_wanted)
        self.sectionClicked.connect(self._clicked)
        self.sectionMoved.connect(self._section_moved)
        self.sectionResized.connect(self._section_resized)
        self.rescale()

    def rescale(self) -> None:
        """The text size changed."""
        self.setMinimumSectionSize(theme().px(48))
        self.setFixedHeight(theme().px(ROW_HEIGHT))

    def keys(self) -> list[str]:
        """The keys of the columns as they stand, from left to right."""
        fields = self._records.fields
        return [fields[self.logicalIndex(place)].key for place in range(self.count())]

    def width_of(self, field: Field) -> int:
        """What the name of a column needs beside the mark of its order."""
        words = QFontMetrics(theme().font("strong"))
        name = words.horizontalAdvance(field_label(self._records.kind, field))
        return min(name + 2 * _MARGIN + theme().px(14) + 2, theme().px(_WIDEST_NAME))

    def straighten(self) -> None:
        """After the model took the columns in their new order: every column in its place."""
        self.blockSignals(True)
        for place in range(self.count()):
            self.moveSection(self.visualIndex(place), place)
        self.blockSignals(False)

    def event(self, event: QEvent) -> bool:
        # The menu key asks for the columns too.
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Menu:
            self.columns_wanted.emit(QPoint(0, self.height()))
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed, self._dragged = event.position().toPoint(), False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._pressed = None
        if self._dragged:
            self._dragged = False
            self.moved.emit()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        option = QStyleOptionHeader()
        self.initStyleOption(option)
        option.rect = rect
        if self.isEnabled():
            option.state |= QStyle.StateFlag.State_Enabled
        over = self.mapFromGlobal(self.cursor().pos())
        if self.underMouse() and rect.contains(over):
            option.state |= QStyle.StateFlag.State_MouseOver
        self.style().drawControl(QStyle.ControlElement.CE_HeaderSection, option, painter, self)
        if not 0 <= logicalIndex < len(self._records.fields):
            return
        field = self._records.fields[logicalIndex]
        box = rect.adjusted(_MARGIN, 0, -_MARGIN, -1)
        place = next((n for n, e in enumerate(self._records.order) if e[0] == field.key), -1)
        font = theme().font("strong")
        metrics = QFontMetrics(font)
        painter.setFont(font)
        muted = self.palette().color(QPalette.ColorRole.PlaceholderText)
        if place >= 0:
            box = self._mark(painter, box, metrics, place)
            muted = QColor(tokens().accent)
        painter.setPen(muted)
        right = field.type in NUMERIC
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        name = field_label(self._records.kind, field)
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _mark(self, painter: QPainter, box: QRect, metrics: QFontMetrics, place: int) -> QRect:
        """Draw the arrow (and the rank among several); gives the room that is left."""
        _, descending = self._records.order[place]
        side = theme().px(14)
        rank = str(place + 1) if len(self._records.order) > 1 else ""
        used = side + metrics.horizontalAdvance(rank)
        top = box.top() + (box.height() - side) / 2
        arrow = QRectF(box.right() + 1 - used, top, side, side)
        paint_icon(painter, "arrow-down" if descending else "arrow-up", arrow, token="accent")
        if rank:
            painter.setPen(QColor(tokens().accent))
            numbers = QRect(round(arrow.right()), box.top(), used - side, box.height())
            painter.drawText(numbers, Qt.AlignmentFlag.AlignCenter, rank)
        return box.adjusted(0, 0, -used - 2, 0)

    def _clicked(self, section: int) -> None:
        if self._dragged or not 0 <= section < len(self._records.fields):
            return
        key = self._records.fields[section].key
        shift = Qt.KeyboardModifier.ShiftModifier
        several = bool(QApplication.keyboardModifiers() & shift)
        self.sorted_by.emit(next_order(self._records.order, key, several=several))

    def _section_moved(self, _section: int, _before: int, _after: int) -> None:
        if self._pressed is None:
            self.moved.emit()
        else:
            self._dragged = True

    def _section_resized(self, section: int, _before: int, after: int) -> None:
        if self._pressed is not None and 0 <= section < len(self._records.fields):
            self.sized.emit(self._records.fields[section].key, after)
