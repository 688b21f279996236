"""Anniversaries of people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select, tuple_, update

from crm_desktop.data import tables
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Person
from crm_desktop.domain.anniversaries import Anniversary
from crm_desktop.domain.birthdays import Birthday, BirthdayKey
from crm_desktop.domain.kinds import Kind, Ref

_row = tables.Anniversary


def of_person(session: Session, person_id: int) -> list[Anniversary]:
    """In the order of the year."""
    statement = (
        select(_row).where(_row.person_id == person_id).order_by(_row.month, _row.day, _row.id)
    )
    return [_anniversary(one) for one in session.whole(statement)]


def one(session: Session, anniversary_id: int) -> Anniversary | None:
    """One anniversary."""
    row = session.get(_row, anniversary_id)
    return _anniversary(row) if row is not None else None


def add(session: Session, person_id: int, anniversary: Anniversary) -> int:
    """Record one; returns its id."""
    statement = insert(_row).values(person_id=person_id, **_columns(anniversary))
    return session.execute(statement.returning(_row.id)).scalar_one()


def change(session: Session, anniversary: Anniversary) -> None:
    """Make the recorded one this one."""
    session.execute(update(_row).where(_row.id == anniversary.id).values(**_columns(anniversary)))


def remove(session: Session, anniversary_id: int) -> None:
    """Forget one."""
    session.execute(delete(_row).where(_row.id == anniversary_id))


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
