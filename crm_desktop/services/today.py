"""The page of the morning: all seven panels, and the counters of the sidebar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from crm_desktop.data import activities as activity_rows
from crm_desktop.data import today as rows
from crm_desktop.data.book import Book
from crm_desktop.data.left_over import LEFT_OVER
from crm_desktop.data.session import Session
from crm_desktop.domain.agenda import Section
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Condition, Group, Op, Query
from crm_desktop.domain.records import Found, Row
from crm_desktop.domain.tickets import OPEN_STATES
from crm_desktop.domain.today import (
    ActionList,
    Actions,
    Attention,
    Badges,
    Decided,
    MonthSummary,
    PeriodFigures,
    Rows,
    TodayPanels,
    WeekSummary,
    month_of,
    same_days_before,
    week_of,
)
from crm_desktop.services.anniversaries import Anniversaries
from crm_desktop.services.birthdays import Birthdays
from crm_desktop.services.business import Business
from crm_desktop.services.lists import Lists
from crm_desktop.services.notices import Notices
from crm_desktop.services.records import Records
from crm_desktop.services.search import Search

SILENT_DAYS = 30
EXPIRING_DAYS = 7
UNANSWERED_DAYS = 7
ENDING_DAYS = 30
MISSED_DAYS = 7
SHOWN = 50
"""Follow-ups of one heading, and birthdays, that are loaded; the count says how many there are."""

_COUNTED = (
    Kind.PERSON,
    Kind.COMPANY,
    Kind.OPPORTUNITY,
    Kind.PRODUCT,
    Kind.QUOTE,
    Kind.CONTRACT,
    Kind.TICKET,
)
_DECIDED = ("title", "company", "state", "amount", "currency")
_NO_ROWS = Rows(Kind.PERSON, Query(only=()))
_OPEN_TICKETS = Query().also(Condition("state", Op.ANY_OF, OPEN_STATES))


class Today:
    """What there is to do, and how the month goes."""

    def __init__(
        self,
        book: Book,
        clock: Clock,
        records: Records,
        lists: Lists,
        business: Business,
        birthdays: Birthdays,
        anniversaries: Anniversaries,
        search: Search,
        notices: Notices,
    ) -> None:
        self._book = book
        self._clock = clock
        self._records = records
        self._lists = lists
        self._business = business
        self._birthdays = birthdays
        self._anniversaries = anniversaries
        self._search = search
        self._notices = notices

    def panels(self) -> TodayPanels:
        """All seven panels, of today."""
        return self._of_today(
            self._recent(Kind.COMPANY), self._recent(Kind.PERSON), self._recent(Kind.OPPORTUNITY)
        )

    def panels_after(self, read: TodayPanels) -> TodayPanels:
        """The same of a book that has not changed since `read`, which were those of another day."""
        return self._of_today(read.recent_companies, read.recent_people, read.recent_opportunities)

    def _of_today(
        self,
        companies: tuple[Found, ...],
        people: tuple[Found, ...],
        opportunities: tuple[Found, ...],
    ) -> TodayPanels:
        return TodayPanels(
            day=self._clock.today(),
            birthdays=tuple(self._birthdays.coming(7, limit=SHOWN)),
            birthday_count=self._birthdays.count(7),
            anniversaries=tuple(self._anniversaries.coming(7, limit=SHOWN)),
            anniversary_count=self._anniversaries.count(7),
            actions=self.actions(),
            recent_companies=companies,
            notices=tuple(self._notices.current()),
            attention=self.attention(),
            month=self.month(),
            recent_people=people,
            recent_opportunities=opportunities,
        )

    def actions(self) -> Actions:
        """Overdue, today, and the seven days after it."""
        today = self._clock.today()
        midnight = datetime.combine(today, time(), ZoneInfo(self._clock.zone))
        with self._book.read() as session:
            by_section = rows.open_by_section(session, today)
            return Actions(
                overdue=_actions(session, by_section[Section.OVERDUE]),
                today=_actions(session, by_section[Section.TODAY]),
                week=_actions(session, by_section[Section.WEEK]),
                done_today=rows.done_count(session, midnight),
            )

    def attention(self) -> tuple[Attention, ...]:
        """What needs a look, in the order of urgency; only what there is."""
        return tuple(item for item in self._attention() if item.count)

    def month(self) -> MonthSummary:
        """This month beside the last one."""
        today = self._clock.today()
        spans = {
            "this": month_of(today),
            "before": same_days_before(today),
            "last_month": month_of(today.replace(day=1) - timedelta(days=1)),
        }
        with self._book.read() as session:
            quotes = rows.counts_of_quotes(session, spans)
            figures = {
                name: self._figures(session, *span, quotes[name]) for name, span in spans.items()
            }
        return MonthSummary(
            figures["this"], figures["before"], figures["last_month"], self._month_rows(today)
        )

    def week(self) -> WeekSummary:
        """This week beside the last one, what was done and what was decided."""
        today = self._clock.today()
        first, last = week_of(today)
        seven = timedelta(days=7)
        spans = {"this": (first, last), "before": (first - seven, today - seven)}
        done = _done(first, last)
        done_ids = list(self._records.ids(Kind.ACTIVITY, replace(done, order=(("done_at", True),))))
        closed = _between("closed_on", first, last).also(
            Condition("state", Op.ANY_OF, ("won", "lost"))
        )
        decided_ids = list(self._records.ids(Kind.OPPORTUNITY, closed))
        with self._book.read() as session:
            quotes = rows.counts_of_quotes(session, spans)
            figures = {
                name: self._figures(session, *span, quotes[name]) for name, span in spans.items()
            }
            items = tuple(activity_rows.with_ids(session, done_ids[:SHOWN]))
            found = self._records.reader(session, Kind.OPPORTUNITY).rows(decided_ids, _DECIDED)
        return WeekSummary(
            this=figures["this"],
            before=figures["before"],
            done=ActionList(len(done_ids), items, Rows(Kind.ACTIVITY, done)),
            decided=tuple(_decided(row) for row in found),
        )

    def badges(self) -> Badges:
        """The counters of the sidebar."""
        with self._book.read() as session:
            by_section = rows.open_by_section(session, self._clock.today())
            counts = {kind: self._records.reader(session, kind).count(Query()) for kind in _COUNTED}
            tickets = self._records.reader(session, Kind.TICKET).count(_OPEN_TICKETS)
        due = len(by_section[Section.OVERDUE]) + len(by_section[Section.TODAY])
        return Badges(
            today=due,
            follow_ups=due + len(by_section[Section.WEEK]),
            birthdays=self._birthdays.count(7) + self._anniversaries.count(7),
            tickets=tickets,
            records=counts,
        )

    def _attention(self) -> Iterator[Attention]:
        today = self._clock.today()
        late = Condition("promised_by", Op.BEFORE, today)
        yield self._counted("tickets_late", Kind.TICKET, _OPEN_TICKETS.also(late))
        open_ones = Query().also(Condition("state", Op.IS, "open"))
        lacking = Condition("next_step", Op.EMPTY)
        yield self._counted("opportunities_without_step", Kind.OPPORTUNITY, open_ones.also(lacking))
        yield self._counted("tickets_without_step", Kind.TICKET, _OPEN_TICKETS.also(lacking))
        sent = Query().also(Condition("state", Op.IS, "sent"))
        yield self._counted(
            "quotes_expiring",
            Kind.QUOTE,
            sent.also(Condition("valid_until", Op.WITHIN, -EXPIRING_DAYS)),
            EXPIRING_DAYS,
        )
        unanswered = Condition("sent_at", Op.BEFORE, today - timedelta(days=UNANSWERED_DAYS - 1))
        yield self._counted("quotes_unanswered", Kind.QUOTE, sent.also(unanswered), UNANSWERED_DAYS)
        running = Query().also(Condition("state", Op.ANY_OF, ("signed", "in_force")))
        yield self._counted(
            "contracts_ending",
            Kind.CONTRACT,
            running.also(Condition("end", Op.WITHIN, -ENDING_DAYS)),
            ENDING_DAYS,
        )
        late_money = Query().also(Condition("overdue", Op.AFTER, Decimal(0)))
        yield self._counted("payments_overdue", Kind.CONTRACT, late_money)
        yield self._silent("companies_silent", Kind.COMPANY, today)
        yield self._silent("people_silent", Kind.PERSON, today)
        yield self._missed()
        for file, count in self._business.get(LEFT_OVER, {}).items():
            yield Attention("rows_left_over", count, _NO_ROWS, file=file)

    def _counted(self, code: str, kind: Kind, query: Query, days: int = 0) -> Attention:
        return Attention(code, self._records.count(kind, query), Rows(kind, query), days)

    def _silent(self, code: str, kind: Kind, today: date) -> Attention:
        days = int(self._business.get("silent_days", SILENT_DAYS))
        before = today - timedelta(days=days)
        customer = [self._lists.by_code("lifecycle", c).id for c in ("customer", "loyal")]
        query = silent_query(kind, customer, before)
        with self._book.read() as session:
            count = rows.count_silent(session, kind, customer, before)
        return Attention(code, count, Rows(kind, query), days)

    def _missed(self) -> Attention:
        missed = self._birthdays.missed(MISSED_DAYS)
        found = Rows(Kind.PERSON, Query(only=tuple(missed)))
        return Attention("birthdays_missed", len(missed), found, MISSED_DAYS)

    def _figures(self, session: Session, first: date, last: date, quotes: int) -> PeriodFigures:
        by_type = rows.activities_by_type(session, first, last)
        won = _won(first, last)
        opportunities = self._records.reader(session, Kind.OPPORTUNITY)
        return PeriodFigures(
            first=first,
            last=last,
            won_count=opportunities.count(won),
            won=opportunities.sums(won, ["amount"])["amount"],
            calls=by_type.get(self._type("call"), 0),
            visits=sum(by_type.get(self._type(code), 0) for code in ("visit", "courtesy")),
            activities=sum(by_type.values()),
            quotes_sent=quotes,
            new_customers=self._records.reader(session, Kind.COMPANY).count(
                _between("created_at", first, last)
            ),
        )

    def _month_rows(self, today: date) -> dict[str, Rows]:
        first, last = month_of(today)
        done = _done(first, last)
        visits = (self._type("visit"), self._type("courtesy"))
        return {
            "won": Rows(Kind.OPPORTUNITY, _won(first, last)),
            "calls": Rows(Kind.ACTIVITY, done.also(Condition("type", Op.IS, self._type("call")))),
            "visits": Rows(Kind.ACTIVITY, done.also(Condition("type", Op.ANY_OF, visits))),
            "activities": Rows(Kind.ACTIVITY, done),
            "quotes_sent": Rows(
                Kind.QUOTE,
                _between("sent_at", first, last).also(Condition("state", Op.IS_NOT, "draft")),
            ),
            "new_customers": Rows(Kind.COMPANY, _between("created_at", first, last)),
        }

    def _type(self, code: str) -> int:
        return self._lists.by_code("activity_type", code).id

    def _recent(self, kind: Kind, limit: int = 6) -> tuple[Found, ...]:
        """Those opened last; filled up with the newest while few were opened."""
        seen = self._search.recents(limit, (kind,))
        if len(seen) < limit:
            known = {found.ref.id for found in seen}
            newest = self._records.find_links(kind, "", limit)
            seen += [found for found in newest if found.ref.id not in known]
        return tuple(seen[:limit])


def silent_query(kind: Kind, customer: Sequence[int], before: date) -> Query:
    """Customers whose last touch lies before a day; without any, those recorded before it."""
    never = Group((Condition("last_contact", Op.EMPTY), Condition("created_at", Op.BEFORE, before)))
    long_ago = Condition("last_contact", Op.BEFORE, before)
    found = Query(
        where=Group(
            (
                Condition("lifecycle", Op.ANY_OF, tuple(customer)),
                Group((long_ago, never), any_of=True),
            )
        )
    )
    return found.also(Condition("company", Op.EMPTY)) if kind is Kind.PERSON else found


def _actions(session: Session, ids: list[int]) -> ActionList:
    query = Query(only=tuple(ids), order=(("due", False),))
    items = activity_rows.with_ids(session, ids[:SHOWN])
    return ActionList(len(ids), tuple(items), Rows(Kind.ACTIVITY, query))


def _won(first: date, last: date) -> Query:
    return _between("closed_on", first, last).also(Condition("state", Op.IS, "won"))


def _done(first: date, last: date) -> Query:
    return _between("done_at", first, last).also(Condition("state", Op.IS, "done"))


def _decided(row: Row) -> Decided:
    title, company, state, amount, currency = row.values
    return Decided(
        title, company.title if company is not None else "", state, amount, currency or ""
    )


def _between(key: str, first: date, last: date) -> Query:
    span: Any = (first, last)
    return Query().also(Condition(key, Op.BETWEEN, span))
