"""Every kind of chart once, for the picture of all widgets."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout

from crm_desktop.ui import formats
from crm_desktop.ui.charts.model import (
    Ageing,
    Bars,
    Chart,
    Funnel,
    HBars,
    Lines,
    Number,
    Point,
    Series,
    StackedBars,
)
from crm_desktop.ui.charts.view import ChartView
from crm_desktop.ui.language import tr
from crm_desktop.ui.widgets.cards import Card


def _money(value: Number) -> str:
    return formats.money(Decimal(value))


def _short(value: Number) -> str:
    return formats.money_short(Decimal(value))


def _charts() -> list[Chart]:
    months = [formats.month_name(month, short=True) for month in range(1, 13)]
    this = [120, 98, 160, 142, 180, 175, 130, 210, 240, 188, 205, None]
    before = [100, 110, 120, 130, 150, 140, 120, 160, 142, 150, 160, 170]
    values = [128000, 215600, 402300, 186400]
    points = [Point(months[i], value, i, note=str(i + 3)) for i, value in enumerate(values)]
    thousand = [None if v is None else v * 1000 for v in this]
    return [
        HBars(points),
        Bars(points),
        Lines(
            months,
            [
                Series("2026", thousand, list(range(12))),
                Series("2025", [v * 1000 for v in before], line="dashed", colour="grey"),
                Series("2024", [v * 800 for v in before], line="dotted", colour="teal"),
            ],
        ),
        StackedBars(
            months[:4],
            [
                Series(tr("common.new"), values),
                Series(tr("common.other"), [v // 2 for v in values]),
            ],
        ),
        Funnel(
            [Point(months[i], v, i, note=str(v)) for i, v in enumerate((23, 14, 9, 4))],
            ["61%", "64%", "44%"],
        ),
        Ageing(
            [
                Point("0–30", 42000, 0, colour="green"),
                Point("31–60", 24000, 1, colour="amber"),
                Point("> 60", 9000, 2, colour="red"),
            ]
        ),
    ]


def column() -> QVBoxLayout:
    """The charts, each in a card."""
    result = QVBoxLayout()
    result.setSpacing(12)
    for chart in _charts():
        card = Card()
        view = ChartView(chart, name=tr("common.total"), say=_money, say_short=_short)
        if isinstance(chart, Funnel):
            view = ChartView(chart, name=tr("common.total"))
        view.setFixedHeight(min(170, view.sizeHint().height()))
        card.body.addWidget(view)
        result.addWidget(card)
    result.addStretch(1)
    return result
