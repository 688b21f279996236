"""Rows that hang on a record: points, addresses, tags, the job. Unchanged ones are left alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Column, delete, insert, select, update

from crm_desktop.data.records import parts
from crm_desktop.data.records.columns import owner_column
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Job, Point, PostalAddress, Tag, TagLink
from crm_desktop.domain.fields import Address, Field
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.parts import Part
from crm_desktop.domain.points import norm


def set_points(
    session: Session, kind: Kind, record_id: int, point: str, values: Sequence[str] | None
) -> None:
    """Make `values` the phones (or mails …) of sort `point`, in this order."""
    wanted = [
        {"kind": point, "value": value, "norm": norm(point, value), "position": position}
        for position, value in enumerate(values or ())
    ]
    _replace(session, Point, kind, record_id, wanted, Point.kind == point)


def set_addresses(
    session: Session, kind: Kind, record_id: int, values: Sequence[Address] | None
) -> None:
    """Make `values` the addresses, in this order."""
    wanted = [{**asdict(value), "position": place} for place, value in enumerate(values or ())]
    _replace(session, PostalAddress, kind, record_id, wanted)


def _replace(
    session: Session,
    table: type[Any],
    kind: Kind,
    record_id: int,
    wanted: Sequence[Mapping[str, Any]],
    *also: Any,
) -> None:
    _replace_of(session, table, owner_column(table, kind), record_id, wanted, *also)


def _replace_of(
    session: Session,
    table: type[Any],
    owner: Column[Any],
    record_id: int,
    wanted: Sequence[Mapping[str, Any]],
    *also: Any,
) -> None:
    """Turn the present rows into the wanted ones, one by one: history shows what changed."""
    rows = session.whole(
        select(table).where(owner == record_id, *also).order_by(table.position, table.id)
    )
    for row, values in zip(rows, wanted, strict=False):
        changed = {key: value for key, value in values.items() if getattr(row, key) != value}
        if changed:
            session.execute(update(table).where(table.id == row.id).values(**changed))
    for row in rows[len(wanted) :]:
        session.execute(delete(table).where(table.id == row.id))
    for values in wanted[len(rows) :]:
        session.execute(insert(table).values(**{owner.key: record_id}, **values))


def set_parts(session: Session, record_id: int, field: Field, values: Sequence[Part]) -> None:
    """Make `values` the parts, in this order."""
    table: Any = parts.part_table(field).table
    owner = parts.part_table(field).owner
    _replace_of(session, table, getattr(table, owner), record_id, parts.rows(field, values))


def set_tags(session: Session, kind: Kind, record_id: int, names: Sequence[str] | None) -> None:
    """Make `names` the tags of the record; new words become tags."""
    wanted = {tag_id(session, name) for name in names or () if name.strip()}
    links = session.execute(
        select(TagLink.id, TagLink.tag_id).where(
            TagLink.owner_kind == kind.value, TagLink.owner_id == record_id
        )
    ).all()
    for link_id, tag in links:
        if tag not in wanted:
            session.execute(delete(TagLink).where(TagLink.id == link_id))
    for tag in sorted(wanted - {tag for _, tag in links}):
        session.execute(
            insert(TagLink).values(tag_id=tag, owner_kind=kind.value, owner_id=record_id)
        )


def tag_id(session: Session, name: str) -> int:
    """The tag called `name`, made if there is none."""
    found = session.execute(
        select(Tag.id).where(Tag.name == name.strip(), Tag.trashed_at.is_(None)).order_by(Tag.id)
    ).scalar()
    if found is not None:
        return found
    statement = insert(Tag).values(name=name.strip()).returning(Tag.id)
    return session.execute(statement).scalar_one()


def set_job(session: Session, person_id: int, values: Mapping[str, Any]) -> None:
    """Set company, title or department of the job a person is listed under.

    Another company means another job: the old one is kept as left.
    """
    present = session.execute(
        select(Job.id, Job.company_id, Job.position)
        .where(Job.person_id == person_id, Job.left.is_(False))
        .order_by(Job.position, Job.id)
        .limit(1)
    ).one_or_none()
    company = values.get("company")
    columns = {key: value for key, value in values.items() if key != "company"}
    if "company" in values:
        columns["company_id"] = company.id if isinstance(company, Ref) else company
    elif present is not None:
        columns["company_id"] = present.company_id
    stays = present is not None and present.company_id in (None, columns["company_id"])
    if present is not None and stays:
        session.execute(update(Job).where(Job.id == present.id).values(**columns))
        return
    if present is not None:
        session.execute(update(Job).where(Job.id == present.id).values(left=True))
    if any(value is not None for value in columns.values()):
        position = present.position if present else 0
        session.execute(insert(Job).values(person_id=person_id, position=position, **columns))
