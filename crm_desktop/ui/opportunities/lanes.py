"""The columns of the board, by stage or by next step, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from crm_desktop.domain.lists import item_name
from crm_desktop.domain.pipeline import HELD, LOST, OPEN, WON, BoardCard, BoardColumn, Stage, Sums
from crm_desktop.ui.formats import day_text, due_colour, due_text, money, money_short, time_text
from crm_desktop.ui.language import tr

BY_STAGE, BY_STEP = "stage", "step"
_STEPS = (
    ("late", "red"),
    ("today", "blue"),
    ("week", "grey"),
    ("later", "grey"),
    ("none", "amber"),
)


@dataclass(frozen=True, slots=True)
class Lane:
    """One column: its head and its cards. `stage_id` is None where no stage can be dropped on."""

    key: str
    title: str
    colour: str
    chance: int | None
    sums: Sums
    cards: tuple[BoardCard, ...]
    stage_id: int | None = None
    state: str = OPEN
    retired: bool = False

    @property
    def takes_cards(self) -> bool:
        """Whether a card can be moved here."""
        return self.gives_cards and not self.retired

    @property
    def gives_cards(self) -> bool:
        """Whether a card can be moved from here."""
        return self.stage_id is not None


def lanes_by_stage(columns: Sequence[BoardColumn]) -> tuple[Lane, ...]:
    """One lane for each stage, in the order of the list."""
    return tuple(_stage_lane(column) for column in columns)


def _stage_lane(column: BoardColumn) -> Lane:
    stage = Stage.of(column.stage)
    title = item_name(column.stage, tr)
    if stage.state in (WON, LOST) and not column.stage.name:
        title = tr(f"opportunity_page.{stage.state}_this_month")
    if not column.stage.active:
        title = tr("opportunity_page.retired", stage=title)
    return Lane(
        key=f"stage:{column.stage.id}",
        title=title,
        colour=column.stage.color,
        chance=None if stage.state == LOST else stage.probability,
        sums=column.sums,
        cards=column.cards,
        stage_id=column.stage.id,
        state=stage.state,
        retired=not column.stage.active,
    )


def lanes_by_step(columns: Sequence[BoardColumn], today: date) -> tuple[Lane, ...]:
    """Open opportunities by when something happens next: late, today, this week, later, none."""
    cards = [card for column in columns for card in column.cards if card.state == OPEN]
    found: dict[str, list[BoardCard]] = {key: [] for key, _ in _STEPS}
    for card in sorted(cards, key=BoardCard.urgency):
        found[step_of(card, today)].append(card)
    return tuple(
        Lane(
            key=f"step:{key}",
            title=tr(f"opportunity_page.step_{key}"),
            colour=colour,
            chance=None,
            sums=sums_of(found[key]),
            cards=tuple(found[key]),
        )
        for key, colour in _STEPS
    )


def step_of(card: BoardCard, today: date) -> str:
    """Which lane of the board by next step a card is in."""
    step = card.next_step
    if step is None:
        return "none"
    if step.overdue:
        return "late"
    if step.day is None:
        return "later"
    if step.day <= today:
        return "today"
    return "week" if step.day <= today + timedelta(days=7) else "later"


def needs_attention(card: BoardCard) -> bool:
    """Open, and nothing is planned or it is late."""
    return card.state == OPEN and (card.next_step is None or card.next_step.overdue)


def sums_of(cards: Iterable[BoardCard]) -> dict[str, Decimal]:
    """The amounts by currency."""
    sums: dict[str, Decimal] = {}
    for card in cards:
        if card.amount is not None and card.state != HELD:
            sums[card.currency] = sums.get(card.currency, Decimal(0)) + card.amount
    return sums


def sums_text(sums: Sums, currency: str = "CNY") -> str:
    """¥128,000, or ¥128,000 + $3,000 where there are several currencies."""
    parts = sorted(((code, value) for code, value in sums.items() if value), key=lambda p: -p[1])
    if not parts:
        return money(0, next(iter(sums), currency))
    return " + ".join(money(value, code, cents=False) for code, value in parts)


def chip_of(card: BoardCard, today: date) -> tuple[str, str]:
    """Words and colour of a card's chip: the next step, or how it ended."""
    if card.state == HELD:
        return tr("opportunity_page.on_hold"), "grey"
    if card.state in (WON, LOST):
        colour = "green" if card.state == WON else "red"
        if card.closed_on is None:
            return tr(f"opportunity_page.{card.state}"), colour
        return day_text(card.closed_on, today), colour
    step = card.next_step
    if step is None:
        return tr("format.nothing_planned"), "amber"
    if step.overdue and step.day == today and step.at is not None:
        return tr("format.late_today", time=time_text(step.at)), "red"
    colour = due_colour(step.day, today)
    return due_text(step.day, today, step.at), "grey" if step.day is None else colour


def amount_text(card: BoardCard, *, short: bool = False) -> str:
    """The amount as cards show it, `short` as ¥412k; empty without one."""
    if card.amount is None:
        return ""
    if short:
        return money_short(card.amount, card.currency)
    return money(card.amount, card.currency, cents=False)


def said(card: BoardCard, today: date) -> str:
    """A card for a screen reader."""
    names = [ref.title for ref in (card.person, card.company) if ref is not None]
    parts = [card.title, *names, amount_text(card), chip_of(card, today)[0]]
    if card.stale:
        parts.append(tr("opportunity_page.stale", count=card.days_in_stage))
    return tr("format.list_separator").join(part for part in parts if part)
