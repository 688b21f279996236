"""The foot of the import page: back, give up, why one cannot go on, and on."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from crm_desktop.ui.formats import number
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme.tokens import GAP
from crm_desktop.ui.widgets import Button, PlainLabel, PrimaryButton


class Foot(QHBoxLayout):
    """Says where one can go from a step; the page answers the buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(GAP)
        self.back, self.next = Button(), PrimaryButton()
        self.give_up = Button(variant="quiet")
        self.why = PlainLabel(tone="muted", wrap=True)
        self.addWidget(self.back)
        self.addWidget(self.give_up)
        self.addWidget(self.why, 1)
        self.addWidget(self.next)

    def retranslate(self) -> None:
        """The words that are the same in every step."""
        self.back.setText(tr("common.back"))
        self.give_up.setText(tr("import_page.give_up"))

    def show_buttons(self, *, at_work: bool, first: bool, busy: bool) -> None:
        """All while a file is `at_work`; there is no way back from the first step."""
        self.back.setVisible(at_work and not first)
        self.next.setVisible(at_work)
        self.give_up.setVisible(at_work)
        for button in (self.back, self.give_up):
            button.setEnabled(not busy)

    def offer_next(self, trouble: str, *, busy: bool) -> None:
        """The next step, unless there is `trouble`."""
        self.next.setText(tr("common.next"))
        self.why.setText(trouble)
        self.next.setEnabled(not busy and not trouble)

    def offer_import(self, count: int, failed: int, *, busy: bool) -> None:
        """Taking in `count` rows while `failed` stay out."""
        self.next.setText(tr("import_page.run", count=count, number=number(count)))
        why = tr("import_page.failed_stay_out", count=failed) if failed else ""
        self.why.setText(why if count else tr("import_page.nothing_to_do"))
        self.next.setEnabled(not busy and count > 0)
