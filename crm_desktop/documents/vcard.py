"""A person as an address card (vCard 3.0), and the card as a QR code a phone can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import segno

from crm_desktop.domain.fields import Address

_LONGEST_LINE = 75  # bytes, by RFC 2426; longer lines go on after a blank


@dataclass(frozen=True, slots=True)
class CardOfPerson:
    """What a card says; everything but the name may be empty."""

    name: str
    family: str = ""
    given: str = ""
    company: str = ""
    department: str = ""
    title: str = ""
    mobiles: Sequence[str] = ()
    phones: Sequence[str] = ()
    emails: Sequence[str] = ()
    websites: Sequence[str] = ()
    addresses: Sequence[Address] = ()


def vcard(card: CardOfPerson) -> str:
    """The text of the card, lines ended as the standard wants."""
    family, given = card.family, card.given
    if not family and not given:
        family = card.name
    lines = ["BEGIN:VCARD", "VERSION:3.0"]
    lines.append(f"N:{_text(family)};{_text(given)};;;")
    lines.append(f"FN:{_text(card.name)}")
    if card.company or card.department:
        organisation = ";".join(_text(part) for part in (card.company, card.department) if part)
        lines.append(f"ORG:{organisation}")
    if card.title:
        lines.append(f"TITLE:{_text(card.title)}")
    lines += [f"TEL;TYPE=CELL:{_text(number)}" for number in card.mobiles]
    lines += [f"TEL;TYPE=WORK:{_text(number)}" for number in card.phones]
    lines += [f"EMAIL:{_text(mail)}" for mail in card.emails]
    lines += [f"URL:{_text(site)}" for site in card.websites]
    for one in card.addresses:
        street = f"{one.district}{one.line}" if one.district else one.line
        parts = ("", "", street, one.city, one.province, one.postcode, one.country)
        lines.append(f"ADR;TYPE=WORK:{';'.join(_text(part) for part in parts)}")
    lines.append("END:VCARD")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def qr_code(text: str) -> tuple[tuple[bool, ...], ...]:
    """The dark and light modules of a QR code, row by row, without its quiet edge.

    ValueError where the text does not fit into one code (2,331 bytes at this correction).
    """
    try:
        made = segno.make_qr(text, error="m", encoding="utf-8")
    except segno.DataOverflowError as overflow:
        raise ValueError("the text is too long for a QR code") from overflow
    return tuple(tuple(bool(module) for module in row) for row in made.matrix)


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return " ".join(escaped.split()) if "\n" not in value else escaped.replace("\n", "\\n")


def _folded(line: str) -> str:
    """No line longer than the standard allows, never cut inside a character."""
    parts, size, part = [], 0, ""
    for letter in line:
        width = len(letter.encode())
        if size + width > _LONGEST_LINE:
            parts.append(part)
            part, size = " ", 1
        part += letter
        size += width
    return "\r\n".join([*parts, part])
