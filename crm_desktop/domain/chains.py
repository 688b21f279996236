"""How a deal becomes papers: opportunity, its quotes, their contracts, the tickets about them."""

from __future__ import annotations

from dataclasses import dataclass
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
