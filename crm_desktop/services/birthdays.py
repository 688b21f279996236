"""Birthdays of the coming days, solar and lunar, and greeting people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from crm_desktop.data import birthdays as rows
from crm_desktop.data.book import Book
from crm_desktop.domain.birthdays import BirthdayKey, window_dates
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.greetings import Celebrant, ComingBirthday
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.services.activities import Activities
from crm_desktop.services.business import Business
from crm_desktop.services.lists import Lists
from crm_desktop.services.records import Records


class Birthdays:
    """Who has a birthday when."""

    def __init__(
        self,
        book: Book,
        clock: Clock,
        records: Records,
        lists: Lists,
        business: Business,
        activities: Activities,
    ) -> None:
        self._book = book
        self._clock = clock
        self._records = records
        self._lists = lists
        self._business = business
        self._activities = activities

    def coming(
        self,
        days: int = 7,
        *,
        missed: int = 0,
        solar: bool = True,
        lunar: bool = True,
        limit: int | None = None,
    ) -> list[ComingBirthday]:
        """Birthdays of today and the `days` after it, and of the `missed` days before.

        With a `limit` the first ones: the rest is not even looked up.
        """
        with self._book.one_moment():
            return self.looked_up(
                self.celebrants(days, missed=missed, solar=solar, lunar=lunar, limit=limit)
            )

    def celebrants(
        self,
        days: int = 7,
        *,
        missed: int = 0,
        solar: bool = True,
        lunar: bool = True,
        limit: int | None = None,
    ) -> list[Celebrant]:
        """Whose birthdays these are and when, in order; `looked_up` tells the rest."""
        today = self._clock.today()
        rules = self._business.birthday_rules()
        window = window_dates(today - timedelta(days=missed), today + timedelta(days=days), rules)
        keys = [key for key in window if (lunar if key.lunar else solar)]
        with self._book.read() as session:
            if limit is not None:
                keys = _first_keys(window, keys, rows.counts(session, keys), limit)
            people = rows.with_keys(session, keys)
        # Thousands of rows: what they have in common is looked up once.
        occasions = [
            [(key.month, key.day, key.lunar, key.leap, on, (on - today).days) for on in window[key]]
            for key in keys
        ]
        found = sorted(
            Celebrant(
                on,
                name,
                person_id,
                (month, day, year, moon, leap),
                days,
                salutation or "",
                bool(do_not_contact),
            )
            for place, name, person_id, year, salutation, do_not_contact in people
            for month, day, moon, leap, on, days in occasions[place]
        )
        return found[:limit]

    def looked_up(self, celebrants: Sequence[Celebrant]) -> list[ComingBirthday]:
        """The same with companies, how to reach people, and when they were greeted last."""
        zone = self._clock.zone
        rules = self._business.birthday_rules()
        greeting = self._lists.by_code("activity_type", "greeting").id
        with self._book.read() as session:
            known = rows.beside(session, (one.person_id for one in celebrants), greeting)
        found = []
        for on, name, person_id, born_on, days, salutation, do_not_contact in celebrants:
            company_id, company_name, mobile, email, greeted_at = known[person_id]
            found.append(
                ComingBirthday(
                    on,
                    name,
                    person_id,
                    company_id,
                    company_name,
                    born_on,
                    days,
                    salutation,
                    mobile or "",
                    email or "",
                    do_not_contact,
                    greeted_at,
                    zone,
                    rules,
                )
            )
        return found

    def count(self, days: int = 7) -> int:
        """How many birthdays are celebrated today and in the `days` after it."""
        today = self._clock.today()
        window = window_dates(today, today + timedelta(days=days), self._business.birthday_rules())
        keys = list(window)
        with self._book.read() as session:
            counts = rows.counts(session, keys)
        return sum(count * len(window[keys[place]]) for place, count in counts.items())

    def missed(self, days: int) -> list[int]:
        """Whose birthday was in the `days` before today and who was not greeted since."""
        today = self._clock.today()
        yesterday = today - timedelta(days=1)
        rules = self._business.birthday_rules()
        window = window_dates(today - timedelta(days=days), yesterday, rules)
        keys = list(window)
        greeting = self._lists.by_code("activity_type", "greeting").id
        with self._book.read() as session:
            people = rows.greetings(session, keys, greeting)
        zone = ZoneInfo(self._clock.zone)
        missed = set()
        for place, person_id, greeted in people:
            last = datetime.fromisoformat(greeted).astimezone(zone).date() if greeted else None
            if any(last is None or last < on for on in window[keys[place]]):
                missed.add(person_id)
        return sorted(missed)

    def count_missing(self) -> int:
        """How many people have no birthday yet."""
        with self._book.read() as session:
            return rows.count_missing(session)

    def greet(self, person_id: int, text: str) -> int:
        """Note that somebody was greeted; `text` is what was said. Returns the activity."""
        return self._activities.log(Ref(Kind.PERSON, person_id), text, "greeting")


def _first_keys(
    window: Mapping[BirthdayKey, Sequence[date]],
    keys: Sequence[BirthdayKey],
    counts: Mapping[int, int],
    limit: int,
) -> list[BirthdayKey]:
    """The birthdays of the first days on which, together, at least `limit` are celebrated."""
    by_day: dict[date, int] = {}
    for place, count in counts.items():
        for on in window[keys[place]]:
            by_day[on] = by_day.get(on, 0) + count
    total, last = 0, date.min
    for on in sorted(by_day):
        if total >= limit:
            break
        total, last = total + by_day[on], on
    return [key for key in keys if any(on <= last for on in window[key])]
