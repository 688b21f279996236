"""Today prepared at closing: there before the book is open, not to be touched until it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crm_desktop.app import Options, Program
from crm_desktop.data.lock import BookLock
from crm_desktop.domain.agenda import Section
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.services.mornings import prepare_mornings
from crm_desktop.settings import Settings
from crm_desktop.ui.today.page import TodayPage

Started = Callable[..., Program]


@pytest.fixture
def closed_book(home: Home) -> Home:
    """A book with something to do today, closed as the window closes it."""
    clock = Clock()
    with open_book(home.book, clock) as book:
        services = Services(book, clock, home)
        person = services.records.create(Kind.PERSON, {"name": "王芳"})
        services.activities.plan(
            Ref(Kind.PERSON, person, ""), "打电话", Due(clock.today(), None, clock.zone), "call"
        )
        prepare_mornings(services)
    return home


@pytest.fixture
def started(dressed: Any, home: Home) -> Iterator[Started]:
    programs: list[Program] = []

    def start(**settings: Any) -> Program:
        program = Program(home, Settings(language="en", **settings), home.book, Options(lang="en"))
        programs.append(program)
        program.window.show()
        program.open_book()
        return program

    yield start
    for program in programs:
        program.window.close()
        program.close()


def today_of(program: Program) -> TodayPage:
    page = program.window.area.page
    assert isinstance(page, TodayPage)
    return page


def settle(program: Program, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: program.window.desk is not None, timeout=30000)
    qtbot.waitUntil(lambda: program.window.jobs.idle, timeout=30000)


def test_rows_are_there_before_the_book_is_open(
    closed_book: Home, started: Started, qtbot: Any
) -> None:
    program = started()
    page = today_of(program)
    assert program.services is None
    card = page.actions_of_day.cards[Section.TODAY]
    assert card.list.rows.item(1) is not None
    assert card.isVisibleTo(page)
    lines = page.start.lines
    settle(program, qtbot)
    assert today_of(program) is page
    assert page.context.services is program.services
    assert page.start.lines is lines  # as foretold: nothing was filled again


def test_nothing_can_be_touched_before_the_book_is_open(
    closed_book: Home, started: Started, qtbot: Any
) -> None:
    program = started()
    page = today_of(program)
    line = page.quick.line
    line.setFocus()
    QTest.keyClicks(line, "call tomorrow")
    QTest.keyClick(line, Qt.Key.Key_Return)
    rows = page.actions_of_day.cards[Section.TODAY].list
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton)
    assert line.text() == ""
    assert not program.window.commands.action("new_person").isEnabled()
    settle(program, qtbot)
    QTest.keyClicks(line, "call")
    assert line.text() == "call"


def test_what_has_changed_meanwhile_is_shown_once_it_is_read(
    closed_book: Home, started: Started, qtbot: Any
) -> None:
    program = started()
    page = today_of(program)
    assert page.actions_of_day.cards[Section.TODAY].count() == 1
    # As another program would, between the first look and the opening.
    clock = Clock()
    with open_book(closed_book.book, clock) as book:
        Services(book, clock, closed_book).activities.complete(1, "")
    settle(program, qtbot)
    assert page.actions_of_day.cards[Section.TODAY].count() == 0


def test_a_book_changed_since_is_not_foretold(
    closed_book: Home, started: Started, qtbot: Any
) -> None:
    clock = Clock()
    with open_book(closed_book.book, clock) as book:
        Services(book, clock, closed_book).records.create(Kind.PERSON, {"name": "李强"})
    program = started()
    assert program.window.area.page is None
    settle(program, qtbot)
    assert today_of(program).actions_of_day.cards[Section.TODAY].count() == 1


def test_another_start_page_needs_no_morning(
    closed_book: Home, started: Started, qtbot: Any
) -> None:
    program = started(start_page="contacts")
    assert program.window.area.page is None
    settle(program, qtbot)
    assert program.window.area.page is not None
    assert program.window.area.page.key == "contacts"


def test_what_cannot_be_opened_is_not_shown(
    closed_book: Home, started: Started, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm_desktop.opening._CLOSING_LOOKS", 1)
    lock = BookLock(closed_book.book).take()
    try:
        program = started()
        assert isinstance(program.window.area.page, TodayPage)
        qtbot.waitUntil(lambda: program.window.rescue_page is not None, timeout=30000)
        assert program.window.area.pages == []
        assert program.window.area.page is None
    finally:
        lock.release()


def test_the_window_prepares_the_next_mornings_when_it_closes(
    closed_book: Home, started: Started, qtbot: Any
) -> None:
    program = started()
    settle(program, qtbot)
    program.services.records.create(Kind.PERSON, {"name": "赵敏"})
    settle(program, qtbot)
    program.window.close()
    program.close()
    again = started()
    assert again.services is None
    shown = today_of(again).board.panels["recent_people"].found
    assert shown is not None
    assert shown.panels.recent_people[0].ref.title == "赵敏"
    settle(again, qtbot)
