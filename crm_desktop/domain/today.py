"""What Today shows: plain numbers, each with the query that opens exactly its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from crm_desktop.domain.agenda import AgendaItem
from crm_desktop.domain.anniversaries import ComingAnniversary
from crm_desktop.domain.greetings import ComingBirthday
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Query
from crm_desktop.domain.records import Found

Sums = Mapping[str, Decimal]  # by currency


@dataclass(frozen=True, slots=True)
class Rows:
    """The records behind a number."""

    kind: Kind
    query: Query


@dataclass(frozen=True, slots=True)
class ActionList:
    """Follow-ups of one heading: how many there are, and the first of them."""

    count: int
    items: tuple[AgendaItem, ...]
    rows: Rows


@dataclass(frozen=True, slots=True)
class Actions:
    """The follow-ups of today and the seven days after it."""

    overdue: ActionList
    today: ActionList
    week: ActionList  # from tomorrow on
    done_today: int


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A note on the firm's own board."""

    id: int
    text: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Attention:
    """Something that goes wrong unless somebody looks. Its words are "attention.CODE"."""

    code: str
    count: int
    rows: Rows
    days: int = 0  # the number of days its sentence names
    file: str = ""  # the path of the file it is about, where it is about no records


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """What happened in a month or a week, or in the first days of one."""

    first: date
    last: date
    won_count: int
    won: Sums
    calls: int
    visits: int
    activities: int
    quotes_sent: int
    new_customers: int


@dataclass(frozen=True, slots=True)
class MonthSummary:
    """This month beside the same days of last month and the whole of it."""

    this: PeriodFigures
    before: PeriodFigures  # the same days of last month: what a comparison may use
    last_month: PeriodFigures
    rows: Mapping[str, Rows]  # by the names of the figures ("won", "calls" …), of this month


@dataclass(frozen=True, slots=True)
class Decided:
    """An opportunity that was won or lost."""

    title: str
    company: str
    state: str
    amount: Decimal | None
    currency: str


@dataclass(frozen=True, slots=True)
class WeekSummary:
    """A week beside the one before it: up to the same weekday while it is not over."""

    this: PeriodFigures
    before: PeriodFigures
    done: ActionList
    decided: tuple[Decided, ...]


@dataclass(frozen=True, slots=True)
class TodayPanels:
    """The seven panels of the page."""

    day: date
    birthdays: tuple[ComingBirthday, ...]  # the first ones of the week
    birthday_count: int
    anniversaries: tuple[ComingAnniversary, ...]  # the first ones of the week
    anniversary_count: int
    actions: Actions
    recent_companies: tuple[Found, ...]
    notices: tuple[NoticeRow, ...]
    attention: tuple[Attention, ...]
    month: MonthSummary
    recent_people: tuple[Found, ...]
    recent_opportunities: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Badges:
    """The counters of the sidebar."""

    today: int  # due today or overdue
    follow_ups: int  # open within the week, late ones too
    birthdays: int  # and anniversaries within seven days
    tickets: int  # open
    records: Mapping[Kind, int] = field(default_factory=dict)

    def by_name(self) -> dict[str, int]:
        """By the names the catalogue of pages uses."""
        return {
            "today": self.today,
            "followups": self.follow_ups,
            "birthdays": self.birthdays,
            "service": self.tickets,
            "people": self.records.get(Kind.PERSON, 0),
            "companies": self.records.get(Kind.COMPANY, 0),
            "opportunities": self.records.get(Kind.OPPORTUNITY, 0),
            "documents": self.records.get(Kind.QUOTE, 0) + self.records.get(Kind.CONTRACT, 0),
            "products": self.records.get(Kind.PRODUCT, 0),
        }


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of the month a day lies in."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def same_days_before(day: date) -> tuple[date, date]:
    """The days of last month up to the same number (31 March: all of February)."""
    first, last = month_of(day.replace(day=1) - timedelta(days=1))
    return first, min(last, first + timedelta(days=day.day - 1))


def week_of(day: date) -> tuple[date, date]:
    """The Monday and the Sunday of the week a day lies in."""
    first = day - timedelta(days=day.weekday())
    return first, first + timedelta(days=6)


def percent_change(now: Decimal | int, before: Decimal | int) -> int | None:
    """By how many percent it grew, in whole ones; None where there was nothing before."""
    if not before:
        return None
    change = (Decimal(now) - Decimal(before)) * 100 / abs(Decimal(before))
    return int(change.quantize(Decimal(1), rounding=ROUND_HALF_UP))
