"""Anniversaries of people: a wedding, the founding of a firm, the first order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from crm_desktop.data import anniversaries as rows
from crm_desktop.data.book import Book
from crm_desktop.data.records.titles import titles
from crm_desktop.domain.anniversaries import Anniversary, ComingAnniversary
from crm_desktop.domain.birthdays import window_dates
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.text import clean_name
from crm_desktop.services.business import Business


class Anniversaries:
    """Days that come back every year; each change is one gesture."""

    def __init__(self, book: Book, clock: Clock, business: Business) -> None:
        self._book = book
        self._clock = clock
        self._business = business

    def of(self, person_id: int) -> list[Anniversary]:
        """Those of a person, in the order of the year."""
        with self._book.read() as session:
            return rows.of_person(session, person_id)

    def coming(self, days: int) -> list[ComingAnniversary]:
        """Those of today and the `days` after it, of people who may be written to."""
        today = self._clock.today()
        window = window_dates(today, today + timedelta(days=days), self._business.birthday_rules())
        with self._book.read() as session:
            found = rows.on_days(session, window)
        coming = [
            ComingAnniversary(person, one, on)
            for person, one, _ in found
            for on in window[one.day.key]
        ]
        return sorted(coming, key=lambda each: (each.on, each.person.id, each.anniversary.id))

    def add(self, person_id: int, anniversary: Anniversary) -> int:
        """Record one; returns its id. Refused without a name."""
        anniversary = _cleaned(anniversary)
        with self._book.read() as session:
            name = titles(session, Kind.PERSON, [person_id]).get(person_id)
        if name is None:
            raise Refused("record.gone")
        code = "gesture.anniversary_added"
        with self._book.write(code, name=name, what=anniversary.name) as writing:
            return rows.add(writing.session, person_id, anniversary)

    def change(self, anniversary: Anniversary) -> None:
        """Make the recorded one this one."""
        anniversary = _cleaned(anniversary)
        with self._book.write("gesture.anniversary_changed", what=anniversary.name) as writing:
            if rows.one(writing.session, anniversary.id) is None:
                raise Refused("record.gone")
            rows.change(writing.session, anniversary)

    def remove(self, anniversary_id: int) -> None:
        """Forget one."""
        with self._book.read() as session:
            found = rows.one(session, anniversary_id)
        if found is None:
            raise Refused("record.gone")
        with self._book.write("gesture.anniversary_removed", what=found.name) as writing:
            rows.remove(writing.session, anniversary_id)


def _cleaned(anniversary: Anniversary) -> Anniversary:
    name = clean_name(anniversary.name)
    if not name:
        raise Refused("attention.anniversary_empty")
    return replace(anniversary, name=name)
