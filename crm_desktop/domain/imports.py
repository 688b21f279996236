"""What an import did, or would do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What became of a row: it counts once, as the first of these that holds."""

    FAILED = "failed"
    CREATED = "created"
    UPDATED = "updated"
    SAME = "same"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """Something to look at in a row; `code` and `args` name its sentence."""

    row: int  # counted from 1 as spreadsheets do
    column: str  # the header, "" for the whole row
    column_index: int  # from 0, -1 for the whole row
    code: str
    args: dict[str, Any] = field(default_factory=dict)
    blocking: bool = False  # the row cannot be imported as it is

    @property
    def sentence_key(self) -> str:
        """The key of its sentence: a code names its own area, or is one of "problem"."""
        return self.code if "." in self.code else f"problem.{self.code}"


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """One row of the file and what became of it."""

    row: int
    outcome: Outcome
    title: str


@dataclass(slots=True)
class ImportReport:
    """The whole account: rows == created + updated + same + skipped + failed."""

    rows: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    by_kind: Counter[str] = field(default_factory=Counter)  # records created, by plural of kind
    values: Counter[str] = field(default_factory=Counter)  # values understood, by target
    problems: list[ImportProblem] = field(default_factory=list)
    per_row: list[RowOutcome] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)
    """What was done beyond the cells: key of a sentence with `count` → how often."""
    new_items: Counter[str] = field(default_factory=Counter)  # list values made, by list
    gesture: int | None = None

    def count(self, outcome: Outcome) -> int:
        """Rows with this outcome."""
        return self.outcomes[outcome]

    def plain(self) -> dict[str, Any]:
        """The account with its stable keys, for the command line."""
        return {
            "rows": self.rows,
            **{
                outcome.value: self.outcomes[outcome]
                for outcome in (
                    Outcome.CREATED,
                    Outcome.UPDATED,
                    Outcome.SAME,
                    Outcome.SKIPPED,
                    Outcome.FAILED,
                )
            },
            "by_kind": dict(self.by_kind),
            "values": dict(sorted(self.values.items())),
            "gesture": self.gesture,
        }
