"""Gifts given to people and received from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Gift:
    """One gift; `id` is 0 for one that is not recorded yet."""

    what: str
    received: bool = False  # else given by us
    on: date | None = None
    value: Decimal | None = None
    currency: str = "CNY"
    occasion: str = ""
    note: str = ""
    id: int = 0
