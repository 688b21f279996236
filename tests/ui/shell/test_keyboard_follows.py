"""Wherever one goes by keys, the keyboard is on the page that is shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.ui.catalogue import SIDEBAR
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow
from tests.ui.resting import rest


@pytest.fixture(params=["sample", "empty"])
def window_of(
    window: MainWindow, home: Home, qtbot: Any, request: pytest.FixtureRequest
) -> Iterator[MainWindow]:
    """A window over a sample book, and over an empty one."""
    clock = FixedClock(datetime(2026, 11, 20, 1, tzinfo=UTC), "Asia/Shanghai")
    book = open_book(home.book, clock)
    services = Services(book, clock, home)
    if request.param == "sample":
        services.sample.fill("en")
    book.subscribe(window.notifier.announce)
    window.resize(1280, 800)
    window.book_opened(services, clock, start=Place("today"))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=20000)
    rest(window, qtbot)
    yield window
    window.jobs.close()
    book.close()


def on_page(window: MainWindow) -> bool:
    """Whether the keyboard is on the page shown."""
    focus = QApplication.focusWidget()
    return focus is not None and window.area.isAncestorOf(focus)


def test_every_page_takes_the_keyboard(window_of: MainWindow, qtbot: Any) -> None:
    lost = []
    keys = [entry.key for entry in SIDEBAR] + ["settings", "history", "duplicates"]
    for key in (*keys, *keys):  # once made, once shown again
        window_of.sidebar.focus_row().setFocus()
        window_of.commands.run(f"go_{key}")
        rest(window_of, qtbot)
        if not on_page(window_of):
            lost.append(key)
    assert lost == []


def test_the_page_keeps_it_when_its_record_goes_to_the_trash_and_back(
    window_of: MainWindow, qtbot: Any
) -> None:
    services: Any = window_of.context.services
    made = services.records.create(Kind.COMPANY, {"name": "Hengyuan"})
    window_of.navigator.go(Place.record("company", made))
    rest(window_of, qtbot)
    page: Any = window_of.area.page
    page.facts.rows["name"].line.setFocus()
    window_of.commands.run("delete")
    rest(window_of, qtbot)
    button = QApplication.focusWidget()
    assert page.trashed.isAncestorOf(button)
    window_of.commands.run("go_trash")
    rest(window_of, qtbot)
    trash: Any = window_of.area.page
    assert trash.table.hasFocus()
    window_of.commands.run("back")
    rest(window_of, qtbot)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    rest(window_of, qtbot)
    assert not services.records.card(Kind.COMPANY, made).trashed
    assert on_page(window_of), QApplication.focusWidget()


def test_a_toast_that_goes_leaves_it_to_the_page(window_of: MainWindow, qtbot: Any) -> None:
    window_of.commands.run("go_contacts")
    window_of.toast("Done", undo=True)
    asked: list[None] = []
    window_of.toasts.undo_wished.connect(lambda: asked.append(None))
    window_of.toasts.buttons[0].setFocus()
    QTest.keyClick(window_of.toasts.buttons[0], Qt.Key.Key_Return)
    assert asked
    window_of.toasts.dismiss()
    rest(window_of, qtbot)
    assert on_page(window_of), QApplication.focusWidget()


def test_the_board_has_a_card_chosen(window_of: MainWindow, qtbot: Any) -> None:
    window_of.commands.run("go_opportunities")
    rest(window_of, qtbot)
    page: Any = window_of.area.page
    if page.board.columns and any(c.list.model().rowCount() for c in page.board.columns):
        assert page.board.chosen() is not None


def test_a_record_that_is_opened_or_made_has_it(window_of: MainWindow, qtbot: Any) -> None:
    services: Any = window_of.context.services
    made = services.records.create(Kind.COMPANY, {"name": "Hengyuan"})
    window_of.commands.run("go_companies")
    rest(window_of, qtbot)
    page: Any = window_of.area.page
    page.pane.select(made)
    rest(window_of, qtbot)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    rest(window_of, qtbot)
    here = window_of.navigator.here
    assert here is not None
    assert (here.page, here.id) == ("company", made)
    assert on_page(window_of), QApplication.focusWidget()
    window_of.commands.run("go_service")
    rest(window_of, qtbot)
    window_of.commands.run("new_here")
    rest(window_of, qtbot)
    QTest.keyClicks(QApplication.focusWidget(), "Noise")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    rest(window_of, qtbot)
    here = window_of.navigator.here
    assert here is not None
    assert here.page == "ticket"
    assert on_page(window_of), QApplication.focusWidget()


def test_a_line_that_goes_leaves_it_to_its_panel(
    window_of: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    services: Any = window_of.context.services
    made = services.records.create(Kind.COMPANY, {"name": "Hengyuan"})
    note = tmp_path / "note.txt"
    note.write_text("hello", encoding="utf-8")
    services.attachments.add(Ref(Kind.COMPANY, made), note)
    window_of.navigator.go(Place.record("company", made))
    rest(window_of, qtbot)
    page: Any = window_of.area.page
    files = page.related.extras.panels["files"]
    remove = next(
        button
        for button in files.findChildren(QAbstractButton)
        if button.isVisibleTo(files) and button.accessibleName() == "Move note.txt to Trash"
    )
    remove.setFocus()
    QTest.keyClick(remove, Qt.Key.Key_Return)
    rest(window_of, qtbot)
    assert files.isAncestorOf(QApplication.focusWidget()), QApplication.focusWidget()


def test_keys_of_a_command_show_where_the_keyboard_is(window_of: MainWindow, qtbot: Any) -> None:
    ring = Qt.WidgetAttribute.WA_KeyboardFocusChange
    window_of.setAttribute(ring, False)  # as after a click
    qtbot.keyClick(window_of, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window_of.testAttribute(ring)


def test_what_the_palette_opens_takes_the_keyboard(window_of: MainWindow, qtbot: Any) -> None:
    assert window_of.context is not None
    person = window_of.context.services.records.create(Kind.PERSON, {"name": "Zhou Fan"})
    rest(window_of, qtbot)
    window_of.sidebar.focus_row().setFocus()
    window_of.run_command("palette")
    palette = window_of.actions_of_shell.palette_overlay
    assert palette is not None
    qtbot.keyClicks(palette.field, "Zhou Fan")
    qtbot.waitUntil(lambda: "Zhou Fan" in [row.title for row in palette.model.rows])
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    rest(window_of, qtbot)
    assert window_of.navigator.here == Place.record(Kind.PERSON, person)
    assert on_page(window_of)
