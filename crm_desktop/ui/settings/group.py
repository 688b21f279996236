"""One group of the settings: cards below each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.problems import Refused
from crm_desktop.ui.context import Context
from crm_desktop.ui.places import Place
from crm_desktop.ui.settings.form import Form
from crm_desktop.ui.theme.tokens import GAP, GAP_CARD
from crm_desktop.ui.widgets import Card, PlainLabel
from crm_desktop.ui.widgets.layouts import FlowLayout


class Group(QWidget):
    """Overrides `retranslate` and `refresh`; `forms` know what is being typed."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.forms: list[Form] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP_CARD)

    def add_card(self) -> tuple[Card, PlainLabel]:
        """A card with a line that explains it."""
        card = Card()
        about = PlainLabel(role="small", tone="muted", wrap=True)
        about.hide()
        card.body.addWidget(about)
        self.column.addWidget(card)
        return card, about

    def retranslate(self) -> None:
        """All words again."""
        for form in self.forms:
            form.retranslate()

    def refresh(self) -> None:
        """Show what is stored now."""

    def show_place(self, place: Place) -> None:
        """What of the group is wished; most have nothing to choose."""

    def has_unread_text(self) -> bool:
        """Whether something was typed that is not stored yet."""
        return any(form.has_unread_text() for form in self.forms)

    def store_unread(self) -> None:
        """Store what is being typed."""
        for form in self.forms:
            form.store_unread()

    def write(self, work: Callable[[], Any], done: Callable[[Any], None] | None = None) -> None:
        """One gesture in the writer thread; a refusal is told, and what is stored shown again."""

        def refused(why: Refused) -> None:
            self.context.window.tell(why)
            self.refresh()

        self.context.jobs.run_writer(lambda _progress: work(), done, refused=refused)


def flow(*widgets: QWidget) -> QWidget:
    """Widgets in a row, in more rows where it is narrow."""
    whole = QWidget()
    layout = FlowLayout(whole)
    layout.setSpacing(GAP)
    for widget in widgets:
        layout.addWidget(widget)
    return whole


def explain(label: PlainLabel, words: str) -> None:
    """Put words into the line of a card."""
    label.setText(words)
    label.setVisible(bool(words))
