"""Making a new book of a JSON file: all of it or nothing, and only what our own tables hold."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData
from sqlcipher3 import dbapi2

from crm_desktop import __version__
from crm_desktop.data import backup, upgrade
from crm_desktop.data.dump import FORMAT, SEQUENCES, VERSION
from crm_desktop.data.dump.scanning import NotJson, Scanner
from crm_desktop.data.engines import sqlite
from crm_desktop.data.errors import refusing
from crm_desktop.data.tables import METADATA
from crm_desktop.data.tables.base import DERIVED_TABLE, role_of
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.problems import Refused
from crm_desktop.progress import NO_PROGRESS, Progress

_BATCH = 500
_SCALARS = (str, int, float, bool, type(None))
# What is derived is made anew from the records when the book is opened.
_OURS_ALONE = {"alembic_version", "search_index"} | {
    table.name for table in METADATA.tables.values() if role_of(table) == DERIVED_TABLE
}


def read_dump(
    source: Path,
    book: Path,
    clock: Clock,
    *,
    metadata: MetaData = METADATA,
    upgrades: upgrade.Upgrades | None = None,
    progress: Progress = NO_PROGRESS,
) -> dict[str, int]:
    """Make the new book `book` of the file `source`; returns the rows of each table.

    Refused("book.exists"), "dump.not_ours", "dump.damaged" (it breaks off, counts or hashes do
    not fit), or "book.newer". After any of them there is no new book. Progress is in bytes.
    """
    at_hand = upgrades or upgrade.Upgrades.shipped()
    if book.exists():
        raise Refused("book.exists", path=str(book))
    try:
        with refusing(source), source.open("rb") as data:
            scanner = Scanner(io.TextIOWrapper(data, encoding="utf-8-sig"))
            reading = _Reading(source, scanner, book, progress, data.tell)
            return reading.run(clock, metadata, at_hand)
    except BaseException as error:
        for leftover in (book, *backup.companions(book)):
            leftover.unlink(missing_ok=True)
        if isinstance(error, NotJson | UnicodeDecodeError | dbapi2.Error):
            raise Refused("dump.damaged", name=source.name, reason=str(error)) from error
        raise


class _Reading:
    """One file on its way into one book."""

    def __init__(
        self,
        source: Path,
        scanner: Scanner,
        book: Path,
        progress: Progress,
        place: Callable[[], int],
    ) -> None:
        self._source = source
        self._scanner = scanner
        self._book = book
        self._progress = progress
        self._place = place
        self._size = source.stat().st_size

    def run(self, clock: Clock, metadata: MetaData, upgrades: upgrade.Upgrades) -> dict[str, int]:
        facts: dict[str, Any] = {}
        counts: dict[str, int] | None = None
        for key in self._scanner.members():
            if key != "tables":
                facts[key] = self._scanner.value()
                continue
            self._make_book(facts, clock, metadata, upgrades)
            counts = self._tables()
        self._scanner.end()
        if counts is None:
            raise Refused("dump.not_ours", name=self._source.name)
        return counts

    def _make_book(
        self,
        facts: dict[str, Any],
        clock: Clock,
        metadata: MetaData,
        upgrades: upgrade.Upgrades,
    ) -> None:
        """An empty book of the shape the file was written from."""
        schema = facts.get("schema")
        if facts.get("format") != FORMAT or type(schema) is not int or schema < 1:
            raise Refused("dump.not_ours", name=self._source.name)
        if schema > upgrades.head or facts.get("version") != VERSION:
            needed = str(facts.get("program", "?"))
            raise Refused("book.newer", path=str(self._source), needed=needed, have=__version__)
        if schema == upgrades.head:
            upgrade.create_book(self._book, clock, metadata, upgrades)
        else:
            sqlite.create_file(self._book)
            upgrade.migrate(self._book, upgrades, to=schema)

    def _tables(self) -> dict[str, int]:
        with refusing(self._book):
            connection = sqlite.connect(self._book)
            try:
                connection.execute("PRAGMA foreign_keys=OFF")
                connection.execute("BEGIN IMMEDIATE")
                known = set(sqlite.row_counts(connection)) - _OURS_ALONE | {SEQUENCES}
                for name in known:
                    connection.execute(f'DELETE FROM "{name}"')
                counts: dict[str, int] = {}
                for name in self._scanner.members():
                    if name not in known or name in counts:
                        raise NotJson(f"there is no table {name!r}")
                    counts[name] = self._table(connection, name)
                self._check(connection)
                connection.execute("COMMIT")
            finally:
                connection.close()
        return counts

    def _table(self, connection: Any, name: str) -> int:
        columns: list[tuple[str, str]] = []
        written = -1
        for key in self._scanner.members():
            if key == "columns":
                columns = _columns(connection, name, self._scanner.value())
            elif key == "rows" and columns:
                written = self._rows(connection, name, columns)
            elif key == "count" and self._scanner.value() != written:
                raise NotJson(f"{name} has {written} rows, not as many as it says")
        if written < 0:
            raise NotJson(f"{name} has no rows")
        return written

    def _rows(self, connection: Any, name: str, columns: Sequence[tuple[str, str]]) -> int:
        names = ", ".join(f'"{column}"' for column, _ in columns)
        marks = ", ".join("?" * len(columns))
        # The sequences have no key: what was noted while rows came in gives way.
        if name == SEQUENCES:
            connection.execute(f"DELETE FROM {SEQUENCES}")
        insert = f'INSERT INTO "{name}" ({names}) VALUES ({marks})'
        rows = (_row(name, columns, row) for row in self._scanner.items())
        written = 0
        for batch in _batches(rows):
            connection.executemany(insert, batch)
            written += len(batch)
            self._progress.step(self._place(), self._size)
        return written

    def _check(self, connection: Any) -> None:
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise NotJson(f"{broken[0][0]} refers to rows that are not there")


def _columns(connection: Any, table: str, given: Any) -> list[tuple[str, str]]:
    known = {row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')}
    try:
        columns = [(name, kind) for name, kind in given]
    except (TypeError, ValueError):
        raise NotJson(f"{table} does not say what its columns are") from None
    names = [name for name, _ in columns]
    if not columns or len(set(names)) != len(names) or not known.issuperset(names):
        raise NotJson(f"{table} has columns that are not known")
    return columns


def _row(table: str, columns: Sequence[tuple[str, str]], row: Any) -> list[Any]:
    if not isinstance(row, list) or len(row) != len(columns):
        raise NotJson(f"a row of {table} has not a value for each column")
    values: list[Any] = []
    for (_, kind), value in zip(columns, row, strict=True):
        if not isinstance(value, _SCALARS):
            raise NotJson(f"a value of {table} is not a single one")
        packed = kind == "bytes" and value is not None
        values.append(_unpacked(str(value)) if packed else value)
    if table == "blobs":
        of = dict(zip((name for name, _ in columns), values, strict=True))
        if hashlib.sha256(of.get("data") or b"").hexdigest() != of.get("sha256"):
            raise NotJson("the content of a file is not what it was")
    return values


def _unpacked(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise NotJson("the content of a file is not base64") from error


def _batches(rows: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch
