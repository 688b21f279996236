"""The org chart: drawn, arranged by mouse and keyboard, kept, printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.orgchart import Member, forest
from crm_desktop.ui.orgchart.boss_popover import BossPopover
from crm_desktop.ui.orgchart.layout import lay_out, neighbour
from crm_desktop.ui.orgchart.page import OrgChartPage
from crm_desktop.ui.orgchart.painting import Said, measures
from crm_desktop.ui.places import Place
from tests.ui.record.conftest import Desk, desk

__all__ = ["desk"]


@pytest.fixture
def page(desk: Desk) -> OrgChartPage:
    desk.window.navigator.go(Place("orgchart", desk.company))
    desk.settle()
    shown = desk.window.area.page
    assert isinstance(shown, OrgChartPage)
    return shown


def bosses(desk: Desk) -> dict[int, int | None]:
    members = desk.services.orgcharts.of(desk.company).members
    return {member.person.id: member.boss for member in members}


def center(page: OrgChartPage, person: int) -> QPointF:
    return page.canvas.box_of(person).center()


def drag(page: OrgChartPage, person: int, target: QPointF) -> None:
    start, end = center(page, person).toPoint(), target.toPoint()
    canvas = page.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas, (start + end) / 2)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)


def test_dragging_sets_who_reports_to_whom_and_undo_takes_it_back(
    desk: Desk, page: OrgChartPage
) -> None:
    drag(page, desk.colleague, center(page, desk.person))
    desk.settle()
    assert bosses(desk)[desk.colleague] == desk.person
    boxes = page.canvas.plan.boxes
    assert boxes[desk.colleague].top() > boxes[desk.person].bottom()
    # The other way round is a circle: nothing changes, the window says why.
    drag(page, desk.person, center(page, desk.colleague))
    desk.settle()
    assert bosses(desk)[desk.person] is None
    desk.window.run_command("undo")
    desk.settle()
    assert bosses(desk)[desk.colleague] is None


def test_a_drag_into_the_blue_changes_nothing(desk: Desk, page: OrgChartPage) -> None:
    before = desk.services.history.undoable()
    drag(page, desk.colleague, QPointF(4, 4))
    desk.settle()
    assert desk.services.history.undoable() == before


def test_keyboard_alone(desk: Desk, page: OrgChartPage) -> None:
    canvas = page.canvas
    canvas.setFocus()
    first = canvas.chosen
    assert first is not None
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    second = canvas.chosen
    assert second is not None
    assert {first, second} == {desk.person, desk.colleague}
    assert canvas.accessibleDescription()
    QTest.keyClick(canvas, Qt.Key.Key_Space)
    (popover,) = page.window().findChildren(BossPopover)
    assert popover.isVisible()
    # By pinyin, as everywhere; who stands below cannot be chosen.
    assert [row[0] for row in popover._search("zw" if first == desk.person else "ln")] == [first]
    assert popover._search("nobody") == []
    popover.field.changed.emit(first)
    desk.settle()
    assert bosses(desk)[second] == first
    page.run_handler("edit")
    popover = next(p for p in page.window().findChildren(BossPopover) if p.isVisible())
    popover.nobody.click()
    desk.settle()
    assert bosses(desk)[second] is None
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    desk.settle()
    assert desk.window.navigator.here == Place.record("person", second)


def test_from_the_record_and_back(desk: Desk) -> None:
    page = desk.open("person", desk.colleague)
    page.run_handler("orgchart")
    desk.settle()
    chart = desk.window.area.page
    assert isinstance(chart, OrgChartPage)
    assert chart.canvas.chosen == desk.colleague
    chart.head.company.click()
    desk.settle()
    company = desk.window.area.page
    assert company.handles("orgchart")
    assert desk.window.navigator.here == Place("company", desk.company)


def test_who_left_is_folded_away_until_asked_for(desk: Desk, page: OrgChartPage) -> None:
    job = desk.services.people.jobs(desk.colleague)[0].id
    desk.services.people.end_job(job, date(2026, 11, 1))
    desk.settle()
    assert desk.colleague not in page.canvas.plan.boxes
    page.head.show_left.click()
    assert desk.colleague in page.canvas.plan.boxes
    page.canvas.choose(desk.colleague)
    assert not page.head.buttons["boss"].isEnabled()


def test_somebody_new_stands_below_who_is_chosen(desk: Desk, page: OrgChartPage) -> None:
    page.canvas.choose(desk.person)
    page.head.buttons["add"].click()
    page.head.new.setText("赵敏")
    QTest.keyClick(page.head.new, Qt.Key.Key_Return)
    desk.settle()
    new = next(m for m in desk.services.orgcharts.of(desk.company).members
               if m.person.title == "赵敏")  # fmt: skip
    assert new.boss == desk.person


def test_an_empty_company_says_what_to_do(desk: Desk, page: OrgChartPage) -> None:
    empty = desk.services.records.create(Kind.COMPANY, {"name": "空"})
    desk.window.navigator.go(Place("orgchart", empty))
    desk.settle()
    assert page.empty.isVisible()
    assert not page.area.isVisible()
    assert not page.handles("print")
    desk.window.navigator.go(Place("orgchart", 999))
    desk.settle()
    assert page.empty.isVisible()


def test_picture_and_paper(desk: Desk, page: OrgChartPage, tmp_path: Path) -> None:
    desk.services.orgcharts.set_boss(desk.company, desk.colleague, desk.person)
    desk.settle()
    for name in ("chart.png", "chart.pdf"):
        page.save_to(tmp_path / name)
    desk.settle()
    image = QImage(str(tmp_path / "chart.png"))
    plan = page.canvas.plan
    assert image.width() >= plan.width
    assert image.height() >= plan.height
    assert (tmp_path / "chart.pdf").read_bytes().startswith(b"%PDF")


def test_zoom(page: OrgChartPage) -> None:
    page.zoom_by(-2)
    small = page.canvas.sizeHint()
    page.zoom_by(1)
    assert page.canvas.sizeHint().width() > small.width()
    for _ in range(20):
        page.zoom_by(1)
    assert page.canvas.zoom == 2.0
    page.fit()
    assert page.canvas.zoom <= 1.0


def members_of(bosses: dict[int, int | None]) -> list[Member]:
    return [
        Member(n, Ref(Kind.PERSON, n, str(n)), "", "", boss, None, None, None, False, False)
        for n, boss in bosses.items()
    ]


def test_boxes_are_as_wide_as_their_words_within_bounds(dressed: object) -> None:
    short = Said("Wei", "Buyer", "User", "teal", "", "grey", 0, "")
    longer = replace(short, about="Head of purchasing · Purchasing", attitude="Supportive")
    longest = replace(short, name="Maximiliana Featherstonehaugh von Hohenzollern-Sigmaringen")
    usual = measures().width
    assert measures(1.0, [short]).width == usual
    assert usual < measures(1.0, [short, longer]).width < measures(1.0, [longest]).width
    assert measures(2.0, [longest]).width == 2 * measures(1.0, [longest]).width <= 3 * usual


@pytest.mark.parametrize(
    "chart",
    [
        {n: None for n in range(1, 11)},
        {1: None, **{n: 1 for n in range(2, 30)}},
        {1: None, 2: 1, 3: 1, 4: 2, 5: 2, 6: 2, 7: 3, 8: 7, 9: None, 10: 9},
        {n: n - 1 or None for n in range(1, 20)},
    ],
)
def test_boxes_never_overlap_and_all_can_be_reached(
    dressed: object, chart: dict[int, int | None]
) -> None:
    plan = lay_out(forest(members_of(chart)), measures())
    assert plan.boxes.keys() == chart.keys()
    boxes = list(plan.boxes.values())
    whole = QRectF(0, 0, plan.width, plan.height)
    for number, box in enumerate(boxes):
        assert whole.contains(box)
        assert not any(box.intersects(other) for other in boxes[number + 1 :])
    reached, waiting = set(), [1]
    while waiting:
        person = waiting.pop()
        if person not in reached:
            reached.add(person)
            steps = ((1, 0), (-1, 0), (0, 1), (0, -1))
            found = (neighbour(plan, person, *step) for step in steps)
            waiting += [each for each in found if each is not None]
    assert reached == chart.keys()
