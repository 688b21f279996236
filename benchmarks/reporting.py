"""Reports and Today among a million opportunities and activities, and a record with a long past."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from datetime import UTC, datetime, time

from benchmarks import trade
from benchmarks.measure import Result, seconds, within
from crm_desktop.data import reports, today
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.reports import Span, months_before
from crm_desktop.services.morning import read_morning

COUNT = 1_000_000
ROUNDS = 5


def run(count: int = COUNT) -> list[Result]:
    """Every report of the longest period; each number is one statement."""
    services = trade.made(count)
    period = services.reports.period(Span.LAST_12_MONTHS)
    since = datetime.combine(period.first, time(), UTC)
    ref = Ref(Kind.COMPANY, 1)

    def opened() -> None:
        services.records.card(ref.kind, ref.id)
        services.timeline.of(ref, limit=trade.SEVERAL)
        services.figures.of(ref)

    try:
        with services.book.read() as session:
            each: dict[str, Callable[[], object]] = {
                "won per month": lambda: reports.closed_by_month(
                    session, "won", months_before(period.first, 12), period.last
                ),
                "reasons of lost ones": lambda: reports.lost_by_reason(
                    session, period.first, period.last
                ),
                "activities by type": lambda: today.activities_by_type(
                    session, period.first, period.last
                ),
                "companies by level": lambda: reports.companies_by(session, "level"),
                "companies by industry": lambda: reports.companies_by(session, "industry"),
                "funnel": lambda: services.opportunities.funnel(since=since),
            }
            results = [
                within(f"report of {count:,}: {name}", _median(work), 0.1)
                for name, work in each.items()
            ]
        whole = _median(lambda: services.reports.overview(period))
        results.append(within(f"reports of {count:,}: the whole page", whole, 0.5))
        results.append(within(f"Today of {count:,}", _median(lambda: read_morning(services)), 0.1))
        name = f"a company with {trade.SEVERAL} activities"
        results.append(within(name, _median(opened), 0.06))
    finally:
        services.book.close()
    return results


def _median(work: Callable[[], object]) -> float:
    work()  # the first one pays for cold pages
    return statistics.median(seconds(work) for _ in range(ROUNDS))
