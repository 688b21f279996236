"""Address cards (vCard 2.1, 3.0, 4.0) as one sheet: a header, then one row a card."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crm_desktop.domain.portraits import usable
from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.reading.card_values import HEADERS, row_of
from crm_desktop.exchange.reading.charset import Charset, detect
from crm_desktop.exchange.reading.content_lines import ContentLine, content_lines
from crm_desktop.exchange.reading.facts import Limits, Row, SheetFacts

_LONGEST_LINE = 8 * 1024 * 1024  # bytes; a photo of a phone has two or three million
_TOO_LONG = re.compile(rb"[^\r\n]{%d,}" % _LONGEST_LINE)
_PHOTO = re.compile(rb"(?:[\w-]+\.)?PHOTO[;:]", re.IGNORECASE)
_NAMES_TOLD = 20


class AddressCards:
    """One file of cards. A card that says nothing is left out and counted."""

    def __init__(self, path: Path, limits: Limits, encoding: str = "") -> None:
        data = path.read_bytes()
        self.charset = Charset(encoding) if encoding else detect(data)
        name = self.charset.name
        if name.startswith("utf-16") or name.startswith("utf-32") or name == "utf-8-sig":
            data, name = data.decode(name, "replace").encode(), "utf-8"
        self.left_out = self.photos_left_out = self.damaged_characters = 0
        self.photos_left_out_of: list[str] = []
        self.photos: list[Any] = []
        """Row and picture of the cards that have one."""
        self._number = 1  # of the row; the header is the first
        rows = [
            row
            for card in _cards(_TOO_LONG.sub(_shortened, data), name)
            if (row := self._row(card))
        ]
        if not rows:
            raise Refused("reading.no_cards")
        used = [
            place for place in range(len(HEADERS)) if any(row[place] is not None for row in rows)
        ]
        self._rows: list[Row] = [tuple(HEADERS[place] for place in used)]
        self._rows += [tuple(row[place] for place in used) for row in rows]
        large = len(self._rows) > limits.rows
        self.facts = SheetFacts(path.stem, len(self._rows), len(used), too_large=large)

    def rows(self) -> Iterator[Row]:
        """The header and the cards."""
        return iter(self._rows)

    def _row(self, card: list[ContentLine]) -> Row | None:
        row = row_of(card)
        if not any(value is not None for value in row):
            self.left_out += 1
            return None
        self._number += 1
        self.damaged_characters += sum(str(value).count("\ufffd") for value in row if value)
        pictures = [line for line in card if line.name == "PHOTO" and line.value.strip()]
        if pictures:
            data = _picture(pictures[0])
            if usable(data):
                self.photos.append((self._number, data))
            else:
                self.photos_left_out += 1
                if len(self.photos_left_out_of) < _NAMES_TOLD:
                    self.photos_left_out_of.append(_called(row))
        return row


def _called(row: Row) -> str:
    """The name on a card; the firm's where there is no other."""
    told = dict(zip(HEADERS, row, strict=True))
    return str(told["Name"] or told["Company"] or next(filter(None, row)))


def _shortened(found: re.Match[bytes]) -> bytes:
    """Nothing in the place of a line that is too long; of a picture what says that there is one."""
    return b"PHOTO:too large" if _PHOTO.match(found[0][:100]) else b""


def _picture(line: ContentLine) -> bytes:
    """The bytes a card carries; none for an address to fetch them from."""
    coded = line.value if line.binary else line.value.partition("base64,")[2]
    try:
        return base64.b64decode("".join(coded.split()))
    except binascii.Error:
        return b""


def _cards(data: bytes, charset: str) -> Iterator[list[ContentLine]]:
    """The lines of each card. A missing END ends at the next BEGIN; cards within cards are not
    read (an AGENT is another person's card, and no phone writes it)."""
    card: list[ContentLine] | None = None
    within = 0
    for line in content_lines(data, charset):
        word = line.value.strip().upper()
        if line.name == "BEGIN" and word == "VCARD":
            if card and card[-1].name == "AGENT":
                within += 1
                continue
            if card:
                yield card
            card = []
        elif line.name == "END" and word == "VCARD":
            if within:
                within -= 1
                continue
            if card is not None:
                yield card
            card = None
        elif card is not None and not within:
            card.append(line)
    if card:
        yield card
