"""What may stand in a cell: characters XML and Excel can carry, and at most 32,767 of them."""

from __future__ import annotations

import re

CELL_LIMIT = 32_767  # UTF-16 units per cell, Excel specifications and limits

# Not allowed in XML 1.0: control characters but tab and line ends, surrogates, U+FFFE, U+FFFF.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel reads _x0041_ in a cell as the character 41: the underscore is written as its own code.
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def cleaned(text: str) -> str:
    """`text` without what no file can carry, lines ended by \\n.

    The book's texts are clean already (domain.text); this holds for any other source.
    """
    if text.isprintable():
        return text
    return _IMPOSSIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def units(text: str) -> int:
    """The length as Excel counts it: characters beyond U+FFFF are two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def escaped(text: str) -> str:
    """`text`, already cleaned, for the inside of an XML element of a workbook."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _LOOKS_ESCAPED.sub("_x005F_", text) if "_x" in text else text


def pieces(text: str, limit: int = CELL_LIMIT) -> list[str]:
    """`text` in parts that fit a cell each, never parting a character."""
    if units(text) <= limit:
        return [text]
    parts: list[str] = []
    start = used = 0
    for place, character in enumerate(text):
        size = 2 if character > "\uffff" else 1
        if used + size > limit:
            parts.append(text[start:place])
            start, used = place, 0
        used += size
    parts.append(text[start:])
    return parts
