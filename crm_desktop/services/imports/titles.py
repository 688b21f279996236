"""Titles that stand in the column of names: 张伟经理, Dr. Anna Müller."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crm_desktop.domain.imports import ImportReport
from crm_desktop.domain.names import without_title
from crm_desktop.domain.text import fold

NOTE = "import.titles_read"


class Titles:
    """Moves titles to their own field, but of names the book has as they stand."""

    def __init__(self, known: Iterable[tuple[str, object]], report: ImportReport) -> None:
        self._known = known
        self._names: frozenset[str] | None = None
        self._report = report

    def settle(self, person: dict[str, Any]) -> None:
        """Take the title out of the name of a row's person, where there is room for it."""
        text = person.get("name")
        if not text:
            return
        found, key = without_title(text)
        if not key or found.title not in person.get(key, found.title) or self._is_known(text):
            return
        person["name"] = found.name
        person.setdefault(key, found.title)
        self._report.notes[NOTE] += 1

    def _is_known(self, name: str) -> bool:
        if self._names is None:  # asked of few files
            self._names = frozenset(name for name, _ in self._known)
        return fold(name) in self._names
