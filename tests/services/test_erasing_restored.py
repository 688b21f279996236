"""An older backup put back loses again who was erased since; the ledger says nothing of them."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from crm_desktop.data import backup, restore
from crm_desktop.data.erasing import ledger
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.paths import Home
from crm_desktop.services.backups import Backup
from crm_desktop.services.house import Services, open_book
from crm_desktop.services.rescue import Rescue
from crm_desktop.settings import Settings
from tests.services import markers
from tests.services.markers import MARK
from tests.services.test_erasing import firm, sent_quote, where

__all__ = ["firm"]


@pytest.fixture
def older(firm: Services, tmp_path: Path) -> Backup:
    """A backup with the person in it, who is erased afterwards; the book is closed."""
    person = firm.records.create(Kind.PERSON, {"name": MARK})
    markers.everything(firm, Kind.PERSON, person, tmp_path)
    made = firm.backups.make()
    firm.erasing.erase([Ref(Kind.PERSON, person)])
    firm.close()
    return made


def in_book(path: Path) -> list[str]:
    """Marks in the book itself and in its log."""
    folder = path.parent / "alone"
    folder.mkdir(exist_ok=True)
    for each in (path, *backup.companions(path)):
        if each.exists():
            shutil.copy(each, folder)
    return list(markers.traces(folder))


def test_the_ledger_lies_beside_the_backups_and_says_nothing(firm: Services, older: Backup) -> None:
    file = ledger.file_in(older.path.parent, firm.book.path)
    entries = json.loads(file.read_text())["erased"]
    assert {one["kind"] for one in entries} >= {"person", "ticket", "attachment"}
    assert all(one["day"] == "2026-11-20" and len(one["uid_hash"]) == 64 for one in entries)
    assert MARK not in file.read_text()


@pytest.mark.parametrize("lost", ["nothing", "the ledger's file", "the book"])
def test_put_back_it_is_erased_again(
    firm: Services, older: Backup, clock: FixedClock, lost: str
) -> None:
    path = firm.book.path
    if lost == "the book":
        path.unlink()
    elif lost != "nothing":
        ledger.file_in(older.path.parent, path).unlink()
    done = Rescue(path, clock, firm.home).put_back(older.path)
    assert done.erased > 0
    assert in_book(path) == []
    assert not [p for p in path.parent.glob("*restoring*")]
    with open_book(path, clock) as book:
        services = Services(book, clock, firm.home)
        assert services.records.count(Kind.PERSON) == 1
        assert not services.erasing.in_trash()
        assert services.search.find(MARK) == []
        while services.history.undoable():
            services.history.undo()
    assert in_book(path) == []


def test_a_copy_put_in_place_by_hand_is_cleaned_at_opening(
    firm: Services, older: Backup, clock: FixedClock
) -> None:
    path = firm.book.path
    shutil.copy(older.path, path)
    assert in_book(path)
    with open_book(path, clock):
        pass
    assert in_book(path) == []


def test_the_ledger_follows_to_another_folder(firm: Services, tmp_path: Path) -> None:
    person = firm.records.create(Kind.PERSON, {"name": MARK})
    firm.erasing.erase([Ref(Kind.PERSON, person)])
    stick = tmp_path / "stick"
    stick.mkdir()
    Settings(backup_folder=str(stick)).save(firm.home.config)
    firm.backups.make()
    assert ledger.read_file(ledger.file_in(stick, firm.book.path))
    firm.close()


def test_who_was_made_anonymous_is_so_again(firm: Services, clock: FixedClock) -> None:
    person = firm.records.create(Kind.PERSON, {"name": MARK, "mobile": ("13811112222",)})
    sent_quote(firm, person)
    made = firm.backups.make()
    firm.erasing.anonymise([Ref(Kind.PERSON, person)])
    path = firm.book.path
    firm.close()
    assert restore.restore(made.path, path, clock).erased == 1
    with open_book(path, clock) as book:
        card = Services(book, clock, firm.home).records.card(Kind.PERSON, person)
        assert (card.values["name"], card.values["mobile"]) == (f"*** {person}", ())


def test_a_backup_of_an_older_schema(firm: Services, tmp_path: Path, clock: FixedClock) -> None:
    """The copy is brought to the present shape before anything is erased in it."""
    packed = Path(__file__).parents[1] / "fixtures" / "book_0001.crm.gz"
    backups = tmp_path / "old" / "backups"
    backups.mkdir(parents=True)
    source = backups / "copy.crm"
    source.write_bytes(gzip.decompress(packed.read_bytes()))
    connection = dbapi2.connect(str(source))
    uid, name = connection.execute("SELECT uid, name FROM people LIMIT 1").fetchone()
    connection.close()
    path = backups.parent / "book.crm"
    entry = ledger.Entry(ledger.hash_of(uid), "person", "2026-11-20", "erased")
    ledger.write_file(ledger.file_in(backups, path), [entry])
    restore.restore(source, path, clock)
    with open_book(path, clock) as book:
        services = Services(book, clock, Home.at(tmp_path / "home"))
        rows = services.records.rows(Kind.PERSON, services.records.ids(Kind.PERSON), ["name"])
        with book.read() as session:
            uids = {r[0] for r in session.connection().exec_driver_sql("SELECT uid FROM people")}
        held = [row for row in rows if row.values[0].startswith("***")]
        assert uid not in uids or held, name
    firm.close()


def test_what_a_reader_held_back_is_finished_later(firm: Services) -> None:
    person = firm.records.create(Kind.PERSON, {"name": MARK, "notes": MARK * 400})
    with firm.book.read() as session:  # somebody still looks at the state of before
        session.connection().exec_driver_sql("SELECT count(*) FROM people").fetchall()
        assert not firm.erasing.erase([Ref(Kind.PERSON, person)]).wiped
    assert firm.erasing.finish()
    firm.close()
    assert list(markers.traces(where(firm))) == []
