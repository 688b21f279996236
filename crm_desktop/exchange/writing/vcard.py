"""vCards 3.0 (RFC 2426) and 4.0 (RFC 6350) of people and companies.

A lunar birthday has no place in either: it stands in the note, in words, and in a property of
our own that an import reads back. What phones read in practice decides where the two differ.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.fields import Address
from crm_desktop.domain.portraits import picture_format
from crm_desktop.domain.vcards import CardVersion
from crm_desktop.exchange.writing.content_lines import line, several, text
from crm_desktop.exchange.writing.whole import whole_file
from crm_desktop.progress import NO_PROGRESS, Progress

LUNAR_BIRTHDAY = "X-CRM-LUNAR-BIRTHDAY"
LUNAR_NOTE = "X-CRM-LUNAR-NOTE"
"""The line of the note that tells the lunar birthday: an import leaves it out again."""
_GENDERS = {"M": "Male", "F": "Female"}
_NO_YEAR = 1604  # a leap year; phones know it as "no year" by the parameter beside it


@dataclass(frozen=True, slots=True)
class Card:
    """What a card holds. Empty texts and tuples are left out."""

    uid: str
    name: str
    family: str = ""
    given: str = ""
    reading: str = ""
    organisation: tuple[str, ...] = ()  # the company, its department
    is_organisation: bool = False
    title: str = ""
    gender: str = ""  # M, F
    mobiles: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    faxes: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    websites: tuple[str, ...] = ()
    handles: tuple[tuple[str, str], ...] = ()  # (wechat, name), (qq, number), (handle, Skype: name)
    addresses: tuple[Address, ...] = ()
    birthday: Birthday | None = None
    lunar_words: str = ""  # the lunar birthday as its reader writes it
    tags: tuple[str, ...] = ()
    notes: str = ""
    changed: str = ""  # 20261120T010000Z
    photo: bytes = b""


def write_cards(
    path: Path,
    cards: Iterable[Card],
    version: CardVersion = CardVersion.THREE,
    *,
    count: int = 0,
    progress: Progress = NO_PROGRESS,
) -> int:
    """Write cards into one file, UTF-8; returns how many. Refuses what `whole_file` refuses."""
    done = 0
    with whole_file(path) as file:
        for card in cards:
            file.write(card_bytes(card, version))
            done += 1
            progress.step(done, count)
    return done


def card_bytes(card: Card, version: CardVersion = CardVersion.THREE) -> bytes:
    """One card."""
    four = version is CardVersion.FOUR
    lines = [line("BEGIN", "VCARD"), line("VERSION", version.value)]
    if card.uid:
        lines.append(line("UID", f"urn:uuid:{card.uid}" if four else card.uid))
    lines += [
        line("FN", text(card.name)),
        line("N", several((card.family, card.given, "", "", ""))),
    ]
    if card.is_organisation:
        lines.append(line("KIND", "org") if four else line("X-ABShowAs", "COMPANY"))
    for name, value in (
        ("X-PHONETIC-NAME", card.reading),
        ("TITLE", card.title),
        *(("URL", one) for one in card.websites),
        *((f"X-{name.upper()}", one) for name, one in card.handles),
    ):
        if value:
            lines.append(line(name, text(value)))
    if any(card.organisation):
        lines.append(line("ORG", several(card.organisation)))
    if card.gender:
        # Version 3 has no place for it: other programs write and read this one.
        spelled = _GENDERS.get(card.gender, card.gender)
        lines.append(line("GENDER", card.gender) if four else line("X-GENDER", spelled))
    lines += _points(card, four=four)
    lines += [_address(address) for address in card.addresses]
    lines += _birthday(card, four=four)
    if card.tags:
        lines.append(line("CATEGORIES", several(card.tags, ",")))
    notes = "\n".join(one for one in (card.notes, card.lunar_words) if one)
    if notes:
        lines.append(line("NOTE", text(notes)))
    lines += _photo(card.photo, four=four)
    if card.changed:
        lines.append(line("REV", card.changed))
    lines.append(line("END", "VCARD"))
    return b"".join(lines)


def _points(card: Card, *, four: bool) -> list[bytes]:
    kinds = (("cell", card.mobiles), ("work,voice", card.phones), ("work,fax", card.faxes))
    lines: list[bytes] = []
    for kind, numbers in kinds:
        name = f'TEL;TYPE="{kind}"' if four and "," in kind else f"TEL;TYPE={kind}"
        lines += [line(name if four else name.upper(), text(number)) for number in numbers]
    mail = "EMAIL;TYPE=work" if four else "EMAIL;TYPE=INTERNET"
    return lines + [line(mail, text(one)) for one in card.mails]


def _address(one: Address) -> bytes:
    town = f"{one.city}{one.district}" if not one.city.isascii() else one.city
    street = (
        one.line if not one.city.isascii() or not one.district else f"{one.line}, {one.district}"
    )
    parts = ("", "", street, town, one.province, one.postcode, one.country)
    return line("ADR;TYPE=work", several(parts))


def _birthday(card: Card, *, four: bool) -> list[bytes]:
    day = card.birthday
    if day is None:
        return []
    if day.lunar:
        told = [line(LUNAR_NOTE, text(card.lunar_words))] if card.lunar_words else []
        return [line(LUNAR_BIRTHDAY, text(day.text())), *told]
    if day.year is not None:
        dashed = f"{day.year:04}-{day.month:02}-{day.day:02}"
        return [line("BDAY", dashed.replace("-", "") if four else dashed)]
    if four:
        return [line("BDAY", f"--{day.month:02}{day.day:02}")]
    omitted = f"BDAY;X-APPLE-OMIT-YEAR={_NO_YEAR}"
    return [line(omitted, f"{_NO_YEAR}-{day.month:02}-{day.day:02}")]


def _photo(data: bytes, *, four: bool) -> list[bytes]:
    sort = picture_format(data)
    if not sort:
        return []
    coded = base64.b64encode(data).decode("ascii")
    if four:
        return [line("PHOTO", f"data:image/{sort};base64,{coded}")]
    return [line(f"PHOTO;ENCODING=b;TYPE={sort.upper()}", coded)]
