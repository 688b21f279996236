"""Anniversaries of people: a wedding, the founding of a firm, the first order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from crm_desktop.data import anniversaries as rows
from crm_desktop.data.book import Book
from crm_desktop.domain.anniversaries import Anniversary, ComingAnniversary
from crm_desktop.domain.birthdays import Birthday, BirthdayKey, window_dates
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.text import clean_name
from crm_desktop.services.activities import Activities
from crm_desktop.services.business import Business
from crm_desktop.services.small_records import SmallRecords


class Anniversaries(SmallRecords[Anniversary]):
    """Days that come back every year; each change is one gesture."""

    sort = "anniversary"

    def __init__(
        self, book: Book, clock: Clock, business: Business, activities: Activities
    ) -> None:
        super().__init__(book, rows.ROWS)
        self._clock = clock
        self._business = business
        self._activities = activities

    def coming(
        self, days: int, *, missed: int = 0, limit: int | None = None
    ) -> list[ComingAnniversary]:
        """Those of today and the `days` after it, and of the `missed` days before.

        Only of people who may be written to; with a `limit` the first ones.
        """
        today = self._clock.today()
        window = self._window(today - timedelta(days=missed), today + timedelta(days=days))
        keys = list(window)
        with self._book.read() as session:
            found = rows.shown(session, keys)
        zone = ZoneInfo(self._clock.zone)
        coming = [
            _coming(keys[place], *values, on=on, today=today, zone=zone)
            for place, *values in found
            for on in window[keys[place]]
        ]
        coming.sort(key=lambda one: (one.on, one.person.title, one.person.id, one.anniversary.id))
        return coming[:limit]

    def count(self, days: int) -> int:
        """How many there are today and in the `days` after it."""
        today = self._clock.today()
        window = self._window(today, today + timedelta(days=days))
        keys = list(window)
        with self._book.read() as session:
            counts = rows.counts(session, keys)
        return sum(count * len(window[keys[place]]) for place, count in counts.items())

    def greet(self, person_id: int, what: str, text: str) -> int:
        """Note that somebody was congratulated on an anniversary, named by `what`.

        Not logged as a greeting: that one says the birthday was thought of. Returns the activity.
        """
        said = f"{what}{rows.CONGRATULATED}{text}"
        return self._activities.log(Ref(Kind.PERSON, person_id), said, "note")

    def called(self, value: Anniversary) -> str:
        """Its name."""
        return value.name

    def cleaned(self, value: Anniversary) -> Anniversary:
        """Refused without a name."""
        name = clean_name(value.name)
        if not name:
            raise Refused("attention.anniversary_empty")
        return replace(value, name=name)

    def _window(self, first: date, last: date) -> dict[BirthdayKey, tuple[date, ...]]:
        return window_dates(first, last, self._business.birthday_rules())


def _coming(
    key: BirthdayKey,
    anniversary_id: int,
    name: str,
    year: int | None,
    person_id: int,
    person: str,
    company_id: int | None,
    company: str | None,
    salutation: str | None,
    mobile: str | None,
    email: str | None,
    greeted_at: str | None,
    *,
    on: date,
    today: date,
    zone: ZoneInfo,
) -> ComingAnniversary:
    day = Birthday(key.month, key.day, year, key.lunar, key.leap)
    return ComingAnniversary(
        on,
        (on - today).days,
        Anniversary(name, day, anniversary_id),
        Ref(Kind.PERSON, person_id, person),
        Ref(Kind.COMPANY, company_id, company or "") if company_id is not None else None,
        salutation or "",
        mobile or "",
        email or "",
        datetime.fromisoformat(greeted_at).astimezone(zone) if greeted_at else None,
    )
