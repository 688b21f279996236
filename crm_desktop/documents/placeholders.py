"""{{placeholders}} of template texts: found, filled, and named while still open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from crm_desktop import paths
from crm_desktop.domain.problems import Refused

# Not a value but a place: here the table of lines goes.
LINES = "{{lines}}"
_MARK = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
TEMPLATES = ("sales.zh", "sales.en", "service.zh", "service.en")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One {{name}} in a text and where it stands."""

    name: str
    start: int
    end: int


def find(text: str) -> list[Placeholder]:
    """Every placeholder in order, without the place of the lines."""
    return [
        Placeholder(found.group(1), found.start(), found.end())
        for found in _MARK.finditer(text)
        if found.group(1) != "lines"
    ]


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with known, non-empty values put in; all else stays as it is, to be seen.

    Values are taken as they are: a {{name}} inside a value is not filled again.
    """

    def value(found: re.Match[str]) -> str:
        return values.get(found.group(1)) or found.group(0)

    return _MARK.sub(value, text)


def unfilled(text: str) -> list[str]:
    """The names still open, each once, in order."""
    return list(dict.fromkeys(placeholder.name for placeholder in find(text)))


def require_filled(text: str) -> None:
    """Refused("paper.unfilled", names=…) where a placeholder is still open."""
    names = unfilled(text)
    if names:
        raise Refused("paper.unfilled", names=", ".join(f"{{{{{name}}}}}" for name in names))


def template(name: str) -> str:
    """A shipped contract text, one of TEMPLATES."""
    if name not in TEMPLATES:
        raise KeyError(name)
    file = paths.shipped("resources") / "templates" / f"{name}.txt"
    return file.read_text(encoding="utf-8")
