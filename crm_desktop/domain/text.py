"""Text as it comes in: cleaned once at the boundary, and folded for comparing and searching."""

from __future__ import annotations

import re
import unicodedata

_NEWLINES = re.compile("\r\n|\r|\u2028|\u2029")
# Controls but tab and newline, lone surrogates, the two non-characters that break XML and SQLite.
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Invisible characters that turn a name round or make two equal names differ. The joiners
# U+200C and U+200D stay: emoji and several scripts need them.
_INVISIBLE_IN_NAMES = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_BLANKS = re.compile(r"\s+")

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_ACCENTS = re.compile("[\u0300-\u036f]")
# Letters that Unicode does not take apart.
_PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe", "ħ": "h"}
)
# Unicode has one way only to write these.
_PLAIN = re.compile("[\x00-\x7f\u3400-\u4dbf\u4e00-\u9fff]+")


def clean(text: str) -> str:
    """What is stored: NFC, no unstorable characters, newlines as such, trimmed."""
    if text.isprintable():
        if text.isascii():
            return text.strip()
    else:
        text = _UNSTORABLE.sub("", _NEWLINES.sub("\n", text))
    return unicodedata.normalize("NFC", text).strip()


def clean_name(text: str) -> str:
    """A name on one line: cleaned, no direction marks, blanks run together into one space."""
    if text.isprintable() and "  " not in text:
        return clean(text)
    return clean(_BLANKS.sub(" ", _INVISIBLE_IN_NAMES.sub("", clean(text))))


def shortened(text: str, most: int) -> str:
    """Enough of a text to know it by: what is longer than `most` characters ends in …"""
    return text if len(text) <= most else text[: most - 1] + "…"


def half_width(text: str) -> str:
    """Full-width digits, letters and signs as their usual selves: １３８ → 138."""
    return text if text.isascii() else text.translate(_HALF_WIDTH)


def fold(text: str) -> str:
    """One form for all spellings of the same word: no case, accents, widths; single spaces."""
    if text.isascii() or _PLAIN.fullmatch(text):
        folded = text.lower()
    else:
        plain = unicodedata.normalize("NFKC", text).casefold()
        parts = unicodedata.normalize("NFKD", plain)
        folded = unicodedata.normalize("NFC", _ACCENTS.sub("", parts)).translate(_PLAIN_LETTERS)
    return " ".join(folded.split())
