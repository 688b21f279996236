"""The page of a record as it was: read only, day by day, with a way to bring it back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLabel

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind
from crm_desktop.settings import Settings
from crm_desktop.ui.contacts.as_of_page import AsOfPage
from crm_desktop.ui.language import tr
from crm_desktop.ui.shell.window import SMALLEST, dress
from tests.ui.audits.walking import cut_words, out_of_place, scrolled_sideways
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


def wear(desk: Desk, size: QSize, text: int) -> None:
    """Another size of the window and of its text, in percent."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    dress(app, Settings(language="en", theme="light", text_size=text))
    desk.window.resize(size)
    desk.settle()


def words(page: AsOfPage) -> list[str]:
    """What is said in the card, each where it first stands."""
    labels = [label for label in page._card.findChildren(QLabel) if label.isVisible()]
    labels.sort(key=lambda label: (label.y(), label.x()))
    return [label.text() for label in labels if label.text()]


def test_a_small_window_has_then_and_now_below_the_name_of_a_field(
    desk: Desk, page: AsOfPage
) -> None:
    mail = f"{'purchasing-' * 7}desk@hengyuan-precision-machinery.example.com"
    notes = f"Met at the fair.\n{'Seventyfivelettersofoneword' * 5}"
    desk.services.records.update(
        Kind.PERSON, desk.person, {"email": (mail,), "notes": notes, "title": "Buyer"}
    )
    desk.settle()
    page.buttons["mobile"].setFocus()
    for size, text, stacked in (
        (SMALLEST, 150, True),
        (QSize(1280, 800), 100, False),
        (SMALLEST, 100, False),
        (QSize(1280, 800), 150, False),
        (SMALLEST, 150, True),
    ):
        wear(desk, size, text)
        assert not list(scrolled_sideways(page)), (size, text)
        assert not [*cut_words(page), *out_of_place(page)], (size, text)
        assert (tr("as_of.field") not in words(page)) == stacked
        assert words(page).count(tr("as_of.then")) == (len(page.buttons) if stacked else 1)
        assert notes in words(page)
        assert page.buttons["mobile"].hasFocus()
        assert page.buttons["mobile"].accessibleName() == "Restore Mobile"
    at = words(page).index("Mobile")
    assert words(page)[at : at + 5] == ["Mobile", "Then", "138 1234 5678", "Now", "139 0000 0000"]
