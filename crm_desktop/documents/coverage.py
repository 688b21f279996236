"""Characters the shipped fonts lack: named before a document is issued, never printed as boxes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crm_desktop.documents import fonts
from crm_desktop.domain.problems import Refused


@dataclass(frozen=True, slots=True)
class Uncovered:
    """One character that cannot be printed, the fields it stands in, and where it is met first."""

    character: str
    fields: tuple[str, ...]
    excerpt: str

    @property
    def code(self) -> str:
        """Its code point, as in U+20BB7."""
        return f"U+{ord(self.character):04X}"


def uncovered_in(text: str) -> list[str]:
    """The characters of a text that the fonts lack, each once, in order."""
    return [char for char in dict.fromkeys(text) if not fonts.covers(char)]


def uncovered(paper: Any) -> list[Uncovered]:
    """The characters of a whole paper that the fonts lack, with where they stand."""
    found: dict[str, list[str]] = {}
    excerpts: dict[str, str] = {}
    for field, text in _texts(paper, ""):
        for char in uncovered_in(text):
            fields = found.setdefault(char, [])
            excerpts.setdefault(char, _around(text, char))
            if field not in fields:
                fields.append(field)
    return [Uncovered(char, tuple(fields), excerpts[char]) for char, fields in found.items()]


def require_covered(paper: Any) -> None:
    """Refused("paper.uncovered", …) where a character of the paper cannot be printed."""
    found = uncovered(paper)
    if found:
        characters = ", ".join(f"{one.character} ({one.code})" for one in found)
        places = " / ".join(dict.fromkeys(one.excerpt for one in found))
        raise Refused("paper.uncovered", characters=characters, places=places)


def _around(text: str, char: str) -> str:
    place = text.index(char)
    return " ".join(text[max(0, place - 8) : place + 9].split())


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for number, item in enumerate(value, start=1):
            yield from _texts(item, f"{path}.{number}")
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            inner = f"{path}.{field.name}" if path else field.name
            yield from _texts(getattr(value, field.name), inner)
