"""Rebuilding a book from its journal alone: the proof that the journal has no hole."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import MetaData

from crm_desktop.data.book import Book
from crm_desktop.data.digest import content_digest
from crm_desktop.data.engines import sqlite
from crm_desktop.data.journal import RowChange, all_changes
from crm_desktop.data.session import Session


def rebuild(book: Book, target: Path) -> str:
    """Replay the whole journal of `book` into the new file `target`; returns its digest.

    Holds while the journal goes back to the empty book; the target has the journalled rows only.
    Rows made together begin as their later changes, taken back, say: of these it shows that they
    lead there and forth again.
    """
    sqlite.create_file(target)
    # Cascades are in the journal as rows of their own; with foreign keys on they would run twice.
    engine = sqlite.writer_engine(target, foreign_keys=False)
    try:
        with engine.begin() as connection, book.read() as source:
            book.metadata.create_all(connection)
            for change in all_changes(source, book.metadata):
                statement, values = _statement(change)
                connection.exec_driver_sql(statement, values)
    finally:
        engine.dispose()
    return digest_of_file(target, book.metadata)


def _statement(change: RowChange) -> tuple[str, tuple[object, ...]]:
    table = f'"{change.table}"'
    if change.kind == "D":
        return f"DELETE FROM {table} WHERE id = ?", (change.row_id,)
    values = change.after or {}
    if change.kind == "U":
        sets = ", ".join(f'"{column}" = ?' for column in values)
        return f"UPDATE {table} SET {sets} WHERE id = ?", (*values.values(), change.row_id)
    columns = ", ".join(f'"{column}"' for column in ("id", *values))
    holes = ", ".join("?" * (len(values) + 1))
    return (
        f"INSERT INTO {table} ({columns}) VALUES ({holes})",
        (change.row_id, *values.values()),
    )


def digest_of_file(path: Path, metadata: MetaData) -> str:
    """The content digest of a book file nobody has open."""
    engine = sqlite.reader_engine(path)
    try:
        with engine.connect() as connection:
            return content_digest(Session(connection), metadata)
    finally:
        engine.dispose()
