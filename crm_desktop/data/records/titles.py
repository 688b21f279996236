"""What records are called, looked up many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Select, select

from crm_desktop.data.ids import in_listed, listed
from crm_desktop.data.records.columns import plain_table
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Job
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.schema import TITLE_KEYS


def titles(session: Session, kind: Kind, ids: Iterable[int | None]) -> dict[int, str]:
    """The titles of records by id; ids that are gone are left out."""
    wanted = {record_id for record_id in ids if record_id is not None}
    if not wanted:
        return {}
    rows = session.execute(_titles(kind), listed(wanted))
    return {record_id: title or "" for record_id, title in rows}


@cache
def _titles(kind: Kind) -> Select[Any]:
    table = plain_table(kind)
    return select(table.c.id, table.c[TITLE_KEYS[kind]]).where(in_listed(table.c.id))


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


@cache
def shown_jobs(*keys: str) -> Select[Any]:
    """Person and these fields of jobs not left; the one a list shows comes last.

    An index tells the company: the rest is another page of the file for each job.
    """
    job: Any = Job.__table__.c
    asked = (job.company_id if key == "company" else job[key] for key in keys)
    return (
        select(job.person_id, *asked)
        .where(in_listed(job.person_id), job.left.is_(False))
        .order_by(job.position.desc(), job.id.desc())
    )


def companies_of_people(session: Session, ids: Iterable[int]) -> dict[int, Ref]:
    """The company each person is listed under."""
    rows = session.execute(shown_jobs("company"), listed(ids))
    companies = {person: company for person, company in rows}
    known = refs(session, Kind.COMPANY, companies.values())
    return {person: known[company] for person, company in companies.items() if company in known}
