"""Books that cannot be opened: every one leads to the rescue page, and from there back to work."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crm_desktop.app import Options, Program
from crm_desktop.domain.kinds import Kind
from crm_desktop.opening import open_services
from crm_desktop.paths import Home
from crm_desktop.services.dumps import dump
from crm_desktop.settings import Settings
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.duties import TROUBLE
from crm_desktop.ui.shell.instance import raise_running
from tests.locked_stick import locked

LONG = 30000
Start = Callable[..., Program]


@pytest.fixture
def start(dressed: Any, home: Home) -> Iterator[Start]:
    made: list[Program] = []

    def run(book: Path | None = None) -> Program:
        options = Options(place=Place("history"), lang="en")
        program = Program(home, Settings(language="en"), book or home.book, options)
        made.append(program)
        program.window.show()
        program.open_book()
        return program

    yield run
    for program in made:
        program.window.close()
        program.close()
    QApplication.processEvents()


@pytest.fixture
def book(home: Home) -> Path:
    """A book of one person with two backups, the newer one damaged, and one more person."""
    services = open_services(home.book, home, "en")
    services.records.create(Kind.PERSON, {"name": "Kept"})
    services.backups.make()
    services.records.create(Kind.PERSON, {"name": "Lost"})
    newer = services.backups.make()
    services.close()
    content = bytearray(newer.path.read_bytes())
    content[9000] ^= 255
    newer.path.write_bytes(content)
    return home.book


def opened(program: Program, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: program.window.desk is not None, timeout=LONG)
    rest(program, qtbot)


def rest(program: Program, qtbot: Any) -> None:
    for _ in range(3):
        qtbot.waitUntil(lambda: program.window.jobs.idle, timeout=LONG)
        qtbot.wait(1)


def rescued(program: Program, qtbot: Any) -> Any:
    qtbot.waitUntil(lambda: program.window.rescue_page is not None, timeout=LONG)
    rest(program, qtbot)
    assert program.window.desk is None
    assert "fault" not in program.window.banners.texts()
    return program.window.rescue_page


def activated(program: Program, qtbot: Any) -> None:
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow, timeout=LONG)


def spoil(path: Path, how: str) -> bytes:
    content = bytearray(path.read_bytes())
    if how == "header":
        content[:100] = b"\xff" * 100
    elif how == "empty":
        content = bytearray()
    elif how == "truncated":
        del content[len(content) // 2 :]
    elif how == "foreign":
        content = bytearray(b"not a book at all" * 500)
    elif how == "newer":
        content[60:64] = (9999).to_bytes(4, "big")
    else:
        middle = len(content) // 2 // 4096 * 4096
        content[middle : middle + 8192] = b"\xa5" * 8192
    path.write_bytes(content)
    return bytes(content)


@pytest.mark.parametrize("how", ["header", "empty", "truncated", "foreign", "newer", "middle"])
def test_a_book_that_cannot_be_opened(start: Start, book: Path, qtbot: Any, how: str) -> None:
    spoiled = spoil(book, how)
    page = rescued(program := start(), qtbot)
    assert book.read_bytes() == spoiled
    assert page._why.text()
    assert "Traceback" not in page.details()
    page.copy.click()
    assert QApplication.clipboard().text() == page.details()
    if how == "newer":
        assert page.sound
        assert not page.restore.isVisible()
        return
    # The newest is damaged: the one before it is offered.
    assert [page.table.item(row, 3).text() for row in range(2)] == ["Cannot be used", "Whole"]
    assert page.chosen() == page.backups[1]
    page.restore.click()
    page.restore.click()  # impatient
    opened(program, qtbot)
    assert program.services.records.count(Kind.PERSON) == 1
    rest(program, qtbot)
    assert "fault" not in program.window.banners.texts()
    kept = list(book.parent.glob("book before restore *.crm"))
    assert [path.read_bytes() for path in kept] == [spoiled]
    assert kept[0].name in program.window.toasts.text


def test_the_keyboard_is_seen_on_the_backup_that_can_be_restored(
    start: Start, book: Path, qtbot: Any
) -> None:
    spoil(book, "middle")
    program = start()
    page = rescued(program, qtbot)
    qtbot.waitUntil(lambda: page.chosen() is not None, timeout=LONG)
    assert page.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    activated(program, qtbot)
    assert QApplication.focusWidget() is page.restore


def test_whoever_went_on_keeps_the_keyboard(start: Start, book: Path, qtbot: Any) -> None:
    spoil(book, "middle")
    program = start()
    qtbot.waitUntil(lambda: program.window.rescue_page is not None, timeout=LONG)
    page = program.window.rescue_page
    assert page is not None
    activated(program, qtbot)
    page.other.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: page.chosen() is not None, timeout=LONG)
    activated(program, qtbot)
    assert QApplication.focusWidget() is page.other


def test_the_damaged_backup_cannot_be_chosen(start: Start, book: Path, qtbot: Any) -> None:
    spoil(book, "empty")
    page = rescued(start(), qtbot)
    page.table.selectRow(0)
    assert not page.restore.isEnabled()
    assert page.restore.isVisible()


def test_what_can_be_read_is_saved_from_the_page(
    start: Start, book: Path, qtbot: Any, tmp_path: Path
) -> None:
    spoil(book, "header")
    program = start()
    page = rescued(program, qtbot)
    page.salvage(tmp_path / "saved")
    rest(program, qtbot)
    (folder,) = (tmp_path / "saved").iterdir()
    assert {path.name for path in folder.iterdir()} >= {"book.crm", "Contacts.xlsx"}
    program.window.other_book_wished.emit(str(folder / "book.crm"))
    opened(program, qtbot)
    assert program.services.records.count(Kind.PERSON) == 2


def test_a_missing_book_is_missed_not_made_anew(start: Start, book: Path, qtbot: Any) -> None:
    book.unlink()
    program = start()
    page = rescued(program, qtbot)
    assert not book.exists()
    assert page.new.isVisible()
    page.new.click()
    opened(program, qtbot)
    assert book.exists()


def test_a_drive_that_is_not_there(start: Start, home: Home, qtbot: Any, tmp_path: Path) -> None:
    far = tmp_path / "drive" / "firm.crm"
    page = rescued(start(far), qtbot)
    assert page.trouble.code == "book.missing"
    assert not far.parent.exists()


@pytest.mark.qt_log_ignore(r"does not support raise\(\)")
def test_a_book_in_use(start: Start, home: Home, book: Path, qtbot: Any) -> None:
    first = start()
    opened(first, qtbot)
    assert raise_running(book)
    page = rescued(second := start(), qtbot)
    assert page.trouble.code == "book.in_use"
    assert page.sound
    first.window.close()
    first.close()
    page.try_again.click()
    opened(second, qtbot)


def test_damage_is_found_before_the_first_write(start: Start, home: Home, qtbot: Any) -> None:
    services = open_services(home.book, home, "en")
    for number in range(400):
        services.records.create(Kind.PERSON, {"name": f"P{number}", "notes": "x" * 400})
    services.close()
    content = bytearray(home.book.read_bytes())
    at = content.rfind(b"P300x"[:4]) // 4096 * 4096
    content[at : at + 4096] = b"\x0d\xff" * 2048
    home.book.write_bytes(content)
    page = rescued(start(), qtbot)
    assert page.trouble.code in ("book.damaged", "rescue.unreadable")
    assert home.book.read_bytes() == bytes(content)


def test_restoring_from_the_open_book(start: Start, book: Path, qtbot: Any) -> None:
    program = start()
    opened(program, qtbot)
    window = program.window
    window.navigator.go(Place("settings", view="backup"))
    window.navigator.go(Place("contacts"))
    rest(program, qtbot)
    bad, good = [each.path for each in program.services.backups.list()]
    window.restore_book(bad)
    rest(program, qtbot)
    assert window.desk is not None
    assert program.services.records.count(Kind.PERSON) == 2
    before = program.services
    window.restore_book(good)
    qtbot.waitUntil(lambda: program.services not in (None, before), timeout=LONG)
    opened(program, qtbot)
    assert program.services.records.count(Kind.PERSON) == 1
    assert not window.navigator.can_back
    window.run_command("language_zh")
    window.run_command("language_en")
    program.services.records.create(Kind.PERSON, {"name": "New"})
    rest(program, qtbot)
    row = next(row for row in window.sidebar.rows() if row.place == Place("contacts"))
    assert row.count == 2
    assert "fault" not in window.banners.texts()


def test_closing_makes_a_last_backup(start: Start, home: Home, qtbot: Any) -> None:
    program = start()
    opened(program, qtbot)
    services = program.services
    services.records.create(Kind.PERSON, {"name": "A"})
    program.window.close()
    program.close()
    (made,) = services.backups.list()
    assert made.reason == "close"


def test_a_last_backup_that_fails_is_told_at_the_next_start(
    start: Start, home: Home, qtbot: Any
) -> None:
    program = start()
    opened(program, qtbot)
    program.services.records.create(Kind.PERSON, {"name": "A"})
    (home.data / "file").write_text("in the way")
    Settings(backup_folder=str(home.data / "file" / "below")).save(home.config)
    program.window.close()
    program.close()
    assert json.dumps(program.window.state.get(TROUBLE)).startswith('["book.no_folder"')
    again = start()
    opened(again, qtbot)
    assert again.window.banners.texts()["backup"].startswith(tr("shell.backup_failed", why="")[:20])


def test_a_whole_book_as_json_is_restored_from_the_open_book(
    start: Start, book: Path, tmp_path: Path, qtbot: Any
) -> None:
    program = start()
    opened(program, qtbot)
    before = program.services
    count = before.records.count(Kind.PERSON)
    source = tmp_path / "all.json"
    dump(before.book, source)
    before.records.create(Kind.PERSON, {"name": "Later"})
    broken = tmp_path / "broken.json"
    broken.write_bytes(source.read_bytes()[:-30])
    program.window.restore_book(broken)
    rest(program, qtbot)
    assert program.services is before
    program.window.restore_book(source)
    qtbot.waitUntil(lambda: program.services not in (None, before), timeout=LONG)
    opened(program, qtbot)
    assert program.services.records.count(Kind.PERSON) == count
    assert list(book.parent.glob("book before restore *.crm"))


def test_a_book_on_a_locked_stick_opens_as_a_copy(
    start: Start, book: Path, tmp_path: Path, qtbot: Any
) -> None:
    content = book.read_bytes()
    with locked(book.parent):
        page = rescued(program := start(), qtbot)
        assert page.copy_book.isVisibleTo(page)
        assert not page.save.isVisibleTo(page)
        assert not page._card.isVisibleTo(page)
        taken = tmp_path / "taken.crm"
        taken.write_bytes(b"other")
        page.copy_to(taken)
        rest(program, qtbot)
        assert str(taken) in page._told.text()
        page.copy_to(tmp_path / "mine.crm")
        opened(program, qtbot)
    assert program.services.book.path == tmp_path / "mine.crm"
    assert program.settings.book == str(tmp_path / "mine.crm")
    assert program.services.records.count(Kind.PERSON) == 2
    assert book.read_bytes() == content
    assert taken.read_bytes() == b"other"
