"""Birthdays of the coming days among 100,000 people, a sixth of them lunar."""

from __future__ import annotations

from benchmarks import books
from benchmarks.measure import Result, percentile, seconds, within
from crm_desktop.data.uncollected import uncollected

PEOPLE = 100_000


def run(people: int = PEOPLE) -> list[Result]:
    """Seven days and thirty."""
    services = books.people(people)
    try:
        services.birthdays.coming(7)
        # As in the window: its readers leave the search for garbage to a timer.
        with uncollected():
            week = [seconds(lambda: services.birthdays.coming(7)) for _ in range(9)]
            month = [seconds(lambda: services.birthdays.coming(30)) for _ in range(9)]
    finally:
        services.book.close()
    return [
        within(f"birthdays of 7 days, {people:,} people", percentile(week, 0.5), 0.016),
        within(f"birthdays of 30 days, {people:,} people", percentile(month, 0.5), 0.030),
    ]
