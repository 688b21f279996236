"""What records are called, looked up many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_desktop.data.ids import in_ids
from crm_desktop.data.records.columns import column, title_expression
from crm_desktop.data.tables import Job
from crm_desktop.domain.kinds import Kind, Ref


def titles(session: Session, kind: Kind, ids: Iterable[int | None]) -> dict[int, str]:
    """The titles of records by id; ids that are gone are left out."""
    wanted = {record_id for record_id in ids if record_id is not None}
    if not wanted:
        return {}
    identity = column(kind, "id")
    statement = select(identity, title_expression(kind)).where(in_ids(identity, wanted))
    return {record_id: title or "" for record_id, title in session.execute(statement)}


def refs(session: Session, kind: Kind, ids: Iterable[int | None]) -> dict[int, Ref]:
    """References with titles, by id."""
    return {
        record_id: Ref(kind, record_id, title)
        for record_id, title in titles(session, kind, ids).items()
    }


def refs_of(session: Session, pairs: Iterable[tuple[Kind, int]]) -> Mapping[tuple[Kind, int], Ref]:
    """References of records of several kinds."""
    by_kind: dict[Kind, set[int]] = {}
    for kind, record_id in pairs:
        by_kind.setdefault(kind, set()).add(record_id)
    return {
        (kind, record_id): ref
        for kind, ids in by_kind.items()
        for record_id, ref in refs(session, kind, ids).items()
    }


def companies_of_people(session: Session, ids: Iterable[int]) -> dict[int, Ref]:
    """The company each person is listed under."""
    statement = (
        select(Job.person_id, Job.company_id)
        .where(in_ids(Job.person_id, ids), Job.left.is_(False))
        .order_by(Job.position.desc(), Job.id.desc())
    )
    companies = {person: company for person, company in session.execute(statement)}
    known = refs(session, Kind.COMPANY, companies.values())
    return {person: known[company] for person, company in companies.items() if company in known}
