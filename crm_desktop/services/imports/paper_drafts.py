"""Quotes and contracts that rows ask for, before they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from crm_desktop.domain.imports import Outcome
from crm_desktop.domain.text import fold
from crm_desktop.exchange.mapping import SheetRow
from crm_desktop.services.imports.known_papers import HeldPaper
from crm_desktop.services.imports.merging import plain

Values = dict[str, Any]


@dataclass(slots=True)
class NewPaper:
    """A paper to be made, with its lines and the row it began in."""

    row: SheetRow
    values: Values
    lines: list[Values] = field(default_factory=list)
    begun: bool = False  # whether a row was taken
    stopped: bool = False  # whether a row was wrong in a way that leaves all of it out
    taken: list[tuple[int, SheetRow, tuple[str, ...]]] = field(default_factory=list)
    """Its rows, with their places in the report and what was counted of them."""

    @property
    def first_row(self) -> int:
        """The number of the row it began in."""
        return self.row.number


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A line of a paper of the book that is decided when all rows were read."""

    at: int
    """Its place in the report."""
    row: SheetRow
    paper: HeldPaper
    line: Values
    place: int
    """Among the lines told."""
    was: Outcome
    """What becomes of its row but for the line."""
    counted: tuple[str, ...]
    """The places it brought values to."""


@dataclass(slots=True)
class PaperDrafts:
    """Papers to make, and changes to those of the book and to their lines."""

    created: list[NewPaper] = field(default_factory=list)
    updated: dict[int, Values] = field(default_factory=dict)
    added: dict[int, list[int | Values]] = field(default_factory=dict)
    """By paper: its lines in the order they were told, new ones among those it has, by id."""
    changed: dict[int, dict[int, Values]] = field(default_factory=dict)
    """By paper and by line."""


def begun(row: SheetRow, head: Values) -> NewPaper:
    """A new paper; one that says only when it was signed is of that day."""
    if head.get("signed_on") is not None:
        head.setdefault("dated", head["signed_on"])
    return NewPaper(row, head)


def keys_of(head: Values) -> list[Any]:
    """What rows of one paper have in common within a file."""
    if head.get("number"):
        return [fold(str(head["number"]))]
    if head.keys() & {"title", "company", "person"}:
        return [
            tuple(repr(plain(head.get(key))) for key in ("title", "company", "person", "dated"))
        ]
    return []


def title_of(head: Mapping[str, Any]) -> str:
    """What a paper is called: its number, else its title."""
    return str(head.get("number") or head.get("title") or "")
