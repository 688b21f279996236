"""Today: what it shows is what the services say, and every row and number works."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from crm_desktop.domain.agenda import AgendaItem, Section
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import EVERYTHING
from crm_desktop.ui.language import set_language
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import dress
from crm_desktop.ui.today.actions import brief_chip
from crm_desktop.ui.today.page import TodayPage
from crm_desktop.ui.widgets import IconButton
from crm_desktop.ui.widgets.lines import FigureButton, LineButton
from tests.ui.today.conftest import TODAY, Desk


def lines(panel: object) -> list[LineButton]:
    found = panel.findChildren(LineButton)  # type: ignore[attr-defined]
    return [line for line in found if line.isVisibleTo(panel)]  # type: ignore[arg-type]


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


def test_every_number_opens_its_rows(desk: Desk) -> None:
    attention = desk.services.today.attention()
    assert attention
    for number, item in enumerate(attention):
        line = lines(desk.go().attention)[number]
        desk.qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
        assert desk.behind(item.rows.kind) == item.count
        desk.settle()


def test_the_month_opens_its_rows(desk: Desk) -> None:
    month = desk.services.today.month()
    expected = {"won": month.this.won_count, "calls": month.this.calls}
    for number, (key, count) in enumerate(expected.items()):
        figure = desk.go().month.figures.tiles()[number]
        desk.qtbot.mouseClick(figure, Qt.MouseButton.LeftButton)
        assert desk.behind(month.rows[key].kind) == count == 1
        desk.settle()
        pane = desk.window.area.page.pane if key == "calls" else None  # type: ignore[union-attr]
        if pane is not None:
            assert len(pane.model.ids) == count


def test_a_stage_opens_its_opportunities(desk: Desk) -> None:
    page = desk.page
    page.pipeline.chart.grab()
    spots = page.pipeline.chart.spots()
    columns = {c.stage.id: c for c in desk.services.opportunities.board()}
    spot = next(s for s in spots if columns[s.key].count)
    point = spot.area.center().toPoint()
    desk.qtbot.mouseClick(page.pipeline.chart, Qt.MouseButton.LeftButton, pos=point)
    assert desk.here().page == "opportunities"
    assert desk.behind(Kind.OPPORTUNITY) == columns[spot.key].count == 1


def test_what_was_opened_is_recent(desk: Desk) -> None:
    seen = next(
        f.ref for f in desk.services.today.panels().recent_people if f.ref.title == "Leo Lin"
    )
    desk.window.navigator.go(Place.record(seen.kind, seen.id))
    desk.settle()
    assert lines(desk.go().board.panels["recent_people"])[0].text() == "Leo Lin"


def test_a_promise_put_off_is_told_in_full(desk: Desk) -> None:
    rows = desk.page.actions_of_day.cards[Section.TODAY].list
    item = rows.rows.line(0)
    assert isinstance(item, AgendaItem)
    assert brief_chip(item, TODAY)[0] == "14:00"
    desk.services.activities.snooze(item.id, TODAY + timedelta(days=2))
    later = desk.services.activities.item(item.id)
    assert brief_chip(later, TODAY)[0] == "Today 14:00"


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


def test_a_birthday_is_greeted(desk: Desk) -> None:
    page = desk.page
    page.birthdays.findChildren(IconButton)[0].click()
    popover = page.birthdays.asking
    assert popover is not None
    assert "Wei Zhang" in popover.words.text()
    popover.note.click()
    desk.settle()
    assert lines(page.birthdays)[0].chip() == "Greeted"
    wei = desk.services.birthdays.coming(7)[0]
    assert wei.last_greeted is not None
    desk.window.run_command("undo")
    desk.settle()
    assert lines(page.birthdays)[0].chip() == "Today"


def test_changed_words_wait_for_their_person(desk: Desk) -> None:
    desk.page.birthdays.findChildren(IconButton)[0].click()
    popover = desk.page.birthdays.asking
    assert popover is not None
    QTest.keyClicks(popover.words, "Hi! ")
    desk.window.navigator.go(Place("reports"))
    desk.settle()
    assert desk.window.area.page is not None
    page = desk.go()
    assert page.birthdays.asking is None
    page.birthdays.findChildren(IconButton)[0].click()
    again = page.birthdays.asking
    assert again is not None
    assert "Hi! " in again.words.text()
    again.dismiss()


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


def test_the_notice_board(desk: Desk) -> None:
    page = desk.page
    QTest.keyClicks(page.notices.line, "Closed on Friday")
    QTest.keyClick(page.notices.line, Qt.Key.Key_Return)
    desk.settle()
    texts = [row.text for row in desk.services.notices.current()]
    assert sorted(texts) == ["Closed on Friday", "Price rise on 1 December"]
    crosses = [b for b in page.notices.findChildren(IconButton) if "Closed" in b.toolTip()]
    crosses[0].click()
    desk.settle()
    assert len(desk.services.notices.current()) == 1
    desk.window.run_command("undo")
    desk.settle()
    assert len(desk.services.notices.current()) == 2


def test_cards_are_hidden_and_moved_for_good(desk: Desk) -> None:
    page = desk.page
    page.board.show_panel("pipeline", False)
    page.board.move_panel("side", "notices", -3)
    assert not page.pipeline.isVisible()
    assert page.notices.y() <= page.birthdays.y()
    again = TodayPage(page.context)
    desk.qtbot.addWidget(again)
    again.restore(page.state())
    assert again.board.hidden == {"pipeline"}
    assert again.board.order()[0] == "notices"
    again.board.reset()
    assert again.board.order()[0] == "birthdays"
    assert not again.board.hidden
    assert len(page.board.menu(page).actions()) > len(page.board.panels)


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


def test_sample_data_says_so_until_removed(empty_desk: Desk) -> None:
    desk = empty_desk
    desk.services.sample.fill("en")
    desk.settle()
    assert desk.page.banner.isVisible()
    desk.page.remove_sample()
    desk.settle()
    assert not desk.page.banner.isVisible()
    assert desk.services.records.count(Kind.PERSON, EVERYTHING) == 0
    desk.window.run_command("undo")
    desk.settle()
    assert desk.page.banner.isVisible()


def test_the_start_list_ticks_itself(empty_desk: Desk) -> None:
    page, services = empty_desk.page, empty_desk.services
    assert page.start.isVisible()
    assert not any(page.start.steps.values())
    company = services.records.create(Kind.COMPANY, {"name": "Hengyuan"})
    services.business.set_own_company(name="Own Ltd.")
    services.records.create(Kind.OPPORTUNITY, {"title": "CNC", "company": company})
    empty_desk.settle()
    done = [key for key, value in page.start.steps.items() if value]
    assert done == ["customers", "company", "opportunity"]
    page.start.lines["company"].click()
    assert empty_desk.here() == Place.to("settings", view="company")
    empty_desk.settle()
    page = empty_desk.go()
    services.quotes.create({"company": company})
    services.backups.make()
    page.mark_stale()
    empty_desk.settle()
    assert not page.start.isVisible()


def test_the_start_list_can_be_sent_away(empty_desk: Desk) -> None:
    page = empty_desk.page
    page.start.hidden.emit()
    page.mark_stale()
    empty_desk.settle()
    assert not page.start.isVisible()


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
