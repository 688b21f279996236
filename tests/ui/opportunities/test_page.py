"""The page: its views, the rows behind its numbers, and what it keeps."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication

from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services
from crm_desktop.ui.language import set_language
from crm_desktop.ui.opportunities.funnel import first_day
from crm_desktop.ui.opportunities.page import OpportunitiesPage
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow
from tests.ui.opportunities.conftest import id_of
from tests.ui.resting import rest


def test_the_funnel_opens_exactly_its_rows(
    page: OpportunitiesPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    opened.navigator.go(Place.to("opportunities", view="funnel"))
    rest(opened, qtbot)
    page.funnel.chart.repaint()
    spots = page.funnel.chart.spots()
    assert [spot.value for spot in spots] == [4, 1, 1, 1, 1]
    page.funnel.chart.clicked.emit(spots[1].key)
    rest(opened, qtbot)
    assert page.view() == "list"
    assert page.list is not None
    assert list(page.list.model.ids) == [id_of(services, "Line")]


def test_a_figure_opens_its_rows(
    page: OpportunitiesPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    page.head.figures["attention"].clicked.emit()
    rest(opened, qtbot)
    assert page.list is not None
    expected = {id_of(services, "Labels"), id_of(services, "Campaign")}
    assert set(page.list.model.ids) == expected


def test_enter_opens_and_a_new_view_is_no_step_of_the_way(
    page: OpportunitiesPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    page.head.views.changed.emit("list")
    rest(opened, qtbot)
    assert not opened.navigator.can_back
    page.head.views.changed.emit("board")
    rest(opened, qtbot)
    found = id_of(services, "Labels")
    page.board.choose(found)
    assert page.selected_place() == Place.record(Kind.OPPORTUNITY, found)


def test_it_keeps_its_state(page: OpportunitiesPage) -> None:
    page.head.grouping.set_value("step")
    kept = page.state()
    page.head.grouping.set_value("stage")
    page.restore(kept)
    assert page.head.grouping.value() == "step"


def test_it_follows_the_language(page: OpportunitiesPage, dressed: QApplication) -> None:
    set_language("zh")
    assert page.head.title.text() == "商机"
    assert page.board.columns[0].chip.text() == "初步接触"
    assert page.head.figures["open"].text().startswith("在谈")


def test_new_starts_a_line_even_on_an_empty_board(
    page: OpportunitiesPage, opened: MainWindow, services: Services, qtbot: Any
) -> None:
    services.records.trash(Kind.OPPORTUNITY, list(services.records.ids(Kind.OPPORTUNITY)))
    rest(opened, qtbot)
    assert page.empty.isVisible()
    page.do_new()
    assert page.board.isVisible()


def test_periods() -> None:
    from datetime import date

    day = date(2026, 11, 20)
    assert first_day("month", day) == date(2026, 11, 1)
    assert first_day("quarter", day) == date(2026, 10, 1)
    assert first_day("year", day) == date(2026, 1, 1)
    assert first_day("twelve", day) == date(2025, 11, 20)
    assert first_day("all", day) is None
