"""The book's shape: making a new one, and bringing an older one to the present schema.

Migrations are numbered files, migrations/versions/0001_what.py with revision "0001" and so on.
The lead number is kept in `user_version`, so that a start reads four bytes of the header and
imports alembic (0.2 s) only when a migration is due.

To write the next one after a change of the tables:

    python -m crm_desktop.data.upgrade "what it does"; ruff format migrations

Virtual tables (search) are not seen by the comparison: add `op.execute("CREATE VIRTUAL TABLE …")`
by hand, in the words of the table's own DDL; tests/data/test_upgrade.py says what is missing.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, text

from crm_desktop import __version__, paths
from crm_desktop.data import backup, fullness, funnel, lists
from crm_desktop.data.engines import sqlite
from crm_desktop.data.errors import refusing
from crm_desktop.data.files import replace_durably
from crm_desktop.data.search.indexing import index_choices
from crm_desktop.data.session import Session
from crm_desktop.data.types import MOMENT, fresh_uid
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.problems import Refused

_CHOICES_FOUND = 12
"""The search of books of earlier numbers knows nothing of choices in the user's own fields."""
_alembic = threading.Lock()  # it keeps the one migration it knows of in its own modules


@dataclass(frozen=True, slots=True)
class Upgrades:
    """The migrations at hand: their folder and the number of the newest."""

    folder: Path
    head: int

    @classmethod
    def shipped(cls) -> Upgrades:
        """Those that come with the program."""
        return cls.of(paths.shipped("migrations"))

    @classmethod
    def of(cls, folder: Path) -> Upgrades:
        """Those in `folder`/versions, by the numbers their file names start with."""
        names = (file.name for file in (folder / "versions").glob("*.py*"))
        numbers = [int(found[1]) for name in names if (found := re.match(r"(\d{4})_", name))]
        return cls(folder, max(numbers, default=0))


def create_book(path: Path, clock: Clock, metadata: MetaData, upgrades: Upgrades) -> None:
    """A new, empty book at `path`, whole or not at all. Refuses where a file is already there.

    Made from the tables at once; a test holds that migrations lead to the same shape.
    """
    if path.exists():
        raise Refused("book.exists", path=str(path))
    new = path.with_name(path.name + ".new")
    for leftover in (new, *backup.companions(new), *backup.companions(path)):
        leftover.unlink(missing_ok=True)
    sqlite.create_file(new)
    engine = sqlite.writer_engine(new)
    token = MOMENT.set(clock.now())
    try:
        with refusing(path), engine.begin() as connection:
            metadata.create_all(connection)
            _stamp(connection, upgrades.head)
            _note(connection, "uid", fresh_uid())
    finally:
        MOMENT.reset(token)
        engine.dispose()
    with refusing(path):
        replace_durably(new, path)


