"""A book with a few people, and pages over it without a window around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from datetime import time as wall_time
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import Kind
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.settings import Settings
from crm_desktop.ui.context import Context
from crm_desktop.ui.jobs import Jobs
from crm_desktop.ui.navigator import Navigator
from crm_desktop.ui.notifier import Notifier
from crm_desktop.ui.places import Place
from crm_desktop.ui.table import peeks
from crm_desktop.ui.table.list_page import ListPage
from crm_desktop.ui.view_state import ViewState

CLOCK = FixedClock(datetime(2026, 11, 20, 1, tzinfo=UTC), "Asia/Shanghai")


@dataclass
class Heard:
    """A window that only remembers what it was asked."""

    toasts: list[str] = field(default_factory=list)
    choices: list[Any] = field(default_factory=list)
    undo: list[bool] = field(default_factory=list)
    told: list[Any] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)

    def toast(self, text: str, *, undo: bool = False, choices: Any = ()) -> None:
        self.toasts.append(text)
        self.undo.append(undo)
        self.choices.append(choices)

    def tell(self, trouble: Any) -> None:
        self.told.append(trouble)

    def banner(self, key: str, text: str, *, choices: Any = ()) -> None:
        self.toasts.append(text)

    def close_banner(self, key: str) -> None: ...

    def run_command(self, key: str) -> None:
        self.commands.append(key)

    def show_import(self, *, under_way: bool) -> None: ...

    def set_sidebar_entries(self, keys: Any) -> None: ...

    def apply_settings(self) -> None: ...


class Desk:
    """The book, its services, and one page at a time."""

    def __init__(self, home: Home, qtbot: Any) -> None:
        home.data.mkdir(parents=True, exist_ok=True)
        self.book = open_book(home.data / "book.crm", CLOCK)
        self.services = Services(self.book, CLOCK, home)
        self.window = Heard()
        self.broken: list[Any] = []
        self._qtbot = qtbot
        self.context = Context(
            services=self.services,
            navigator=Navigator(),
            jobs=Jobs(),
            notifier=Notifier(),
            state=ViewState(),
            clock=CLOCK,
            home=home,
            settings=Settings(),
            window=self.window,
        )
        self.context.jobs.broke.connect(self.broken.append)
        self.book.subscribe(self.context.notifier.announce)

    def item(self, list_key: str, code: str) -> int:
        return self.services.lists.by_code(list_key, code).id

    def fill(self) -> list[int]:
        """Three people of two companies."""
        records = self.services.records
        mill = records.create(Kind.COMPANY, {"name": "Hengyuan Precision", "city": "Suzhou"})
        food = records.create(Kind.COMPANY, {"name": "Greenspring Foods"})
        made = []
        for name, company, status, mobile in (
            ("Wei Zhang", mill, "customer", "13812345678"),
            ("Lina Berg", food, "lead", "13988880000"),
            ("Ada Byron", mill, "interested", "13700001111"),
        ):
            values = {"name": name, "company": company, "mobile": (mobile,)}
            values["lifecycle"] = self.item("lifecycle", status)
            made.append(records.create(Kind.PERSON, values))
        call = self.item("activity_type", "call")
        records.create(
            Kind.ACTIVITY,
            {
                "subject": "Call about the quote",
                "type": call,
                "state": "planned",
                "person": made[0],
                "due": Due(date(2026, 11, 20), wall_time(14), "Asia/Shanghai"),
            },
        )
        return made

    def deals(self) -> None:
        """Two opportunities in two currencies."""
        for title, amount, currency in (("CNC", "86400", "CNY"), ("Robot", "1200.50", "USD")):
            values = {"title": title, "amount": Decimal(amount), "currency": currency}
            self.services.records.create(Kind.OPPORTUNITY, values)

    def open(self, page_class: type[ListPage], place: Place | None = None) -> ListPage:
        page = page_class(self.context)
        self._qtbot.addWidget(page)
        page.resize(1072, 728)
        page.show()
        self._qtbot.waitExposed(page)
        page.open_place(place or Place(page_class.key))
        self.settle()
        return page

    def settle(self) -> None:
        """Until nothing is read or written any more, and the news of it has come."""
        self._qtbot.waitUntil(self._quiet, timeout=20_000)
        assert not self.broken, self.broken

    def _quiet(self) -> bool:
        for _ in range(3):
            QApplication.processEvents()
        return self.context.jobs.idle

    def close(self) -> None:
        self.context.jobs.close()
        self.book.close()


@pytest.fixture
def desk(dressed: QApplication, home: Home, qtbot: Any) -> Iterator[Desk]:
    made = Desk(home, qtbot)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _list_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The record beside the list has tests of its own."""
    monkeypatch.setattr(peeks, "PEEKS", {})


Names = Callable[[ListPage], list[str]]


@pytest.fixture
def names() -> Names:
    """The titles of the rows, from top to bottom."""

    def read(page: ListPage) -> list[str]:
        model = page.pane.model
        return [model.cell(row, 0).text for row in range(model.rowCount())]

    return read
