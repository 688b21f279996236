"""The page of follow-ups: agenda, week and month, with one line that plans a new one."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from crm_desktop.domain import schema
from crm_desktop.domain.agenda import AgendaItem, Section
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.lists import item_name
from crm_desktop.ui import giving_out
from crm_desktop.ui.context import Context
from crm_desktop.ui.followups.acts import FollowupActs
from crm_desktop.ui.followups.calendar_entries import followup_entries, other_entries
from crm_desktop.ui.followups.days import MONTH, WEEK, Entry
from crm_desktop.ui.followups.grid import DayGrid
from crm_desktop.ui.followups.head import LIST, Head
from crm_desktop.ui.followups.quick import QuickLine
from crm_desktop.ui.followups.rows import FollowupList
from crm_desktop.ui.language import tr
from crm_desktop.ui.page import Page
from crm_desktop.ui.places import Place
from crm_desktop.ui.theme.tokens import GAP, GAP_CARD, GAP_PAGE
from crm_desktop.ui.widgets import Card, EmptyState, Option
from crm_desktop.ui.widgets.scrolled import Scrolled

DONE_DAYS = 30  # how far back "show done" looks

Sections = dict[Section, list[AgendaItem]]


class FollowupsPage(Page):
    """All follow-ups, in one of three views."""

    key = "followups"
    shows: ClassVar[frozenset[Kind]] = frozenset(
        {Kind.ACTIVITY, Kind.PERSON, Kind.COMPANY, Kind.OPPORTUNITY, Kind.CONTRACT, Kind.LIST}
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        today = context.clock.today
        self._found: Sections = {}
        self._others: list[Entry] = []
        self._wanted: int | None = None
        self._sought: int | None = None  # the one somebody came for
        self._shown = "agenda"
        self.head = Head(today)
        self.quick = QuickLine(context)
        self.agenda = FollowupList(today, context.services.lists.item)
        self.week, self.month = DayGrid(WEEK, today), DayGrid(MONTH, today)
        self.acts = FollowupActs(context, self)
        self.acts.connect_list(self.agenda)
        self.empty = EmptyState("list-checks", "")
        self._agenda_place = Card()
        self._agenda_stack = QStackedWidget()
        self._agenda_stack.addWidget(self.agenda)
        self._agenda_stack.addWidget(self.empty)
        self._agenda_place.body.addWidget(self._agenda_stack)
        self._views = QStackedWidget()
        self._panes = {
            "agenda": self._agenda_place,
            WEEK: Scrolled(self.week),
            MONTH: Scrolled(self.month),
        }
        for pane in self._panes.values():
            self._views.addWidget(pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_PAGE, GAP_CARD, GAP_PAGE, GAP_CARD)
        column.setSpacing(GAP)
        column.addWidget(self.head)
        column.addWidget(self.quick)
        column.addWidget(self._views, 1)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.head.view_changed.connect(self._view_wished)
        self.head.filter_changed.connect(self._show)
        self.head.done_changed.connect(self.mark_stale)
        self.head.day_changed.connect(self._day_changed)
        self.agenda.chosen_changed.connect(self.commands_changed)
        self.agenda.emptied.connect(self._choose_wanted)
        self.agenda.folded_changed.connect(self.keep_state)
        self.quick.settled.connect(self.unsaved_text_settled)
        self.quick.left.connect(self.agenda.setFocus)
        self.quick.planned.connect(self._planned)
        self.acts.next_begun.connect(self.quick.start)
        self.empty.primary_clicked.connect(self.do_new)
        self.empty.secondary_clicked.connect(self.head.clear_filters)
        for grid in (self.week, self.month):
            grid.moved.connect(self._carried)
            grid.opened.connect(self._open_entry)
            grid.menu_wished.connect(self._entry_menu)
            grid.day_wished.connect(self._show_more_of)
            grid.chosen_changed.connect(self.commands_changed)

    # ---- what a page says about itself

    def title(self) -> str:
        return tr("followup_page.title")

    def retranslate(self) -> None:
        self.head.retranslate()
        self.quick.retranslate()
        self.agenda.setAccessibleName(tr("followup_page.title"))
        self.week.setAccessibleName(tr("followup_page.week"))
        self.month.setAccessibleName(tr("followup_page.month"))
        self.agenda.rows.rebuild()
        self._show()

    def view(self) -> str:
        """The view shown: agenda, week or month."""
        return self.head.views.current()

    def show_place(self, place: Place) -> None:
        if place.view in self._panes:
            self._show_view(place.view)
        if place.id is not None:
            self._show_view("agenda")
            self._wanted = self._sought = place.id
        if place.wish("new"):
            self.quick.start(about=self._ref(place.wish("about")))

    def state(self) -> dict[str, Any]:
        folded = sorted(section.value for section in self.agenda.rows.folded)
        return {"view": self.view(), "folded": folded, **self.head.state()}

    def restore(self, state: dict[str, Any]) -> None:
        known = {section.value for section in Section}
        self.agenda.rows.folded = {Section(s) for s in state.get("folded", ()) if s in known}
        self.head.restore(state)
        if state.get("view") in self._panes:
            self._show_view(state["view"])

    def has_unsaved_text(self) -> bool:
        return bool(self.quick.text())

    def refresh(self) -> None:
        services, today = self.context.services, self.context.clock.today()
        days = self._grid().days() if self.view() != "agenda" else [today]
        first, last = days[0], days[-1]
        wants_done = self.head.done.isChecked()
        back = max(DONE_DAYS, (today - first).days + 1) if wants_done else 0
        grid = self.view() != "agenda"

        def read() -> tuple[Sections, list[Entry]]:
            others = other_entries(services, today, first, last) if grid else []
            return services.activities.agenda(done_days=back), others

        self.read("agenda", read, lambda found: self._arrived(*found))

    # ---- commands

    def take_keyboard(self) -> None:
        part = self.agenda if self.view() == "agenda" else self._grid()
        if part.isVisibleTo(self):
            part.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().take_keyboard()

    def handles(self, command: str) -> bool:
        if command in ("done", "later", "delete", "edit"):
            return self._chosen() is not None
        return super().handles(command)

    def do_new(self) -> None:
        """Write a new follow-up in the line above."""
        self.quick.start()

    def do_new_followup(self) -> None:
        """The same, by its own key."""
        self.quick.start()

    def do_done(self) -> None:
        """Tick the chosen one off, or on again."""
        item = self._chosen()
        if item is not None and item.state == "done":
            self.acts.reopen(item)
        elif item is not None:
            self.acts.complete(item, rows=self.agenda if self.view() == "agenda" else None)

    def do_later(self) -> None:
        """The offers of Later for the chosen one."""
        item = self._chosen()
        if item is not None:
            self.acts.open_later(item, self._point_of(item.id))

    def do_edit(self) -> None:
        """All fields of the chosen one."""
        item = self._chosen()
        if item is not None:
            self.acts.edit(item.id, self._point_of(item.id))

    def _point_of(self, activity_id: int) -> QPoint:
        if self.view() == "agenda":
            return self.agenda.later_point(activity_id)
        box = self._grid().box_of("followup", activity_id)
        return self._grid().mapToGlobal(box.bottomLeft().toPoint() if box else QPoint())

    def do_delete(self) -> None:
        """The chosen one to the trash."""
        item = self._chosen()
        if item is not None:
            self.acts.trash(item)

    def do_filter(self) -> None:
        """To the filters above."""
        self.head.kind.setFocus()

    def do_export(self) -> None:
        """What the filters let through, as a workbook."""
        columns = schema.default_columns(Kind.ACTIVITY)
        giving_out.export(self, Kind.ACTIVITY, self.shown_ids(), columns)

    def do_print(self) -> None:
        """The same on paper."""
        columns = schema.default_columns(Kind.ACTIVITY)
        giving_out.print_rows(self, Kind.ACTIVITY, self.shown_ids(), columns)

    def shown_ids(self) -> list[int]:
        """The follow-ups the filters let through, in the order of the agenda."""
        found = (item for each in self._found.values() for item in each)
        return [item.id for item in found if self.head.lets_through(item)]

    # ---- what is shown

    def _arrived(self, sections: Sections, others: list[Entry]) -> None:
        self._found, self._others = sections, others
        self._offer_filters()
        self._show()
        self._choose_wanted()
        if self._sought is not None and self._sought == self._wanted and not self.agenda.holding:
            # Done and out of the agenda, or filtered out: whoever came for it sees it all the same.
            self.acts.edit(self._sought, self.quick.mapToGlobal(self.quick.rect().bottomLeft()))
            self._wanted = None
        self._sought = None

    def _choose_wanted(self) -> None:
        if self._wanted is not None and self.agenda.choose(self._wanted):
            self.agenda.setFocus()
            self.agenda.scrollTo(self.agenda.currentIndex())
            self._wanted = None

    def _offer_filters(self) -> None:
        items = [item for each in self._found.values() for item in each]
        companies = {item.company.id: item.company.title for item in items if item.company}
        self.head.offer_companies(
            [Option(i, name) for i, name in sorted(companies.items(), key=lambda pair: pair[1])]
        )
        kinds = self.context.services.lists.items("activity_type")
        used = {item.type_id for item in items}
        self.head.offer_types(
            [Option(k.id, item_name(k, tr), k.color) for k in kinds if k.id in used]
        )

    def _show(self) -> None:
        if not self._found:
            return
        kept = {
            section: [item for item in items if self.head.lets_through(item)]
            for section, items in self._found.items()
        }
        self.agenda.set_sections(dict(kept))
        today = self.context.clock.today()
        for grid in (self.week, self.month):
            days = grid.days()
            items = [item for each in kept.values() for item in each]
            entries = followup_entries(items, self.context.services, today, days[0], days[-1])
            grid.set_entries([*entries, *self._others] if grid is self._grid() else entries)
        self.head.show_open(sum(i.state != "done" for each in kept.values() for i in each))
        nothing = not any(kept.values())
        if nothing:
            filtered = self.head.is_filtering()
            self.empty.set_texts(
                tr("followup_page.no_match" if filtered else "followup_page.empty"),
                why="" if filtered else tr("followup_page.empty_why"),
                primary="" if filtered else tr("followup_page.empty_add"),
                secondary=tr("common.clear_filters") if filtered else "",
            )
        self._agenda_stack.setCurrentWidget(self.empty if nothing else self.agenda)
        self.commands_changed.emit()

    def _view_wished(self, view: str) -> None:
        if view == LIST:
            self.head.show_view(self._shown)
            self.go(Place("activities"))
            return
        self._show_view(view)
        self.context.navigator.replace(Place.to("followups", view=view))
        self.mark_stale()

    def _show_view(self, view: str) -> None:
        self._shown = view
        self.head.show_view(view)
        self._views.setCurrentWidget(self._panes[view])
        self.commands_changed.emit()

    def _grid(self) -> DayGrid:
        return self.month if self.view() == MONTH else self.week

    def _day_changed(self, day: date) -> None:
        for grid in (self.week, self.month):
            grid.show_day(day)
        self.mark_stale()

    def _show_more_of(self, day: date) -> None:
        """Where the lines fit that did not: the week for the month, the agenda for the week."""
        self.head.set_day(day)
        self._view_wished(WEEK if self.view() == MONTH else "agenda")

    # ---- one follow-up

    def _chosen(self) -> AgendaItem | None:
        if self.view() == "agenda":
            return self.agenda.chosen_item()
        entry = self._grid().chosen()
        return self._item(entry.id) if entry is not None and entry.kind == "followup" else None

    def _item(self, activity_id: int) -> AgendaItem | None:
        items = (item for each in self._found.values() for item in each)
        return next((item for item in items if item.id == activity_id), None)

    def _carried(self, activity_id: int, day: date) -> None:
        item = self._item(activity_id)
        if item is not None:
            self.acts.move_to(item, day)

    def _open_entry(self, entry: Entry) -> None:
        if entry.kind == "followup":
            self._wanted = entry.id
            self._view_wished("agenda")
        else:
            kind = Kind.CONTRACT if entry.kind == "contract" else Kind.PERSON
            self.go(Place.record(kind, entry.about or entry.id))

    def _entry_menu(self, entry: Entry, point: QPoint) -> None:
        item = self._item(entry.id) if entry.kind == "followup" else None
        if item is not None:
            self.acts.open_menu(item, point)

    def _planned(self, activity_id: int) -> None:
        # The news of it may have been read already, or be on its way.
        self._wanted = activity_id
        self._choose_wanted()

    def _ref(self, text: str) -> Ref | None:
        kind, _, number = text.partition("/")
        if not number.isdigit() or kind not in set(Kind):
            return None
        ref = Ref(Kind(kind), int(number))
        return Ref(ref.kind, ref.id, self.context.services.records.title(ref))
