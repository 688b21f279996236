"""What Today shows, read in one go off the thread of the window."""

from __future__ import annotations

from dataclasses import dataclass

from crm_desktop.domain.agenda import AgendaItem
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.pipeline import OPEN, BoardColumn, Stage
from crm_desktop.domain.queries import EVERYTHING
from crm_desktop.domain.today import TodayPanels
from crm_desktop.services.house import Services

STEPS = ("customers", "company", "opportunity", "quote", "backup")
_GROWN_UP = 10  # opportunities or quotes from which nobody needs to be told how to begin


@dataclass(frozen=True, slots=True)
class Morning:
    """All the page needs: the panels, the open pipeline, how far a new user has come."""

    panels: TodayPanels
    pipeline: tuple[BoardColumn, ...]
    steps: dict[str, bool]
    begins: bool  # the book is new enough for the start checklist
    sample: bool
    following: AgendaItem | None  # the next thing after today


def read_morning(services: Services) -> Morning:
    """Read everything. Belongs into a reader thread."""
    panels = services.today.panels()
    columns = services.opportunities.board()
    counts = {
        kind: services.records.count(kind, EVERYTHING)
        for kind in (Kind.PERSON, Kind.COMPANY, Kind.OPPORTUNITY, Kind.QUOTE)
    }
    steps = {
        "customers": counts[Kind.PERSON] + counts[Kind.COMPANY] > 0,
        "company": bool(services.business.own_company().name),
        "opportunity": counts[Kind.OPPORTUNITY] > 0,
        "quote": counts[Kind.QUOTE] > 0,
        "backup": services.backups.last() is not None,
    }
    small = max(counts[Kind.OPPORTUNITY], counts[Kind.QUOTE]) < _GROWN_UP
    sample = services.business.holds_sample()
    week = panels.actions.week.items
    return Morning(
        panels,
        tuple(column for column in columns if Stage.of(column.stage).state == OPEN),
        steps,
        small and not sample and not all(steps.values()),
        sample,
        week[0] if week else None,
    )
