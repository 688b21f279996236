"""What a dragged card can be dropped on besides lanes, and the question why one was lost."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QWidget,
)

from crm_desktop.domain.lists import Item, item_name
from crm_desktop.domain.pipeline import HELD, LOST, WON
from crm_desktop.ui.language import tr
from crm_desktop.ui.opportunities.lane_view import carried
from crm_desktop.ui.theme import paint_icon, theme, tokens
from crm_desktop.ui.theme.tokens import FOCUS_RING, GAP, GAP_CARD, RADIUS_CARD, RADIUS_CONTROL
from crm_desktop.ui.widgets import Button, FlowLayout, PlainLabel, Popover

WIDTH = 320
_LOOKS = ((WON, "green", "trophy"), (LOST, "red", "thumbs-down"), (HELD, "grey", "hourglass"))


class OutcomeTarget(QWidget):
    """A field a card can be dropped on: won, lost or on hold."""

    dropped = Signal(int)

    def __init__(self, outcome: str, colour: str, icon_name: str) -> None:
        super().__init__()
        self.outcome, self._colour, self._icon = outcome, colour, icon_name
        self._over = False
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr(f"opportunity_page.drop_{outcome}"))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(180), theme().px(44))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if carried(event.mimeData()) is None:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
        self._over = True
        self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        card_id = carried(event.mimeData())
        self._over = False
        self.update()
        if card_id is None:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(card_id)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = tokens().chip(self._colour)
        width = FOCUS_RING if self._over else 1
        painter.setPen(QPen(QColor(look.text if self._over else look.solid), width))
        painter.setBrush(QColor(look.fill))
        box = self.rect().toRectF().adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        words = tr(f"opportunity_page.drop_{self.outcome}")
        painter.setFont(theme().font("strong"))
        painter.setPen(QColor(look.text))
        side = theme().px(16)
        used = painter.fontMetrics().horizontalAdvance(words) + side + GAP
        left = (self.width() - used) / 2
        icon_box = QRectF(left, (self.height() - side) / 2, side, side)
        paint_icon(painter, self._icon, icon_box, token=f"chip.{self._colour}")
        text_box = QRectF(left + side + GAP, 0, self.width(), self.height())
        painter.drawText(
            text_box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words
        )


class OutcomeBar(QFrame):
    """Shown at the foot of the board while a card is carried."""

    dropped = Signal(int, str)

    def __init__(self, parent: QAbstractScrollArea) -> None:
        super().__init__(parent)
        self._over = parent
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_CARD, GAP, GAP_CARD, GAP)
        row.setSpacing(GAP)
        self.targets: dict[str, OutcomeTarget] = {}
        for outcome, colour, icon_name in _LOOKS:
            target = OutcomeTarget(outcome, colour, icon_name)
            target.dropped.connect(lambda card_id, o=outcome: self.dropped.emit(card_id, o))
            self.targets[outcome] = target
            row.addWidget(target)
        self.hide()

    def show_below(self) -> None:
        """Lie over the foot of the board, above its scroll bar."""
        room, height = self._over.viewport().geometry(), self.sizeHint().height()
        self.setGeometry(room.left(), room.bottom() + 1 - height, room.width(), height)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens().border_strong), 1))
        painter.setBrush(QColor(tokens().surface))
        box = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, RADIUS_CARD, RADIUS_CARD)


class _LessonLine(QLineEdit):
    """One line about what was learnt; arrows leave it for the reasons."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the popover closes
        else:
            super().keyPressEvent(event)


class LostPopover(Popover):
    """Why? Enter or a click takes a reason, Esc returns the card."""

    chosen = Signal(object, str)  # the reason's id or None, what was learnt

    def __init__(self, owner: QWidget, title: str, reasons: Sequence[Item]) -> None:
        super().__init__(owner)
        self.setAccessibleName(tr("opportunity_page.why_lost", title=title))
        heading = PlainLabel(tr("opportunity_page.why_lost", title=title), role="strong", wrap=True)
        self.body.addWidget(heading)
        place = QWidget()
        flow = FlowLayout(place, gap=6)
        self.reasons: list[Button] = []
        for reason in reasons:
            button = Button(item_name(reason, tr), small=True)
            button.clicked.connect(lambda _checked=False, i=reason.id: self._choose(i))
            flow.addWidget(button)
            self.reasons.append(button)
        # A popover asks for its size before the reasons are laid out in rows.
        width = theme().px(WIDTH) - 2 * GAP_CARD
        place.setFixedSize(width, flow.heightForWidth(width))
        self.body.addWidget(place)
        self.lesson = _LessonLine()
        self.lesson.setPlaceholderText(tr("opportunity_page.lesson"))
        self.lesson.setAccessibleName(tr("opportunity_page.lesson"))
        self.lesson.returnPressed.connect(lambda: self._choose(None))
        self.body.addWidget(self.lesson)
        self.body.addWidget(
            PlainLabel(tr("opportunity_page.why_hint"), role="small", tone="muted", wrap=True)
        )
        self.setFixedWidth(theme().px(WIDTH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
        }.get(Qt.Key(event.key()))
        focused = self.window().focusWidget()
        at = next((i for i, button in enumerate(self.reasons) if button is focused), None)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and at is not None:
            self.reasons[at].click()
        elif step is not None and at is not None:
            self.reasons[(at + step) % len(self.reasons)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _choose(self, reason_id: int | None) -> None:
        lesson = self.lesson.text().strip()
        self.dismiss()
        self.chosen.emit(reason_id, lesson)
