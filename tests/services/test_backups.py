"""Backups: by hand, by themselves, and put back."""

from __future__ import annotations

import gzip
from datetime import timedelta
from pathlib import Path

import pytest

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.paths import Home
from crm_desktop.services.backups import chosen_folder
from crm_desktop.services.house import Services, open_book
from crm_desktop.services.rescue import Rescue
from crm_desktop.settings import Settings


def add(services: Services, name: str) -> None:
    services.records.create(Kind.PERSON, {"name": name})


def test_made_by_hand(services: Services, clock: FixedClock) -> None:
    assert services.backups.last() is None
    made = services.backups.make()
    assert services.backups.last() == made
    assert made.path.parent == services.book.path.parent / "backups"
    assert Rescue(services.book.path, clock, services.home).check(made).trouble is None


def test_in_the_folder_of_the_settings(services: Services, tmp_path: Path) -> None:
    Settings(backup_folder=str(tmp_path / "stick")).save(services.home.config)
    assert services.backups.make().path.parent == tmp_path / "stick"


def test_every_half_hour_while_something_changes(services: Services, clock: FixedClock) -> None:
    add(services, "A")
    assert services.backups.tick() is None
    clock.moment += timedelta(minutes=31)
    assert services.backups.tick() is not None
    clock.moment += timedelta(minutes=31)
    assert services.backups.tick() is None
    add(services, "B")
    assert services.backups.tick() is not None
    assert len(services.backups.list()) == 2


def test_a_clock_set_back_does_not_put_it_off(services: Services, clock: FixedClock) -> None:
    clock.moment -= timedelta(days=400)
    add(services, "A")
    assert services.backups.tick() is not None


def test_at_close_only_what_is_new(services: Services) -> None:
    add(services, "A")
    made = services.backups.at_close()
    assert made is not None
    assert made.reason == "close"
    assert services.backups.at_close() is None


def test_a_failure_of_its_own_is_kept_and_tried_again(
    services: Services, clock: FixedClock, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    Settings(backup_folder=str(tmp_path / "file" / "below")).save(services.home.config)
    add(services, "A")
    clock.moment += timedelta(minutes=31)
    assert services.backups.tick() is None
    assert services.backups.trouble is not None
    assert services.backups.at_close() is None
    Settings().save(services.home.config)
    assert services.backups.at_close() is not None
    assert services.backups.trouble is None


def test_a_damaged_book_takes_no_writing(services: Services) -> None:
    add(services, "A")
    assert services.backups.check_before_writing().whole
    services.book.seal(Refused("book.damaged", path="x"))
    with pytest.raises(Refused, match=r"book\.damaged"):
        add(services, "B")
    assert services.records.count(Kind.PERSON) == 1


def test_the_copy_before_an_upgrade_lies_with_the_others(
    tmp_path: Path, clock: FixedClock, home: Home
) -> None:
    packed = Path(__file__).parents[1] / "fixtures" / "book_0001.crm.gz"
    path, chosen = tmp_path / "firm" / "book.crm", tmp_path / "safe"
    for folder in (path.parent, chosen):
        folder.mkdir()
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    Settings(backup_folder=str(chosen)).save(home.config)
    with open_book(path, clock, backups=chosen_folder(home)) as book:
        [made] = Services(book, clock, home).backups.list()
    assert (made.path.parent, made.reason, made.schema) == (chosen, "upgrade", 1)


def test_where_the_chosen_folder_is_not_there_it_lies_beside_the_book(
    tmp_path: Path, clock: FixedClock, home: Home
) -> None:
    packed = Path(__file__).parents[1] / "fixtures" / "book_0001.crm.gz"
    path = tmp_path / "book.crm"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    Settings(backup_folder=str(tmp_path / "unplugged")).save(home.config)
    with open_book(path, clock, backups=chosen_folder(home)) as book:
        [made] = Services(book, clock, home).backups.list()
    assert made.path.parent == tmp_path / "backups"
