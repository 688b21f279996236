"""What one address card says, in the columns of a list of people.

The properties are those of RFC 6350 and of vCard 2.1 and 3.0, with the additions of Android,
Apple and Outlook. What has no column of its own goes to the notes with its name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crm_desktop.domain.fields import address_text
from crm_desktop.exchange.reading.content_lines import ContentLine
from crm_desktop.exchange.reading.facts import Row

HEADERS = (
    "Name",
    "Family name",
    "Given name",
    "Phonetic name",
    "Gender",
    "Company",
    "Department",
    "Job title",
    "Mobile",
    "Phone",
    "Fax",
    "Email",
    "WeChat",
    "QQ",
    "Other account",
    "Website",
    "Address",
    "City",
    "Province",
    "Postal code",
    "Country",
    "Address 2",
    "Address 3",
    "Address 4",
    "Birthday",
    "Tags",
    "Notes",
)
"""Words that the guessing of columns knows."""

_IDEOGRAPH = re.compile(r"[㐀-鿿豈-﫿぀-ヿ가-힣]")
_ADDRESS = re.compile(r"<([^<>@\s]+@[^<>\s]+)>")
_DAY = re.compile(r"^(\d{4})-?(\d\d)-?(\d\d)(?:T.*)?$")
_YEARLESS = re.compile(r"^--(\d\d)-?(\d\d)(?:T.*)?$")
_APPLE_LABEL = re.compile(r"^_\$!<(.*)>!\$_$")
_GENDERS = {"M": "male", "F": "female", "MALE": "male", "FEMALE": "female"}
_MORE_ADDRESSES = ("Address 2", "Address 3", "Address 4")
_NAMELESS = ("Email", "Mobile", "Phone")
_MOBILE = frozenset({"CELL", "IPHONE", "MOBILE"})
_NOT_SPOKEN = frozenset({"PAGER", "MODEM", "BBS", "TLX", "ISDN"})
_CHATS = {
    "X-WECHAT": "WeChat",
    "X-WEIXIN": "WeChat",
    "X-QQ": "QQ",
    "X-TENCENT": "QQ",
    "X-HANDLE": "Other account",
}
_TOLD = {
    "NICKNAME": "Nickname",
    "ROLE": "Role",
    "ANNIVERSARY": "Anniversary",
    "X-ANNIVERSARY": "Anniversary",
    "X-SPOUSE": "Spouse",
    "X-AIM": "AIM",
    "X-ICQ": "ICQ",
    "X-JABBER": "Jabber",
    "X-MSN": "MSN",
    "X-YAHOO": "Yahoo",
    "X-SKYPE": "Skype",
    "X-SKYPE-USERNAME": "Skype",
    "X-GOOGLE-TALK": "Google Talk",
    "X-SIP": "SIP",
    "IMPP": "Chat",
    "RELATED": "Related",
    "X-ABRELATEDNAMES": "Related",
    "X-ABDATE": "Date",
}


class _Sheet:
    """The cells of one row, filled from any side."""

    def __init__(self) -> None:
        self._cells: dict[str, list[str]] = {}

    def add(self, header: str, value: str) -> None:
        kept = self._cells.setdefault(header, [])
        if value and value not in kept:
            kept.append(value)

    def once(self, header: str, value: str, name: str) -> None:
        """Where a column takes one value the next ones are told in the notes."""
        if self.first(header) in ("", value):
            self.add(header, value)
        elif value:
            self.add("Notes", f"{name}: {value}")

    def first(self, header: str) -> str:
        return next(iter(self._cells.get(header, ())), "")

    def row(self) -> Row:
        return tuple("\n".join(self._cells.get(header, ())) or None for header in HEADERS)


def row_of(card: Sequence[ContentLine]) -> Row:
    """The cells under `HEADERS`; several values of one column stand on lines of their own."""
    sheet = _Sheet()
    labels = {
        line.group: _APPLE_LABEL.sub(r"\1", line.text())
        for line in card
        if line.group and line.name == "X-ABLABEL"
    }
    ours = {line.text() for line in card if line.name == "X-CRM-LUNAR-NOTE"}
    for line in card:
        if line.name == "NOTE" and ours:
            told = "\n".join(one for one in line.text().split("\n") if one not in ours)
            sheet.add("Notes", told)
        elif not line.binary:
            _take(line, labels.get(line.group, ""), sheet)
    _name(card, sheet)
    return sheet.row()


def _take(line: ContentLine, label: str, sheet: _Sheet) -> None:
    match line.name:
        case "ORG":
            company, *units = line.parts()
            sheet.once("Company", company, "Company")
            sheet.once("Department", " / ".join(unit for unit in units if unit), "Department")
        case "TITLE":
            sheet.once("Job title", line.text(), "Job title")
        case "TEL":
            _phone(line, sheet)
        case "EMAIL":
            found = _ADDRESS.search(line.text())
            sheet.add("Email", found[1] if found else line.text().removeprefix("mailto:"))
        case "ADR":
            _address(line, sheet)
        case "URL":
            sheet.add("Website", line.text())
        case "BDAY":
            sheet.once("Birthday", _day(line), "Birthday")
        case "X-CRM-LUNAR-BIRTHDAY":
            sheet.once("Birthday", line.text(), "Birthday")
        case "GENDER" | "X-GENDER":
            word = line.parts()[0]
            sheet.once("Gender", _GENDERS.get(word.upper(), word), "Gender")
        case "CATEGORIES":
            for tag in line.parts(","):
                sheet.add("Tags", tag)
        case "NOTE":
            sheet.add("Notes", line.text())
        case _:
            _other(line, label, sheet)


def _other(line: ContentLine, label: str, sheet: _Sheet) -> None:
    text = line.text()
    scheme, _, rest = text.partition(":")
    chat = _CHATS.get(line.name) or (
        _CHATS.get(f"X-{scheme.upper()}") if line.name == "IMPP" and rest else None
    )
    if chat:
        sheet.add(chat, rest if line.name == "IMPP" else text)
    elif line.name in _TOLD and text:
        sheet.add("Notes", f"{label or _TOLD[line.name]}: {text.replace(';', ' ').strip()}")


def _phone(line: ContentLine, sheet: _Sheet) -> None:
    text = line.text()
    scheme, colon, number = text.partition(":")
    if colon and scheme.lower() != "tel":
        sheet.add("Notes", text)  # sip:
        return
    number = (number if colon else text).replace(";ext=", " ext ")
    types = line.types
    if types & _NOT_SPOKEN:
        sheet.add("Notes", f"{min(types & _NOT_SPOKEN).title()}: {number}")
    elif "FAX" in types:
        sheet.add("Fax", number)
    else:
        sheet.add("Mobile" if types & _MOBILE else "Phone", number)


def _address(line: ContentLine, sheet: _Sheet) -> None:
    parts = (line.parts() + [""] * 7)[:7]
    box, extra, street, city, province, postcode, country = parts
    street = ", ".join(part for part in (street, extra, box) if part).replace("\n", ", ")
    if any(sheet.first(header) for header in ("Address", "City", "Province", "Country")):
        # In one cell, as the program itself would write it, and what it would leave out behind.
        whole = address_text(street, "", city, province, postcode, country)
        rest = (part for part in (postcode, country) if part and part not in whole)
        told = ", ".join(part for part in (whole, *rest) if part)
        free = (header for header in _MORE_ADDRESSES if sheet.first(header) in ("", told))
        sheet.add(next(free, "Notes"), told)
        return
    places = zip(
        ("Address", "City", "Province", "Postal code", "Country"),
        (street, city, province, postcode, country),
        strict=True,
    )
    for header, value in places:
        sheet.add(header, value)


def _day(line: ContentLine) -> str:
    """A birthday as year-month-day, or month-day where the year is not told."""
    text = line.text()
    found = _DAY.match(text)
    if found:
        # Phones write a year long past where they were given none, and say which.
        told = line.params.get("X-APPLE-OMIT-YEAR", ())
        return f"{found[2]}-{found[3]}" if found[1] in told else "-".join(found.groups())
    yearless = _YEARLESS.match(text)
    return f"{yearless[1]}-{yearless[2]}" if yearless else text


def _name(card: Sequence[ContentLine], sheet: _Sheet) -> None:
    lines = {line.name: line for line in reversed(card)}  # the first of each
    named = lines["N"].parts() if "N" in lines else []
    family, given, middle, prefix, suffix = (named + [""] * 5)[:5]
    full = lines["FN"].text() if "FN" in lines else ""
    if _is_firm(lines, full, sheet.first("Company"), bool(family or given)):
        sheet.once("Company", full, "Company")
        return
    if not full and _IDEOGRAPH.search(family + given):
        full = family + middle + given
    elif not full:
        full = " ".join(part for part in (prefix, given, middle, family, suffix) if part)
    if full and family and given:
        sheet.add("Family name", family)
        sheet.add("Given name", f"{given} {middle}".strip())
    spoken = ("X-PHONETIC-LAST-NAME", "X-PHONETIC-FIRST-NAME", "X-PHONETIC-NAME")
    sheet.add("Phonetic name", " ".join(lines[key].text() for key in spoken if key in lines))
    nickname = lines["NICKNAME"].text() if "NICKNAME" in lines else ""
    # What a telephone shows for a card without a name.
    shown = (full, nickname, *map(sheet.first, _NAMELESS))
    if full or not sheet.first("Company"):
        sheet.add("Name", next((word for word in shown if word), ""))


def _is_firm(lines: dict[str, ContentLine], full: str, company: str, parted: bool) -> bool:
    """Whether the card is of a firm: it says so, or its only name is that of the firm."""
    said = [lines[key].text().upper() for key in ("KIND", "X-ABSHOWAS") if key in lines]
    return "ORG" in said or "COMPANY" in said or (not parted and full != "" and full == company)
