"""The record pages of single kinds: what they add to the common one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.record.loading import Loaded
from crm_desktop.ui.record.page import RecordPage
from crm_desktop.ui.record.stage_bar import StageBar
from crm_desktop.ui.record.ticket_bar import TicketBar


class PersonPage(RecordPage):
    """A contact."""

    kind = Kind.PERSON


class CompanyPage(RecordPage):
    """A company with its people."""

    kind = Kind.COMPANY


class ProductPage(RecordPage):
    """A product: prices, and where it was used. There is nothing to follow up."""

    kind = Kind.PRODUCT

    def above(self) -> tuple[QWidget, ...]:
        self.next_step.hide()
        self.note.hide()
        return ()


class OpportunityPage(RecordPage):
    """An opportunity with the bar of its stages."""

    kind = Kind.OPPORTUNITY

    def above(self) -> tuple[QWidget, ...]:
        self.stages = StageBar(self.editing)
        return (self.stages, self.next_step)

    def do_stage_back(self) -> None:
        """To the previous stage."""
        self.stages.step(-1)

    def do_stage_on(self) -> None:
        """To the next stage."""
        self.stages.step(1)

    def retranslate(self) -> None:
        super().retranslate()
        self.stages.retranslate()

    def _show(self, loaded: Loaded) -> None:
        super()._show(loaded)
        self.stages.show_card()


class TicketPage(RecordPage):
    """A ticket with the buttons of its state."""

    kind = Kind.TICKET

    def above(self) -> tuple[QWidget, ...]:
        self.states = TicketBar(self.editing)
        return (self.states, self.next_step)

    def retranslate(self) -> None:
        super().retranslate()
        self.states.retranslate()

    def _show(self, loaded: Loaded) -> None:
        super()._show(loaded)
        self.states.show_card()
