"""The forms of a person's page by mouse and by keyboard, from opening to the way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QScrollArea, QWidget

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.ui.contacts.anniversary_form import AnniversaryForm
from crm_desktop.ui.contacts.form_popover import FormPopover
from crm_desktop.ui.contacts.gift_form import GiftForm
from crm_desktop.ui.contacts.job_form import JobForm
from crm_desktop.ui.contacts.relation_form import RelationForm
from crm_desktop.ui.record.field_row import FieldRow
from crm_desktop.ui.record.file_form import FileForm
from crm_desktop.ui.record.page import RecordPage
from crm_desktop.ui.record.panel import LinkRow
from crm_desktop.ui.widgets import IconButton, LinkField
from tests.ui.record.conftest import Desk, desk

__all__ = ["desk"]

Key = Qt.Key
lists_that_drop_down = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
FORMS: dict[str, type[FormPopover]] = {
    "jobs": JobForm,
    "relations": RelationForm,
    "anniversaries": AnniversaryForm,
    "gifts": GiftForm,
}


def form_of(page: RecordPage, kind: type[FormPopover]) -> FormPopover:
    """The one open form of this class."""
    (form,) = [form for form in page.window().findChildren(kind) if form.isVisible()]
    assert isinstance(form, kind)
    return form


def button_of(page: RecordPage, panel: str, act: str = "") -> IconButton:
    """The plus of a panel, or the button of an act in its first row; scrolled to."""
    whole = page.related.extras.panels[panel]
    found: IconButton = whole.plus
    if act:
        rows = [row for row in whole.findChildren(LinkRow) if not row.isHidden()]
        buttons = rows[0].findChildren(IconButton)
        found = next(button for button in buttons if act in button.accessibleName())
    above = found.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(found)
        above = above.parentWidget()
    return found


def opened(page: RecordPage, panel: str, act: str = "") -> FormPopover:
    """The form, opened with the keyboard."""
    button = button_of(page, panel, act)
    button.setFocus()
    QTest.keyClick(button, Key.Key_Space)
    return form_of(page, FORMS.get(panel, FileForm))


def focus() -> QWidget:
    """Where the keyboard is."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def stops(form: FormPopover) -> list[QWidget]:
    """Where Tab stops within a form, from the first input on."""
    seen: list[QWidget] = []
    while form.isAncestorOf(here := focus()) and here not in seen:
        seen.append(here)
        QTest.keyClick(here, Key.Key_Tab)
    return seen


def choose(desk: Desk, field: LinkField, text: str) -> None:
    """Type and take the first record that is found."""
    QTest.keyClicks(field, text)
    popup = field._popup
    desk.qtbot.waitUntil(lambda: popup.isVisible() and popup.model().rowCount() > 0, timeout=20000)
    QTest.keyClick(popup, Key.Key_Down)
    QTest.keyClick(popup, Key.Key_Return)


def step(box: QWidget, count: int) -> None:
    """Down the entries of a closed box."""
    assert isinstance(box, QComboBox)
    for _ in range(count):
        QTest.keyClick(box, Key.Key_Down)


