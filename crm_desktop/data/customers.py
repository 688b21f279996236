"""People and companies as customers: whose trade makes them one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select, update

from crm_desktop.data.ids import in_ids
from crm_desktop.data.records.columns import table_of
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Company, Job, Person
from crm_desktop.domain.kinds import Kind


def company_of(session: Session, person_id: int) -> int | None:
    """The company a person is listed under."""
    statement = (
        select(Job.company_id)
        .where(Job.person_id == person_id, Job.left.is_(False))
        .order_by(Job.position, Job.id)
        .limit(1)
    )
    return session.execute(statement).scalar()


def promote(
    session: Session, kind: Kind, ids: Sequence[int], customer: int, before: Sequence[int]
) -> None:
    """Make the companies (or the people without one) of these trades customers.

    Only those who stand in one of the statuses `before`, or in none.
    """
    table: Any = table_of(kind)
    owners = session.execute(
        select(table.company_id, table.person_id).where(in_ids(table.id, ids))
    ).all()
    companies = [company for company, _ in owners if company is not None]
    people = [person for company, person in owners if company is None and person is not None]
    for owner, owner_ids in ((Company, companies), (Person, people)):
        session.execute(
            update(owner)
            .where(
                in_ids(owner.id, owner_ids),
                or_(owner.lifecycle_id.is_(None), owner.lifecycle_id.in_(before)),
            )
            .values(lifecycle_id=customer)
        )
