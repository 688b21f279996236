"""Upgrades: whole or not at all, backed up, and equal to the tables."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SAWarning

from crm_desktop import __version__
from crm_desktop.data import backup, upgrade
from crm_desktop.data import undo as undoing
from crm_desktop.data.book import Book
from crm_desktop.data.engines import sqlite
from crm_desktop.data.restore import restore, verify
from crm_desktop.data.tables import METADATA as PRODUCT
from crm_desktop.data.upgrade import Upgrades
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.problems import Refused
from tests.data.conftest import UPGRADES
from tests.data.trial import METADATA, Firm, Phone, put

ENV = """
from alembic import context
context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
"""
FIRST = """
from tests.data.trial import METADATA
from alembic import op
revision, down_revision = "0001", None
def upgrade():
    METADATA.create_all(op.get_bind())
"""
INDEXES = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0002", "0001"
def upgrade():
    with op.batch_alter_table("firm") as batch:
        batch.create_index("ix_firm_name_id", ["name", "id"])
    op.create_table("later", sa.Column("id", sa.Integer(), primary_key=True))
    {more}
"""
SECOND = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0002", "0001"
def upgrade():
    with op.batch_alter_table("firm", recreate="always") as batch:
        batch.add_column(sa.Column("added", sa.String()))
    {more}
