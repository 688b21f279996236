"""What stands where there is nothing yet."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crm_desktop.ui.theme import icon, theme
from crm_desktop.ui.theme.tokens import GAP
from crm_desktop.ui.widgets.buttons import Button, PrimaryButton
from crm_desktop.ui.widgets.labels import PlainLabel

_MEASURE = 460  # pixels at 100 %: the longest line


class EmptyState(QWidget):
    """A place with nothing in it yet: what, why, and what to do about it."""

    primary_clicked = Signal()
    secondary_clicked = Signal()

    def __init__(
        self,
        icon_name: str,
        what: str,
        *,
        why: str = "",
        primary: str = "",
        secondary: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon_name
        # The sentences have a measure of their own: a layout that centres its labels gives
        # them the narrow width they ask for, and too little height for what they then need.
        middle = QHBoxLayout(self)
        self._inner = QWidget()
        middle.addStretch(0)
        middle.addWidget(self._inner, 1)
        middle.addStretch(0)
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addStretch(1)
        self._picture = QLabel()
        self._what = PlainLabel(what, role="strong", wrap=True)
        self._why = PlainLabel(why, tone="muted", wrap=True)
        for label in (self._picture, self._what, self._why):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        row = QHBoxLayout()
        row.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.setSpacing(GAP)
        self._primary = PrimaryButton(primary)
        self._secondary = Button(secondary)
        self._primary.clicked.connect(self.primary_clicked)
        self._secondary.clicked.connect(self.secondary_clicked)
        row.addWidget(self._primary)
        row.addWidget(self._secondary)
        column.addSpacing(4)
        column.addLayout(row)
        column.addStretch(1)
        self.set_texts(what, why=why, primary=primary, secondary=secondary)
        self._retint()
        theme().changed.connect(self._retint)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard is for what can be done; with a focus proxy the way of Tab would end."""
        super().focusInEvent(event)
        for button in (self._primary, self._secondary):
            if button.isVisibleTo(self):
                button.setFocus(event.reason())
                break

    def set_texts(
        self, what: str, *, why: str = "", primary: str = "", secondary: str = ""
    ) -> None:
        """Say something else; a button without words is not shown."""
        self._what.setText(what)
        self._why.setText(why)
        self._why.setVisible(bool(why))
        for button, text in ((self._primary, primary), (self._secondary, secondary)):
            button.setText(text)
            button.setVisible(bool(text))

    def _retint(self) -> None:
        self._inner.setMaximumWidth(theme().px(_MEASURE))
        side = theme().px(32)
        self._picture.setPixmap(icon(self._icon, "muted").pixmap(QSize(side, side)))
