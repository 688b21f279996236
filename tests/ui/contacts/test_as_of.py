"""The page of a record as it was: read only, day by day, with a way to bring it back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.contacts.as_of_page import AsOfPage
from tests.ui.record.conftest import NOW, Desk, desk

__all__ = ["desk"]


@pytest.fixture
def page(desk: Desk) -> AsOfPage:
    """Five days after it was recorded the person is called otherwise."""
    clock = desk.services.clock
    assert isinstance(clock, FixedClock)
    clock.moment = datetime(2026, 11, 25, 1, tzinfo=UTC)
    desk.services.records.update(
        Kind.PERSON, desk.person, {"name": "张大伟", "mobile": ("13900000000",)}
    )
    desk.open("person", desk.person).run_handler("as_of")
    desk.settle()
    shown = desk.window.area.page
    assert isinstance(shown, AsOfPage)
    return shown


def test_it_opens_before_the_last_change(page: AsOfPage) -> None:
    assert page.then is not None
    assert page.then.ref.title == "张伟"
    assert "20 Nov" in page.banner.accessibleName()
    assert set(page.buttons) == {"name", "mobile"}


def test_one_field_and_all_come_back(desk: Desk, page: AsOfPage) -> None:
    page.buttons["mobile"].click()
    desk.settle()
    assert desk.value(Kind.PERSON, desk.person, "mobile") == ("13812345678",)
    assert desk.value(Kind.PERSON, desk.person, "name") == "张大伟"
    assert set(page.buttons) == {"name"}
    page.restore_fields(None)
    desk.settle()
    assert desk.value(Kind.PERSON, desk.person, "name") == "张伟"
    assert page.buttons == {}
    for _ in range(2):
        desk.window.run_command("undo")
        desk.settle()
    assert desk.value(Kind.PERSON, desk.person, "name") == "张大伟"


def test_days_of_change_are_stepped_through(desk: Desk, page: AsOfPage) -> None:
    assert not page.earlier.isEnabled()
    page.later.click()
    desk.settle()
    assert page.then is not None
    assert page.then.ref.title == "张大伟"
    assert not page.later.isEnabled()
    page.day.changed.emit(NOW.date().replace(day=1))
    desk.settle()
    assert page.then is None
    assert "not recorded yet" in page.banner.accessibleName()
    page.back.click()
    desk.settle()
    here = desk.window.navigator.here
    assert here is not None
    assert (here.page, here.id) == ("person", desk.person)


def test_all_fields_on_request(page: AsOfPage) -> None:
    few = page._grid.count()
    page.only.click()
    assert page._grid.count() > few
