"""The window over a real book: counts, quick add, search, undo, pages that cannot be made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPlainTextEdit

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.typed_texts import STATE_FILE
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell import duties
from crm_desktop.ui.shell.window import MainWindow
from crm_desktop.ui.table.list_page import ListPage
from crm_desktop.ui.view_state import ViewState

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


@pytest.fixture
def services(home: Home) -> Iterator[Services]:
    clock = FixedClock(NOW, "Asia/Shanghai")
    book = open_book(home.book, clock)
    yield Services(book, clock, home)
    book.close()


@pytest.fixture
def opened(window: MainWindow, services: Services, qtbot: Any) -> MainWindow:
    services.book.subscribe(window.notifier.announce)
    window.book_opened(services, services.clock)
    qtbot.waitUntil(lambda: window.jobs.idle, timeout=20000)
    return window


def rest(window: MainWindow, qtbot: Any) -> None:
    """Until nothing runs, not even what the last result set off."""
    qtbot.waitUntil(lambda: window.jobs.idle, timeout=20000)
    qtbot.wait(1)
    qtbot.waitUntil(lambda: window.jobs.idle, timeout=20000)


def test_quick_add_counts_and_undo(opened: MainWindow, services: Services, qtbot: Any) -> None:
    assert opened.desk is not None
    row = next(row for row in opened.sidebar.rows() if row.place == Place("contacts"))
    opened.desk.add("person", "张伟", False)
    qtbot.waitUntil(lambda: row.count == 1)
    qtbot.waitUntil(lambda: "张伟" in opened.toasts.text)
    rest(opened, qtbot)
    assert opened.commands.action("undo").text() != "Undo"
    opened.run_command("undo")
    qtbot.waitUntil(lambda: row.count == 0)
    opened.run_command("redo")
    qtbot.waitUntil(lambda: row.count == 1)


def test_undo_and_redo_speak_the_new_language_at_once(
    opened: MainWindow, services: Services, qtbot: Any
) -> None:
    services.records.create(Kind.PERSON, {"name": "张伟"})
    services.records.create(Kind.PERSON, {"name": "李娜"})
    services.history.undo()
    undo, redo = (opened.commands.action(key) for key in ("undo", "redo"))
    qtbot.waitUntil(lambda: (undo.text(), redo.text()) == ("Undo: Add “张伟”", "Redo: Add “李娜”"))
    rest(opened, qtbot)
    opened.settings.language = "zh"
    opened.apply_settings()
    assert (undo.text(), redo.text()) == ("撤销：新建“张伟”", "重做：新建“李娜”")


@pytest.mark.parametrize(
    "typed", ["张伟", "zhangwei", "zw", "5678", "13812345678", "恒远", "zhang@"]
)
def test_the_palette_finds_a_person(
    opened: MainWindow, services: Services, qtbot: Any, typed: str
) -> None:
    company = services.records.create(Kind.COMPANY, {"name": "苏州恒远精密机械有限公司"})
    person = {"name": "张伟", "company": company, "mobile": ("13812345678",)}
    services.records.create(Kind.PERSON, person | {"email": ("zhang@example.com",)})
    services.records.create(Kind.PERSON, {"name": "李娜", "mobile": ("13900001111",)})
    titles = found_by(opened, typed, qtbot)
    assert "张伟" in titles
    assert "李娜" not in titles


def test_the_palette_finds_a_quote_by_its_number(
    opened: MainWindow, services: Services, qtbot: Any
) -> None:
    company = services.records.create(Kind.COMPANY, {"name": "苏州恒远精密机械有限公司"})
    numbers = [
        services.records.card(Kind.QUOTE, services.quotes.create({"company": company})).ref.title
        for _ in range(2)
    ]
    assert numbers[0] in (titles := found_by(opened, numbers[0], qtbot))
    assert numbers[1] not in titles


def found_by(window: MainWindow, typed: str, qtbot: Any) -> list[str]:
    """The records that Ctrl+K shows for what was typed."""
    window.run_command("palette")
    palette = window.actions_of_shell.palette_overlay
    assert palette is not None
    palette.field.setText(typed)
    qtbot.waitUntil(
        lambda: any(row.record is not None for row in palette.model.rows), timeout=20000
    )
    rest(window, qtbot)
    titles = [row.title for row in palette.model.rows if row.record is not None]
    palette.close_overlay()
    return titles


def test_the_palette_finds_by_initials(opened: MainWindow, services: Services, qtbot: Any) -> None:
    services.records.create(Kind.PERSON, {"name": "张伟"})
    opened.run_command("palette")
    palette = opened.actions_of_shell.palette_overlay
    assert palette is not None
    palette.field.setText("zw")
    qtbot.waitUntil(lambda: "张伟" in [row.title for row in palette.model.rows])
    palette.close_overlay()


def chosen(opened: MainWindow, action: str, qtbot: Any) -> None:
    """Find 张伟, list the actions with Tab, and run one of them by keys alone."""
    opened.activateWindow()
    opened.run_command("palette")
    palette = opened.actions_of_shell.palette_overlay
    assert palette is not None
    qtbot.keyClicks(palette.field, "zw")
    qtbot.keyClick(palette.field, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: action in [row.title for row in palette.model.rows])
    titles = [row.title for row in palette.model.rows]
    for _ in range(titles.index(action)):
        qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    rest(opened, qtbot)


def test_the_palette_does_the_next_thing(
    opened: MainWindow, services: Services, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []

    def dial(url: QUrl) -> bool:
        called.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", dial)
    person = services.records.create(Kind.PERSON, {"name": "张伟", "mobile": ("138 1234 5678",)})
    chosen(opened, "Call 张伟", qtbot)
    qtbot.waitUntil(lambda: bool(called))
    assert called == ["tel:+8613812345678"]
    assert opened.toasts.text == "Calling 138 1234 5678"
    chosen(opened, "New quote for 张伟", qtbot)
    qtbot.waitUntil(lambda: services.records.count(Kind.QUOTE) == 1)
    qtbot.waitUntil(lambda: opened.navigator.here.page == "quote")
    (quote,) = services.records.ids(Kind.QUOTE)
    assert services.records.card(Kind.QUOTE, quote).values["person"].id == person
    chosen(opened, "Log activity with 张伟", qtbot)
    assert opened.navigator.here == Place("person", person)
    qtbot.waitUntil(lambda: isinstance(opened.focusWidget(), QPlainTextEdit))


def test_a_refusal_is_said_in_a_toast(opened: MainWindow, qtbot: Any) -> None:
    opened.run_command("undo")
    qtbot.waitUntil(lambda: opened.toasts.isVisible())
    assert opened.toasts.text


def test_the_last_place_is_kept(
    services: Services, home: Home, make_window: Callable[..., MainWindow], qtbot: Any
) -> None:
    def start() -> MainWindow:
        window = make_window(ViewState(home.config))
        window.book_opened(services, services.clock)
        rest(window, qtbot)
        return window

    first = start()
    first.navigator.go(Place("companies"))
    rest(first, qtbot)
    first.close()
    again = start()
    assert again.navigator.here == Place("companies")
    assert again.area.page is not None
    assert again.area.page.key == "companies"


def test_the_next_start_finds_the_window_as_it_was_though_it_was_never_closed(
    make_window: Callable[..., MainWindow], services: Services, tmp_path: Path, qtbot: Any
) -> None:
    """The computer goes off: nothing is told, and nothing is kept any more."""
    ids = [services.records.create(Kind.PERSON, {"name": name}) for name in ("张伟", "李娜")]
    lost = make_window(ViewState(tmp_path))
    lost.book_opened(services, services.clock, start=Place("contacts"))
    rest(lost, qtbot)
    page = lost.area.page
    assert isinstance(page, ListPage)
    assert page.pane.view.select_id(ids[1])
    assert lost.duties is not None
    (timer,) = (one for one in lost.duties._timers if one.interval() == duties._KEEP_EVERY)
    assert timer.isActive()
    assert ViewState(tmp_path).get("page/contacts") is None
    lost.duties.keep_wished.emit()
    lost.state.flush()
    next_start = ViewState(tmp_path)
    assert next_start.get("window/place") == "contacts"
    assert next_start.get("page/contacts")["panes"]["person"]["current"] == ids[1]
    assert next_start.get_bytes("window/geometry") == lost.saveGeometry()


def test_a_window_left_alone_writes_nothing(
    make_window: Callable[..., MainWindow], services: Services, tmp_path: Path, qtbot: Any
) -> None:
    window = make_window(ViewState(tmp_path))
    services.records.create(Kind.PERSON, {"name": "张伟"})
    window.book_opened(services, services.clock, start=Place("today"))
    rest(window, qtbot)
    assert window.duties is not None
    file = tmp_path / STATE_FILE
    for page in ("today", "contacts", "followups", "opportunities", "reports", "birthdays"):
        window.navigator.go(Place(page))
        rest(window, qtbot)
        window.duties.keep_wished.emit()
        window.state.flush()
        before = file.stat()
        window.duties.keep_wished.emit()
        window.state.flush()
        assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
