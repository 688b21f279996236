"""How far a contract has come: its states in a row, those behind it and the present one marked."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import theme, tokens

_WAY = ("draft", "reviewed", "signed", "in_force", "completed")


class StateBar(QWidget):
    """Draft, reviewed, signed, in force, completed; an ended contract shows that in the end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = "draft"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    def show_state(self, state: str) -> None:
        """Mark the present state."""
        self._state = state
        self.setAccessibleName(
            tr("format.colon", name=tr("field.contract.state"), value=_word(state))
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(320), theme().px(40))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        states = list(_WAY)
        if self._state == "ended":
            states[-1] = "ended"
        at = states.index(self._state)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = tokens()
        room = self.width() / len(states)
        radius, top = theme().px(5), theme().px(10)
        for number, state in enumerate(states):
            middle = room * (number + 0.5)
            if number:
                done = number <= at
                painter.setPen(QPen(QColor(look.accent if done else look.border_strong), 2))
                painter.drawLine(
                    int(middle - room + radius + 4), top, int(middle - radius - 4), top
                )
            colour = QColor(look.accent if number <= at else look.border_strong)
            painter.setPen(QPen(colour, 2))
            painter.setBrush(colour if number <= at else QColor(look.surface))
            painter.drawEllipse(QRectF(middle - radius, top - radius, 2 * radius, 2 * radius))
            font = theme().font("caption" if number == at else "small")
            painter.setFont(font)
            painter.setPen(QColor(look.text if number == at else look.muted))
            box = QRectF(room * number, top + radius + 2, room, self.height() - top - radius - 2)
            text = QFontMetrics(font).elidedText(
                _word(state), Qt.TextElideMode.ElideRight, int(room)
            )
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text)


def _word(state: str) -> str:
    return tr(f"state.contract.{state}")
