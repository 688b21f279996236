"""Exports of well-known programs, told by their headers; all their columns are known.

`resources/layouts.json` has what each header is (a pattern over the whole of it) and where it
goes. A column that is not listed is left out: labels such as "Phone 1 - Type", internal numbers.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crm_desktop import paths


@dataclass(frozen=True, slots=True)
class Layout:
    """One program's way of writing a list."""

    kind: str
    known_by: frozenset[str]
    columns: tuple[tuple[re.Pattern[str], str], ...]
    separator: str = ""
    """What stands between several values of one cell, where that is no usual sign."""
    own_mark: str = ""
    """What begins a value that the program made for itself: the group "* myContacts"."""

    def targets(self, names: Sequence[str]) -> dict[int, str]:
        """Where columns called so go, by their place."""
        found = ((index, self.target(_written(name))) for index, name in enumerate(names))
        return {index: target for index, target in found if target}

    def target(self, header: str) -> str | None:
        """Where a column called so goes."""
        return next((target for pattern, target in self.columns if pattern.fullmatch(header)), None)


@functools.cache
def _layouts() -> tuple[Layout, ...]:
    file = paths.shipped("resources") / "layouts.json"
    plain: dict[str, dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return tuple(_layout(**one) for one in plain.values())


def _layout(*, kind: str, known_by: list[str], columns: dict[str, str], **signs: str) -> Layout:
    patterns = tuple((re.compile(pattern), target) for pattern, target in columns.items())
    return Layout(kind, frozenset(known_by), patterns, **signs)


def known_layout(kind: str, names: Sequence[str]) -> Layout | None:
    """The layout of a program we know, where these are its headers."""
    written = {_written(name) for name in names}
    return next((one for one in _layouts() if one.kind == kind and one.known_by <= written), None)


def _written(name: str) -> str:
    return name.strip().lower()
