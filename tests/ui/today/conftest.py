"""A window over a book with a morning in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.queries import from_plain
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.ui.followups.painting import check_box
from crm_desktop.ui.followups.rows import FollowupList
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow
from crm_desktop.ui.today.page import TodayPage
from crm_desktop.ui.widgets.lines import LineButton

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)  # Friday, 09:00 in Shanghai
ZONE = "Asia/Shanghai"
TODAY = date(2026, 11, 20)


@dataclass
class Desk:
    """The window, its book and what stands in it."""

    window: MainWindow
    services: Services
    clock: FixedClock
    qtbot: QtBot

    @property
    def page(self) -> TodayPage:
        """Today, as it is shown."""
        found = self.window.area.page
        assert isinstance(found, TodayPage)
        return found

    def go(self) -> TodayPage:
        """To Today; returns it when it is read."""
        self.window.navigator.go(Place("today"))
        self.settle()
        return self.page

    def settle(self) -> None:
        """Until nothing is read or written any more, and no row is held back."""
        quiet = 0
        for _ in range(4000):
            self.qtbot.wait(1)
            quiet = quiet + 1 if self.window.jobs.idle else 0
            if quiet > 4:
                return
        raise AssertionError("the window does not come to rest")

    def released(self) -> None:
        """Until no row that was ticked off is shown struck through any more."""
        for rows in self.page.actions_of_day.lists():
            rows._release()
        self.settle()

    def here(self) -> Place:
        """Where the window is."""
        here = self.window.navigator.here
        assert here is not None
        return here

    def behind(self, kind: Kind) -> int:
        """How many records the list shows that the window went to."""
        import json

        query = from_plain(json.loads(self.here().wish("query")))
        return self.services.records.count(kind, query)

    def tick(self, rows: FollowupList, subject: str) -> int:
        """A click into the check of a row; returns its id."""
        number, item_id = next(
            (row, rows.rows.line(row).id)  # type: ignore[union-attr]
            for row in range(rows.rows.rowCount())
            if rows.rows.line(row).subject == subject  # type: ignore[union-attr]
        )
        box = check_box(rows.visualRect(rows.rows.index(number, 0)))
        self.click(rows, box.center())
        return item_id

    def click(self, rows: FollowupList, point: QPoint) -> None:
        """A click into a list."""
        self.qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=point)

    def choose(self, words: str) -> None:
        """Press a button of the toast."""
        button = next(b for b in self.window.toasts.buttons if b.text() == words)
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()


def lines(panel: object) -> list[LineButton]:
    """The lines a card shows."""
    found = panel.findChildren(LineButton)  # type: ignore[attr-defined]
    return [line for line in found if line.isVisibleTo(panel)]  # type: ignore[arg-type]


def plan(
    services: Services, ref: Ref | None, subject: str, days: int, at: time | None = None
) -> int:
    """A follow-up some days from today."""
    due = Due(TODAY + timedelta(days=days), at, ZONE)
    return services.activities.plan(ref, subject, due)


def fill(services: Services) -> None:
    """Two late ones, one for today, one for Monday; birthdays, deals, a notice."""
    records = services.records
    company = records.create(Kind.COMPANY, {"name": "Hengyuan Precision"})
    wei = records.create(
        Kind.PERSON,
        {"name": "Wei Zhang", "company": company, "birthday": Birthday(11, 20, year=1985)},
    )
    records.create(Kind.PERSON, {"name": "Fiona Wang", "birthday": Birthday(11, 23)})
    records.create(Kind.PERSON, {"name": "Leo Lin", "birthday": Birthday(1, 2)})
    about = Ref(Kind.PERSON, wei, "Wei Zhang")
    plan(services, about, "Call back about delivery", -2)
    plan(services, about, "Send drawings", -1)
    plan(services, about, "Call about the quote", 0, time(14))
    plan(services, None, "Yearly price list", 3)
    deal = {"title": "CNC retrofit", "person": wei, "amount": Decimal(86400)}
    records.create(Kind.OPPORTUNITY, deal)
    second = records.create(Kind.OPPORTUNITY, {"title": "Spindle", "amount": Decimal(12000)})
    services.opportunities.win(second)
    services.activities.log(about, "Talked about prices", "call")
    services.notices.add("Price rise on 1 December")


@pytest.fixture
def empty_desk(make_window: Callable[..., MainWindow], home: Home, qtbot: QtBot) -> Iterator[Desk]:
    """A new book, opened on Today."""
    yield from _opened(make_window, home, qtbot, lambda _services: None)


@pytest.fixture
def desk(make_window: Callable[..., MainWindow], home: Home, qtbot: QtBot) -> Iterator[Desk]:
    """The book with a morning in it, opened on Today."""
    yield from _opened(make_window, home, qtbot, fill)


def _opened(
    make_window: Callable[..., MainWindow],
    home: Home,
    qtbot: QtBot,
    prepare: Callable[[Services], None],
) -> Iterator[Desk]:
    clock = FixedClock(NOW, ZONE)
    home.data.mkdir(parents=True, exist_ok=True)
    book = open_book(home.data / "book.crm", clock)
    services = Services(book, clock, home)
    prepare(services)
    window = make_window()
    window.resize(1280, 800)
    window.activateWindow()
    book.subscribe(window.notifier.announce)
    broken: list[Any] = []
    window.jobs.broke.connect(broken.append)
    window.book_opened(services, clock, start=Place("today"))
    made = Desk(window, services, clock, qtbot)
    made.settle()
    yield made
    made.settle()
    window.jobs.close()
    book.close()
    assert not broken, broken
