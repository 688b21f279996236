"""Anniversaries of people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, tuple_

from crm_desktop.data import tables
from crm_desktop.data.birthdays import keys_as_json
from crm_desktop.data.session import Session
from crm_desktop.data.small_rows import SmallRows
from crm_desktop.data.tables import Person
from crm_desktop.domain.anniversaries import Anniversary
from crm_desktop.domain.birthdays import Birthday, BirthdayKey
from crm_desktop.domain.kinds import Kind, Ref

_row = tables.Anniversary

CONGRATULATED = " · "
"""What stands between the name of an anniversary and what was said, in the subject of a note."""

_KEYED = (
    " FROM json_each(:keys) AS k CROSS JOIN anniversaries AS a"
    " ON a.lunar = (k.value ->> 0) AND a.month = (k.value ->> 2)"
    " AND a.day = (k.value ->> 3) AND a.leap = (k.value ->> 1)"
    " CROSS JOIN people AS p ON p.id = a.person_id"
    " AND +p.trashed_at IS NULL AND NOT p.do_not_contact"
)
_COUNTED = f"SELECT k.key, count(*){_KEYED} GROUP BY k.key"
_POINT = (
    "(SELECT value FROM points WHERE person_id = p.id AND kind = '{}'"
    " ORDER BY position, id LIMIT 1)"
)
_CONGRATULATED = (
    "(SELECT max(done_at) FROM activities WHERE person_id = p.id AND +state = 'done'"
    " AND +trashed_at IS NULL AND substr(subject, 1, length(a.name) + :gap) = a.name || :dot)"
)
_SHOWN = (
    "SELECT k.key, a.id, a.name, a.year, p.id, p.name, c.id, c.name, p.salutation,"
    f" {_POINT.format('mobile')}, {_POINT.format('email')}, {_CONGRATULATED}{_KEYED}"
    " LEFT JOIN companies AS c ON c.id = (SELECT company_id FROM jobs"
    ' WHERE person_id = p.id AND "left" = 0 ORDER BY position, id LIMIT 1)'
)


def on_days(
    session: Session, window: Mapping[BirthdayKey, Sequence[date]]
) -> list[tuple[Ref, Anniversary, datetime]]:
    """Those on one of these days, of whom, and since when this person is in the book."""
    days = {(key.lunar, key.month, key.day) for key in window}
    statement = (
        select(_row, Person.name.label("person"), Person.created_at.label("made"))
        .join(Person, Person.id == _row.person_id)
        .where(
            tuple_(_row.lunar, _row.month, _row.day).in_(sorted(days)),
            Person.trashed_at.is_(None),
            Person.do_not_contact.is_(False),
        )
        .order_by(_row.id)
    )
    return [
        (Ref(Kind.PERSON, row.person_id, row.person), found, row.made)
        for row in session.execute(statement)
        if (found := _anniversary(row)).day.key in window
    ]


def shown(session: Session, keys: Sequence[BirthdayKey]) -> Sequence[Any]:
    """Those on one of these, of people who may be written to, with what a list of them shows.

    Place of the key, id, name, year, person's id and name, company's id and name, salutation,
    mobile, e-mail, when the person was last congratulated.
    """
    asked = {"keys": keys_as_json(keys), "dot": CONGRATULATED, "gap": len(CONGRATULATED)}
    return session.connection().exec_driver_sql(_SHOWN, asked).fetchall()


def counts(session: Session, keys: Sequence[BirthdayKey]) -> dict[int, int]:
    """How many there are on each of these, by the place of the key."""
    rows = session.connection().exec_driver_sql(_COUNTED, {"keys": keys_as_json(keys)})
    return {place: count for place, count in rows}


def _columns(anniversary: Anniversary) -> dict[str, Any]:
    day = anniversary.day
    return {
        "name": anniversary.name,
        "year": day.year,
        "month": day.month,
        "day": day.day,
        "lunar": day.lunar,
        "leap": day.leap,
    }


def _anniversary(row: Any) -> Anniversary:
    return Anniversary(
        row.name, Birthday(row.month, row.day, row.year, row.lunar, row.leap), row.id
    )


ROWS: SmallRows[Anniversary] = SmallRows(
    _row, _columns, _anniversary, (_row.month, _row.day, _row.id)
)
"""Anniversaries in their table, in the order of the year."""
