"""By what the rows of a file are told to be records of the book already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select, text

from crm_desktop.data.records.columns import column, table_of, title_expression
from crm_desktop.data.records.heads import head
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Company, Job, Person, Point
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.text import fold


@dataclass(slots=True)
class CustomerKeys:
    """Ids of people and companies by what names them; filled on while a file is read."""

    company_by_name: dict[str, int] = field(default_factory=dict)
    company_by_code: dict[str, int] = field(default_factory=dict)
    person_by_point: dict[tuple[str, str], int] = field(default_factory=dict)  # (norm, name)
    person_by_company: dict[tuple[str, int | None], int] = field(default_factory=dict)
    person_by_code: dict[str, int] = field(default_factory=dict)
    code_of: dict[tuple[Kind, int], str] = field(default_factory=dict)


def customer_keys(session: Session) -> CustomerKeys:
    """The keys of everybody who is not in the trash."""
    keys = CustomerKeys()
    companies = select(Company.id, Company.name, Company.code).where(Company.trashed_at.is_(None))
    for company_id, name, code in session.execute(companies.order_by(Company.id.desc())):
        keys.company_by_name[fold(name)] = company_id
        if code:
            keys.company_by_code[fold(code)] = company_id
            keys.code_of[Kind.COMPANY, company_id] = fold(code)
    names: dict[int, str] = {}
    people = select(Person.id, Person.name, Person.code).where(Person.trashed_at.is_(None))
    for person_id, name, code in session.execute(people.order_by(Person.id.desc())):
        names[person_id] = fold(name)
        if code:
            keys.person_by_code[fold(code)] = person_id
            keys.code_of[Kind.PERSON, person_id] = fold(code)
    points = select(Point.person_id, Point.norm).where(Point.kind.in_(("mobile", "email")))
    for owner, norm in session.execute(points.order_by(Point.id.desc())):
        if owner in names:
            keys.person_by_point[norm, names[owner]] = owner
    employed: set[int] = set()
    jobs = select(Job.person_id, Job.company_id).where(Job.left.is_(False))
    for holder, employer in session.execute(jobs.order_by(Job.position.desc(), Job.id.desc())):
        if holder in names:
            employed.add(holder)
            keys.person_by_company[names[holder], employer] = holder
    for person_id, name in names.items():
        if person_id not in employed:
            keys.person_by_company[name, None] = person_id
    return keys


def names(session: Session, kind: Kind) -> dict[str, int]:
    """Ids of records by their folded title; where two share one, the older."""
    found: dict[str, int] = {}
    identity = column(kind, "id")
    statement = (
        select(identity, title_expression(kind))
        .where(column(kind, "trashed_at").is_(None))
        .order_by(identity.desc())
    )
    for record_id, title in session.execute(statement):
        if title:
            found[fold(title)] = record_id
    return found


def present_ids(session: Session, kind: Kind) -> list[int]:
    """Ids of the records that are not in the trash, oldest first."""
    identity = column(kind, "id")
    statement = select(identity).where(head(kind, "trashed_at").is_(None)).order_by(identity)
    return list(session.execute(statement).scalars())


def codes(session: Session, kind: Kind, keys: Iterable[str]) -> dict[str, int]:
    """Ids of records by their folded code or number."""
    found: dict[str, int] = {}
    table = table_of(kind)
    identity = column(kind, "id")
    for key in keys:
        if not hasattr(table, key):
            continue
        statement = select(identity, column(kind, key)).where(column(kind, "trashed_at").is_(None))
        for record_id, code in session.execute(statement.order_by(identity.desc())):
            if code:
                found[fold(code)] = record_id
    return found


def points(session: Session, kind: Kind) -> dict[str, int]:
    """Ids of people or companies by their phones and e-mails as they are compared; the older."""
    owner = Point.person_id if kind is Kind.PERSON else Point.company_id
    statement = (
        select(Point.norm, owner)
        .join(table_of(kind), column(kind, "id") == owner)
        .where(Point.kind.in_(("mobile", "phone", "email")), column(kind, "trashed_at").is_(None))
    )
    rows = session.execute(statement.order_by(owner.desc()))
    return {found: record_id for found, record_id in rows if record_id is not None}


def next_id(session: Session, table: str) -> int:
    """The id the next new row of `table` gets; ids are never used again."""
    statement = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    return int(session.execute(statement, {"name": table}).scalar() or 0) + 1
