"""Which widget shows a record beside its list; made when first needed, absent where none is."""

from __future__ import annotations

from typing import Protocol, cast

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.catalogue import load
from crm_desktop.ui.context import Context

# Kind → "module:Class" below `ui`; called with the Context.
PEEKS: dict[Kind, str] = {
    Kind.PERSON: "record.peek:PersonPeek",
    Kind.COMPANY: "record.peek:CompanyPeek",
    Kind.OPPORTUNITY: "record.peek:OpportunityPeek",
    Kind.TICKET: "record.peek:TicketPeek",
    Kind.PRODUCT: "record.peek:ProductPeek",
}


class Peek(Protocol):
    """What a list asks of the widget beside it; its signal `loaded` says that `can` may differ."""

    def show_record(self, record_id: int | None) -> None:
        """Show this record; None where no row is current."""

    def can(self, command: str) -> bool:
        """Whether a command of the keymap would do something with the record shown."""

    def run(self, command: str) -> None:
        """Run it."""


def make_peek(kind: Kind, context: Context) -> QWidget | None:
    """The widget beside the list of `kind`; it has `show_record`. None where there is none."""
    factory = PEEKS.get(kind)
    return cast(QWidget, load(factory)(context)) if factory is not None else None
