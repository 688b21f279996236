"""The blocks of the overview: each a chart and a table of the same numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.lists import item_name
from crm_desktop.domain.queries import Query
from crm_desktop.domain.reports import ReportOverview, Share
from crm_desktop.domain.today import Rows, month_of, percent_change
from crm_desktop.services.lists import Lists
from crm_desktop.ui.amounts import main_currency, sums_text
from crm_desktop.ui.charts import Bars, Chart, ChartView, Funnel, HBars, Point, Series
from crm_desktop.ui.formats import money, money_short, month_name, number, percent
from crm_desktop.ui.language import tr
from crm_desktop.ui.reports.table import Line, NumbersTable
from crm_desktop.ui.widgets import Card, EmptyState, PlainLabel

_BARS = 8  # lying bars; the table below has all of them


class Block(Card):
    """A chart, a table below it, or a sentence why there is neither."""

    opened = Signal(object)  # Rows
    go_wished = Signal()
    code = ""
    empty_icon = "chart-column"

    def __init__(self, lists: Lists, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.lists = lists
        self.usual = "CNY"
        self.today = date.min
        self._found: ReportOverview | None = None
        self._behind: list[Rows] = []
        self.has_numbers = False
        self.counted = PlainLabel(role="small", tone="muted")
        self.header.buttons.addWidget(self.counted)
        self.chart = ChartView(say=self.say, say_short=self.say_short)
        self.chart.clicked.connect(lambda place: self.opened.emit(self._behind[place]))
        self.table = NumbersTable()
        self.table.opened.connect(self.opened)
        self.hint = PlainLabel(role="small", tone="muted", wrap=True)
        self.empty = EmptyState(self.empty_icon, "")
        self.empty.primary_clicked.connect(self.go_wished)
        for part in (self.chart, self.table, self.hint, self.empty):
            self.body.addWidget(part)
        self.body.addStretch(1)

    # ---- what a block says

    def title(self) -> str:
        """What the numbers are of."""
        return tr(f"report_page.block.{self.code}")

    def say(self, value: Any) -> str:
        """A number in full."""
        return number(int(value))

    def say_short(self, value: Any) -> str:
        """A number on an axis or a bar."""
        return self.say(value)

    def draw(self, found: ReportOverview) -> tuple[Chart, Sequence[str], Sequence[Line]] | None:
        """The chart, the heads and the lines of the table; None where there is nothing."""
        raise NotImplementedError

    def count(self, found: ReportOverview) -> str:
        """How many records the numbers are made of."""
        raise NotImplementedError

    def nothing(self) -> tuple[str, str, str]:
        """What is missing, why, and the words of the way out."""
        raise NotImplementedError

    # ---- what is shown

    def show_overview(self, found: ReportOverview, usual: str, today: date) -> None:
        """Show other numbers."""
        self._found, self.usual, self.today = found, usual, today
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        title = self.title()
        self.set_title(title)
        self.chart.setAccessibleName(title)
        self.table.setAccessibleName(title)
        if self._found is None:
            return
        drawn = self.draw(self._found)
        self.has_numbers = drawn is not None
        for part in (self.chart, self.table, self.counted):
            part.setVisible(drawn is not None)
        self.hint.setVisible(drawn is not None and bool(self.hint.text()))
        self.empty.setVisible(drawn is None)
        if drawn is None:
            what, why, way = self.nothing()
            self.empty.set_texts(what, why=why, primary=way)
            return
        chart, heads, lines = drawn
        self.counted.setText(self.count(self._found))
        self.chart.set_chart(chart)
        self.table.set_lines(heads, lines)

    def behind(self, rows: Sequence[Rows]) -> None:
        """What the numbers of the chart open, by their keys."""
        self._behind = list(rows)


class WonBlock(Block):
    """What was won in each of twelve months, beside the same months a year before."""

    code = "won"
    empty_icon = "trophy"

    def __init__(self, lists: Lists, parent: QWidget | None = None) -> None:
        super().__init__(lists, parent)
        self._currency = "CNY"

    def say(self, value: Any) -> str:
        return money(Decimal(str(value)), self._currency)

    def say_short(self, value: Any) -> str:
        return money_short(Decimal(str(value)), self._currency)

    def draw(self, found: ReportOverview) -> tuple[Chart, Sequence[str], Sequence[Line]] | None:
        bars = found.won_per_month
        if not any(bar.count or any(bar.year_before.values()) for bar in bars):
            return None
        self._currency = code = main_currency((bar.sums for bar in bars), self.usual)
        zero = Decimal(0)
        points = [
            Point(
                month_name(bar.month.month, short=True),
                bar.sums.get(code, zero),
                key=place,
                note=tr("report_page.sample.opportunity", count=bar.count),
            )
            for place, bar in enumerate(bars)
        ]
        self.behind([bar.rows for bar in bars])
        earlier = [bar.year_before.get(code, zero) for bar in bars]
        beside = None
        if any(earlier):
            beside = Series(tr("report_page.year_before"), earlier, colour="grey", line="dashed")
        chart = Bars(points, tr("report_page.this_year"), beside)
        lines = [
            Line(
                (
                    f"{month_name(bar.month.month, short=True)} {bar.month.year}"
                    if bar.month.year != bars[-1].month.year
                    else month_name(bar.month.month, short=True),
                    number(bar.count),
                    sums_text(bar.sums, code) if bar.sums else "–",
                    sums_text(bar.year_before, code) if any(bar.year_before.values()) else "–",
                    # A month that still runs is not compared with a whole one.
                    "–"
                    if month_of(bar.month)[1] > self.today
                    else _change(bar.sums.get(code, zero), bar.year_before.get(code, zero)),
                ),
                bar.rows,
            )
            for bar in reversed(bars)
            if bar.count or any(bar.year_before.values())
        ]
        heads = [
            tr(f"report_page.column.{key}")
            for key in ("month", "count", "amount", "year_before", "change")
        ]
        if beside is None:
            return chart, heads[:3], [Line(line.cells[:3], line.rows) for line in lines]
        return chart, heads, lines

    def count(self, found: ReportOverview) -> str:
        total = sum(bar.count for bar in found.won_per_month)
        return tr("report_page.sample.opportunity", count=total)

    def nothing(self) -> tuple[str, str, str]:
        return tuple(  # type: ignore[return-value]  # three of them
            tr(f"report_page.needs_won{part}") for part in ("", "_why", "_go")
        )


class FunnelBlock(Block):
    """How many opportunities of the period reached each stage."""

    code = "funnel"
    empty_icon = "funnel"

    def title(self) -> str:
        steps = self._found.funnel if self._found is not None else ()
        pipeline = self.lists.item(steps[0].stage.parent_id) if steps else None
        if pipeline is None or len(self.lists.items("pipeline")) < 2:
            return super().title()
        return tr("report_page.funnel_of", pipeline=item_name(pipeline, tr))

    def draw(self, found: ReportOverview) -> tuple[Chart, Sequence[str], Sequence[Line]] | None:
        steps = found.funnel
        if not any(step.count for step in steps):
            return None
        code = main_currency((step.sums for step in steps), self.usual)
        rows = [Rows(Kind.OPPORTUNITY, Query(only=step.ids)) for step in steps]
        self.behind(rows)
        points = [
            Point(
                item_name(step.stage, tr),
                step.count,
                key=place,
                note=sums_text(step.sums, code, short=True),
                colour=step.stage.color,
            )
            for place, step in enumerate(steps)
        ]
        shares = ["" if s.conversion is None else percent(round(s.conversion * 100)) for s in steps]
        lines = [
            Line(
                (
                    item_name(step.stage, tr),
                    number(step.count),
                    sums_text(step.sums, code),
                    share or "–",
                    "–" if step.average_days is None else number(round(step.average_days)),
                ),
                behind,
            )
            for step, share, behind in zip(steps, shares, rows, strict=True)
        ]
        heads = [
            tr(f"report_page.column.{key}") for key in ("stage", "reached", "amount", "on", "days")
        ]
        self.hint.setText(tr("report_page.funnel_hint"))
        return Funnel(points, shares[:-1]), heads, lines

    def count(self, found: ReportOverview) -> str:
        total = max((step.count for step in found.funnel), default=0)
        return tr("report_page.sample.opportunity", count=total)

    def nothing(self) -> tuple[str, str, str]:
        return tr("report_page.no_funnel"), "", ""


class ShareBlock(Block):
    """Parts of a whole by the items of a list."""

    def __init__(
        self,
        lists: Lists,
        code: str,
        of: Callable[[ReportOverview], Sequence[Share]],
        kind: Kind,
        *,
        missing: str,
        now: bool = False,
    ) -> None:
        """`missing` names the sentence for nothing; `now`: the numbers are of no period."""
        self.code = code
        super().__init__(lists)
        self._of, self._kind, self._missing, self._now = of, kind, missing, now

    def draw(self, found: ReportOverview) -> tuple[Chart, Sequence[str], Sequence[Line]] | None:
        shares = [share for share in self._of(found) if share.count]
        if not shares:
            return None
        total = sum(share.count for share in shares)
        self.behind([share.rows for share in shares])
        with_sums = any(any(share.sums.values()) for share in shares)
        names = [self._name(share) for share in shares]
        points = [
            Point(name, share.count, key=place, note=_share(share.count, total), colour=colour)
            for place, (share, (name, colour)) in enumerate(zip(shares, names, strict=True))
        ]
        lines = []
        for share, (name, _colour) in zip(shares, names, strict=True):
            cells = [name, number(share.count), _share(share.count, total)]
            if with_sums:
                cells.append(sums_text(share.sums, self.usual))
            lines.append(Line(tuple(cells), share.rows))
        heads = [
            tr(f"report_page.column.name.{self.code}"),
            tr("report_page.column.count"),
            tr("report_page.column.share"),
        ]
        if with_sums:
            heads.append(tr("report_page.column.amount"))
        hints = [tr("report_page.now_hint")] if self._now else []
        if len(points) > _BARS:
            hints.append(tr("report_page.largest_hint", shown=_BARS, count=len(points)))
        self.hint.setText(" ".join(hints))
        return HBars(points[:_BARS]), heads, lines

    def count(self, found: ReportOverview) -> str:
        total = sum(share.count for share in self._of(found))
        return tr(f"report_page.sample.{self._kind.value}", count=total)

    def nothing(self) -> tuple[str, str, str]:
        return tr(f"report_page.{self._missing}"), "", ""

    def _name(self, share: Share) -> tuple[str, str]:
        item = self.lists.item(share.item_id) if share.item_id is not None else None
        if item is None:
            return tr("report_page.without"), "grey"
        return item_name(item, tr), "" if self.code == "by_industry" else item.color


def _share(count: int, total: int) -> str:
    return percent(round(100 * count / total)) if total else ""


def _change(now: Decimal, before: Decimal) -> str:
    change = percent_change(now, before)
    return "–" if change is None else f"{change:+d}%"
