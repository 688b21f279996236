"""How full the records of people are, kept up as they change.

`people_filled` has a row for each person: which fields that other tables hold have a value, and
the percentage of completeness. It is derived: lists filter by what is missing and order by
completeness without looking up every number and job of a million people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Connection, Insert, case, delete, insert, select
from sqlalchemy.sql.elements import ColumnClause

from crm_desktop.data.ids import batched, in_listed, listed
from crm_desktop.data.journal import Changes
from crm_desktop.data.records.columns import value_expression
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Person, PersonFilled
from crm_desktop.domain import schema
from crm_desktop.domain.completeness import CHECKED, completeness
from crm_desktop.domain.kinds import Kind

TABLE = PersonFilled.__tablename__
COLUMNS = ("person_id", "held", "percent")
BITS: Mapping[str, int] = {
    key: 1 << place
    for place, key in enumerate(
        (
            *("mobile", "phone", "email", "wechat", "qq", "fax", "website"),
            *("company", "title", "department"),
            "handle",
        )
    )
}
"""Fields of people whose presence is kept. The places stand in books: add behind the last."""
_PLACES: Mapping[str, int] = {
    key: 1 << place
    for place, key in enumerate(dict.fromkeys((*BITS, *chain(*CHECKED[Kind.PERSON]))))
}
_EMPTY = ("", ())
_BATCH = 5_000
_CHILDREN = ("points", "addresses", "jobs")
_ANY_DAY = date(2000, 1, 1)  # none of these values depends on the day


def refresh(session: Session, changes: Changes) -> None:
    """Before each commit: look again at the people a gesture touched."""
    ids = set(changes.touched(Person.__tablename__))
    for child in _CHILDREN:
        if changes.open(child):
            owners = changes.ask(changes.owners(child, "person_id"))
            ids.update(row[0] for row in owners if row[0] is not None)
    for batch in batched(sorted(ids), _BATCH):
        session.connection().execute(_FORGET, listed(batch))
        add(session.connection(), batch)


def add(connection: Connection, ids: Sequence[int]) -> None:
    """Write the rows of people who have none yet."""
    connection.execute(_counted(some=True), listed(ids))


def rows_of(ids: Sequence[int], records: Sequence[Mapping[str, Any]]) -> list[tuple[int, int, int]]:
    """The rows of people who are being made with these values."""
    rows = []
    for person_id, values in zip(ids, records, strict=True):
        places = 0
        for key, value in values.items():
            if value is not None and value not in _EMPTY and key in _PLACES:
                places |= _PLACES[key]
        rows.append((person_id, *_told_by(places)))
    return rows


@cache
def _told_by(places: int) -> tuple[int, int]:
    """What is held, and how complete it is, where these fields have a value."""
    filled = {key: True for key, place in _PLACES.items() if places & place}
    held = sum(bit for key, bit in BITS.items() if key in filled)
    return held, completeness(Kind.PERSON, filled).percent


def rebuild(connection: Connection) -> None:
    """Make the table anew from all people."""
    connection.execute(delete(PersonFilled.__table__))
    connection.execute(_counted(some=False))


def has(key: str, filled: bool) -> ColumnElement[bool]:
    """The condition that a row of the table tells of a value in the field, or of none."""
    return PersonFilled.held.bitwise_and(BITS[key]) == (BITS[key] if filled else 0)


_FORGET = delete(PersonFilled.__table__).where(in_listed(PersonFilled.person_id))


@cache
def _counted(*, some: bool) -> Insert:
    def value(key: str) -> Any:
        return value_expression(Kind.PERSON, schema.find(Kind.PERSON, key), _ANY_DAY)

    held: Any = 0
    for key, bit in BITS.items():
        # NULL is not unequal to nothing, so that it counts as nothing.
        held = held + case((value(key) != _nothing(key), bit), else_=0)
    rows = select(Person.id, held, value("completeness"))
    rows = rows.where(in_listed(Person.id)) if some else rows
    columns: list[ColumnClause[Any]] = list(PersonFilled.__table__.columns)
    return insert(PersonFilled.__table__).from_select(columns, rows)


def _nothing(key: str) -> Any:
    return 0 if key == "company" else ""
