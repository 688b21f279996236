"""Long lists: records read in the order in which they lie, sorted by the engine into the list's.

Looked up in the order of a list every record takes pages of its own, three times the work. What
hangs on a record comes along by joins: a record with several of something comes several times,
one with many of it is left out of them.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from operator import lt
from typing import Any

from crm_desktop.data.session import Session

_SPARSE = 8  # times as many ids as records: then most of what lies between is not asked for
_MOST_PARTS = 0xFFFF
_MANY = 4
_IDS = "WITH RECURSIVE n(rid) AS (VALUES (?) UNION ALL SELECT rid + 1 FROM n WHERE rid < ?)"
_PART = "substr(?, 2 * (rid - ?) + 1, 2) AS part"
_ALONE = "iif(substr(?, rid - ? + 1, 1) = x'00', rid, NULL) AS alone"
_ASKED = f"({_IDS} SELECT rid, {_PART}, {_ALONE} FROM n WHERE part <> x'0000') w"


@dataclass(frozen=True, slots=True)
class Parts:
    """The list in parts of `size` records: for each id from `first` on two bytes, its part from 1.

    Zero says that the list does not hold it.
    """

    first: int
    last: int
    size: int
    marks: bytes

    def ids(self, ids: Sequence[int], mark: bytes) -> Sequence[int]:
        """The records of the part that is marked so, in the order of the list."""
        end = int.from_bytes(mark) * self.size
        return ids[end - self.size : end]


def parts_of(ids: Sequence[int], size: int) -> Parts | None:
    """None where there is nothing to sort, a record comes twice, or they lie far apart."""
    if all(map(lt, ids, ids[1:])):
        return None
    first, last = min(ids), max(ids)
    if first < 0 or last - first >= _SPARSE * len(ids):
        return None
    size = max(size, len(ids) // _MOST_PARTS + 1)
    marks = array("H", bytes(2 * (last - first + 1)))
    for part, start in enumerate(range(0, len(ids), size), 1):
        for one in ids[start : start + size]:
            marks[one - first] = part
    if len(marks) - marks.count(0) != len(ids):
        return None
    if sys.byteorder == "little":
        marks.byteswap()
    return Parts(first, last, size, marks.tobytes())


@dataclass(frozen=True, slots=True)
class Hanging:
    """Rows of another table, of which nearly every record has one; `columns` and `condition`
    call it {x}.
    """

    table: str
    owner: str
    columns: tuple[str, ...]
    condition: str = "true"

    def joined(self, name: str) -> str:
        """As a join to the records asked for."""
        condition = self.condition.format(x=name)
        return f"LEFT JOIN {self.table} {name} ON {name}.{self.owner} = w.alone AND {condition}"


def with_many(session: Session, parts: Parts, table: str, owner: str) -> list[int]:
    """Who may have more than four rows of the table: with five tables joined each of them would
    come some thousand times.
    """
    owners = (
        f"SELECT DISTINCT {owner} AS id FROM {table}"
        f" WHERE {owner} BETWEEN ? AND ? AND position >= {_MANY}"
    )
    sql = f"SELECT json_group_array(id) FROM ({owners})"
    row = session.connection().exec_driver_sql(sql, (parts.first, parts.last)).one()
    found: list[int] = json.loads(row[0])
    return found


class SortedRows:
    """Reads the parts of a list one behind the other, of each what was asked as arrays.

    `many` says who is left out of the joins.
    """

    def __init__(self, session: Session, parts: Parts, many: Collection[int]) -> None:
        self._session = session
        self._parts = parts
        self._many = set(many)
        self._flags = bytearray(parts.last - parts.first + 1)
        for one in many:
            self._flags[one - parts.first] = 1

    def apart(self, found: Sequence[int]) -> set[int]:
        """Which of the records that were found have several of anything, or were left out."""
        there = set(found)
        left_out = self._many & there
        if len(there) == len(found):
            return left_out
        return left_out | {one for one, times in Counter(found).items() if times > 1}

    def read(
        self, values: Sequence[str], counted: Sequence[str], joined: str, params: Sequence[Any]
    ) -> Iterator[tuple[bytes, list[str], list[int]]]:
        """For each part its mark, a JSON text per value, and how many each of `counted` has.

        `params` are bound in the values and those counted; the rows of a part come in any order.
        """
        arrays = [f"json_group_array({one})" for one in values]
        counts = [f"count({one})" for one in counted]
        sql = f"SELECT w.part, {', '.join(arrays + counts)} FROM {_ASKED} CROSS JOIN {joined}"
        parts = self._parts
        asked = (parts.first, parts.last, parts.marks, parts.first, self._flags, parts.first)
        execute = self._session.connection().exec_driver_sql
        with closing(execute(f"{sql} GROUP BY w.part", (*params, *asked))) as rows:
            for mark, *texts in rows:
                yield mark, texts[: len(values)], texts[len(values) :]
