"""The panels below the follow-ups: this month, the records seen last, the notice board."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.morning import Morning
from crm_desktop.domain.records import Found
from crm_desktop.domain.today import MonthSummary, NoticeRow
from crm_desktop.ui.amounts import change_text, main_currency, sums_text
from crm_desktop.ui.context import Context
from crm_desktop.ui.formats import day_near, day_text, money_short, number
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import LIST_OF_KIND, Place
from crm_desktop.ui.today.panel import Panel, quiet, refill
from crm_desktop.ui.tooltips import plain_tip
from crm_desktop.ui.widgets import IconButton, PlainLabel
from crm_desktop.ui.widgets.lines import FigureButton, LineButton, TextLink
from crm_desktop.ui.widgets.tiles import Tiles

_RECENT = 5
_FEW = 5
_FIGURES = ("calls", "visits", "quotes_sent", "new_customers")


class MonthPanel(Panel):
    """This month beside the same days of last month."""

    key = "month"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._beside = PlainLabel(role="small", tone="muted")
        self.header.buttons.addWidget(self._beside)
        self.figures = Tiles(104, gap=4)
        self.body.addWidget(self.figures)

    def fill(self, found: Morning) -> None:
        month = found.panels.month
        first, last = month.before.first, month.before.last
        self._beside.setText(
            tr("today_page.beside", first=day_text(first, found.panels.day),
               last=day_text(last, found.panels.day))
        )  # fmt: skip
        tiles: list[QWidget] = [self._won(month, found.currency)]
        for key in _FIGURES:
            now, before = getattr(month.this, key), getattr(month.before, key)
            figure = FigureButton(
                tr(f"today_page.month.{key}"), number(now), _was(number(before), now, before)
            )
            figure.clicked.connect(self.opener(month.rows[key]))
            tiles.append(figure)
        self.figures.set_tiles(tiles)

    def _won(self, month: MonthSummary, usual: str) -> FigureButton:
        code = main_currency((month.this.won, month.before.won), usual)
        now, before = (each.won.get(code, Decimal(0)) for each in (month.this, month.before))
        value = sums_text(month.this.won, code, short=True)
        if month.this.won_count:
            value = tr("today_page.won_value", sums=value, count=month.this.won_count)
        figure = FigureButton(
            tr("today_page.month.won"), value, _was(money_short(before, code), now, before)
        )
        figure.clicked.connect(self.opener(month.rows["won"]))
        return figure


def _was(shown: str, now: Decimal | int, before: Decimal | int) -> str:
    words = tr("today_page.was", value=shown)
    # +800 % of one call says nothing.
    change = "" if isinstance(before, int) and before < _FEW else change_text(now, before)
    return tr("format.dot", one=words, other=change) if change else words


class RecentPanel(Panel):
    """The records of one kind that were opened last."""

    kind = Kind.COMPANY
    icon_name = ""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.all = TextLink()
        self.all.clicked.connect(lambda: context.navigator.go(Place(LIST_OF_KIND[self.kind.value])))
        self.header.buttons.addWidget(self.all)

    def fill(self, found: Morning) -> None:
        self.all.set_words(tr("common.all"))
        self.all.setAccessibleName(tr(f"kind.{self.kind.value}.plural"))
        lines: list[QWidget] = [self._line(each) for each in self._found_in(found)[:_RECENT]]
        if not lines:
            lines.append(quiet(tr(f"today_page.none.{self.kind.value}")))
        refill(self.body, lines)
        self.body.addStretch(1)

    def _found_in(self, found: Morning) -> tuple[Found, ...]:
        raise NotImplementedError

    def _line(self, each: Found) -> LineButton:
        line = LineButton(
            each.ref.title,
            icon_name=self.icon_name,
            avatar="" if self.icon_name else each.ref.title,
            more=each.subtitle,
        )
        line.setToolTip(plain_tip(each.ref.title))
        place = Place.record(self.kind, each.ref.id)
        line.clicked.connect(lambda: self.context.navigator.go(place))
        return line


class RecentCompaniesPanel(RecentPanel):
    """The customers seen last."""

    key = "recent_companies"
    kind = Kind.COMPANY
    icon_name = "building-2"

    def _found_in(self, found: Morning) -> tuple[Found, ...]:
        return found.panels.recent_companies


class RecentPeoplePanel(RecentPanel):
    """The people seen last."""

    key = "recent_people"
    kind = Kind.PERSON
    icon_name = "user"

    def _found_in(self, found: Morning) -> tuple[Found, ...]:
        return found.panels.recent_people


class RecentOpportunitiesPanel(RecentPanel):
    """The opportunities seen last."""

    key = "recent_opportunities"
    kind = Kind.OPPORTUNITY
    icon_name = "kanban"

    def _found_in(self, found: Morning) -> tuple[Found, ...]:
        return found.panels.recent_opportunities


class _NoticeLine(QLineEdit):
    """Esc empties it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class NoticesPanel(Panel):
    """The firm's own board: one line adds a note, a cross takes it down."""

    key = "notices"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.line = _NoticeLine()
        self.line.returnPressed.connect(self.add)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(2)
        self.body.setSpacing(6)
        self.body.setContentsMargins(6, 2, 6, 4)
        self.body.addLayout(self._notes)
        self.body.addWidget(self.line)

    def fill(self, found: Morning) -> None:
        refill(self._notes, [self._note(row, found) for row in found.panels.notices])
        self.line.setPlaceholderText(tr("today_page.notice_hint"))
        self.line.setAccessibleName(tr("today_page.notice_name"))

    def has_unsaved_text(self) -> bool:
        return bool(self.line.text().strip())

    def add(self) -> None:
        """Hang up what is typed."""
        text = self.line.text().strip()
        if not text:
            return
        notices = self.context.services.notices
        self.line.setText("")

        def done(_result: Any) -> None:
            self.context.window.toast(tr("today_page.notice_added"), undo=True)

        job = self.context.jobs.run_writer(lambda _progress: notices.add(text), done)
        # What was typed is never lost.
        job.failed.connect(lambda _error: self._give_back(text))

    def _give_back(self, text: str) -> None:
        if not self.line.text():
            self.line.setText(text)

    def remove(self, row: NoticeRow) -> None:
        """Take a note down."""
        notices = self.context.services.notices

        def done(_result: Any) -> None:
            self.context.window.toast(tr("today_page.notice_removed"), undo=True)

        self.context.jobs.run_writer(lambda _progress: notices.remove(row.id), done)

    def _note(self, row: NoticeRow, found: Morning) -> QWidget:
        whole = QWidget()
        line = QHBoxLayout(whole)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        words = row.text
        if row.until is not None:
            until = tr("today_page.until", day=day_near(row.until, found.panels.day))
            words = tr("format.dot", one=words, other=until)
        text = PlainLabel(words, wrap=True)
        line.addWidget(text, 1)
        cross = IconButton("x", tr("common.remove_named", name=row.text[:40]), small=True)
        cross.clicked.connect(lambda: self.remove(row))
        line.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)
        return whole
