"""Erased in the window: no draft of an import tells of them, nor anything below the user's home."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.domain.document_lines import LineDraft
from crm_desktop.domain.kinds import Kind
from crm_desktop.paths import Home
from crm_desktop.services.house import Services
from crm_desktop.ui.history.trash_page import TrashPage
from crm_desktop.ui.imports.page import CHECK, FILE, ImportPage
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow
from crm_desktop.ui.view_state import ViewState
from tests.services import markers
from tests.services.markers import MARK, PHONE
from tests.ui.history.test_erasing import acted
from tests.ui.history.test_pages import show
from tests.ui.imports.test_page import to_check
from tests.ui.resting import rest

TOLD = "import that was begun"


@pytest.fixture
def window(make_window: Callable[..., MainWindow], home: Home) -> MainWindow:
    """One that keeps its state in the user's home."""
    return make_window(ViewState(home.config))


@pytest.fixture
def reopened(
    make_window: Callable[..., MainWindow], home: Home, services: Services, qtbot: Any
) -> Callable[[MainWindow], MainWindow]:
    """Closes a window and opens another one, as the next start does."""

    def reopen(window: MainWindow) -> MainWindow:
        window.close()
        window.state.flush()
        again = make_window(ViewState(home.config))
        again.book_opened(services, services.clock, start=Place("today"))
        rest(again, qtbot)
        return again

    return reopen


def kept(home: Home) -> Iterator[str]:
    """Where a mark stands in what the window keeps."""
    return markers.traces(home.config)


def begin(window: MainWindow, folder: Path, qtbot: Any) -> ImportPage:
    """An import of a file called after them, a cell mended by hand, left at the check."""
    file = folder / f"{MARK}.csv"
    file.write_text(f"姓名,手机,生日\n{MARK},{PHONE},大概八月\n李娜,13900000002,\n", "utf-8-sig")
    page = show(window, "import", qtbot)
    assert isinstance(page, ImportPage)
    to_check(page, file, qtbot)
    assert page.draft is not None
    page.draft.wishes.fixes[2, 0] = f"{MARK} anew"
    return page


def in_the_trash(services: Services) -> int:
    person = services.records.create(Kind.PERSON, {"name": MARK, "mobile": (PHONE,)})
    services.records.trash(Kind.PERSON, person)
    return person


def test_an_import_that_was_begun_goes_with_the_erased(
    opened: MainWindow,
    services: Services,
    home: Home,
    tmp_path: Path,
    reopened: Callable[[MainWindow], MainWindow],
    qtbot: Any,
) -> None:
    in_the_trash(services)
    importing = begin(opened, tmp_path, qtbot)
    trash = show(opened, "trash", qtbot)
    assert isinstance(trash, TrashPage)
    opened.state.flush()
    assert list(kept(home))
    said = acted(opened, trash.empty_button.click, "Cancel", qtbot)
    assert TOLD in said[0]
    assert importing.step == CHECK
    acted(opened, trash.empty_button.click, "Erase for good", qtbot)
    assert importing.step == FILE
    assert importing.draft is None
    assert list(kept(home)) == []
    show(opened, "import", qtbot)
    again = reopened(opened)
    page = show(again, "import", qtbot)
    assert isinstance(page, ImportPage)
    assert page.draft is None
    again.close()
    services.close()
    assert list(markers.traces(tmp_path / "home")) == []


def test_one_left_before_the_restart_goes_too(
    opened: MainWindow,
    services: Services,
    home: Home,
    tmp_path: Path,
    reopened: Callable[[MainWindow], MainWindow],
    qtbot: Any,
) -> None:
    in_the_trash(services)
    begin(opened, tmp_path, qtbot)
    again = reopened(opened)
    assert list(kept(home))
    trash = show(again, "trash", qtbot)
    said = acted(again, trash.empty_button.click, "Erase for good", qtbot)
    assert TOLD in said[0]
    again.close()
    again.state.flush()
    assert list(kept(home)) == []


def test_who_is_made_anonymous_leaves_no_draft(
    opened: MainWindow, services: Services, home: Home, tmp_path: Path, qtbot: Any
) -> None:
    person = services.records.create(Kind.PERSON, {"name": MARK})
    services.business.set_own_company(name="我们公司")
    quote = services.quotes.create({"person": person}, [LineDraft(name="铣床", price=1000)])
    services.quotes.send(quote)
    begin(opened, tmp_path, qtbot)
    opened.navigator.go(Place.record("person", person))
    rest(opened, qtbot)
    page: Any = opened.area.page
    page.note.text.set_text(f"{MARK} half a note")
    page.note.keep_draft()
    opened.state.flush()
    assert len(list(kept(home))) > 0
    said = acted(opened, page.privacy.erase.trigger, "Make anonymous", qtbot)
    assert TOLD in said[0]
    opened.close()
    opened.state.flush()
    assert list(kept(home)) == []


def test_nothing_is_said_of_an_import_where_none_was_begun(
    opened: MainWindow, services: Services, qtbot: Any
) -> None:
    in_the_trash(services)
    show(opened, "import", qtbot)
    trash = show(opened, "trash", qtbot)
    said = acted(opened, trash.empty_button.click, "Cancel", qtbot)
    assert TOLD not in said[0]
