"""Saving one edit among a million people, journal and search index included."""

from __future__ import annotations

from benchmarks import books
from benchmarks.measure import Result, clock, percentile, within
from crm_desktop.domain.kinds import Kind

PEOPLE = 1_000_000


def run(people: int = PEOPLE) -> list[Result]:
    """Sixty edits; each is undone so that the book stays what it was."""
    services = books.people(people)
    times = []
    try:
        for number in range(60):
            person = 1 + number * 991
            started = clock()
            services.records.update(Kind.PERSON, person, {"notes": f"第 {number} 次"})
            times.append(clock() - started)
        for _ in range(60):
            services.history.undo()
    finally:
        services.book.close()
    return [within(f"save of one edit, p95, {people:,} people", percentile(times, 0.95), 0.010)]
