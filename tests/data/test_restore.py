"""Restoring: only what is ours and whole, in one swap, and the old book stays."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from crm_desktop.data import backup
from crm_desktop.data.book import Book
from crm_desktop.data.engines import sqlite
from crm_desktop.data.restore import restore, verify
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.problems import Refused
from tests.data.conftest import UPGRADES
from tests.data.trial import METADATA, Firm, put


def names(path: Path, clock: FixedClock) -> list[str]:
    with (
        Book.open(path, clock, metadata=METADATA, upgrades=UPGRADES) as book,
        book.read() as session,
    ):
        return [row[0] for row in session.execute(text("SELECT name FROM firm ORDER BY id"))]


@pytest.fixture
def made(path: Path, clock: FixedClock) -> backup.Backup:
    """A backup with one firm; the book has two."""
    with Book.open(path, clock, metadata=METADATA, upgrades=UPGRADES) as book:
        with book.write("t.add") as writing:
            put(writing.session, Firm, name="old")
        made = backup.back_up(path, backup.folder_of(path), clock)
        with book.write("t.add") as writing:
            put(writing.session, Firm, name="new")
    return made


def test_a_restored_book_is_the_backup_and_the_old_one_stays(
    path: Path, made: backup.Backup, clock: FixedClock
) -> None:
    done = restore(made.path, path, clock, metadata=METADATA, upgrades=UPGRADES)
    assert names(path, clock) == ["old"]
    assert done.old is not None
    assert names(done.old, clock) == ["old", "new"]
    assert made.sha256 == backup.sha256_of(made.path)


def test_a_stale_log_never_hides_the_restored_rows(
    path: Path, made: backup.Backup, clock: FixedClock
) -> None:
    with Book.open(path, clock, metadata=METADATA, upgrades=UPGRADES) as book:
        with book.write("t.add") as writing:
            put(writing.session, Firm, name="in the log")
        for end in ("", "-wal", "-shm"):
            shutil.copy(f"{path}{end}", f"{path}.killed{end}")
    for end in ("", "-wal", "-shm"):
        shutil.move(f"{path}.killed{end}", f"{path}{end}")
    done = restore(made.path, path, clock, metadata=METADATA, upgrades=UPGRADES)
    assert names(path, clock) == ["old"]
    assert done.old is not None
    assert names(done.old, clock) == ["old", "new", "in the log"]


def test_restoring_into_an_open_book_is_refused(
    path: Path, made: backup.Backup, clock: FixedClock
) -> None:
    with (
        Book.open(path, clock, metadata=METADATA, upgrades=UPGRADES),
        pytest.raises(Refused, match="in_use"),
    ):
        restore(made.path, path, clock, metadata=METADATA, upgrades=UPGRADES)


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _cut(path: Path) -> None:
    backup.manifest_of(path).unlink()
    path.write_bytes(path.read_bytes()[:9_000])


def _run(*statements: str) -> Callable[[Path], None]:
    def work(path: Path) -> None:
        backup.manifest_of(path).unlink()
        connection = sqlite.connect(path)
        for statement in statements:
            connection.execute(statement).fetchall()
        connection.close()

    return work


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (_flip, "backup_damaged"),
        (_cut, "damaged"),
        (_run("PRAGMA user_version=9"), "newer"),
        (_run("PRAGMA application_id=1"), "not_a_book"),
        (
            _run("CREATE TRIGGER evil AFTER INSERT ON firm BEGIN DELETE FROM phone; END"),
            "backup_foreign",
        ),
        (_run("CREATE VIEW evil AS SELECT 1"), "backup_foreign"),
    ],
)
def test_a_hostile_or_broken_backup_changes_nothing(
    path: Path,
    made: backup.Backup,
    clock: FixedClock,
    harm: Callable[[Path], None],
    code: str,
) -> None:
    harm(made.path)
    with pytest.raises(Refused, match=code):
        restore(made.path, path, clock, metadata=METADATA, upgrades=UPGRADES)
    assert names(path, clock) == ["old", "new"]


def test_a_backup_is_verified_where_no_book_is(
    tmp_path: Path, made: backup.Backup, clock: FixedClock
) -> None:
    assert verify(made.path, metadata=METADATA, upgrades=UPGRADES) == 1
    target = tmp_path / "other.crm"
    done = restore(made.path, target, clock, metadata=METADATA, upgrades=UPGRADES)
    assert done.old is None
    assert names(target, clock) == ["old"]
