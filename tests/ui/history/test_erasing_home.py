"""Erased for good: what windows wrote into the user's home tells of them no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.queries import Condition, Group, Op, Query
from crm_desktop.domain.views import View
from crm_desktop.paths import Home
from crm_desktop.services.house import Services
from crm_desktop.ui.history.trash_page import TrashPage
from crm_desktop.ui.opportunities.page import OpportunitiesPage
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow
from crm_desktop.ui.table.list_page import ListPage
from crm_desktop.ui.today.page import TodayPage
from crm_desktop.ui.view_state import ViewState
from tests.services import markers
from tests.services.markers import MARK, PHONE
from tests.ui.history.test_erasing import acted
from tests.ui.history.test_pages import show
from tests.ui.resting import rest

OTHER = "Unrelated"
"""Stands in every place too, and tells of nobody."""


@pytest.fixture
def opening(
    make_window: Callable[..., MainWindow], home: Home, services: Services, qtbot: Any
) -> Callable[[str], MainWindow]:
    """Opens a window that keeps its state in the user's home, as a start of the program does."""

    def opened(page: str) -> MainWindow:
        window = make_window(ViewState(home.config))
        services.book.subscribe(window.notifier.announce)
        window.book_opened(services, services.clock, start=Place.to(page))
        rest(window, qtbot)
        return window

    return opened


def kept(home: Home) -> Iterator[str]:
    return markers.traces(home.config)


def marked(services: Services, folder: Path) -> Ref:
    """A person full of marks, in the trash; there is somebody else too."""
    services.records.create(Kind.PERSON, {"name": f"{OTHER} Li"})
    markers.custom_text(services, Kind.PERSON)
    person = markers.imported(services, folder)
    markers.everything(services, Kind.PERSON, person, folder)
    services.records.trash(Kind.PERSON, person)
    return Ref(Kind.PERSON, person)


def condition(text: str) -> Condition:
    return Condition("name", Op.CONTAINS, text)


def type_everywhere(window: MainWindow, services: Services, qtbot: Any) -> None:
    """Leave a mark, and a word that tells of nobody, wherever typed text is kept."""
    today = show(window, "today", qtbot)
    assert isinstance(today, TodayPage)
    today.quick.line.setText(f"call {MARK} tomorrow 3pm")
    today.notices.line.setText(f"{OTHER} notice")
    own = Query(where=Group((condition(f"{MARK} anew"), condition(OTHER))), text=f"{OTHER}")
    view = services.views.add(Kind.PERSON, "Some", View(Query(where=Group((condition(OTHER),)))))
    contacts = show(window, "contacts", qtbot)
    assert isinstance(contacts, ListPage)
    contacts.pane.set_filter(own)
    window.navigator.go(Place.to("contacts", view="person", saved=str(view)))
    rest(window, qtbot)
    seen = Query(where=Group((condition(PHONE[-8:]), condition(OTHER))))
    contacts.pane.filter.set_query(seen)
    popover = contacts.pane.acts.new(contacts)
    popover.set_text("name", f"{MARK} again")
    popover._keep_draft()
    popover.dismiss()
    window.navigator.go(Place.to("opportunities", text=MARK.lower()))
    rest(window, qtbot)
    window.state.put("draft/new_company", {"name": f"{OTHER} Ltd"})
    window.state.put("draft/note/some-uid", f"{MARK} said so")


def test_nothing_typed_tells_of_them_while_the_window_is_open(
    opening: Callable[[str], MainWindow],
    services: Services,
    home: Home,
    tmp_path: Path,
    qtbot: Any,
) -> None:
    marked(services, tmp_path)
    window = opening("today")
    type_everywhere(window, services, qtbot)
    trash = show(window, "trash", qtbot)
    assert isinstance(trash, TrashPage)
    for page in window.area.pages:
        page.keep_state()
    window.state.flush()
    assert len(list(kept(home))) > 0
    acted(window, trash.empty_button.click, "Erase for good", qtbot)
    assert list(kept(home)) == []
    by_key = {page.key: page for page in window.area.pages}
    today, contacts, deals = (by_key[key] for key in ("today", "contacts", "opportunities"))
    assert isinstance(today, TodayPage)
    assert today.quick.line.text() == ""
    assert today.notices.line.text() == f"{OTHER} notice"
    assert isinstance(contacts, ListPage)
    assert contacts.pane.filter.query.where == Group((condition(OTHER),))
    contacts.pane.saved.leave()
    assert contacts.pane.filter.query.where == Group((condition(OTHER),))
    assert contacts.pane.filter.query.text == OTHER
    assert isinstance(deals, OpportunitiesPage)
    assert deals.list is not None
    assert deals.list.filter.query.text == ""
    assert window.state.get("draft/new_company") == {"name": f"{OTHER} Ltd"}
    assert window.state.get("draft/new_person") is None
    window.navigator.back()
    window.close()
    services.close()
    assert list(markers.traces(tmp_path)) == []


def test_what_an_earlier_window_left_goes_too(
    opening: Callable[[str], MainWindow],
    services: Services,
    home: Home,
    tmp_path: Path,
    qtbot: Any,
) -> None:
    ref = marked(services, tmp_path)
    window = opening("today")
    type_everywhere(window, services, qtbot)
    window.close()
    window.state.flush()
    assert list(kept(home))
    again = opening("trash")
    trash = again.area.page
    assert isinstance(trash, TrashPage)
    acted(again, lambda: trash.eraser.ask([ref]), "Erase for good", qtbot)
    assert list(kept(home)) == []
    today = show(again, "today", qtbot)
    assert isinstance(today, TodayPage)
    assert today.quick.line.text() == ""
    again.close()
    again.state.flush()
    assert list(kept(home)) == []
