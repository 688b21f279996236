"""Documents as they are printed: the record, its lines and both parties put on paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from crm_desktop.data import lines as line_rows
from crm_desktop.data.session import Session
from crm_desktop.documents import placeholders
from crm_desktop.documents.amounts import english_words, with_sign
from crm_desktop.documents.contract_pdf import contract_pdf
from crm_desktop.documents.paper import (
    PARTY_PARTS,
    ContractPaper,
    Language,
    PaperLine,
    PaperTotals,
    Party,
    QuotePaper,
)
from crm_desktop.documents.quote_pdf import quote_pdf
from crm_desktop.documents.snapshots import Paper
from crm_desktop.domain.capitals import rmb_capitals
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.document_lines import LineCard
from crm_desktop.domain.issuing import Blank
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.records import Card
from crm_desktop.domain.totals import Totals
from crm_desktop.services.business import Business
from crm_desktop.services.records import Records
from crm_desktop.words import Words


def printed(paper: Paper) -> bytes:
    """The PDF of a paper; the same paper gives the same bytes."""
    return quote_pdf(paper) if isinstance(paper, QuotePaper) else contract_pdf(paper)


class Papers:
    """Makes papers of records, within somebody's session."""

    def __init__(self, records: Records, business: Business, clock: Clock) -> None:
        self._records = records
        self._business = business
        self._clock = clock

    def quote(self, session: Session, quote_id: int, *, draft: bool) -> QuotePaper:
        """A quote as it stands now."""
        card = self._card(session, Kind.QUOTE, quote_id)
        values = card.values
        worked_out = line_rows.totals_of(session, Kind.QUOTE, quote_id)
        return QuotePaper(
            number=values["number"] or "",
            dated=values["dated"] or self._clock.today(),
            seller=self.seller(values["language"]),
            customer=self.customer(session, values),
            lines=self._lines(session, Kind.QUOTE, quote_id),
            totals=PaperTotals.of(worked_out, discount_percent=values["discount_percent"]),
            language=cast(Language, values["language"]),
            currency=values["currency"],
            title=values["title"] or "",
            revision=values["revision"],
            valid_until=values["valid_until"],
            terms=values["terms"] or "",
            notes=values["notes"] or "",
            logo=self._business.logo(),
            draft=draft,
        )

    def contract(
        self, session: Session, contract_id: int, *, draft: bool, blanks: bool
    ) -> ContractPaper:
        """A contract as it stands now; `blanks` shows what is not filled yet as 【…】."""
        card = self._card(session, Kind.CONTRACT, contract_id)
        values = card.values
        worked_out = line_rows.totals_of(session, Kind.CONTRACT, contract_id)
        lines = self._lines(session, Kind.CONTRACT, contract_id)
        body = placeholders.fill(values["body"] or "", self._known(session, card, worked_out))
        if blanks:
            body = placeholders.fill(body, _shown_blanks(body, values["language"]))
        return ContractPaper(
            number=values["number"] or "",
            dated=values["dated"] or self._clock.today(),
            first=self.customer(session, values),
            second=self.seller(values["language"]),
            body=body,
            title=values["title"] or "",
            lines=lines,
            totals=PaperTotals.of(worked_out, discount_percent=values["discount_percent"])
            if lines
            else None,
            language=cast(Language, values["language"]),
            currency=values["currency"],
            revision=values["revision"],
            start=values["start"],
            end=values["end"],
            notes=values["notes"] or "",
            logo=self._business.logo(),
            draft=draft,
        )

    def known(self, session: Session, contract_id: int) -> dict[str, str]:
        """What fills the placeholders of a contract by itself, by name."""
        card = self._card(session, Kind.CONTRACT, contract_id)
        worked_out = line_rows.totals_of(session, Kind.CONTRACT, contract_id)
        return self._known(session, card, worked_out)

    def blanks(self, session: Session, contract_id: int) -> tuple[Blank, ...]:
        """The placeholders of the body that nothing fills yet, with their places."""
        card = self._card(session, Kind.CONTRACT, contract_id)
        known = self.known(session, contract_id)
        return tuple(
            Blank(found.name, found.start, found.end)
            for found in placeholders.find(card.values["body"] or "")
            if not known.get(found.name)
        )

    def seller(self, language: str) -> Party:
        """The firm itself."""
        own = self._business.own_company()
        return Party(
            name=(own.english_name if language == "en" else "") or own.name,
            address=own.address,
            contact=own.contact,
            phone=own.phone,
            email=own.email,
            website=own.website,
            tax_number=own.tax_number,
            bank=own.bank_name,
            account=own.bank_account,
            second_name=own.english_name if language == "bi" else "",
        )

    def customer(self, session: Session, values: Mapping[str, Any]) -> Party:
        """The other side: the company with its contact, or the person alone."""
        company = self._linked(session, values["company"])
        person = self._linked(session, values["person"])
        of_person = {
            "phone": _first(person, "mobile") or _first(person, "phone"),
            "email": _first(person, "email"),
        }
        if company is None:
            name = values["person"].title if values["person"] else ""
            return Party(name=name, address=_address(person), **of_person)
        return Party(
            name=company["name"] or "",
            address=_address(company),
            contact=values["person"].title if values["person"] else "",
            phone=of_person["phone"] or _first(company, "phone") or _first(company, "mobile"),
            email=of_person["email"] or _first(company, "email"),
            tax_number=company["tax_number"] or "",
            bank=company["bank_name"] or "",
            account=company["bank_account"] or "",
        )

    def _card(self, session: Session, kind: Kind, record_id: int) -> Card:
        return self._records.reader(session, kind).card(record_id)

    def _linked(self, session: Session, ref: Ref | None) -> Mapping[str, Any] | None:
        return None if ref is None else self._card(session, ref.kind, ref.id).values

    def _lines(self, session: Session, kind: Kind, owner_id: int) -> tuple[PaperLine, ...]:
        found = line_rows.of(session, kind, owner_id)
        products = [line.product.id for line in found if line.product]
        codes = line_rows.product_codes(session, products)
        return tuple(_paper_line(line, codes) for line in found)

    def _known(self, session: Session, card: Card, worked_out: Totals) -> dict[str, str]:
        values, language = card.values, card.values["language"]
        words = Words("en" if language == "en" else "zh")
        currency, total = worked_out.currency, worked_out.total
        known: dict[str, str] = dict(self._business.get("contract_values", {}))
        known |= {
            "number": values["number"] or "",
            "title": values["title"] or "",
            "currency": currency,
        }
        for key in ("dated", "start", "end"):
            known[key] = _day(values[key], words)
        if worked_out.lines:
            known |= {
                "subtotal": with_sign(worked_out.subtotal, currency),
                "tax": with_sign(worked_out.tax, currency),
                "total": with_sign(total, currency),
                "total_words": english_words(total, currency),
                "total_capitals": rmb_capitals(total)
                if currency == "CNY"
                else english_words(total, currency),
            }
        for side, party in (
            ("seller", self.seller(language)),
            ("customer", self.customer(session, values)),
        ):
            for name in PARTY_PARTS:
                known[f"{side}_{name}"] = getattr(party, name)
        return {name: text for name, text in known.items() if text}


