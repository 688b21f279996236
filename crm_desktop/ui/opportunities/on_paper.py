"""The board and the funnel on paper: what they show, as tables and as a chart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crm_desktop.domain.lists import item_name
from crm_desktop.domain.page_paper import (
    PagePaper,
    PaperFigure,
    PaperFigures,
    PaperPart,
    PaperPicture,
    PaperTable,
)
from crm_desktop.domain.pipeline import BoardCard, FunnelStep, Summary
from crm_desktop.ui.formats import day_text, number, percent
from crm_desktop.ui.language import tr
from crm_desktop.ui.opportunities.lanes import Lane, amount_text, chip_of, sums_text

_COLUMNS = ("title", "customer", "amount", "next")


def board_paper(
    title: str, lanes: Sequence[Lane], summary: Summary | None, today: date
) -> PagePaper:
    """Every lane with its cards, in the order of the board."""
    parts: list[PaperPart] = []
    if summary is not None:
        figures = (
            ("open", sums_text(summary.open_sums)),
            ("weighted", sums_text(summary.weighted)),
            ("attention", number(summary.need_attention)),
        )
        names = {key: tr(f"opportunity_page.paper_{key}") for key, _ in figures}
        parts.append(PaperFigures(tuple(PaperFigure(names[k], v) for k, v in figures)))
    headings = tuple(tr(f"opportunity_page.paper_column.{key}") for key in _COLUMNS)
    for lane in lanes:
        if lane.cards:
            parts.append(
                PaperTable(
                    _lane_title(lane),
                    headings,
                    (False, False, True, False),
                    [_row(card, today) for card in lane.cards],
                )
            )
    return PagePaper(title, tr("export.as_of", day=day_text(today)), tuple(parts))


def funnel_paper(
    title: str, period: str, steps: Sequence[FunnelStep], chart: bytes, today: date
) -> PagePaper:
    """The chart, and the numbers it is drawn from."""
    keys = ("stage", "reached", "amount", "on", "days")
    table = PaperTable(
        "",
        tuple(tr(f"report_page.column.{key}") for key in keys),
        (False, True, True, True, True),
        [
            (
                item_name(step.stage, tr),
                number(step.count),
                sums_text(step.sums),
                "–" if step.conversion is None else percent(round(step.conversion * 100)),
                "–" if step.average_days is None else number(round(step.average_days)),
            )
            for step in steps
        ],
    )
    some = any(step.count for step in steps)
    return PagePaper(
        tr("format.dot", one=title, other=tr("opportunity_page.funnel")),
        tr("format.dot", one=period, other=tr("export.as_of", day=day_text(today))),
        (PaperPicture("", chart), table) if some else (table,),
    )


def _lane_title(lane: Lane) -> str:
    sums = sums_text(lane.sums)
    return tr("opportunity_page.paper_lane", title=lane.title, count=len(lane.cards), sums=sums)


def _row(card: BoardCard, today: date) -> tuple[str, ...]:
    customer = card.company or card.person
    return (
        card.title,
        customer.title if customer is not None else "",
        amount_text(card),
        chip_of(card, today)[0],
    )
