"""Helpers on the page of an opportunity and of a follow-up, chosen and taken out by keyboard."""

from __future__ import annotations

from datetime import date
from threading import Event

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.parts import Helper
from crm_desktop.ui.followups.details import FollowupDetails
from crm_desktop.ui.record.activity_popover import ActivityPopover
from crm_desktop.ui.record.field_row import FieldRow
from crm_desktop.ui.widgets import Chip, LinkField, LinksField
from tests.ui.record.conftest import Desk, compose

# Lists that drop down.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def colleagues(desk: Desk) -> list[int]:
    """Two who are with us, and one who has left."""
    made = [desk.services.records.create(Kind.STAFF, {"name": n}) for n in ("陈志远", "林静")]
    left = {"name": "吴晓梅", "active_to": date(2026, 5, 31)}
    made.append(desk.services.records.create(Kind.STAFF, left))
    desk.settle()
    return made


def opened(desk: Desk) -> FieldRow:
    """The facts of the opportunity with the helpers being edited."""
    page = desk.open("opportunity", desk.opportunity)
    page.facts.edit("helpers")
    desk.settle()
    row: FieldRow = page.facts.rows["helpers"]
    assert row.is_editing
    return row


def field_of(row: FieldRow) -> LinksField:
    assert row._editor is not None
    inner = row._editor.inner
    assert isinstance(inner, LinksField)
    return inner


def stored(desk: Desk) -> list[str]:
    parts = desk.value(Kind.OPPORTUNITY, desk.opportunity, "helpers")
    return [one.what.title for one in parts]


def take(desk: Desk, line: QLineEdit, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    """Type a name and take what is offered first."""
    before = len(field_around(line).value())
    assert isinstance(line, LinkField)
    popup = line._popup
    compose(line, text)
    desk.qtbot.waitUntil(lambda: popup.isVisible(), timeout=20_000)
    desk.qtbot.keyClick(line, key)
    desk.qtbot.waitUntil(lambda: len(field_around(line).value()) > before, timeout=20_000)
    # Without a desktop the list that dropped down stays the active window.
    desk.window.activateWindow()
    desk.qtbot.waitUntil(desk.window.isActiveWindow, timeout=20_000)


def field_around(line: QWidget) -> LinksField:
    around = line.parentWidget()
    assert isinstance(around, LinksField)
    return around


def test_several_are_chosen_and_the_last_taken_back(desk: Desk, colleagues: list[int]) -> None:
    row = opened(desk)
    field = field_of(row)
    assert field.line.hasFocus()
    assert field.line.accessibleName() == "Helpers"
    take(desk, field.line, "林")
    take(desk, field.line, "陈", Qt.Key.Key_Comma)
    assert field.titles() == ("林静", "陈志远")
    assert field.line.text() == ""
    assert stored(desk) == []  # not before the field is left
    desk.qtbot.keyClick(field.line, Qt.Key.Key_Return)
    desk.settle()
    assert not row.is_editing
    assert stored(desk) == ["林静", "陈志远"]
    desk.services.history.undo()
    desk.settle()
    assert stored(desk) == []
    desk.services.history.redo()
    field = field_of(opened(desk))
    desk.qtbot.keyClick(field.line, Qt.Key.Key_Backspace)
    assert field.titles() == ("林静",)
    page = desk.open("company", desk.company)  # going away stores
    assert page.facts is not None
    assert stored(desk) == ["林静"]


def test_chips_are_reached_and_removed_by_keyboard(desk: Desk, colleagues: list[int]) -> None:
    parts = tuple(Helper(one) for one in colleagues)
    desk.services.records.update(Kind.OPPORTUNITY, desk.opportunity, {"helpers": parts})
    row = opened(desk)
    field = field_of(row)
    desk.qtbot.keyClick(field.line, Qt.Key.Key_Backtab)
    chip = QApplication.focusWidget()
    assert isinstance(chip, Chip)
    assert chip.text() == "吴晓梅"  # who has left is on old records still
    assert row.is_editing
    desk.qtbot.keyClick(chip, Qt.Key.Key_Delete)  # the chip, not the opportunity
    assert field.line.hasFocus()
    assert field.titles() == ("陈志远", "林静")
    compose(field.line, "吴")
    desk.qtbot.waitUntil(field.line._popup.isVisible, timeout=20_000)
    assert field.line._rows.item(0).text() == "Create “吴”"  # and not offered any more
    field.line._popup.hide()
    field.line.clear()
    desk.window.activateWindow()
    desk.qtbot.waitUntil(desk.window.isActiveWindow, timeout=20_000)
    desk.qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    desk.settle()
    assert len(stored(desk)) == 3  # Escape drops what was done here


def test_a_colleague_nobody_knows_is_made(desk: Desk) -> None:
    row = opened(desk)
    field = field_of(row)
    take(desk, field.line, "周海")
    assert field.titles() == ("周海",)
    desk.qtbot.keyClick(field.line, Qt.Key.Key_Return)
    desk.settle()
    assert stored(desk) == ["周海"]
    assert desk.services.records.count(Kind.STAFF) == 1


@pytest.mark.parametrize("key", ["in_charge", "helpers"])
def test_a_colleague_made_when_the_field_is_left_for_good_is_dropped(desk: Desk, key: str) -> None:
    """The writer is at a long piece of work meanwhile."""
    page = desk.open("opportunity", desk.opportunity)
    page.facts.edit(key)
    editor = page.facts.rows[key]._editor
    assert editor is not None
    busy = Event()
    desk.window.jobs.run_writer(lambda _progress: busy.wait(20))
    inner = editor.inner
    assert isinstance(inner, LinkField | LinksField)
    with desk.qtbot.captureExceptions() as raised:
        inner.create_wanted.emit("周海")
        editor.cancel()
        del inner, editor
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        busy.set()
        desk.settle()
    assert raised == []
    assert desk.services.records.count(Kind.STAFF) == 1
    assert not desk.value(Kind.OPPORTUNITY, desk.opportunity, key)


def test_what_is_typed_but_not_chosen_is_asked_about(desk: Desk, colleagues: list[int]) -> None:
    row = opened(desk)
    field = field_of(row)
    field.line._search = lambda _text: None  # what is found comes later
    compose(field.line, "林")
    desk.qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert row.is_editing
    assert not row.leave()
    assert "林" in row._problem._text.text()
    field.line.clear()
    assert row.leave()


def test_an_activity_has_them_in_both_of_its_forms(desk: Desk, colleagues: list[int]) -> None:
    desk.services.records.update(
        Kind.ACTIVITY, desk.step, {"helpers": tuple(map(Helper, colleagues[:2]))}
    )
    desk.services.activities.complete(desk.step, "ok")
    page = desk.open("person", desk.person)
    popover = ActivityPopover(page.context, Ref(Kind.ACTIVITY, desk.step, ""), page)
    desk.qtbot.addWidget(popover)
    assert popover.rows["helpers"].line.text() == "陈志远\n林静"
    popover.rows["helpers"].edit()
    field = field_of(popover.rows["helpers"])
    assert field.titles() == ("陈志远", "林静")
    details = FollowupDetails(page.context, page)
    desk.qtbot.addWidget(details)
    assert "helpers" in [row.field.key for row in details.rows]
