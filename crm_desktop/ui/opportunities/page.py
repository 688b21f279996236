"""The page of opportunities: board, list and funnel of one pipeline."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.lists import item_name
from crm_desktop.domain.page_paper import PagePaper
from crm_desktop.domain.pipeline import (
    HELD,
    LOST,
    OPEN,
    WON,
    BoardCard,
    BoardColumn,
    FunnelStep,
    Summary,
)
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.queries import Query, from_plain
from crm_desktop.typed_texts import Tells, page_without_told
from crm_desktop.ui import giving_out
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.opportunities.board import Board
from crm_desktop.ui.opportunities.funnel import FunnelPane, since
from crm_desktop.ui.opportunities.head import VIEWS, Head
from crm_desktop.ui.opportunities.lanes import (
    BY_STAGE,
    BY_STEP,
    Lane,
    lanes_by_stage,
    lanes_by_step,
    needs_attention,
)
from crm_desktop.ui.opportunities.moves import Moves
from crm_desktop.ui.opportunities.on_paper import board_paper, funnel_paper
from crm_desktop.ui.opportunities.rows import COMMANDS, NEED_ROWS, SPEC
from crm_desktop.ui.page import Page
from crm_desktop.ui.places import Place
from crm_desktop.ui.table.list_place import list_place
from crm_desktop.ui.table.pane import TablePane
from crm_desktop.ui.theme.tokens import GAP_CARD, GAP_PAGE
from crm_desktop.ui.widgets import EmptyState


class OpportunitiesPage(Page):
    """Shows one pipeline in one of three views."""

    key = "opportunities"
    shows: ClassVar[frozenset[Kind]] = frozenset(
        {Kind.OPPORTUNITY, Kind.ACTIVITY, Kind.COMPANY, Kind.PERSON, Kind.STAFF, Kind.TAG}
    ) | {Kind.LIST}

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._columns: tuple[BoardColumn, ...] = ()
        self._pipeline_id: int | None = None
        self._wants_line = False
        self._list_state: dict[str, Any] = {}
        self.head = Head()
        self.board = Board(context.clock.today)
        self.moves = Moves(self, self.board)
        self.funnel = FunnelPane()
        self.empty = EmptyState("kanban", "")
        self._board_place = QStackedWidget()
        self._board_place.addWidget(self.board)
        self._board_place.addWidget(self.empty)
        self._views = QStackedWidget()
        self.list: TablePane | None = None  # made when it is first shown
        self._panes: dict[str, QWidget] = {"board": self._board_place, "funnel": self.funnel}
        for pane in self._panes.values():
            self._views.addWidget(pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_PAGE, GAP_CARD, GAP_PAGE, GAP_CARD)
        column.setSpacing(GAP_CARD)
        column.addWidget(self.head)
        column.addWidget(self._views, 1)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.head.view_changed.connect(self._view_wished)
        self.head.grouping_changed.connect(lambda _key: self._show_lanes())
        self.head.pipeline_changed.connect(self._pipeline_wished)
        self.head.figure_clicked.connect(self._figure_clicked)
        self.board.opened.connect(self._open)
        self.board.menu_wished.connect(self._menu)
        self.board.added.connect(self.moves.add)
        self.board.head_clicked.connect(self._lane_clicked)
        self.board.chosen_changed.connect(self.commands_changed)
        self.funnel.period_changed.connect(lambda _period: self.refresh())
        self.funnel.opened.connect(self.show_only)
        self.head.columns.clicked.connect(lambda: self.run_handler("columns"))
        self.head.export.clicked.connect(lambda: self.run_handler("export"))
        self.empty.primary_clicked.connect(self.do_new)
        self.empty.secondary_clicked.connect(lambda: self.context.window.run_command("import_file"))

    # ---- what a page says about itself

    def title(self) -> str:
        saved = self.list.saved.view if self.list is not None else None
        return saved.name if saved is not None else tr("opportunity_page.title")

    def retranslate(self) -> None:
        self.head.retranslate()
        self.funnel.retranslate()
        self.empty.set_texts(
            tr("opportunity_page.empty"),
            why=tr("opportunity_page.empty_why"),
            primary=tr("opportunity_page.empty_add"),
            secondary=tr("opportunity_page.empty_import"),
        )
        self._show_lanes()

    def view(self) -> str:
        """The view that is shown: board, list or funnel."""
        return self.head.views.current()

    def show_place(self, place: Place) -> None:
        # A list of a kind is also reached by the kind's own name.
        wished = {Kind.OPPORTUNITY.value: "list"}.get(place.view, place.view) or self.view()
        saved = place.wish("saved")
        if place.wish("query") or place.wish("text") or saved:
            wished = "list"
        self._show_view(wished if wished in dict(VIEWS) else "board")
        if self.list is not None and not saved:
            self.list.saved.leave()
        elif self.list is not None and not (saved.isdecimal() and self.list.saved.open(int(saved))):
            self.context.window.tell(Refused("views.gone"))
        if self.list is not None and place.wish("query"):
            self.list.set_filter(from_plain(json.loads(place.wish("query"))))
        elif self.list is not None and place.wish("text"):
            self.list.set_filter(Query(text=place.wish("text")))

    def state(self) -> dict[str, Any]:
        return {
            "list": self.list.state() if self.list is not None else self._list_state,
            "view": self.view(),
            "by": self.head.grouping.value(),
            "period": self.funnel.period.value(),
            "pipeline": self._pipeline_id,
        }

    def forget_told(self, tells: Tells) -> None:
        self._list_state = page_without_told(self._list_state, tells)
        if self.list is not None:
            self.list.saved.forget_told(tells)

    def restore(self, state: dict[str, Any]) -> None:
        kept = state.get("list")
        self._list_state = kept if isinstance(kept, dict) else {}
        if state.get("view") in dict(VIEWS):
            self._show_view(state["view"])
        if state.get("by") in (BY_STAGE, BY_STEP):
            self.head.grouping.set_value(state["by"])
        self.funnel.period.set_value(state.get("period") or "all")
        self._pipeline_id = state.get("pipeline")

    def has_unsaved_text(self) -> bool:
        return self.board.has_unsaved_text() or self.moves.asking is not None

    def refresh(self) -> None:
        service = self.context.services.opportunities
        pipelines = service.pipelines()
        known = {pipeline.id for pipeline in pipelines}
        if self._pipeline_id not in known:
            self._pipeline_id = pipelines[0].id
        pipeline_id = self._pipeline_id
        assert pipeline_id is not None
        self.head.show_pipelines(pipelines, pipeline_id)
        if self.list is not None:
            self.list.reload()
        if self.view() == "funnel":
            clock = self.context.clock
            start = since(self.funnel.period.value(), clock.today(), clock.zone)
            self.read("funnel", lambda: service.funnel(pipeline_id, since=start), self._steps_read)
        self.read(
            "board",
            lambda: (service.board(pipeline_id), service.summary(pipeline_id)),
            lambda found: self._board_read(*found),
        )

    def selected_place(self) -> Place | None:
        if self.view() == "list" and self.list is not None:
            chosen = self.list.view.current_id()
        else:
            chosen = self.board.chosen() if self.view() == "board" else None
        return None if chosen is None else Place.record(Kind.OPPORTUNITY, chosen)

    # ---- commands

    def take_keyboard(self) -> None:
        if self.view() == "board":
            self.board.take_keyboard()
            super().take_keyboard()  # until there are cards
        elif self.view() == "list" and self.list is not None:
            self.list.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().take_keyboard()

    def handles(self, command: str) -> bool:
        if self.view() == "list" and command in COMMANDS and self.list is not None:
            return command not in NEED_ROWS or self.list.view.selected_count() > 0
        if command in ("export", "print"):
            return bool(self.shown_ids())
        if command in ("stage_back", "stage_on", "delete", "plan"):
            chosen = self.board.chosen() if self.view() == "board" else None
            if chosen is None:
                return False
            step = {"stage_back": -1, "stage_on": 1}.get(command)
            return step is None or self.board.neighbour(chosen, step) is not None
        return super().handles(command)

    def run_handler(self, command: str) -> None:
        if self.view() == "list" and command in COMMANDS and self.list is not None:
            if self.handles(command):
                COMMANDS[command](self.list, self.head.columns)
            return
        super().run_handler(command)

    def do_new(self) -> None:
        """Write the name of a new opportunity in the first stage."""
        if self.view() != "board":
            self._view_wished("board")
        self._wants_line = True
        self._show_lanes()
        self.board.start_adding()

    def do_stage_back(self) -> None:
        """The chosen card, one stage to the left."""
        self._with_chosen(lambda card_id: self.moves.step(card_id, -1))

    def do_stage_on(self) -> None:
        """The chosen card, one stage to the right."""
        self._with_chosen(lambda card_id: self.moves.step(card_id, 1))

    def do_delete(self) -> None:
        """The chosen card to the trash."""
        self._with_chosen(self.moves.trash)

    def do_new_followup(self) -> None:
        """Plan a follow-up about the chosen card."""
        self._plan(self.board.chosen())

    def do_export(self) -> None:
        """The opportunities of the board or the funnel, with all their fields."""
        giving_out.export(self, Kind.OPPORTUNITY, self.shown_ids())

    def do_print(self) -> None:
        """The board or the funnel as it is shown."""
        paper = self.paper()
        giving_out.print_page(self, lambda: paper)

    def shown_ids(self) -> list[int]:
        """The opportunities on the board, lane by lane, or those of the funnel."""
        if self.view() == "funnel":
            return list(dict.fromkeys(i for step in self.funnel.steps for i in step.ids))
        return [card.id for column in self.board.columns for card in column.lane.cards]

    def paper(self) -> PagePaper:
        """What goes on paper."""
        today = self.context.clock.today()
        if self.view() == "funnel":
            period = self.funnel.period.currentText()
            chart = self.funnel.chart.png()
            return funnel_paper(self.title(), period, self.funnel.steps, chart, today)
        lanes = [column.lane for column in self.board.columns]
        return board_paper(self.title(), lanes, self.head.summary, today)

    # ---- views

    def show_only(self, ids: Sequence[int]) -> None:
        """The list of exactly these opportunities."""
        self.go(list_place(Kind.OPPORTUNITY, Query(only=tuple(ids))))

    def _view_wished(self, view: str) -> None:
        self.context.navigator.replace(Place.to("opportunities", view=view))
        if self.place is None or self.place.view != view:
            self._show_view(view)
            self.mark_stale()

    def _show_view(self, view: str) -> None:
        if view == "list" and self.list is None:
            self.list = TablePane(self.context, SPEC)
            self.list.setContentsMargins(0, GAP_CARD, 0, 0)  # it begins a card of its own here
            self.list.restore(self._list_state)
            self.list.selection_changed.connect(self.commands_changed)
            self.list.saved.changed.connect(self.title_changed)
            self._panes["list"] = self.list
            self._views.addWidget(self.list)
            self.mark_stale()
        pane = self._panes[view]
        self.head.show_view(view)
        self._views.setCurrentWidget(pane)
        self.commands_changed.emit()

    def _pipeline_wished(self, pipeline_id: int) -> None:
        self._pipeline_id = pipeline_id
        self.refresh()

    def _board_read(self, columns: tuple[BoardColumn, ...], summary: Summary) -> None:
        if self.moves.pending:
            self._stale = True  # a card is on its way: read again once it has arrived
            return
        self._columns = columns
        self.head.show_summary(summary)
        self._show_lanes()

    def _steps_read(self, steps: Sequence[FunnelStep]) -> None:
        self.funnel.show_steps(steps)
        self.commands_changed.emit()

    def _show_lanes(self) -> None:
        if not self._columns:
            return
        today = self.context.clock.today()
        by_step = self.head.grouping.value() == BY_STEP
        lanes = lanes_by_step(self._columns, today) if by_step else lanes_by_stage(self._columns)
        self.board.set_lanes(lanes)
        nothing = not any(column.cards for column in self._columns) and not self._wants_line
        self._board_place.setCurrentWidget(self.empty if nothing else self.board)

    # ---- what is behind numbers

    def _figure_clicked(self, key: str) -> None:
        cards = [card for column in self._columns for card in column.cards if card.state == OPEN]
        if key == "attention":
            ids = [card.id for card in cards if needs_attention(card)]
            self.show_only(ids)
        else:
            self.show_only([card.id for card in cards])

    def _lane_clicked(self, lane: Lane) -> None:
        self.show_only([card.id for card in lane.cards])

    # ---- one card

    def _with_chosen(self, do: Any) -> None:
        chosen = self.board.chosen()
        if chosen is not None:
            do(chosen)

    def _open(self, card_id: int) -> None:
        self.go(Place.record(Kind.OPPORTUNITY, card_id))

    def _plan(self, card_id: int | None) -> None:
        wishes = {"new": "1"}
        if card_id is not None:
            wishes["about"] = f"{Kind.OPPORTUNITY}/{card_id}"
        self.go(Place.to("followups", **wishes))

    def _menu(self, card_id: int, where: QPoint) -> None:
        card = self.board.card(card_id)
        if card is not None:
            self.card_menu(card).popup(where)

    def card_menu(self, card: BoardCard) -> QMenu:
        """All that can be done with a card, for those who do not drag."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(tr("opportunity_page.menu_open"), lambda: self._open(card.id))
        menu.addAction(
            tr("opportunity_page.menu_window"),
            lambda: self.context.window.run_command("open_window"),
        )
        menu.addAction(tr("opportunity_page.menu_plan"), lambda: self._plan(card.id))
        stages = menu.addMenu(tr("opportunity_page.menu_move"))
        for column in (each for each in self._columns if each.stage.active):
            action = stages.addAction(item_name(column.stage, tr))
            action.triggered.connect(partial(self._to_stage, card, column))
            action.setEnabled(column.stage.id != card.stage_id)
        menu.addSeparator()
        if card.state != OPEN:
            menu.addAction(tr("opportunity_page.menu_reopen"), lambda: self.moves.reopen(card.id))
        else:
            for outcome, words in ((WON, "won"), (LOST, "lost"), (HELD, "hold")):
                action = menu.addAction(tr(f"opportunity_page.menu_{words}"))
                action.triggered.connect(partial(self.moves.end, card.id, outcome))
        menu.addSeparator()
        menu.addAction(tr("opportunity_page.menu_trash"), lambda: self.moves.trash(card.id))
        return menu

    def _to_stage(self, card: BoardCard, column: BoardColumn) -> None:
        lane = self.board.lane(f"stage:{column.stage.id}")
        if lane is not None:
            self.moves.to(card.id, lane)
        else:
            self.moves.move(card, column.stage.id, item_name(column.stage, tr))
