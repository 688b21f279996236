"""The encoding of a text file: mark, strict UTF-8, strict GB18030, then a second opinion."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_LONE_HIGH_BYTE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_WIDE = re.compile(r"[^\x00-\x7f]")
_OFFERED = "gb18030 big5 shift_jis euc_kr cp1252 cp1250 cp1251 cp1253"
_CHINESE = {"gb18030": "gb2312", "big5": "big5"}
"""Encodings by characters, with the older one whose common characters lie together."""
_COMMON_LEADS = {"gb18030": range(0xB0, 0xD8), "big5": range(0xA4, 0xC7)}
_SIGN_LEADS = {"gb18030": (0xA1, 0xA3), "big5": (0xA1, 0xA2)}
_MOSTLY_COMMON = 0.8
_READ_FOR_EACH_LOST = 6
"""Of a text in another encoding far more is lost: one in three of its characters at least."""


@dataclass(frozen=True, slots=True)
class Charset:
    """The encoding to read with, whether there is doubt, and whether it reads every byte."""

    name: str
    sure: bool = True
    whole: bool = True


def detect(data: bytes) -> Charset:
    """The encoding of `data`, looking at all of it."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return Charset(name, whole=_torn(data, name) == 0)
    utf16 = utf16_without_mark(data)
    if utf16:
        return Charset(utf16, whole=len(data) % 2 == 0)
    torn = _torn(data, "utf-8")
    if torn is not None:
        return Charset("utf-8", whole=torn == 0)
    if _is_nearly(data, "utf-8"):
        # Before others are tried: to many of them any bytes are letters of theirs.
        return Charset("utf-8", sure=False, whole=False)
    if _lone_share(data) > 0.5:
        # Accented letters among Latin ones: Chinese bytes come in pairs.
        return Charset("cp1252" if _decodes(data, "cp1252") else "latin-1", sure=False)
    torn, shares = _torn(data, "gb18030"), {name: _common_share(data, name) for name in _CHINESE}
    if torn is not None and shares["gb18030"] >= _MOSTLY_COMMON:
        return Charset("gb18030", whole=torn == 0)
    name = max(shares, key=shares.__getitem__)
    if shares[name] >= _MOSTLY_COMMON and not _decodes(data, name) and _is_nearly(data, name):
        return Charset(name, sure=False, whole=False)
    if torn is not None:
        return _second_opinion(data, Charset("gb18030", sure=False, whole=torn == 0))
    return _second_opinion(data, _least_damage(data))


def unreadable(data: bytes, encoding: str) -> int:
    """How many characters of a text are shown as U+FFFD."""
    return _damage(data, encoding)[0]


def _damage(data: bytes, encoding: str) -> tuple[int, int]:
    """How many characters cannot be read, and how many others are not ASCII."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    lost = wide = 0
    for start in range(0, len(data) + 1, _CHUNK):
        last = start + _CHUNK > len(data)
        text = decoder.decode(data[start : start + _CHUNK], last)
        lost += text.count("\ufffd")
        wide += len(_WIDE.findall(text))
    return lost, wide - lost


def _is_nearly(data: bytes, encoding: str) -> bool:
    """Whether all but a few of the characters that are not ASCII can be read."""
    lost, read = _damage(data, encoding)
    return lost * _READ_FOR_EACH_LOST <= read


def _torn(data: bytes, encoding: str) -> int | None:
    """The bytes of a character that is torn off at the very end; None where others are invalid."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    seen_high = False
    try:
        for start in range(0, len(data), _CHUNK):
            text = decoder.decode(data[start : start + _CHUNK])
            seen_high = seen_high or not text.isascii()
    except UnicodeError:
        return None
    torn = len(decoder.getstate()[0])
    return torn if seen_high or not torn else None


def _decodes(data: bytes, encoding: str) -> bool:
    """Whether all bytes are valid; one character torn off at the very end is forgiven."""
    return _torn(data, encoding) is not None


def utf16_without_mark(data: bytes) -> str:
    """The byte order of UTF-16 text that lacks its mark; nothing where it is not such a text."""
    sample = data[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 60 < len(sample) or min(even, odd) * 5 > max(even, odd):
        return ""
    name = "utf-16-le" if odd > even else "utf-16-be"
    text = sample[: len(sample) // 2 * 2].decode(name, "ignore")
    # Any bytes can be taken for UTF-16: a table has separators and no control characters.
    if not any(mark in text for mark in "\n\r,;\t|") or _CONTROL.search(text):
        return ""
    return name if _decodes(data[: len(data) // 2 * 2], name) else ""


def _lone_share(data: bytes) -> float:
    sample = data[: _SAMPLE * 16]
    high = len(_HIGH_BYTE.findall(sample))
    return len(_LONE_HIGH_BYTE.findall(sample)) / high if high else 0.0


def _common_share(data: bytes, encoding: str) -> float:
    """Share of common Chinese characters (GB 2312 and Big5, level 1) and signs among those not
    ASCII."""
    text = data[: _SAMPLE * 4].decode(encoding, "ignore")
    older, leads, signs = _CHINESE[encoding], _COMMON_LEADS[encoding], _SIGN_LEADS[encoding]
    common = others = 0
    for letter in text:
        if letter.isascii():
            continue
        try:
            lead = letter.encode(older)[0]
        except UnicodeEncodeError:
            lead = 0
        if lead in leads or lead in signs:
            common += 1
        else:
            others += 1
    return common / (common + others) if common + others else 1.0


def _second_opinion(data: bytes, first: Charset) -> Charset:
    # Deferred: most files never need it, and the child shall start fast.
    import charset_normalizer

    best = charset_normalizer.from_bytes(data[: _SAMPLE * 4], cp_isolation=_OFFERED.split()).best()
    if best is None or not _decodes(data, best.encoding):
        return first
    name = {"big5hkscs": "big5", "gbk": "gb18030", "gb2312": "gb18030"}.get(
        best.encoding, best.encoding
    )
    return Charset(name, sure=False, whole=_torn(data, name) == 0)


def _least_damage(data: bytes) -> Charset:
    """For mixed or torn files: the encoding with the fewest unreadable characters."""
    name = min(("utf-8", "gb18030"), key=lambda encoding: unreadable(data, encoding))
    return Charset(name, sure=False, whole=False)
