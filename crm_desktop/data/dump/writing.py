"""Writing a book as JSON, row by row: neither the book nor the file ever stands in memory."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Sequence
from typing import IO, Any

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, MetaData, Table

from crm_desktop import __version__
from crm_desktop.data.dump import FORMAT, SEQUENCES, VERSION
from crm_desktop.data.session import Session
from crm_desktop.data.tables.base import DERIVED_TABLE, role_of
from crm_desktop.data.types import Amount, Day, JsonText, Scaled, UtcStamp
from crm_desktop.progress import NO_PROGRESS, Progress

_STEP = 1_000
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def write_dump(
    session: Session, metadata: MetaData, file: IO[bytes], progress: Progress = NO_PROGRESS
) -> dict[str, int]:
    """Write every table of the book to `file`; returns how many rows of each."""
    tables = dumped(metadata)
    execute = session.connection().exec_driver_sql
    total = sum(int(execute(f'SELECT count(*) FROM "{t.name}"').scalar_one()) for t in tables)
    schema = int(execute("PRAGMA user_version").scalar_one())
    head = {"format": FORMAT, "version": VERSION, "schema": schema, "program": __version__}
    file.write(f'{_ENCODE(head)[:-1]},"tables":{{'.encode())
    counts: dict[str, int] = {}
    done = 0
    shapes = [(t.name, [(c.name, type_of(c)) for c in t.columns]) for t in tables]
    shapes.append((SEQUENCES, [("name", "text"), ("seq", "integer")]))
    for number, (name, columns) in enumerate(shapes):
        comma = "," if number else ""
        file.write(f'{comma}\n"{name}":{{"columns":{_ENCODE(columns)},"rows":['.encode())
        counts[name] = 0
        for row in _rows(execute, name, columns):
            file.write((",\n" if counts[name] else "\n").encode() + row.encode())
            counts[name] += 1
            if counts[name] % _STEP == 0:
                progress.step(done + counts[name], total)
        done += counts[name]
        file.write(f'\n],"count":{counts[name]}}}'.encode())
    file.write(b"\n}}\n")
    return counts


def dumped(metadata: MetaData) -> list[Table]:
    """The tables that are written: all but those worked out from others."""
    return [t for _, t in sorted(metadata.tables.items()) if role_of(t) != DERIVED_TABLE]


def type_of(column: Column[Any]) -> str:
    """What a column holds, in the words of the format."""
    match column.type:
        case Amount():
            return "money"
        case Scaled():
            return "scaled"
        case UtcStamp():
            return "moment"
        case Day():
            return "day"
        case JsonText():
            return "json"
        case LargeBinary():
            return "bytes"
        case Boolean():
            return "boolean"
        case Integer() | BigInteger():
            return "integer"
    return "text"


def _rows(
    execute: Callable[..., Any], table: str, columns: Sequence[tuple[str, str]]
) -> Iterator[str]:
    packed = [place for place, (_, kind) in enumerate(columns) if kind == "bytes"]
    names = ", ".join(f'"{name}"' for name, _ in columns)
    # Entries of the search are numbered anew with it.
    only = "WHERE name <> 'search_entries'" if table == SEQUENCES else ""
    for row in execute(f'SELECT {names} FROM "{table}" {only} ORDER BY 1'):
        values = list(row)
        for place in packed:
            values[place] = base64.b64encode(values[place]).decode("ascii")
        yield _ENCODE(values)
