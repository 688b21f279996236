"""Which fields are to be mended where a row as a whole is no record of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_SHARE = ("amount", "percent")
_LACKING = {
    "import.no_amount": ("amount",),
    "import.no_date": ("dated",),
    "import.of_nobody": ("company", "person", "contract"),
}
"""One of these has to be there."""
_TOLD = {
    "payment.amount_or_percent": _SHARE,
    "payment.share_not_positive": _SHARE,
    "import.other_share": _SHARE,
    "import.plan_beyond_total": _SHARE,
    "import.other_currency": ("currency",),
}
"""What the row says of these is wrong; where it says nothing, one is missing."""


def blamed(code: str, values: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields a problem of a row with these values is about; nothing for the whole row."""
    fields = _TOLD.get(code, ())
    told = tuple(key for key in fields if values.get(key) is not None)
    return told or fields or _LACKING.get(code, ())
