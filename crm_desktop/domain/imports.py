"""What an import did, or would do."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, overload


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
    also: tuple[int, ...] = ()  # further columns it is about, named in `column` too

    @property
    def cells(self) -> tuple[int, ...]:
        """The columns of the cells it is about; none for the whole row."""
        return (self.column_index, *self.also) if self.column_index >= 0 else ()

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


class RowOutcomes(Sequence[RowOutcome]):
    """What became of the rows, in their order. Kept by column: of a hundred thousand objects the
    window would be a tenth of a second at looking through them for garbage."""

    def __init__(self) -> None:
        self._rows = array("q")
        self._outcomes: list[Outcome] = []
        self._titles: list[str] = []

    def append(self, one: RowOutcome) -> None:
        """Add the next row."""
        self._rows.append(one.row)
        self._outcomes.append(one.outcome)
        self._titles.append(one.title)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> RowOutcome: ...

    @overload
    def __getitem__(self, at: slice) -> list[RowOutcome]: ...

    def __getitem__(self, at: int | slice) -> RowOutcome | list[RowOutcome]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        return RowOutcome(self._rows[at], self._outcomes[at], self._titles[at])

    def __setitem__(self, at: int, one: RowOutcome) -> None:
        self._rows[at], self._outcomes[at], self._titles[at] = one.row, one.outcome, one.title

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RowOutcomes) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


@dataclass(slots=True)
class ImportReport:
    """The whole account: rows == created + updated + same + skipped + failed."""

    rows: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    by_kind: Counter[str] = field(default_factory=Counter)  # records created, by plural of kind
    values: Counter[str] = field(default_factory=Counter)  # values understood, by target
    problems: list[ImportProblem] = field(default_factory=list)
    per_row: RowOutcomes = field(default_factory=RowOutcomes)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    """What stands in cells that problems are about, by row and column; only of a check, and of
    rows a preview does not hold."""
    together: dict[int, int] = field(default_factory=dict)
    """Of sheets where several rows make one record: row → the first row about it."""
    notes: Counter[str] = field(default_factory=Counter)
    """What was done beyond the cells: key of a sentence with `count` → how often."""
    new_items: Counter[str] = field(default_factory=Counter)  # list values made, by list
    gesture: int | None = None
    moment: datetime | None = None
    """When the gesture was: all records it made have been created then."""

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
