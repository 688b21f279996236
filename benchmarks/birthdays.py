"""Birthdays of the coming days among 100,000 people, a sixth of them lunar."""

from __future__ import annotations

from benchmarks import books
from benchmarks.measure import Result, percentile, seconds, within
from crm_desktop.data.uncollected import uncollected
from crm_desktop.domain.greetings import ComingBirthday
from crm_desktop.services.house import Services

PEOPLE = 100_000
SHOWN = 200  # rows that come looked up, as on the page


def run(people: int = PEOPLE) -> list[Result]:
    """Seven days and thirty as a page needs them, and all that is told of those of thirty days."""
    services = books.people(people)
    try:
        _first_page(services, 7)
        # As in the window: its readers leave the search for garbage to a timer.
        with uncollected():
            week = [seconds(lambda: _first_page(services, 7)) for _ in range(9)]
            month = [seconds(lambda: _first_page(services, 30)) for _ in range(9)]
            whole = [seconds(lambda: services.birthdays.coming(30)) for _ in range(9)]
    finally:
        services.book.close()
    return [
        within(f"birthdays of 7 days, {people:,} people", percentile(week, 0.5), 0.016),
        within(f"birthdays of 30 days, {people:,} people", percentile(month, 0.5), 0.030),
        Result(
            "the same with everything looked up",
            percentile(whole, 0.5),
            None,
            "none of its own",
            True,
        ),
    ]


def _first_page(services: Services, days: int) -> list[ComingBirthday]:
    """Everybody in order, and what the first screens show; the other rows when looked at."""
    return services.birthdays.looked_up(services.birthdays.celebrants(days)[:SHOWN])
