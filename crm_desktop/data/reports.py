"""The sums behind the reports: grouped by SQL, along the indexes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import String, func, select, type_coerce

from crm_desktop.data.planner import unindexed
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Company, Opportunity

Closed = dict[tuple[int, int], dict[str, tuple[int, Decimal]]]


def closed_by_month(session: Session, state: str, first: date, last: date) -> Closed:
    """(year, month) → currency → count and sum of opportunities closed in these days."""
    month: Any = func.substr(Opportunity.closed_on, 1, 7)
    statement = (
        select(month, Opportunity.currency, func.count(), func.sum(Opportunity.amount))
        .where(
            Opportunity.state == state,
            Opportunity.closed_on.between(first, last),
            Opportunity.trashed_at.is_(None),
        )
        .group_by(month, Opportunity.currency)
    )
    found: Closed = {}
    for text, currency, count, amount in session.execute(statement):
        year, number = text.split("-")
        found.setdefault((int(year), int(number)), {})[currency] = (count, amount or Decimal(0))
    return found


def companies_by(session: Session, column: str) -> list[tuple[int | None, int]]:
    """Companies counted by an item of a list, the largest group first, those without one last."""
    item: Any = getattr(Company, f"{column}_id")
    # In the order of the item's index, which knows what is in the trash.
    present = unindexed(type_coerce(Company.trashed_at, String)) == ""
    statement = select(item, func.count()).where(present).group_by(item)
    return largest_first((item_id, count) for item_id, count in session.execute(statement))


def lost_by_reason(
    session: Session, first: date, last: date
) -> list[tuple[int | None, str, int, Decimal]]:
    """Opportunities lost in these days by reason and currency."""
    statement = (
        select(
            Opportunity.lost_reason_id,
            Opportunity.currency,
            func.count(),
            func.sum(Opportunity.amount),
        )
        .where(
            Opportunity.state == "lost",
            Opportunity.closed_on.between(first, last),
            Opportunity.trashed_at.is_(None),
        )
        .group_by(Opportunity.lost_reason_id, Opportunity.currency)
    )
    return [
        (reason, currency, count, amount or Decimal(0))
        for reason, currency, count, amount in session.execute(statement)
    ]


def largest_first(groups: Any) -> list[tuple[int | None, int]]:
    """The groups by size, those without an item at the end."""
    found: Sequence[tuple[int | None, int]] = list(groups)
    return sorted(found, key=lambda group: (group[0] is None, -group[1], group[0] or 0))
