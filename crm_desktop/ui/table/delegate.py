"""One delegate paints every cell of every list, and opens the editor of a cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from crm_desktop.domain.fields import Field
from crm_desktop.domain.grouping import RowGroup
from crm_desktop.ui import formats
from crm_desktop.ui.language import tr
from crm_desktop.ui.table.cells import Cell, Look
from crm_desktop.ui.table.model import RecordModel
from crm_desktop.ui.theme import paint_icon, theme, tokens
from crm_desktop.ui.theme.tokens import FOCUS_RING
from crm_desktop.ui.widgets import (
    ChoiceField,
    DateField,
    LinksField,
    ParsedField,
    chip_size,
    paint_avatar,
    paint_chip,
    paint_stars,
)

Index = QModelIndex | QPersistentModelIndex
EditorMaker = Callable[[Field, Any, QWidget], QWidget | None]
_MARGIN = 8
_AVATAR = 24
_CHIP_GAP = 4
_CHIPS = 220  # the least width of an editor of chips
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LEFT = _MIDDLE | Qt.AlignmentFlag.AlignLeft
_RIGHT = _MIDDLE | Qt.AlignmentFlag.AlignRight
_SELECTED = QStyle.StateFlag.State_Selected


class CellDelegate(QStyledItemDelegate):
    """Paints from the model's cells directly: no role of Qt is asked while painting."""

    edited = Signal(int, int, object)  # record id, column, the new value
    misread = Signal(str)  # why typed text was left behind

    def __init__(self, model: RecordModel, make_editor: EditorMaker, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._make_editor = make_editor
        self.hovered = -1  # the row under the pointer
        self._fonts: dict[str, QFont] = {}
        self._metrics: dict[str, QFontMetrics] = {}
        self.refont()

    def refont(self) -> None:
        """The text size or the language changed."""
        for role in ("body", "strong", "number"):
            self._fonts[role] = theme().font(role)
            self._metrics[role] = QFontMetrics(self._fonts[role])

    # ---- painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = tokens()
        rect: QRect = option.rect
        row = index.row()
        group = self._model.heading_at(row)
        if group is not None:
            self._paint_heading(painter, rect, row, group)
            return
        if option.state & _SELECTED:
            painter.fillRect(rect, QColor(look.selection))
        elif row == self.hovered:
            painter.fillRect(rect, QColor(look.window))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(look.border))
        cell = self._model.cell(row, index.column())
        if cell.text or cell.chips:
            chosen = bool(option.state & _SELECTED)
            self._paint_cell(painter, rect.adjusted(_MARGIN, 0, -_MARGIN, -1), cell, chosen)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(look.accent), FOCUS_RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -2))

    def _paint_heading(self, painter: QPainter, rect: QRect, row: int, group: RowGroup) -> None:
        """Each cell paints its part of one line that stays in place when columns scroll."""
        look, headings = tokens(), self._model.headings
        view = self.parent()
        assert headings is not None
        assert isinstance(view, QTableView)
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, QColor(look.subtle if row == self.hovered else look.window))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(look.border))
        side = theme().px(14)
        line = QRect(_MARGIN, rect.top(), view.viewport().width() - 2 * _MARGIN, rect.height() - 1)
        chevron = "chevron-right" if headings.is_folded(group) else "chevron-down"
        top = rect.top() + (rect.height() - side) / 2
        paint_icon(painter, chevron, QRectF(line.left(), top, side, side), token="muted")
        line.setLeft(line.left() + side + _MARGIN)
        texts = self._model.heading_texts
        for text, role, colour in (
            (texts.name(self._model.group, group), "strong", look.text),
            (formats.number(group.count), "body", look.muted),
            (texts.sums(group), "body", look.muted),
        ):
            if not text or line.width() < side:
                continue
            painter.setFont(self._fonts[role])
            painter.setPen(QColor(colour))
            shown = self._metrics[role].elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, _LEFT, shown)
            line.setLeft(line.left() + self._metrics[role].horizontalAdvance(shown) + 2 * _MARGIN)
        if view.hasFocus() and view.currentIndex().row() == row:
            painter.setPen(QPen(QColor(look.accent), FOCUS_RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(1, rect.top() + 1, view.viewport().width() - 3, rect.height() - 3)
        painter.restore()

    def _paint_cell(self, painter: QPainter, box: QRect, cell: Cell, chosen: bool) -> None:
        match cell.look:
            case Look.TEXT:
                self._text(painter, box, cell.text, "body", _LEFT)
            case Look.NUMBER:
                # A number cut at the edge of the view would read as a shorter one.
                self._text(painter, box & self._seen(), cell.text, "number", _RIGHT)
            case Look.STRONG:
                self._text(painter, box, cell.text, "strong", _LEFT)
            case Look.AVATAR:
                side = theme().px(_AVATAR)
                top = box.top() + (box.height() - side) / 2
                circle = QRectF(box.left(), top, side, side)
                paint_avatar(painter, circle, cell.text, rim=chosen)
                name = box.adjusted(side + _MARGIN, 0, 0, 0)
                self._text(painter, name, cell.text, "strong", _LEFT)
            case Look.CHIPS:
                self._chips(painter, box, cell.chips, chosen)
            case Look.STARS:
                paint_stars(painter, box, cell.value, most=cell.most)
            case Look.TICK:
                side = theme().px(16)
                top = box.top() + (box.height() - side) / 2
                paint_icon(painter, "check", QRectF(box.left(), top, side, side), token="accent")

    def _seen(self) -> QRect:
        """What of the list is seen; the columns reach beyond it on both sides."""
        view = self.parent()
        assert isinstance(view, QTableView)
        return view.viewport().rect().adjusted(_MARGIN, 0, -_MARGIN, 0)

    def _text(
        self, painter: QPainter, box: QRect, text: str, role: str, place: Qt.AlignmentFlag
    ) -> None:
        painter.setFont(self._fonts[role])
        painter.setPen(QColor(tokens().text))
        shown = self._metrics[role].elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, place, shown)

    def _chips(
        self, painter: QPainter, box: QRect, chips: tuple[tuple[str, str], ...], chosen: bool
    ) -> None:
        left = box.left()
        for text, colour in chips:
            size = chip_size(text)
            room = box.right() + 1 - left
            if room < theme().px(28) and left > box.left():
                return
            top = box.top() + (box.height() - size.height()) // 2
            width = min(size.width(), room)
            chip = QRect(left, top, width, size.height())
            paint_chip(painter, chip, text, colour=colour, rim=chosen)
            left += width + _CHIP_GAP

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        cell = self._model.cell(index.row(), index.column())
        width = 0
        if cell.look is Look.CHIPS:
            width = sum(chip_size(text).width() + _CHIP_GAP for text, _ in cell.chips)
        elif cell.look is Look.STARS:
            width = cell.most * (theme().px(16) + 2)
        elif cell.look is Look.AVATAR:
            width = self._metrics["strong"].horizontalAdvance(cell.text)
            width += theme().px(_AVATAR) + _MARGIN
        else:
            role = {Look.NUMBER: "number", Look.STRONG: "strong"}.get(cell.look, "body")
            width = self._metrics[role].horizontalAdvance(cell.text)
        return QSize(width + 2 * _MARGIN + 4, theme().row())

    # ---- editing

    def createEditor(  # type: ignore[override]  # Qt takes None as "not now"
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QWidget | None:
        field = self._model.fields[index.column()]
        value = self._model.value(index.row(), index.column())
        editor = self._make_editor(field, value, parent)
        if editor is not None:
            # The row may move while its cell is edited: the record is named by its id.
            editor.setProperty("record", self._model.id_at(index.row()))
            editor.setAutoFillBackground(True)
            if isinstance(editor, ChoiceField | DateField):
                # Choosing is all there is to do: no further key is asked for.
                editor.changed.connect(lambda _value: self._picked(editor))
            if isinstance(editor, LinksField):
                editor.box_in()
                editor.changed.connect(lambda _value: self._grow(editor))
                editor.left.connect(lambda: self._picked(editor))
            if isinstance(editor, ChoiceField):
                QTimer.singleShot(0, editor, editor.showPopup)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The editor was made with its value; what is typed by now must stay."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if editor.property("stored"):
            return
        editor.setProperty("stored", True)
        if isinstance(editor, ParsedField) and not editor.read():
            editor.setProperty("stored", False)
            self.misread.emit(editor.problem())
            return
        if isinstance(editor, LinksField) and (text := editor.unread_text()):
            self.misread.emit(tr("field_editor.choose_or_create", text=text))
        value = editor.value()  # type: ignore[attr-defined]  # every editor of ours has one
        field = self._model.fields[index.column()]
        before = self._model.value(index.row(), index.column())
        if field.point:
            value = tuple(v for v in (value, *(before or ())[1:]) if v)
        if value != before and not (not value and not before and value != 0):
            self.edited.emit(int(editor.property("record")), index.column(), value)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        rect: QRect = option.rect.adjusted(0, 0, 0, -1)
        editor.setGeometry(rect.adjusted(0, 0, max(0, theme().px(90) - rect.width()), 0))
        if isinstance(editor, LinksField):
            self._grow(editor)

    def _grow(self, editor: LinksField) -> None:
        """Chips may take more rows than a cell has, over the rows below or above it."""
        view = self.parent()
        assert isinstance(view, QTableView)
        room = view.viewport().rect()
        width = min(max(editor.width(), theme().px(_CHIPS)), room.width())
        height = max(editor.height(), editor.heightForWidth(width))
        left = max(0, min(editor.x(), room.right() + 1 - width))
        top = max(0, min(editor.y(), room.bottom() + 1 - height))
        editor.setGeometry(left, top, width, height)

    def _picked(self, editor: QWidget) -> None:
        # One the list has put away itself is hidden, and takes the keyboard from nobody.
        if not editor.property("stored") and not editor.isHidden():
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.reason() == Qt.FocusReason.PopupFocusReason:
            return False  # into its own calendar or list, not away
        pressed = event.type() == QEvent.Type.KeyPress
        key = event.key() if pressed and isinstance(event, QKeyEvent) else None
        if isinstance(editor, LinksField) and key == Qt.Key.Key_Escape:
            editor.setProperty("stored", True)  # the keyboard leaves it, and nothing is stored
        if (
            isinstance(editor, ParsedField)
            and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
            and not editor.read()
        ):
            # What cannot be read stays open, marked, with the reason as its tooltip.
            editor.setToolTip(editor.problem())
            self.misread.emit(editor.problem())
            return True
        return super().eventFilter(editor, event)
