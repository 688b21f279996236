"""Birthdays of the coming days, solar and lunar, and greeting people."""

from __future__ import annotations

from datetime import timedelta

from crm_desktop.data import birthdays as rows
from crm_desktop.data.book import Book
from crm_desktop.domain.birthdays import full_years, nominal_age, window_dates
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.greetings import ComingBirthday
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.services.activities import Activities
from crm_desktop.services.business import Business
from crm_desktop.services.lists import Lists
from crm_desktop.services.records import Records

_KEYS = ("name", "company", "salutation", "mobile", "email", "do_not_contact")


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
        self, days: int = 7, *, missed: int = 0, solar: bool = True, lunar: bool = True
    ) -> list[ComingBirthday]:
        """Birthdays of today and the `days` after it, and of the `missed` days before."""
        today = self._clock.today()
        rules = self._business.birthday_rules()
        window = window_dates(today - timedelta(days=missed), today + timedelta(days=days), rules)
        keys = {key for key in window if lunar if key.lunar} | {
            key for key in window if solar if not key.lunar
        }
        greeting = self._lists.by_code("activity_type", "greeting").id
        with self._book.read() as session:
            people = rows.with_keys(session, keys)
            ids = [person_id for person_id, _ in people]
            greeted = rows.last_greetings(session, ids, greeting)
            details = {
                row.id: dict(zip(_KEYS, row.values, strict=True))
                for row in self._records.reader(session, Kind.PERSON).rows(ids, _KEYS)
            }
        found = [
            ComingBirthday(
                person=Ref(Kind.PERSON, person_id, values["name"]),
                company=values["company"],
                on=day,
                birthday=birthday,
                days=(day - today).days,
                age=full_years(birthday, day, rules),
                nominal_age=nominal_age(birthday, day),
                last_greeted=greeted.get(person_id),
                salutation=values["salutation"] or "",
                mobile=next(iter(values["mobile"]), ""),
                email=next(iter(values["email"]), ""),
                do_not_contact=values["do_not_contact"],
            )
            for person_id, birthday in people
            for day in window[birthday.key]
            if (values := details.get(person_id)) is not None
        ]
        return sorted(found, key=lambda row: (row.on, row.person.title, row.person.id))

    def count(self, days: int = 7) -> int:
        """How many birthdays are celebrated today and in the `days` after it."""
        today = self._clock.today()
        window = window_dates(today, today + timedelta(days=days), self._business.birthday_rules())
        with self._book.read() as session:
            people = rows.with_keys(session, window)
        return sum(len(window[birthday.key]) for _, birthday in people)

    def count_missing(self) -> int:
        """How many people have no birthday yet."""
        with self._book.read() as session:
            return rows.count_missing(session)

    def greet(self, person_id: int, text: str) -> int:
        """Note that somebody was greeted; `text` is what was said. Returns the activity."""
        return self._activities.log(Ref(Kind.PERSON, person_id), text, "greeting")
