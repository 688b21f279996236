"""Contracts: made from a quote or an opportunity, filled, agreed, in force, ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from crm_desktop.data import issued as issued_rows
from crm_desktop.data import lines as line_rows
from crm_desktop.data import numbers
from crm_desktop.data.activities import context_of
from crm_desktop.data.book import Book
from crm_desktop.data.session import Session
from crm_desktop.documents import placeholders
from crm_desktop.documents.snapshots import Paper
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.document_lines import LineDraft
from crm_desktop.domain.issuing import CONTRACT_STEPS, DRAFT, Blank, ContractCard, Ending
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.domain.text import clean
from crm_desktop.services.business import Business
from crm_desktop.services.lists import Lists
from crm_desktop.services.paper_desk import PaperDesk
from crm_desktop.services.papers import Papers, printed
from crm_desktop.services.records import Records
from crm_desktop.services.templates import CONTRACT, Templates
from crm_desktop.words import Words

_FROM_QUOTE = (
    "title",
    "company",
    "person",
    "opportunity",
    "currency",
    "tax_included",
    "discount_percent",
    "discount_amount",
    "language",
    "in_charge",
)
_FROM_OPPORTUNITY = ("title", "company", "person", "currency", "in_charge")
_IN_FORCE = ("signed", "in_force")


class Contracts(PaperDesk):
    """What the user does with contracts; each change is one gesture."""

    kind = Kind.CONTRACT

    def __init__(
        self,
        book: Book,
        clock: Clock,
        *,
        records: Records,
        lists: Lists,
        business: Business,
        papers: Papers,
        templates: Templates,
    ) -> None:
        super().__init__(
            book, clock, records=records, lists=lists, business=business, papers=papers
        )
        self._templates = templates

    def next_number(self) -> str:
        """The number the next contract will get."""
        with self._book.read() as session:
            pattern = self._business.trade().contract_number
            return numbers.peek(session, Kind.CONTRACT, pattern, self._clock.today())

    def card(self, contract_id: int) -> ContractCard:
        """Everything an editor shows. Refused("record.gone") where there is none."""
        with self._book.read() as session:
            card = self._card(session, contract_id)
            return ContractCard(
                card=card,
                lines=line_rows.of(session, Kind.CONTRACT, contract_id),
                totals=line_rows.totals_of(session, Kind.CONTRACT, contract_id),
                issued=issued_rows.of(session, Kind.CONTRACT, contract_id),
                editable=card.values["state"] == DRAFT,
                steps=CONTRACT_STEPS[card.values["state"]],
            )

    def create(
        self,
        values: Mapping[str, Any],
        lines: Iterable[LineDraft] = (),
        *,
        template_id: int | None = None,
    ) -> int:
        """A new draft; without a body of its own it gets a template's, by kind and language."""
        ready = self._with_body(values, template_id)
        with self._book.write("gesture.contract_created", name=self.next_number()) as writing:
            session = writing.session
            contract_id = self._records.insert(session, Kind.CONTRACT, ready)
            for draft in lines:
                self._add(session, contract_id, draft)
            line_rows.recalculate(session, Kind.CONTRACT, contract_id)
            return contract_id

    def from_quote(self, quote_id: int, *, template_id: int | None = None) -> int:
        """A new draft with customer, lines and sums of a quote."""
        source = self._records.card(Kind.QUOTE, quote_id)
        values = _taken(source.values, _FROM_QUOTE)
        return self._from(source.ref, {**values, "quote": quote_id}, template_id)

    def from_opportunity(self, opportunity_id: int, *, template_id: int | None = None) -> int:
        """A new draft for an opportunity, with the lines of its newest quote, else its products."""
        source = self._records.card(Kind.OPPORTUNITY, opportunity_id)
        quotes = self._records.ids(
            Kind.QUOTE,
            Query(order=(("created_at", True),)).also(
                Condition("opportunity", Op.IS, opportunity_id),
                Condition("state", Op.ANY_OF, ("draft", "sent", "accepted")),
            ),
            limit=1,
        )
        if quotes:
            return self.from_quote(quotes[0], template_id=template_id)
        values = _taken(source.values, _FROM_OPPORTUNITY)
        ready = {**values, "opportunity": opportunity_id}
        lines = map(LineDraft.proposed, source.values["products"])
        return self._from(source.ref, ready, template_id, lines)

    def use_template(self, contract_id: int, template_id: int) -> None:
        """Put the text of a template in the place of the present one."""
        body = self._templates.get(template_id).body
        self._change("gesture.contract_text_set", contract_id, {"body": body})

    def missing(self, contract_id: int) -> tuple[Blank, ...]:
        """The {{placeholders}} of the body that nothing fills yet, with their places."""
        with self._book.read() as session:
            return self._papers.blanks(session, contract_id)

    def known(self, contract_id: int) -> dict[str, str]:
        """What fills placeholders by itself: sums, dates, parties, and the firm's usual values."""
        with self._book.read() as session:
            return self._papers.known(session, contract_id)

    def fill(self, contract_id: int, values: Mapping[str, str], *, remember: bool = False) -> None:
        """Write values into the text in the place of their placeholders.

        `remember` keeps them as the firm's usual ones, for every later contract.
        """
        cleaned = {name: clean(value).strip() for name, value in values.items()}
        given = {name: value for name, value in cleaned.items() if value}
        body = self._records.card(Kind.CONTRACT, contract_id).values["body"] or ""
        filled = {"body": placeholders.fill(body, given)}
        self._change("gesture.contract_filled", contract_id, filled)
        if remember and given:
            usual = self._business.get("contract_values", {})
            self._business.set("contract_values", {**usual, **given})

    def advance(
        self, contract_id: int, state: str, day: date | None = None, note: str = ""
    ) -> None:
        """Move a contract on, as of `day`, with a note for the timeline.

        Leaving the draft freezes the paper (Refused("paper.unfilled") while blanks are open)
        and makes it read-only; going back to the draft withdraws it.
        """
        when = day or self._clock.today()
        with self._book.write(
            "gesture.contract_advanced", name=self._named(contract_id), state=state
        ) as writing:
            session = writing.session
            present = self._card(session, contract_id).values
            if state not in CONTRACT_STEPS[present["state"]]:
                self._require_state(present)
            changes: dict[str, Any] = {"state": state}
            if state == "signed":
                changes["signed_on"] = when
            elif state == "in_force" and present["start"] is None:
                changes["start"] = when
            elif state == "ended":
                changes["end"] = when
            if present["state"] == DRAFT and self._is_written(session, contract_id, present):
                self._freeze(session, contract_id)
            self._records.change(session, Kind.CONTRACT, [contract_id], changes)
            if note.strip():
                self._log(session, contract_id, note.strip())

    def revise(self, contract_id: int) -> int:
        """Open a contract as the next revision, a draft under the same number.

        What was issued stays as it is. Returns the number of the new revision.
        """
        values = self._records.card(Kind.CONTRACT, contract_id).values
        self._require_state(values, *(set(CONTRACT_STEPS) - {DRAFT}))
        revision: int = values["revision"] + 1
        changes = {"state": DRAFT, "revision": revision, "signed_on": None}
        self._change("gesture.contract_revised", contract_id, changes)
        return revision

    def ending(self, days: int) -> tuple[Ending, ...]:
        """Contracts in force that end within `days`, or have ended already; soonest first."""
        today = self._clock.today()
        query = Query(order=(("end", False),)).also(
            Condition("state", Op.ANY_OF, _IN_FORCE),
            Condition("end", Op.BEFORE, today + timedelta(days=days + 1)),
        )
        keys = ("number", "company", "person", "title", "end", "total", "currency")
        rows = self._records.rows(Kind.CONTRACT, self._records.ids(Kind.CONTRACT, query), keys)
        found = []
        for row in rows:
            number, company, person, title, end, total, currency = row.values
            ref = Ref(Kind.CONTRACT, row.id, number or "")
            left = (end - today).days
            found.append(Ending(ref, company, person, title or "", end, left, total, currency))
        return tuple(found)

    def _from(
        self,
        source: Ref,
        values: dict[str, Any],
        template_id: int | None,
        lines: Iterable[LineDraft] = (),
    ) -> int:
        ready = self._with_body(values, template_id)
        if ready.get("title"):
            english, title = self._language(ready) == "en", str(ready["title"])
            if not english and title[-1].isascii():
                title += " "  # Latin letters keep off the Chinese ones that follow
            words = Words("en" if english else "zh")
            ready["title"] = words.text("document.contract_title", title=title)
        with self._book.write("gesture.contract_created", name=self.next_number()) as writing:
            session = writing.session
            contract_id = self._records.insert(session, Kind.CONTRACT, ready)
            if source.kind is Kind.QUOTE:
                line_rows.copy(session, source, Ref(Kind.CONTRACT, contract_id))
            for draft in lines:
                self._add(session, contract_id, draft)
            line_rows.recalculate(session, Kind.CONTRACT, contract_id)
            return contract_id

    def _with_body(self, values: Mapping[str, Any], template_id: int | None) -> dict[str, Any]:
        ready = dict(values)
        if ready.get("kind") is None:
            ready["kind"] = self._lists.by_code("contract_kind", "sales").id
        if template_id is not None:
            ready["body"] = self._templates.get(template_id).body
        elif not ready.get("body"):
            texts = self._templates.all(CONTRACT, self._language(ready))
            ready["body"] = texts[0].body if texts else None
        return ready

    def _language(self, values: Mapping[str, Any]) -> str:
        language: str = values.get("language") or self._business.trade().language
        return language

    def _is_written(self, session: Session, contract_id: int, values: Mapping[str, Any]) -> bool:
        """Whether there is a text to freeze; one known only by a scan has none."""
        return bool(values["body"] or line_rows.of(session, Kind.CONTRACT, contract_id))

    def _log(self, session: Session, contract_id: int, note: str) -> None:
        subject, _, rest = note.partition("\n")
        links = context_of(session, Ref(Kind.CONTRACT, contract_id))
        values = {
            "subject": subject,
            "outcome": rest.strip() or None,
            "type": self._lists.by_code("activity_type", "note").id,
            "state": "done",
            "done_at": self._clock.now(),
        }
        self._records.insert(session, Kind.ACTIVITY, {**links, **values})

    def _paper(self, session: Session, record_id: int, *, final: bool) -> Paper:
        return self._papers.contract(session, record_id, draft=not final, blanks=not final)

    def _pdf_to_save(self, record_id: int) -> bytes:
        """A file is for others: no blanks in it, even as a draft."""
        with self._book.read() as session:
            frozen = self._frozen(session, record_id)
            if frozen is not None:
                return frozen
            paper = self._papers.contract(session, record_id, draft=True, blanks=False)
        return printed(paper)


def _taken(values: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    return {key: values[key] for key in keys if values[key] is not None}
