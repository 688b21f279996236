"""People and companies as customers: whose trade makes them one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select, update

from crm_desktop.data.ids import in_ids
from crm_desktop.data.records.columns import table_of
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Company, Job, Person
from crm_desktop.domain.kinds import Kind, Ref


def company_of(session: Session, person_id: int) -> int | None:
    """The company a person is listed under."""
    statement = (
        select(Job.company_id)
        .where(Job.person_id == person_id, Job.left.is_(False))
        .order_by(Job.position, Job.id)
        .limit(1)
    )
    return session.execute(statement).scalar()


def follow_person(
    session: Session, kind: Kind, values: dict[str, Any], ids: Sequence[int] = ()
) -> None:
    """A person named in `values` brings the company along, where none is named.

    Of a record that is changed none may be named before; of several changed at once none follows.
    """
    person = values.get("person")
    if person is None or len(ids) > 1:
        return
    if ids:
        table: Any = table_of(kind)
        named = session.execute(select(table.company_id).where(table.id == ids[0])).scalar()
        if "company" in values or named is not None:
            return
    elif values.get("company") is not None:
        return
    values["company"] = company_of(session, person.id if isinstance(person, Ref) else person)


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
