"""A layout that flows like words: chips and buttons in as many rows as the width needs."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Places its items in rows, a new row where the width ends.

    With `push_last` the last item stands at the right edge while it shares its row with others;
    with `spread` the first row takes the whole width, and those below stand under it. Otherwise
    nothing stands alone in the last row: its neighbour comes along.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        gap: int = 8,
        margin: int = 0,
        push_last: bool = False,
        spread: bool = False,
    ) -> None:
        super().__init__(parent)
        self._spread = spread
        self._push_last = push_last
        self._items: list[QLayoutItem] = []
        self.setSpacing(gap)
        self.setContentsMargins(QMargins(margin, margin, margin, margin))

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert_widget(self, index: int, widget: QWidget) -> None:
        """Put a widget before the item at `index`."""
        self.addWidget(widget)
        self._items.insert(index, self._items.pop())
        self.invalidate()

    def drop_widgets(self, widgets: Iterable[QWidget]) -> None:
        """Take widgets out for good."""
        for widget in widgets:
            self.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        margins = self.contentsMargins()
        gap = self.spacing()
        width = sum(item.sizeHint().width() + gap for item in self._shown()) - gap
        height = max((item.sizeHint().height() for item in self._shown()), default=0)
        return QSize(
            max(0, width) + margins.left() + margins.right(),
            height + margins.top() + margins.bottom(),
        )

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _keep_company(self, rows: list[list[tuple[QLayoutItem, QSize]]], width: int) -> None:
        if len(rows) < 2 or len(rows[-1]) > 1 or len(rows[-2]) < 3:
            return
        both = rows[-2][-1][1].width() + self.spacing() + rows[-1][0][1].width()
        if both <= width:
            rows[-1].insert(0, rows[-2].pop())

    def _place(self, rect: QRect, *, move: bool) -> int:
        margins, gap = self.contentsMargins(), self.spacing()
        inner = rect.marginsRemoved(margins)
        rows: list[list[tuple[QLayoutItem, QSize]]] = [[]]
        used = 0
        for item in self._shown():
            size = item.sizeHint().boundedTo(QSize(max(1, inner.width()), 1 << 20))
            if item.hasHeightForWidth():
                # Words that wrap may need more than the height of the hint.
                size.setHeight(max(size.height(), item.heightForWidth(size.width())))
            if rows[-1] and used + size.width() > inner.width():
                rows.append([])
                used = 0
            rows[-1].append((item, size))
            used += size.width() + gap
        if not self._push_last and not self._spread:
            self._keep_company(rows, inner.width())
        top = inner.top()
        last = rows[-1][-1][0] if rows[-1] else None
        free = inner.width() - sum(size.width() + gap for _, size in rows[0]) + gap
        wider = max(0, free) // max(1, len(rows[0])) if self._spread else 0
        for row in rows:
            height = max((size.height() for _, size in row), default=0)
            left = inner.left()
            for item, size in row:
                if self._push_last and item is last and len(row) > 1:
                    left = inner.right() + 1 - size.width()
                if move:
                    offset = (height - size.height()) // 2
                    item.setGeometry(QRect(QPoint(left, top + offset), size))
                left += size.width() + gap + wider
            top += height + gap
        return top - gap - rect.top() + margins.bottom() if self._shown() else 0
