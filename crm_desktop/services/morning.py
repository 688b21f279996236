"""The morning, read in one go. Loaded before anything that can open a book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.morning import Morning

if TYPE_CHECKING:
    from crm_desktop.services.house import Services

_GROWN_UP = 10  # opportunities or quotes from which nobody needs to be told how to begin


def read_morning(services: Services) -> Morning:
    """Read everything at one moment. Belongs into a reader thread."""
    with services.book.one_moment():
        return _read(services)


def _read(services: Services) -> Morning:
    panels = services.today.panels()
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
        services.opportunities.open_stages(),
        steps,
        not grown and not sample and not all(steps.values()),
        sample,
        week[0] if week else None,
        services.business.trade().currency,
    )
