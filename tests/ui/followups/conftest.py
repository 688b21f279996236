"""Follow-ups in a real book, shown in a real window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest

from crm_desktop.domain.agenda import AgendaItem
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.ui.followups.page import FollowupsPage
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)  # a Friday
ZONE = "Asia/Shanghai"


@pytest.fixture
def services(home: Home) -> Iterator[Services]:
    """A book with a late follow-up, one for today, one for Tuesday and one without a date."""
    clock = FixedClock(NOW, ZONE)
    book = open_book(home.book, clock)
    made = Services(book, clock, home)
    company = made.records.create(Kind.COMPANY, {"name": "Hengyuan"})
    values = {"name": "Wei Zhang", "company": company, "birthday": Birthday(11, 18, year=1980)}
    person = Ref(Kind.PERSON, made.records.create(Kind.PERSON, values))
    today = clock.today()
    plan = made.activities.plan
    plan(person, "Drawings", Due(today - timedelta(days=2), None, ZONE), "email")
    plan(person, "Quote", Due(today, time(14), ZONE))
    plan(Ref(Kind.COMPANY, company), "Dinner", Due(today + timedelta(days=4), None, ZONE), "dinner")
    plan(None, "Price list", None, "other")
    yield made
    book.close()


@pytest.fixture
def start() -> Place:
    return Place("followups")


@pytest.fixture
def page(opened: MainWindow) -> FollowupsPage:
    """The page, read and laid out."""
    found = opened.area.page
    assert isinstance(found, FollowupsPage)
    return found


def called(services: Services, subject: str) -> AgendaItem:
    """The follow-up with this subject, open or done."""
    sections = services.activities.agenda(done_days=30)
    return next(i for items in sections.values() for i in items if i.subject == subject)
