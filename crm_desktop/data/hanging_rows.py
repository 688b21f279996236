"""What hung on a person or company before and after each gesture: rows of other tables.

The present rows with their changes taken back, gesture by gesture. Rows that are gone are known by
the change that removed them, which is looked for among the latest gestures only: the journal has
no index by owner.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from types import SimpleNamespace
from typing import Any, NamedTuple

from sqlalchemy import select, text

from crm_desktop.data import anniversaries, gifts
from crm_desktop.data.as_of import LINKS, Raw, hanging_tables
from crm_desktop.data.ids import in_ids
from crm_desktop.data.records.columns import JOB_KEYS
from crm_desktop.data.records.parts import part_table
from crm_desktop.data.session import Session
from crm_desktop.data.small_rows import SmallRows
from crm_desktop.data.tables import METADATA, Tag
from crm_desktop.data.types import given
from crm_desktop.domain import schema
from crm_desktop.domain.fields import Address, Field, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.parts import sort_of
from crm_desktop.domain.timeline import FieldChange

_LATEST = 20_000  # gestures looked through for rows that are gone
_MOST_GONE = 20_000  # rows removed in these that are looked at
_SMALL: Mapping[str, SmallRows[Any]] = {"anniversaries": anniversaries.ROWS, "gifts": gifts.ROWS}
_ADDRESS = ("line", "district", "city", "province", "postcode", "country")

_Row = tuple[str, int]  # table and id
_Rows = dict[_Row, Raw]


class _Change(NamedTuple):
    gesture_id: int
    place: int
    of_span: int
    row: _Row
    kind: str
    before: str | None


_CHANGES = text(
    "SELECT c.gesture_id, c.id, 0, c.table_name, c.row_id, c.kind, c.before"
    " FROM json_each(:rows) AS one CROSS JOIN journal_change AS c"
    " ON c.table_name = (one.value ->> 0) AND c.row_id = (one.value ->> 1)"
    " UNION ALL SELECT s.gesture_id, s.behind, 1, s.table_name, one.value ->> 1, 'I', NULL"
    " FROM json_each(:rows) AS one CROSS JOIN journal_span AS s"
    " ON s.table_name = (one.value ->> 0)"
    " AND s.last_row >= (one.value ->> 1) AND s.first_row <= (one.value ->> 1)"
)
_GONE = (
    "SELECT DISTINCT d.table_name, d.row_id FROM"
    " (SELECT c.id FROM gesture AS g CROSS JOIN journal_change AS c"
    " INDEXED BY ix_journal_change_gesture ON c.gesture_id = g.id AND c.kind = 'D'"
    " AND c.table_name IN (SELECT value FROM json_each(:tables))"
    " WHERE g.id > :since AND g.reversed_by IS NULL AND g.origin NOT IN ('undo', 'redo')"
    f" ORDER BY g.id DESC LIMIT {_MOST_GONE}) AS latest"
    " CROSS JOIN journal_change AS d ON d.id = latest.id WHERE CASE d.table_name"
    f" WHEN '{LINKS}' THEN d.before ->> 'owner_id' = :row AND d.before ->> 'owner_kind' = :kind"
    " ELSE d.before ->> '{owner}' = :row END"
)


def told(session: Session, ref: Ref) -> dict[int, tuple[FieldChange, ...]]:
    """By gesture, undone ones too, what the fields held in other tables were before and after."""
    tables = (*hanging_tables(ref.kind), LINKS)
    rows: _Rows = {}
    for name in tables:
        rows.update(_present(session, name, ref))
    changes = _changes(session, rows.keys() | _gone(session, tables, ref))
    tags = _tags(session, rows, changes)
    found = {}
    for gesture_id, some in groupby(changes, key=itemgetter(0)):
        together = list(some)
        touched = {change.row for change in together}
        after = dict(_values(ref, rows, touched, tags))
        for change in together:
            _take_back(rows, change)
        before = dict(_values(ref, rows, touched, tags))
        found[gesture_id] = tuple(
            FieldChange(key, before[key], value)
            for key, value in after.items()
            if before[key] != value
        )
    return found


def _present(session: Session, name: str, ref: Ref) -> _Rows:
    table = METADATA.tables[name]
    statement = "SELECT * FROM " + f'"{name}" WHERE ' + _mine_in_sql(name, ref)
    rows = session.connection().exec_driver_sql(statement, {"row": ref.id, "kind": ref.kind.value})
    return {
        (name, one["id"]): {key: one[key] for key in one if key in table.c and key != "id"}
        for one in rows.mappings()
    }


def _mine_in_sql(name: str, ref: Ref) -> str:
    if name == LINKS:
        return "owner_kind = :kind AND owner_id = :row"
    return f"{ref.kind.value}_id = :row"


def _gone(session: Session, tables: Iterable[str], ref: Ref) -> set[_Row]:
    newest = session.execute(text("SELECT max(id) FROM gesture")).scalar() or 0
    values = {"row": ref.id, "kind": ref.kind.value, "since": newest - _LATEST}
    statement = text(_GONE.format(owner=f"{ref.kind.value}_id"))
    found = session.execute(statement, {"tables": json.dumps(list(tables)), **values})
    return {(name, row_id) for name, row_id in found}


def _changes(session: Session, rows: Iterable[_Row]) -> list[_Change]:
    """All that ever happened to these rows, newest first."""
    found = session.execute(_CHANGES, {"rows": json.dumps(sorted(rows))})
    changes = [_Change(g, at, span, (name, i), *rest) for g, at, span, name, i, *rest in found]
    return sorted(changes, key=itemgetter(0, 1, 2), reverse=True)


def _take_back(rows: _Rows, change: _Change) -> None:
    if change.kind == "I":
        rows.pop(change.row, None)
        return
    before = json.loads(change.before or "{}")
    rows[change.row] = {**rows.get(change.row, {}), **before}


def _tags(session: Session, rows: _Rows, changes: Iterable[_Change]) -> dict[int, str]:
    """What the tags that ever were on the record are called."""
    ids = {values["tag_id"] for (name, _), values in rows.items() if name == LINKS}
    for change in changes:
        if change.row[0] == LINKS and change.before:
            ids.add(json.loads(change.before).get("tag_id"))
    if not ids:
        return {}
    statement = select(Tag.id, Tag.name).where(in_ids(Tag.id, [i for i in ids if i is not None]))
    return {tag_id: name for tag_id, name in session.execute(statement)}


def _values(
    ref: Ref, rows: _Rows, touched: set[_Row], tags: Mapping[int, str]
) -> Iterator[tuple[str, Any]]:
    """The fields that lie in the tables of the rows touched; of small rows only these."""
    names = {name for name, _ in touched}
    mine = {name: _mine(ref, rows, name) for name in names}
    jobs = [one for one in mine.get("jobs", ()) if not one.left]
    for field in schema.FIELDS[ref.kind]:
        if field.type is FieldType.POINTS and "points" in names:
            yield field.key, tuple(p.value for p in mine["points"] if p.kind == field.point)
        elif field.type is FieldType.ADDRESSES and "addresses" in names:
            yield (
                field.key,
                tuple(
                    Address(**{key: getattr(one, key) for key in _ADDRESS})
                    for one in mine["addresses"]
                ),
            )
        elif field.type is FieldType.TAGS and LINKS in names:
            yield field.key, tuple(sorted(tags[o.tag_id] for o in mine[LINKS] if o.tag_id in tags))
        elif ref.kind is Kind.PERSON and field.key in JOB_KEYS and "jobs" in names:
            column = f"{field.key}_id" if field.type is FieldType.LINK else field.key
            yield field.key, getattr(jobs[0], column) if jobs else None
        elif field.type is FieldType.PARTS and part_table(field).table.__tablename__ in names:
            yield field.key, tuple(_parts(field, mine[part_table(field).table.__tablename__]))
    for name in sorted(names & _SMALL.keys()):
        alone = [one for one in mine[name] if (name, one.id) in touched]
        yield name, tuple(map(_SMALL[name].value, alone))


def _parts(field: Field, rows: Iterable[SimpleNamespace]) -> Iterator[Any]:
    sort = sort_of(field)
    names = part_table(field).columns(field)
    for row in rows:
        held = (getattr(row, name) for name in names)
        yield sort.make(**dict(zip((one.key for one in sort.fields), held, strict=True)))


def _mine(ref: Ref, rows: _Rows, name: str) -> list[SimpleNamespace]:
    """The record's rows of a table in their order, values as its columns give them."""
    wanted: Raw = {f"{ref.kind.value}_id": ref.id}
    if name == LINKS:
        wanted = {"owner_kind": ref.kind.value, "owner_id": ref.id}
    columns = METADATA.tables[name].c
    found = [
        SimpleNamespace(
            # A row of an older book may lack a column.
            id=row_id,
            **{one.key: given(one.type, values.get(one.key)) for one in columns if one.key != "id"},
        )
        for (of_table, row_id), values in rows.items()
        if of_table == name and all(values.get(key) == value for key, value in wanted.items())
    ]
    return sorted(found, key=lambda one: (getattr(one, "position", None) or 0, one.id))
