"""Stages of opportunities, the board and the funnel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from crm_desktop.domain.kinds import Ref
from crm_desktop.domain.lists import Item
from crm_desktop.domain.next_step import NextStep

OPEN, WON, LOST, HELD = "open", "won", "lost", "held"
Sums = Mapping[str, Decimal]  # by currency


@dataclass(frozen=True, slots=True)
class Stage:
    """What a stage knows of itself."""

    id: int
    probability: int
    stale_days: int  # 0: never stale
    state: str  # open, won or lost: what an opportunity in it is

    @classmethod
    def of(cls, item: Item) -> Stage:
        """The stage a list item describes."""
        data = item.data
        return cls(
            item.id,
            int(data.get("probability", 0)),
            int(data.get("stale", 0)),
            str(data.get("state", OPEN)),
        )


@dataclass(frozen=True, slots=True)
class BoardCard:
    """An opportunity on the board."""

    id: int
    title: str
    company: Ref | None
    person: Ref | None
    amount: Decimal | None
    currency: str
    probability: int
    stage_id: int
    state: str
    next_step: NextStep | None
    days_in_stage: int
    stale: bool
    expected_close: date | None
    closed_on: date | None

    def urgency(self) -> tuple[int, date, Decimal]:
        """Late first, then by day, those without a next step, the largest first."""
        step = self.next_step
        if step is None:
            group = 2
        elif step.overdue:
            group = 0
        else:
            group = 1
        day = step.day if step and step.day else date.max
        return group, day, -(self.amount or Decimal(0))


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One stage with its cards, the most urgent first."""

    stage: Item
    count: int
    sums: Sums
    weighted: Sums
    cards: tuple[BoardCard, ...]


@dataclass(frozen=True, slots=True)
class OpenStage:
    """A stage and how much is in it; what is on hold counts but adds nothing to the sums."""

    stage: Item
    count: int
    sums: Sums


@dataclass(frozen=True, slots=True)
class Summary:
    """The head of the opportunities page."""

    open_count: int
    open_sums: Sums
    weighted: Sums
    need_attention: int  # open and without a next step, or with a late one


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """How many opportunities reached a stage, and how many of them went further."""

    stage: Item
    count: int
    sums: Sums
    conversion: float | None  # share that reached the next stage; None at the end or without any
    average_days: float | None
    ids: tuple[int, ...]
