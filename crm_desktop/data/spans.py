"""Rows made together: the journal tells them as one span of ids and keeps no value of theirs.

What such a row held when it was made is what it holds now, with its later changes taken back: of
each of these the journal keeps the side before. So a list of 100,000 rows takes a few dozen rows
of the journal, and there is nothing of anybody in them that would have to be forgotten.

A row of a span that is in no table, and of which no deletion tells, was erased for good or lost
with a damaged file: for the journal it never was.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import Table

from crm_desktop.data.session import Session
from crm_desktop.data.tables.base import journalled_columns

Values = dict[str, Any]
_ALL = "SELECT id, gesture_id, table_name, first_row, last_row, behind FROM journal_span AS s"
_ORDER = " ORDER BY gesture_id, behind, id"
_INTO = (
    "INSERT INTO journal_span (gesture_id, table_name, first_row, last_row, behind)"
    " VALUES (?, ?, ?, ?, ?)"
)
_LIVES = (
    "SELECT row_id, kind, before FROM journal_change"
    " WHERE table_name = ? AND row_id BETWEEN ? AND ? ORDER BY row_id, id"
)
_TOUCHED = "SELECT row_id FROM journal_change WHERE table_name = ? AND row_id BETWEEN ? AND ?"


@dataclass(frozen=True, slots=True)
class Span:
    """The rows `first` to `last` of a table, made by one gesture behind its change `behind`."""

    id: int
    gesture_id: int
    table: str
    first: int
    last: int
    behind: int


def of_gesture(session: Session, gesture_id: int) -> list[Span]:
    """The spans of one gesture, in order."""
    return _spans(session, " WHERE gesture_id = ?", gesture_id)


def of_row(session: Session, table: str, row_id: int) -> list[Span]:
    """The span in which a row was made, or none."""
    within = " WHERE table_name = ? AND ? BETWEEN first_row AND last_row"
    return _spans(session, within, table, row_id)


def everything(session: Session) -> list[Span]:
    """All spans, in order."""
    return _spans(session, "")


def newest(session: Session) -> int:
    """The id of the newest span; 0 where there is none."""
    execute = session.connection().exec_driver_sql
    return int(execute("SELECT max(id) FROM journal_span").scalar() or 0)


def _spans(session: Session, condition: str, *values: Any) -> list[Span]:
    rows = session.connection().exec_driver_sql(f"{_ALL}{condition}{_ORDER}", values)
    return [Span(*row) for row in rows]


def gestures(session: Session, table: str, ids: Iterable[int]) -> set[int]:
    """The gestures that made these rows in spans."""
    found = session.connection().exec_driver_sql(
        "SELECT DISTINCT s.gesture_id FROM json_each(?) AS one JOIN journal_span AS s"
        " ON s.table_name = ? AND one.value BETWEEN s.first_row AND s.last_row",
        (json.dumps(sorted(ids)), table),
    )
    return {row[0] for row in found}


def among(session: Session, table: str, ids: Iterable[int]) -> set[int]:
    """Those of the rows that were made in spans."""
    found = session.connection().exec_driver_sql(
        "SELECT one.value FROM json_each(?) AS one JOIN journal_span AS s"
        " ON s.table_name = ? AND one.value BETWEEN s.first_row AND s.last_row",
        (json.dumps(sorted(ids)), table),
    )
    return {row[0] for row in found}


def untouched(session: Session, span: Span) -> list[int]:
    """The rows of a span that nothing has touched since they were made."""
    limits = (span.first, span.last)
    rows = session.connection().exec_driver_sql(
        f'SELECT id FROM "{span.table}" WHERE id BETWEEN ? AND ? AND id NOT IN ({_TOUCHED})',
        (*limits, span.table, *limits),
    )
    return [row[0] for row in rows]


def made(
    session: Session, span: Span, table: Table, *, touched: bool = False
) -> Iterator[tuple[int, Values]]:
    """What the rows of a span held when they were made, by id; of all, or those touched since."""
    execute = session.connection().exec_driver_sql
    limits = (span.first, span.last)
    lives = _lives(execute(_LIVES, (span.table, *limits)))
    names = [column.name for column in journalled_columns(table)]
    listed = ", ".join(f'"{name}"' for name in names)
    only, values = (f" AND id IN ({_TOUCHED})", (span.table, *limits)) if touched else ("", ())
    rows = execute(
        f'SELECT {listed} FROM "{span.table}" WHERE id BETWEEN ? AND ?{only}', (*limits, *values)
    )
    present = {row[0]: dict(zip(names[1:], row[1:], strict=True)) for row in rows}
    for row_id in sorted(present.keys() | lives.keys()):
        deleted, befores = lives.get(row_id, (False, []))
        held = {} if deleted else present.get(row_id)
        if held is not None:
            for before in reversed(befores):
                held.update(before)
            yield row_id, held


def _lives(changes: Iterable[Any]) -> dict[int, tuple[bool, list[Values]]]:
    """Of each row the sides before of its changes, oldest first, up to its first deletion.

    That one tells the whole row; whether there was one stands in front.
    """
    decode = json.JSONDecoder().decode
    lives: dict[int, tuple[bool, list[Values]]] = {}
    for row_id, kind, before in changes:
        deleted, befores = lives.setdefault(row_id, (False, []))
        if not deleted:
            befores.append(decode(before))
            lives[row_id] = (kind == "D", befores)
    return lives


def take_out(session: Session, table: str, ids: Iterable[int]) -> None:
    """Take rows out of the spans they were made in, which fall apart there."""
    execute = session.connection().exec_driver_sql
    going = sorted(ids)
    found = execute(
        f"{_ALL} WHERE table_name = ? AND EXISTS (SELECT 1 FROM json_each(?)"
        " WHERE value BETWEEN s.first_row AND s.last_row)",
        (table, json.dumps(going)),
    )
    for span in [Span(*row) for row in found]:
        execute("DELETE FROM journal_span WHERE id = ?", (span.id,))
        mine = going[bisect_left(going, span.first) : bisect_right(going, span.last)]
        edges = [span.first - 1, *mine, span.last + 1]
        pieces = [(a + 1, b - 1) for a, b in pairwise(edges) if b - a > 1]
        for first, last in pieces:
            execute(_INTO, (span.gesture_id, span.table, first, last, span.behind))
