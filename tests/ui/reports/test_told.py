"""What the charts of the overview leave out is said: other pipelines, smaller parts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.lists import item_name
from crm_desktop.domain.reports import Period, ReportOverview, Share
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.ui.charts import HBars
from crm_desktop.ui.language import tr
from crm_desktop.ui.reports.blocks import FunnelBlock, ShareBlock

TODAY = date(2026, 11, 20)


@pytest.fixture
def services(tmp_path: Path) -> Services:
    clock = FixedClock(datetime(2026, 11, 20, 1, 0, tzinfo=UTC), "Asia/Shanghai")
    home = Home.at(tmp_path)
    return Services(open_book(tmp_path / "book.crm", clock), clock, home)


def overview(services: Services) -> ReportOverview:
    return services.reports.overview(Period(date(2026, 1, 1), date(2026, 12, 31)))


def test_the_funnel_says_whose_it_is_where_there_are_several(
    services: Services, qtbot: QtBot
) -> None:
    block = FunnelBlock(services.lists)
    qtbot.addWidget(block)
    block.show_overview(overview(services), "CNY", TODAY)
    assert block.title() == tr("report_page.block.funnel")
    services.lists.add("pipeline", "Projects abroad")
    block.show_overview(overview(services), "CNY", TODAY)
    first = item_name(services.opportunities.pipelines()[0], tr)
    assert block.title() == tr("report_page.funnel_of", pipeline=first)
    assert block.chart.accessibleName() == block.title()
    services.book.close()


@pytest.mark.parametrize("many", [8, 11])
def test_a_chart_of_the_largest_says_how_many_there_are(
    services: Services, qtbot: QtBot, many: int
) -> None:
    items = services.lists.items("industry")[:many]
    for number, item in enumerate(items, start=1):
        for each in range(number):
            services.records.create(
                Kind.COMPANY, {"name": f"Firm {number} {each}", "industry": item.id}
            )

    def of(found: ReportOverview) -> tuple[Share, ...]:
        return found.by_industry

    block = ShareBlock(
        services.lists, "by_industry", of, Kind.COMPANY, missing="no_company", now=True
    )
    qtbot.addWidget(block)
    block.show_overview(overview(services), "CNY", TODAY)
    said = tr("report_page.largest_hint", shown=8, count=many)
    assert (said in block.hint.text()) == (many > 8)
    drawn = block.draw(overview(services))
    assert drawn is not None
    chart, _, lines = drawn
    assert isinstance(chart, HBars)
    assert len(chart.points) == 8
    assert [point.value for point in chart.points] == list(range(many, many - 8, -1))
    assert len(lines) == many
    services.book.close()
