"""The overview of the reports: every number opens its rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from crm_desktop.data import reports as rows
from crm_desktop.data.book import Book
from crm_desktop.data.session import Session
from crm_desktop.data.today import activities_by_type
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.lists import item_name
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.domain.reports import (
    LIST_COLUMNS,
    MonthBar,
    Period,
    ReportOverview,
    ReportTable,
    Share,
    Span,
    Total,
    months_before,
)
from crm_desktop.domain.today import Rows, Sums, month_of
from crm_desktop.exchange.writing import Column, ColumnType, TableOut, in_batches, write_sheets
from crm_desktop.services.lists import Lists
from crm_desktop.services.opportunities import Opportunities
from crm_desktop.services.records import Records
from crm_desktop.words import Words

_TYPES: dict[str, tuple[Any, ...]] = {
    "month": (ColumnType.DATE,),
    "count": (ColumnType.INTEGER,),
    "count_before": (ColumnType.INTEGER,),
    "days": (ColumnType.INTEGER,),
    "amount": (ColumnType.MONEY,),
    "amount_before": (ColumnType.MONEY,),
    "year_before": (ColumnType.MONEY,),
    "share": (ColumnType.PERCENT, 1),
    "conversion": (ColumnType.PERCENT, 1),
}


class Reports:
    """Numbers of a period beside those of the one before."""

    def __init__(
        self,
        book: Book,
        clock: Clock,
        records: Records,
        opportunities: Opportunities,
        lists: Lists,
    ) -> None:
        self._book = book
        self._clock = clock
        self._records = records
        self._opportunities = opportunities
        self._lists = lists

    def period(self, span: Span) -> Period:
        """The days a period means today."""
        return Period.of(span, self._clock.today())

    def overview(self, period: Period) -> ReportOverview:
        """Everything of the overview page."""
        zone = ZoneInfo(self._clock.zone)
        since = datetime.combine(period.first, time(), zone)
        until = datetime.combine(period.last + timedelta(days=1), time(), zone)
        earlier = period.before()
        with self._book.read() as session:
            # Through the index of what is done; the same numbers as those of the queries.
            by_type = activities_by_type(session, period.first, period.last)
            by_type_before = activities_by_type(session, earlier.first, earlier.last)
            return ReportOverview(
                period=period,
                won=self._closed(session, period, "won"),
                lost=self._closed(session, period, "lost"),
                new_companies=self._new_companies(session, period),
                activities=Total(
                    sum(by_type.values()),
                    {},
                    sum(by_type_before.values()),
                    {},
                    Rows(Kind.ACTIVITY, _done(period)),
                ),
                won_per_month=self._won_per_month(session, min(period.last, self._clock.today())),
                funnel=self._opportunities.funnel(since=since, until=until),
                by_level=self._companies(session, "level"),
                by_industry=self._companies(session, "industry"),
                lost_reasons=_lost_reasons(session, period),
                activities_by_type=_shares_of_types(by_type, period),
            )

    def export(self, overview: ReportOverview, path: Path, words: Words) -> int:
        """Write every table of the overview as a sheet of one workbook; returns the rows.

        The first sheet names the period. Refused where the file cannot be written.
        """
        about = TableOut(
            words.text("report_page.sheet_about"),
            (
                Column(words.text("report_page.sheet_what")),
                Column(words.text("report_page.sheet_value")),
            ),
            in_batches(
                (
                    (words.text("report_page.sheet_first"), overview.period.first.isoformat()),
                    (words.text("report_page.sheet_last"), overview.period.last.isoformat()),
                    (words.text("report_page.sheet_made"), self._clock.today().isoformat()),
                )
            ),
            words.text,
        )
        return write_sheets(path, [about, *(self._sheet(t, words) for t in overview.tables())])

    def _sheet(self, table: ReportTable, words: Words) -> TableOut:
        def shown(column: str, value: Any) -> Any:
            if column == "figure":
                return words.text(f"report.figure.{value}")
            if column in LIST_COLUMNS:
                item = self._lists.item(value) if value is not None else None
                return item_name(item, words.text) if item else words.text("report.without")
            return value

        return TableOut(
            words.text(f"report.table.{table.code}"),
            tuple(
                Column(words.text(f"report.column.{c}"), *_TYPES.get(c, (ColumnType.TEXT,)))
                for c in table.columns
            ),
            in_batches(
                tuple(shown(c, v) for c, v in zip(table.columns, row, strict=True))
                for row in table.rows
            ),
            words.text,
            len(table.rows),
        )

    def _closed(self, session: Session, period: Period, state: str) -> Total:
        reader = self._records.reader(session, Kind.OPPORTUNITY)
        now, before = (_closed(p.first, p.last, state) for p in (period, period.before()))
        return Total(
            reader.count(now),
            reader.sums(now, ["amount"])["amount"],
            reader.count(before),
            reader.sums(before, ["amount"])["amount"],
            Rows(Kind.OPPORTUNITY, now),
        )

    def _new_companies(self, session: Session, period: Period) -> Total:
        reader = self._records.reader(session, Kind.COMPANY)
        now, before = (_between("created_at", p.first, p.last) for p in (period, period.before()))
        return Total(reader.count(now), {}, reader.count(before), {}, Rows(Kind.COMPANY, now))

    def _won_per_month(self, session: Session, last: date) -> tuple[MonthBar, ...]:
        end = last.replace(day=1)
        months = [months_before(end, back) for back in range(11, -1, -1)]
        found = rows.closed_by_month(session, "won", months_before(end, 23), month_of(end)[1])
        bars = []
        for month in months:
            here = found.get((month.year, month.month), {})
            then = found.get((month.year - 1, month.month), {})
            bars.append(
                MonthBar(
                    month,
                    sum(count for count, _ in here.values()),
                    _sums(here),
                    _sums(then),
                    Rows(Kind.OPPORTUNITY, _closed(*month_of(month), "won")),
                )
            )
        return tuple(bars)

    def _companies(self, session: Session, key: str) -> tuple[Share, ...]:
        return tuple(
            Share(item_id, count, {}, Rows(Kind.COMPANY, _having(Query(), key, item_id)))
            for item_id, count in rows.companies_by(session, key)
        )


def _lost_reasons(session: Session, period: Period) -> tuple[Share, ...]:
    counts: dict[int | None, int] = {}
    sums: dict[int | None, dict[str, Decimal]] = {}
    for reason, currency, count, amount in rows.lost_by_reason(session, period.first, period.last):
        counts[reason] = counts.get(reason, 0) + count
        sums.setdefault(reason, {})[currency] = amount
    lost = _closed(period.first, period.last, "lost")
    return tuple(
        Share(
            reason,
            count,
            sums[reason],
            Rows(Kind.OPPORTUNITY, _having(lost, "lost_reason", reason)),
        )
        for reason, count in rows.largest_first(counts.items())
    )


def _shares_of_types(by_type: Mapping[int | None, int], period: Period) -> tuple[Share, ...]:
    done = _done(period)
    return tuple(
        Share(type_id, count, {}, Rows(Kind.ACTIVITY, _having(done, "type", type_id)))
        for type_id, count in rows.largest_first(by_type.items())
    )


def _done(period: Period) -> Query:
    done = Condition("state", Op.IS, "done")
    return _between("done_at", period.first, period.last).also(done)


def _having(query: Query, key: str, item_id: int | None) -> Query:
    if item_id is None:
        return query.also(Condition(key, Op.EMPTY))
    return query.also(Condition(key, Op.IS, item_id))


def _closed(first: date, last: date, state: str) -> Query:
    return _between("closed_on", first, last).also(Condition("state", Op.IS, state))


def _between(key: str, first: date, last: date) -> Query:
    return Query().also(Condition(key, Op.BETWEEN, (first, last)))


def _sums(by_currency: Mapping[str, tuple[int, Decimal]]) -> Sums:
    return {currency: amount for currency, (_, amount) in by_currency.items()}
