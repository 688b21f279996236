"""All that the page Today shows, and what was prepared of it when the book was last closed."""

from __future__ import annotations

from dataclasses import dataclass

from crm_desktop.domain.agenda import AgendaItem
from crm_desktop.domain.lists import Item
from crm_desktop.domain.pipeline import OpenStage
from crm_desktop.domain.today import TodayPanels

STEPS = ("customers", "company", "opportunity", "quote", "backup")


@dataclass(frozen=True, slots=True)
class Morning:
    """The panels, the open pipeline, how far a new user has come."""

    panels: TodayPanels
    pipeline: tuple[OpenStage, ...]
    steps: dict[str, bool]
    begins: bool  # the book is new enough for the start checklist
    sample: bool
    following: AgendaItem | None  # the next thing after today
    currency: str  # the firm's own


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A morning to come, as it is unless the book changes before."""

    morning: Morning
    items: tuple[Item, ...]  # of all lists: what the rows of the morning name
