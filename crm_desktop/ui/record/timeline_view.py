"""The timeline as a list: rows of their own height, painted from layouts that are kept."""

from __future__ import annotations

from collections.abc import Sequence

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
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.timeline_rows import TimelineRow
from crm_desktop.ui.theme import paint_icon, theme, tokens
from crm_desktop.ui.widgets.keyboard import choose_first, paint_ring

ROW = Qt.ItemDataRole.UserRole
_MOST_LINES = 8
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
        left = box.left() + theme().px(30)
        right = box.right() - theme().px(4)
        small = QFontMetrics(theme().font("small"))
        strong = QFontMetrics(theme().font("strong"))
        time_width = small.horizontalAdvance(row.when)
        painter.setFont(theme().font("small"))
        painter.setPen(QColor(tokens().muted))
        line = QRect(right - time_width, top, time_width + 1, strong.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, row.when)
        painter.setFont(theme().font("strong"))
        painter.setPen(QColor(tokens().text))
        title_box = QRect(left, top, right - time_width - 8 - left, box.height())
        title_height = self._title_height(row, title_box.width())
        painter.drawText(
            title_box.x(), title_box.y(), title_box.width(), title_height, _WRAP, row.title
        )
        top += title_height + 2
        body = QFontMetrics(theme().font("body"))
        painter.setFont(theme().font("body"))
        painter.setPen(QColor(tokens().muted))
        if row.text:
            height = min(_wrapped(body, row.text, right - left), _MOST_LINES * body.lineSpacing())
            painter.save()
            painter.setClipRect(QRect(left, top, right - left, height))
            painter.drawText(left, top, right - left, height, _WRAP, row.text)
            painter.restore()
            top += height + 2
        for words in _change_texts(row):
            height = _wrapped(body, words, right - left)
            painter.drawText(left, top, right - left, height, _WRAP, words)
            top += height + 2

    def _title_height(self, row: TimelineRow, width: int) -> int:
        return _wrapped(QFontMetrics(theme().font("strong")), row.title, width)

    def _height(self, row: TimelineRow, width: int, *, first: bool) -> int:
        if row.heading:
            return theme().px(20 if first else 30)
        small = QFontMetrics(theme().font("small")).horizontalAdvance(row.when)
        inner = width - theme().px(34)
        height = theme().px(12) + self._title_height(row, inner - small - 8)
        body = QFontMetrics(theme().font("body"))
        if row.text:
            most = _MOST_LINES * body.lineSpacing()
            height += min(_wrapped(body, row.text, inner), most) + 2
        return height + sum(_wrapped(body, words, inner) + 2 for words in _change_texts(row))


_WRAP = (
    Qt.AlignmentFlag.AlignLeft.value
    | Qt.AlignmentFlag.AlignTop.value
    | Qt.TextFlag.TextWordWrap.value
)
_BOTTOM = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom


def _wrapped(metrics: QFontMetrics, text: str, width: int) -> int:
    return metrics.boundingRect(0, 0, max(20, width), 1 << 20, _WRAP, text).height()


def _change_texts(row: TimelineRow) -> list[str]:
    return [
        tr("timeline.change", name=change.name, before=change.before, after=change.after)
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
