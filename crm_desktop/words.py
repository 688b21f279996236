"""The one catalogue of words, in both languages, for window, command line, workbooks and paper."""

from __future__ import annotations

import json
from typing import Any

from crm_desktop import paths

LANGUAGES = ("en", "zh")
Entry = str | dict[str, str]
# Arguments that count things; a year, a row or a document has a number without commas.
_COUNTS = frozenset({"count", "missed", "total", "selected", "shown", "found", "kept"})
_areas: dict[str, dict[str, dict[str, Entry]]] = {}


def area(name: str) -> dict[str, dict[str, Entry]]:
    """All entries of `resources/words/NAME.json`; empty where there is no such area."""
    if name not in _areas:
        file = paths.shipped("resources") / "words" / f"{name}.json"
        entries: dict[str, dict[str, Entry]] = {}
        if file.is_file():
            entries = json.loads(file.read_text(encoding="utf-8"))
        _areas[name] = entries
    return _areas[name]


class _Count(int):
    """A number of things, written with its thousands apart: 12,345."""

    def __format__(self, spec: str) -> str:
        return super().__format__(spec or ",")


def _grouped(args: dict[str, Any]) -> dict[str, Any]:
    return {name: _Count(args[name]) for name in _COUNTS & args.keys() if type(args[name]) is int}


class Words:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"unknown language {language!r}")
        self.language = language

    def has(self, key: str) -> bool:
        """Whether the catalogue has this key."""
        return key in area(key.partition(".")[0])

    def text(self, key: str, /, **args: Any) -> str:
        """The words for `key`, with {arguments} filled; `count` picks singular or plural.

        Raises KeyError for a key the catalogue does not have: that is our own bug.
        """
        entry = area(key.partition(".")[0])[key][self.language]
        if isinstance(entry, dict):
            one = self.language == "en" and args.get("count") == 1
            entry = entry["one" if one and "one" in entry else "other"]
        return entry.format_map({**args, **_grouped(args)}) if args else entry
