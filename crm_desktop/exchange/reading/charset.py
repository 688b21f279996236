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
_OFFERED = "gb18030 big5 shift_jis euc_kr cp1252 cp1250 cp1251 cp1253"


@dataclass(frozen=True, slots=True)
class Charset:
    """The encoding to read with, and whether there is doubt."""

    name: str
    sure: bool = True


def detect(data: bytes) -> Charset:
    """The encoding of `data`, looking at all of it."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return Charset(name)
    utf16 = utf16_without_mark(data)
    if utf16:
        return Charset(utf16)
    if _decodes(data, "utf-8"):
        return Charset("utf-8")
    if _lone_share(data) > 0.5:
        # Accented letters among Latin ones: Chinese bytes come in pairs.
        return Charset("cp1252" if _decodes(data, "cp1252") else "latin-1", sure=False)
    if _decodes(data, "gb18030"):
        if _common_share(data) >= 0.8:
            return Charset("gb18030")
        return _second_opinion(data, Charset("gb18030", sure=False))
    return _second_opinion(data, _least_damage(data))


def _decodes(data: bytes, encoding: str) -> bool:
    """Whether all bytes are valid; one character torn off at the very end is forgiven."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    seen_high = False
    try:
        for start in range(0, len(data), _CHUNK):
            text = decoder.decode(data[start : start + _CHUNK])
            seen_high = seen_high or not text.isascii()
    except UnicodeDecodeError:
        return False
    torn = decoder.getstate()[0]
    return not torn or seen_high


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


def _common_share(data: bytes) -> float:
    """Share of common Chinese characters (GB 2312 level 1) and signs among those not ASCII."""
    text = data[: _SAMPLE * 4].decode("gb18030", "ignore")
    common = others = 0
    for letter in text:
        if letter.isascii():
            continue
        try:
            lead = letter.encode("gb2312")[0]
        except UnicodeEncodeError:
            lead = 0
        if 0xB0 <= lead <= 0xD7 or lead in (0xA1, 0xA3):
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
    return Charset(name, sure=False)


def _least_damage(data: bytes) -> Charset:
    """For mixed or torn files: the encoding with the fewest unreadable characters."""

    def damage(encoding: str) -> int:
        return data.decode(encoding, "replace").count("�")

    return Charset(min(("utf-8", "gb18030"), key=damage), sure=False)
