"""Reading the journal: what a gesture touched, and stamping the records it touched."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import merge
from itertools import chain
from operator import itemgetter
from typing import Any

from sqlalchemy import MetaData, Table, text

from crm_desktop.data import spans
from crm_desktop.data.session import Session
from crm_desktop.data.spans import Span
from crm_desktop.data.tables import METADATA
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


_Placed = tuple[tuple[int, int, int], RowChange]
"""A change with its place: gesture, number, and behind it the spans that follow."""
_SETTLED = "journal.settled"
_NAMED = (
    "EXISTS (SELECT 1 FROM json_each(after) WHERE key IN (SELECT value FROM json_each(:columns)))"
)


def settle(session: Session, first: int, last: int) -> None:
    """Say that what is derived from the rows of the spans `first` to `last` is there already.

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
        self._unsettled = "".join(f" AND s.id NOT BETWEEN {a} AND {b}" for a, b in settled)
        self.tables = self._tables("")
        self._open = self._tables(self._unsettled) if settled else self.tables

    def _tables(self, condition: str) -> frozenset[str]:
        rows = self.ask(
            "SELECT DISTINCT table_name FROM journal_change WHERE gesture_id = :g UNION"
            f" SELECT table_name FROM journal_span AS s WHERE gesture_id = :g{condition}"
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
        """SQL behind FROM: the changes of this gesture (:g) to a table; `made` has the others.

        Left alone, the planner walks the whole table's history to save a sort.
        """
        return (
            "journal_change INDEXED BY ix_journal_change_gesture"
            f" WHERE gesture_id = :g AND table_name = '{table}'"
        )

    def made(self, table: str, columns: str) -> str:
        """SQL: `columns` of the rows the gesture (:g) made together, as far as they are open."""
        return (
            f"SELECT {columns} FROM journal_span AS s INDEXED BY ix_journal_span_gesture"
            f' CROSS JOIN "{table}" AS t'
            " ON t.id BETWEEN s.first_row AND s.last_row"
            f" WHERE s.gesture_id = :g AND s.table_name = '{table}'{self._unsettled}"
        )

    def touched(self, table: str, *columns: str) -> list[int]:
        """Ids of rows inserted, deleted or changed; with `columns`, changed in one of these."""
        return self._rows(table, f" AND (kind <> 'U' OR {_NAMED})" if columns else "", columns)

    def updated(self, table: str, *columns: str) -> list[int]:
        """Ids of rows that were there before and changed in one of `columns`."""
        return self._rows(table, f" AND kind = 'U' AND {_NAMED}", columns, new=False)

    def _rows(
        self, table: str, condition: str, columns: tuple[str, ...], *, new: bool = True
    ) -> list[int]:
        if table not in self._open:
            return []
        made = f" UNION {self.made(table, 't.id')}" if new else ""
        rows = self.ask(
            f"SELECT row_id FROM {self.mine(table)}{condition}{made}",
            **({"columns": json.dumps(columns)} if columns else {}),
        )
        return sorted({row[0] for row in rows})

    def owners(self, table: str, column: str) -> str:
        """SQL: the owners, old and new, of the child rows the gesture (:g) touched.

        A row inserted is there still, or its deletion holds it whole: its JSON need not be read.
        """
        mine, name = self.mine(table), f't."{column}"'
        return (
            f'SELECT {name} FROM "{table}" AS t WHERE t.id IN'
            f" (SELECT row_id FROM {mine})"
            f" UNION {self.made(table, name)}"
            f" UNION SELECT before ->> '{column}' FROM {mine}"
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
            rows = f"SELECT row_id FROM {changes.mine(name)}"
            changes.stamp(table, f"{rows} UNION {changes.made(name, 't.id')}", moment)
        for column in table.info.get("touches", ()):
            (key,) = table.c[column].foreign_keys
            owner = key.column.table
            owners.add(owner.name)
            if changes.open(name):
                changes.stamp(owner, changes.owners(name, column), moment)
    return owners


OF_ROW = (
    "(SELECT id, gesture_id, kind, before, after FROM journal_change"
    " WHERE table_name = :table AND row_id = :row"
    " UNION ALL SELECT 0, gesture_id, 'I', NULL, NULL FROM journal_span"
    " WHERE table_name = :table AND :row BETWEEN first_row AND last_row)"
)
"""SQL: the life of one row (:row of :table), `id` in order. Of rows made together the first change
does not say what they held: `changes_of_row` does."""

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
    found: dict[str, list[int]] = {table: json.loads(ids) for table, ids in rows}
    for span in spans.of_gesture(session, gesture_id):
        found.setdefault(span.table, []).extend(spans.untouched(session, span))
    return found


def changes_of(
    session: Session, gesture_id: int, metadata: MetaData = METADATA
) -> Iterator[RowChange]:
    """The changes of one gesture, in order."""
    made = _made(session, spans.of_gesture(session, gesture_id), metadata)
    return _in_order(_read(session, "gesture_id = :g", {"g": gesture_id}), made)


def other_changes_of(
    session: Session, gesture_id: int, metadata: MetaData = METADATA
) -> Iterator[RowChange]:
    """The changes of one gesture but those of `made_by`, in order."""
    made = _made(session, spans.of_gesture(session, gesture_id), metadata, touched=True)
    changes = _read(session, f"gesture_id = :g AND NOT ({_MADE})", {"g": gesture_id})
    return _in_order(changes, made)


def changes_of_row(
    session: Session, table: str, row_id: int, metadata: MetaData = METADATA
) -> Iterator[RowChange]:
    """The life of one row, oldest first; for timelines and "as of"."""
    alone = (
        replace(one, first=row_id, last=row_id) for one in spans.of_row(session, table, row_id)
    )
    made = _made(session, alone, metadata)
    changes = _read(session, "table_name = :t AND row_id = :r", {"t": table, "r": row_id})
    return _in_order(changes, made)


def all_changes(session: Session, metadata: MetaData = METADATA) -> Iterator[RowChange]:
    """The whole journal, in order."""
    made = _made(session, spans.everything(session), metadata)
    return _in_order(_read(session, "1", {}), made)


def _in_order(changes: Iterator[_Placed], made: Iterator[_Placed]) -> Iterator[RowChange]:
    return map(itemgetter(1), merge(changes, made, key=itemgetter(0)))


def _made(
    session: Session, some: Iterable[Span], metadata: MetaData, *, touched: bool = False
) -> Iterator[_Placed]:
    """The insertions of rows made together, in their places."""
    for span in some:
        table, place = metadata.tables[span.table], (span.gesture_id, span.behind, span.id)
        for row_id, values in spans.made(session, span, table, touched=touched):
            yield place, RowChange(span.gesture_id, span.table, row_id, "I", None, values)


def _read(session: Session, condition: str, values: dict[str, Any]) -> Iterator[_Placed]:
    rows = session.execute(
        text(
            "SELECT id, gesture_id, table_name, row_id, kind, before, after FROM journal_change"
            f" WHERE {condition} ORDER BY id"
        ).execution_options(yield_per=2_000),
        values,
    )
    decode = json.JSONDecoder().decode
    for place, gesture_id, table, row_id, kind, before, after in chain.from_iterable(
        rows.partitions()
    ):
        yield (
            (gesture_id, place, 0),
            RowChange(
                gesture_id,
                table,
                row_id,
                kind,
                None if before is None else decode(before),
                None if after is None else decode(after),
            ),
        )
