"""Today: what it shows is what the services say, and every row and number works."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from crm_desktop.domain.agenda import AgendaItem, Section
from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.language import set_language
from crm_desktop.ui.shell.window import dress
from crm_desktop.ui.today.actions import brief_chip
from crm_desktop.ui.today.page import TodayPage
from crm_desktop.ui.widgets.lines import FigureButton
from tests.ui.today.conftest import TODAY, ZONE, Desk, lines


def subjects(page: TodayPage, section: Section) -> list[str]:
    rows = page.actions_of_day.cards[section].list.rows
    return [rows.line(row).subject for row in range(rows.rowCount())]  # type: ignore[union-attr]


def test_shows_what_the_services_say(desk: Desk) -> None:
    page, panels = desk.page, desk.services.today.panels()
    assert page.title() == "Friday, 20 November"
    words = [figure.text() for figure in page.figures.values()]
    assert words == ["3 to do", "2 overdue", "2 birthdays this week"]
    assert subjects(page, Section.OVERDUE) == ["Call back about delivery", "Send drawings"]
    assert subjects(page, Section.TODAY) == ["Call about the quote"]
    assert subjects(page, Section.WEEK) == ["Yearly price list"]
    assert [line.text() for line in lines(page.birthdays)] == ["Wei Zhang", "Fiona Wang"]
    assert len(lines(page.attention)) == len(panels.attention)
    assert page.pipeline.total.text() == "¥86,400"
    won, calls, *_ = page.month.figures.tiles()
    assert isinstance(won, FigureButton)
    assert isinstance(calls, FigureButton)
    assert (won.value(), calls.value()) == ("¥12k (1)", str(panels.month.this.calls))
    for key, count in (("recent_companies", 1), ("recent_people", 3), ("recent_opportunities", 2)):
        assert len(lines(page.board.panels[key])) == count


def test_a_tick_is_done_at_once_and_can_be_undone(desk: Desk) -> None:
    rows = desk.page.actions_of_day.cards[Section.TODAY].list
    done = desk.tick(rows, "Call about the quote")
    assert done in rows.rows.struck
    desk.settle()
    assert desk.services.activities.item(done).state == "done"
    assert desk.window.toasts.text == "Done. What next?"
    desk.released()
    assert subjects(desk.page, Section.TODAY) == []
    assert desk.page.figures["due"].text() == "2 to do"
    desk.window.run_command("undo")
    desk.settle()
    assert desk.services.activities.item(done).state == "planned"
    assert subjects(desk.page, Section.TODAY) == ["Call about the quote"]


def test_the_next_step_is_offered(desk: Desk) -> None:
    rows = desk.page.actions_of_day.cards[Section.OVERDUE].list
    desk.tick(rows, "Send drawings")
    desk.settle()
    desk.choose("Call in 1 week")
    agenda = desk.services.activities.agenda()
    planned = [
        item for items in agenda.values() for item in items if item.subject.startswith("Call Wei")
    ]
    assert [item.due.day for item in planned if item.due] == [TODAY + timedelta(days=7)]


def test_a_visit_is_written_in_the_line(desk: Desk) -> None:
    rows = desk.page.actions_of_day.cards[Section.OVERDUE].list
    desk.tick(rows, "Send drawings")
    desk.settle()
    desk.choose("Visit…")
    assert "Wei Zhang" in desk.page.quick.text()


def test_later_keeps_what_was_promised(desk: Desk) -> None:
    page = desk.page
    rows = page.actions_of_day.cards[Section.TODAY].list
    item = rows.rows.line(0)
    menu = page.acts.later_menu(item, rows.later_point(item.id))  # type: ignore[arg-type,union-attr]
    next(a for a in menu.actions() if a.text().startswith("Tomorrow")).trigger()
    desk.settle()
    assert subjects(page, Section.TODAY) == []
    assert "Call about the quote" in subjects(page, Section.WEEK)
    moved = desk.services.activities.item(item.id)  # type: ignore[union-attr]
    assert moved.due is not None
    assert moved.due.day == TODAY
    assert moved.show_from == TODAY + timedelta(days=1)


def test_one_line_plans_a_follow_up(desk: Desk) -> None:
    page = desk.page
    QTest.keyClicks(page.quick.line, "call Wei Zhang tomorrow 3pm")
    desk.qtbot.waitUntil(lambda: len(page.quick.chips) == 4)
    assert {"Wei Zhang", "15:00", "Tomorrow"} <= {chip.text() for chip in page.quick.chips}
    QTest.keyClick(page.quick.line, Qt.Key.Key_Return)
    desk.settle()
    assert page.quick.text() == ""
    tomorrow = desk.services.activities.agenda()[Section.TOMORROW]
    assert [item.person.title for item in tomorrow if item.person] == ["Wei Zhang"]
    assert len(subjects(page, Section.WEEK)) == 2


def test_typed_text_survives_news_and_languages(desk: Desk) -> None:
    page = desk.page
    QTest.keyClicks(page.quick.line, "call Wei")
    QTest.keyClicks(page.notices.line, "Closed on Friday")
    desk.services.records.create(Kind.COMPANY, {"name": "Greenspring"})
    desk.settle()
    set_language("zh")
    desk.settle()
    assert (page.quick.text(), page.notices.line.text()) == ("call Wei", "Closed on Friday")
    assert page.title() == "11月20日 星期五"
    assert page.figures["overdue"].text() == "2 项逾期"
    again = TodayPage(desk.window.area.page.context)  # type: ignore[union-attr]
    desk.qtbot.addWidget(again)
    again.restore(page.state())
    assert (again.quick.text(), again.notices.line.text()) == ("call Wei", "Closed on Friday")


def test_a_promise_put_off_is_told_in_full(desk: Desk) -> None:
    rows = desk.page.actions_of_day.cards[Section.TODAY].list
    item = rows.rows.line(0)
    assert isinstance(item, AgendaItem)
    assert brief_chip(item, TODAY)[0] == "14:00"
    desk.services.activities.snooze(item.id, TODAY + timedelta(days=2))
    later = desk.services.activities.item(item.id)
    assert brief_chip(later, TODAY)[0] == "Today 14:00"
    for days, words in ((6, "Thu"), (7, "Fri 27 Nov")):  # the same weekday again has its date
        due = Due(TODAY + timedelta(days=days), None, ZONE)
        far = replace(item, due=due, show_from=due.day)
        assert brief_chip(far, TODAY)[0] == words


def test_lists_leave_the_wheel_to_the_page(desk: Desk) -> None:
    desk.window.resize(1024, 600)
    desk.settle()
    rows = desk.page.actions_of_day.cards[Section.OVERDUE].list
    place = rows.viewport().rect().center()
    wheel = QWheelEvent(
        QPointF(place),
        QPointF(rows.viewport().mapToGlobal(place)),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(rows.viewport(), wheel)
    assert not wheel.isAccepted()


def test_the_page_follows_the_keyboard(desk: Desk) -> None:
    page = desk.page
    desk.window.resize(1024, 600)
    desk.settle()
    rows = page.actions_of_day.cards[Section.WEEK].list
    rows.setFocus()
    rows.setCurrentIndex(rows.rows.index(0, 0))
    desk.settle()
    box = rows.visualRect(rows.currentIndex())
    top = rows.viewport().mapTo(page.view.viewport(), box.topLeft()).y()
    assert 0 <= top <= page.view.viewport().height() - box.height()


def test_records_are_opened(desk: Desk) -> None:
    desk.qtbot.mouseClick(lines(desk.page.birthdays)[0], Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.here().page == "person"
    panel = desk.go().board.panels["recent_opportunities"]
    desk.qtbot.mouseClick(lines(panel)[0], Qt.MouseButton.LeftButton)
    assert desk.here().page == "opportunity"


def test_the_figures_of_the_title(desk: Desk) -> None:
    page = desk.page
    page.figures["overdue"].click()
    chosen = page.actions_of_day.chosen()
    assert chosen is not None
    assert chosen[0].subject == "Call back about delivery"
    assert page.handles("done")
    assert page.selected_place() is not None
    page.do_done()
    desk.settle()
    assert desk.services.activities.item(chosen[0].id).state == "done"
    page.figures["birthdays"].click()
    assert desk.here().page == "birthdays"


def test_an_outcome_being_written_survives_another_language(desk: Desk) -> None:
    rows = desk.page.actions_of_day.cards[Section.TODAY].list
    item = rows.rows.line(0)
    assert isinstance(item, AgendaItem)
    rows.expand(item.id)
    editor = rows.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    QTest.keyClicks(editor, "agreed")
    set_language("zh")
    desk.settle()
    QTest.keyClick(editor, Qt.Key.Key_Return)
    desk.settle()
    done = desk.services.activities.item(item.id)
    assert (done.state, done.outcome) == ("done", "agreed")


def test_nothing_left_names_the_next_one(desk: Desk) -> None:
    agenda = desk.services.activities.agenda()
    for section in (Section.OVERDUE, Section.TODAY):
        for item in agenda[section]:
            desk.services.activities.complete(item.id)
    desk.settle()
    nothing = desk.page.actions_of_day.nothing
    assert nothing.isVisible()
    assert not desk.page.actions_of_day.cards[Section.TODAY].isVisible()
    assert lines(nothing)[0].text() == "Next: Yearly price list"


def test_a_new_day_begins_at_midnight(desk: Desk) -> None:
    desk.clock.moment += timedelta(hours=15, minutes=1)
    desk.page._look_at_clock()
    desk.settle()
    assert desk.clock.today() == date(2026, 11, 21)
    assert desk.page.title() == "Saturday, 21 November"
    assert "Call about the quote" in subjects(desk.page, Section.OVERDUE)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("percent", [100, 150])
def test_nothing_is_cut_in_a_small_window(desk: Desk, language: str, percent: int) -> None:
    page = desk.page
    settings = desk.window.settings
    settings.language, settings.text_size = language, percent
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    dress(app, settings)
    desk.window.resize(1024, 600)
    desk.settle()
    inner = page.view.widget()
    assert inner is not None
    assert inner.width() <= page.view.viewport().width()
    assert inner.minimumSizeHint().width() <= page.view.viewport().width()
    for panel in page.board.panels.values():
        assert panel.width() >= panel.minimumSizeHint().width()
    settings.text_size = 100