def placeholder_name(name: str, words: Words) -> str:
    """What a placeholder is called: in words where it is a shipped one."""
    key = f"document.placeholder.{name}"
    return words.text(key) if words.has(key) else name


def _shown_blanks(body: str, language: str) -> dict[str, str]:
    words = Words("en" if language == "en" else "zh")
    return {
        name: words.text("document.blank", name=placeholder_name(name, words))
        for name in placeholders.unfilled(body)
    }


def _paper_line(line: LineCard, codes: Mapping[int, str]) -> PaperLine:
    return PaperLine(
        description=line.name,
        quantity=line.quantity,
        price=line.price,
        amount=line.amount,
        unit=line.unit,
        code=codes.get(line.product.id, "") if line.product else "",
        detail=line.description,
        discount_percent=line.discount_percent or None,
        discount_amount=line.discount_amount or None,
        tax_rate=line.tax_rate,
    )


def _first(values: Mapping[str, Any] | None, key: str) -> str:
    several = values[key] if values else ()
    return str(several[0]) if several else ""


def _address(values: Mapping[str, Any] | None) -> str:
    several = values["address"] if values else ()
    return several[0].text() if several else ""


def _day(day: date | None, words: Words) -> str:
    if day is None:
        return ""
    return words.text("document.day", year=day.year, month=day.month, day=day.day)
