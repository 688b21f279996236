"""A window over a real book with a customer, and ways to type into its record pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.ui.places import Place
from crm_desktop.ui.record.page import RecordPage
from crm_desktop.ui.shell.window import MainWindow
from crm_desktop.ui.view_state import ViewState

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


@dataclass
class Desk:
    """The window, the services and the ids of what is in the book."""

    window: MainWindow
    services: Services
    qtbot: QtBot
    company: int
    person: int
    colleague: int
    opportunity: int
    ticket: int
    product: int
    step: int

    def open(self, kind: str, record_id: int, **query: str) -> Any:
        """Go to a record; returns its page when it is read."""
        self.window.navigator.go(Place.record(kind, record_id, **query))
        self.settle()
        page = self.window.area.page
        assert isinstance(page, RecordPage)
        return page

    def settle(self) -> None:
        """Wait until nothing is read or written any more."""
        quiet = 0
        for _ in range(2000):
            self.qtbot.wait(1)
            quiet = quiet + 1 if self.window.jobs.idle else 0
            if quiet > 4:
                return
        raise AssertionError("the window does not come to rest")

    def value(self, kind: Kind, record_id: int, key: str) -> Any:
        """What is stored."""
        return self.services.records.card(kind, record_id).values[key]


def compose(widget: QWidget, text: str) -> None:
    """Type as a Chinese input method does: first what is composed, then the characters."""
    QApplication.sendEvent(widget, QInputMethodEvent("pin", []))
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def click(qtbot: QtBot, widget: QWidget) -> None:
    """A click in the left part of a widget."""
    point = widget.rect().center()
    point.setX(12)
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=point)


@pytest.fixture
def desk(make_window: Callable[..., MainWindow], home: Home, qtbot: QtBot) -> Iterator[Desk]:
    """A book with one customer, opened in a window."""
    clock = FixedClock(NOW, "Asia/Shanghai")
    home.data.mkdir(parents=True, exist_ok=True)
    book = open_book(home.data / "book.crm", clock)
    services = Services(book, clock, home)
    records = services.records
    company = records.create(Kind.COMPANY, {"name": "苏州恒远精密机械有限公司", "city": "苏州"})
    person = records.create(
        Kind.PERSON,
        {"name": "张伟", "company": company, "title": "采购经理", "mobile": ("13812345678",)},
    )
    colleague = records.create(Kind.PERSON, {"name": "李娜", "company": company})
    opportunity = records.create(
        Kind.OPPORTUNITY,
        {
            "title": "数控改造",
            "person": person,
            "amount": Decimal(86400),
            "expected_close": date(2026, 12, 15),
        },
    )
    product = records.create(Kind.PRODUCT, {"name": "数控套件", "price": Decimal(28800)})
    ticket = services.tickets.open({"subject": "主轴异响", "person": person})
    due = Due(date(2026, 11, 20), time(14), "Asia/Shanghai")
    step = services.activities.plan(Ref(Kind.PERSON, person), "确认报价", due)
    window = make_window(ViewState(home.config))
    window.resize(1280, 800)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    book.subscribe(window.notifier.announce)
    broken: list[Any] = []
    window.jobs.broke.connect(broken.append)
    window.book_opened(services, clock, start=Place.record("person", colleague))
    made = Desk(
        window, services, qtbot, company, person, colleague, opportunity, ticket, product, step
    )
    made.settle()
    yield made
    made.settle()
    window.jobs.close()
    book.close()
    assert not broken
