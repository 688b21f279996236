"""When a page reads again, and when it must not."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

import pytest
from PySide6.QtWidgets import QApplication

from crm_desktop.domain.kinds import Kind
from crm_desktop.paths import Home
from crm_desktop.settings import Settings
from crm_desktop.ui.context import Context
from crm_desktop.ui.jobs import Jobs
from crm_desktop.ui.language import set_language
from crm_desktop.ui.navigator import Navigator
from crm_desktop.ui.notifier import Notifier
from crm_desktop.ui.page import Page
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow
from crm_desktop.ui.view_state import ViewState


class PeoplePage(Page):
    """Counts how often it reads."""

    key = "contacts"
    shows: ClassVar[frozenset[Kind]] = frozenset({Kind.PERSON})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.reads = 0
        self.typed = ""
        self.kept: dict[str, Any] = {}

    def refresh(self) -> None:
        self.reads += 1

    def has_unsaved_text(self) -> bool:
        return bool(self.typed)

    def save_unsaved_text(self) -> None:
        self.typed = ""

    def state(self) -> dict[str, Any]:
        return {"sort": "name"}

    def restore(self, state: dict[str, Any]) -> None:
        self.kept = state

    def do_new(self) -> None:
        self.reads += 100


@pytest.fixture
def context(window: MainWindow, home: Home) -> Context:
    return Context(
        services=None,  # type: ignore[arg-type]  # these pages ask for nothing
        navigator=Navigator(),
        jobs=Jobs(),
        notifier=Notifier(),
        state=ViewState(home.config),
        clock=None,  # type: ignore[arg-type]
        home=home,
        settings=Settings(),
        window=window,
    )


def announce(context: Context, *kinds: Kind) -> None:
    context.notifier.announce(frozenset(kinds), 1)
    QApplication.processEvents()


def shown(context: Context, qtbot: Any) -> PeoplePage:
    page = PeoplePage(context)
    qtbot.addWidget(page)
    page.show()
    page.open_place(Place("contacts"))
    return page


def test_it_reads_when_opened_and_when_its_kinds_change(context: Context, qtbot: Any) -> None:
    page = shown(context, qtbot)
    assert page.reads == 1
    announce(context, Kind.COMPANY)
    assert page.reads == 1
    announce(context, Kind.PERSON, Kind.COMPANY)
    assert page.reads == 2


def test_a_hidden_page_becomes_stale_and_reads_once_when_shown(
    context: Context, qtbot: Any
) -> None:
    page = shown(context, qtbot)
    page.hide()
    announce(context, Kind.PERSON)
    announce(context, Kind.PERSON)
    assert page.stale
    assert page.reads == 1
    page.show()
    assert page.reads == 2
    assert not page.stale


def test_another_language_is_read_again_for_the_names_that_come_with_it(
    context: Context, qtbot: Any
) -> None:
    page = shown(context, qtbot)
    set_language("zh")
    assert page.reads == 2


def test_unsaved_text_is_never_read_over(context: Context, qtbot: Any) -> None:
    page = shown(context, qtbot)
    page.typed = "half a sen"
    announce(context, Kind.PERSON)
    assert page.reads == 1
    page.typed = ""
    page.unsaved_text_settled()
    assert page.reads == 2


def test_going_elsewhere_stores_what_was_typed(context: Context, qtbot: Any) -> None:
    page = shown(context, qtbot)
    page.typed = "half"
    page.open_place(Place("contacts", 4))
    assert page.typed == ""


def test_its_state_comes_back(context: Context, qtbot: Any, home: Home) -> None:
    page = shown(context, qtbot)
    page.hide()
    context.state.flush()
    context.state = ViewState(home.config)
    other = PeoplePage(context)
    qtbot.addWidget(other)
    other.restore_state()
    assert other.kept == {"sort": "name"}


def test_it_handles_what_it_has_a_method_for(context: Context, qtbot: Any) -> None:
    page = shown(context, qtbot)
    assert page.handles("new")
    assert not page.handles("export")
    page.run_handler("new")
    page.run_handler("export")
    assert page.reads == 101


def test_only_the_latest_answer_arrives(context: Context, qtbot: Any) -> None:
    page = shown(context, qtbot)
    got: list[int] = []
    for number in range(5):
        page.read("rows", partial(int, number), got.append)
    qtbot.waitUntil(lambda: context.jobs.idle)
    assert got == [4]
    context.jobs.close()
