"""Birthdays: found by the days of the window, not by looking at everybody."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func, select

from crm_desktop.data.session import Session
from crm_desktop.data.tables import Person
from crm_desktop.domain.birthdays import BirthdayKey

# A cross join keeps its order, the plus keeps the index on trashed_at out: day by day.
_KEYED = (
    " FROM json_each(:keys) AS k CROSS JOIN people AS p"
    " ON p.birth_lunar = (k.value ->> 0) AND p.birth_month = (k.value ->> 2)"
    " AND p.birth_day = (k.value ->> 3) AND p.birth_leap = (k.value ->> 1)"
)
_PEOPLE = f"SELECT k.key, p.id{_KEYED} WHERE +p.trashed_at IS NULL"
_COUNTED = f"SELECT k.key, count(*){_KEYED} WHERE +p.trashed_at IS NULL GROUP BY k.key"
_GREETED = (
    "(SELECT max(done_at) FROM activities WHERE person_id = p.id AND type_id = :greeting"
    " AND +state = 'done' AND +trashed_at IS NULL)"
)
_GREETINGS = (
    f"SELECT k.key, p.id, {_GREETED}{_KEYED} WHERE +p.trashed_at IS NULL AND NOT p.do_not_contact"
)
_POINT = (
    "(SELECT value FROM points WHERE person_id = p.id AND kind = '{}'"
    " ORDER BY position, id LIMIT 1)"
)
# In the order of their ids, not of the days: so people are read from page to page.
_CELEBRANTS = (
    "WITH born (place, id) AS MATERIALIZED"
    f" (SELECT k.key, p.id{_KEYED} WHERE +p.trashed_at IS NULL ORDER BY p.id)"
    " SELECT born.place, p.name, p.id, p.birth_year, p.salutation, p.do_not_contact"
    " FROM born CROSS JOIN people AS p ON p.id = born.id"
)
_BESIDE = (
    "SELECT p.id, c.id, c.name,"
    f" {_POINT.format('mobile')}, {_POINT.format('email')}, {_GREETED}"
    " FROM (SELECT value AS id FROM json_each(:ids)) AS p"
    " LEFT JOIN companies AS c ON c.id = (SELECT company_id FROM jobs"
    ' WHERE person_id = p.id AND "left" = 0 ORDER BY position, id LIMIT 1)'
)


def with_keys(session: Session, keys: Sequence[BirthdayKey]) -> Sequence[Any]:
    """People whose birthday is one of these, with what a list of birthdays is ordered by.

    Place of the key, name, id, year, salutation, do not contact.
    """
    asked = {"keys": keys_as_json(keys)}
    return session.connection().exec_driver_sql(_CELEBRANTS, asked).fetchall()


def beside(
    session: Session, people: Iterable[int], greeting_type: int
) -> dict[int, tuple[int | None, str | None, str | None, str | None, str | None]]:
    """What a row of the list shows of these people beside the day.

    Company's id and name, mobile, e-mail, last greeting.
    """
    asked = {"ids": json.dumps(sorted(set(people))), "greeting": greeting_type}
    found = session.connection().exec_driver_sql(_BESIDE, asked)
    return {row[0]: tuple(row[1:]) for row in found}


def greetings(session: Session, keys: Sequence[BirthdayKey], greeting_type: int) -> Sequence[Any]:
    """Who of these may be greeted: place of the key, person's id, last greeted."""
    asked = {"keys": keys_as_json(keys), "greeting": greeting_type}
    return session.connection().exec_driver_sql(_GREETINGS, asked).fetchall()


def keys_of_people(session: Session, keys: Iterable[BirthdayKey]) -> dict[int, BirthdayKey]:
    """Which of these birthdays people have, by person."""
    asked = list(keys)
    rows = session.connection().exec_driver_sql(_PEOPLE, {"keys": keys_as_json(asked)})
    return {person_id: asked[place] for place, person_id in rows}


def counts(session: Session, keys: Sequence[BirthdayKey]) -> dict[int, int]:
    """How many people have each of these birthdays, by the place of the key."""
    rows = session.connection().exec_driver_sql(_COUNTED, {"keys": keys_as_json(keys)})
    return {place: count for place, count in rows}


def keys_as_json(keys: Iterable[BirthdayKey]) -> str:
    """Birthdays as the queries take them: lunar, leap, month and day of each."""
    return json.dumps([[int(k.lunar), int(k.leap), k.month, k.day] for k in keys])


def count_missing(session: Session) -> int:
    """People without a birthday."""
    statement = select(func.count(Person.id)).where(
        Person.trashed_at.is_(None), Person.birth_month.is_(None)
    )
    return session.execute(statement).scalar_one()
