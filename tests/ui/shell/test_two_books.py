"""What the window keeps of one book does not come up in another one of the same home."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.app import Options, Program
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Condition, Group, Op, Query
from crm_desktop.pasted import forget_pasted, is_pasted, keep_pasted
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.settings import Settings
from crm_desktop.typed_texts import STATE_FILE, forget_in_file
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow
from crm_desktop.ui.table.list_page import ListPage
from crm_desktop.ui.today.page import TodayPage
from crm_desktop.ui.view_state import ViewState
from tests.ui.resting import rest

Books = tuple[Services, Services]
Opens = Callable[[Services], MainWindow]


@pytest.fixture
def books(home: Home) -> Iterator[Books]:
    """Two books with two people each, and an own field under the same key that is another one."""
    clock = FixedClock(datetime(2026, 11, 20, 1, tzinfo=UTC), "Asia/Shanghai")
    made = []
    for name, field in (("first", "Hobby"), ("second", "Risk")):
        services = Services(open_book(home.data / f"{name}.crm", clock), clock, home)
        services.custom.add(Kind.PERSON, field, FieldType.TEXT)
        for person in ("张伟", "李娜"):
            services.records.create(Kind.PERSON, {"name": f"{person} {name}"})
        made.append(services)
    yield made[0], made[1]
    for services in made:
        services.close()


@pytest.fixture
def opening(make_window: Callable[..., MainWindow], home: Home, qtbot: Any) -> Opens:
    """Opens a book in a window of its own, as a start of the program does."""

    def opened(services: Services) -> MainWindow:
        window = make_window(ViewState(home.config))
        window.book_opened(services, services.clock)
        rest(window, qtbot)
        return window

    return opened


def contacts_of(window: MainWindow, qtbot: Any) -> ListPage:
    window.navigator.go(Place("contacts"))
    rest(window, qtbot)
    page = window.area.page
    assert isinstance(page, ListPage)
    return page


def leave_all_in(window: MainWindow, services: Services, qtbot: Any) -> Query:
    """Filter, columns, current row, a draft, a line begun, an import and a place; all kept."""
    page = contacts_of(window, qtbot)
    (own,) = [f.key for f in page.pane.fields if f.key.startswith("custom.")]
    page.pane.set_columns(("name", own))
    (_, second) = services.records.ids(Kind.PERSON)
    assert page.pane.view.select_id(second)
    chosen = Query(where=Group((Condition(own, Op.CONTAINS, "golf"),)))
    page.pane.set_filter(chosen)
    rest(window, qtbot)
    popover = page.pane.acts.new(page)
    popover.set_text("name", "half typed")
    popover._keep_draft()
    popover.dismiss()
    window.navigator.go(Place("today"))
    rest(window, qtbot)
    today = window.area.page
    assert isinstance(today, TodayPage)
    today.quick.line.setText("call somebody")
    window.navigator.go(Place.record("person", second))
    rest(window, qtbot)
    window.state.put("page/import", {"path": "somewhere.csv", "step": 1})
    return chosen


def test_another_book_begins_afresh_and_the_first_one_finds_its_own_again(
    books: Books, opening: Opens, qtbot: Any
) -> None:
    first, second = books
    window = opening(first)
    chosen = leave_all_in(window, first, qtbot)
    here = window.navigator.here
    window.close()

    other = opening(second)
    assert other.navigator.here == Place("today")
    assert Place("import") not in [row.place for row in other.sidebar.rows()]
    today = other.area.page
    assert isinstance(today, TodayPage)
    assert today.quick.line.text() == ""
    page = contacts_of(other, qtbot)
    assert page.pane.columns() == page.pane.usual_columns()
    assert page.pane.filter.query == Query()
    popover = page.pane.acts.new(page)
    assert popover.input("name").text() == ""
    popover.dismiss()
    other.close()

    again = opening(first)
    assert again.navigator.here == here
    assert Place("import") in [row.place for row in again.sidebar.rows()]
    page = contacts_of(again, qtbot)
    assert page.pane.filter.query.where == chosen.where
    assert page.pane.columns() != page.pane.usual_columns()
    popover = page.pane.acts.new(page)
    assert popover.input("name").text() == "half typed"
    popover.dismiss()


def test_a_book_opened_in_the_place_of_another_shows_nothing_of_it(
    books: Books, opening: Opens, qtbot: Any
) -> None:
    first, second = books
    window = opening(first)
    chosen = leave_all_in(window, first, qtbot)
    here = window.navigator.here
    window.book_closed()
    window.book_opened(second, second.clock)
    rest(window, qtbot)
    assert window.navigator.here == Place("today")
    assert contacts_of(window, qtbot).pane.filter.query == Query()
    window.book_closed()
    window.book_opened(first, first.clock)
    rest(window, qtbot)
    assert window.navigator.here == here
    assert contacts_of(window, qtbot).pane.filter.query.where == chosen.where


def test_what_is_of_the_person_holds_in_every_book(
    books: Books, opening: Opens, qtbot: Any
) -> None:
    window = opening(books[0])
    window.actions_of_shell.sidebar()
    window.set_sidebar_entries(["today", "contacts"])
    window.close()
    other = opening(books[1])
    assert other.state.get("sidebar/folded") is True
    assert other.state.get("sidebar/entries") == ["today", "contacts"]
    geometry = other.state.get_bytes("window/geometry")
    assert not geometry.isEmpty()
    assert geometry == window.state.get_bytes("window/geometry")


def test_what_was_kept_before_books_were_told_apart_is_of_the_first_one_opened(
    books: Books, opening: Opens, home: Home, qtbot: Any
) -> None:
    first, second = books
    home.config.mkdir(parents=True, exist_ok=True)
    (home.config / STATE_FILE).write_text(
        '[draft]\nnew_person="{\\"name\\": \\"half\\"}"\n\n'
        '[page]\ntoday="{\\"quick\\": \\"call\\"}"\n\n'
        '[window]\nplace="\\"companies\\""\n\n[sidebar]\nfolded=true\n',
        "utf-8",
    )
    window = opening(second)
    assert window.navigator.here == Place("companies")
    assert window.state.get("draft/new_person") == {"name": "half"}
    assert window.state.get("page/today") == {"quick": "call"}
    window.close()
    text = (home.config / STATE_FILE).read_text("utf-8")
    assert "[draft]" not in text
    assert "[page]" not in text
    other = opening(first)
    assert other.navigator.here == Place("today")
    assert other.state.get("draft/new_person") is None
    assert other.state.get("sidebar/folded") is True


def test_the_start_goes_to_the_place_of_the_book_it_opens(
    books: Books, opening: Opens, home: Home, qtbot: Any
) -> None:
    first, second = books
    for services, page in ((first, "companies"), (second, "products")):
        window = opening(services)
        window.navigator.go(Place(page))
        rest(window, qtbot)
        window.close()
        services.close()
    for services, page in ((first, "companies"), (second, "products")):
        path = services.book.path
        program = Program(home, Settings(language="en"), path, Options(lang="en"))
        program.window.show()
        program.open_book()
        qtbot.waitUntil(lambda shown=program.window: shown.desk is not None, timeout=30000)
        assert program.window.navigator.here == Place(page)
        rest(program.window, qtbot)
        program.window.close()
        program.close()


def test_erasing_in_one_book_leaves_what_is_kept_of_the_other(tmp_path: Path) -> None:
    def told(text: str) -> bool:
        return "Zqxv" in text

    written = ViewState(tmp_path)
    for book in ("019a-a", "019a-b", "019a-c"):
        written.of_book(book)
        written.put("draft/new_person", {"name": "Zqxv"})
        written.put("page/today", {"quick": "call Zqxv", "order": ["next"]})
        written.put("page/import", {"path": "Zqxv.csv"})
    written.flush()
    forget_in_file(tmp_path, "019a-b", told)
    closed = ViewState(tmp_path)
    closed.of_book("019a-c")
    closed.forget_told(told)
    found = ViewState(tmp_path)
    for book, quick, draft in (
        ("019a-a", "call Zqxv", {"name": "Zqxv"}),
        ("019a-b", "", None),
        ("019a-c", "", None),
    ):
        found.of_book(book)
        assert found.get("page/today") == {"quick": quick, "order": ["next"]}
        assert found.get("draft/new_person") == draft
    found.of_book("019a-b")
    assert found.get("page/import") is None
    found.of_book("019a-a")
    assert found.get("page/import") == {"path": "Zqxv.csv"}


def test_books_not_opened_for_long_are_forgotten(tmp_path: Path) -> None:
    state = ViewState(tmp_path)
    for number in range(22):
        state.of_book(f"019a-{number}")
        state.put("page/today", {"quick": f"line {number}"})
    state.flush()
    text = (tmp_path / STATE_FILE).read_text("utf-8")
    assert [number for number in range(22) if f"line {number}\\" in text] == list(range(2, 22))
    state.of_book("019a-0")
    assert state.get("page/today") is None


def test_opening_the_same_book_again_writes_nothing(tmp_path: Path) -> None:
    state = ViewState(tmp_path)
    state.of_book("019a-0")
    state.put("page/today", {"quick": "line"})
    state.flush()
    file = tmp_path / STATE_FILE
    before = file.stat()
    again = ViewState(tmp_path)
    again.of_book("019a-0")
    again.put("page/today", {"quick": "line"})
    again.flush()
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_what_was_pasted_in_one_book_is_not_the_import_of_another(home: Home) -> None:
    mine = keep_pasted(home, "019a-a", "Pasted", "姓名\t手机\n周敏\t13812340001")
    other = keep_pasted(home, "019a-b", "Pasted", "姓名\t手机\n吴磊\t13812340002")
    assert "周敏" in mine.read_text("utf-8-sig")
    assert is_pasted(home, mine)
    forget_pasted(home, "019a-a")
    assert not mine.exists()
    assert other.exists()
