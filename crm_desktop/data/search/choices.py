"""What the user's own fields with choices are found by: the words of what is chosen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from crm_desktop.data import custom_fields
from crm_desktop.data.journal import Changes
from crm_desktop.data.session import Session
from crm_desktop.data.tables import TABLE_OF_KIND, ListItem
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import RECORD_KINDS, Kind
from crm_desktop.words import LANGUAGES, Words

CHOICES = (FieldType.CHOICE, FieldType.CHOICES)
Called = Mapping[int, tuple[str, ...]]
"""How items are called, by their ids."""


def called(session: Session, fields: Iterable[Field]) -> Called:
    """The items of the lists of these fields: by the user's name, else in both languages."""
    lists = {field.list_key for field in fields if field.type in CHOICES}
    if not lists:
        return {}
    asked = select(ListItem.id, ListItem.list_key, ListItem.code, ListItem.name)
    rows = session.execute(asked.where(ListItem.list_key.in_(sorted(lists))))
    return {item: _words(list_key, code, name) for item, list_key, code, name in rows}


def chosen(value: Any, known: Called) -> tuple[str, ...] | None:
    """The words of the items that a field holds."""
    if value is None:
        return None
    ids = value if isinstance(value, (tuple, list)) else (value,)
    return tuple(text for item in sorted(set(ids)) for text in known.get(item, ()))


def say_in(session: Session, fields: Sequence[Field], columns: dict[str, list[Any]]) -> None:
    """Put the words into whole columns of values, by field key."""
    if known := called(session, fields):
        for field in fields:
            if field.type in CHOICES:
                columns[field.key] = [chosen(value, known) for value in columns[field.key]]


def renamed(session: Session, changes: Changes) -> Iterator[tuple[Kind, int]]:
    """Records that hold an item in a field of the user's own that is called otherwise now."""
    items = changes.updated("list_items", "name")
    if changes.open("list_items"):
        # Of what comes only what comes back can be held already.
        back = (
            f"SELECT row_id FROM {changes.mine('list_items')} AND (kind = 'D' OR kind = 'I' AND"
            " EXISTS (SELECT 1 FROM gesture WHERE id = :g AND origin IN ('undo', 'redo')))"
        )
        items += [row[0] for row in changes.ask(back)]
    if items:
        for kind in RECORD_KINDS:
            for field in custom_fields.fields(session, kind):
                if field.type in CHOICES:
                    yield from ((kind, one) for one in _holding(session, kind, field, items))


def held_at_all(session: Session) -> Iterator[tuple[Kind, Sequence[int]]]:
    """The records that hold something in such a field, by kind."""
    for kind in RECORD_KINDS:
        found: set[int] = set()
        for field in custom_fields.fields(session, kind):
            if field.type in CHOICES:
                found.update(_holding(session, kind, field, None))
        if found:
            yield kind, sorted(found)


def _holding(
    session: Session, kind: Kind, field: Field, items: Sequence[int] | None
) -> Iterator[int]:
    path = f'$."{field.key.removeprefix("custom.")}"'
    among = "" if items is None else " WHERE value IN (SELECT value FROM json_each(?))"
    rows = session.connection().exec_driver_sql(
        f"SELECT id FROM {TABLE_OF_KIND[kind].__tablename__} WHERE custom IS NOT NULL"
        f" AND EXISTS (SELECT 1 FROM json_each(custom, ?){among})",
        (path,) if items is None else (path, json.dumps(items)),
    )
    return (row[0] for row in rows)


def _words(list_key: str, code: str | None, name: str | None) -> tuple[str, ...]:
    if name or not code:
        return (name,) if name else ()
    said = (Words(language).text(f"list.{list_key}.{code}") for language in LANGUAGES)
    return tuple(dict.fromkeys(said))
