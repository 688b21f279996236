"""Cards and what stands in them: headers with counts, figures, strips, banners."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import paint_icon, theme, tokens
from crm_desktop.ui.theme.tokens import FOCUS_RING, GAP, GAP_CARD, RADIUS_CARD
from crm_desktop.ui.widgets.buttons import Button, CloseButton, IconButton
from crm_desktop.ui.widgets.chips import Chip
from crm_desktop.ui.widgets.labels import ElidedLabel, PlainLabel

FIGURE_INSET = 6  # pixels from the edge of a figure to its words
FIGURE_ABOVE = 4  # and from its upper edge
_BANNERS = {
    "info": ("blue", "info"),
    "green": ("green", "circle-check"),
    "amber": ("amber", "triangle-alert"),
    "red": ("red", "circle-alert"),
}


class Card(QFrame):
    """A rounded frame with an optional title row; content goes into `body`."""

    def __init__(
        self,
        title: str = "",
        *,
        count: int | None = None,
        count_colour: str = "grey",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, GAP_CARD, 14, GAP_CARD)
        outer.setSpacing(GAP)
        self.header = SectionHeader(title, count=count, colour=count_colour)
        outer.addWidget(self.header)
        self.header.setVisible(bool(title))
        self.body = QVBoxLayout()
        self.body.setSpacing(GAP)
        outer.addLayout(self.body, 1)

    def set_title(self, title: str, count: int | None = None) -> None:
        """Name the card and say how many things are in it."""
        self.header.set_title(title, count)
        self.header.setVisible(bool(title))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens().border), 1))
        painter.setBrush(QColor(tokens().surface))
        box = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, RADIUS_CARD, RADIUS_CARD)


class SectionHeader(QWidget):
    """A heading with a count; foldable on request. Buttons go into `buttons`."""

    toggled = Signal(bool)

    def __init__(
        self,
        title: str,
        *,
        count: int | None = None,
        colour: str = "grey",
        foldable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        self._open = True
        self._fold: IconButton | None = None
        if foldable:
            self._fold = IconButton("chevron-down", tr("common.collapse"), small=True)
            self._fold.clicked.connect(lambda: self.set_open(not self._open))
            row.addWidget(self._fold)
        self._title = ElidedLabel(title, role="strong")
        self._chip = Chip("", colour=colour)
        row.addWidget(self._title)
        row.addWidget(self._chip)
        row.addStretch(1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(4)
        row.addLayout(self.buttons)
        self.set_title(title, count)

    def set_title(self, title: str, count: int | None = None, *, colour: str | None = None) -> None:
        """Show another heading; a count of None shows none."""
        self._title.setText(title)
        self._chip.setVisible(count is not None)
        if count is not None:
            self._chip.set_text(f"{count:,}", colour)
        if self._fold is not None:
            self._name_fold()

    def is_open(self) -> bool:
        """Whether what belongs to the heading is shown."""
        return self._open

    def set_open(self, is_open: bool) -> None:
        """Fold or unfold."""
        if self._fold is None or is_open == self._open:
            return
        self._open = is_open
        self._fold.set_icon("chevron-down" if is_open else "chevron-right")
        self._name_fold()
        self.toggled.emit(is_open)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_fold()

    def _name_fold(self) -> None:
        if self._fold is not None:
            verb = tr("common.collapse" if self._open else "common.expand")
            self._fold.set_name(f"{verb} {self._title.text()}".strip())


class Banner(QWidget):
    """A line across a page that says something about all of it, with what can be done."""

    acted = Signal(str)
    closed = Signal()

    def __init__(
        self,
        text: str,
        *,
        kind: str = "info",
        actions: Sequence[tuple[str, str]] = (),
        closable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._colour, self._icon = _BANNERS[kind]
        row = QHBoxLayout(self)
        row.setSpacing(GAP)
        self._make_room()
        theme().changed.connect(self._make_room)
        self._label = PlainLabel(text, wrap=True)
        row.addWidget(self._label, 1)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(GAP)
        row.addLayout(self._actions)
        if closable:
            cross = CloseButton()
            cross.clicked.connect(self._close)
            row.addWidget(cross)
        self.set_text(text, actions=actions)

    def set_text(self, text: str, *, actions: Sequence[tuple[str, str]] = ()) -> None:
        """Say something else, with other actions (key, words)."""
        self._label.setText(text)
        self.setAccessibleName(text)
        _clear(self._actions)
        for key, words in actions:
            button = Button(words, small=True)
            button.clicked.connect(lambda _checked=False, key=key: self.acted.emit(key))
            self._actions.addWidget(button)

    def take_keyboard(self) -> None:
        """Give the keyboard to the first of the actions."""
        first = self._actions.itemAt(0)
        button = first.widget() if first is not None else None
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().chip(self._colour).fill))
        painter.drawRoundedRect(self.rect(), RADIUS_CARD, RADIUS_CARD)
        side = theme().px(16)
        box = QRectF(14, (self.height() - side) / 2, side, side)
        paint_icon(painter, self._icon, box, token=f"chip.{self._colour}")

    def _make_room(self) -> None:
        """For the icon, which follows the text size."""
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(theme().px(18) + 22, 6, GAP, 6)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()


class _Figure(QWidget):
    """One number with its name, opening the rows behind it; an idle one has none."""

    clicked = Signal()

    def __init__(
        self, label: str, value: str, *, idle: bool = False, inset: int = FIGURE_INSET
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(inset, FIGURE_ABOVE, inset, FIGURE_ABOVE)
        column.setSpacing(2)
        column.addWidget(ElidedLabel(label, role="small", tone="muted"))
        column.addWidget(ElidedLabel(value, role="kpi"))
        self.setAccessibleName(tr("format.colon", name=label, value=value))
        self._idle = idle
        if not idle:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._idle and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens().accent), FOCUS_RING))
        if self.underMouse() and not self._idle:
            painter.setBrush(QColor(tokens().subtle))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), 5, 5)


class KpiRow(QWidget):
    """A row of figures; each says which one was clicked, but for those `idle`."""

    clicked = Signal(str)

    def __init__(
        self,
        figures: Iterable[tuple[str, str, str]] = (),
        *,
        idle: Collection[str] = (),
        inset: int = FIGURE_INSET,
        parent: QWidget | None = None,
    ) -> None:
        """`inset` keeps the words off the edge; idle figures, which show none, may go without."""
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._idle, self._inset = idle, inset
        self.set_figures(figures)

    def set_figures(self, figures: Iterable[tuple[str, str, str]]) -> None:
        """Show other figures: (key, name, value)."""
        _clear(self._row)
        for key, label, value in figures:
            figure = _Figure(label, value, idle=key in self._idle, inset=self._inset)
            figure.clicked.connect(lambda key=key: self.clicked.emit(key))
            self._row.addWidget(figure, 1)


class InlineStrip(QFrame):
    """A strip that asks or offers something in place; more widgets go into `row`. Esc leaves."""

    acted = Signal(str)
    dismissed = Signal()

    def __init__(
        self,
        text: str = "",
        *,
        actions: Sequence[tuple[str, str]] = (),
        closable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(GAP_CARD, 6, GAP, 6)
        outer.setSpacing(GAP)
        self._label = PlainLabel(text)
        outer.addWidget(self._label)
        # A widget, not a bare layout: an empty one would leave its room to the buttons.
        middle = QWidget()
        middle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.row = QHBoxLayout(middle)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(GAP)
        outer.addWidget(middle, 1)
        for key, words in actions:
            button = Button(words, small=True)
            button.clicked.connect(lambda _checked=False, key=key: self.acted.emit(key))
            outer.addWidget(button)
        if closable:
            cross = CloseButton()
            cross.clicked.connect(self.dismissed)
            outer.addWidget(cross)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().subtle))
        painter.drawRoundedRect(self.rect(), RADIUS_CARD, RADIUS_CARD)


def _clear(layout: QHBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
