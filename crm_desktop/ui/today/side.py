"""The panels beside the follow-ups: birthdays, pipeline, what needs attention."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.domain.greetings import ComingBirthday
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.lists import item_name
from crm_desktop.domain.morning import Morning
from crm_desktop.domain.occasions import Occasion, identity, may_be_greeted, name_of
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.domain.today import Attention, Rows
from crm_desktop.ui.amounts import added, main_currency, sums_text
from crm_desktop.ui.charts import ChartView, HBars, Point
from crm_desktop.ui.context import Context
from crm_desktop.ui.formats import in_days, money, money_short, weekday_near
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.today.greeting import GreetingPopover
from crm_desktop.ui.today.panel import Panel, attention_words, quiet, refill
from crm_desktop.ui.widgets import IconButton
from crm_desktop.ui.widgets.lines import LineButton, TextLink

_SHOWN = 6
_GREETED_BEFORE = 14  # days: a greeting this long before the day was for this birthday
_ICONS = {
    "tickets_late": ("life-buoy", "solid.red"),
    "opportunities_without_step": ("triangle-alert", "solid.amber"),
    "tickets_without_step": ("triangle-alert", "solid.amber"),
    "quotes_expiring": ("clock", "muted"),
    "quotes_unanswered": ("hourglass", "muted"),
    "contracts_ending": ("signature", "muted"),
    "companies_silent": ("user-round-x", "muted"),
    "people_silent": ("user-round-x", "muted"),
    "birthdays_missed": ("cake", "muted"),
    "rows_left_over": ("file-spreadsheet", "solid.amber"),
}


class BirthdaysPanel(Panel):
    """Birthdays of today and the seven days after it; each can be greeted from here."""

    key = "birthdays"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.asking: GreetingPopover | None = None
        # Words that were changed but not sent yet, by whose day they are for.
        self._drafts: dict[tuple[int, date, int], str] = {}

    def fill(self, found: Morning) -> None:
        panels = found.panels
        coming: list[Occasion] = [*panels.birthdays, *panels.anniversaries]
        coming.sort(key=lambda row: (row.on, row.person.title))
        lines = [self._line(row, panels.day) for row in coming[:_SHOWN]]
        if not coming:
            lines.append(quiet(tr("today_page.no_birthdays")))
        count = panels.birthday_count + panels.anniversary_count
        if count > _SHOWN:
            more = LineButton(tr("today_page.show_all", count=count))
            more.clicked.connect(lambda: self.context.navigator.go(Place("birthdays")))
            lines.append(more)
        refill(self.body, lines)

    def greet(self, row: Occasion, anchor: QWidget) -> None:
        """Offer words for somebody."""
        if self.asking is not None:
            self.asking.dismiss()
        which = identity(row)
        popover = GreetingPopover(self.context, row, anchor, self._drafts.get(which, ""))
        self.asking = popover

        def closed() -> None:
            self.asking = None
            self._drafts.pop(which, None)
            if popover.holds_unsaved_text():
                self._drafts[which] = popover.words.text()
            popover.deleteLater()

        popover.closed.connect(closed)
        popover.open_at(anchor)

    def leave(self) -> None:
        """Another page is shown: what is open over this one goes with it."""
        if self.asking is not None:
            self.asking.dismiss()

    def _line(self, row: Occasion, today: date) -> QWidget:
        whole = QWidget()
        line = QHBoxLayout(whole)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        greeted = _is_greeted(row)
        words, colour = _when(row, today)
        name = LineButton(
            row.person.title,
            avatar=row.person.title,
            more=_what(row),
            chip=tr("today_page.greeted") if greeted else words,
            chip_colour="green" if greeted else colour,
            strong=True,
        )
        place = Place.record(row.person.kind, row.person.id)
        name.clicked.connect(lambda: self.context.navigator.go(place))
        line.addWidget(name, 1)
        if may_be_greeted(row) and not greeted:
            button = IconButton(
                "gift", tr("today_page.greet_named", name=row.person.title), small=True
            )
            button.clicked.connect(lambda: self.greet(row, button))
            line.addWidget(button)
        return whole


def _what(row: Occasion) -> str:
    age = row.age if isinstance(row, ComingBirthday) else None
    return tr("today_page.turns", age=age) if age else name_of(row)


def _is_greeted(row: Occasion) -> bool:
    if row.last_greeted is None:
        return False
    return row.last_greeted.date() >= row.on - timedelta(days=_GREETED_BEFORE)


def _when(row: Occasion, today: date) -> tuple[str, str]:
    """The chip: today, tomorrow, in 3 days; with a word where the day is of the old calendar."""
    words = in_days(row.on, today)
    if row.days > 1:
        words = weekday_near(row.on, today) if not row.birthday.lunar else words
    if row.birthday.lunar:
        words = tr("format.dot", one=words, other=tr("today_page.lunar"))
    return words, "amber" if row.days == 0 else "grey"


class PipelinePanel(Panel):
    """Open opportunities by stage."""

    key = "pipeline"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.total = TextLink(strong=True)
        self.total.clicked.connect(lambda: context.navigator.go(Place("opportunities")))
        self.header.buttons.addWidget(self.total)
        self._currency = "CNY"
        self.chart = ChartView(say=self._say, say_short=self._say_short)
        self.chart.clicked.connect(self._opened)
        self._nothing = quiet("")
        self._nothing.setContentsMargins(2, 2, 2, 4)
        self.body.setContentsMargins(4, 2, 4, 0)
        self.body.addWidget(self.chart)
        self.body.addWidget(self._nothing)

    def fill(self, found: Morning) -> None:
        columns = found.pipeline
        self._currency = main_currency((column.sums for column in columns), found.currency)
        points = [
            Point(item_name(column.stage, tr), value, key=column.stage.id, note=others)
            for column in columns
            for value, others in [self._parts(column.sums)]
        ]
        some = any(column.count for column in columns)
        self.chart.setAccessibleName(tr("today_page.panel.pipeline"))
        self.chart.set_chart(HBars(points))
        self.chart.setVisible(some)
        self._nothing.setText(tr("today_page.no_pipeline"))
        self._nothing.setVisible(not some)
        self.total.set_words(sums_text(added(c.sums for c in columns), found.currency))
        self.total.setVisible(some)

    def _parts(self, sums: object) -> tuple[Decimal, str]:
        assert isinstance(sums, dict)
        value = sums.get(self._currency, Decimal(0))
        rest = {code: each for code, each in sums.items() if code != self._currency and each}
        return value, sums_text(rest, next(iter(rest)), short=True) if rest else ""

    def _say(self, value: object) -> str:
        return money(Decimal(str(value)), self._currency)

    def _say_short(self, value: object) -> str:
        return money_short(Decimal(str(value)), self._currency)

    def _opened(self, stage_id: int) -> None:
        query = Query().also(Condition("stage", Op.IS, stage_id), Condition("state", Op.IS, "open"))
        self.open_rows(Rows(Kind.OPPORTUNITY, query))


class AttentionPanel(Panel):
    """What goes wrong unless somebody looks; each line opens exactly its rows."""

    key = "attention"

    def fill(self, found: Morning) -> None:
        lines: list[QWidget] = []
        for item in found.panels.attention:
            icon_name, token = _ICONS.get(item.code, ("circle-alert", "muted"))
            words = attention_words(item)
            line = LineButton(words, icon_name=icon_name, icon_token=token)
            line.setToolTip(words)
            if item.file:
                lines.append(self._of_file(line, item))
                continue
            line.clicked.connect(self.opener(item.rows))
            lines.append(line)
        if not lines:
            lines.append(quiet(tr("today_page.no_attention")))
        refill(self.body, lines)

    def _of_file(self, line: LineButton, item: Attention) -> QWidget:
        """A line about a file: it opens the file in the import; a cross puts it aside."""
        place = Place.to("import", file=item.file)
        line.clicked.connect(lambda: self.context.navigator.go(place))
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(line, 1)
        cross = IconButton("x", tr("common.remove_named", name=line.text()), small=True)
        cross.clicked.connect(lambda: self.put_aside(item))
        row.addWidget(cross)
        return whole

    def put_aside(self, item: Attention) -> None:
        """Say no more that rows of a file stayed out."""
        imports, window = self.context.services.imports, self.context.window

        def done(_result: Any) -> None:
            window.toast(tr("attention.put_aside"), undo=True)

        self.context.jobs.run_writer(lambda _progress: imports.put_aside(item.file), done)
