"""The morning, read in one go. Loaded before anything that can open a book."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.morning import Morning

if TYPE_CHECKING:
    from crm_desktop.domain.agenda import AgendaItem
    from crm_desktop.domain.today import TodayPanels
    from crm_desktop.services.house import Services

_GROWN_UP = 10  # opportunities or quotes from which nobody needs to be told how to begin


def read_morning(services: Services) -> Morning:
    """Read everything at one moment. Belongs into a reader thread."""
    with services.book.one_moment():
        return _read(services)


def read_another(services: Services, read: Morning) -> Morning:
    """That of another day, of a book that has not changed since `read`."""
    with services.book.one_moment():
        panels = services.today.panels_after(read.panels)
    return replace(read, panels=panels, following=_following(panels))


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
    return Morning(
        panels,
        services.opportunities.open_stages(),
        steps,
        not grown and not sample and not all(steps.values()),
        sample,
        _following(panels),
        services.business.trade().currency,
    )


def _following(panels: TodayPanels) -> AgendaItem | None:
    week = panels.actions.week.items
    return week[0] if week else None
