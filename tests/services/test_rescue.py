"""When a book is lost: the newest good backup, and whatever can still be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from crm_desktop.data.salvage import History
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.queries import EVERYTHING
from crm_desktop.progress import Progress
from crm_desktop.services.dumps import dump
from crm_desktop.services.house import Services, open_book
from crm_desktop.services.rescue import Rescue
from crm_desktop.words import Words

PAGE = 4096


def add(services: Services, name: str) -> None:
    services.records.create(Kind.PERSON, {"name": name, "notes": "x" * 300})


@pytest.fixture
def rescue(services: Services, clock: FixedClock) -> Rescue:
    return Rescue(services.book.path, clock, services.home)


def names(path: Path, clock: FixedClock, services: Services) -> list[str]:
    with open_book(path, clock) as book:
        other = Services(book, clock, services.home)
        ids = other.records.ids(Kind.PERSON, EVERYTHING)
        return [row.values[0] for row in other.records.rows(Kind.PERSON, ids, ["name"])]


def test_put_back(services: Services, clock: FixedClock, rescue: Rescue) -> None:
    services.custom.add(Kind.PERSON, "车牌", FieldType.TEXT, searchable=True)
    add(services, "A")
    made = services.backups.make()
    add(services, "B")
    with pytest.raises(Refused, match="in_use"):
        rescue.put_back(made.path)
    services.close()
    restored = rescue.put_back(made.path)
    assert restored.old is not None
    assert restored.old.is_file()
    assert names(services.book.path, clock, services) == ["A"]


def test_a_whole_book_as_json_is_put_back(
    services: Services, clock: FixedClock, rescue: Rescue, tmp_path: Path
) -> None:
    add(services, "A")
    source = tmp_path / "all.JSON"
    dump(services.book, source)
    add(services, "B")
    told: list[tuple[int, int]] = []
    ready = rescue.prepare(source, Progress(lambda *step: told.append(step)))
    assert told[-1][1] == source.stat().st_size
    assert all(0 < done <= total for done, total in told)
    services.close()
    restored = rescue.put_back(ready)
    assert restored.old is not None
    assert names(services.book.path, clock, services) == ["A"]
    assert not list(services.book.path.parent.glob(".crm-*"))


def test_json_that_breaks_off_changes_nothing(
    services: Services, rescue: Rescue, tmp_path: Path
) -> None:
    add(services, "A")
    source = tmp_path / "all.json"
    dump(services.book, source)
    source.write_bytes(source.read_bytes()[:-20])
    with pytest.raises(Refused) as caught:
        rescue.prepare(source)
    assert caught.value.code == "dump.damaged"
    assert not list(services.book.path.parent.glob(".crm-*"))


def test_the_newest_good_backup_is_found_behind_a_damaged_one(
    services: Services, rescue: Rescue
) -> None:
    good = services.backups.make()
    add(services, "A")
    bad = services.backups.make()
    content = bytearray(bad.path.read_bytes())
    content[5000] ^= 255
    bad.path.write_bytes(content)
    seen, found = rescue.newest_good(rescue.backups())
    assert found is not None
    assert found.path == good.path
    assert [each.trouble is None for each in seen] == [False, True]


@pytest.mark.parametrize("how", ["header", "middle", "tail", "pages"])
def test_what_can_be_read_is_saved(
    services: Services, clock: FixedClock, rescue: Rescue, tmp_path: Path, how: str
) -> None:
    services.sample.fill("zh")
    for number in range(300):
        add(services, f"Person {number}")
    before = services.records.count(Kind.PERSON)
    services.close()
    path = services.book.path
    content = bytearray(path.read_bytes())
    pages = len(content) // PAGE
    if how == "header":
        content[:100] = b"\xff" * 100
    elif how == "middle":
        at = content.find(b"Person 150") // PAGE
        content[at * PAGE : (at + 1) * PAGE] = b"\xa5" * PAGE
    elif how == "tail":
        del content[pages * 9 // 10 * PAGE :]
    else:
        first = pages // 2
        content[first * PAGE : (first + 10) * PAGE] = bytes(10 * PAGE)
    path.write_bytes(content)
    damaged = path.read_bytes()
    saved = rescue.salvage(tmp_path / "out", Words("en"))
    assert path.read_bytes() == damaged
    found = names(saved.book, clock, services)
    assert len(found) <= before
    if how == "header":
        assert len(found) == before
        assert (saved.incomplete, saved.history) == ((), History.KEPT)
    else:
        assert len(found) > 100
        assert saved.history is not History.KEPT
    with open_book(saved.book, clock) as book:
        again = Services(book, clock, services.home)
        undoable = again.history.undoable()
        if saved.history is History.KEPT:
            assert undoable is not None
            again.history.undo()
            assert again.records.count(Kind.PERSON) == before - 1
        else:
            assert undoable is None
    people = next(file for file in saved.files if file.name.startswith("Contacts"))
    sheet = load_workbook(people).worksheets[0]
    assert sum(1 for _ in sheet.iter_rows()) == len(found) + 1


def test_a_readable_history_of_a_book_with_holes_can_only_be_read(
    services: Services, clock: FixedClock, rescue: Rescue, tmp_path: Path
) -> None:
    for number in range(300):
        add(services, f"Person {number}")
    services.close()
    path = services.book.path
    content = bytearray(path.read_bytes())
    # In the table itself; journal, index and gestures hold the name between quotation marks.
    at = next(m.start() for m in re.finditer(rb"(?<!\")Person 150", content)) // PAGE
    content[at * PAGE : (at + 1) * PAGE] = b"\xa5" * PAGE
    path.write_bytes(content)
    saved = rescue.salvage(tmp_path / "out", Words("en"))
    assert (saved.incomplete, saved.history) == (("people",), History.SEALED)
    with open_book(saved.book, clock) as book:
        history = Services(book, clock, services.home).history
        assert history.undoable() is None
        gestures = history.gestures(1000)
        assert len(gestures) > 300
        assert gestures[0].reason == "book.undo_sealed.salvaged"


@pytest.mark.parametrize("content", [b"", b"not a book" * 2000])
def test_nothing_readable_leaves_no_folder(
    services: Services, rescue: Rescue, tmp_path: Path, content: bytes
) -> None:
    services.close()
    services.book.path.write_bytes(content)
    (tmp_path / "out").mkdir()
    with pytest.raises(Refused):
        rescue.salvage(tmp_path / "out", Words("en"))
    assert list((tmp_path / "out").iterdir()) == []
    assert services.book.path.read_bytes() == content


def test_an_open_book_is_not_salvaged(rescue: Rescue, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="in_use"):
        rescue.salvage(tmp_path, Words("en"))
