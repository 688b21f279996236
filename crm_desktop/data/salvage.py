"""Saving what can still be read of a damaged book into a new, whole one."""

from __future__ import annotations

import shutil
import struct
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData
from sqlcipher3 import dbapi2

from crm_desktop.data import backup
from crm_desktop.data.engines import sqlite
from crm_desktop.data.errors import refusing
from crm_desktop.data.tables.base import DERIVED_TABLE, role_of
from crm_desktop.data.tables.journal import SALVAGED
from crm_desktop.domain.problems import Refused
from crm_desktop.progress import NO_PROGRESS, Progress

_MAGIC = b"SQLite format 3\x00"
_PAGE = 4096
_CHUNK = 500
_LONGEST_GAP = 100_000  # ids tried one by one between the readable ends of a table
_HISTORY = ("gesture", "journal_change", "journal_span")
_SPANS_SINCE = 8  # the schema whose journal tells rows made together apart
_LEFT_OUT = frozenset((*_HISTORY, "book_fact", "recently_seen"))


class History(StrEnum):
    """What became of the history: the words are "rescue.history_CODE"."""

    KEPT = "kept"  # all of it, undo included
    SEALED = "sealed"  # to be read; undoing would bring back what was not saved
    LOST = "lost"


@dataclass(slots=True)
class Salvaged:
    """What was saved: rows by table, and the tables of which something could not be read."""

    rows: dict[str, int] = field(default_factory=dict)
    incomplete: list[str] = field(default_factory=list)
    history: History = History.LOST

    @property
    def total(self) -> int:
        """All rows saved."""
        return sum(self.rows.values())


def salvage(
    damaged: Path, whole: Path, metadata: MetaData, progress: Progress = NO_PROGRESS
) -> Salvaged:
    """Copy every readable row of the closed book `damaged` into the new book `whole`.

    What a new book already has (the shipped lists) stays where nothing readable replaces it.

    The damaged file is only read. Refused("rescue.nothing_readable") where nothing is left.
    """
    found = Salvaged()
    with tempfile.TemporaryDirectory(prefix="crm-rescue-") as folder, refusing(damaged):
        copy = _copied(damaged, Path(folder))
        source = _opened(copy)
        target = sqlite.connect(whole)
        try:
            # The file is not damaged by order of rows: references are put right at the end.
            target.execute("PRAGMA foreign_keys=OFF")
            target.execute("BEGIN IMMEDIATE")
            tables = [
                table
                for table in metadata.sorted_tables
                if table.name not in _LEFT_OUT and role_of(table) != DERIVED_TABLE
            ]
            for number, table in enumerate(tables):
                progress.step(number, len(tables))
                _save_table(source, target, table.name, found)
            _mend_references(target)
            found.history = _save_history(source, target, whole=not found.incomplete)
            target.execute("COMMIT")
        finally:
            source.close()
            target.close()
    if not any(found.rows.get(name) for name in ("people", "companies", "activities", "quotes")):
        raise Refused("rescue.nothing_readable", path=str(damaged))
    return found


