"""Titles that stand in the column of names: 张伟经理, Dr. Anna Müller, 张总."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crm_desktop.domain.imports import ImportReport
from crm_desktop.domain.names import addressed, form_of_address, without_title
from crm_desktop.domain.text import fold
from crm_desktop.exchange.mapping import ImportPlan

NOTE = "import.titles_read"
ADDRESSED = "import.addressed"
_SALUTATION = "salutation"


class Titles:
    """Moves titles to their own field, where the sheet has no column for them.

    Of whom only the surname is known (张总) the name stays as it is written, and is the form of
    address, too. Names that the book has as they stand are left alone.
    """

    def __init__(
        self, plan: ImportPlan, known: Iterable[tuple[str, object]], report: ImportReport
    ) -> None:
        self._columns = frozenset(column.target for column in plan.mapped)
        self._known = known
        self._names: frozenset[str] | None = None
        self._report = report

    def settle(self, person: dict[str, Any]) -> None:
        """Take the title out of the name of a row's person."""
        text = person.get("name")
        if not text:
            return
        found, key = without_title(text)
        if not key and (called := addressed(text)) is not None:
            found, key = called, _SALUTATION
        only = "" if key else form_of_address(text)
        place = key or (_SALUTATION if only else "")
        if not place or f"person.{place}" in self._columns or self._is_known(text):
            return
        if only:
            person[_SALUTATION] = only
            self._report.notes[ADDRESSED] += 1
            return
        person["name"], person[key] = found.name, found.title
        self._report.notes[NOTE] += 1

    def _is_known(self, name: str) -> bool:
        if self._names is None:  # asked of few files
            self._names = frozenset(name for name, _ in self._known)
        return fold(name) in self._names
