"""Two or more records made one: all that hangs on the others goes over to the kept one.

Rows that would say a thing twice stay where they are, with the record in the trash. Rows keep
their identity, so undoing the gesture puts every one back as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Table, delete, func, insert, select, update

from crm_desktop.data import custom_fields
from crm_desktop.data.ids import in_ids
from crm_desktop.data.records.columns import owner_column, table_of
from crm_desktop.data.session import Session
from crm_desktop.data.tables import (
    METADATA,
    Anniversary,
    Attachment,
    Company,
    Gift,
    ImportOrigin,
    Job,
    Person,
    Point,
    PostalAddress,
    Relation,
    Tag,
    TagLink,
    YearlyDemand,
)
from crm_desktop.data.tables.base import JOURNALLED, role_of
from crm_desktop.domain.fields import Address, FieldType
from crm_desktop.domain.kinds import RECORD_KINDS, Kind
from crm_desktop.domain.merging import Moved
from crm_desktop.domain.text import fold

# Moved by rules of their own below; every other reference moves as it is.
_OWN_RULES = frozenset(
    {"points", "addresses", "jobs", "relations", "anniversaries", "yearly_demand"}
)
_COUNTED = ("activities", "opportunities", "quotes", "contracts", "tickets", "receipts", "expenses")


def references(kind: Kind) -> Iterator[tuple[Table, str]]:
    """The columns of the book that refer to records of the kind."""
    target = table_of(kind).__table__
    for table in METADATA.tables.values():
        if role_of(table) == JOURNALLED:
            for key in table.foreign_key_constraints:
                if key.referred_table is target:
                    yield table, key.elements[0].parent.name


def move(session: Session, kind: Kind, keep: int, others: Sequence[int]) -> None:
    """Hang everything of the others on the kept record."""
    before = _parent(session, keep, others) if kind is Kind.COMPANY else None
    for table, name in references(kind):
        if table.name not in _OWN_RULES or (table.name == "jobs" and name != "person_id"):
            where = in_ids(table.c[name], others)
            session.execute(update(table).where(where).values({name: keep}))
    if kind is Kind.COMPANY:
        _no_circle(session, keep, before)
        _move_new(session, YearlyDemand, kind, keep, others, _demand_key)
    _move_new(session, Point, kind, keep, others, lambda row: (row.kind, row.norm))
    _move_new(session, PostalAddress, kind, keep, others, _address_key)
    if kind is Kind.PERSON:
        _move_new(session, Anniversary, kind, keep, others, _day_key)
        _move_jobs(session, keep, others)
        _move_relations(session, keep, others)
    _move_tags(session, kind, keep, others)
    _move_owned(session, kind, keep, others)
    _move_custom_links(session, kind, keep, others)


def counts(session: Session, kind: Kind, others: Sequence[int]) -> tuple[Moved, ...]:
    """How much goes over, by what it is; nothing for what there is none of."""
    found: list[Moved] = []

    def count(code: str, statement: Any) -> None:
        number = session.execute(statement).scalar_one()
        if number:
            found.append(Moved(code, number))

    for name in _COUNTED:
        table = METADATA.tables[name]
        mine = in_ids(table.c[f"{kind.value}_id"], others)
        count(name, select(func.count()).where(mine, table.c.trashed_at.is_(None)))
    if kind is Kind.COMPANY:
        people = select(func.count(Job.person_id.distinct())).where(in_ids(Job.company_id, others))
        count("people", people)
        count("branches", select(func.count()).where(in_ids(Company.parent_id, others)))
    else:
        count("jobs", select(func.count()).where(in_ids(Job.person_id, others)))
        related = in_ids(Relation.person_id, others) | in_ids(Relation.other_id, others)
        count("relations", select(func.count()).where(related))
        count("anniversaries", select(func.count()).where(in_ids(Anniversary.person_id, others)))
        count("gifts", select(func.count()).where(in_ids(Gift.person_id, others)))
    files = select(func.count()).where(
        Attachment.owner_kind == kind.value,
        in_ids(Attachment.owner_id, others),
        Attachment.trashed_at.is_(None),
    )
    count("files", files)
    return tuple(found)


def photo(session: Session, keep: int, others: Sequence[int]) -> None:
    """The kept person's photo, or the first of the others'."""
    own = session.execute(select(Person.photo_sha256).where(Person.id == keep)).scalar()
    for other in others if own is None else ():
        theirs = session.execute(select(Person.photo_sha256).where(Person.id == other)).scalar()
        if theirs is not None:
            session.execute(update(Person).where(Person.id == keep).values(photo_sha256=theirs))
            return


def order_points(session: Session, kind: Kind, keep: int, point: str, first: Sequence[str]) -> None:
    """Put the points with these norms in front, in their order."""
    place = {value: number for number, value in enumerate(first)}
    rows = session.execute(
        select(Point.id, Point.norm, Point.position)
        .where(owner_column(Point, kind) == keep, Point.kind == point)
        .order_by(Point.position, Point.id)
    ).all()
    ordered = sorted(rows, key=lambda row: place.get(row.norm, len(place)))
    for position, row in enumerate(ordered):
        if row.position != position:
            session.execute(update(Point).where(Point.id == row.id).values(position=position))


def _rows(session: Session, table: type[Any], owner: Any, record_id: int) -> list[Any]:
    order = table.position if hasattr(table, "position") else table.id
    statement = select(table).where(owner == record_id).order_by(order, table.id)
    return session.whole(statement)


def _move_new(
    session: Session,
    table: type[Any],
    kind: Kind,
    keep: int,
    others: Sequence[int],
    key_of: Callable[[Any], Any],
) -> None:
    """Move the rows of which the kept record has none alike, behind its own."""
    owner = owner_column(table, kind)
    present = _rows(session, table, owner, keep)
    known = {key_of(row) for row in present}
    last: dict[Any, int] = {}
    for row in present if hasattr(table, "position") else ():
        group = getattr(row, "kind", None)
        last[group] = max(last.get(group, -1), row.position)
    for other in others:
        for row in _rows(session, table, owner, other):
            if (key := key_of(row)) in known:
                continue
            known.add(key)
            values: dict[str, Any] = {owner.key: keep}
            if hasattr(table, "position"):
                group = getattr(row, "kind", None)
                last[group] = last.get(group, -1) + 1
                values["position"] = last[group]
            session.execute(update(table).where(table.id == row.id).values(**values))


def _address_key(row: Any) -> str:
    address = Address(row.line, row.district, row.city, row.province, row.postcode, row.country)
    return fold(address.text()).replace(" ", "")


def _day_key(row: Any) -> tuple[Any, ...]:
    return (fold(row.name), row.year, row.month, row.day, row.lunar, row.leap)


def _demand_key(row: Any) -> tuple[Any, ...]:
    return (row.category_id, row.amount, row.unit, row.year)


def _move_jobs(session: Session, keep: int, others: Sequence[int]) -> None:
    """Jobs move; a present one at a company where there is one already fills that one up."""
    mine = _rows(session, Job, Job.person_id, keep)
    present: dict[int | None, Job | None] = {job.company_id: job for job in mine if not job.left}
    position = max((job.position for job in mine), default=-1)
    filled = ("title", "department", "from_date", "reports_to_id")
    for other in others:
        for job in _rows(session, Job, Job.person_id, other):
            twin = None if job.left or job.company_id is None else present.get(job.company_id)
            if twin is not None:
                empty = {
                    key: getattr(job, key)
                    for key in filled
                    if getattr(twin, key) is None and getattr(job, key) is not None
                }
                if empty:
                    filling = update(Job).where(Job.id == twin.id).values(**empty)
                    session.execute(filling)
                    present[job.company_id] = session.get(Job, twin.id)
                continue
            position += 1
            changed = {"person_id": keep, "position": position}
            session.execute(update(Job).where(Job.id == job.id).values(**changed))
            if not job.left:
                present.setdefault(job.company_id, job)
    # Nobody reports to himself.
    circle = (Job.person_id == keep) & (Job.reports_to_id == keep)
    session.execute(update(Job).where(circle).values(reports_to_id=None))


def _move_relations(session: Session, keep: int, others: Sequence[int]) -> None:
    """Relations move; those among the merged ones have lost their meaning."""
    known = {
        (row.person_id, row.other_id, row.type_id)
        for row in session.whole(select(Relation))
        if keep in (row.person_id, row.other_id)
    }
    moving = set(others)
    rows = select(Relation).where(
        in_ids(Relation.person_id, others) | in_ids(Relation.other_id, others)
    )
    for row in session.whole(rows.order_by(Relation.id)):
        person = keep if row.person_id in moving else row.person_id
        other = keep if row.other_id in moving else row.other_id
        key = (person, other, row.type_id)
        if person == other or (key in known and not row.note):
            session.execute(delete(Relation).where(Relation.id == row.id))
            continue
        known.add(key)
        changed = {"person_id": person, "other_id": other}
        session.execute(update(Relation).where(Relation.id == row.id).values(**changed))


def _move_tags(session: Session, kind: Kind, keep: int, others: Sequence[int]) -> None:
    mine = TagLink.owner_kind == kind.value
    known = set(
        session.execute(select(TagLink.tag_id).where(mine, TagLink.owner_id == keep)).scalars()
    )
    rows = (
        select(TagLink.id, TagLink.tag_id)
        .join(Tag, Tag.id == TagLink.tag_id)
        .where(mine, in_ids(TagLink.owner_id, others), Tag.trashed_at.is_(None))
        .order_by(TagLink.id)
    )
    for link_id, tag_id in session.execute(rows).all():
        if tag_id not in known:
            known.add(tag_id)
            # Links are never updated: the search reads from the journal whose they were.
            session.execute(delete(TagLink).where(TagLink.id == link_id))
            values = {"tag_id": tag_id, "owner_kind": kind.value, "owner_id": keep}
            session.execute(insert(TagLink).values(**values))


def _move_owned(session: Session, kind: Kind, keep: int, others: Sequence[int]) -> None:
    session.execute(
        update(Attachment)
        .where(Attachment.owner_kind == kind.value, in_ids(Attachment.owner_id, others))
        .values(owner_id=keep)
    )
    session.execute(
        update(ImportOrigin)
        .where(ImportOrigin.kind == kind.value, in_ids(ImportOrigin.record_id, others))
        .values(record_id=keep)
    )


def _parent(session: Session, keep: int, others: Sequence[int]) -> int | None:
    """The parent the kept company has when none of the merged ones can be it."""
    merged = {keep, *others}
    for company in (keep, *others):
        parent = session.execute(
            select(Company.parent_id).where(Company.id == company)
        ).scalar_one_or_none()
        if parent is not None and parent not in merged:
            return parent
    return None


def _no_circle(session: Session, keep: int, parent: int | None) -> None:
    """The kept company is not below itself, directly or through those below it."""
    above, seen = parent, {keep}
    while above is not None:
        if above in seen:
            parent = None
            break
        seen.add(above)
        statement = select(Company.parent_id).where(Company.id == above)
        above = session.execute(statement).scalar_one_or_none()
    own = session.execute(select(Company.parent_id).where(Company.id == keep)).scalar_one()
    if own == keep or (own is not None and parent is None):
        session.execute(update(Company).where(Company.id == keep).values(parent_id=parent))


def _move_custom_links(session: Session, kind: Kind, keep: int, others: Sequence[int]) -> None:
    """The user's own link fields, of records of any kind."""
    for owner in RECORD_KINDS:
        links = [
            field
            for field in custom_fields.fields(session, owner)
            if field.type is FieldType.LINK and field.link is kind
        ]
        table: Any = table_of(owner)
        for field in links:
            name = field.key.removeprefix("custom.")
            held = func.json_extract(table.custom, f'$."{name}"')
            rows = select(table.id, table.custom).where(in_ids(held, others))
            for record_id, custom in session.execute(rows).all():
                changed = {**custom, name: keep}
                session.execute(update(table).where(table.id == record_id).values(custom=changed))
