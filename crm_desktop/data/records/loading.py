"""Values of fields for a page of records: one statement per source, not per record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_desktop.data.ids import in_ids
from crm_desktop.data.planner import unindexed
from crm_desktop.data.records.columns import (
    JOB_KEYS,
    column,
    column_name,
    is_plain,
    owner_column,
    value_expression,
)
from crm_desktop.data.records.titles import refs
from crm_desktop.data.tables import Activity, Job, Person, Point, PostalAddress, Tag, TagLink
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.due import Due
from crm_desktop.domain.fields import Address, Field, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.next_step import NextStep

Values = dict[str, dict[int, Any]]  # field key → record id → value


@dataclass(frozen=True, slots=True)
class Page:
    """Which records are loaded, and the day they are looked at."""

    session: Session
    kind: Kind
    ids: Sequence[int]
    today: date
    zone: str = "UTC"


def load(page: Page, fields: Iterable[Field]) -> Values:
    """The values of `fields` of the page's records; empty values may be missing."""
    wanted = list(fields)
    values: Values = {}
    plain = [field for field in wanted if is_plain(page.kind, field)]
    if plain:
        values.update(_plain(page, plain))
    points = [field for field in wanted if field.type is FieldType.POINTS]
    if points:
        values.update(_points(page, points))
    for field in wanted:
        if field.key in values:
            continue
        if page.kind is Kind.PERSON and field.key in JOB_KEYS:
            values.update(_jobs(page))
        else:
            values[field.key] = _LOADERS.get(field.type, _expression)(page, field)
    for field in wanted:
        if field.type is FieldType.LINK and field.link is not None:
            _name_links(page.session, field, values)
    return values


def _plain(page: Page, fields: list[Field]) -> Values:
    columns = [column(page.kind, column_name(field)) for field in fields]
    identity = column(page.kind, "id")
    statement = select(identity, *columns).where(in_ids(identity, page.ids))
    rows = page.session.execute(statement).all()
    found, *held = zip(*rows, strict=True) if rows else [()] * (len(fields) + 1)
    values: Values = {}
    for field, of_field in zip(fields, held, strict=True):
        # Of many columns few are filled.
        empty = of_field.count(None) == len(of_field)
        own = {} if empty else dict(zip(found, of_field, strict=True))
        if field.type is FieldType.CHOICES:
            own = {record_id: tuple(chosen) for record_id, chosen in own.items() if chosen}
        values[field.key] = own
    return values


def _name_links(session: Session, field: Field, values: Values) -> None:
    assert field.link is not None
    ids = {value for value in values[field.key].values() if isinstance(value, int)}
    known = refs(session, field.link, ids)
    for record_id, value in values[field.key].items():
        if isinstance(value, int):
            values[field.key][record_id] = known.get(value, Ref(field.link, value))


def _jobs(page: Page) -> Values:
    statement = (
        select(Job.person_id, Job.company_id, Job.title, Job.department)
        .where(in_ids(Job.person_id, page.ids), Job.left.is_(False))
        .order_by(Job.position.desc(), Job.id.desc())
    )
    values: Values = {"company": {}, "title": {}, "department": {}}
    for person_id, company_id, title, department in page.session.execute(statement):
        values["company"][person_id] = company_id
        values["title"][person_id] = title
        values["department"][person_id] = department
    return values


def _points(page: Page, fields: list[Field]) -> Values:
    owner = owner_column(Point, page.kind)
    statement = (
        select(owner, Point.kind, Point.value)
        .where(in_ids(owner, page.ids), Point.kind.in_([field.point for field in fields]))
        .order_by(Point.position, Point.id)
    )
    by_point: Values = {field.point: {} for field in fields}
    for owner_id, point, value in page.session.execute(statement):
        own = by_point[point]
        own[owner_id] = (*own.get(owner_id, ()), value)
    return {field.key: by_point[field.point] for field in fields}


