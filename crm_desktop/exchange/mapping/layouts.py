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

    def target(self, header: str) -> str | None:
        """Where a column called so goes."""
        return next((target for pattern, target in self.columns if pattern.fullmatch(header)), None)


@functools.cache
def _layouts() -> tuple[Layout, ...]:
    file = paths.shipped("resources") / "layouts.json"
    plain: dict[str, dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return tuple(_layout(**one) for one in plain.values())


def _layout(*, kind: str, known_by: list[str], columns: dict[str, str]) -> Layout:
    patterns = tuple((re.compile(pattern), target) for pattern, target in columns.items())
    return Layout(kind, frozenset(known_by), patterns)


def known_layout(kind: str, names: Sequence[str]) -> dict[int, str]:
    """Targets by column, where these are the headers of a program we know; else nothing."""
    written = [name.strip().lower() for name in names]
    for layout in _layouts():
        if layout.kind == kind and layout.known_by <= set(written):
            found = {index: layout.target(name) for index, name in enumerate(written)}
            return {index: target for index, target in found.items() if target}
    return {}
