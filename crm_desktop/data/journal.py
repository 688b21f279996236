"""Reading the journal: what a gesture touched, and stamping the records it touched."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import MetaData, Table, text

from crm_desktop.data.session import Session
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


_SETTLED = "journal.settled"
_NAMED = (
    "EXISTS (SELECT 1 FROM json_each(after) WHERE key IN (SELECT value FROM json_each(:columns)))"
)


def settle(session: Session, first: int, last: int) -> None:
    """Say that what the journal rows `first` to `last` tell is derived and stamped already.

    The hooks then look at the other changes of the gesture alone, later ones of the same rows
    included.
    """
    session.info.setdefault(_SETTLED, []).append((int(first), int(last)))


class Changes:
    """What the gesture being committed has touched so far; given to the hooks before commit."""

    def __init__(self, session: Session, gesture_id: int) -> None:
        self._connection = session.connection()
        self.gesture_id = gesture_id
        settled = session.info.get(_SETTLED, ())
        self._unsettled = "".join(f" AND id NOT BETWEEN {a} AND {b}" for a, b in settled)
        self.tables = self._tables("")
        self._open = self._tables(self._unsettled) if settled else self.tables

    def _tables(self, condition: str) -> frozenset[str]:
        rows = self.ask(
            f"SELECT DISTINCT table_name FROM journal_change WHERE gesture_id = :g{condition}"
        )
        return frozenset(row[0] for row in rows)

    def ask(self, statement: str, **values: Any) -> list[Any]:
        """The answer to plain SQL about this gesture (:g)."""
        answer = self._connection.exec_driver_sql(statement, {"g": self.gesture_id, **values})
        return list(answer.fetchall())

    def open(self, table: str) -> bool:
        """Whether something of the table changed that is not settled yet."""
        return table in self._open

    def mine(self, table: str) -> str:
        """SQL: the journal rows of this gesture (:g) and table that are not settled."""
        return f"gesture_id = :g AND table_name = '{table}'{self._unsettled}"

    def touched(self, table: str, *columns: str) -> list[int]:
        """Ids of rows inserted, deleted or changed; with `columns`, changed in one of these."""
        return self._rows(table, f" AND (kind <> 'U' OR {_NAMED})" if columns else "", columns)

    def updated(self, table: str, *columns: str) -> list[int]:
        """Ids of rows that were there before and changed in one of `columns`."""
        return self._rows(table, f" AND kind = 'U' AND {_NAMED}", columns)

    def _rows(self, table: str, condition: str, columns: tuple[str, ...]) -> list[int]:
        if table not in self._open:
            return []
        rows = self.ask(
            # Left alone, the planner walks the whole table's history to save a sort.
            "SELECT DISTINCT row_id FROM journal_change INDEXED BY ix_journal_change_gesture"
            f" WHERE {self.mine(table)}{condition}",
            **({"columns": json.dumps(columns)} if columns else {}),
        )
        return sorted(row[0] for row in rows)

    def owners(self, table: str, column: str) -> str:
        """SQL: the owners, old and new, of the child rows the gesture (:g) touched.

        A row inserted is there still, or its deletion holds it whole: its JSON need not be read.
        """
        mine = self.mine(table)
        return (
            f'SELECT c."{column}" FROM "{table}" AS c WHERE c.id IN'
            f" (SELECT row_id FROM journal_change WHERE {mine})"
            f" UNION SELECT before ->> '{column}' FROM journal_change WHERE {mine}"
            " AND kind IN ('U', 'D')"
        )

    def stamp(self, table: Table, ids: str, moment: str) -> None:
        """Set version and moment of the records the SQL `ids` names."""
        self._connection.exec_driver_sql(
            f'UPDATE "{table.name}" SET version = :g, changed_at = :at WHERE id IN ({ids})',
            {"g": self.gesture_id, "at": moment},
        )


Hook = Callable[[Session, Changes], None]


def stamp_records(changes: Changes, metadata: MetaData, at: datetime) -> set[str]:
    """Set `version` and `changed_at` of every record the gesture touched, itself or by a child.

    A child table names its owner by info {"touches": ("person_id", …)}. Returns the tables of
    owners, whose pages have to be told too.
    """
    owners: set[str] = set()
    moment = stamp_text(at)
    for name in changes.tables:
        table = metadata.tables[name]
        if is_record(table) and changes.open(name):
            rows = f"SELECT row_id FROM journal_change WHERE {changes.mine(name)}"
            changes.stamp(table, rows, moment)
        for column in table.info.get("touches", ()):
            (key,) = table.c[column].foreign_keys
            owner = key.column.table
            owners.add(owner.name)
            if changes.open(name):
                changes.stamp(owner, changes.owners(name, column), moment)
    return owners


def changes_of(session: Session, gesture_id: int) -> Iterator[RowChange]:
    """The changes of one gesture, in order."""
    return _read(session, "gesture_id = :g", {"g": gesture_id})


# A row that was made and never changed again needs no look at what it held.
_MADE = (
    "kind = 'I' AND NOT EXISTS (SELECT 1 FROM journal_change AS other"
    " WHERE other.table_name = journal_change.table_name"
    " AND other.row_id = journal_change.row_id AND other.id <> journal_change.id"
    " AND (other.id > journal_change.id OR other.gesture_id = journal_change.gesture_id))"
)


def made_by(session: Session, gesture_id: int) -> dict[str, list[int]]:
    """Rows the gesture made that nothing has touched since, by table."""
    rows = session.connection().exec_driver_sql(
        "SELECT table_name, json_group_array(row_id) FROM journal_change"
        f" WHERE gesture_id = :g AND {_MADE} GROUP BY table_name",
        {"g": gesture_id},
    )
    return {table: json.loads(ids) for table, ids in rows}


def other_changes_of(session: Session, gesture_id: int) -> Iterator[RowChange]:
    """The changes of one gesture but those of `made_by`, in order."""
    return _read(session, f"gesture_id = :g AND NOT ({_MADE})", {"g": gesture_id})


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
    decode = json.JSONDecoder().decode
    for gesture_id, table, row_id, kind, before, after in chain.from_iterable(rows.partitions()):
        yield RowChange(
            gesture_id,
            table,
            row_id,
            kind,
            None if before is None else decode(before),
            None if after is None else decode(after),
        )
