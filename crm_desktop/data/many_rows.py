"""Rows of several tables written in few statements, the journal's triggers on.

Within a savepoint each statement ends with a walk through all pages the savepoint keeps: a row
by a statement, ten times as many rows took forty times as long.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import MetaData

from crm_desktop.data.ids import batched
from crm_desktop.data.net import Values

_MOST = 30_000  # values of one statement; the engine takes 32,766
Key = tuple[str, int]
Execute = Callable[..., Any]


def insert(execute: Execute, plan: Mapping[Key, Values], metadata: MetaData) -> None:
    """Insert rows, keyed by table and id.

    Owners first: while a row waits for its owner, each owner that comes is looked for in every
    table that could name it.
    """
    groups = _groups(plan)
    for table in metadata.sorted_tables:
        for columns, rows in groups.get(table.name, {}).items():
            named = quoted_list(["id", *columns])
            for batch in batched(rows, _MOST // (len(columns) + 1)):
                execute(
                    f"INSERT INTO {quoted(table.name)} ({named}) VALUES {_holes(batch)}",
                    tuple(chain.from_iterable(batch)),
                )


def update(execute: Execute, plan: Mapping[Key, Values]) -> None:
    """Set these columns of rows, keyed by table and id."""
    for name, groups in _groups(plan).items():
        for columns, rows in groups.items():
            sets = ", ".join(f"{quoted(c)} = wished.column{n}" for n, c in enumerate(columns, 2))
            for batch in batched(rows, _MOST // (len(columns) + 1)):
                execute(
                    f"UPDATE {quoted(name)} SET {sets} FROM (VALUES {_holes(batch)}) AS wished"
                    f" WHERE {quoted(name)}.id = wished.column1",
                    tuple(chain.from_iterable(batch)),
                )


def quoted(name: str) -> str:
    """The name of a table or column as SQL."""
    return '"' + name.replace('"', '""') + '"'


def quoted_list(names: Iterable[str]) -> str:
    """The names of columns as SQL."""
    return ", ".join(map(quoted, names))


def _groups(
    plan: Mapping[Key, Values],
) -> dict[str, dict[tuple[str, ...], list[tuple[Any, ...]]]]:
    """By table and columns: the id of each row and its values."""
    groups: dict[str, dict[tuple[str, ...], list[tuple[Any, ...]]]] = defaultdict(dict)
    for (name, row), values in plan.items():
        groups[name].setdefault(tuple(values), []).append((row, *values.values()))
    return groups


def _holes(rows: Sequence[tuple[Any, ...]]) -> str:
    one = f"({', '.join('?' * len(rows[0]))})"
    return ", ".join([one] * len(rows))
