"""Fields the program fills where a file says nothing: there a cell that cannot be read must not
pass for a blank one, or something would be set that nobody said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_desktop.domain.kinds import Kind

_PAPER = frozenset(
    {
        *("dated", "state", "language", "currency", "tax_included"),
        *("discount_percent", "discount_amount"),  # none changes every sum
    }
)
_FILLED: dict[Kind, frozenset[str]] = {
    Kind.OPPORTUNITY: frozenset({"probability", "currency", "closed_on"}),
    Kind.PRODUCT: frozenset({"currency", "active"}),
    Kind.ACTIVITY: frozenset({"state", "show_from"}),
    Kind.TICKET: frozenset({"state"}),
    Kind.QUOTE: _PAPER | {"valid_until"},
    Kind.CONTRACT: _PAPER,
    Kind.RECEIPT: frozenset({"dated", "currency"}),
    Kind.EXPENSE: frozenset({"dated", "currency"}),
    # Without these a row is none at all.
    Kind.PAYMENT_STAGE: frozenset({"contract", "amount", "percent"}),
    Kind.ANNIVERSARY: frozenset({"person", "day"}),
    Kind.GIFT: frozenset({"person", "received", "currency"}),
}


def filled_in(kind: Kind, values: Mapping[str, Any]) -> frozenset[str]:
    """The fields that a new record with these values would have without being told."""
    found = _FILLED.get(kind, frozenset())
    # What the products come to is the amount of an opportunity that names none.
    return found | {"amount"} if values.get("products") else found
