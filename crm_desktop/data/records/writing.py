"""Records of every kind, created and changed by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from crm_desktop.data.ids import in_ids, in_listed, listed
from crm_desktop.data.records import children
from crm_desktop.data.records.columns import (
    JOB_KEYS,
    birthday_columns,
    column,
    column_name,
    is_plain,
    plain_table,
    table_of,
)
from crm_desktop.data.session import Session
from crm_desktop.domain import schema
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.due import Due
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind, Ref


class Writer:
    """Writes records of one kind within one transaction. Values are checked before."""

    def __init__(self, session: Session, kind: Kind, custom: tuple[Field, ...] = ()) -> None:
        self._session = session
        self._kind = kind
        self._custom = custom

    def create(self, values: Mapping[str, Any]) -> int:
        """Insert one record; returns its id."""
        plain, spread = self.split(values)
        custom = {key: value for key, value in plain.pop("custom", {}).items() if value is not None}
        if custom:
            plain["custom"] = custom
        table = plain_table(self._kind)
        statement = insert(table).values(**plain).returning(table.c.id)
        record_id: int = self._session.execute(statement).scalar_one()
        self._spread([record_id], spread)
        return record_id

    def update(self, ids: Sequence[int], values: Mapping[str, Any]) -> None:
        """Set the same values on all of `ids`."""
        plain, spread = self.split(values)
        custom = plain.pop("custom", {})
        table = plain_table(self._kind)
        if plain:
            statement = update(table).where(in_listed(table.c.id)).values(**plain)
            self._session.execute(statement, listed(ids))
        for record_id in ids if custom else ():
            self._merge_custom(record_id, custom)
        self._spread(ids, spread)

    def set_trashed(self, ids: Sequence[int], at: datetime | None) -> None:
        """Move to the trash, or back (`at` None)."""
        identity = column(self._kind, "id")
        self._session.execute(
            update(table_of(self._kind)).where(in_ids(identity, ids)).values(trashed_at=at)
        )

    def spreads(self, field: Field) -> bool:
        """Whether the field lives in rows of its own."""
        if field.custom or field.type in (FieldType.BIRTHDAY, FieldType.DUE):
            return False
        return not is_plain(self._kind, field)

    def split(self, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[Field, Any]]:
        """Columns of the kind's own table, and fields that live in other rows."""
        plain: dict[str, Any] = {}
        spread: dict[Field, Any] = {}
        for key, value in values.items():
            field = schema.find(self._kind, key, self._custom)
            if field.custom:
                plain.setdefault("custom", {})[key.removeprefix("custom.")] = stored(field, value)
            elif field.type is FieldType.BIRTHDAY:
                plain.update(self._day_columns(value))
            elif field.type is FieldType.DUE:
                plain.update(due_columns(value))
            elif is_plain(self._kind, field):
                plain[column_name(field)] = for_column(field, value)
            else:
                spread[field] = value
        return plain, spread

    def _day_columns(self, value: Birthday | None) -> dict[str, Any]:
        nothing = (None, None, None, False, False)
        held = (value.month, value.day, value.year, value.lunar, value.leap) if value else nothing
        return dict(zip(birthday_columns(self._kind), held, strict=True))

    def _merge_custom(self, record_id: int, changes: Mapping[str, Any]) -> None:
        identity = column(self._kind, "id")
        holder = column(self._kind, "custom")
        present = self._session.execute(select(holder).where(identity == record_id)).scalar_one()
        merged = {**(present or {}), **changes}
        kept = {key: value for key, value in merged.items() if value is not None}
        self._session.execute(
            update(table_of(self._kind)).where(identity == record_id).values(custom=kept or None)
        )

    def _spread(self, ids: Sequence[int], spread: Mapping[Field, Any]) -> None:
        job = {field.key: value for field, value in spread.items() if field.key in JOB_KEYS}
        for record_id in ids if spread else ():
            for field, value in spread.items():
                if field.type is FieldType.POINTS:
                    children.set_points(self._session, self._kind, record_id, field.point, value)
                elif field.type is FieldType.ADDRESSES:
                    children.set_addresses(self._session, self._kind, record_id, value)
                elif field.type is FieldType.TAGS:
                    children.set_tags(self._session, self._kind, record_id, value)
                elif field.type is FieldType.PARTS:
                    children.set_parts(self._session, record_id, field, value or ())
            if job:
                children.set_job(self._session, record_id, job)


def for_column(field: Field, value: Any) -> Any:
    """A plain value as its column takes it: links by id, choices as a list."""
    if field.type is FieldType.LINK:
        return value.id if isinstance(value, Ref) else value
    if field.type is FieldType.CHOICES:
        return list(value) or None if value is not None else None
    return value


def stored(field: Field, value: Any) -> Any:
    """A custom value as JSON keeps it: exact numbers and dates as text."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Ref):
        return value.id
    if isinstance(value, tuple | list):
        return list(value) or None
    return str(value)


def due_columns(value: Due | None) -> dict[str, Any]:
    """A due as its columns take it."""
    return {
        "due_date": value.day if value else None,
        "due_time": value.time.strftime("%H:%M") if value and value.time else None,
        "due_zone": value.zone if value else None,
        "due_at": value.utc() if value else None,
    }