@pytest.mark.parametrize("panel", FORMS)
def test_tab_stops_in_the_order_of_reading_and_every_stop_has_a_name(
    desk: Desk, panel: str
) -> None:
    form = opened(desk.open("person", desk.person), panel)
    assert form.isAncestorOf(focus())
    found = stops(form)
    assert {form.save_button, form.cancel_button} <= set(found)
    assert all(widget.accessibleName() or widget.property("text") for widget in found)

    def place(widget: QWidget) -> tuple[int, int]:
        corner = widget.mapTo(form, QPoint(0, 0))
        # Things side by side differ by a few pixels in height: a line of the form is one row.
        return (corner.y() + widget.height() // 2) // 24, corner.x()

    assert [place(widget) for widget in found] == sorted(place(widget) for widget in found)


@pytest.mark.parametrize("panel", FORMS)
def test_esc_closes_keeps_nothing_and_gives_the_keyboard_back(desk: Desk, panel: str) -> None:
    page = desk.open("person", desk.person)
    button = button_of(page, panel)
    form = opened(page, panel)
    QTest.keyClick(focus(), Key.Key_Escape)
    assert not form.isVisible()
    assert focus() is button
    desk.settle()
    assert desk.services.gifts.of(desk.person) == []
    assert desk.services.anniversaries.of(desk.person) == []


@pytest.mark.parametrize("panel", FORMS)
def test_cancel_by_mouse(desk: Desk, panel: str) -> None:
    page = desk.open("person", desk.person)
    button = button_of(page, panel)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    form = form_of(page, FORMS[panel])
    QTest.mouseClick(form.cancel_button, Qt.MouseButton.LeftButton)
    assert not form.isVisible()
    desk.settle()
    assert desk.services.gifts.of(desk.person) == []
    assert len(desk.services.people.jobs(desk.person)) == 1


def test_an_anniversary_by_keyboard(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    button = button_of(page, "anniversaries")
    form = opened(page, "anniversaries")
    assert isinstance(form, AnniversaryForm)
    QTest.keyClicks(focus(), "Wedding day")
    day = form.day
    while focus() is not day._year:
        QTest.keyClick(focus(), Key.Key_Tab)
    QTest.keyClicks(focus(), "2011")
    QTest.keyClick(focus(), Key.Key_Tab)
    step(focus(), 5)
    QTest.keyClick(focus(), Key.Key_Tab)
    step(focus(), 20)
    QTest.keyClick(focus(), Key.Key_Return)
    desk.settle()
    (kept,) = desk.services.anniversaries.of(desk.person)
    assert (kept.name, kept.day) == ("Wedding day", Birthday(5, 20, 2011))
    assert focus() is button


def test_an_anniversary_by_mouse(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    QTest.mouseClick(button_of(page, "anniversaries"), Qt.MouseButton.LeftButton)
    form = form_of(page, AnniversaryForm)
    assert isinstance(form, AnniversaryForm)
    QTest.mouseClick(form.name, Qt.MouseButton.LeftButton)
    QTest.keyClicks(form.name, "First order")
    lunar = next(b for b in form.day._calendar._buttons.values() if b.text() == "Lunar")
    QTest.mouseClick(lunar, Qt.MouseButton.LeftButton)
    for box, row in ((form.day._month, 10), (form.day._day, 14)):
        step(box, row)
    QTest.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    desk.settle()
    (kept,) = desk.services.anniversaries.of(desk.person)
    assert (kept.name, kept.day) == ("First order", Birthday(10, 14, lunar=True))
    QTest.mouseClick(button_of(page, "anniversaries", "Edit"), Qt.MouseButton.LeftButton)
    form = form_of(page, AnniversaryForm)
    QTest.mouseClick(form.remove_button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.services.anniversaries.of(desk.person) == []


def test_a_gift_by_keyboard(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    button = button_of(page, "gifts")
    form = opened(page, "gifts")
    assert isinstance(form, GiftForm)
    while focus() is not form.what:
        QTest.keyClick(focus(), Key.Key_Tab)
    QTest.keyClicks(focus(), "Tea")
    QTest.keyClick(focus(), Key.Key_Tab)
    QTest.keyClick(focus(), Key.Key_Tab)
    QTest.keyClicks(focus(), "380")
    QTest.keyClick(focus(), Key.Key_Return)
    desk.settle()
    (gift,) = desk.services.gifts.of(desk.person)
    assert (gift.what, str(gift.value)) == ("Tea", "380.00")
    assert focus() is button


@lists_that_drop_down
def test_a_job_by_keyboard(desk: Desk) -> None:
    desk.services.records.create(Kind.COMPANY, {"name": "Haituo Marine"})
    page = desk.open("person", desk.person)
    form = opened(page, "jobs")
    assert isinstance(form, JobForm)
    choose(desk, form.company, "Haituo")
    form.company.setFocus()
    QTest.keyClick(focus(), Key.Key_Tab)
    QTest.keyClicks(focus(), "Adviser")
    QTest.keyClick(focus(), Key.Key_Return)
    desk.settle()
    job = desk.services.people.jobs(desk.person)[1]
    assert job.company is not None
    assert (job.company.title, job.title) == ("Haituo Marine", "Adviser")


@lists_that_drop_down
def test_a_relation_by_keyboard(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    form = opened(page, "relations")
    assert isinstance(form, RelationForm)
    choose(desk, form.other, "lina")
    form.other.setFocus()
    QTest.keyClick(focus(), Key.Key_Tab)
    step(focus(), 1)
    QTest.keyClick(focus(), Key.Key_Tab)
    QTest.keyClicks(focus(), "trade fair")
    QTest.keyClick(focus(), Key.Key_Return)
    desk.settle()
    (relation,) = desk.services.people.relations(desk.person)
    assert (relation.other.title, relation.note) == ("李娜", "trade fair")


def test_a_file_by_keyboard(desk: Desk) -> None:
    ref = Ref(Kind.PERSON, desk.person, "张伟")
    file = desk.services.attachments.add_bytes(ref, "license.pdf", b"x")
    page = desk.open("person", desk.person)
    form = opened(page, "files", "Type, version")
    assert isinstance(form, FileForm)
    found = stops(form)
    assert found[-2:] == [form.save_button, form.cancel_button]
    form.version.setFocus()
    QTest.keyClicks(focus(), "3")
    QTest.keyClick(focus(), Key.Key_Tab)
    QTest.keyClicks(focus(), "2026-12-24")
    QTest.keyClick(focus(), Key.Key_Return)
    desk.settle()
    kept = desk.services.attachments.one(file)
    assert (kept.file_version, kept.expires_on) == ("3", date(2026, 12, 24))
    assert page.isAncestorOf(focus())


def test_a_file_by_mouse(desk: Desk) -> None:
    ref = Ref(Kind.PERSON, desk.person, "张伟")
    file = desk.services.attachments.add_bytes(ref, "license.pdf", b"x")
    page = desk.open("person", desk.person)
    QTest.mouseClick(button_of(page, "files", "Type, version"), Qt.MouseButton.LeftButton)
    form = form_of(page, FileForm)
    assert isinstance(form, FileForm)
    QTest.mouseClick(form.version, Qt.MouseButton.LeftButton)
    QTest.keyClicks(form.version, "B")
    QTest.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.services.attachments.one(file).file_version == "B"


@pytest.mark.parametrize("key", ["preferences", "taboos"])
def test_preferences_and_taboos_are_written_in_place(desk: Desk, key: str) -> None:
    page = desk.open("person", desk.person)
    page.facts.more.click()
    row: FieldRow = page.facts.rows[key]
    row.line.setFocus()
    QTest.keyClick(focus(), Key.Key_Return)
    assert row.is_editing
    QTest.keyClicks(focus(), "no coffee")
    QTest.keyClick(focus(), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert desk.value(Kind.PERSON, desk.person, key) == "no coffee"
    desk.window.run_command("undo")
    desk.settle()
    assert not desk.value(Kind.PERSON, desk.person, key)


@pytest.mark.parametrize("field", [lambda form: form.name, lambda form: form.day._year])
def test_what_is_typed_is_not_lost_on_a_click_elsewhere(
    desk: Desk, field: Callable[[AnniversaryForm], QWidget]
) -> None:
    page = desk.open("person", desk.person)
    form = opened(page, "anniversaries")
    assert isinstance(form, AnniversaryForm)
    QTest.keyClicks(field(form), "12")
    QTest.mouseClick(page.header, Qt.MouseButton.LeftButton)
    assert form.isVisible()
