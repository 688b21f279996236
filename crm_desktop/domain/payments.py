"""What of a contract is paid: its payment plan, how receipts cover it, and how late they came.

Receipts cover the plan from the oldest due day on, whatever they were meant for. What is paid
beyond the plan, or where there is none, counts from the day the contract was signed.

Average payment days: the days from the day an amount was due (of what no plan covers, from the
day the contract was signed, else its date) to the day it came, weighted by the amounts: the days
sales outstanding (DSO) of receipts, as creditors count them. Early money counts with its negative
days; money paid back and receipts without a contract do not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from enum import StrEnum

from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Problem

ZERO = Decimal(0)
OWING_STATES = ("signed", "in_force", "completed")
"""Contracts of which money is expected; of an ended one what is open is not."""
PURCHASE = "purchase"
"""The kind of contract of which we are the ones to pay."""
_CENT = Decimal("0.01")
_WIDE = Context(prec=80)


class StageState(StrEnum):
    """How far a stage of a plan is paid."""

    PAID = "paid"
    PARTIAL = "partial"  # and not due yet
    OPEN = "open"
    OVERDUE = "overdue"  # past due and not wholly paid


FIELDS: tuple[Field, ...] = (
    Field("contract", FieldType.LINK, default_column=True, required=True, link=Kind.CONTRACT),
    Field("name", FieldType.TEXT, default_column=True, required=True, width=200),
    Field("due", FieldType.DATE, default_column=True),
    Field("amount", FieldType.MONEY, default_column=True),
    Field("percent", FieldType.PERCENT, default_column=True),
    # What it comes to, what receipts pay of it, and how far it is paid: see data/records.
    Field("share", FieldType.MONEY, editable=False),
    Field("stage_paid", FieldType.MONEY, computed=True),
    Field("stage_currency", FieldType.CURRENCY, computed=True, width=80),
    Field("stage_state", FieldType.STATE, computed=True, states=tuple(StageState)),
    Field("note", FieldType.TEXT),
)
"""Of the stages of a plan, a row each."""
LARGEST_PERCENT = Decimal(1000)
"""More is a slip of the keys, not a plan."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a payment plan: an amount, or a percentage of the contract's total.

    `id` 0 is new; `share` is what it comes to.
    """

    name: str
    due: date | None = None
    amount: Decimal | None = None
    percent: Decimal | None = None
    note: str = ""
    id: int = 0
    share: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class CoveredStage:
    """A stage with what receipts pay of it."""

    stage: Stage
    paid: Decimal
    state: StageState
    days_late: int = 0  # of an overdue one

    @property
    def rest(self) -> Decimal:
        """What is still to come."""
        return self.stage.share - self.paid


@dataclass(frozen=True, slots=True)
class Paid:
    """A receipt of a contract."""

    id: int
    dated: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A receipt as the page of its contract shows it."""

    ref: Ref
    dated: date
    amount: Decimal
    method_id: int | None
    reference: str