"""


def migrations(folder: Path, more: str = "", second: str = SECOND) -> Upgrades:
    versions = folder / "migrations" / "versions"
    versions.mkdir(parents=True)
    (versions.parent / "env.py").write_text(ENV)
    (versions / "0001_first.py").write_text(FIRST)
    (versions / "0002_second.py").write_text(second.format(more=more))
    return Upgrades.of(versions.parent)


@pytest.fixture
def filled(path: Path, clock: FixedClock) -> Path:
    """A book of schema 1 with a firm and its phone, which a careless rebuild would cascade away."""
    with (
        Book.open(path, clock, metadata=METADATA, upgrades=UPGRADES) as book,
        book.write("t.add") as writing,
    ):
        put(writing.session, Firm, name="a")
        put(writing.session, Phone, firm_id=1, number="1")
    return path


def rows(path: Path, sql: str) -> list[Any]:
    connection = sqlite.connect(path)
    try:
        return list(connection.execute(sql).fetchall())
    finally:
        connection.close()


def test_an_upgrade_keeps_every_row_and_makes_a_backup(
    filled: Path, tmp_path: Path, clock: FixedClock
) -> None:
    upgrades = migrations(tmp_path)
    assert upgrades.head == 2
    with Book.open(filled, clock, metadata=METADATA, upgrades=upgrades) as book:
        with book.read() as session:
            assert session.execute(text("SELECT name, added FROM firm")).all() == [("a", None)]
            assert session.execute(text("SELECT number FROM phone")).all() == [("1",)]
        (row,) = undoing.history(book)
        assert (row.undoable, row.reason) == (False, "book.undo_sealed.migrated")
        assert undoing.undoable(book) is None
        with book.write("t.more") as writing:
            put(writing.session, Firm, name="b")
        undoing.undo(book)
    (made,) = backup.list_backups(filled, backup.folder_of(filled))
    assert (made.reason, made.schema) == ("upgrade", 1)
    assert rows(filled, "PRAGMA user_version") == [(2,)]
    assert rows(filled, "SELECT version_num FROM alembic_version") == [("0002",)]
    assert not upgrade.bring_up_to_date(filled, clock, upgrades)


@pytest.mark.parametrize(
    "more", ["", 'op.add_column("firm", sa.Column("note", sa.String())) # may be empty']
)
def test_new_indexes_tables_and_columns_leave_the_history_open(
    filled: Path, tmp_path: Path, clock: FixedClock, more: str
) -> None:
    upgrades = migrations(tmp_path, more, INDEXES)
    with Book.open(filled, clock, metadata=METADATA, upgrades=upgrades) as book:
        assert rows(filled, "PRAGMA index_info(ix_firm_name_id)")
        undoing.undo(book)
        with book.read() as session:
            assert session.execute(text("SELECT count(*) FROM firm")).scalar_one() == 0
        undoing.redo(book)
        with book.read() as session:
            assert session.execute(text("SELECT name FROM firm")).all() == [("a",)]


@pytest.mark.parametrize(
    "more",
    [
        """op.execute("UPDATE firm SET name = 'b'")""",
        'op.execute("INSERT INTO later VALUES (1)")',
        'op.add_column("phone", sa.Column("note", sa.String(), server_default="", nullable=False))',
        'op.add_column("phone", sa.Column("note", sa.String(), sa.CheckConstraint("note > 1")))',
        'op.rename_table("phone", "telephone")',
    ],
)
def test_rows_and_tables_that_were_changed_close_it(
    filled: Path, tmp_path: Path, clock: FixedClock, more: str
) -> None:
    upgrade.migrate(filled, migrations(tmp_path, more, INDEXES))
    assert rows(filled, "SELECT DISTINCT sealed FROM gesture") == [("migrated",)]


@pytest.mark.parametrize(
    "more",
    [
        'op.execute("DELETE FROM phone")',
        'op.execute("UPDATE phone SET firm_id = 77")',
        'raise RuntimeError("killed")',
    ],
)
def test_a_failed_upgrade_leaves_the_book_as_it_was(
    filled: Path, tmp_path: Path, clock: FixedClock, more: str
) -> None:
    with pytest.raises(RuntimeError):
        Book.open(filled, clock, metadata=METADATA, upgrades=migrations(tmp_path, more))
    with Book.open(filled, clock, metadata=METADATA, upgrades=UPGRADES) as book:
        undoing.undo(book)
    assert "added" not in {row[1] for row in rows(filled, "PRAGMA table_info(firm)")}


def test_a_book_of_a_newer_program_is_refused_with_its_version(
    filled: Path, clock: FixedClock
) -> None:
    rows(filled, "PRAGMA user_version=7")
    rows(filled, "UPDATE book_fact SET value='9.1' WHERE name='program'")
    with pytest.raises(Refused) as refusal:
        Book.open(filled, clock, metadata=METADATA, upgrades=UPGRADES)
    assert refusal.value.code == "book.newer"
    assert refusal.value.args_for_words["needed"] == "9.1"
    assert refusal.value.args_for_words["have"] == __version__


def test_an_older_backup_is_restored_and_then_upgraded(
    filled: Path, tmp_path: Path, clock: FixedClock
) -> None:
    made = backup.back_up(filled, tmp_path / "b", clock)
    upgrades = migrations(tmp_path)
    assert verify(made.path, metadata=METADATA, upgrades=upgrades) == 1
    assert restore(made.path, filled, clock, metadata=METADATA, upgrades=upgrades).schema == 1
    Book.open(filled, clock, metadata=METADATA, upgrades=upgrades).close()
    assert rows(filled, "SELECT name FROM firm") == [("a",)]


def test_several_books_are_brought_up_to_date_at_once(tmp_path: Path) -> None:
    shipped = Upgrades.shipped()
    paths = [tmp_path / f"{number}.crm" for number in range(4)]
    for path in paths:
        sqlite.create_file(path)
    with ThreadPoolExecutor(len(paths)) as threads:
        list(threads.map(lambda path: upgrade.migrate(path, shipped, to=3), paths))
    assert all(shape(path) == shape(paths[0]) for path in paths)
    assert rows(paths[0], "PRAGMA user_version") == [(3,)]


def shape(path: Path) -> dict[str, Any]:
    """Everything that counts of a schema, whatever the order its statements were written in."""
    connection = sqlite.connect(path)

    def ask(pragma: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in connection.execute(f"PRAGMA {pragma}").fetchall()]

    found: dict[str, Any] = {}
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master"):
        if kind == "table" and not str(sql).startswith("CREATE VIRTUAL"):
            columns = sorted(row[1:] for row in ask(f'table_xinfo("{name}")'))
            keys = sorted(row[2:] for row in ask(f'foreign_key_list("{name}")'))
            found[name] = (columns, keys, "AUTOINCREMENT" in (sql or ""))
        elif kind == "index":
            found[name] = [row[2:] for row in ask(f'index_xinfo("{name}")')]
        elif kind != "table":
            found[name] = sql
        else:
            found[name] = " ".join(sql.split())
    connection.close()
    # Their names are numbered in the order of the constraints.
    unnamed = sorted(str(v) for k, v in found.items() if k.startswith("sqlite_autoindex"))
    return {k: v for k, v in found.items() if not k.startswith("sqlite_autoindex")} | {
        "unnamed": unnamed
    }


def test_the_migrations_lead_to_the_tables(tmp_path: Path, clock: FixedClock) -> None:
    upgrades = Upgrades.shipped()
    assert upgrades.head > 0, "no migration yet: python -m crm_desktop.data.upgrade"
    fast, slow = tmp_path / "fast.crm", tmp_path / "slow.crm"
    upgrade.create_book(fast, clock, PRODUCT, upgrades)
    sqlite.create_file(slow)
    upgrade.migrate(slow, upgrades)
    assert shape(slow) == shape(fast)


def test_the_models_are_what_the_migrations_make(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    path = tmp_path / "book.crm"
    sqlite.create_file(path)
    upgrade.migrate(path, Upgrades.shipped())
    engine = sqlite.reader_engine(path)

    def ours(name: str | None, kind: str, parents: Any) -> bool:
        return kind != "table" or name in PRODUCT.tables

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": ours})
        # Indexes over what JSON holds are compared by their text, in the test above.
        with pytest.warns(
            (SAWarning, UserWarning), match="expression-based index '?ix_journal_change_"
        ):
            assert compare_metadata(context, PRODUCT) == []
    engine.dispose()


def test_a_killed_creation_is_begun_anew(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "book.crm"
    (tmp_path / "book.crm.new").write_bytes(b"half")
    (tmp_path / "book.crm-wal").write_bytes(b"of a book that is gone")
    Book.create(path, clock, metadata=METADATA, upgrades=UPGRADES).close()
    assert rows(path, "SELECT value FROM book_fact WHERE name='program'") == [(__version__,)]
    shutil.copy(path, tmp_path / "copy.crm")
    assert rows(tmp_path / "copy.crm", "SELECT count(*) FROM firm") == [(0,)]
