"""The user's own fields: read as declarations like the shipped ones."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, bindparam, func, insert, select, update

from crm_desktop.data.session import Session
from crm_desktop.data.tables import CustomField, ListItem
from crm_desktop.domain.belonging import LISTS, Limits
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind


def fields(session: Session, kind: Kind) -> tuple[Field, ...]:
    """The custom fields of a kind, in the user's order."""
    return _declared(session, kind, _FIELDS)


def ever(session: Session, kind: Kind) -> tuple[Field, ...]:
    """Those too that have been removed: what they held is still told."""
    return _declared(session, kind, _EVER)


def _declared(
    session: Session,
    kind: Kind,
    asked: Select[str, str, str | None, str | None, str, list[int] | None],
) -> tuple[Field, ...]:
    found = session.execute(asked, {"kind": kind.value}).all()
    lists = lists_of(session, [one for *_, only_for in found for one in only_for or ()])
    return tuple(
        Field(
            f"custom.{key}",
            FieldType(type_),
            group="custom",
            list_key=list_key or "",
            link=Kind(link) if link else None,
            custom=True,
            name=name,
            only_for=_limits(kind, only_for, lists),
        )
        for key, type_, list_key, link, name, only_for in found
    )


_EVER = (
    select(
        CustomField.key,
        CustomField.type,
        CustomField.list_key,
        CustomField.link,
        CustomField.name,
        CustomField.only_for,
    )
    .where(CustomField.kind == bindparam("kind"))
    .order_by(CustomField.position, CustomField.id)
)
# Asked whenever anything is read or written, so made once.
_FIELDS = _EVER.where(CustomField.trashed_at.is_(None))


def lists_of(session: Session, items: Iterable[int]) -> dict[int, str]:
    """The lists of items; those that are gone (their adding was undone) are left out."""
    wanted = set(items)
    if not wanted:
        return {}
    alive = ListItem.trashed_at.is_(None)
    asked = select(ListItem.id, ListItem.list_key).where(ListItem.id.in_(wanted), alive)
    return {item: list_key for item, list_key in session.execute(asked)}


def _limits(kind: Kind, only_for: Iterable[int] | None, lists: Mapping[int, str]) -> Limits:
    by_list: dict[str, list[int]] = {}
    for item in only_for or ():
        if item in lists:
            by_list.setdefault(lists[item], []).append(item)
    return tuple((key, tuple(by_list[key])) for key in LISTS.get(kind, ()) if key in by_list)


def names(session: Session, kind: Kind) -> dict[str, str]:
    """What the user calls the custom fields of a kind, by field key."""
    statement = select(CustomField.key, CustomField.name).where(CustomField.kind == kind.value)
    return {f"custom.{key}": name for key, name in session.execute(statement)}


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The custom fields in which two states of a row differ, by field key, as JSON keeps them."""
    old, new = (_held(side.get("custom")) for side in (before, after))
    return {
        f"custom.{key}": (old.get(key), new.get(key))
        for key in old | new
        if old.get(key) != new.get(key)
    }


def _held(custom: Any) -> dict[str, Any]:
    values = json.loads(custom) if isinstance(custom, str) else custom
    return values or {}


def given(field: Field, held: Any) -> Any:
    """A value as JSON keeps it → as a card gives it, but links by id."""
    if held is None:
        return None
    match field.type:
        case FieldType.NUMBER | FieldType.MONEY:
            return Decimal(held)
        case FieldType.DATE:
            return date.fromisoformat(held)
        case FieldType.CHOICES:
            return tuple(held)
    return held


def defined(session: Session, kind: Kind) -> list[CustomField]:
    """The rows behind the fields of a kind, in the user's order."""
    statement = (
        select(CustomField)
        .where(CustomField.kind == kind.value, CustomField.trashed_at.is_(None))
        .order_by(CustomField.position, CustomField.id)
    )
    return session.whole(statement)


def add(session: Session, kind: Kind, name: str, values: Mapping[str, Any]) -> str:
    """A new field behind the others; returns its key ("custom.f7"), which is never used again."""
    last = session.execute(
        select(func.max(CustomField.position)).where(CustomField.kind == kind.value)
    ).scalar()
    statement = insert(CustomField).values(
        kind=kind.value, key="", name=name, position=0 if last is None else last + 1, **values
    )
    row_id = session.execute(statement.returning(CustomField.id)).scalar_one()
    session.execute(update(CustomField).where(CustomField.id == row_id).values(key=f"f{row_id}"))
    return f"custom.f{row_id}"


def change(session: Session, row_id: int, **values: Any) -> None:
    """Set columns of one field."""
    session.execute(update(CustomField).where(CustomField.id == row_id).values(**values))
