"""Columns of the stages of payment plans that are worked out from receipts.

The rules are those of domain/payments.py: receipts pay the stages from the oldest due day on.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, and_, case, func, or_, select, type_coerce

from crm_desktop.data.tables import Contract, PaymentStage, Receipt
from crm_desktop.data.tables.base import aliased
from crm_desktop.data.types import Amount
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.payments import StageState

_NEVER = "9999-12-31"  # stages without a day come last


def stage_paid(kind: Kind) -> ColumnElement[Any]:
    """What receipts pay of a stage."""
    return type_coerce(_paid(), Amount)


def stage_currency(kind: Kind) -> ColumnElement[Any]:
    """The currency of its contract."""
    return (
        select(Contract.currency)
        .where(Contract.id == PaymentStage.contract_id)
        .correlate(PaymentStage)
        .scalar_subquery()
    )


def stage_state(kind: Kind, today: date) -> ColumnElement[Any]:
    """How far a stage is paid on a day."""
    paid = _paid()
    return case(
        (paid >= _share(PaymentStage), StageState.PAID.value),
        (PaymentStage.due < today, StageState.OVERDUE.value),
        (paid > 0, StageState.PARTIAL.value),
        else_=StageState.OPEN.value,
    )


PLAIN: dict[str, Callable[[Kind], ColumnElement[Any]]] = {
    "stage_paid": stage_paid,
    "stage_currency": stage_currency,
}
DATED: dict[str, Callable[[Kind, date], ColumnElement[Any]]] = {"stage_state": stage_state}


def _paid() -> ColumnElement[Any]:
    receipt, other = aliased(Receipt), aliased(PaymentStage)
    received = (
        select(func.sum(type_coerce(receipt.amount, Integer)))
        .where(
            receipt.contract_id == PaymentStage.contract_id,
            receipt.trashed_at.is_(None),
            receipt.currency == stage_currency(Kind.PAYMENT_STAGE),
        )
        .correlate(PaymentStage)
        .scalar_subquery()
    )
    day, its_day = _day(PaymentStage), _day(other)
    before = or_(
        its_day < day,
        and_(
            its_day == day,
            or_(
                other.position < PaymentStage.position,
                and_(other.position == PaymentStage.position, other.id < PaymentStage.id),
            ),
        ),
    )
    asked_before = (
        select(func.sum(_share(other)))
        .where(other.contract_id == PaymentStage.contract_id, before)
        .correlate(PaymentStage)
        .scalar_subquery()
    )
    left = func.coalesce(received, 0) - func.coalesce(asked_before, 0)
    return func.max(0, func.min(left, _share(PaymentStage)))


def _share(stage: Any) -> ColumnElement[Any]:
    return func.coalesce(type_coerce(stage.share, Integer), 0)


def _day(stage: Any) -> ColumnElement[Any]:
    return func.coalesce(type_coerce(stage.due, String), _NEVER)
