"""The head of a document page: the way back, its number and state, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QSizePolicy, QWidget

from crm_desktop.ui.language import tr
from crm_desktop.ui.widgets import (
    Button,
    Chip,
    ElidedLabel,
    FlowLayout,
    IconButton,
    LinkButton,
    PrimaryButton,
    StatusText,
)

PREVIEW, SAVE, VERSIONS = "preview", "save_pdf", "versions"
_ICONS = {
    "duplicate": "copy",
    SAVE: "file-down",
    "send": "send",
    "accept": "thumbs-up",
    "decline": "thumbs-down",
    "revise": "file-plus",
    "make_contract": "signature",
    "reopen": "rotate-ccw",
    "back_to_draft": "pencil",
    "reviewed": "check",
    "signed": "signature",
    "in_force": "shield-check",
    "completed": "check-check",
    "ended": "ban",
    PREVIEW: "panel-right",
}


class PaperHeader(QWidget):
    """Buttons are made once and shown as the state allows; `acted` tells the key of one."""

    acted = Signal(str)
    went_back = Signal()

    def __init__(
        self, actions: Iterable[str], primary: Iterable[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        first = frozenset(primary)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._left = QWidget()
        row = QHBoxLayout(self._left)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.back = LinkButton(icon_name="chevron-left")
        self.back.clicked.connect(self.went_back)
        self.number = ElidedLabel("", role="record")
        self.chip = Chip("")
        self.status = StatusText()
        for widget in (self.back, self.number, self.chip, self.status):
            row.addWidget(widget)
        row.addStretch(1)
        self._first = tuple(primary)
        self._right = QWidget()
        self._right.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        flow = FlowLayout(self._right, gap=8)
        self.buttons: dict[str, Button | IconButton] = {}
        for key in actions:
            button: Button | IconButton
            if key == VERSIONS:
                button = IconButton("chevron-down", "")
                self.versions = QMenu(button)
                button.clicked.connect(self._offer_versions)
            elif key in first:
                button = PrimaryButton(icon_name=_ICONS[key])
            else:
                button = Button(icon_name=_ICONS[key])
            if key == PREVIEW:
                button.setCheckable(True)
            if key != VERSIONS:
                button.clicked.connect(lambda _on=False, key=key: self.acted.emit(key))
            self.buttons[key] = button
            if key == SAVE:
                # One thing with its versions: no line ends between the two.
                saving = QWidget()
                self._saving = QHBoxLayout(saving)
                self._saving.setContentsMargins(0, 0, 0, 0)
                self._saving.setSpacing(2)
                flow.addWidget(saving)
            if key in (SAVE, VERSIONS):
                self._saving.addWidget(button)
            else:
                flow.addWidget(button)
        self._layout.addWidget(self._left, 1)
        self._layout.addWidget(self._right)
        self.retranslate()

    def show_actions(self, keys: Iterable[str]) -> None:
        """Offer only these; the preview and the PDF are always there."""
        shown = {*keys, SAVE, VERSIONS, PREVIEW}
        gone = any(b.hasFocus() and key not in shown for key, b in self.buttons.items())
        if gone:
            # What was pressed has done its work; the keyboard goes to what comes next.
            order = [*(key for key in self._first if key in shown), SAVE]
            self.buttons[order[0]].setVisible(True)
            self.buttons[order[0]].setFocus(Qt.FocusReason.OtherFocusReason)
        for key, button in self.buttons.items():
            button.setVisible(key in shown)
        self._arrange()

    def set_gone(self, *, gone: bool) -> None:
        """Only the way back is left of a document that is no longer there."""
        for widget in (self.number, self.chip, self.status, self._right):
            widget.setVisible(not gone)

    def offer_versions(self, versions: Iterable[tuple[str, Callable[[], object]]]) -> None:
        """Versions that were issued, behind the small button beside the PDF."""
        self.versions.clear()
        for words, run in versions:
            action = self.versions.addAction(words)
            action.triggered.connect(lambda _on=False, run=run: run())
        self.buttons[VERSIONS].setVisible(not self.versions.isEmpty())

    def retranslate(self) -> None:
        """Set every word again."""
        self.back.setText(tr("shell.page.documents").replace("&", "&&"))
        for key, button in self.buttons.items():
            if isinstance(button, IconButton):
                button.set_name(tr("paper_page.more_pdf"))
            else:
                button.setText(tr(f"paper_page.{key}"))
        self.status.retranslate()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _offer_versions(self) -> None:
        button = self.buttons[VERSIONS]
        self.versions.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _arrange(self) -> None:
        """The buttons stand beside the title, or below it where they do not fit."""
        needed = self._left.sizeHint().width() + self._right.sizeHint().width() + 16
        directions = QBoxLayout.Direction
        wanted = directions.LeftToRight if needed <= self.width() else directions.TopToBottom
        if self._layout.direction() != wanted:
            self._layout.setDirection(wanted)
