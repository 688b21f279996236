"""The timeline as a list: rows of their own height, painted from layouts that are kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from crm_desktop import paths
from crm_desktop.domain.text import shortened
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.timeline_rows import TimelineRow
from crm_desktop.ui.theme import paint_icon, theme, tokens
from crm_desktop.ui.tooltips import plain_tip
from crm_desktop.ui.widgets.keyboard import choose_first, paint_ring
from crm_desktop.ui.widgets.wrapping import few_lines, line_height

ROW = Qt.ItemDataRole.UserRole
_MOST_LINES = 8  # of a paragraph; all of it is where the row leads
_MOST_OF_A_VALUE = 90  # characters before, and as many after
_BETWEEN = 2
Index = QModelIndex | QPersistentModelIndex


class TimelineModel(QAbstractListModel):
    """The rows; headings cannot be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[TimelineRow] = []

    def set_rows(self, rows: Sequence[TimelineRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def rows(self) -> list[TimelineRow]:
        """What is shown."""
        return list(self._rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken
        if role == Qt.ItemDataRole.ToolTipRole and len(row.spoken) > 2 * _MOST_OF_A_VALUE:
            return plain_tip(row.spoken)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._rows[index.row()].heading:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Delegate(QStyledItemDelegate):
    """Paints a row; its height is worked out once per width."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._heights: dict[tuple[int, int], int] = {}

    def forget(self) -> None:
        """The rows, the fonts or the language are others."""
        self._heights.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        key = (index.row(), width)
        if key not in self._heights:
            self._heights[key] = self._height(index.data(ROW), width, first=not index.row())
        return QSize(width, self._heights[key])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: TimelineRow = index.data(ROW)
        box = QRect(option.rect)
        look = tokens()
        painter.save()
        if row.heading:
            painter.setFont(theme().font("caption"))
            painter.setPen(QColor(look.muted))
            painter.drawText(box.adjusted(0, 0, 0, -2), _BOTTOM, row.title)
            painter.restore()
            return
        state = option.state
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.selection))
            painter.drawRoundedRect(QRectF(box).adjusted(0, 1, 0, -1), 5, 5)
            paint_ring(painter, QRectF(box).adjusted(0, 1, 0, -1), 5)
        elif state & QStyle.StateFlag.State_MouseOver and row.ref is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.subtle))
            painter.drawRoundedRect(QRectF(box).adjusted(0, 1, 0, -1), 5, 5)
        side = theme().px(16)
        top = box.top() + theme().px(6)
        mark = QRectF(box.left() + theme().px(4), top + theme().px(1), side, side)
        paint_icon(painter, shipped_icon(row.icon), mark, token="muted")
        self._texts(painter, row, box, top)
        painter.restore()

    def _texts(self, painter: QPainter, row: TimelineRow, box: QRect, top: int) -> None:
        look, left = tokens(), box.left() + theme().px(30)
        painter.setFont(theme().font("small"))
        painter.setPen(QColor(look.muted))
        time = QFontMetrics(theme().font("small")).horizontalAdvance(row.when) + 1
        line = QRect(box.right() - theme().px(4) - time, top, time, line_height(_font("strong")))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, row.when)
        for role, lines in paragraphs(row, box.width()):
            painter.setFont(_font(role))
            painter.setPen(QColor(look.text if role == "strong" else look.muted))
            height = line_height(_font(role))
            for words in lines:
                painter.drawText(QRect(left, top, box.right() - left, height), _LINE, words)
                top += height
            top += _BETWEEN

    def _height(self, row: TimelineRow, width: int, *, first: bool) -> int:
        if row.heading:
            return theme().px(20 if first else 30)
        return theme().px(12) + sum(
            len(lines) * line_height(_font(role)) + _BETWEEN
            for role, lines in paragraphs(row, width)
        )


def paragraphs(row: TimelineRow, width: int) -> Iterator[tuple[str, list[str]]]:
    """What a row of this width says: the font of each paragraph, and its lines."""
    inner = width - theme().px(36)
    beside = QFontMetrics(theme().font("small")).horizontalAdvance(row.when) + 8
    yield "strong", few_lines(row.title, _font("strong"), inner - beside, _MOST_LINES)
    for words in filter(None, (row.text, *_change_texts(row))):
        yield "body", few_lines(words, _font("body"), inner, _MOST_LINES)


def _font(role: str) -> QFont:
    return theme().font(role)


_LINE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextSingleLine
_BOTTOM = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom


def _change_texts(row: TimelineRow) -> list[str]:
    """Both sides of a change, however long one is."""
    return [
        tr(
            "timeline.change",
            name=change.name,
            before=shortened(change.before, _MOST_OF_A_VALUE),
            after=shortened(change.after, _MOST_OF_A_VALUE),
        )
        for change in row.changes
    ]


def shipped_icon(name: str) -> str:
    """The icon, or a plain mark where a list item names one we do not ship."""
    return (
        name if (paths.shipped("resources") / "icons" / f"{name}.svg").is_file() else "circle-dot"
    )


class TimelineView(QListView):
    """As high as its rows: the column around it scrolls."""

    opened = Signal(object)  # the Ref of the entry

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = TimelineModel(self)
        self.setModel(self.rows)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(self._open)
        theme().changed.connect(self.fit)

    def show_rows(self, rows: Sequence[TimelineRow]) -> None:
        """Show other rows, all of them."""
        self._delegate.forget()
        self.rows.set_rows(rows)
        self.fit()

    def fit(self) -> None:
        """Take the height the rows need."""
        self._delegate.forget()
        self.scheduleDelayedItemsLayout()
        self._set_height()

    def _set_height(self) -> None:
        option = QStyleOptionViewItem()
        height = sum(
            self._delegate.sizeHint(option, self.rows.index(row)).height()
            for row in range(self.rows.rowCount())
        )
        self.setFixedHeight(max(height + 2, 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            choose_first(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            index = self.currentIndex()
            if index.isValid():
                QApplication.clipboard().setText(index.data())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        row: TimelineRow | None = index.data(ROW) if index.isValid() else None
        if row is not None and row.ref is not None:
            self.opened.emit(row.ref)
