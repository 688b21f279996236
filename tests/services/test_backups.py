"""Backups: by hand, by themselves, and put back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.services.house import Services, open_book
from crm_desktop.settings import Settings


def add(services: Services, name: str) -> None:
    services.records.create(Kind.PERSON, {"name": name})


def test_made_by_hand(services: Services) -> None:
    assert services.backups.last() is None
    made = services.backups.make()
    assert services.backups.last() == made
    assert made.path.parent == services.book.path.parent / "backups"
    services.backups.verify(made.path)


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


def test_put_back(services: Services, clock: FixedClock) -> None:
    services.custom.add(Kind.PERSON, "车牌", FieldType.TEXT, searchable=True)
    add(services, "A")
    made = services.backups.make()
    add(services, "B")
    opened: list[Services] = []

    def reopen() -> None:
        book = open_book(services.book.path, clock)
        opened.append(Services(book, clock, services.home))

    restored = services.backups.restore(made.path, services.book.close, reopen)
    assert opened[0].records.count(Kind.PERSON) == 1
    assert restored.old is not None
    opened[0].book.close()
    reopen()  # the fixture closes it again
    opened[1].book.close()
    services.book._lock.take()


def test_a_damaged_backup_touches_nothing(services: Services) -> None:
    made = services.backups.make()
    content = bytearray(made.path.read_bytes())
    content[5000] ^= 255
    made.path.write_bytes(content)

    def never() -> None:
        raise AssertionError("the book must stay open")

    with pytest.raises(Refused, match="backup_damaged"):
        services.backups.restore(made.path, never, never)
    add(services, "still open")
