"""Stored values turned into those a file holds, each distinct value once."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import FromClause

from crm_desktop.data.records.columns import birthday_columns, column_name
from crm_desktop.data.types import Scaled
from crm_desktop.domain.birthdays import birthday_text
from crm_desktop.domain.due import due_text
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind


def needs(kind: Kind, field: Field) -> tuple[str, ...]:
    """The columns of the kind's own table that a field takes where these are several, else none.

    The first is empty where all are.
    """
    if field.type is FieldType.BIRTHDAY:
        return birthday_columns(kind)
    return ("due_date", "due_time") if field.type is FieldType.DUE else ()


Convert = Callable[[Any], Any]


def each(convert: Convert | None, values: Sequence[Any]) -> Sequence[Any]:
    """`convert` of every value but None; of many that are alike, once."""
    if convert is None or values.count(None) == len(values):
        return values
    distinct = set(values)
    if 2 * len(distinct) > len(values):
        return [None if value is None else convert(value) for value in values]
    known = {value: None if value is None else convert(value) for value in distinct}
    return list(map(known.__getitem__, values))


def reader_of(field: Field, table: FromClause, zone: str) -> Convert | None:
    """How a stored value of the field is read; None where it stands as it is."""
    match field.type:
        case FieldType.BOOLEAN:
            return bool
        case FieldType.DATE:
            return date.fromisoformat
        case FieldType.STAMP:
            return _wall_clock(ZoneInfo(zone))
        case FieldType.CHOICES:
            return _several
        case FieldType.BIRTHDAY:
            return _birthday
        case FieldType.DUE:
            return _due
        case FieldType.NUMBER | FieldType.MONEY | FieldType.UNIT_PRICE | FieldType.PERCENT:
            return Decimal if field.custom else _scaled(table.c[column_name(field)].type)
    return None


def _wall_clock(zone: ZoneInfo) -> Convert:
    def read(stored: str) -> datetime:
        return datetime.fromisoformat(stored).astimezone(zone).replace(tzinfo=None)

    return read


def _scaled(type_: Any) -> Convert:
    assert isinstance(type_, Scaled)
    places = -type_.digits

    def read(stored: int) -> Decimal:
        return Decimal(stored).scaleb(places)

    return read


def _several(stored: str) -> tuple[int, ...]:
    return tuple(json.loads(stored))


def _birthday(stored: tuple[int | None, ...]) -> str | None:
    month, day, year, lunar, leap = stored
    if month is None or day is None:
        return None
    return birthday_text(month, day, year, lunar=bool(lunar), leap=bool(leap))


def _due(stored: tuple[str | None, str | None]) -> str | None:
    day, at = stored
    return None if day is None else due_text(day, at)
