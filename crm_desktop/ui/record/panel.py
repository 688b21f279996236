"""One collapsible list of linked records, with a count and a line to add one more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

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
from crm_desktop.ui.widgets.keyboard import paint_ring, tab_from

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
_GAP = 8
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
        row.setSpacing(_GAP)
        self._depth = depth
        label = ElidedLabel(title, tone="link")
        # The name keeps the room to be known by, however much stands beside it.
        wide = label.fontMetrics().horizontalAdvance(title) + 2
        label.setMinimumWidth(min(wide, theme().px(_NAME_ROOM)))
        self._label, self._below = label, bool(acts)
        self._words = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._words.addWidget(label, 1)
        self._side: ElidedLabel | None = None
        self._stacked: bool | None = None
        if side:
            self._side = ElidedLabel(side, role="small", tone="muted")
            self._words.addWidget(self._side)
        self._stack()
        row.addLayout(self._words, 1)
        self._buttons: dict[str, IconButton] = {}
        for act in acts:
            button = IconButton(
                ACT_ICONS[act], tr(f"record_page.act.{act}", name=title), small=True
            )
            button.clicked.connect(lambda _on=False, act=act: self.acted.emit(act))
            self._buttons[act] = button
            row.addWidget(button)
        self.setAccessibleName(tr("format.dot", one=title, other=side) if side else title)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def held_act(self) -> str | None:
        """The act whose button has the keyboard, "" for the row itself; None where neither has."""
        if self.hasFocus():
            return ""
        return next((act for act, button in self._buttons.items() if button.hasFocus()), None)

    def hold(self, act: str) -> None:
        """Take the keyboard: to the button of this act, where there is one."""
        self._buttons.get(act, self).setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stack()

    def _stack(self) -> None:
        """The word stands beside the title where there is room for all of it, else below.

        What can be done takes the room beside: then it is always below.
        """
        if self._side is None:
            return
        words = self._side.fontMetrics().horizontalAdvance(self._side.text()) + 2
        room = self.width() - self._depth * _STEP
        below = self._below or self._label.minimumWidth() + _GAP + words > room
        if below == self._stacked:
            return  # setting the same again would lay out all that is around once more
        self._stacked = below
        way = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        self._words.setSpacing(0 if below else _GAP)
        self._words.setDirection(way)
        side = Qt.AlignmentFlag.AlignLeft if below else Qt.AlignmentFlag.AlignRight
        self._side.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)

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
            left, middle = self._depth * _STEP - 11, self._label.geometry().center().y()
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
        self._rows: list[tuple[Line, LinkRow]] = []
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
        before, held = self._rows, self._held()
        gone = []
        while (item := self.column.takeAt(0)) is not None:
            gone.append(item.widget())
        self._rows = []
        for line in rows:
            row = LinkRow(line.ref.title, line.side, line.acts, depth=line.depth)
            row.opened.connect(lambda line=line: self._open(line))
            row.acted.connect(lambda act, line=line: self.acted.emit(act, line))
            self.column.addWidget(row)
            self._rows.append((line, row))
        if not rows:
            self.column.addWidget(PlainLabel(tr("record_page.none_yet"), tone="muted"))
        tab_from(self.plus, [row for _line, row in self._rows])
        if held is not None:
            # Or the column would be shorter for a moment, and scroll away from here.
            self._inside.setMinimumHeight(self._inside.height())
            for _line, row in self._rows:
                row.show()  # a layout does so later, when the keyboard is lost already
            self._hold_again(before, *held)
            self._inside.setMinimumHeight(0)
        for widget in gone:
            if widget is not None:
                widget.hide()
                widget.deleteLater()
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

    def _held(self) -> tuple[int, str] | None:
        """The row the keyboard is in, and the name of its button; None where it is elsewhere."""
        for place, (_line, row) in enumerate(self._rows):
            act = row.held_act()
            if act is not None:
                return place, act
        return None

    def _hold_again(self, before: Sequence[tuple[Line, LinkRow]], place: int, act: str) -> None:
        """Give the keyboard to the row that stands for the one it was in, or to the next one."""
        line = before[place][0]
        after = ((new.ref, new.id) for new, _row in self._rows)
        same = (now for now, key in enumerate(after) if key == (line.ref, line.id))
        place = min(next(same, place), len(self._rows) - 1)
        target = self._rows[place][1] if place >= 0 else self.plus
        if isinstance(target, LinkRow):
            target.hold(act)
        else:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

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
