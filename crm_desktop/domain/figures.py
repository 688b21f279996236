"""The three blocks of figures of a customer, each number with the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.today import Rows, Sums


@dataclass(frozen=True, slots=True)
class Part:
    """One number: how many records, their sums by currency where they have any, their rows."""

    count: int
    sums: Sums
    rows: Rows

    @property
    def kind(self) -> Kind:
        """The kind of record it counts."""
        return self.rows.kind


@dataclass(frozen=True, slots=True)
class TradeFigures:
    """What they bought.

    Nothing counts twice: a signed contract counts; an accepted quote counts where no signed
    contract was made from it (or, of a contract that names no quote, from its opportunity);
    a won opportunity counts where neither of them stands for it.
    """

    count: int
    sums: Sums
    last: date | None
    contracts: Part
    quotes: Part
    opportunities: Part

    @property
    def parts(self) -> tuple[Part, ...]:
        """Those that hold something."""
        found = (self.contracts, self.quotes, self.opportunities)
        return tuple(part for part in found if part.count)


@dataclass(frozen=True, slots=True)
class MoneyFigures:
    """What came in, is open, is late, was spent; and what is offered and hoped for."""

    received: Part  # receipts, also those without a contract
    owed: Part  # contracts not wholly paid
    overdue: Part  # contracts late by their payment plans
    expenses: Part
    days: int | None  # average payment days; see domain/payments.py
    counted: Part  # the receipts they are made of
    offered: Part  # quotes sent, not answered
    hoped: Part  # open opportunities


@dataclass(frozen=True, slots=True)
class ContactFigures:
    """How we are in touch."""

    activities: Part  # done
    planned: Part
    open_opportunities: Part
    open_tickets: Part
    tickets: Part  # all there were
    last_contact: date | None


@dataclass(frozen=True, slots=True)
class GroupMember:
    """A company of the same group: the one above, or one below at any depth."""

    company: Ref
    above: bool
    depth: int  # 1 = directly
    sums: Sums  # what it bought, itself


@dataclass(frozen=True, slots=True)
class DemandShare:
    """What of a company's yearly demand for a group of products it bought from us."""

    what: int  # the entry of the list of groups
    year: int
    amount: Decimal
    unit: str
    bought: Decimal  # in the unit of the demand
    percent: Decimal | None  # None where the demand says no unit, or nothing is needed
    others: bool  # more was bought, in units that cannot be compared
    parts: tuple[Part, ...]  # the papers it was bought by


@dataclass(frozen=True, slots=True)
class RolledUp:
    """Trade of a company with all below it."""

    count: int
    sums: Sums
    contracts: Part
    quotes: Part
    opportunities: Part


@dataclass(frozen=True, slots=True)
class Figures:
    """All three blocks."""

    trade: TradeFigures
    money: MoneyFigures
    contact: ContactFigures
