"""Content lines of address cards (RFC 2425, 6350; vCard 2.1): unfolded, decoded, one by one.

Read by us because the known library loses whole files over a soft line break of
quoted-printable or a missing END, and takes a comma in a company's name for a list.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_BARE = {
    "QUOTED-PRINTABLE": "ENCODING",
    "BASE64": "ENCODING",
    "B": "ENCODING",
    "8BIT": "ENCODING",
    "7BIT": "ENCODING",
}
_BASE64 = frozenset({"BASE64", "B"})


@dataclass(frozen=True, slots=True)
class ContentLine:
    """One property of a card; its value is text as written, escapes included."""

    name: str
    """In capitals, without the group."""
    group: str
    params: dict[str, tuple[str, ...]]
    """Names in capitals; what stands alone ("CELL" in vCard 2.1) counts as TYPE."""
    value: str
    binary: bool = False
    """Base64: the value is not decoded."""

    @property
    def types(self) -> frozenset[str]:
        """TYPE in capitals."""
        return frozenset(word.upper() for word in self.params.get("TYPE", ()))

    def text(self) -> str:
        """The value as one text."""
        return unescaped(self.value)

    def parts(self, separator: str = ";") -> list[str]:
        """The value cut at every separator that is not escaped."""
        return [unescaped(part) for part in _cut(self.value, separator)]


def unescaped(text: str) -> str:
    """The text without backslashes: those before n and N were line breaks."""
    plain = _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)
    return plain.replace("\r\n", "\n").strip()


def content_lines(data: bytes, charset: str) -> Iterator[ContentLine]:
    """All lines that have a name and a colon; others belong to nothing and are left out."""
    for line in _unfolded(data):
        head, colon, value = _halves(line)
        if colon:
            yield _line(head.decode(charset, "replace"), value, charset)


def _unfolded(data: bytes) -> Iterator[bytes]:
    """Logical lines: a blank at the start continues, so does "=" at the end of a printable one."""
    pending: bytes | None = None
    soft = base64 = False
    for raw in data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"):
        if pending is not None:
            if soft:
                pending = pending[:-1] + raw
                soft = raw.endswith(b"=")
                continue
            # Old phones break base64 without a blank before the next line.
            bare = base64 and b":" not in raw and raw.strip() != b""
            if raw[:1] in (b" ", b"\t") or bare:
                pending += raw.strip() if base64 else raw[1:]
                continue
            yield pending
        pending = raw
        head = _halves(raw)[0].upper()
        soft = b"QUOTED-PRINTABLE" in head and raw.endswith(b"=")
        base64 = b"BASE64" in head or b"ENCODING=B" in head
    if pending is not None:
        yield pending


def _halves(line: bytes) -> tuple[bytes, bytes, bytes]:
    """Name with parameters, colon, value; a colon within quotation marks does not count."""
    quoted = False
    for place, byte in enumerate(line):
        if byte == 0x22:
            quoted = not quoted
        elif byte == 0x3A and not quoted:
            return line[:place], b":", line[place + 1 :]
    return line.partition(b":")


def _line(head: str, value: bytes, charset: str) -> ContentLine:
    written, *rest = _cut(head, ";", quotes=True)
    group, _, name = written.strip().rpartition(".")
    params: dict[str, tuple[str, ...]] = {}
    for one in rest:
        key, equals, words = one.partition("=")
        if not equals:
            key, words = _BARE.get(one.strip().upper(), "TYPE"), one
        found = tuple(word.strip().strip('"') for word in _cut(words, ",", quotes=True))
        # TYPE="work,voice" is one quoted word of two.
        found = tuple(part for word in found for part in word.split(",") if part)
        params[key.strip().upper()] = params.get(key.strip().upper(), ()) + found
    encoding = next(iter(params.get("ENCODING", ())), "").upper()
    if encoding in _BASE64:
        return ContentLine(name.upper(), group, params, value.decode("ascii", "ignore"), True)
    if encoding == "QUOTED-PRINTABLE":
        value = quopri.decodestring(value)
    own = next(iter(params.get("CHARSET", ())), charset)
    return ContentLine(name.upper(), group, params, _decoded(value, own, charset))


def _decoded(value: bytes, own: str, charset: str) -> str:
    try:
        return value.decode(own)
    except (LookupError, UnicodeDecodeError):
        return value.decode(charset, "replace")


def _cut(text: str, separator: str, *, quotes: bool = False) -> list[str]:
    parts, start, place, quoted = [], 0, 0, False
    while place < len(text):
        if text[place] == "\\":
            place += 1
        elif quotes and text[place] == '"':
            quoted = not quoted
        elif text[place] == separator and not quoted:
            parts.append(text[start:place])
            start = place + 1
        place += 1
    return [*parts, text[start:]]
