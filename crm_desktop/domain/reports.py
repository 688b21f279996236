"""Reports: numbers of a span of days, each with the rows behind it, and as plain tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.pipeline import LOST, WON, FunnelStep
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.domain.today import Rows, Sums, month_of


class Span(StrEnum):
    """The periods a report offers. Its words are "report.span.CODE"."""

    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THIS_QUARTER = "this_quarter"
    LAST_QUARTER = "last_quarter"
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"
    LAST_12_MONTHS = "last_12_months"


@dataclass(frozen=True, slots=True)
class Period:
    """Days of a report, both ends included."""

    first: date
    last: date

    @classmethod
    def of(cls, span: Span, today: date) -> Period:
        """The days a period means today."""
        month, month_end = month_of(today)
        quarter = month.replace(month=(month.month - 1) // 3 * 3 + 1)
        match span:
            case Span.THIS_MONTH:
                return cls(month, month_end)
            case Span.LAST_MONTH:
                return cls(*month_of(month - timedelta(days=1)))
            case Span.THIS_QUARTER:
                return cls(quarter, _quarter_end(quarter))
            case Span.LAST_QUARTER:
                return cls(months_before(quarter, 3), quarter - timedelta(days=1))
            case Span.THIS_YEAR:
                return cls(date(today.year, 1, 1), date(today.year, 12, 31))
            case Span.LAST_YEAR:
                return cls(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))
            case Span.LAST_12_MONTHS:
                return cls(months_before(month, 11), month_end)

    def before(self) -> Period:
        """The span of the same length just before: whole months before whole months."""
        if self.first.day == 1 and (self.last + timedelta(days=1)).day == 1:
            months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
            start = months_before(self.first, months + 1)
            return Period(start, self.first - timedelta(days=1))
        days = (self.last - self.first).days + 1
        return Period(self.first - timedelta(days=days), self.first - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class MonthBar:
    """What was won in a month, and in the same month a year before."""

    month: date
    count: int
    sums: Sums
    year_before: Sums
    rows: Rows


@dataclass(frozen=True, slots=True)
class Share:
    """Part of a whole by an item of a list; None: those without one."""

    item_id: int | None
    count: int
    sums: Sums
    rows: Rows


@dataclass(frozen=True, slots=True)
class Total:
    """A number of the period beside the one before."""

    count: int
    sums: Sums
    count_before: int
    sums_before: Sums
    rows: Rows


@dataclass(frozen=True, slots=True)
class ReportOverview:
    """The overview page of the reports."""

    period: Period
    won: Total
    lost: Total
    new_companies: Total
    activities: Total
    won_per_month: tuple[MonthBar, ...]  # twelve, up to the end of the period
    funnel: tuple[FunnelStep, ...]  # of opportunities recorded in the period
    by_level: tuple[Share, ...]  # companies as they are now
    by_industry: tuple[Share, ...]
    lost_reasons: tuple[Share, ...]
    activities_by_type: tuple[Share, ...]

    def win_rate(self) -> tuple[int | None, int]:
        """Won of all that was decided, in whole percent, and of how many."""
        decided = self.won.count + self.lost.count
        return (round(100 * self.won.count / decided) if decided else None), decided

    def decided(self) -> Rows:
        """The opportunities the win rate is of: won or lost in the period."""
        days = (self.period.first, self.period.last)
        closed = Query().also(Condition("closed_on", Op.BETWEEN, days))
        return Rows(Kind.OPPORTUNITY, closed.also(Condition("state", Op.ANY_OF, (WON, LOST))))

    def tables(self) -> tuple[ReportTable, ...]:
        """Every number as plain tables, for files."""
        return (
            _totals_table(self),
            ReportTable(
                "won_per_month",
                ("month", "count", "currency", "amount", "year_before"),
                tuple(
                    (bar.month, count, currency, amount, before)
                    for bar in self.won_per_month
                    for (count,), currency, amount, before in _by_currency(
                        (bar.count,), bar.sums, bar.year_before
                    )
                ),
            ),
            ReportTable(
                "funnel",
                ("stage", "count", "currency", "amount", "conversion", "days"),
                tuple(
                    (
                        step.stage.id,
                        count,
                        currency,
                        amount,
                        None if step.conversion is None else _percent(step.conversion),
                        None if step.average_days is None else round(step.average_days),
                    )
                    for step in self.funnel
                    for (count,), currency, amount, _ in _by_currency((step.count,), step.sums, {})
                ),
            ),
            _shares_table("by_level", "level", self.by_level),
            _shares_table("by_industry", "industry", self.by_industry),
            _shares_table("lost_reasons", "reason", self.lost_reasons),
            _shares_table("activities_by_type", "type", self.activities_by_type),
        )


@dataclass(frozen=True, slots=True)
class ReportTable:
    """Rows of plain values. Words: "report.table.CODE" and "report.column.COLUMN".

    The columns stage, level, industry, reason and type hold ids of list items (None: without).
    """

    code: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


_Line = tuple[tuple[int | None, ...], str | None, Decimal | None, Decimal | None]
LIST_COLUMNS = frozenset({"stage", "level", "industry", "reason", "type"})


def months_before(month: date, count: int) -> date:
    """The first day of the month `count` months before."""
    number = month.year * 12 + month.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)


def _quarter_end(quarter: date) -> date:
    return month_of(quarter.replace(month=quarter.month + 2))[1]


def _by_currency(counts: tuple[int, ...], now: Sums, before: Sums) -> list[_Line]:
    """One line per currency, or one without any; counts stand once, so that columns add up."""
    currencies = sorted(set(now) | set(before))
    if not currencies:
        return [(counts, None, None, None)]
    zero, nothing = Decimal(0), (None,) * len(counts)
    return [
        (nothing if number else counts, c, now.get(c, zero), before.get(c, zero))
        for number, c in enumerate(currencies)
    ]


def _percent(share: float) -> Decimal:
    return Decimal(round(share * 1000)) / 10


def _shares_table(code: str, column: str, shares: tuple[Share, ...]) -> ReportTable:
    total = sum(share.count for share in shares)
    return ReportTable(
        code,
        (column, "count", "share"),
        tuple((s.item_id, s.count, _percent(s.count / total)) for s in shares if s.count),
    )


def _totals_table(overview: ReportOverview) -> ReportTable:
    totals: Mapping[str, Total] = {
        "won": overview.won,
        "lost": overview.lost,
        "new_companies": overview.new_companies,
        "activities": overview.activities,
    }
    return ReportTable(
        "totals",
        ("figure", "count", "count_before", "currency", "amount", "amount_before"),
        tuple(
            (code, count, earlier, currency, amount, before)
            for code, total in totals.items()
            for (count, earlier), currency, amount, before in _by_currency(
                (total.count, total.count_before), total.sums, total.sums_before
            )
        ),
    )