def _stamp(connection: Connection, number: int) -> None:
    execute = connection.exec_driver_sql
    execute(
        "CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL,"
        " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    execute("DELETE FROM alembic_version")
    execute("INSERT INTO alembic_version VALUES (?)", (f"{number:04}",))
    execute(f"PRAGMA user_version={number}")
    _note(connection, "program", __version__)


def _note(connection: Connection, name: str, value: str) -> None:
    connection.exec_driver_sql("INSERT OR REPLACE INTO book_fact VALUES (?, ?)", (name, value))


def bring_up_to_date(
    path: Path, clock: Clock, upgrades: Upgrades, *, backups: Path | None = None
) -> bool:
    """Upgrade the closed book at `path`, whose lock is held. Whether anything was due.

    A verified backup comes first: into the folder `backups`, or beside the book where none was
    chosen or it is not there now. Refuses books of a newer program, naming its version.
    """
    number = sqlite.identify(path)
    if number > upgrades.head:
        raise Refused("book.newer", path=str(path), needed=_program_of(path), have=__version__)
    if number == upgrades.head:
        return False
    if number == 0:
        raise Refused("book.not_a_book", path=str(path))
    _back_up(path, clock, backups)
    token = MOMENT.set(clock.now())
    try:
        migrate(path, upgrades)
    finally:
        MOMENT.reset(token)
    return True


def _back_up(path: Path, clock: Clock, chosen: Path | None) -> None:
    if chosen is not None and chosen.is_dir():
        try:
            backup.back_up(path, chosen, clock, reason="upgrade")
            return
        except Refused as refusal:
            if refusal.code == "book.damaged":
                raise
    backup.back_up(path, backup.folder_of(path), clock, reason="upgrade")


def _program_of(path: Path) -> str:
    """The program that shaped the book last, "?" where the book does not say."""
    with refusing(path):
        connection = sqlite.connect(path)
        try:
            row = connection.execute("SELECT value FROM book_fact WHERE name='program'").fetchone()
        finally:
            connection.close()
    return str(row[0]) if row else "?"


def migrate(path: Path, upgrades: Upgrades, *, to: int | None = None) -> None:
    """Run the migrations due, in one transaction that is checked before it commits.

    Where one of them changed a table or a row, what was done before cannot be undone any more;
    indexes and tables that are new and empty do the history no harm.
    """
    # Foreign keys are off before BEGIN: with them on, rebuilding a table empties its children.
    engine = sqlite.writer_engine(path, foreign_keys=False)
    try:
        with refusing(path), engine.begin() as connection:
            before = sqlite.row_counts(connection)
            shape, written = _shape(connection), _rows_written(connection)
            number = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
            steps = (to or upgrades.head) - number
            _run_alembic(connection, upgrades, to)
            _check(connection, before)
            # Alembic itself writes one row for each step: its number.
            untouched = _rows_written(connection) - written == steps
            shaped = _shape(connection)
            kept = untouched and all(
                _goes_on(declared, shaped.get(name)) for name, declared in shape.items()
            )
            if shaped.keys() - shape.keys() >= funnel.TABLES and to in (None, upgrades.head):
                funnel.rebuild(connection)  # derived: the history knows nothing of it
            if fullness.TABLE in shaped.keys() - shape.keys() and to in (None, upgrades.head):
                fullness.rebuild(connection)
            if "list_items" in before and MOMENT.get(None) is not None:
                # Lists this version brings; like all a new book starts with, nobody's to undo.
                lists.fill_shipped(Session(connection))
            indexed = "search_entries" in before and "custom_fields" in before
            if indexed and number < _CHOICES_FOUND and to in (None, upgrades.head):
                index_choices(Session(connection))
            sqlite.learn_again(connection)
            if "gesture" in before and not kept:
                # The journal tells of rows that are not like this any more.
                connection.execute(
                    text("UPDATE gesture SET sealed = 'migrated' WHERE sealed IS NULL")
                )
            _stamp(connection, to or upgrades.head)
    finally:
        engine.dispose()


def _shape(connection: Connection) -> dict[str, str]:
    """Every table as it was declared; indexes and statistics are none of it."""
    found = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite#_%'"
        " ESCAPE '#'"
    )
    return {name: sql for name, sql in found}


def _goes_on(before: str, now: str | None) -> bool:
    """Whether a table is as it was declared, but for new columns that may be empty.

    What the journal tells of its rows holds for such a table too: they are put back without.
    """
    if now is None or len(now) < len(before):
        return False
    pairs = enumerate(zip(before, now, strict=False))
    same = next((place for place, (old, new) in pairs if old != new), len(before))
    added = now[same : len(now) - len(before) + same]
    strict = any(word in added for word in ("NOT NULL", "UNIQUE", "CHECK"))
    return now.endswith(before[same:]) and not strict


def _rows_written(connection: Connection) -> int:
    driver: Any = connection.connection.driver_connection
    return int(driver.total_changes)


def _run_alembic(connection: Connection, upgrades: Upgrades, to: int | None) -> None:
    # Deferred: alembic costs 0.2 s and is needed once per release.
    from alembic import command

    with _alembic:
        command.upgrade(alembic_config(upgrades, connection), f"{to or upgrades.head:04}")


def alembic_config(upgrades: Upgrades, connection: Connection) -> Any:
    """Alembic's settings without a file; env.py takes the connection from the attributes."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(upgrades.folder).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def _check(connection: Connection, before: dict[str, int]) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"the migration breaks references: {broken[:5]}")
    after = sqlite.row_counts(connection)
    lost = {name: n for name, n in before.items() if name in after and after[name] != n}
    lost.pop("alembic_version", None)
    if lost:
        raise RuntimeError(f"the migration changes the number of rows of {sorted(lost)}")


def main(message: str) -> None:
    """Write the next migration by comparing the tables with what the migrations make so far."""
    from alembic import command

    upgrades = Upgrades.shipped()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "so_far.crm"
        sqlite.create_file(path)
        engine = sqlite.writer_engine(path, foreign_keys=False)
        with engine.begin() as connection:
            config = alembic_config(upgrades, connection)
            if upgrades.head:
                command.upgrade(config, "head")
            command.revision(config, message, autogenerate=True, rev_id=f"{upgrades.head + 1:04}")
        engine.dispose()


if __name__ == "__main__":
    os.umask(0o022)
    main(" ".join(sys.argv[1:]) or "change")
