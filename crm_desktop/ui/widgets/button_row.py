"""The answers at the foot of a panel: one order everywhere, that of the platform."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QStyle, QWidget

from crm_desktop.ui.language import tr
from crm_desktop.ui.theme.tokens import GAP
from crm_desktop.ui.widgets.buttons import Button

_LAYOUT = QDialogButtonBox.ButtonLayout
_CANCEL_LAST = (_LAYOUT.WinLayout.value, _LAYOUT.KdeLayout.value)


class ButtonRow(QHBoxLayout):
    """The most important answer first and Cancel last on Windows, the other way round on a Mac.

    Tab goes through them as they stand.
    """

    def __init__(
        self,
        *answers: Button,
        on_cancel: Callable[[], object],
        aside: Sequence[QWidget] = (),
    ) -> None:
        """`answers` with the most important first; `aside` stands at the other edge."""
        super().__init__()
        self.setSpacing(GAP)
        self.cancel = Button(tr("common.cancel"))
        self.cancel.clicked.connect(on_cancel)
        self.answers: tuple[Button, ...] = (*answers, self.cancel)
        hint = QStyle.StyleHint.SH_DialogButtonLayout
        if self.cancel.style().styleHint(hint) not in _CANCEL_LAST:
            self.answers = self.answers[::-1]
        for widget in aside:
            self.addWidget(widget)
        self.addStretch(1)
        for button in self.answers:
            self.addWidget(button)
