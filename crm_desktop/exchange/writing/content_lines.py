"""Lines of vCards and calendars: escaped, and folded after 75 bytes, never inside a character.

Both formats share them: RFC 6350 3.2 and RFC 5545 3.1.
"""

from __future__ import annotations

from collections.abc import Iterable

from crm_desktop.exchange.writing.clean import cleaned

_LONGEST = 75  # bytes of a line without its end


def text(value: str) -> str:
    """A text as a value: separators and line ends escaped, what no file can carry left out."""
    value = cleaned(value).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return value.replace("\n", "\\n")


def parameter(value: str) -> str:
    """A text as the value of a parameter, in quotes."""
    return '"' + cleaned(value).replace('"', "'").replace("\n", " ") + '"'


def line(name: str, value: str) -> bytes:
    """One property; `value` is escaped already where its type asks for it."""
    whole = f"{name}:{value}".encode()
    if len(whole) <= _LONGEST:
        return whole + b"\r\n"
    parts: list[bytes] = []
    start, room = 0, _LONGEST
    while start < len(whole):
        end = min(start + room, len(whole))
        while end < len(whole) and whole[end] & 0xC0 == 0x80:  # the middle of a character
            end -= 1
        parts.append(whole[start:end])
        start, room = end, _LONGEST - 1  # the blank that goes on counts
    return b"\r\n ".join(parts) + b"\r\n"


def several(values: Iterable[str], between: str = ";") -> str:
    """Texts as one value of several parts."""
    return between.join(map(text, values))
