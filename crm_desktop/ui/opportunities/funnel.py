"""The funnel: how many reached each stage, how many went on, how long they stayed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.domain.lists import item_name
from crm_desktop.domain.pipeline import FunnelStep
from crm_desktop.ui.charts import ChartView, Funnel, Point
from crm_desktop.ui.formats import number, percent
from crm_desktop.ui.language import tr
from crm_desktop.ui.opportunities.lanes import sums_text
from crm_desktop.ui.theme.tokens import GAP
from crm_desktop.ui.widgets import Card, ChoiceField, EmptyState, Option, PlainLabel

PERIODS = ("all", "month", "quarter", "year", "twelve")


def first_day(period: str, today: date) -> date | None:
    """The first day of a period; None for all time."""
    if period == "month":
        return today.replace(day=1)
    if period == "quarter":
        return date(today.year, today.month - (today.month - 1) % 3, 1)
    if period == "year":
        return date(today.year, 1, 1)
    if period == "twelve":
        return today - timedelta(days=365)
    return None


def since(period: str, today: date, zone: str) -> datetime | None:
    """The moment a period begins in the user's zone."""
    day = first_day(period, today)
    if day is None:
        return None
    return datetime.combine(day, time(0), ZoneInfo(zone)).astimezone(UTC)


class FunnelPane(QScrollArea):
    """Shows the steps; a click on one tells its name and exactly its opportunities."""

    period_changed = Signal(object)
    opened = Signal(object)  # ids

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: Sequence[FunnelStep] = ()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.period = ChoiceField(required=True)
        self.card = Card()
        say: Callable[..., str] = lambda value: number(int(value))  # noqa: E731
        self.chart = ChartView(say=say, say_short=say)
        self.hint = PlainLabel(role="small", tone="muted", wrap=True)
        self.empty = EmptyState("funnel", "")
        top = QHBoxLayout()
        top.setSpacing(GAP)
        self._period_label = PlainLabel(tone="muted")
        self._period_label.setBuddy(self.period)
        top.addWidget(self._period_label)
        top.addWidget(self.period)
        top.addStretch(1)
        self.card.body.addLayout(top)
        self.card.body.addWidget(self.chart)
        self.card.body.addWidget(self.empty)
        self.card.body.addWidget(self.hint)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        column.addStretch(1)
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        self.period.changed.connect(self.period_changed)
        self.chart.clicked.connect(self._clicked)
        self.retranslate()
        self.period.set_value("all")

    def show_steps(self, steps: Sequence[FunnelStep]) -> None:
        """Show other numbers."""
        self._steps = steps
        self._say()

    @property
    def steps(self) -> Sequence[FunnelStep]:
        """What is shown."""
        return self._steps

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.setAccessibleName(tr("opportunity_page.funnel"))
        kept = self.period.value() or "all"
        self._period_label.setText(tr("opportunity_page.period"))
        self.period.setAccessibleName(tr("opportunity_page.period"))
        self.period.set_options([Option(p, tr(f"opportunity_page.period_{p}")) for p in PERIODS])
        self.period.set_value(kept)
        self.hint.setText(tr("opportunity_page.funnel_hint"))
        self.chart.setAccessibleName(tr("opportunity_page.funnel_name"))
        self._say()

    def _say(self) -> None:
        some = any(step.count for step in self._steps)
        self.empty.setVisible(not some)
        if self.period.value() == "all":
            self.empty.set_texts(
                tr("opportunity_page.empty"), why=tr("opportunity_page.funnel_none_why")
            )
        else:
            self.empty.set_texts(
                tr("opportunity_page.funnel_empty"), why=tr("opportunity_page.funnel_empty_why")
            )
        for part in (self.chart, self.hint):
            part.setVisible(some)
        points = [
            Point(
                item_name(step.stage, tr),
                step.count,
                key=index,
                note=sums_text(step.sums),
                colour=step.stage.color,
            )
            for index, step in enumerate(self._steps)
        ]
        self.chart.set_chart(Funnel(points, [_note(step) for step in self._steps[:-1]]))

    def _clicked(self, index: int) -> None:
        self.opened.emit(self._steps[index].ids)


def _note(step: FunnelStep) -> str:
    """How many went on from a step, and after how many days on average."""
    if step.conversion is None:
        return ""
    share = percent(round(step.conversion * 100))
    days = round(step.average_days or 0)
    return tr("opportunity_page.conversion", share=share, count=days)
