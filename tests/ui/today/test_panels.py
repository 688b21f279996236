"""The cards of Today: their numbers open their rows, their lines do what they say."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crm_desktop.domain.anniversaries import Anniversary
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import EVERYTHING
from crm_desktop.ui.places import Place
from crm_desktop.ui.today.page import TodayPage
from crm_desktop.ui.widgets import IconButton
from tests.ui.today.conftest import Desk, lines


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


def test_an_anniversary_stands_there_by_its_name_and_is_congratulated(desk: Desk) -> None:
    wei = desk.services.birthdays.coming(7)[0].person.id
    wedding = Anniversary("Wedding day", Birthday(11, 20, 2016))
    desk.services.anniversaries.add(wei, wedding)
    page = desk.go()
    desk.settle()
    shown = [(line.text(), line.accessibleName()) for line in lines(page.birthdays)]
    assert [name for name, _ in shown] == ["Wei Zhang", "Wei Zhang", "Fiona Wang"]
    assert "Wedding day" in shown[1][1]
    page.birthdays.findChildren(IconButton)[1].click()
    popover = page.birthdays.asking
    assert popover is not None
    assert "Wedding day" in popover.words.text()
    popover.note.click()
    desk.settle()
    assert [line.chip() for line in lines(page.birthdays)[:2]] == ["Today", "Greeted"]


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