@dataclass(frozen=True, slots=True)
class Expected:
    """A contract of which money is still to come."""

    contract: Ref
    title: str
    owed: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class ContractMoney:
    """What of a contract is agreed, received, open and late."""

    currency: str
    total: Decimal
    stages: tuple[CoveredStage, ...]
    receipts: tuple[ReceiptRow, ...]  # newest first
    received: Decimal
    owing: bool  # whether money is expected of it in its present state
    overdue: Decimal
    days: int | None  # average payment days
    counted: int  # receipts they are made of

    @property
    def owed(self) -> Decimal:
        """Still to come; nothing before it is signed."""
        return max(self.total - self.received, ZERO) if self.owing else ZERO

    @property
    def over(self) -> Decimal:
        """Received beyond the total."""
        return max(self.received - self.total, ZERO) if self.total else ZERO

    @property
    def percent(self) -> int | None:
        """How much of the total is received, in whole percent, rounded down; None without one."""
        return int(self.received * 100 // self.total) if self.total > 0 else None

    @property
    def unplanned(self) -> Decimal:
        """What of the total no stage asks for; negative where the plan asks for more."""
        return self.total - sum((one.stage.share for one in self.stages), ZERO)


def stage_trouble(amount: Decimal | None, percent: Decimal | None) -> Problem | None:
    """Why these are no stage: it is either an amount or a percentage, more than nothing."""
    if (amount is None) == (percent is None):
        return Problem("payment.amount_or_percent")
    share = amount if percent is None else percent
    assert share is not None
    if share <= 0 or (percent is not None and percent > LARGEST_PERCENT):
        return Problem("payment.share_not_positive")
    return None


def shared(stages: Iterable[Stage], total: Decimal) -> tuple[Stage, ...]:
    """The stages with their shares.

    Percentages are rounded on their running sum, so that those of 100 % add up to the total.
    """
    found = []
    so_far, given = ZERO, ZERO
    with localcontext(_WIDE):
        for stage in stages:
            share = stage.amount or ZERO
            if stage.percent is not None:
                so_far += stage.percent
                whole = (total * so_far / 100).quantize(_CENT, ROUND_HALF_UP)
                share, given = whole - given, whole
            found.append(replace(stage, share=share))
    return tuple(found)


def covered(stages: Sequence[Stage], received: Decimal, today: date) -> tuple[CoveredStage, ...]:
    """How far receipts of that sum pay each stage, in the order of the plan."""
    paid: dict[int, Decimal] = {}
    rest = max(received, ZERO)
    for place in _by_due(stages):
        paid[place] = min(rest, stages[place].share)
        rest -= paid[place]
    return tuple(_state(stage, paid[place], today) for place, stage in enumerate(stages))


def overdue(stages: Sequence[Stage], total: Decimal, received: Decimal, today: date) -> Decimal:
    """What is past due and not paid; never more than is open of the contract."""
    due = sum((s.share for s in stages if s.due is not None and s.due < today), ZERO)
    return max(min(due, total) - received, ZERO)


def weights(
    stages: Sequence[Stage], signed: date | None, receipts: Sequence[Paid]
) -> dict[int, Decimal | None]:
    """Amount x days of each receipt, by its id; None where it does not count.

    Without a day of signing what no plan covers is not known to be late or early: a receipt
    with such a part does not count.
    """
    portions = _portions(stages)
    open_share, since = ZERO, signed
    found: dict[int, Decimal | None] = {}
    for receipt in sorted(receipts, key=lambda one: (one.dated, one.id)):
        if receipt.amount <= 0:
            found[receipt.id] = None
            continue
        rest, weight, known = receipt.amount, ZERO, True
        while rest > 0:
            if open_share <= 0:
                open_share, since = next(portions, (rest, signed))
                since = since or signed
            part = min(rest, open_share)
            if since is None:
                known = False
            else:
                weight += part * (receipt.dated - since).days
            rest -= part
            open_share -= part
        found[receipt.id] = weight if known else None
    return found


def average_days(counted: Iterable[tuple[Decimal, Decimal | None]]) -> tuple[int | None, int]:
    """The average of (amount, amount x days) in whole days, rounded half up; how many counted."""
    known = [(amount, weight) for amount, weight in counted if weight is not None]
    whole = sum((amount for amount, _ in known), ZERO)
    if not whole:
        return None, 0
    with localcontext(_WIDE):
        average = sum((weight for _, weight in known), ZERO) / whole
        # Half up on the number line, as SQL does it: -1.5 days are -1.
        days = int((average + Decimal("0.5")).to_integral_value("ROUND_FLOOR"))
    return days, len(known)


def _by_due(stages: Sequence[Stage]) -> list[int]:
    """Places of the stages from the oldest due day on; those without a day come last."""
    return sorted(range(len(stages)), key=lambda place: (stages[place].due or date.max, place))


def _portions(stages: Sequence[Stage]) -> Iterator[tuple[Decimal, date | None]]:
    for place in _by_due(stages):
        if stages[place].share > 0:
            yield stages[place].share, stages[place].due


def _state(stage: Stage, paid: Decimal, today: date) -> CoveredStage:
    if paid >= stage.share:
        return CoveredStage(stage, paid, StageState.PAID)
    if stage.due is not None and stage.due < today:
        return CoveredStage(stage, paid, StageState.OVERDUE, (today - stage.due).days)
    return CoveredStage(stage, paid, StageState.PARTIAL if paid > 0 else StageState.OPEN)
