"""Gifts of people."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, insert, select, update

from crm_desktop.data import tables
from crm_desktop.data.session import Session
from crm_desktop.domain.gifts import Gift


def of_person(session: Session, person_id: int) -> list[Gift]:
    """The newest first; those without a day last."""
    row = tables.Gift
    statement = (
        select(row)
        .where(row.person_id == person_id)
        .order_by(row.on_date.desc().nulls_last(), row.id.desc())
    )
    return [_gift(one) for one in session.whole(statement)]


def one(session: Session, gift_id: int) -> Gift | None:
    """One gift."""
    row = session.get(tables.Gift, gift_id)
    return _gift(row) if row is not None else None


def add(session: Session, person_id: int, gift: Gift) -> int:
    """Record a gift; returns its id."""
    statement = insert(tables.Gift).values(person_id=person_id, **_columns(gift))
    return session.execute(statement.returning(tables.Gift.id)).scalar_one()


def change(session: Session, gift: Gift) -> None:
    """Make the recorded gift this one."""
    session.execute(update(tables.Gift).where(tables.Gift.id == gift.id).values(**_columns(gift)))


def remove(session: Session, gift_id: int) -> None:
    """Forget a gift that was recorded by mistake."""
    session.execute(delete(tables.Gift).where(tables.Gift.id == gift_id))


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
