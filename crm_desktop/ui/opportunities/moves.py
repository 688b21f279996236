"""What happens to a card: the board shows it at once, the book follows, or the card goes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.pipeline import HELD, LOST, WON, BoardCard
from crm_desktop.ui.language import tr
from crm_desktop.ui.opportunities.board import Board
from crm_desktop.ui.opportunities.lanes import Lane
from crm_desktop.ui.opportunities.outcomes import LostPopover
from crm_desktop.ui.page import Page


class Moves(QObject):
    """Moves, wins, loses, holds and adds opportunities for the page."""

    def __init__(self, page: Page, board: Board) -> None:
        super().__init__(page)
        self._page = page
        self._board = board
        self._service = page.context.services.opportunities
        self._home: dict[int, str] = {}  # where cards shown elsewhere really are
        self.asking: LostPopover | None = None
        board.moved.connect(self._moved)
        board.ended.connect(self.end)

    @property
    def pending(self) -> bool:
        """Whether a card is shown where the book does not have it yet."""
        return bool(self._home)

    def step(self, card_id: int, by: int) -> None:
        """To the stage before or after."""
        lane = self._board.neighbour(card_id, by)
        if lane is not None:
            self.to(card_id, lane)

    def to(self, card_id: int, lane: Lane) -> None:
        """To a lane, as if the card had been dropped there."""
        self._remember(card_id)
        self._board.carry(card_id, lane)

    def move(self, card: BoardCard, stage_id: int, stage: str) -> None:
        """To a stage, on whatever board it is shown."""
        said = tr("opportunity_page.moved", title=card.title, stage=stage)
        self._do(card, lambda: self._service.move(card.id, stage_id), said)

    def end(self, card_id: int, outcome: str) -> None:
        """Won, lost or on hold."""
        card = self._board.card(card_id)
        if card is None:
            return
        if outcome == HELD:
            said = tr("opportunity_page.held", title=card.title)
            self._do(card, lambda: self._service.hold(card_id), said)
            return
        lane = next((c.lane for c in self._board.columns if c.lane.state == outcome), None)
        if lane is not None:
            self.to(card_id, lane)
        elif outcome == WON:
            said = tr("opportunity_page.moved", title=card.title, stage=tr("opportunity_page.won"))
            self._do(card, lambda: self._service.win(card_id), said)
        else:
            self._ask(card)

    def reopen(self, card_id: int) -> None:
        """Open again what was held or closed."""
        card = self._board.card(card_id)
        if card is not None:
            said = tr("opportunity_page.reopened", title=card.title)
            self._do(card, lambda: self._service.reopen(card_id), said)

    def trash(self, card_id: int) -> None:
        """To the trash, with a way back."""
        card = self._board.card(card_id)
        if card is not None:
            said = tr("opportunity_page.trashed", title=card.title)
            records = self._page.context.services.records
            self._do(card, lambda: records.trash(Kind.OPPORTUNITY, card_id), said)

    def add(self, name: str, lane: Lane) -> None:
        """A new opportunity at the foot of a lane."""
        values = {"title": name, "stage": lane.stage_id}
        records = self._page.context.services.records

        def done(_record_id: int) -> None:
            self._page.context.window.toast(tr("opportunity_page.added", title=name), undo=True)

        self._page.write(lambda: records.create(Kind.OPPORTUNITY, values), done)

    # ---- how it comes about

    def _remember(self, card_id: int) -> None:
        lane_key = self._board.model.lane_of(card_id)
        if lane_key is not None:
            self._home.setdefault(card_id, lane_key)

    def _moved(self, card_id: int, lane: Lane) -> None:
        card = self._board.card(card_id)
        if card is None or lane.stage_id is None:
            return
        # A drop tells it only now; the card itself still knows its stage.
        self._home.setdefault(card_id, f"stage:{card.stage_id}")
        if lane.state == LOST:
            self._ask(card)
            return
        name = lane.title if lane.state != WON else tr("opportunity_page.won")
        self.move(card, lane.stage_id, name)

    def _ask(self, card: BoardCard) -> None:
        """Ask why it was lost, beside the card; Esc and a click elsewhere return it."""
        if self.asking is not None:
            self.asking.cancelled.emit()
            self.asking.dismiss()
        reasons = self._page.context.services.lists.items("lost_reason")
        popover = LostPopover(self._board, card.title, reasons)
        self.asking = popover

        def over() -> None:
            if self.asking is popover:
                self.asking = None
            popover.deleteLater()
            self._board.choose_again(card.id)

        def lose(reason_id: int | None, lesson: str) -> None:
            said = tr("opportunity_page.moved", title=card.title, stage=tr("opportunity_page.lost"))
            self._do(card, lambda: self._service.lose(card.id, reason_id, lesson), said)

        popover.chosen.connect(lose)
        popover.cancelled.connect(lambda: self._return(card.id))
        popover.closed.connect(over)
        anchor, point = self._board.anchor(card.id)
        popover.open_at(anchor, point)

    def _do(self, card: BoardCard, work: Callable[[], Any], said: str) -> None:
        def done(_result: Any) -> None:
            self._home.pop(card.id, None)
            self._page.context.window.toast(said, undo=True)
            self._page.unsaved_text_settled()

        def refused(trouble: Any) -> None:
            self._page.context.window.tell(trouble)

        job = self._page.write(work, done, refused=refused)
        # Whatever went wrong, our own fault too: the card must not stay where it is not.
        job.failed.connect(lambda _error: self._return(card.id))

    def _return(self, card_id: int) -> None:
        home = self._home.pop(card_id, None)
        if home is not None:
            self._board.put_back(card_id, home)
        self._page.unsaved_text_settled()
