"""Records offered where one is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import String, and_, or_, select, type_coerce

from crm_desktop.data import search
from crm_desktop.data.ids import in_ids
from crm_desktop.data.planner import unindexed
from crm_desktop.data.records.columns import column, title_expression
from crm_desktop.data.records.titles import companies_of_people, refs
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Point, Staff
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.phones import display
from crm_desktop.domain.records import Found

_MOST = 1_000  # colleagues one word finds
_OF_CUSTOMERS = frozenset(
    {Kind.OPPORTUNITY, Kind.RECEIPT, Kind.EXPENSE, Kind.TICKET, Kind.ACTIVITY}
)


def find(
    session: Session, kind: Kind, text: str, limit: int, present: date | None = None
) -> list[Found]:
    """The best matches for `text`, or the newest records when nothing is typed yet.

    Of our people only those with us on the day `present`, where one is given.
    """
    if kind is Kind.STAFF and present is not None:
        ids = _with_us(session, text, limit, present)
    elif text.strip():
        ids = search.record_ids(session, kind, text, limit)
    else:
        identity = column(kind, "id")
        statement = (
            select(identity)
            # Back from the newest id: through the index of the list everything would be sorted.
            .where(unindexed(type_coerce(column(kind, "trashed_at"), String)) == "")
            .order_by(identity.desc())
            .limit(limit)
        )
        ids = list(session.execute(statement).scalars())
    known = refs(session, kind, ids)
    subtitles = _subtitles(session, kind, ids)
    return [Found(known[i], subtitles.get(i, "")) for i in ids if i in known]


def _with_us(session: Session, text: str, limit: int, day: date) -> list[int]:
    """The same of our people who have come by that day and not gone before it, by name."""
    there = and_(
        Staff.trashed_at.is_(None),
        or_(Staff.active_from.is_(None), Staff.active_from <= day),
        or_(Staff.active_to.is_(None), Staff.active_to >= day),
    )
    ids = list(session.execute(select(Staff.id).where(there).order_by(Staff.name)).scalars())
    if text.strip():
        known = set(ids)
        ids = [one for one in search.record_ids(session, Kind.STAFF, text, _MOST) if one in known]
    return ids[:limit]


def _subtitles(session: Session, kind: Kind, ids: list[int]) -> dict[int, str]:
    """What tells two records of the same name apart."""
    if kind is Kind.PERSON:
        employers = {i: ref.title for i, ref in companies_of_people(session, ids).items()}
        return {**_mobiles(session, [i for i in ids if i not in employers]), **employers}
    if kind is Kind.STAFF:
        rows = session.execute(select(Staff.id, Staff.team, Staff.branch).where(Staff.id.in_(ids)))
        return {i: " · ".join(filter(None, between)) for i, *between in rows}
    key = {Kind.COMPANY: "city", Kind.PRODUCT: "code", Kind.QUOTE: "title", Kind.CONTRACT: "title"}
    if kind in key:
        identity = column(kind, "id")
        statement = select(identity, column(kind, key[kind])).where(identity.in_(ids))
        return {i: text or "" for i, text in session.execute(statement)}
    return _customers(session, kind, ids) if kind in _OF_CUSTOMERS else {}


def _mobiles(session: Session, ids: list[int]) -> dict[int, str]:
    """The first mobile of each person."""
    point: Any = Point.__table__.c
    statement = (
        select(point.person_id, point.value)
        .where(point.person_id.in_(ids), point.kind == "mobile")
        .order_by(point.position.desc(), point.id.desc())
    )
    return {person: display(value) for person, value in session.execute(statement)}


def _customers(session: Session, kind: Kind, ids: list[int]) -> dict[int, str]:
    """Whom each record is about: the company, else the person; of what is planned, the person."""
    identity = column(kind, "id")
    company, person = column(kind, "company_id"), column(kind, "person_id")
    rows = session.execute(select(identity, company, person).where(identity.in_(ids))).all()
    companies = refs(session, Kind.COMPANY, [row[1] for row in rows])
    people = refs(session, Kind.PERSON, [row[2] for row in rows])
    told: dict[int, str] = {}
    for record_id, company_id, person_id in rows:
        both = [companies.get(company_id), people.get(person_id)]
        if kind is Kind.ACTIVITY:
            both.reverse()
        told[record_id] = next((ref.title for ref in both if ref is not None), "")
    return told


def described(
    session: Session, pairs: Sequence[tuple[Kind, int]]
) -> dict[tuple[Kind, int], tuple[str, str, str]]:
    """Uid, title and subtitle of records of several kinds."""
    found: dict[tuple[Kind, int], tuple[str, str, str]] = {}
    for kind in {kind for kind, _ in pairs}:
        ids = [record_id for of_kind, record_id in pairs if of_kind is kind]
        identity = column(kind, "id")
        statement = select(identity, column(kind, "uid"), title_expression(kind))
        subtitles = _subtitles(session, kind, ids)
        for record_id, uid, title in session.execute(statement.where(in_ids(identity, ids))):
            found[kind, record_id] = (uid, title or "", subtitles.get(record_id, ""))
    return found
