"""Jobs and relations of people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, update

from crm_desktop.data.records.titles import companies_of_people, refs
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Job, Person, Relation
from crm_desktop.domain.jobs import Colleague, JobRow, RelationRow
from crm_desktop.domain.kinds import Kind, Ref

_OF_COLLEAGUE = (
    Person.name,
    Person.decision_role_id,
    Person.influence,
    Person.attitude_id,
    Person.important,
)


def of_person(session: Session, person_id: int) -> list[JobRow]:
    """Present jobs first, the main one on top, then what was before, newest first."""
    statement = (
        select(Job)
        .where(Job.person_id == person_id)
        .order_by(Job.left, Job.position, Job.to_date.desc().nulls_first(), Job.id)
    )
    jobs = session.whole(statement)
    companies = refs(session, Kind.COMPANY, (job.company_id for job in jobs))
    bosses = refs(session, Kind.PERSON, (job.reports_to_id for job in jobs))
    return [
        JobRow(
            id=job.id,
            company=companies.get(job.company_id) if job.company_id else None,
            title=job.title or "",
            department=job.department or "",
            from_date=job.from_date,
            to_date=job.to_date,
            left=job.left,
            primary=number == 0 and not job.left,
            reports_to=bosses.get(job.reports_to_id) if job.reports_to_id else None,
        )
        for number, job in enumerate(jobs)
    ]


def at_company(session: Session, company_id: int) -> list[Colleague]:
    """Who works at a company now, key people first."""
    statement = (
        select(Job, *_OF_COLLEAGUE)
        .join(Person, Person.id == Job.person_id)
        .where(Job.company_id == company_id, Job.left.is_(False), Person.trashed_at.is_(None))
        .order_by(Person.important.desc(), Person.sort_key, Person.id, Job.position)
    )
    rows = session.execute(statement).all()
    here = {row.person_id for row in rows}
    found: dict[int, Colleague] = {}
    for row in rows:
        boss = row.reports_to_id if row.reports_to_id in here else None
        colleague = Colleague(
            job_id=row.id,
            person=Ref(Kind.PERSON, row.person_id, row.name),
            title=row.title or "",
            department=row.department or "",
            reports_to=boss,
            decision_role=row.decision_role_id,
            influence=row.influence,
            attitude=row.attitude_id,
            important=row.important,
        )
        found.setdefault(row.person_id, colleague)
    return list(found.values())


def beside_their_main(session: Session, company_id: int) -> list[Colleague]:
    """Those of the company's people whom lists show under another one."""
    here = at_company(session, company_id)
    main = companies_of_people(session, [colleague.person.id for colleague in here])
    return [
        colleague
        for colleague in here
        if (shown := main.get(colleague.person.id)) is not None and shown.id != company_id
    ]


def job(session: Session, job_id: int) -> Job | None:
    """One job."""
    return session.get(Job, job_id)


def add(session: Session, person_id: int, values: Mapping[str, Any]) -> int:
    """A further job, behind the present ones; returns its id."""
    last = session.execute(
        select(func.max(Job.position)).where(Job.person_id == person_id)
    ).scalar()
    position = 0 if last is None else last + 1
    statement = insert(Job).values(person_id=person_id, position=position, **values)
    return session.execute(statement.returning(Job.id)).scalar_one()


def change(session: Session, job_id: int, values: Mapping[str, Any]) -> None:
    """Set columns of a job."""
    session.execute(update(Job).where(Job.id == job_id).values(**values))


def remove(session: Session, job_id: int) -> None:
    """Forget a job that was recorded by mistake."""
    session.execute(delete(Job).where(Job.id == job_id))


def put_first(session: Session, person_id: int, job_id: int) -> None:
    """Make a job the one lists show."""
    statement = (
        select(Job.id, Job.position)
        .where(Job.person_id == person_id)
        .order_by(Job.id != job_id, Job.left, Job.position, Job.id)
    )
    for position, (other_id, present) in enumerate(session.execute(statement).all()):
        if position != present:
            session.execute(update(Job).where(Job.id == other_id).values(position=position))


def bosses(session: Session, company_id: int | None) -> dict[int, int | None]:
    """Who reports to whom in a company."""
    statement = select(Job.person_id, Job.reports_to_id).where(
        Job.company_id == company_id, Job.left.is_(False)
    )
    return {person: boss for person, boss in session.execute(statement)}


def relations(session: Session, person_id: int) -> list[RelationRow]:
    """How others stand to a person, from whichever side it was recorded."""
    statement = (
        select(Relation)
        .where(or_(Relation.person_id == person_id, Relation.other_id == person_id))
        .order_by(Relation.id)
    )
    rows = session.whole(statement)
    others = {row.id: row.other_id if row.person_id == person_id else row.person_id for row in rows}
    known = refs(session, Kind.PERSON, others.values())
    return [
        RelationRow(
            row.id,
            known[others[row.id]],
            row.type_id,
            row.note or "",
            row.person_id == person_id,
        )
        for row in rows
        if others[row.id] in known
    ]


def relate(session: Session, person_id: int, other_id: int, type_id: int | None, note: str) -> int:
    """Note how one person stands to another; returns the relation's id."""
    statement = insert(Relation).values(
        person_id=person_id, other_id=other_id, type_id=type_id, note=note or None
    )
    return session.execute(statement.returning(Relation.id)).scalar_one()


def change_relation(
    session: Session,
    relation_id: int,
    person_id: int,
    other_id: int,
    type_id: int | None,
    note: str,
) -> None:
    """Note anew how one person stands to another."""
    session.execute(
        update(Relation)
        .where(Relation.id == relation_id)
        .values(person_id=person_id, other_id=other_id, type_id=type_id, note=note or None)
    )


def unrelate(session: Session, relation_id: int) -> None:
    """Forget a relation."""
    session.execute(delete(Relation).where(Relation.id == relation_id))
