"""Spans of days that move with today: this month, last week, next quarter."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum


class Span(StrEnum):
    """A span a condition may name. The value is stored in saved views: never change one."""

    TODAY = "today"
    THIS_WEEK = "this_week"
    LAST_WEEK = "last_week"
    NEXT_WEEK = "next_week"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    NEXT_MONTH = "next_month"
    THIS_QUARTER = "this_quarter"
    LAST_QUARTER = "last_quarter"
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"

    def days(self, today: date) -> tuple[date, date]:
        """The first and the last day it means today; weeks begin on Monday."""
        if self is Span.TODAY:
            return today, today
        which, _, unit = self.value.partition("_")
        step = {"last": -1, "this": 0, "next": 1}[which]
        if unit == "week":
            monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
            return monday, monday + timedelta(days=6)
        months = {"month": 1, "quarter": 3, "year": 12}[unit]
        month = today.year * 12 + today.month - 1
        first = (month // months + step) * months
        return _first_of(first), _first_of(first + months) - timedelta(days=1)


def _first_of(month: int) -> date:
    """The first day of a month counted from the year 0."""
    return date(month // 12, month % 12 + 1, 1)
