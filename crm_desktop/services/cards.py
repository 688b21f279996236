"""People as address cards: to save as a file, to scan with a phone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from crm_desktop.documents.vcard import CardOfPerson, qr_code, vcard
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.services.records import Records

Modules = tuple[tuple[bool, ...], ...]


class Cards:
    """Made of what is stored now."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def vcard(self, person_id: int) -> str:
        """The whole card as text. Refused("record.gone") where there is no such person."""
        return vcard(self._card(person_id))

    def qr_code(self, person_id: int) -> Modules:
        """The card as a QR code; addresses stay away, and where it is still too long all but
        name, firm, first phone and first mail: the smaller the code, the surer the scan.
        """
        card = replace(self._card(person_id), addresses=())
        try:
            return qr_code(vcard(card))
        except ValueError:
            return qr_code(
                vcard(
                    CardOfPerson(
                        card.name[:80],
                        company=card.company[:120],
                        mobiles=card.mobiles[:1],
                        emails=card.emails[:1],
                    )
                )
            )

    def _card(self, person_id: int) -> CardOfPerson:
        values = self._records.card(Kind.PERSON, person_id).values
        company: Any = values["company"]
        return CardOfPerson(
            name=values["name"],
            family=values["family_name"] or "",
            given=values["given_name"] or "",
            company=company.title if isinstance(company, Ref) else "",
            department=values["department"] or "",
            title=values["title"] or "",
            mobiles=values["mobile"],
            phones=values["phone"],
            emails=values["email"],
            websites=values["website"],
            addresses=values["address"],
        )
