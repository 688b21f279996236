"""Quotes: made, worked out, sent, answered, revised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from crm_desktop.data import issued as issued_rows
from crm_desktop.data import lines as line_rows
from crm_desktop.data import numbers
from crm_desktop.data import products as product_rows
from crm_desktop.data.session import Session
from crm_desktop.documents.snapshots import Paper
from crm_desktop.domain.document_lines import LineDraft
from crm_desktop.domain.issuing import DRAFT, PriceMemory, QuoteCard
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Problem, Refused
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.services.paper_desk import PaperDesk

_COPIED = (
    "title",
    "company",
    "person",
    "opportunity",
    "currency",
    "tax_included",
    "discount_percent",
    "discount_amount",
    "language",
    "terms",
    "notes",
    "in_charge",
)


class Quotes(PaperDesk):
    """What the user does with quotes; each change is one gesture."""

    kind = Kind.QUOTE

    def next_number(self) -> str:
        """The number the next quote will get."""
        with self._book.read() as session:
            pattern = self._business.trade().quote_number
            return numbers.peek(session, Kind.QUOTE, pattern, self._clock.today())

    def card(self, quote_id: int) -> QuoteCard:
        """Everything an editor shows. Refused("record.gone") where there is none."""
        with self._book.read() as session:
            card = self._card(session, quote_id)
            until = card.values["valid_until"]
            return QuoteCard(
                card=card,
                lines=line_rows.of(session, Kind.QUOTE, quote_id),
                totals=line_rows.totals_of(session, Kind.QUOTE, quote_id),
                issued=issued_rows.of(session, Kind.QUOTE, quote_id),
                editable=card.values["state"] == DRAFT,
                overdue=card.values["state"] == "sent"
                and until is not None
                and until < self._clock.today(),
            )

    def create(self, values: Mapping[str, Any], lines: Iterable[LineDraft] = ()) -> int:
        """A new draft with its lines; number, dates and terms by the firm's defaults."""
        number = values.get("number") or self.next_number()
        with self._book.write("gesture.quote_created", name=number) as writing:
            return self.insert(writing.session, values, lines)

    def from_opportunity(self, opportunity_id: int) -> int:
        """A new draft for an opportunity: its customer, title, currency and products."""
        source = self._records.card(Kind.OPPORTUNITY, opportunity_id)
        keys = ("title", "company", "person", "currency", "in_charge")
        values = {key: source.values[key] for key in keys if source.values[key] is not None}
        with self._book.write("gesture.quote_created", name=self.next_number()) as writing:
            lines = map(LineDraft.proposed, source.values["products"])
            return self.insert(writing.session, {**values, "opportunity": opportunity_id}, lines)

    def duplicate(self, quote_id: int) -> int:
        """A new draft with the same customer and lines, dated today. Returns its id."""
        source = self._records.card(Kind.QUOTE, quote_id)
        values = {key: source.values[key] for key in _COPIED if source.values[key] is not None}
        values |= {k: v for k, v in source.values.items() if k.startswith("custom.") and v}
        dated, until = source.values["dated"], source.values["valid_until"]
        if dated and until and until >= dated:
            values["valid_until"] = self._clock.today() + (until - dated)
        with self._book.write("gesture.quote_duplicated", name=source.ref.title) as writing:
            session = writing.session
            copied = self._records.insert(session, Kind.QUOTE, values)
            line_rows.copy(session, source.ref, Ref(Kind.QUOTE, copied))
            line_rows.recalculate(session, Kind.QUOTE, copied)
            return copied

    def send(self, quote_id: int) -> None:
        """Mark as sent: the PDF is frozen as the customer gets it, the content read-only.

        Refused: "document.no_lines", "document.no_customer", "paper.uncovered".
        """
        with self._book.write("gesture.quote_sent", name=self._named(quote_id)) as writing:
            self.issue(writing.session, quote_id)

    def issue(self, session: Session, quote_id: int) -> None:
        """What sending does, within somebody's gesture."""
        values = self._card(session, quote_id).values
        self._require_state(values, DRAFT)
        if not (values["company"] or values["person"]):
            raise Refused("document.no_customer", number=values["number"] or "")
        if not line_rows.of(session, Kind.QUOTE, quote_id):
            raise Refused("document.no_lines", number=values["number"] or "")
        self._freeze(session, quote_id)
        stamps = {"state": "sent", "sent_at": self._clock.now(), "closed_at": None}
        self._records.change(session, Kind.QUOTE, [quote_id], stamps)
        self._value_opportunity(session, values)

    def _value_opportunity(self, session: Session, quote: Mapping[str, Any]) -> None:
        """An opportunity nobody has valued yet is worth what was offered."""
        if quote["opportunity"] is None:
            return
        record_id = quote["opportunity"].id
        card = self._records.reader(session, Kind.OPPORTUNITY).card(record_id)
        if card.values["amount"] is None:
            worth = {"amount": quote["total"], "currency": quote["currency"]}
            self._records.change(session, Kind.OPPORTUNITY, [record_id], worth)

    def accept(self, quote_id: int) -> None:
        """The customer said yes; that makes it a customer."""
        self._answer("gesture.quote_accepted", quote_id, "accepted")

    def decline(self, quote_id: int) -> None:
        """The customer said no."""
        self._answer("gesture.quote_declined", quote_id, "declined")

    def reopen(self, quote_id: int) -> None:
        """Take an answer back: the quote is with the customer again."""
        values = self._records.card(Kind.QUOTE, quote_id).values
        self._require_state(values, "accepted", "declined", "expired")
        stamps = {"state": "sent", "closed_at": None}
        self._change("gesture.quote_reopened", quote_id, stamps)

    def expire_due(self) -> int:
        """Mark sent quotes whose last day has passed; returns how many. Once a day is enough."""
        due = self._records.ids(
            Kind.QUOTE,
            Query().also(
                Condition("state", Op.IS, "sent"),
                Condition("valid_until", Op.BEFORE, self._clock.today()),
            ),
        )
        if due:
            with self._book.write("gesture.quotes_expired", origin="system") as writing:
                stamps = {"state": "expired", "closed_at": self._clock.now()}
                self._records.change(writing.session, Kind.QUOTE, due, stamps)
        return len(due)

    def revise(self, quote_id: int) -> int:
        """Open what was sent as the next revision, a draft under the same number.

        What was issued stays as it is. Returns the number of the new revision.
        """
        values = self._records.card(Kind.QUOTE, quote_id).values
        self._require_state(values, "sent", "accepted", "declined", "expired")
        revision: int = values["revision"] + 1
        today, until = self._clock.today(), values["valid_until"]
        changes: dict[str, Any] = {
            "state": DRAFT,
            "revision": revision,
            "dated": today,
            "sent_at": None,
            "closed_at": None,
        }
        if until is not None and until < today:
            changes["valid_until"] = today + timedelta(days=self._business.trade().valid_days)
        self._change("gesture.quote_revised", quote_id, changes)
        return revision

    def price_memory(self, product_id: int, quote_id: int) -> PriceMemory:
        """What to know while the price of a product is typed into a quote."""
        with self._book.read() as session:
            values = self._card(session, quote_id).values
            return product_rows.price_memory(
                session,
                product_id,
                quote_id=quote_id,
                customer=values["company"] or values["person"],
                currency=values["currency"],
            )

    def checks(self, quote_id: int) -> tuple[Problem, ...]:
        """What to look at before sending; none of it stops the user. `field` "line.ID" or a key."""
        found = []
        shown = self.card(quote_id)
        values = shown.card.values
        if not self._business.own_company().name:
            found.append(Problem("document.check_no_seller"))
        if not (values["company"] or values["person"]):
            found.append(Problem("document.check_no_customer", "company"))
        if values["valid_until"] and values["valid_until"] < self._clock.today():
            found.append(Problem("document.check_valid_until", "valid_until"))
        for line in shown.lines:
            field, args = f"line.{line.id}", {"name": line.name}
            if not line.price:
                found.append(Problem("document.check_no_price", field, args))
            if line.product is None:
                continue
            memory = self.price_memory(line.product.id, quote_id)
            each = product_rows.unit_price(line.amount, line.quantity, line.price)
            net = each / (1 + line.tax_rate / 100) if values["tax_included"] else each
            if memory.cost is not None and net < memory.cost:
                found.append(Problem("document.check_below_cost", field, args))
            for other in memory.others:
                if other.unit_price != each:
                    args = {**args, "number": other.ref.title}
                    found.append(Problem("document.check_other_price", field, args))
                    break
        return tuple(found)

    def insert(
        self, session: Session, values: Mapping[str, Any], lines: Iterable[LineDraft]
    ) -> int:
        """A new draft with its lines, within somebody's gesture. Returns its id."""
        quote_id = self._records.insert(session, Kind.QUOTE, values)
        for draft in lines:
            self._add(session, quote_id, draft)
        line_rows.recalculate(session, Kind.QUOTE, quote_id)
        return quote_id

    def _answer(self, title: str, quote_id: int, state: str) -> None:
        values = self._records.card(Kind.QUOTE, quote_id).values
        self._require_state(values, "sent", "expired", "accepted", "declined")
        self._change(title, quote_id, {"state": state, "closed_at": self._clock.now()})

    def _paper(self, session: Session, record_id: int, *, final: bool) -> Paper:
        return self._papers.quote(session, record_id, draft=not final)
