"""People and companies as address cards: to save as a file, to scan with a phone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from crm_desktop.documents.qr import qr_code
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.exchange.writing.vcard import Card, card_bytes
from crm_desktop.services.records import Records

Modules = tuple[tuple[bool, ...], ...]


class Cards:
    """Made of what is stored now: only what one gives away, no birthday, notes or tags."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def vcard(self, ref: Ref) -> bytes:
        """The whole card (vCard 3.0). Refused("record.gone") where there is no such record."""
        return card_bytes(self._card(ref))

    def qr_code(self, ref: Ref) -> Modules:
        """The card as a QR code; addresses stay away, and where it is still too long all but
        name, firm, first phone and first mail: the smaller the code, the surer the scan.
        """
        card = replace(self._card(ref), addresses=())
        try:
            return _code(card)
        except ValueError:
            return _code(_shortest(card))

    def _card(self, ref: Ref) -> Card:
        values = self._records.card(ref.kind, ref.id).values
        name: str = values["name"]
        points = {
            "mobiles": values["mobile"],
            "phones": values["phone"],
            "faxes": values["fax"],
            "mails": values["email"],
            "websites": values["website"],
            "addresses": values["address"],
        }
        if ref.kind is Kind.COMPANY:
            return Card("", name, organisation=(name,), is_organisation=True, **points)
        company: Any = values["company"]
        firm = company.title if isinstance(company, Ref) else ""
        family, given = values["family_name"] or "", values["given_name"] or ""
        return Card(
            "",
            name,
            family=family if family or given else name,  # some phones show nothing but these
            given=given,
            organisation=tuple(part for part in (firm, values["department"]) if part),
            title=values["title"] or "",
            **points,
        )


def _code(card: Card) -> Modules:
    return qr_code(card_bytes(card).decode())


def _shortest(card: Card) -> Card:
    whole = not card.given
    return Card(
        "",
        card.name[:80],
        family=(card.name if whole and not card.is_organisation else card.family)[:80],
        given=card.given[:80],
        organisation=tuple(part[:120] for part in card.organisation[:1]),
        is_organisation=card.is_organisation,
        mobiles=card.mobiles[:1],
        phones=() if card.mobiles else card.phones[:1],
        mails=card.mails[:1],
    )
