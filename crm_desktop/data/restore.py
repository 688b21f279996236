"""Putting a backup in the place of the book: checked first, swapped at once, the old book kept."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData

from crm_desktop import __version__
from crm_desktop.data import backup, upgrade
from crm_desktop.data.book import Book
from crm_desktop.data.derived import keep_derived
from crm_desktop.data.engines import sqlite
from crm_desktop.data.erasing import erase, ledger
from crm_desktop.data.errors import refusing
from crm_desktop.data.files import replace_durably
from crm_desktop.data.lock import BookLock
from crm_desktop.data.tables import KINDS_OF_TABLE, METADATA
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.problems import Refused

_MADE_AT_RUN_TIME = "ix_custom_"


@dataclass(frozen=True, slots=True)
class Restored:
    """The book now in place, and where the one before lies; None if there was none."""

    path: Path
    old: Path | None
    schema: int
    erased: int = 0
    """How many records had to be erased once more: they were after this backup was made."""


def verify(
    source: Path,
    *,
    metadata: MetaData = METADATA,
    upgrades: upgrade.Upgrades | None = None,
) -> int:
    """Prove that the closed file `source` is a whole backup of ours; returns its schema number.

    Refuses what is damaged, changed since its manifest, newer than the program, not a book,
    or holds tables, triggers or views that our migrations do not make.
    """
    at_hand = upgrades or upgrade.Upgrades.shipped()
    if not source.is_file():
        raise Refused("book.missing", path=str(source))
    manifest = backup.read_manifest(source)
    with refusing(source):
        if manifest and manifest.sha256 != backup.sha256_of(source):
            raise Refused("book.backup_damaged", path=str(source))
    # A copy of our own: nothing, not even a log beside it, is written where the backup lies.
    with _opened(source) as connection:
        mark = connection.execute("PRAGMA application_id").fetchone()[0]
        schema = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if mark != sqlite.APPLICATION_ID or schema == 0:
            raise Refused("book.not_a_book", path=str(source))
        if schema > at_hand.head:
            row = connection.execute("SELECT value FROM book_fact WHERE name='program'").fetchone()
            raise Refused(
                "book.newer", path=str(source), needed=row[0] if row else "?", have=__version__
            )
        sqlite.quick_check(connection, source)
        strangers = _objects(connection) - _expected(schema, metadata, at_hand)
    names = sorted(name for kind, name in strangers if not name.startswith(_MADE_AT_RUN_TIME))
    if names:
        raise Refused("book.backup_foreign", path=str(source), names=", ".join(names))
    return schema


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    with refusing(path):
        connection = sqlite.connect(path, read_only=True)
        try:
            sqlite.set_pragmas(connection, {"query_only": 1, "trusted_schema": 0})
            yield connection
        finally:
            connection.close()


def _objects(connection: Any) -> set[tuple[str, str]]:
    """Kind and name of everything in the schema but SQLite's own."""
    rows = connection.execute("SELECT type, name FROM sqlite_master").fetchall()
    return {(kind, name) for kind, name in rows if not name.startswith("sqlite_")}


def _expected(schema: int, metadata: MetaData, upgrades: upgrade.Upgrades) -> set[tuple[str, str]]:
    """What a book of this schema holds, by making one in a private folder."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shape.crm"
        if schema == upgrades.head:
            upgrade.create_book(path, Clock("UTC"), metadata, upgrades)
        else:
            sqlite.create_file(path)
            upgrade.migrate(path, upgrades, to=schema)
        connection = sqlite.connect(path)
        try:
            return _objects(connection)
        finally:
            connection.close()


def restore(
    source: Path,
    book: Path,
    clock: Clock,
    *,
    folders: Iterable[Path] = (),
    metadata: MetaData = METADATA,
    upgrades: upgrade.Upgrades | None = None,
) -> Restored:
    """Put a verified copy of `source` in the place of the closed book `book`.

    Takes the book's lock itself and refuses while somebody has it open. The old book is kept
    beside it under another name. Who was erased since is erased again, before anybody sees the
    book: by the ledger of the old book, or of those beside the backups (also in `folders`).
    A crash at any moment leaves the old book or the new one.
    """
    book = book.absolute()
    with BookLock(book):
        schema = verify(source, metadata=metadata, upgrades=upgrades)
        new = book.with_name(book.name + ".restoring")
        _remove(new, *backup.companions(new))
        with refusing(book):
            shutil.copyfile(source, new)
            with _opened(new) as connection:
                sqlite.quick_check(connection, new)
            _remove(*backup.companions(new))
        erased = _erase_again(new, source, book, clock, folders, upgrades)
        with refusing(book):
            old = _keep_old(book, clock) if book.exists() else None
            # A log of the old book beside the new one would hide every restored row.
            _remove(*backup.companions(book))
            replace_durably(new, book)
    return Restored(book, old, schema, erased)


def _erase_again(
    new: Path,
    source: Path,
    book: Path,
    clock: Clock,
    folders: Iterable[Path],
    upgrades: upgrade.Upgrades | None,
) -> int:
    """Erase in the copy `new` what any ledger says is gone; how many records that was."""
    beside = {source.parent, backup.folder_of(book), *folders}
    files = [ledger.read_file(ledger.file_in(folder, book)) for folder in beside]
    known = ledger.united(*files, ledger.of_closed(book))
    if not known - ledger.of_closed(new):
        return 0
    at_hand = upgrades or upgrade.Upgrades.shipped()
    lock = BookLock(new)
    try:
        if sqlite.identify(new) < at_hand.head:
            upgrade.migrate(new, at_hand)  # the backup itself is the copy from before
        with Book(new, clock, lock=lock.take(), metadata=METADATA, kinds=KINDS_OF_TABLE) as opened:
            keep_derived(opened)
            count = erase.again(opened, known)
            erase.wipe_if_due(opened)
    finally:
        lock.release()
        _remove(*backup.companions(new), new.with_name(new.name + ".lock"))
    return count


def _keep_old(book: Path, clock: Clock) -> Path:
    """A second name for the old book, with its log written into it or carried along."""
    stamp = clock.now().astimezone(UTC).strftime("%Y%m%d-%H%M%S")
    kept = book.with_name(f"{book.stem} before restore {stamp}{book.suffix}")
    number = 1
    while kept.exists():
        number += 1
        kept = book.with_name(f"{book.stem} before restore {stamp} {number}{book.suffix}")
    with suppress(Refused), refusing(book):  # a damaged book is kept as it is
        connection = sqlite.connect(book)
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            connection.close()
    for companion in backup.companions(book):
        if companion.exists():
            shutil.copyfile(companion, kept.with_name(kept.name + companion.name[len(book.name) :]))
    try:
        os.link(book, kept)
    except OSError:
        shutil.copyfile(book, kept)  # file systems of USB sticks have no second names
    return kept


def _remove(*paths: Path) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
