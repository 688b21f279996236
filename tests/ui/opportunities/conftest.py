"""Opportunities in a real book, shown in a real window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.ui.opportunities.page import OpportunitiesPage
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
ZONE = "Asia/Shanghai"


@pytest.fixture
def services(home: Home) -> Iterator[Services]:
    """A book with four opportunities in the first stage: late, today, none, won."""
    clock = FixedClock(NOW, ZONE)
    book = open_book(home.book, clock)
    made = Services(book, clock, home)
    company = made.records.create(Kind.COMPANY, {"name": "Hengyuan"})
    person = made.records.create(Kind.PERSON, {"name": "Wei Zhang", "company": company})
    today = clock.today()
    for title, amount, due in (
        ("Labels", 18600, Due(today - timedelta(days=2), None, ZONE)),
        ("Retrofit", 86400, Due(today, time(14), ZONE)),
        ("Campaign", 31000, None),
    ):
        values = {"title": title, "person": person, "amount": Decimal(amount)}
        found = made.records.create(Kind.OPPORTUNITY, values)
        if due is not None:
            made.activities.plan(Ref(Kind.OPPORTUNITY, found), f"About {title}", due)
    won = made.records.create(Kind.OPPORTUNITY, {"title": "Line", "amount": Decimal(120000)})
    made.opportunities.win(won)
    yield made
    book.close()


@pytest.fixture
def start() -> Place:
    return Place("opportunities")


@pytest.fixture
def page(opened: MainWindow) -> OpportunitiesPage:
    """The page, read and laid out."""
    found = opened.area.page
    assert isinstance(found, OpportunitiesPage)
    return found


def id_of(services: Services, title: str) -> int:
    """The opportunity with this title."""
    ids = services.records.ids(Kind.OPPORTUNITY)
    rows = services.records.rows(Kind.OPPORTUNITY, ids, ("title",))
    return next(row.id for row in rows if row.values[0] == title)


def stage_of(services: Services, record_id: int) -> str:
    """The code of the stage an opportunity is in."""
    card = services.records.card(Kind.OPPORTUNITY, record_id)
    item = services.lists.item(card.values["stage"])
    assert item is not None
    return item.code or ""


def pytest_configure(config: pytest.Config) -> None:
    """The mark of tests that need a screen."""
    config.addinivalue_line("markers", "xvfb: needs a window system (DISPLAY); skipped without")
