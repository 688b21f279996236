"""The page of one quote."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from crm_desktop.domain.issuing import PriceMemory, QuoteCard
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Problem, Refused
from crm_desktop.services.quotes import Quotes
from crm_desktop.services.templates import TERMS
from crm_desktop.ui.context import Choice, Context, sentence
from crm_desktop.ui.language import tr
from crm_desktop.ui.papers.checks import Checks
from crm_desktop.ui.papers.line_row import LineRow
from crm_desktop.ui.papers.long_text import LongText
from crm_desktop.ui.papers.paper_page import Loaded, PaperPage
from crm_desktop.ui.papers.price_tip import PriceTip, told
from crm_desktop.ui.papers.winning import tell_and_offer_win
from crm_desktop.ui.places import Place

_OFFERED = {
    "draft": ("duplicate", "send"),
    "sent": ("accept", "decline", "revise", "make_contract", "duplicate"),
    "accepted": ("reopen", "revise", "make_contract", "duplicate"),
    "declined": ("reopen", "revise", "duplicate"),
    "expired": ("accept", "reopen", "revise", "duplicate"),
}


class QuotePage(PaperPage):
    """Writes a quote, sends it, notes the answer."""

    key = "quote"
    kind = Kind.QUOTE
    head_keys = (
        "company",
        "person",
        "opportunity",
        "title",
        "dated",
        "valid_until",
        "currency",
        "language",
        "tax_included",
        "discount_percent",
        "in_charge",
        "discount_amount",
    )
    steps = (
        "preview",
        "duplicate",
        "reopen",
        "revise",
        "decline",
        "make_contract",
        "save_pdf",
        "versions",
        "accept",
        "send",
    )
    primary = ("send", "accept")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.terms = LongText(ready=self._ready_terms)
        self.checks = Checks()
        super().__init__(context, parent)
        self.terms.stored.connect(lambda text: self.store_text("terms", text, self.terms))
        self.checks.opened.connect(self._open_check)
        self.price_tip = PriceTip(self._scroll.widget() or self)
        self.lines.price_entered.connect(self._show_price)

    @property
    def desk(self) -> Quotes:
        return self.context.services.quotes

    def parts(self) -> list[QWidget]:
        return [self.head, self.lines, self.sums, self.checks, self.terms, self.remarks]

    def load(self, record_id: int) -> Loaded:
        services = self.context.services
        card = services.quotes.card(record_id)
        draft = card.editable
        return Loaded(
            card=card,
            uncovered=services.quotes.uncovered(record_id) if draft else (),
            checks=services.quotes.checks(record_id) if draft else (),
            extra=None,
            has_company=bool(services.business.own_company().name),
        )

    def offered(self, state: str) -> tuple[str, ...]:
        return _OFFERED[state]

    def show_more(self, loaded: Loaded) -> None:
        found = loaded.card
        assert isinstance(found, QuoteCard)
        self.terms.show_text(found.card.values["terms"] or "")
        self.terms.set_locked(not found.editable)
        # A quote without lines needs no list of what is wrong with it yet.
        asked = self.company.isVisibleTo(self)  # then nobody needs to be told as well
        checks = [
            one for one in loaded.checks if not (asked and one.code == "document.check_no_seller")
        ]
        self.checks.show_problems(checks if found.lines else ())
        state = found.card.values["state"]
        words = "" if found.editable else tr("paper_page.locked", state=tr(f"state.quote.{state}"))
        if found.overdue:
            words = tr("paper_page.overdue")
        self.notes.say("locked", words, kind="amber" if found.overdue else "info")

    def act(self, key: str) -> None:
        quotes, number = self.desk, self.title()
        match key:
            case "send":
                said = tr("paper_page.sent", number=number)
                self.run(quotes.send, lambda _: self.offer_followup(said))
            case "accept":
                self.run(quotes.accept, lambda _: self._answered("accepted"))
            case "decline":
                self.run(quotes.decline, lambda _: self._answered("declined"))
            case "reopen":
                self.run(quotes.reopen)
            case "revise":
                self.run(quotes.revise, lambda no: self._revised(no))
            case "duplicate":
                self.run(quotes.duplicate, self._go_to)
            case "make_contract":
                self.run(self.context.services.contracts.from_quote, self._to_contract)
            case _:
                super().act(key)

    def desk_create(self, values: dict[str, Any]) -> int:
        if set(values) == {"opportunity"}:
            return self.desk.from_opportunity(values["opportunity"])
        return self.desk.create(values)

    def next_choices(self) -> list[Choice]:
        """A follow-up, unless one is planned already."""
        return [] if self.editing.value("next_step") else self.followup_choices()

    def show_place(self, place: Place) -> None:
        self.terms.forget()
        super().show_place(place)

    def retranslate(self) -> None:
        self.terms.set_words(
            tr("paper_page.terms"),
            choose=tr("paper_page.choose_terms"),
            hint=tr("paper_page.terms_hint"),
        )
        super().retranslate()

    def has_unsaved_text(self) -> bool:
        return super().has_unsaved_text() or self.terms.has_unsaved_text()

    def save_unsaved_text(self) -> None:
        super().save_unsaved_text()
        self.terms.leave()

    def refuse(self, trouble: Refused) -> None:
        """What is missing for sending is said above, with the way to it."""
        where = {
            "document.no_customer": lambda: self.head.edit("company"),
            "document.no_lines": self.lines.focus_new,
        }
        go = where.get(trouble.key)
        if go is None:
            super().refuse(trouble)
            return

        def jump() -> None:
            self.notes.say("refused", "")
            go()

        choices = ((tr("paper_page.go_there"), jump),)
        self.notes.say("refused", sentence(trouble), kind="red", choices=choices)
        self._scroll.verticalScrollBar().setValue(0)

    def _answered(self, state: str) -> None:
        said = tr(f"paper_page.told_{state}", number=self.title())
        if state == "accepted":
            make = (tr("paper_page.make_contract"), lambda: self.act("make_contract"))
            tell_and_offer_win(self, said, make)
        else:
            self.context.window.toast(said, undo=True)

    def _revised(self, revision: int) -> None:
        said = tr("paper_page.revised", number=self.title(), revision=revision)
        self.context.window.toast(said, undo=True)

    def _to_contract(self, contract_id: int) -> None:
        self.go(Place.record(Kind.CONTRACT, contract_id))

    def _ready_terms(self) -> list[tuple[str, str]]:
        language = str(self.editing.value("language") or "zh")
        found = self.context.services.templates.all(TERMS, language)
        return [(one.name, one.body) for one in found]

    def _show_price(self, row: LineRow | None) -> None:
        """While a price is typed: what this customer and others were asked before."""
        line = row.line if row is not None else None
        quote_id, quotes = self.record_id, self.desk
        self.price_tip.show_words([], self)
        if row is None or line is None or line.product is None or quote_id is None:
            return
        product_id, code = line.product.id, self.editing.currency
        included = bool(self.editing.value("tax_included"))
        today = self.context.clock.today()

        def show(memory: PriceMemory) -> None:
            price = row.cells["price"]
            if isValid(price) and price.hasFocus() and not price.isReadOnly():
                words = told(memory, line, code, today, tax_included=included)
                self.price_tip.show_words(words, price)

        self.read("price", lambda: quotes.price_memory(product_id, quote_id), show)

    def _open_check(self, problem: Problem) -> None:
        if problem.field.startswith("line."):
            self.lines.focus_line(int(problem.field.removeprefix("line.")), "price")
        elif problem.field:
            self.head.edit(problem.field)
        else:
            self.go(Place("settings"))
