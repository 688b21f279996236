"""Gifts of people."""

from __future__ import annotations

from typing import Any

from crm_desktop.data import tables
from crm_desktop.data.small_rows import SmallRows
from crm_desktop.domain.gifts import Gift


def _columns(gift: Gift) -> dict[str, Any]:
    return {
        "what": gift.what,
        "received": gift.received,
        "on_date": gift.on,
        "value": gift.value,
        "currency": gift.currency,
        "occasion": gift.occasion or None,
        "note": gift.note or None,
    }


def _gift(row: tables.Gift) -> Gift:
    return Gift(
        row.what,
        row.received,
        row.on_date,
        row.value,
        row.currency,
        row.occasion or "",
        row.note or "",
        row.id,
    )


ROWS: SmallRows[Gift] = SmallRows(
    tables.Gift,
    _columns,
    _gift,
    # The newest first; those without a day last.
    (tables.Gift.on_date.desc().nulls_last(), tables.Gift.id.desc()),
)
"""Gifts in their table."""
