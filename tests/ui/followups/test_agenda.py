"""The agenda: ticking off, putting off, writing the outcome, and the line that plans."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton

from crm_desktop.domain.agenda import Section
from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services
from crm_desktop.ui.followups.model import Heading
from crm_desktop.ui.followups.page import FollowupsPage
from crm_desktop.ui.followups.painting import check_box, later_box
from crm_desktop.ui.language import set_language
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow
from tests.ui.followups.conftest import called
from tests.ui.resting import rest


def lines(page: FollowupsPage) -> list[str]:
    rows = page.agenda.rows
    found = [rows.line(row) for row in range(rows.rowCount())]
    return [f"{x.title} {x.count}" if isinstance(x, Heading) else x.subject for x in found if x]


def click(page: FollowupsPage, qtbot: Any, subject: str, zone: Any) -> None:
    row = page.agenda.rows.row_of(called(page.context.services, subject).id)
    assert row is not None
    rect = page.agenda.visualRect(page.agenda.rows.index(row, 0))
    viewport = page.agenda.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=zone(rect).center())


def button(window: MainWindow, words: str) -> QPushButton:
    return next(b for b in window.toasts.buttons if words in b.text())


def test_sections_with_counts(page: FollowupsPage) -> None:
    assert lines(page) == [
        "Overdue 1",
        "Drawings",
        "Today 1",
        "Quote",
        "Next 7 days 1",
        "Dinner",
        "No date 1",
        "Price list",
    ]
    assert page.head.count.text() == "4 open"


def test_sections_fold_and_stay_folded(page: FollowupsPage, qtbot: Any) -> None:
    page.agenda.setCurrentIndex(page.agenda.rows.index(0, 0))
    qtbot.keyClick(page.agenda, Qt.Key.Key_Space)
    assert lines(page)[:2] == ["Overdue 1", "Today 1"]
    kept = page.state()
    page.agenda.rows.set_open(Section.OVERDUE, True)
    page.restore(kept)
    assert page.agenda.rows.folded == {Section.OVERDUE}


def test_a_tick_is_done_at_once_offers_the_next_and_can_be_undone(
    page: FollowupsPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    drawings = called(services, "Drawings")
    click(page, qtbot, "Drawings", check_box)
    assert drawings.id in page.agenda.rows.struck
    rest(opened, qtbot)
    assert called(services, "Drawings").state == "done"
    assert "Drawings" in lines(page)  # struck through for a moment
    assert opened.toasts.text == "Done. What next?"
    qtbot.waitUntil(lambda: "Drawings" not in lines(page))
    opened.run_command("undo")
    qtbot.waitUntil(lambda: "Drawings" in lines(page))
    assert called(services, "Drawings").state == "planned"


def test_the_next_call_is_one_click(
    page: FollowupsPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    page.agenda.choose(called(services, "Quote").id)
    opened.run_command("done")
    rest(opened, qtbot)
    button(opened, "Call in 1 week").click()
    rest(opened, qtbot)
    planned = called(services, "Call Wei Zhang")
    assert planned.due is not None
    assert planned.due.day == date(2026, 11, 27)
    assert planned.person is not None


def test_a_visit_is_written_in_the_line_above(
    page: FollowupsPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    page.agenda.choose(called(services, "Quote").id)
    page.do_done()
    rest(opened, qtbot)
    button(opened, "Visit…").click()
    assert page.quick.text() == "Visit Wei Zhang 2026-11-27"
    qtbot.keyClick(page.quick.line, Qt.Key.Key_Return)
    rest(opened, qtbot)
    items = services.activities.open_of(called(services, "Quote").person)  # type: ignore[arg-type]
    visit = services.lists.by_code("activity_type", "visit").id
    assert [i.due.day for i in items if i.type_id == visit and i.due] == [date(2026, 11, 27)]


def test_later_keeps_the_promised_day(
    page: FollowupsPage,
    opened: MainWindow,
    services: Services,
    qtbot: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Without a window system there are no popups; what is in the menu counts.
    monkeypatch.setattr(QMenu, "popup", lambda _menu, _point: None)
    click(page, qtbot, "Drawings", later_box)
    menu = page.acts.menu
    assert menu is not None
    words = [action.text() for action in menu.actions() if action.text()]
    assert words[0] == "This afternoon"
    assert words[-1] == "Another day…"
    next(action for action in menu.actions() if action.text().startswith("Next Monday")).trigger()
    rest(opened, qtbot)
    item = called(services, "Drawings")
    assert item.show_from == date(2026, 11, 23)
    assert item.due is not None
    assert item.due.day == date(2026, 11, 18)
    opened.run_command("undo")
    rest(opened, qtbot)
    assert called(services, "Drawings").show_from == date(2026, 11, 18)


def test_later_takes_a_typed_day(
    page: FollowupsPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    popover = page.acts.ask_day(called(services, "Quote"), page.mapToGlobal(QPoint(10, 10)))
    field = popover.findChild(QLineEdit)
    qtbot.keyClicks(field, "3d")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    rest(opened, qtbot)
    assert called(services, "Quote").show_from == date(2026, 11, 23)


def test_without_a_promise_later_makes_one(
    page: FollowupsPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    page.acts.put_off(called(services, "Price list"), date(2026, 11, 21))
    rest(opened, qtbot)
    item = called(services, "Price list")
    assert item.due is not None
    assert item.due.day == date(2026, 11, 21)


def test_the_outcome_is_written_in_place(
    page: FollowupsPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    page.agenda.choose(called(services, "Quote").id)
    qtbot.keyClick(page.agenda, Qt.Key.Key_Return)
    editor = page.agenda.viewport().findChild(QLineEdit)
    qtbot.keyClicks(editor, "wants 5% off")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    rest(opened, qtbot)
    item = called(services, "Quote")
    assert (item.state, item.outcome) == ("done", "wants 5% off")


def test_leaving_the_outcome_keeps_it_without_ticking(
    page: FollowupsPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    item = called(services, "Quote")
    page.agenda.expand(item.id)
    editor = page.agenda.viewport().findChild(QLineEdit)
    qtbot.keyClicks(editor, "half")
    page.agenda.painter_of_rows.commitData.emit(editor)
    rest(opened, qtbot)
    assert (called(services, "Quote").state, called(services, "Quote").outcome) == (
        "planned",
        "half",
    )


def test_one_line_plans_with_chips_before_enter(
    page: FollowupsPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    opened.run_command("new_followup")
    qtbot.keyClicks(page.quick.line, "visit Wei tomorrow 3pm about samples")
    qtbot.waitUntil(lambda: len(page.quick.chips) == 4)
    assert [chip.text() for chip in page.quick.chips] == ["Visit", "Tomorrow", "15:00", "Wei Zhang"]
    assert page.has_unsaved_text()
    qtbot.keyClick(page.quick.line, Qt.Key.Key_Return)
    rest(opened, qtbot)
    item = called(services, "samples")
    assert item.due is not None
    assert (item.due.day, item.due.time) == (date(2026, 11, 21), time(15))
    assert item.person is not None
    assert item.person.title == "Wei Zhang"
    assert page.agenda.chosen() == item.id


def test_a_plan_is_chosen_even_where_its_news_was_read_before(
    page: FollowupsPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    made = services.activities.quick_add("call Wei tomorrow about delivery")
    rest(opened, qtbot)
    assert page.agenda.rows.row_of(made) is not None
    assert page.agenda.chosen() != made
    page.quick.planned.emit(made)
    assert page.agenda.chosen() == made


def test_a_plan_about_a_record(
    page: FollowupsPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    deal = services.records.create(Kind.OPPORTUNITY, {"title": "Retrofit"})
    opened.navigator.go(Place.to("followups", new="1", about=f"opportunity/{deal}"))
    assert page.quick.chips[0].text() == "About Retrofit"
    qtbot.keyClicks(page.quick.line, "call tomorrow")
    qtbot.keyClick(page.quick.line, Qt.Key.Key_Return)
    rest(opened, qtbot)
    about = [i.about for i in services.activities.agenda()[Section.TOMORROW]]
    assert about[0] is not None
    assert about[0].id == deal


def test_filters_and_done_ones(
    page: FollowupsPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    page.head.kind.set_value(services.lists.by_code("activity_type", "dinner").id)
    page.head.filter_changed.emit()
    assert lines(page) == ["Next 7 days 1", "Dinner"]
    page.head.clear_filters()
    services.activities.complete(called(services, "Quote").id)
    rest(opened, qtbot)
    assert "Quote" not in lines(page)
    page.head.done.setChecked(True)
    rest(opened, qtbot)
    assert "Quote" in lines(page)
    click(page, qtbot, "Quote", check_box)
    rest(opened, qtbot)
    assert called(services, "Quote").state == "planned"


def test_an_empty_page_says_what_to_do(
    page: FollowupsPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    services.records.trash(Kind.ACTIVITY, list(services.records.ids(Kind.ACTIVITY)))
    rest(opened, qtbot)
    assert page.empty.isVisible()


def test_it_follows_the_language_and_keeps_what_is_typed(
    page: FollowupsPage, dressed: QApplication
) -> None:
    page.quick.line.setText("half a sentence")
    set_language("zh")
    assert page.head.title.text() == "跟进"
    assert lines(page)[0] == "已逾期 1"
    assert page.quick.text() == "half a sentence"


def test_a_place_of_one_follow_up_shows_it(
    page: FollowupsPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    item = called(services, "Dinner")
    opened.navigator.go(Place.record(Kind.ACTIVITY, item.id))
    rest(opened, qtbot)
    assert page.agenda.chosen() == item.id


def test_a_key_that_leads_here_leads_to_the_first_of_them(
    page: FollowupsPage, opened: MainWindow, qtbot: Any
) -> None:
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    opened.run_command("go_today")
    rest(opened, qtbot)
    opened.run_command("go_followups")
    rest(opened, qtbot)
    assert page.agenda.hasFocus()
    assert page.agenda.chosen() == called(page.context.services, "Drawings").id


def test_a_heading_with_the_keyboard_shows_it_and_keeps_it(
    page: FollowupsPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    page.agenda.setFocus()
    heading = page.agenda.rows.index(2, 0)
    box = page.agenda.visualRect(heading)
    page.agenda.setCurrentIndex(page.agenda.rows.index(1, 0))
    before = page.agenda.viewport().grab(box).toImage()
    page.agenda.setCurrentIndex(heading)
    assert page.agenda.viewport().grab(box).toImage() != before
    services.activities.plan(None, "Samples", None, "other")
    rest(opened, qtbot)
    assert "No date 2" in lines(page)
    assert page.agenda.currentIndex().row() == 2


def test_each_field_of_a_follow_up_is_edited_in_place(
    page: FollowupsPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    chosen = called(services, "Drawings").id
    page.agenda.choose(chosen)
    page.agenda.setFocus()
    opened.run_command("edit")
    rest(opened, qtbot)
    details = page.acts.details
    assert details is not None
    subject = details.rows[0]
    assert subject.line.hasFocus()
    qtbot.keyClick(subject.line, Qt.Key.Key_Return)
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    line.selectAll()
    qtbot.keyClicks(line, "All drawings")
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    rest(opened, qtbot)
    assert called(services, "All drawings").id == chosen
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert details.isHidden()
    assert page.agenda.hasFocus()
    assert page.agenda.chosen() == chosen


def test_what_was_done_long_ago_shows_itself_when_somebody_comes_for_it(
    page: FollowupsPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    found = called(services, "Price list").id
    services.activities.complete(found, "sent")
    opened.navigator.go(Place("today"))
    rest(opened, qtbot)
    opened.navigator.go(Place.record("activity", found))
    rest(opened, qtbot)
    details = page.acts.details
    assert details is not None
    assert details.isVisible()
    assert details.rows[0].line.text() == "Price list"
    details.trash_wished.emit(details.editing.ref)
    rest(opened, qtbot)
    assert services.records.card(Kind.ACTIVITY, found).trashed
    assert details.isHidden()


def test_the_plain_list_is_one_of_the_views(
    page: FollowupsPage, opened: MainWindow, qtbot: Any
) -> None:
    page.head.views.changed.emit("list")
    rest(opened, qtbot)
    assert opened.navigator.here == Place("activities")
    opened.run_command("back")
    rest(opened, qtbot)
    assert page.view() == "agenda"
    assert page.head.views.current() == "agenda"


def test_undo_after_planning_takes_back_the_plan_and_not_the_typing(
    page: FollowupsPage, opened: MainWindow, qtbot: Any
) -> None:
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    line = page.quick.line
    line.setFocus()
    qtbot.keyClicks(line, "Samples")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    rest(opened, qtbot)
    assert "Samples" in lines(page)
    assert not line.isUndoAvailable()  # so the keys go on to the book
    opened.run_command("undo")
    rest(opened, qtbot)
    assert "Samples" not in lines(page)
    assert line.text() == ""
