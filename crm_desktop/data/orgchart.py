"""The jobs at a company as an org chart needs them, those that were left included."""

from __future__ import annotations

from sqlalchemy import select

from crm_desktop.data.session import Session
from crm_desktop.data.tables import Job, Person
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.orgchart import Member, without_strangers


def members(session: Session, company_id: int) -> list[Member]:
    """One job each: a present one before one that was left; key people first, who left last."""
    statement = (
        select(
            Job.id,
            Job.title,
            Job.department,
            Job.reports_to_id,
            Job.left,
            Job.to_date,
            Person.id,
            Person.name,
            Person.decision_role_id,
            Person.influence,
            Person.attitude_id,
            Person.important,
        )
        .join(Person, Person.id == Job.person_id)
        .where(Job.company_id == company_id, Person.trashed_at.is_(None))
        .order_by(
            Job.left,
            Person.important.desc(),
            Person.influence.desc().nulls_last(),
            Person.sort_key,
            Person.id,
            Job.position,
        )
    )
    found: dict[int, Member] = {}
    for job_id, title, department, boss, left, left_on, person, name, *rest in session.execute(
        statement
    ):
        role, influence, attitude, important = rest
        found.setdefault(
            person,
            Member(
                job_id,
                Ref(Kind.PERSON, person, name),
                title or "",
                department or "",
                boss,
                role,
                influence,
                attitude,
                important,
                left,
                left_on,
            ),
        )
    return without_strangers(list(found.values()))
