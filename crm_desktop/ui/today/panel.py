"""A card of Today that can be hidden and moved, and how it is filled."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.morning import Morning
from crm_desktop.domain.today import Attention, Rows
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.table.list_place import list_place
from crm_desktop.ui.theme.tokens import GAP_CARD
from crm_desktop.ui.widgets import Card, PlainLabel


class Panel(Card):
    """One card; its heading is "today_page.panel.KEY"."""

    key = ""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.context = context
        self.found: Morning | None = None
        self.body.setSpacing(0)
        inset(self, 6)

    def show_morning(self, found: Morning) -> None:
        """Show what was read."""
        self.found = found
        self.set_title(tr(f"today_page.panel.{self.key}"))
        self.fill(found)

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.set_title(tr(f"today_page.panel.{self.key}"))
        if self.found is not None:
            self.fill(self.found)

    def fill(self, found: Morning) -> None:
        """Put the lines into the card again."""

    def has_unsaved_text(self) -> bool:
        """Whether something typed here is not stored."""
        return False

    def open_rows(self, rows: Rows) -> None:
        """Go to exactly the records behind a number."""
        self.context.navigator.go(list_place(rows.kind, rows.query))

    def opener(self, rows: Rows) -> Callable[[], None]:
        """The same, for a button."""
        return lambda: self.open_rows(rows)


def attention_words(item: Attention) -> str:
    """What goes wrong, in one sentence."""
    name = Path(item.file).name
    return tr(f"attention.{item.code}", count=item.count, days=item.days, name=name)


def inset(card: Card, by: int) -> None:
    """Let lines begin below the heading while their hover reaches into the card's margin."""
    layout = card.layout()
    if layout is not None:
        layout.setContentsMargins(14 - by, GAP_CARD, 14 - by, GAP_CARD - 4)
        layout.setSpacing(2)
    card.header.setContentsMargins(by, 0, by, 0)


def refill(body: QVBoxLayout, widgets: Iterable[QWidget]) -> None:
    """Put other widgets into a layout; the ones before are deleted."""
    while (item := body.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()
    for widget in widgets:
        body.addWidget(widget)


def quiet(words: str) -> PlainLabel:
    """A line that says there is nothing."""
    label = PlainLabel(words, tone="muted", wrap=True)
    label.setContentsMargins(6, 4, 6, 4)
    return label
