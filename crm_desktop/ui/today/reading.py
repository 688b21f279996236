"""What Today shows, read in one go off the thread of the window."""

from __future__ import annotations

from dataclasses import dataclass

from crm_desktop.domain.agenda import AgendaItem
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.pipeline import OPEN, BoardColumn, Stage
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
    with services.book.one_moment():
        return _read(services)


def _read(services: Services) -> Morning:
    panels = services.today.panels()
    columns = services.opportunities.board()
    # Nothing is counted: of a large book that would take longer than a panel.
    there = services.records.at_least
    steps = {
        "customers": bool(panels.recent_people or panels.recent_companies),
        "company": bool(services.business.own_company().name),
        "opportunity": bool(panels.recent_opportunities),
        "quote": there(Kind.QUOTE, 1),
        "backup": services.backups.last() is not None,
    }
    grown = there(Kind.OPPORTUNITY, _GROWN_UP) or there(Kind.QUOTE, _GROWN_UP)
    sample = services.business.holds_sample()
    week = panels.actions.week.items
    return Morning(
        panels,
        tuple(column for column in columns if Stage.of(column.stage).state == OPEN),
        steps,
        not grown and not sample and not all(steps.values()),
        sample,
        week[0] if week else None,
    )
