"""Week and month: what stands on the days, and carrying it to another."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QPoint, Qt

from crm_desktop.domain.due import Due
from crm_desktop.services.house import Services
from crm_desktop.ui.followups.days import days_of_grid
from crm_desktop.ui.followups.page import FollowupsPage
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow
from tests.ui.followups.conftest import called
from tests.ui.resting import rest


def show(opened: MainWindow, qtbot: Any, view: str) -> None:
    opened.navigator.go(Place.to("followups", view=view))
    rest(opened, qtbot)


def test_days_of_a_month_are_whole_weeks() -> None:
    days = days_of_grid("month", date(2026, 11, 20))
    assert (days[0], days[-1]) == (date(2026, 10, 26), date(2026, 12, 6))
    assert len(days_of_grid("month", date(2021, 2, 5))) == 28  # four weeks exactly


def test_dragging_promises_another_day(
    page: FollowupsPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    show(opened, qtbot, "week")
    quote = called(services, "Quote")
    box = page.week.box_of("followup", quote.id)
    assert box is not None
    start, end = box.center().toPoint(), page.week.cell_of(date(2026, 11, 19)).center().toPoint()
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(page.week, left, pos=start)
    qtbot.mouseMove(page.week, start + QPoint(-30, 4))
    qtbot.mouseMove(page.week, end)
    page.week.repaint()
    qtbot.mouseRelease(page.week, left, pos=end)
    rest(opened, qtbot)
    moved = called(services, "Quote").due
    assert moved is not None
    assert quote.due is not None
    assert (moved.day, moved.time) == (date(2026, 11, 19), quote.due.time)
    opened.run_command("undo")
    rest(opened, qtbot)
    assert called(services, "Quote").due == quote.due


def test_keys_move_a_day(
    page: FollowupsPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    show(opened, qtbot, "week")
    while page.week.chosen() is None or page.week.chosen().id != called(services, "Quote").id:  # type: ignore[union-attr]
        qtbot.keyClick(page.week, Qt.Key.Key_Down)
    qtbot.keyClick(page.week, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    rest(opened, qtbot)
    due = called(services, "Quote").due
    assert due is not None
    assert due.day == date(2026, 11, 21)
    assert "Quote" in page.week.accessibleDescription()
    assert page.handles("done")
    page.do_done()
    rest(opened, qtbot)
    assert called(services, "Quote").state == "done"


def test_birthdays_stand_on_their_day_and_cannot_be_moved(
    page: FollowupsPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    show(opened, qtbot, "month")
    birthday = next(e for e in page.month._entries if e.kind == "birthday")
    assert birthday.day == date(2026, 11, 18)
    assert not birthday.movable


def test_more_than_four_say_how_many_more(
    page: FollowupsPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    for number in range(6):
        due = Due(date(2026, 11, 25), None, "Asia/Shanghai")
        services.activities.plan(None, f"Thing {number}", due)
    show(opened, qtbot, "month")
    box, day, count = page.month.more_boxes()[0]
    assert day == date(2026, 11, 25)
    assert count >= 3
    page.month.repaint()
    qtbot.mouseClick(page.month, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    rest(opened, qtbot)
    assert page.view() == "week"
    assert day in page.week.days()


def test_the_way_through_weeks(page: FollowupsPage, opened: MainWindow, qtbot: Any) -> None:
    show(opened, qtbot, "week")
    first = page.week.days()[0]
    page.head.forward.click()
    rest(opened, qtbot)
    assert page.week.days()[0] == first + timedelta(days=7)
    page.head.now.click()
    rest(opened, qtbot)
    assert page.week.days()[0] == first
    show(opened, qtbot, "month")
    page.head.back.click()
    assert page.head.period.text() == "October 2026"
