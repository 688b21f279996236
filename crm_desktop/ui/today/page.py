"""Today: what there is to do, who has a birthday, how the month goes."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain import schema
from crm_desktop.domain.agenda import AgendaItem, Section
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.morning import Morning
from crm_desktop.domain.page_paper import PagePaper
from crm_desktop.domain.today import Rows
from crm_desktop.services.morning import read_morning
from crm_desktop.ui import giving_out
from crm_desktop.ui.context import Context
from crm_desktop.ui.followups.acts import FollowupActs, subject_of
from crm_desktop.ui.followups.quick import QuickLine
from crm_desktop.ui.formats import day_long
from crm_desktop.ui.language import tr
from crm_desktop.ui.page import Page
from crm_desktop.ui.places import Place
from crm_desktop.ui.table.list_place import list_place
from crm_desktop.ui.theme.tokens import GAP_CARD, GAP_PAGE
from crm_desktop.ui.today.actions import Actions
from crm_desktop.ui.today.board import Board
from crm_desktop.ui.today.main_panels import (
    MonthPanel,
    NoticesPanel,
    RecentCompaniesPanel,
    RecentOpportunitiesPanel,
    RecentPeoplePanel,
)
from crm_desktop.ui.today.on_paper import morning_paper
from crm_desktop.ui.today.side import AttentionPanel, BirthdaysPanel, PipelinePanel
from crm_desktop.ui.today.start import StartCard
from crm_desktop.ui.today.weekly import print_weekly
from crm_desktop.ui.widgets import Banner, Button, FlowLayout, IconButton, PlainLabel
from crm_desktop.ui.widgets.lines import FigureButton, TextLink
from crm_desktop.ui.widgets.scrolled import Scrolled

_MINUTE = 60_000


class TodayPage(Page):
    """Follow-ups on the left, the other panels beside and below them."""

    key = "today"
    shows: ClassVar[frozenset[Kind]] = frozenset(Kind)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._found: Morning | None = None
        self._foretold: Morning | None = None
        self._day: date = context.clock.today()
        self._start_hidden = False
        self.acts = FollowupActs(context, self)
        self.quick = QuickLine(context)
        self.actions_of_day = Actions(context, self.acts)
        self.start = StartCard(context)
        self.birthdays = BirthdaysPanel(context)
        self.pipeline = PipelinePanel(context)
        self.attention = AttentionPanel(context)
        self.notices = NoticesPanel(context)
        self.month = MonthPanel(context)
        recents = (
            RecentCompaniesPanel(context),
            RecentPeoplePanel(context),
            RecentOpportunitiesPanel(context),
        )
        main = QWidget()
        left = QVBoxLayout(main)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(GAP_CARD)
        for part in (self.quick, self.start, self.actions_of_day):
            left.addWidget(part)
        side = (self.birthdays, self.pipeline, self.attention, self.notices)
        self.board = Board(main, (self.month,), side, recents)
        self.banner = Banner("")
        self.banner.hide()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        self._title = PlainLabel(role="record")
        self.figures = {key: TextLink() for key in ("due", "overdue", "birthdays")}
        place = QWidget()
        line = FlowLayout(place, gap=6)
        for number, figure in enumerate(self.figures.values()):
            if number:
                line.addWidget(PlainLabel("·", tone="muted"))
            line.addWidget(figure)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(place)
        self.weekly = Button(icon_name="file-text")
        self.arrange = IconButton("layout-grid", "")
        head = QHBoxLayout()
        head.setSpacing(GAP_CARD)
        head.addLayout(words, 1)
        head.addWidget(self.weekly)
        head.addWidget(self.arrange)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(GAP_PAGE + 4, GAP_PAGE, GAP_PAGE + 4, GAP_PAGE)
        column.setSpacing(GAP_CARD)
        column.addWidget(self.banner)
        column.addLayout(head)
        column.addWidget(self.board)
        column.addStretch(1)
        self.view = Scrolled(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.view)

    def _connect(self) -> None:
        self.acts.next_begun.connect(self._begin_next)
        self.quick.left.connect(self._focus_rows)
        self.start.hidden.connect(self._hide_start)
        self.board.arranged.connect(self.keep_state)
        self.arrange.clicked.connect(self._arrange)
        self.weekly.clicked.connect(self.do_weekly)
        self.banner.acted.connect(lambda _key: self.remove_sample())
        self.actions_of_day.chosen_changed.connect(self.commands_changed)
        self.actions_of_day.chosen_changed.connect(lambda: QTimer.singleShot(0, self, self._follow))
        self.actions_of_day.rows_wished.connect(self._open_rows)
        self.actions_of_day.item_wished.connect(self._show_item)
        for key, figure in self.figures.items():
            figure.clicked.connect(lambda _checked=False, key=key: self._figure_clicked(key))
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE)
        self._clock.timeout.connect(self._look_at_clock)
        self._clock.start()

    # ---- what a page says about itself

    def title(self) -> str:
        return day_long(self._day)

    def retranslate(self) -> None:
        self._title.setText(self.title())
        self.view.setAccessibleName(tr("shell.page.today"))
        self.arrange.set_name(tr("today_page.arrange"))
        self.weekly.setText(tr("today_page.weekly.button"))
        self.quick.retranslate()
        self.start.retranslate()
        self.actions_of_day.retranslate()
        for panel in self.board.panels.values():
            panel.retranslate()
        self.banner.set_text(tr("sample.banner"), actions=[("remove", tr("sample.remove"))])
        self._tell_figures()

    def state(self) -> dict[str, Any]:
        return {
            "order": self.board.order(),
            "hidden": sorted(self.board.hidden),
            "start_hidden": self._start_hidden,
            "quick": self.quick.line.text(),
            "notice": self.notices.line.text(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        order, hidden = state.get("order"), state.get("hidden")
        if isinstance(order, list) and isinstance(hidden, list):
            self.board.arrange(order, hidden)
        self._start_hidden = bool(state.get("start_hidden"))
        self.quick.line.setText(str(state.get("quick") or ""))
        self.notices.line.setText(str(state.get("notice") or ""))

    def refresh(self) -> None:
        services = self.context.services
        self.read("morning", lambda: read_morning(services), self._arrived)

    def foretell(self, found: Morning) -> None:
        """Show what was prepared; once the page is gone to, it reads for itself."""
        self._arrived(found)
        self._foretold = found

    def selected_place(self) -> Place | None:
        chosen = self.actions_of_day.chosen()
        ref = subject_of(chosen[0]) if chosen is not None else None
        return Place.record(ref.kind, ref.id) if ref is not None else None

    # ---- commands

    def handles(self, command: str) -> bool:
        if command == "print":
            return self._found is not None
        if command == "export":
            return bool(self.shown_ids())
        if command in ("done", "later", "delete", "edit"):
            return self.actions_of_day.chosen() is not None
        return super().handles(command)

    def do_new(self) -> None:
        """Write a new follow-up in the line at the top."""
        self.view.verticalScrollBar().setValue(0)
        self.quick.start()

    def do_new_followup(self) -> None:
        """The same, by its own key."""
        self.do_new()

    def do_done(self) -> None:
        """Tick the chosen one off."""
        chosen = self.actions_of_day.chosen()
        if chosen is not None:
            self.acts.complete(chosen[0], rows=chosen[1])

    def do_later(self) -> None:
        """The offers of Later for the chosen one."""
        chosen = self.actions_of_day.chosen()
        if chosen is not None:
            item, rows = chosen
            self.acts.open_later(item, rows.later_point(item.id))

    def do_edit(self) -> None:
        """All fields of the chosen one."""
        chosen = self.actions_of_day.chosen()
        if chosen is not None:
            item, rows = chosen
            self.acts.edit(item.id, rows.later_point(item.id))

    def do_delete(self) -> None:
        """The chosen one to the trash."""
        chosen = self.actions_of_day.chosen()
        if chosen is not None:
            self.acts.trash(chosen[0])

    def do_export(self) -> None:
        """The follow-ups of this page, those not shown in full too, as a workbook."""
        columns = schema.default_columns(Kind.ACTIVITY)
        giving_out.export(self, Kind.ACTIVITY, self.shown_ids(), columns)

    def do_print(self) -> None:
        """The day on paper."""
        if self._found is not None:
            paper = self.paper(self._found)
            giving_out.print_page(self, lambda: paper)

    def do_weekly(self) -> None:
        """The week on one page."""
        print_weekly(self)

    def shown_ids(self) -> list[int]:
        """Every follow-up that is overdue, due today or in the next seven days."""
        if self._found is None:
            return []
        actions = self._found.panels.actions
        return [
            each
            for part in (actions.overdue, actions.today, actions.week)
            for each in part.rows.query.only or ()
        ]

    def paper(self, found: Morning) -> PagePaper:
        """What goes on paper."""
        tiles = [tile for tile in self.month.figures.tiles() if isinstance(tile, FigureButton)]
        subtitle = " · ".join(figure.text() for figure in self.figures.values())
        return morning_paper(self.title(), subtitle, found, [tile.on_paper() for tile in tiles])

    def remove_sample(self) -> None:
        """Take the sample data out, with a way back."""
        sample = self.context.services.sample
        self.write(
            sample.remove,
            lambda _result: self.context.window.toast(tr("sample.removed"), undo=True),
        )

    # ---- what is shown

    def _arrived(self, found: Morning) -> None:
        foretold, self._foretold = self._foretold, None
        if found == foretold:
            return
        self._found = found
        moved = found.panels.day != self._day
        self._day = found.panels.day
        self._title.setText(self.title())
        if moved:
            self.title_changed.emit()
        self.banner.setVisible(found.sample)
        self.start.show_morning(found)
        self.start.setVisible(found.begins and not self._start_hidden)
        self.actions_of_day.show_morning(found)
        for panel in self.board.panels.values():
            panel.show_morning(found)
        self._tell_figures()
        self.commands_changed.emit()

    def _tell_figures(self) -> None:
        if self._found is None:
            return
        actions = self._found.panels.actions
        counts = {
            "due": actions.today.count + actions.overdue.count,
            "overdue": actions.overdue.count,
            "birthdays": self._found.panels.birthday_count,
        }
        for key, count in counts.items():
            self.figures[key].set_words(tr(f"today_page.figure.{key}", count=count))

    def _figure_clicked(self, key: str) -> None:
        if self._found is None:
            return
        if key == "birthdays":
            self.go(Place("birthdays"))
            return
        section = Section.OVERDUE
        if key == "due" and not self.actions_of_day.cards[section].count():
            section = Section.TODAY
        card = self.actions_of_day.cards[section]
        if card.isVisible():
            # The rows are on this very page.
            self.view.ensureWidgetVisible(card)
            rows = card.list
            rows.setCurrentIndex(rows.rows.index(0, 0))
            rows.setFocus()

    def _open_rows(self, rows: Rows) -> None:
        self.go(list_place(rows.kind, rows.query))

    def _show_item(self, item: AgendaItem) -> None:
        for rows in self.actions_of_day.lists():
            if rows.choose(item.id):
                rows.setFocus()
                self.view.ensureWidgetVisible(rows)

    def _begin_next(self, words: str, about: Ref | None) -> None:
        self.view.verticalScrollBar().setValue(0)
        self.quick.start(words, about)

    def take_keyboard(self) -> None:
        if any(rows.isVisibleTo(self) for rows in self.actions_of_day.lists()):
            self._focus_rows()
        else:
            super().take_keyboard()

    def _focus_rows(self) -> None:
        for rows in self.actions_of_day.lists():
            if rows.isVisible():
                rows.setFocus()
                return

    def _follow(self) -> None:
        """Keep the row with the keyboard in sight: the lists do not scroll, the page does."""
        chosen, inner = self.actions_of_day.chosen(), self.view.widget()
        if chosen is None or inner is None or not chosen[1].hasFocus():
            return
        rows = chosen[1]
        box = rows.visualRect(rows.currentIndex())
        middle = rows.viewport().mapTo(inner, box.center())
        self.view.ensureVisible(0, middle.y(), 0, box.height())

    def _hide_start(self) -> None:
        self._start_hidden = True
        self.start.hide()
        self.keep_state()

    def _arrange(self) -> None:
        self.board.menu(self).popup(self.arrange.mapToGlobal(self.arrange.rect().bottomLeft()))

    def _look_at_clock(self) -> None:
        if self.context.clock.today() != self._day:
            self.mark_stale()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.birthdays.leave()
        # What was opened meanwhile belongs among the recent ones, and no gesture tells of it.
        self._stale = True
