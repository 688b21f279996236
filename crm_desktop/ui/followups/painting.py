"""How the lines of a list of follow-ups are drawn, and where their check and Later are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QWidget,
)

from crm_desktop.domain.agenda import AgendaItem
from crm_desktop.ui.followups.model import LINE, FollowupModel, Heading, context_text, due_chip
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import paint_icon, theme, tokens
from crm_desktop.ui.theme.tokens import CHECK, FOCUS_RING, RADIUS_CONTROL
from crm_desktop.ui.widgets import chip_size, paint_chip

_Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_PAD = 10


def row_height() -> int:
    """The height of a row that is not expanded."""
    return max(theme().row(), QFontMetrics(theme().font()).height() + 8)


def check_box(row: QRect) -> QRect:
    """Where a row is ticked off."""
    side = theme().px(CHECK)
    top = row.top() + (row_height() - side) // 2
    return QRect(row.left() + theme().px(_PAD), top, side, side)


def later_width() -> int:
    """How wide Later is, with its arrow."""
    words = QFontMetrics(theme().font("small")).horizontalAdvance(tr("followup_page.later"))
    return words + theme().px(34)


def later_box(row: QRect) -> QRect:
    """Where a row is put off."""
    width, height = later_width(), theme().px(26)
    top = row.top() + (row_height() - height) // 2
    return QRect(row.right() - width - theme().px(4), top, width, height)


def editor_box(row: QRect) -> QRect:
    """Where the outcome is written in an expanded row."""
    left = theme().px(_PAD + CHECK + 12)
    height = theme().px(32)
    top = row.top() + row_height()
    return QRect(row.left() + left, top, row.width() - left - theme().px(_PAD), height)


class FollowupDelegate(QStyledItemDelegate):
    """Draws headings and rows; the outcome is edited beneath its row."""

    written = Signal(int, str, bool)  # id, outcome, whether it is done with that

    def __init__(
        self,
        model: FollowupModel,
        today: Callable[[], date],
        icon_of: Callable[[int | None], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._model, self._today, self._icon_of = model, today, icon_of
        self.over: tuple[int, str] = (-1, "")  # the row and zone under the pointer
        # Today says its dates in fewer words, and its subjects louder.
        self.chip_of: Callable[[AgendaItem, date], tuple[str, str]] = due_chip
        self.subject_role = "body"

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        line = index.data(LINE)
        height = row_height()
        if isinstance(line, Heading):
            height += theme().px(4) if index.row() else 0
        elif isinstance(line, AgendaItem) and line.id == self._model.expanded:
            height += theme().px(40)
        return QSize(theme().px(200), height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line = index.data(LINE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, Heading):
            self._heading(painter, option, line)
        elif isinstance(line, AgendaItem):
            self._row(painter, option, line, index.row())
        painter.restore()

    # ---- editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setPlaceholderText(tr("followup_page.outcome_hint"))
        editor.setAccessibleName(tr("followup_page.outcome"))
        # Qt commits right after Enter; only the reason has to be remembered until then.
        editor.returnPressed.connect(lambda: editor.setProperty("entered", True))
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(index.data(Qt.ItemDataRole.EditRole) or "")

    def setModelData(self, editor: QWidget, model: object, index: _Index) -> None:
        line = index.data(LINE)
        if not isinstance(editor, QLineEdit) or not isinstance(line, AgendaItem):
            return
        entered = bool(editor.property("entered"))
        if entered or editor.isModified():
            editor.setModified(False)
            self.written.emit(line.id, editor.text().strip(), entered)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        editor.setGeometry(editor_box(option.rect))

    # ---- drawing

    def _heading(self, painter: QPainter, option: QStyleOptionViewItem, line: Heading) -> None:
        rect = option.rect
        box = QRect(rect.left(), rect.bottom() - row_height() + 1, rect.width(), row_height())
        side = theme().px(14)
        arrow = "chevron-down" if line.is_open else "chevron-right"
        icon_box = QRectF(
            box.left() + theme().px(_PAD), box.center().y() - side / 2 + 1, side, side
        )
        paint_icon(painter, arrow, icon_box, token="muted")
        left = int(icon_box.right()) + theme().px(8)
        font = theme().font("strong")
        painter.setFont(font)
        painter.setPen(QColor(tokens().text))
        painter.drawText(QRect(left, box.top(), box.width(), box.height()), _LEFT, line.title)
        left += QFontMetrics(font).horizontalAdvance(line.title) + theme().px(8)
        count = f"{line.count:,}"
        size = chip_size(count)
        top = box.top() + (box.height() - size.height()) // 2
        paint_chip(
            painter, QRect(left, top, size.width(), size.height()), count, colour=line.colour
        )
        self._ring(painter, box, option.state)

    def _row(
        self, painter: QPainter, option: QStyleOptionViewItem, item: AgendaItem, row: int
    ) -> None:
        rect = option.rect
        self._ground(painter, rect, option.state, row)
        struck = item.id in self._model.struck or item.state == "done"
        self._check(painter, check_box(rect), struck)
        line = QRect(rect.left(), rect.top(), rect.width(), row_height())
        left = check_box(rect).right() + theme().px(12)
        side = theme().px(15)
        top = line.center().y() - side / 2 + 1
        paint_icon(
            painter, self._icon_of(item.type_id), QRectF(left, top, side, side), token="muted"
        )
        left += side + theme().px(8)
        right = later_box(rect).left() - theme().px(8)
        if not struck:
            self._later(painter, later_box(rect), row)
        right = self._due(painter, line, right, item)
        self._words(painter, QRect(left, line.top(), right - left, line.height()), item, struck)

    def _ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, row: int) -> None:
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or self.over[0] == row:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens().selection if chosen else tokens().subtle))
            painter.drawRoundedRect(rect.adjusted(1, 0, -1, 0), RADIUS_CONTROL, RADIUS_CONTROL)
        self._ring(painter, rect, state)

    def _ring(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        chosen = state & QStyle.StateFlag.State_Selected
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(tokens().accent), FOCUS_RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), RADIUS_CONTROL, RADIUS_CONTROL)

    def _check(self, painter: QPainter, box: QRect, ticked: bool) -> None:
        button = QStyleOptionButton()
        button.rect = box
        button.palette = QApplication.palette()
        on = QStyle.StateFlag.State_On if ticked else QStyle.StateFlag.State_Off
        button.state = QStyle.StateFlag.State_Enabled | on
        QApplication.style().drawPrimitive(
            QStyle.PrimitiveElement.PE_IndicatorCheckBox, button, painter
        )

    def _later(self, painter: QPainter, box: QRect, row: int) -> None:
        if self.over == (row, "later"):
            painter.setPen(QPen(QColor(tokens().border_strong), 1))
            painter.setBrush(QColor(tokens().surface))
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setFont(theme().font("small"))
        painter.setPen(QColor(tokens().muted))
        words = box.adjusted(theme().px(8), 0, -theme().px(18), 0)
        painter.drawText(words, _LEFT, tr("followup_page.later"))
        side = theme().px(12)
        arrow = QRectF(
            box.right() - side - theme().px(6), box.center().y() - side / 2 + 1, side, side
        )
        paint_icon(painter, "chevron-down", arrow, token="muted")

    def _due(self, painter: QPainter, line: QRect, right: int, item: AgendaItem) -> int:
        words, colour = self.chip_of(item, self._today())
        size = chip_size(words)
        top = line.top() + (line.height() - size.height()) // 2
        chip = QRect(right - size.width(), top, size.width(), size.height())
        paint_chip(painter, chip, words, colour=colour)
        if item.repeat:
            side = theme().px(13)
            box = QRectF(chip.left() - side - 6, line.center().y() - side / 2 + 1, side, side)
            paint_icon(painter, "refresh-cw", box, token="muted")
            return int(box.left()) - theme().px(8)
        return chip.left() - theme().px(8)

    def _words(self, painter: QPainter, box: QRect, item: AgendaItem, struck: bool) -> None:
        font = QFont(theme().font(self.subject_role))
        font.setStrikeOut(struck)
        metrics = QFontMetrics(font)
        more = context_text(item)
        room = box.width()
        # The subject may take most of the row, but never all of what says whom it is for.
        most = room * 6 // 10 if more else room
        subject = metrics.elidedText(item.subject, Qt.TextElideMode.ElideRight, max(0, most))
        painter.setFont(font)
        painter.setPen(QColor(tokens().muted if struck else tokens().text))
        painter.drawText(box, _LEFT | Qt.TextFlag.TextSingleLine, subject)
        used = metrics.horizontalAdvance(subject) + theme().px(12)
        if more and room - used > theme().px(40):
            small = theme().font("small")
            shown = QFontMetrics(small).elidedText(more, Qt.TextElideMode.ElideRight, room - used)
            painter.setFont(small)
            painter.setPen(QColor(tokens().muted))
            rest = box.adjusted(used, 0, 0, 0)
            painter.drawText(rest, _LEFT | Qt.TextFlag.TextSingleLine, shown)