def _copied(damaged: Path, folder: Path) -> Path:
    """A copy with its log, and with a readable header where that was lost."""
    copy = folder / "copy.crm"
    shutil.copyfile(damaged, copy)
    for companion in backup.companions(damaged)[:1]:
        if companion.exists():
            shutil.copyfile(companion, copy.with_name(copy.name + "-wal"))
    with copy.open("r+b") as file:
        head = file.read(100)
        size = copy.stat().st_size
        if size >= _PAGE and not head.startswith(_MAGIC):
            file.seek(0)
            file.write(_header(size // _PAGE))
    return copy


def _header(pages: int) -> bytes:
    """The first 100 bytes of a database of ours, where they were overwritten.

    Source: the file format of SQLite, section 1.3.
    """
    return struct.pack(
        ">16sHBBBBBB6I4I2I20x2I",
        _MAGIC, _PAGE, 1, 1, 0, 64, 32, 32,
        1, pages, 0, 0, 1, 4,
        0, 0, 1, 0,
        0, sqlite.APPLICATION_ID,
        1, 3_050_000,
    )  # fmt: skip


def _opened(copy: Path) -> Any:
    connection = sqlite.connect(copy)
    # Tolerates a file that is shorter than its header says, and schema rows that make no sense.
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute("PRAGMA trusted_schema=OFF")
    return connection


def _save_table(source: Any, target: Any, table: str, found: Salvaged) -> None:
    present = _columns(source, table)
    names = [name for name in _columns(target, table) if name in present]
    if not names:
        found.incomplete.append(table)
        return
    columns = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" * len(names))
    insert = f'INSERT OR REPLACE INTO main."{table}" ({columns}) VALUES ({marks})'
    saved = 0
    reading = _Reading(source, table, columns)
    refused = 0
    for rows in reading.rows():
        for row in rows:
            try:
                target.execute(insert, row)
                saved += 1
            except dbapi2.DatabaseError:
                refused += 1  # a row that breaks a rule of the book was garbled
    found.rows[table] = saved
    if reading.broken or refused:
        found.incomplete.append(table)


def _save_history(source: Any, target: Any, *, whole: bool) -> History:
    """The journal, where every bit of it can be read; undo only where every row was saved."""
    target.execute("SAVEPOINT history")
    for table in reversed(_HISTORY):
        target.execute(f"DELETE FROM {table}")  # what making the new book has left there
    saved = Salvaged()
    older = 0 < source.execute("PRAGMA user_version").fetchone()[0] < _SPANS_SINCE
    for table in _HISTORY[:2] if older else _HISTORY:
        _save_table(source, target, table, saved)
    changes = sum(rows for table, rows in saved.rows.items() if table != "gesture")
    if saved.incomplete or not (changes and saved.rows.get("gesture")):
        target.execute("ROLLBACK TO history")
        return History.LOST
    if whole:
        return History.KEPT
    target.execute("UPDATE gesture SET sealed = ? WHERE sealed IS NULL", (SALVAGED,))
    return History.SEALED


def _columns(connection: Any, table: str) -> list[str]:
    try:
        return [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
    except dbapi2.DatabaseError:
        return []


class _Reading:
    """Reads a table from both ends, and by single rows in between where it is broken."""

    def __init__(self, source: Any, table: str, columns: str) -> None:
        self._source = source
        self._select = f'SELECT rowid, {columns} FROM main."{table}" NOT INDEXED'
        self.broken = False

    def rows(self) -> Iterator[list[tuple[Any, ...]]]:
        low = yield from self._walk("rowid > ?", "ASC", -(2**62))
        if not self.broken:
            return
        high = yield from self._walk("rowid < ?", "DESC", 2**62)
        if low < 0 or high - low > _LONGEST_GAP:
            low = max(low, 0)
            high = min(high, low + _LONGEST_GAP)
        for row_id in range(low + 1, high):
            with suppress(dbapi2.DatabaseError):
                one = self._source.execute(f"{self._select} WHERE rowid = ?", (row_id,)).fetchall()
                yield [row[1:] for row in one]

    def _walk(self, where: str, order: str, start: int) -> Any:
        """Chunks in one direction until the end or the first broken page; the last id seen."""
        at = start
        while True:
            rows: list[tuple[Any, ...]] = []
            try:
                cursor = self._source.execute(
                    f"{self._select} WHERE {where} ORDER BY rowid {order} LIMIT {_CHUNK}", (at,)
                )
                for row in cursor:
                    rows.append(row)
            except dbapi2.DatabaseError:
                self.broken = True
            if rows:
                at = rows[-1][0]
                yield [row[1:] for row in rows]
            if self.broken or not rows:
                return at


def _mend_references(target: Any) -> None:
    """Empty what points to a row that was lost; where that is not allowed, the row goes too."""
    for _ in range(10):
        broken = target.execute("PRAGMA foreign_key_check").fetchall()
        if not broken:
            return
        for table, row_id, _parent, number in broken:
            keys = target.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
            column = next(key[3] for key in keys if key[0] == number)
            try:
                target.execute(f'UPDATE "{table}" SET "{column}"=NULL WHERE rowid=?', (row_id,))
            except dbapi2.DatabaseError:
                target.execute(f'DELETE FROM "{table}" WHERE rowid=?', (row_id,))
