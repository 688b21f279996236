"""What hung on a record before and after each gesture: rows of other tables.

The present rows with their changes taken back, gesture by gesture. Rows that are gone are known by
the change that removed them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import select, text

from crm_desktop.data.as_of import LINKS, Raw, hanging_tables
from crm_desktop.data.hanging_values import RELATIONS, Row, told_apart, values_of
from crm_desktop.data.ids import in_ids
from crm_desktop.data.session import Session
from crm_desktop.data.tables import METADATA, Tag
from crm_desktop.data.tables.journal import REMOVED, REMOVED_OF, UNRELATED, UNRELATED_FROM
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.timeline import FieldChange

_Rows = dict[Row, Raw]


class _Change(NamedTuple):
    gesture_id: int
    place: int
    of_span: int
    row: Row
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
    f"SELECT table_name, row_id FROM journal_change WHERE {REMOVED} AND {REMOVED_OF} = :row"
    " AND table_name IN (SELECT value FROM json_each(:tables)) AND CASE table_name"
    f" WHEN '{LINKS}' THEN before ->> 'owner_kind' = :kind"
    " ELSE before ->> '{owner}' IS NOT NULL END"
)
_GONE_OTHERS = (
    f" UNION SELECT table_name, row_id FROM journal_change WHERE {UNRELATED}"
    f" AND {UNRELATED_FROM} = :row"
)


def told(session: Session, ref: Ref) -> dict[int, tuple[FieldChange, ...]]:
    """By gesture, undone ones too, what the fields held in other tables were before and after."""
    tables = _tables(ref.kind)
    rows: _Rows = {}
    for name in tables:
        rows.update(_present(session, name, ref))
    changes = _changes(session, rows.keys() | _gone(session, tables, ref))
    tags = _tags(session, rows, changes)
    found = {}
    for gesture_id, some in groupby(changes, key=itemgetter(0)):
        together = list(some)
        touched = {change.row for change in together}
        after = dict(values_of(ref, rows, touched, tags))
        for change in together:
            _take_back(rows, change)
        before = dict(values_of(ref, rows, touched, tags))
        found[gesture_id] = tuple(
            FieldChange(key, *sides)
            for key in after
            if (sides := told_apart(key, before[key], after[key])) is not None
        )
    return found


def _tables(kind: Kind) -> tuple[str, ...]:
    relations = (RELATIONS,) if kind is Kind.PERSON else ()
    return (*hanging_tables(kind), LINKS, *relations)


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
    if name == RELATIONS:
        return "person_id = :row OR other_id = :row"
    return f"{ref.kind.value}_id = :row"


def _gone(session: Session, tables: Iterable[str], ref: Ref) -> set[Row]:
    statement = _GONE.format(owner=f"{ref.kind.value}_id")
    if RELATIONS in tables:
        statement += _GONE_OTHERS
    values = {"row": ref.id, "kind": ref.kind.value, "tables": json.dumps(list(tables))}
    return {(name, row_id) for name, row_id in session.execute(text(statement), values)}


def _changes(session: Session, rows: Iterable[Row]) -> list[_Change]:
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
