"""Bulk inserts straight to the driver: the column types' own conversions, none of the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table

from crm_desktop.data.engines.sqlite import record_inserts, record_inserts_later

CHUNK = 5_000


def insert_rows(
    connection: Connection,
    table: Table,
    columns: Sequence[str],
    rows: Iterable[tuple[Any, ...]],
    step: Callable[[int], None] | None = None,
) -> None:
    """Insert tuples of values for `columns`, with ids above all there are, if they name any.

    Ten times the speed of an ORM insert, journal included. `step` is told how many rows each
    chunk had. If it fails, the transaction is to be given up.
    """
    names = ", ".join(f'"{name}"' for name in columns)
    holes = ", ".join("?" * len(columns))
    statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({holes})'
    processors = [
        (place, processor)
        for place, name in enumerate(columns)
        if (processor := table.c[name].type.bind_processor(connection.dialect)) is not None
    ]
    waiting = _converted(rows, processors) if processors else iter(rows)
    last = record_inserts_later(connection, table)
    count = 0
    while chunk := list(islice(waiting, CHUNK)):
        connection.exec_driver_sql(statement, chunk)
        count += len(chunk)
        if step is not None:
            step(len(chunk))
    record_inserts(connection, table, last, count)


def _converted(
    rows: Iterable[tuple[Any, ...]], processors: Sequence[tuple[int, Callable[[Any], Any]]]
) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        values = list(row)
        for place, process in processors:
            if values[place] is not None:
                values[place] = process(values[place])
        yield tuple(values)
