"""Birthdays: found by the days of the window, not by looking at everybody."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from crm_desktop.data.ids import in_ids
from crm_desktop.data.planner import unindexed
from crm_desktop.data.tables import Activity, Person
from crm_desktop.domain.birthdays import Birthday, BirthdayKey

# A cross join keeps its order, the plus keeps the index on trashed_at out: day by day.
_KEYED = text(
    "SELECT p.id, p.birth_month, p.birth_day, p.birth_year, p.birth_lunar, p.birth_leap"
    " FROM json_each(:keys) AS k CROSS JOIN people AS p"
    " ON p.birth_lunar = (k.value ->> 0) AND p.birth_month = (k.value ->> 2)"
    " AND p.birth_day = (k.value ->> 3) AND p.birth_leap = (k.value ->> 1)"
    " WHERE +p.trashed_at IS NULL"
)


def with_keys(session: Session, keys: Iterable[BirthdayKey]) -> list[tuple[int, Birthday]]:
    """People whose birthday is one of these."""
    wanted = json.dumps([[int(k.lunar), int(k.leap), k.month, k.day] for k in keys])
    return [
        (person_id, Birthday(month, day, year=year, lunar=bool(lunar), leap=bool(leap)))
        for person_id, month, day, year, lunar, leap in session.execute(_KEYED, {"keys": wanted})
    ]


def last_greetings(
    session: Session, people: Sequence[int], greeting_type: int
) -> dict[int, datetime]:
    """When each of these was greeted last."""
    statement = (
        select(Activity.person_id, func.max(Activity.done_at))
        .where(
            in_ids(Activity.person_id, people),
            Activity.type_id == greeting_type,
            unindexed(Activity.state) == "done",
            Activity.trashed_at.is_(None),
        )
        .group_by(Activity.person_id)
    )
    return {
        person: at
        for person, at in session.execute(statement)
        if person is not None and at is not None
    }


def count_missing(session: Session) -> int:
    """People without a birthday."""
    statement = select(func.count(Person.id)).where(
        Person.trashed_at.is_(None), Person.birth_month.is_(None)
    )
    return session.execute(statement).scalar_one()
