"""How a deal becomes papers and money: opportunity, quotes, contracts, payments, tickets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from crm_desktop.domain.kinds import Ref


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One record of a chain; `depth` 0 begins one, what followed from a record stands below it."""

    ref: Ref
    depth: int
    state: str
    amount: Decimal | None = None
    currency: str = ""
    on: date | None = None  # of a payment, which has no state