def _addresses(page: Page, field: Field) -> dict[int, Any]:
    table = PostalAddress
    owner = owner_column(table, page.kind)
    statement = (
        select(
            owner,
            table.line,
            table.district,
            table.city,
            table.province,
            table.postcode,
            table.country,
            table.label,
        )
        .where(in_ids(owner, page.ids))
        .order_by(table.position, table.id)
    )
    return _gathered((row[0], Address(*row[1:])) for row in page.session.execute(statement))


def _tags(page: Page, field: Field) -> dict[int, Any]:
    statement = (
        select(TagLink.owner_id, Tag.name)
        .join(Tag, Tag.id == TagLink.tag_id)
        .where(TagLink.owner_kind == page.kind.value, in_ids(TagLink.owner_id, page.ids))
        .order_by(Tag.name)
    )
    return _gathered(page.session.execute(statement))


def _gathered(rows: Iterable[Any]) -> dict[int, Any]:
    found: dict[int, tuple[Any, ...]] = {}
    for owner_id, value in rows:
        found[owner_id] = (*found.get(owner_id, ()), value)
    return found


def _birthdays(page: Page, field: Field) -> dict[int, Any]:
    statement = select(
        Person.id,
        Person.birth_month,
        Person.birth_day,
        Person.birth_year,
        Person.birth_lunar,
        Person.birth_leap,
    ).where(in_ids(Person.id, page.ids), Person.birth_month.is_not(None))
    return {
        person_id: Birthday(month, day, year=year, lunar=lunar, leap=leap)
        for person_id, month, day, year, lunar, leap in page.session.execute(statement)
        if month is not None and day is not None
    }


def _dues(page: Page, field: Field) -> dict[int, Any]:
    statement = select(Activity.id, Activity.due_date, Activity.due_time, Activity.due_zone).where(
        in_ids(Activity.id, page.ids), Activity.due_date.is_not(None)
    )
    return {
        activity_id: Due(day, wall_time(at), zone or "UTC")
        for activity_id, day, at, zone in page.session.execute(statement)
        if day is not None
    }


def wall_time(text: str | None) -> time | None:
    """The time a column of wall time holds."""
    return time.fromisoformat(text) if text else None


def _next_steps(page: Page, field: Field) -> dict[int, Any]:
    owner = owner_column(Activity, page.kind)
    statement = (
        select(
            owner,
            Activity.id,
            Activity.type_id,
            Activity.subject,
            Activity.due_date,
            Activity.due_time,
        )
        .where(
            in_ids(owner, page.ids),
            unindexed(Activity.state) == "planned",
            Activity.trashed_at.is_(None),
        )
        .order_by(Activity.due_date.nulls_last(), Activity.due_time.nulls_last(), Activity.id)
    )
    found: dict[int, NextStep] = {}
    for owner_id, activity_id, type_id, subject, day, at in page.session.execute(statement):
        overdue = day is not None and day < page.today
        step = NextStep(activity_id, type_id, subject, day, wall_time(at), overdue)
        found.setdefault(owner_id, step)
    return found


def _expression(page: Page, field: Field) -> dict[int, Any]:
    identity = column(page.kind, "id")
    expression: Any = value_expression(page.kind, field).label("value")
    rows = page.session.execute(select(identity, expression).where(in_ids(identity, page.ids)))
    return {record_id: _as_value(value, field, page) for record_id, value in rows}


def _as_value(value: Any, field: Field, page: Page) -> Any:
    if value is None:
        return None
    if field.key == "stage_days":
        # Stored as the negated Julian day of the moment, so that sorting runs the right way.
        return max(0, round(page.today.toordinal() + 1721424.5 + value))
    if field.type is FieldType.DATE and isinstance(value, datetime):
        return value.astimezone(ZoneInfo(page.zone)).date()
    return value


_LOADERS = {
    FieldType.ADDRESSES: _addresses,
    FieldType.TAGS: _tags,
    FieldType.BIRTHDAY: _birthdays,
    FieldType.DUE: _dues,
    FieldType.NEXT_STEP: _next_steps,
}
