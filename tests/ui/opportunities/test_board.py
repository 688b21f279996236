"""The board: what it shows, and carrying cards by mouse, keys and menu."""

from __future__ import annotations

import os
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.services.house import Services
from crm_desktop.ui.opportunities.cards import CARD
from crm_desktop.ui.opportunities.lane_view import LaneColumn, LaneList, card_mime
from crm_desktop.ui.opportunities.page import OpportunitiesPage
from crm_desktop.ui.shell.window import MainWindow
from tests.ui.opportunities.conftest import id_of, stage_of
from tests.ui.opportunities.real_drag import drag_between
from tests.ui.resting import rest


def column(page: OpportunitiesPage, code: str) -> LaneColumn:
    stages = {s.id: s.code for s in page.context.services.opportunities.stages()}
    return next(c for c in page.board.columns if stages[c.lane.stage_id or 0] == code)


def titles(found: LaneList) -> list[str]:
    model = found.model()
    return [model.index(row, 0).data(CARD).title for row in range(model.rowCount())]


def enter(target: QWidget, data: QMimeData) -> bool:
    event = QDragEnterEvent(
        QPoint(10, 10),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    target.dragEnterEvent(event)
    return event.isAccepted()


def drop(target: QWidget, data: QMimeData) -> None:
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    target.dropEvent(event)


def test_a_column_shows_count_chance_sum_and_the_urgent_first(page: OpportunitiesPage) -> None:
    lead = column(page, "lead")
    assert titles(lead.list) == ["Labels", "Retrofit", "Campaign"]
    assert (lead.count.text(), lead.chance.text(), lead.sum.text()) == ("3", "20%", "¥136,000")
    assert titles(column(page, "won").list) == ["Line"]
    assert lead.width() >= 200
    assert page.head.figures["open"].text() == "Open ¥136,000"
    assert page.head.figures["attention"].text() == "2 need attention"


def test_a_drop_moves_the_card_and_can_be_undone(
    page: OpportunitiesPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    found = id_of(services, "Retrofit")
    target, data = column(page, "quoted").list, card_mime(found)
    assert enter(target, data)
    move = QDragMoveEvent(
        QPoint(10, 10),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    target.dragMoveEvent(move)
    assert target.landing_row() == 0
    drop(target, data)
    assert titles(target) == ["Retrofit"]  # before the book knows
    rest(opened, qtbot)
    assert stage_of(services, found) == "quoted"
    assert opened.toasts.text == "Retrofit → Quoted."
    opened.run_command("undo")
    rest(opened, qtbot)
    assert stage_of(services, found) == "lead"
    assert titles(column(page, "lead").list) == ["Labels", "Retrofit", "Campaign"]


def test_other_things_are_not_taken(page: OpportunitiesPage) -> None:
    data = QMimeData()
    data.setText("12")
    assert not enter(column(page, "quoted").list, data)


def test_keys_move_the_chosen_card(
    page: OpportunitiesPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    found = id_of(services, "Campaign")
    page.board.choose(found, focus=True)
    assert not page.handles("stage_back")
    opened.run_command("stage_on")
    rest(opened, qtbot)
    assert stage_of(services, found) == "needs"
    assert page.board.chosen() == found
    opened.run_command("stage_back")
    rest(opened, qtbot)
    assert stage_of(services, found) == "lead"


def test_a_retired_stage_gives_its_cards_and_takes_none(
    page: OpportunitiesPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    first, second, third = services.opportunities.stages()[:3]
    labels = id_of(services, "Labels")
    services.opportunities.move(labels, second.id)
    services.lists.set_active(second.id, False)
    rest(opened, qtbot)
    retired = page.board.columns[1]
    assert retired.lane.title == "Needs agreed (retired)"
    assert titles(retired.list) == ["Labels"]
    assert retired.list.dragEnabled()
    assert not retired.list.acceptDrops()
    campaign = id_of(services, "Campaign")
    page.board.choose(campaign)
    page.moves.step(campaign, +1)  # over the retired one
    page.moves.step(labels, -1)
    rest(opened, qtbot)
    values = [services.records.card(Kind.OPPORTUNITY, i).values for i in (campaign, labels)]
    assert [value["stage"] for value in values] == [third.id, first.id]
    assert second.id not in [column.stage.id for column in services.opportunities.board()]


def test_arrows_go_from_lane_to_lane(
    page: OpportunitiesPage, services: Services, qtbot: Any
) -> None:
    page.board.choose(id_of(services, "Labels"), focus=True)
    lead = column(page, "lead").list
    qtbot.keyClick(lead, Qt.Key.Key_Down)
    assert page.board.chosen() == id_of(services, "Retrofit")
    qtbot.keyClick(lead, Qt.Key.Key_Right)  # the lanes between are empty
    assert page.board.chosen() == id_of(services, "Line")
    assert len([c for c in page.board.columns if c.list.selectedIndexes()]) == 1


def test_lost_asks_why_and_takes_the_reason(
    page: OpportunitiesPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    found = id_of(services, "Labels")
    drop(column(page, "lost").list, card_mime(found))
    assert page.moves.asking is not None
    assert stage_of(services, found) == "lead"
    place = page.moves.asking.rect()
    for button in page.moves.asking.reasons:  # all of them can be seen and clicked
        corner = button.mapTo(page.moves.asking, button.rect().bottomRight())
        assert place.contains(corner)
        assert button.visibleRegion().boundingRect() == button.rect()
    page.moves.asking.lesson.setText("Too dear")
    qtbot.keyClick(page.moves.asking.reasons[0], Qt.Key.Key_Return)
    rest(opened, qtbot)
    values = services.records.card(Kind.OPPORTUNITY, found).values
    assert stage_of(services, found) == "lost"
    assert values["lost_reason"] == services.lists.by_code("lost_reason", "price").id
    assert values["lesson"] == "Too dear"
    assert page.moves.asking is None


def test_escape_returns_the_lost_card(
    page: OpportunitiesPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    found = id_of(services, "Labels")
    lost = column(page, "lost").list
    drop(lost, card_mime(found))
    assert titles(lost) == ["Labels"]
    assert page.moves.asking is not None
    qtbot.keyClick(page.moves.asking, Qt.Key.Key_Escape)
    assert titles(lost) == []
    assert titles(column(page, "lead").list) == ["Labels", "Retrofit", "Campaign"]
    rest(opened, qtbot)
    assert stage_of(services, found) == "lead"
    assert not page.has_unsaved_text()


def test_the_keyboard_goes_back_with_the_card(
    page: OpportunitiesPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    found, other = id_of(services, "Line"), id_of(services, "Labels")
    services.opportunities.lose(other, None, "")
    rest(opened, qtbot)
    page.board.choose(found, focus=True)
    lost = column(page, "lost").lane
    page.moves.to(found, lost)
    assert page.moves.asking is not None
    qtbot.keyClick(page.moves.asking, Qt.Key.Key_Escape)
    rest(opened, qtbot)
    focus = QApplication.focusWidget()
    assert isinstance(focus, LaneList)
    assert focus.current_card() == page.board.chosen() == found


def test_the_bar_below_takes_won_and_hold(
    page: OpportunitiesPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    found, other = id_of(services, "Labels"), id_of(services, "Campaign")
    page.board.drag_began()
    assert page.board.bar.isVisible()
    assert enter(page.board.bar.targets["won"], card_mime(found))
    drop(page.board.bar.targets["won"], card_mime(found))
    assert not page.board.bar.isVisible()
    rest(opened, qtbot)
    assert stage_of(services, found) == "won"
    drop(page.board.bar.targets["held"], card_mime(other))
    rest(opened, qtbot)
    assert services.records.card(Kind.OPPORTUNITY, other).values["state"] == "held"
    page.moves.reopen(other)
    rest(opened, qtbot)
    assert services.records.card(Kind.OPPORTUNITY, other).values["state"] == "open"


def test_a_refused_move_puts_the_card_back_and_says_why(
    page: OpportunitiesPage,
    opened: MainWindow,
    services: Services,
    qtbot: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_id: int, _stage: int) -> None:
        raise Refused("record.gone")

    monkeypatch.setattr(services.opportunities, "move", refuse)
    drop(column(page, "needs").list, card_mime(id_of(services, "Labels")))
    assert titles(column(page, "needs").list) == ["Labels"]
    rest(opened, qtbot)
    assert titles(column(page, "needs").list) == []
    assert titles(column(page, "lead").list)[0] == "Labels"
    assert opened.toasts.text


def test_add_at_the_foot_of_a_lane(
    page: OpportunitiesPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    needs = column(page, "needs")
    needs.start_adding()
    line = needs.findChild(QLineEdit)
    qtbot.keyClicks(line, "Bench")
    assert page.has_unsaved_text()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    rest(opened, qtbot)
    assert stage_of(services, id_of(services, "Bench")) == "needs"
    assert titles(column(page, "needs").list) == ["Bench"]


def test_the_menu_can_do_all_that_dragging_can(
    page: OpportunitiesPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    found = id_of(services, "Retrofit")
    card = page.board.card(found)
    assert card is not None
    menu = page.card_menu(card)
    stages: Any = next(a.menu() for a in menu.actions() if a.text() == "Move to")
    next(a for a in stages.actions() if a.text() == "Negotiation").trigger()
    rest(opened, qtbot)
    assert stage_of(services, found) == "negotiation"
    page.moves.trash(found)
    rest(opened, qtbot)
    assert found not in services.records.ids(Kind.OPPORTUNITY)


def test_by_next_step(page: OpportunitiesPage) -> None:
    page.head.grouping.set_value("step")
    page.head.grouping_changed.emit("step")
    shown = {c.lane.key: titles(c.list) for c in page.board.columns}
    assert shown == {
        "step:late": ["Labels"],
        "step:today": ["Retrofit"],
        "step:week": [],
        "step:later": [],
        "step:none": ["Campaign"],
    }


def test_a_drag_near_the_edge_scrolls_sideways(page: OpportunitiesPage, qtbot: Any) -> None:
    board = page.board
    board.drag_began()
    board.drag_moved(board.mapToGlobal(QPoint(board.width() - 5, 100)))
    qtbot.waitUntil(lambda: board.horizontalScrollBar().value() > 0)
    board.drag_ended()
    assert not board.bar.isVisible()


@pytest.mark.xvfb
@pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="needs a screen for a real drag")
def test_a_real_drag_with_the_mouse(
    page: OpportunitiesPage, services: Services, qtbot: Any
) -> None:
    found = id_of(services, "Labels")
    source, target = column(page, "lead").list, column(page, "needs").list
    drag_between(source, target)
    qtbot.waitUntil(lambda: stage_of(services, found) == "needs", timeout=20000)
    assert not page.board.bar.isVisible()
