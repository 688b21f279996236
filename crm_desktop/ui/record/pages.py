"""The record pages of single kinds: what they add to the common one."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.template_sorts import STATEMENT
from crm_desktop.ui import filling
from crm_desktop.ui.contacts.qr_popover import QrPopover
from crm_desktop.ui.contacts.reason_form import ReasonForm
from crm_desktop.ui.contacts.standing import Standing
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.record.field_card import FieldCard
from crm_desktop.ui.record.loading import Loaded
from crm_desktop.ui.record.page import RecordPage
from crm_desktop.ui.record.products_card import ProductsCard
from crm_desktop.ui.record.stage_bar import StageBar
from crm_desktop.ui.record.ticket_bar import TicketBar
from crm_desktop.ui.widgets import Button, IconButton


class CustomerPage(RecordPage):
    """What contacts and companies have in common: their standing, and how they were."""

    not_in_facts = ("completeness",)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.standing = Standing(self.editing)
        self.standing.wanted.connect(self.fill_in)
        self.related.column.insertWidget(0, self.standing)
        self.header.star.clicked.connect(self._ask_why_important)
        self.qr = IconButton("qr-code", tr("people.qr"))
        self.qr.clicked.connect(self.do_qr_code)
        self.header.add_button(self.qr)

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "qr"):
            self.qr.set_name(tr("people.qr"))

    def do_qr_code(self) -> None:
        """The address card as a QR code."""
        ref, cards = self.editing.ref, self.context.services.cards
        if ref is not None:
            self.read(
                "qr",
                lambda: cards.qr_code(ref),
                lambda code: QrPopover(self.context, self, ref, code).open_at(self.qr),
            )

    def show_place(self, place: Place) -> None:
        self.standing.forget()
        super().show_place(place)

    def handles(self, command: str) -> bool:
        if command in ("as_of", "qr_code"):
            return self.editing.card is not None
        return super().handles(command)

    def do_as_of(self) -> None:
        """The record as it was on a day."""
        ref = self.editing.ref
        if ref is not None:
            self.go(Place("as_of", ref.id, ref.kind.value))

    def _ask_why_important(self) -> None:
        ref = self.editing.ref
        if ref is not None and not self.editing.value("important"):
            reason = self.editing.value("important_reason") or ""
            form = ReasonForm(self.context, self, ref, reason)
            form.open_at(self.header.star)

    def fill_in(self, key: str) -> None:
        """Open the input of a field that is missing."""
        if key == "people_count":
            self.do_new_person()
            return
        self.zones.show_facts()
        self.facts.edit(key)

    def _show(self, loaded: Loaded) -> None:
        super()._show(loaded)
        self.standing.show_card()
        reason = self.editing.value("important_reason")
        if self.editing.value("important") and reason:
            self.header.star.set_name(tr("people.important_because", reason=reason))


class PersonPage(CustomerPage):
    """A contact."""

    kind = Kind.PERSON

    def handles(self, command: str) -> bool:
        if command == "orgchart":
            return self.editing.value("company") is not None
        return super().handles(command)

    def do_orgchart(self) -> None:
        """The org chart of the person's company, at the person."""
        company, ref = self.editing.value("company"), self.editing.ref
        if company is not None and ref is not None:
            self.go(Place("orgchart", company.id, "", (("person", str(ref.id)),)))


class CompanyPage(CustomerPage):
    """A company with its people."""

    kind = Kind.COMPANY

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.orgchart = Button(icon_name="network")
        self.orgchart.clicked.connect(self.do_orgchart)
        self.header.add_action(self.orgchart)
        self.statement = QMenu(self)
        self.statement.aboutToShow.connect(self._offer_statements)
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "orgchart"):
            self.orgchart.setText(tr("orgchart.title"))
            self.statement.setTitle(tr("filling.statement_in_excel"))

    def extra_actions(self) -> list[QAction]:
        return [self.statement.menuAction(), *super().extra_actions()]

    def _offer_statements(self) -> None:
        self.statement.clear()
        ref = self.editing.ref
        if ref is not None:
            filling.offer(
                self.statement,
                self,
                STATEMENT,
                lambda template: filling.ask_and_fill_statement(self, template, ref.id),
            )

    def do_orgchart(self) -> None:
        """Who reports to whom."""
        if self.editing.ref is not None:
            self.go(Place("orgchart", self.editing.ref.id))


class UnfollowedPage(RecordPage):
    """What there is nothing to follow up about."""

    def above(self) -> tuple[QWidget, ...]:
        self.next_step.hide()
        self.note.hide()
        return super().above()


class ProductPage(UnfollowedPage):
    """A product: prices, and where it was used."""

    kind = Kind.PRODUCT


class ReceiptPage(UnfollowedPage):
    """Money that came in, and what it was for."""

    kind = Kind.RECEIPT


class ExpensePage(UnfollowedPage):
    """Money spent."""

    kind = Kind.EXPENSE


class OpportunityPage(RecordPage):
    """An opportunity with the bar of its stages and the products it is about."""

    kind = Kind.OPPORTUNITY
    not_in_facts = ("products",)

    def above(self) -> tuple[QWidget, ...]:
        self.stages = StageBar(self.editing)
        self.products = ProductsCard(self.editing)
        self.products.opened.connect(self.open_ref)
        return (self.stages, self.next_step, self.products)

    def has_unsaved_text(self) -> bool:
        return super().has_unsaved_text() or self.products.has_unsaved_text()

    def save_unsaved_text(self) -> None:
        self.products.leave()
        super().save_unsaved_text()

    def show_place(self, place: Place) -> None:
        self.products.leave()
        self.stages.forget()
        self.products.forget()
        super().show_place(place)

    def do_stage_back(self) -> None:
        """To the previous stage."""
        self.stages.step(-1)

    def do_stage_on(self) -> None:
        """To the next stage."""
        self.stages.step(1)

    def retranslate(self) -> None:
        super().retranslate()
        self.stages.retranslate()
        self.products.retranslate()

    def _show(self, loaded: Loaded) -> None:
        super()._show(loaded)
        self.stages.show_card()
        self.products.show_card()


class TicketPage(RecordPage):
    """A ticket with the buttons of its state."""

    kind = Kind.TICKET
    not_in_facts = ("said", "work", "result", "satisfaction")

    def above(self) -> tuple[QWidget, ...]:
        self.states = TicketBar(self.editing)
        self.story = FieldCard(self.editing, self.not_in_facts)
        return (self.states, self.story, self.next_step)

    def has_unsaved_text(self) -> bool:
        return super().has_unsaved_text() or self.story.has_unsaved_text()

    def save_unsaved_text(self) -> None:
        self.story.leave()
        super().save_unsaved_text()

    def show_place(self, place: Place) -> None:
        self.story.forget()
        super().show_place(place)

    def retranslate(self) -> None:
        super().retranslate()
        self.states.retranslate()
        self.story.retranslate()

    def _show(self, loaded: Loaded) -> None:
        super()._show(loaded)
        self.states.show_card()
        self.story.show_card()
