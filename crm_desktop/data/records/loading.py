"""Values of fields for a page of records: one statement per source, not per record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, or_, select

from crm_desktop.data.ids import in_listed, listed
from crm_desktop.data.planner import unindexed
from crm_desktop.data.records import parts
from crm_desktop.data.records.columns import (
    JOB_KEYS,
    birthday_columns,
    column,
    column_name,
    is_plain,
    plain_table,
    value_expression,
)
from crm_desktop.data.records.titles import refs, shown_jobs
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Activity, Point, PostalAddress, Tag, TagLink
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.due import Due
from crm_desktop.domain.fields import Address, Field, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.next_step import NextStep
from crm_desktop.domain.parts import sort_of

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
    jobs = [field.key for field in wanted if page.kind is Kind.PERSON and field.key in JOB_KEYS]
    if jobs:
        values.update(_jobs(page, jobs))
    for field in wanted:
        if field.key not in values:
            values[field.key] = _LOADERS.get(field.type, _expression)(page, field)
    for field in wanted:
        if field.type is FieldType.LINK and field.link is not None:
            _name_links(page.session, field, values)
    return values


def _plain(page: Page, fields: list[Field]) -> Values:
    statement = _plain_columns(page.kind, tuple(map(column_name, fields)))
    rows = page.session.execute(statement, listed(page.ids)).all()
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


@lru_cache(maxsize=512)
def _plain_columns(kind: Kind, names: tuple[str, ...]) -> Select[Any]:
    table = plain_table(kind)
    return select(table.c.id, *(table.c[name] for name in names)).where(in_listed(table.c.id))


def _name_links(session: Session, field: Field, values: Values) -> None:
    assert field.link is not None
    ids = {value for value in values[field.key].values() if isinstance(value, int)}
    known = refs(session, field.link, ids)
    for record_id, value in values[field.key].items():
        if isinstance(value, int):
            values[field.key][record_id] = known.get(value, Ref(field.link, value))


def _jobs(page: Page, keys: list[str]) -> Values:
    rows = page.session.execute(shown_jobs(*keys), listed(page.ids)).all()
    people, *held = zip(*rows, strict=True) if rows else [()] * (len(keys) + 1)
    return {key: dict(zip(people, own, strict=True)) for key, own in zip(keys, held, strict=True)}


def _points(page: Page, fields: list[Field]) -> Values:
    by_point: Values = {field.point: {} for field in fields}
    statement = _points_of(page.kind, tuple(by_point))
    for owner_id, point, value in page.session.execute(statement, listed(page.ids)):
        own = by_point[point]
        own[owner_id] = (*own.get(owner_id, ()), value)
    return {field.key: by_point[field.point] for field in fields}


@lru_cache(maxsize=64)
def _points_of(kind: Kind, points: tuple[str, ...]) -> Select[Any]:
    table: Any = Point.__table__
    owner = table.c[f"{kind.value}_id"]
    return (
        select(owner, table.c.kind, table.c.value)
        .where(in_listed(owner), or_(*(table.c.kind == point for point in points)))
        .order_by(table.c.position, table.c.id)
    )


def _addresses(page: Page, field: Field) -> dict[int, Any]:
    rows = page.session.execute(_addresses_of(page.kind), listed(page.ids))
    return _gathered((row[0], Address(*row[1:])) for row in rows)


@cache
def _addresses_of(kind: Kind) -> Select[Any]:
    c: Any = PostalAddress.__table__.c
    owner = c[f"{kind.value}_id"]
    return (
        select(owner, c.line, c.district, c.city, c.province, c.postcode, c.country, c.label)
        .where(in_listed(owner))
        .order_by(c.position, c.id)
    )


def _tags(page: Page, field: Field) -> dict[int, Any]:
    return _gathered(page.session.execute(_tags_of(page.kind), listed(page.ids)))


@cache
def _tags_of(kind: Kind) -> Select[Any]:
    link: Any = TagLink.__table__.c
    tag: Any = Tag.__table__.c
    return (
        select(link.owner_id, tag.name)
        .join(Tag.__table__, tag.id == link.tag_id)
        .where(link.owner_kind == kind.value, in_listed(link.owner_id))
        .order_by(tag.name)
    )


def _gathered(rows: Iterable[Any]) -> dict[int, Any]:
    found: dict[int, tuple[Any, ...]] = {}
    for owner_id, value in rows:
        found[owner_id] = (*found.get(owner_id, ()), value)
    return found


def _parts(page: Page, field: Field) -> dict[int, Any]:
    found = page.session.execute(parts.parts_of(field), listed(page.ids)).all()
    named: Mapping[int, Any] = {}
    if field.link is not None:
        named = refs(page.session, field.link, (row[1] for row in found))
    make = sort_of(field).make
    return _gathered((owner, make(named.get(of, of), *rest)) for owner, of, *rest in found)


def _birthdays(page: Page, field: Field) -> dict[int, Any]:
    rows = page.session.execute(_days_of(page.kind), listed(page.ids))
    return {
        owner_id: Birthday(month, day, year=year, lunar=lunar, leap=leap)
        for owner_id, month, day, year, lunar, leap in rows
        if month is not None and day is not None
    }


@cache
def _days_of(kind: Kind) -> Select[Any]:
    c = plain_table(kind).c
    month, *others = (c[name] for name in birthday_columns(kind))
    return select(c.id, month, *others).where(in_listed(c.id), month.is_not(None))


def _dues(page: Page, field: Field) -> dict[int, Any]:
    return {
        activity_id: Due(day, wall_time(at), zone or "UTC")
        for activity_id, day, at, zone in page.session.execute(_DUES, listed(page.ids))
        if day is not None
    }


_ACTIVITY: Any = Activity.__table__.c
_DUES = select(_ACTIVITY.id, _ACTIVITY.due_date, _ACTIVITY.due_time, _ACTIVITY.due_zone).where(
    in_listed(_ACTIVITY.id), _ACTIVITY.due_date.is_not(None)
)


def wall_time(text: str | None) -> time | None:
    """The time a column of wall time holds."""
    return time.fromisoformat(text) if text else None


def _next_steps(page: Page, field: Field) -> dict[int, Any]:
    found: dict[int, NextStep] = {}
    rows = page.session.execute(_open_steps_of(page.kind), listed(page.ids))
    for owner_id, activity_id, type_id, subject, day, at in rows:
        overdue = day is not None and day < page.today
        step = NextStep(activity_id, type_id, subject, day, wall_time(at), overdue)
        found.setdefault(owner_id, step)
    return found


@cache
def _open_steps_of(kind: Kind) -> Select[Any]:
    c = _ACTIVITY
    owner = c[f"{kind.value}_id"]
    return (
        select(owner, c.id, c.type_id, c.subject, c.due_date, c.due_time)
        .where(in_listed(owner), unindexed(c.state) == "planned", c.trashed_at.is_(None))
        .order_by(c.due_date.nulls_last(), c.due_time.nulls_last(), c.id)
    )


def _expression(page: Page, field: Field) -> dict[int, Any]:
    rows = page.session.execute(_value_of(page.kind, field, page.today), listed(page.ids))
    return {record_id: _as_value(value, field, page) for record_id, value in rows}


@lru_cache(maxsize=512)
def _value_of(kind: Kind, field: Field, today: date) -> Select[Any]:
    identity = column(kind, "id")
    expression: Any = value_expression(kind, field, today).label("value")
    return select(identity, expression).where(in_listed(identity))


def _as_value(value: Any, field: Field, page: Page) -> Any:
    if value is None:
        return None
    if field.key == "stage_days":
        # Stored as the negated Julian day of the moment, so that sorting runs the right way.
        return max(0, round(page.today.toordinal() + 1721424.5 + value))
    if field.type is FieldType.CHOICES:
        return tuple(value)
    if field.type is FieldType.DATE and isinstance(value, datetime):
        return value.astimezone(ZoneInfo(page.zone)).date()
    return value


_LOADERS = {
    FieldType.ADDRESSES: _addresses,
    FieldType.TAGS: _tags,
    FieldType.PARTS: _parts,
    FieldType.BIRTHDAY: _birthdays,
    FieldType.DUE: _dues,
    FieldType.NEXT_STEP: _next_steps,
}
