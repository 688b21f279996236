"""The overview of the reports on a small book worked out by hand."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.reports import LIST_COLUMNS, Period, Span, months_before
from crm_desktop.services.house import Services
from crm_desktop.words import Words


def closed(services: Services, state: str, day: date, amount: str, **values: Any) -> int:
    stage = services.lists.by_code("stage", state).id
    given = {"title": "o", "amount": amount, "stage": stage, "closed_on": day, **values}
    return services.records.create(Kind.OPPORTUNITY, given)


@pytest.fixture
def filled(services: Services) -> Services:
    level = services.lists.by_code("level", "a").id
    a = services.records.create(Kind.COMPANY, {"name": "A", "level": level})
    services.records.create(Kind.COMPANY, {"name": "B", "level": level})
    services.records.create(Kind.COMPANY, {"name": "C"})
    closed(services, "won", date(2026, 11, 3), "100", company=a)
    closed(services, "won", date(2026, 10, 31), "50.50")
    closed(services, "won", date(2026, 10, 1), "7", currency="USD")
    closed(services, "won", date(2026, 9, 30), "1000")
    closed(services, "won", date(2025, 11, 30), "30")
    price = services.lists.by_code("lost_reason", "price").id
    closed(services, "lost", date(2026, 11, 5), "9", lost_reason=price)
    closed(services, "lost", date(2026, 11, 6), "9")
    for day in ("2026-11-02", "2026-11-03", "2026-08-01"):
        when = datetime.fromisoformat(f"{day}T04:00:00").replace(tzinfo=UTC)
        services.activities.log(Ref(Kind.COMPANY, a), "x", "call", when=when)
    return services


def test_the_numbers(filled: Services) -> None:
    overview = filled.reports.overview(filled.reports.period(Span.THIS_QUARTER))
    assert overview.period == Period(date(2026, 10, 1), date(2026, 12, 31))
    assert (overview.won.count, overview.won.count_before) == (3, 1)
    assert overview.won.sums == {"CNY": Decimal("150.50"), "USD": Decimal(7)}
    assert overview.won.sums_before == {"CNY": Decimal(1000)}
    assert overview.lost.count == 2
    assert overview.win_rate() == (60, 5)
    decided = overview.decided()
    assert filled.records.count(decided.kind, decided.query) == 5
    assert (overview.activities.count, overview.activities.count_before) == (2, 1)
    months = {bar.month: bar for bar in overview.won_per_month}
    assert list(months) == [months_before(date(2026, 11, 1), n) for n in range(11, -1, -1)]
    november = months[date(2026, 11, 1)]
    assert november.sums == {"CNY": Decimal(100)}
    assert november.year_before == {"CNY": Decimal(30)}
    assert months[date(2026, 10, 1)].count == 2
    assert [share.count for share in overview.by_level] == [2, 1]
    assert [share.count for share in overview.lost_reasons] == [1, 1]


def test_the_funnel_ends_with_the_period_and_goes_by_the_days_of_the_user(
    services: Services, clock: FixedClock
) -> None:
    made = {}
    for moment in ("2026-09-30T17:00", "2026-10-31T15:59", "2026-10-31T16:00"):  # UTC; here +8
        clock.moment = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        values = {"title": moment, "amount": "10"}
        made[moment] = services.records.create(Kind.OPPORTUNITY, values)
    october = services.reports.overview(Period(date(2026, 10, 1), date(2026, 10, 31))).funnel
    assert list(october[0].ids) == [made["2026-09-30T17:00"], made["2026-10-31T15:59"]]
    assert october[0].sums == {"CNY": Decimal(20)}
    november = services.reports.overview(Period(date(2026, 11, 1), date(2026, 11, 30))).funnel
    assert list(november[0].ids) == [made["2026-10-31T16:00"]]


def test_every_number_opens_its_rows(filled: Services) -> None:
    overview = filled.reports.overview(filled.reports.period(Span.LAST_12_MONTHS))
    shares = (
        *overview.by_level,
        *overview.by_industry,
        *overview.lost_reasons,
        *overview.activities_by_type,
    )
    totals = (overview.won, overview.lost, overview.new_companies, overview.activities)
    numbers: list[Any] = [*shares, *totals, *overview.won_per_month]
    for number in numbers:
        found = filled.records.count(number.rows.kind, number.rows.query)
        assert found == number.count, number


def test_tables_add_up_and_have_words(filled: Services) -> None:
    overview = filled.reports.overview(filled.reports.period(Span.THIS_YEAR))
    tables = {table.code: table for table in overview.tables()}
    month = tables["won_per_month"]
    place = month.columns.index("count")
    assert sum(row[place] or 0 for row in month.rows) == sum(
        bar.count for bar in overview.won_per_month
    )
    for language in ("en", "zh"):
        words = Words(language)
        for span in Span:
            assert words.text(f"report.span.{span}")
        for table in tables.values():
            assert words.text(f"report.table.{table.code}")
            for column in table.columns:
                assert words.text(f"report.column.{column}")
            assert all(len(row) == len(table.columns) for row in table.rows)
    assert {c for table in tables.values() for c in table.columns} >= LIST_COLUMNS
    for row in tables["totals"].rows:
        assert Words("en").text(f"report.figure.{row[0]}")


def test_an_empty_book(services: Services) -> None:
    overview = services.reports.overview(services.reports.period(Span.THIS_MONTH))
    assert overview.win_rate() == (None, 0)
    assert all(bar.count == 0 for bar in overview.won_per_month)
    assert overview.tables()


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2028, 2, 29), date(2026, 12, 31)])
@pytest.mark.parametrize("span", Span)
def test_periods_meet_the_one_before(day: date, span: Span) -> None:
    period = Period.of(span, day)
    before = period.before()
    assert (period.first - before.last).days == 1
    assert before.first.day == 1
    clock = FixedClock(datetime(day.year, day.month, day.day, 1, tzinfo=UTC))
    assert clock.today() == day
    odd = Period(date(2026, 3, 5), date(2026, 3, 9)).before()
    assert odd == Period(date(2026, 2, 28), date(2026, 3, 4))


def test_every_number_is_read_off_an_index_that_covers_it(filled: Services) -> None:
    seen: list[tuple[str, Any]] = []
    event.listen(
        filled.book._readers,
        "before_cursor_execute",
        lambda _c, _u, statement, args, _x, _m: seen.append((statement, args)),
    )
    filled.reports.overview(filled.reports.period(Span.LAST_12_MONTHS))
    asked = [
        pair
        for pair in seen
        if pair[0].startswith(("SELECT", "WITH")) and "FROM custom" not in pair[0]
    ]
    tables = ("opportunities", "activities", "companies")
    with filled.book.read() as session:
        for statement, args in asked:
            rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", args)
            steps = [str(row[3]) for row in rows]
            for table in tables:
                looked = [
                    step
                    for step in steps
                    if re.match(rf"(SCAN|SEARCH) ({table}|{table[0]})\b", step)
                ]
                assert all("COVERING INDEX" in step for step in looked), (statement, steps)
    assert sum(any(table in statement for table in tables) for statement, _ in asked) > 10
