"""Reports: the numbers of a period, each opening the rows behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.page_paper import PagePaper
from crm_desktop.domain.reports import Period, ReportOverview, Span, Total
from crm_desktop.domain.today import Rows
from crm_desktop.ui import giving_out
from crm_desktop.ui.amounts import change_text, main_currency, sums_text
from crm_desktop.ui.context import Context
from crm_desktop.ui.file_dialogs import Purpose, ask_save, open_file, show_folder, workbook_kind
from crm_desktop.ui.formats import day_text, money_short, number, percent
from crm_desktop.ui.language import tr, words
from crm_desktop.ui.page import Page
from crm_desktop.ui.places import Place
from crm_desktop.ui.reports.blocks import Block, FunnelBlock, ShareBlock, WonBlock
from crm_desktop.ui.reports.on_paper import report_paper
from crm_desktop.ui.table.list_place import list_place
from crm_desktop.ui.theme.tokens import GAP, GAP_CARD, GAP_PAGE
from crm_desktop.ui.today.weekly import print_weekly
from crm_desktop.ui.widgets import Button, Card, ChoiceField, Option, PlainLabel
from crm_desktop.ui.widgets.lines import FigureButton
from crm_desktop.ui.widgets.scrolled import Scrolled
from crm_desktop.ui.widgets.tiles import Tiles

SPANS = (
    Span.THIS_MONTH,
    Span.LAST_MONTH,
    Span.THIS_QUARTER,
    Span.LAST_QUARTER,
    Span.THIS_YEAR,
    Span.LAST_YEAR,
    Span.LAST_12_MONTHS,
)
_FEW = 5  # a change in percent of fewer than these says nothing


class ReportsPage(Page):
    """The overview: figures above, blocks of chart and table below."""

    key = "reports"
    shows: ClassVar[frozenset[Kind]] = frozenset(
        {Kind.OPPORTUNITY, Kind.COMPANY, Kind.ACTIVITY, Kind.LIST, Kind.SETTINGS}
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._found: ReportOverview | None = None
        lists = context.services.lists
        self.won = WonBlock(lists)
        self.funnel = FunnelBlock(lists)
        self.by_level = ShareBlock(
            lists, "by_level", lambda o: o.by_level, Kind.COMPANY, missing="no_company", now=True
        )
        self.by_industry = ShareBlock(
            lists,
            "by_industry",
            lambda o: o.by_industry,
            Kind.COMPANY,
            missing="no_company",
            now=True,
        )
        self.lost = ShareBlock(
            lists, "lost_reasons", lambda o: o.lost_reasons, Kind.OPPORTUNITY, missing="no_lost"
        )
        self.done = ShareBlock(
            lists,
            "activities_by_type",
            lambda o: o.activities_by_type,
            Kind.ACTIVITY,
            missing="no_activity",
        )
        self.blocks: tuple[Block, ...] = (
            self.won,
            self.funnel,
            self.by_level,
            self.by_industry,
            self.lost,
            self.done,
        )
        self._lay_out()
        self._connect()
        self.retranslate()
        self.period.set_value(Span.THIS_YEAR.value)

    def _lay_out(self) -> None:
        self._title = PlainLabel(role="title")
        self._days = PlainLabel(tone="muted", wrap=True)
        self._period_label = PlainLabel(tone="muted")
        self.period = ChoiceField(required=True)
        self._period_label.setBuddy(self.period)
        self.excel = Button("", icon_name="file-spreadsheet")
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self._title, 1)
        head.addWidget(self._period_label)
        head.addWidget(self.period)
        head.addWidget(self.excel)
        self._strip = Card()
        self.figures = Tiles(128, gap=4)
        self._strip.body.addWidget(self.figures)
        # Two columns of their own: a long table on one side leaves no hole on the other.
        tiles = Tiles(400, most=2)
        left = (self.won, self.by_level, self.lost, self.done)
        tiles.set_tiles([_stacked(left), _stacked((self.funnel, self.by_industry))])
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(GAP_PAGE, 0, GAP_PAGE, GAP_PAGE)
        column.setSpacing(GAP_CARD)
        column.addWidget(self._strip)
        column.addWidget(tiles)
        column.addStretch(1)
        self.view = Scrolled(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, GAP_CARD, 0, 0)
        whole.setSpacing(GAP_CARD)
        top = QVBoxLayout()
        top.setContentsMargins(GAP_PAGE, 0, GAP_PAGE, 0)
        top.setSpacing(4)
        top.addLayout(head)
        top.addWidget(self._days)
        whole.addLayout(top)
        whole.addWidget(self.view, 1)

    def _connect(self) -> None:
        self.period.changed.connect(lambda _value: self._period_chosen())
        self.excel.clicked.connect(self.do_export)
        for block in self.blocks:
            block.opened.connect(self.open_rows)
            block.go_wished.connect(lambda: self.go(Place("opportunities")))

    # ---- what a page says about itself

    def title(self) -> str:
        return tr("report_page.title")

    def retranslate(self) -> None:
        kept = self.period.value()
        self._title.setText(self.title())
        self.view.setAccessibleName(self.title())
        self._period_label.setText(tr("report_page.period"))
        self.period.setAccessibleName(tr("report_page.period"))
        self.period.set_options([Option(s.value, tr(f"report.span.{s.value}")) for s in SPANS])
        if kept:
            self.period.set_value(kept)
        self.excel.setText(tr("report_page.excel"))
        self.excel.setToolTip(tr("report_page.excel_why"))
        for block in self.blocks:
            block.retranslate()
        self._tell()

    def state(self) -> dict[str, Any]:
        return {"period": self.period.value()}

    def restore(self, state: dict[str, Any]) -> None:
        if state.get("period") in {span.value for span in SPANS}:
            self.period.set_value(state["period"])

    def refresh(self) -> None:
        reports = self.context.services.reports
        span = Span(self.period.value() or Span.THIS_YEAR.value)
        self.read("overview", lambda: reports.overview(reports.period(span)), self._arrived)

    # ---- commands

    def handles(self, command: str) -> bool:
        if command in ("export", "print"):
            return self._found is not None
        return super().handles(command)

    def do_export(self) -> None:
        """Every number of the overview as a workbook."""
        found = self._found
        if found is None:
            return
        first, last = found.period.first.isoformat(), found.period.last.isoformat()
        name = tr("report_page.file_name", first=first, last=last)
        chosen = ask_save(
            self,
            Purpose.EXPORT,
            tr("report_page.save_as"),
            name=f"{name}.xlsx",
            kinds=(workbook_kind(),),
        )
        if chosen is None:
            return
        path = chosen.path
        reports, language = self.context.services.reports, words()

        def done(_count: int) -> None:
            self.context.window.toast(
                tr("report_page.saved", name=path.name),
                choices=(
                    (tr("common.open"), lambda: open_file(path)),
                    (tr("common.show_in_folder"), lambda: show_folder(path)),
                ),
            )

        self.context.jobs.run_reader(lambda: reports.export(found, path, language), done)

    def do_print(self) -> None:
        """The overview as it is shown."""
        paper = self.paper()
        giving_out.print_page(self, lambda: paper)

    def do_weekly(self) -> None:
        """The week on one page."""
        print_weekly(self)

    def paper(self) -> PagePaper:
        """What goes on paper."""
        title = tr("format.dot", one=self.title(), other=self.period.currentText())
        tiles = [tile for tile in self.figures.tiles() if isinstance(tile, FigureButton)]
        figures = [tile.on_paper() for tile in tiles]
        return report_paper(title, self._days.text(), figures, self.blocks)

    def open_rows(self, rows: Rows) -> None:
        """Go to exactly the records behind a number."""
        self.go(list_place(rows.kind, rows.query))

    # ---- what is shown

    def _period_chosen(self) -> None:
        self.mark_stale()
        self.keep_state()

    def _arrived(self, found: ReportOverview) -> None:
        self._found = found
        usual = self.context.services.business.trade().currency
        for block in self.blocks:
            block.show_overview(found, usual, self.context.clock.today())
        self._tell()
        self.commands_changed.emit()

    def _tell(self) -> None:
        found = self._found
        if found is None:
            return
        before = found.period.before()
        self._days.setText(
            tr("format.dot", one=_days(found.period, "days"), other=_days(before, "compared"))
        )
        rate, decided = found.win_rate()
        rate_figure = FigureButton(
            tr("report_page.figure.rate"),
            "–" if rate is None else percent(rate),
            tr("report_page.of_decided", count=decided),
        )
        rate_figure.clicked.connect(self._opener(found.decided()))
        self.figures.set_tiles(
            [
                self._money("won", found.won),
                self._money("lost", found.lost),
                rate_figure,
                self._count("new_companies", found.new_companies),
                self._count("activities", found.activities),
            ]
        )

    def _money(self, key: str, total: Total) -> FigureButton:
        usual = self.context.services.business.trade().currency
        code = main_currency((total.sums, total.sums_before), usual)
        now, before = (s.get(code, Decimal(0)) for s in (total.sums, total.sums_before))
        value = sums_text(total.sums, code, short=True)
        if total.count:
            value = tr("report_page.with_count", sums=value, count=total.count)
        return self._figure(key, value, money_short(before, code), change_text(now, before), total)

    def _count(self, key: str, total: Total) -> FigureButton:
        few = total.count_before < _FEW
        change = "" if few else change_text(total.count, total.count_before)
        return self._figure(key, number(total.count), number(total.count_before), change, total)

    def _figure(self, key: str, value: str, before: str, change: str, total: Total) -> FigureButton:
        was = tr("report_page.was", value=before)
        if self._found is not None and self._found.period.last > self.context.clock.today():
            change = ""  # a period that still runs is not compared with a whole one
        beside = tr("format.dot", one=was, other=change) if change else was
        figure = FigureButton(tr(f"report_page.figure.{key}"), value, beside)
        figure.clicked.connect(self._opener(total.rows))
        return figure

    def _opener(self, rows: Rows) -> Callable[[], None]:
        return lambda: self.open_rows(rows)


def _stacked(blocks: Sequence[Block]) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GAP_CARD)
    for block in blocks:
        column.addWidget(block)
    column.addStretch(1)
    return whole


def _days(period: Period, key: str) -> str:
    return tr(f"report_page.{key}", first=day_text(period.first), last=day_text(period.last))
