"""Charts drawn from plain numbers onto windows, pictures and pages."""

from crm_desktop.ui.charts.model import (
    Ageing,
    Bars,
    Chart,
    Funnel,
    HBars,
    Lines,
    Point,
    Series,
    StackedBars,
)
from crm_desktop.ui.charts.paint import Spot, paint_chart
from crm_desktop.ui.charts.view import ChartView

__all__ = [
    "Ageing",
    "Bars",
    "Chart",
    "ChartView",
    "Funnel",
    "HBars",
    "Lines",
    "Point",
    "Series",
    "Spot",
    "StackedBars",
    "paint_chart",
]
