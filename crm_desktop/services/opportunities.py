"""Opportunities: the board, moving, winning, losing, the funnel."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from crm_desktop.data import funnel
from crm_desktop.data import opportunities as rows
from crm_desktop.data.book import Book
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.lists import Item
from crm_desktop.domain.parts import Proposal
from crm_desktop.domain.pipeline import (
    HELD,
    LOST,
    OPEN,
    WON,
    BoardCard,
    BoardColumn,
    FunnelStep,
    OpenStage,
    Stage,
    Summary,
)
from crm_desktop.services.lists import Lists
from crm_desktop.services.records import Records
from crm_desktop.services.selling import Selling


class Opportunities:
    """What the user does with possible sales; each change is one gesture."""

    def __init__(self, book: Book, clock: Clock, records: Records, lists: Lists) -> None:
        self._book = book
        self._clock = clock
        self._records = records
        self._lists = lists
        self.selling = Selling(book, lists)

    def pipelines(self) -> tuple[Item, ...]:
        """The pipelines there are, the default one first."""
        return self._lists.items("pipeline")

    def stages(
        self, pipeline_id: int | None = None, *, also: int | None = None
    ) -> tuple[Item, ...]:
        """The stages of a pipeline (of the default one), in order, won and lost last.

        Retired ones are left out, but for the one of the id `also`.
        """
        return tuple(s for s in self._all_stages(pipeline_id) if s.active or s.id == also)

    def board(self, pipeline_id: int | None = None) -> tuple[BoardColumn, ...]:
        """The columns of the board; won and lost ones hold those of this month.

        A retired stage is a column as long as something open is in it.
        """
        stages = self._all_stages(pipeline_id)
        cards = self._cards(stages)
        held = {card.stage_id for card in cards if card.state in (OPEN, HELD)}
        return tuple(_column(stage, cards) for stage in stages if stage.active or stage.id in held)

    def open_stages(self) -> tuple[OpenStage, ...]:
        """The open stages of the first pipeline with what is in them: the board without its cards.

        A retired one is among them as long as something is in it.
        """
        stages = [s for s in self._all_stages(None) if Stage.of(s).state == OPEN]
        with self._book.read() as session:
            held = rows.in_stages(session, [stage.id for stage in stages])
        found = []
        for stage in stages:
            groups = [group for group in held if group.stage_id == stage.id]
            if stage.active or groups:
                counted = ((g.amount or Decimal(0), g.currency) for g in groups if g.state != HELD)
                found.append(OpenStage(stage, sum(g.count for g in groups), _by_currency(counted)))
        return tuple(found)

    def summary(self, pipeline_id: int | None = None) -> Summary:
        """Open and weighted sums, and how many need attention."""
        cards = [c for c in self._cards(self._all_stages(pipeline_id)) if c.state == OPEN]
        lacking = sum(c.next_step is None or c.next_step.overdue for c in cards)
        return Summary(len(cards), _sums(cards), _weighted(cards), lacking)

    def move(self, opportunity_id: int, stage_id: int) -> None:
        """Move to a stage; won and lost ones close it, the others open it again."""
        item = self._lists.item(stage_id)
        self._change("gesture.stage_moved", opportunity_id, {"stage": stage_id}, stage=_name(item))

    def win(self, opportunity_id: int) -> None:
        """Close it as won."""
        stage = self._closing_stage(opportunity_id, WON)
        self._change("gesture.won", opportunity_id, {"stage": stage.id})

    def lose(self, opportunity_id: int, reason_id: int | None, lesson: str = "") -> None:
        """Close it as lost, with the reason and what was learnt."""
        stage = self._closing_stage(opportunity_id, LOST)
        values: dict[str, Any] = {"stage": stage.id, "lost_reason": reason_id}
        if lesson.strip():
            values["lesson"] = lesson
        self._change("gesture.lost", opportunity_id, values)

    def hold(self, opportunity_id: int) -> None:
        """Put it on hold: out of the sums, still on the board."""
        self._change("gesture.held", opportunity_id, {"state": HELD})

    def reopen(self, opportunity_id: int) -> None:
        """Open a held or closed one again, in the last open stage it was in."""
        open_stages = [s for s in self._sisters(opportunity_id) if Stage.of(s).state == OPEN]
        present = self._records.card(Kind.OPPORTUNITY, opportunity_id).values["stage"]
        known = {stage.id for stage in open_stages}
        if present in known:
            self._change("gesture.reopened", opportunity_id, {"state": OPEN})
            return
        with self._book.read() as session:
            been = rows.stages_entered(session, opportunity_id)
        target = next((s for s in reversed(been) if s in known), open_stages[0].id)
        self._change("gesture.reopened", opportunity_id, {"stage": target})

    def funnel(
        self,
        pipeline_id: int | None = None,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> tuple[FunnelStep, ...]:
        """How many reached each stage, of opportunities recorded since `since` and before `until`.

        Reaching a later stage counts as having passed the earlier ones.
        """
        stages = [s for s in self.stages(pipeline_id) if Stage.of(s).state != LOST]
        with self._book.read() as session:
            groups = funnel.reached(session, [stage.id for stage in stages], since, until)
            days = funnel.days_in_stages(session, since, until, self._clock.now())
        steps: list[FunnelStep] = []
        sums: dict[str, Decimal] = {}
        reached: list[int] = []
        further = 0
        for number in reversed(range(len(stages))):
            here = [group for group in groups if group.place == number]
            for group in here:
                sums[group.currency] = sums.get(group.currency, Decimal(0)) + group.amount
                reached += group.ids
            reached.sort()
            last = number == len(stages) - 1
            steps.append(
                FunnelStep(
                    stages[number],
                    len(reached),
                    dict(sums),
                    None if last or not reached else further / len(reached),
                    None if last else days.get(stages[number].id),
                    tuple(reached),
                )
            )
            further = len(reached)
        return tuple(reversed(steps))

    def _cards(self, stages: Iterable[Item]) -> list[BoardCard]:
        today = self._clock.today()
        known = {stage.id: Stage.of(stage) for stage in stages}
        with self._book.read() as session:
            return rows.cards(
                session,
                today,
                known,
                closed_since=date(today.year, today.month, 1),
                zone=self._clock.zone,
            )

    def propose(self, opportunity_id: int, product: int | str) -> None:
        """One more product it is about, by id or (a new one) by name, at its list price.

        Refused("record.gone") where one of them is not there.
        """
        card = self._records.card(Kind.OPPORTUNITY, opportunity_id)
        known = (
            product if isinstance(product, str) else self._records.title(Ref(Kind.PRODUCT, product))
        )
        code = "gesture.product_proposed"
        with self._book.write(code, name=card.ref.title, product=known) as writing:
            session = writing.session
            made = product
            if isinstance(made, str):
                made = self._records.insert(session, Kind.PRODUCT, {"name": made})
            listed = self._records.reader(session, Kind.PRODUCT).card(made).values
            price = listed["price"] if listed["currency"] == card.values["currency"] else None
            parts = (*card.values["products"], Proposal(made, price=price))
            self._records.change(session, Kind.OPPORTUNITY, [opportunity_id], {"products": parts})

    def _all_stages(self, pipeline_id: int | None) -> tuple[Item, ...]:
        parent = pipeline_id if pipeline_id is not None else self.pipelines()[0].id
        return tuple(s for s in self._lists.all_items("stage") if s.parent_id == parent)

    def _sisters(self, opportunity_id: int) -> tuple[Item, ...]:
        """The stages of the pipeline an opportunity is in."""
        stage = self._lists.item(
            self._records.card(Kind.OPPORTUNITY, opportunity_id).values["stage"]
        )
        return self.stages(stage.parent_id if stage else None)

    def _closing_stage(self, opportunity_id: int, state: str) -> Item:
        return next(s for s in self._sisters(opportunity_id) if Stage.of(s).state == state)

    def _change(self, title: str, record_id: int, values: dict[str, Any], **args: Any) -> None:
        card = self._records.card(Kind.OPPORTUNITY, record_id)
        with self._book.write(title, name=card.ref.title, **args) as writing:
            self._records.change(writing.session, Kind.OPPORTUNITY, [record_id], values)


def _name(item: Item | None) -> dict[str, str]:
    """How a gesture's title names a list item: shown in the language of the day."""
    if item is None:
        return {}
    return {"list": item.list_key, "code": item.code or "", "name": item.name or ""}


def _column(stage: Item, cards: list[BoardCard]) -> BoardColumn:
    mine = sorted((c for c in cards if c.stage_id == stage.id), key=BoardCard.urgency)
    counted = [card for card in mine if card.state != HELD]
    return BoardColumn(stage, len(mine), _sums(counted), _weighted(counted), tuple(mine))


def _sums(cards: Iterable[BoardCard]) -> dict[str, Decimal]:
    return _by_currency((card.amount or Decimal(0), card.currency) for card in cards)


def _weighted(cards: Iterable[BoardCard]) -> dict[str, Decimal]:
    return _by_currency(
        ((card.amount or Decimal(0)) * card.probability / 100, card.currency) for card in cards
    )


def _by_currency(amounts: Iterable[tuple[Decimal, str]]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for amount, currency in amounts:
        sums[currency] = sums.get(currency, Decimal(0)) + amount
    return sums
