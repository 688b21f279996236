"""One collapsible list of linked records, with a count and a line to add one more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crm_desktop.ui.language import tr
from crm_desktop.ui.record.extras import Line
from crm_desktop.ui.theme import theme, tokens
from crm_desktop.ui.widgets import (
    Card,
    ElidedLabel,
    IconButton,
    LinkButton,
    PlainLabel,
    SectionHeader,
)
from crm_desktop.ui.widgets.keyboard import paint_ring

ACT_ICONS = {
    "edit_job": "pencil",
    "edit_relation": "pencil",
    "edit_gift": "pencil",
    "edit_anniversary": "pencil",
    "edit_file": "pencil",
    "edit_product": "pencil",
    "again_job": "rotate-ccw",
    "leave_group": "unlink",
    "end_job": "user-round-x",
    "primary_job": "arrow-up",
    "remove_relation": "unlink",
    "save_file": "download",
    "trash_file": "trash-2",
    "remove_product": "x",
}
_NAME_ROOM = 96
_STEP = 16  # to the right, for what follows from the row above


class LinkRow(QWidget):
    """A record by its title, with a word beside; a click or Enter goes there."""

    opened = Signal()
    acted = Signal(str)

    def __init__(
        self,
        title: str,
        side: str,
        acts: Sequence[str] = (),
        *,
        depth: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(depth * _STEP, 2, 0, 2)
        row.setSpacing(8)
        self._depth = depth
        label = ElidedLabel(title, tone="link")
        # The name keeps the room to be known by, however much stands beside it.
        wide = label.fontMetrics().horizontalAdvance(title) + 2
        label.setMinimumWidth(min(wide, theme().px(_NAME_ROOM)))
        if side and acts:  # what can be done takes the room beside: the words go below
            lines = QVBoxLayout()
            lines.setSpacing(0)
            lines.addWidget(label)
            lines.addWidget(ElidedLabel(side, role="small", tone="muted"))
            row.addLayout(lines, 1)
        else:
            row.addWidget(label, 1)
        if side and not acts:
            beside = ElidedLabel(side, role="small", tone="muted")
            beside.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(beside)
        for act in acts:
            button = IconButton(
                ACT_ICONS[act], tr(f"record_page.act.{act}", name=title), small=True
            )
            button.clicked.connect(lambda _on=False, act=act: self.acted.emit(act))
            row.addWidget(button)
        self.setAccessibleName(tr("format.dot", one=title, other=side) if side else title)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        if self._depth:  # from above to the title: it follows from that row
            painter.setPen(QPen(QColor(tokens().border_strong), 1))
            left, middle = self._depth * _STEP - 11, self.height() // 2
            painter.drawLine(left, 0, left, middle)
            painter.drawLine(left, middle, left + 6, middle)
        if self.hasFocus():
            paint_ring(painter, self.rect().toRectF())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.opened.emit()


class Panel(Card):
    """One collapsible list of linked records."""

    opened = Signal(object)
    all_wanted = Signal()
    acted = Signal(str, object)  # what to do, the Line

    def __init__(
        self,
        words: Callable[[], str],
        create: Callable[[str], None] | None = None,
        *,
        new_line: QLineEdit | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._words = words
        self._create = create
        self._count = self._shown = 0
        self.head = SectionHeader("", foldable=True)
        self.head.toggled.connect(self._fold)
        self.body.addWidget(self.head)
        self._inside = QWidget()
        self.column = QVBoxLayout(self._inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2)
        self.body.addWidget(self._inside)
        self.new_line = new_line or QLineEdit()
        self.new_line.hide()
        if new_line is None:
            self.new_line.returnPressed.connect(self._submit)
        self.new_line.installEventFilter(self)
        self.body.addWidget(self.new_line)
        self.plus = IconButton("plus", "", small=True)
        self.plus.clicked.connect(self.start_new)
        self.head.buttons.addWidget(self.plus)
        self.plus.setVisible(create is not None or new_line is not None)
        self._show_all = LinkButton()
        self._show_all.clicked.connect(self.all_wanted)
        self.body.addWidget(self._show_all)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word again."""
        words = self._words()
        self.head.set_title(words, self._count)
        self.plus.set_name(tr("record_page.add_to", what=words))
        self.new_line.setPlaceholderText(tr("record_page.new_line"))
        self.new_line.setAccessibleName(tr("record_page.add_to", what=words))
        self._show_all.setText(tr("record_page.show_all", count=self._count))

    def show_rows(self, count: int, rows: Sequence[Line]) -> None:
        """Show these rows of `count`."""
        self._count = count
        while (item := self.column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in rows:
            row = LinkRow(line.ref.title, line.side, line.acts, depth=line.depth)
            row.opened.connect(lambda line=line: self._open(line))
            row.acted.connect(lambda act, line=line: self.acted.emit(act, line))
            self.column.addWidget(row)
        if not rows:
            self.column.addWidget(PlainLabel(tr("record_page.none_yet"), tone="muted"))
        self._shown = len(rows)
        self._show_all.setVisible(count > len(rows) and self.head.is_open())
        self.retranslate()

    @property
    def plus_wanted(self) -> bool:
        """Whether something can be added here, so that an empty panel makes sense."""
        return not self.plus.isHidden()

    def start_new(self) -> None:
        """Open the line for one more."""
        self.head.set_open(True)
        self.new_line.show()
        self.new_line.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            self.new_line.clear()
            self.new_line.hide()
            self.plus.setFocus()
            return True
        return False

    def _open(self, line: Line) -> None:
        if line.ref.id or not line.acts:
            self.opened.emit(line.ref)
        else:  # no record of its own: its form
            self.acted.emit(line.acts[0], line)

    def _submit(self) -> None:
        text = self.new_line.text().strip()
        if text and self._create is not None:
            self._create(text)
            self.new_line.setText("")

    def _fold(self, is_open: bool) -> None:
        self._inside.setVisible(is_open)
        self._show_all.setVisible(is_open and self._count > self._shown)
