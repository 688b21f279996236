"""Reading the journal: what a gesture touched, and stamping the records it touched."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import MetaData, Table, text
from sqlalchemy.orm import Session

from crm_desktop.data.tables.base import is_record
from crm_desktop.data.types import stamp_text


@dataclass(frozen=True, slots=True)
class RowChange:
    """One recorded change of one row, values as the engine keeps them."""

    gesture_id: int
    table: str
    row_id: int
    kind: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class Changes:
    """What the gesture being committed has touched so far; given to the hooks before commit."""

    def __init__(self, session: Session, gesture_id: int) -> None:
        self._session = session
        self.gesture_id = gesture_id
        rows = session.execute(
            text("SELECT DISTINCT table_name FROM journal_change WHERE gesture_id = :g"),
            {"g": gesture_id},
        )
        self.tables = frozenset(row[0] for row in rows)

    def touched(self, table: str, *columns: str) -> list[int]:
        """Ids of rows inserted, deleted or changed; with `columns`, changed in one of these."""
        if table not in self.tables:
            return []
        condition = ""
        values: dict[str, Any] = {"g": self.gesture_id, "t": table}
        if columns:
            condition = (
                " AND (kind <> 'U' OR EXISTS (SELECT 1 FROM json_each(after)"
                " WHERE key IN (SELECT value FROM json_each(:columns))))"
            )
            values["columns"] = json.dumps(columns)
        rows = self._session.execute(
            text(
                # Left alone, the planner walks the whole table's history to save a sort.
                "SELECT DISTINCT row_id FROM journal_change INDEXED BY ix_journal_change_gesture"
                f" WHERE gesture_id = :g AND table_name = :t{condition}"
            ),
            values,
        )
        return sorted(row[0] for row in rows)


Hook = Callable[[Session, Changes], None]


def stamp_records(session: Session, metadata: MetaData, gesture_id: int, at: datetime) -> set[str]:
    """Set `version` and `changed_at` of every record the gesture touched, itself or by a child.

    A child table names its owner by info {"touches": ("person_id", …)}. Returns the tables of
    owners, whose pages have to be told too.
    """
    owners: set[str] = set()
    values = {"g": gesture_id, "at": stamp_text(at)}
    for name in Changes(session, gesture_id).tables:
        table = metadata.tables[name]
        mine = f"gesture_id = :g AND table_name = '{name}'"
        if is_record(table):
            _stamp(session, table, f"SELECT row_id FROM journal_change WHERE {mine}", values)
        for column in table.info.get("touches", ()):
            (key,) = table.c[column].foreign_keys
            owner = key.column.table
            owners.add(owner.name)
            _stamp(
                session,
                owner,
                owners_of(name, column),
                values,
            )
    return owners


def owners_of(table: str, column: str) -> str:
    """SQL: the owners, old and new, of the child rows a gesture (:g) touched.

    A row inserted is there still, or its deletion holds it whole: its JSON need not be read.
    """
    mine = f"gesture_id = :g AND table_name = '{table}'"
    return (
        f'SELECT c."{column}" FROM "{table}" AS c WHERE c.id IN'
        f" (SELECT row_id FROM journal_change WHERE {mine})"
        f" UNION SELECT before ->> '{column}' FROM journal_change WHERE {mine}"
        " AND kind IN ('U', 'D')"
    )


def _stamp(session: Session, table: Table, ids: str, values: dict[str, Any]) -> None:
    session.execute(
        text(f'UPDATE "{table.name}" SET version = :g, changed_at = :at WHERE id IN ({ids})'),
        values,
    )


def changes_of(session: Session, gesture_id: int) -> Iterator[RowChange]:
    """The changes of one gesture, in order."""
    return _read(session, "gesture_id = :g", {"g": gesture_id})


def changes_of_row(session: Session, table: str, row_id: int) -> Iterator[RowChange]:
    """The life of one row, oldest first; for timelines and "as of"."""
    return _read(session, "table_name = :t AND row_id = :r", {"t": table, "r": row_id})


def all_changes(session: Session) -> Iterator[RowChange]:
    """The whole journal, in order."""
    return _read(session, "1", {})


def _read(session: Session, condition: str, values: dict[str, Any]) -> Iterator[RowChange]:
    rows = session.execute(
        text(
            "SELECT gesture_id, table_name, row_id, kind, before, after FROM journal_change"
            f" WHERE {condition} ORDER BY id"
        ).execution_options(yield_per=2_000),
        values,
    )
    for gesture_id, table, row_id, kind, before, after in rows:
        yield RowChange(
            gesture_id,
            table,
            row_id,
            kind,
            None if before is None else json.loads(before),
            None if after is None else json.loads(after),
        )
