"""Columns of contracts and customers that are worked out from receipts and payment plans.

The rules are those of domain/payments.py. Columns of customers leave out other currencies than
the firm's own: amounts of several currencies have no sum.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    type_coerce,
)

from crm_desktop.data.planner import unindexed
from crm_desktop.data.tables import (
    BookSetting,
    Company,
    Contract,
    ListItem,
    PaymentStage,
    Person,
    Receipt,
    YearlyDemand,
)
from crm_desktop.data.tables.base import aliased
from crm_desktop.data.types import Amount
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.payments import OWING_STATES, PURCHASE

_TABLES: dict[Kind, type[Person] | type[Company]] = {Kind.PERSON: Person, Kind.COMPANY: Company}


def own_currency() -> ColumnElement[Any]:
    """The currency of the firm."""
    own = (
        select(func.json_extract(BookSetting.value, "$.currency"))
        .where(BookSetting.key == "trade")
        .scalar_subquery()
    )
    return func.coalesce(own, "CNY")


def received(kind: Kind) -> ColumnElement[Any]:
    """What came in for a contract."""
    return type_coerce(_received_of(Contract), Amount)


def owed(kind: Kind) -> ColumnElement[Any]:
    """What is still to come, of a contract or of a customer; empty where nothing is."""
    if kind is Kind.CONTRACT:
        return type_coerce(func.nullif(_owed_of(Contract), 0), Amount)
    contract = aliased(Contract)
    return type_coerce(
        _of_customer(kind, contract, func.nullif(func.sum(_owed_of(contract)), 0)), Amount
    )


def overdue(kind: Kind, today: date) -> ColumnElement[Any]:
    """What of a contract is past due by its plan and not paid; empty where nothing is."""
    due = (
        select(func.coalesce(func.sum(type_coerce(PaymentStage.share, Integer)), 0))
        .where(PaymentStage.contract_id == Contract.id, PaymentStage.due < today)
        .correlate(Contract)
        .scalar_subquery()
    )
    asked = func.min(due, type_coerce(Contract.total, Integer))
    late = func.max(asked - func.coalesce(_received_of(Contract), 0), 0)
    return type_coerce(func.nullif(case((_is_owing(Contract), late), else_=0), 0), Amount)


def money_received(kind: Kind) -> ColumnElement[Any]:
    """What came in from a customer."""
    return type_coerce(_of_customer(kind, Receipt, _sum(Receipt.amount)), Amount)


def payment_days(kind: Kind) -> ColumnElement[Any]:
    """How late a customer pays on an average, in whole days."""
    counts = Receipt.day_weight.is_not(None)
    return _of_customer(kind, Receipt, _average_days(), counts)


def days_late(kind: Kind) -> ColumnElement[Any]:
    """The same of one receipt."""
    return _rounded(Receipt.day_weight, type_coerce(Receipt.amount, Integer))


PLAIN: dict[str, Callable[[Kind], ColumnElement[Any]]] = {
    "received": received,
    "owed": owed,
    "money_received": money_received,
    "payment_days": payment_days,
    "days_late": days_late,
}
DATED: dict[str, Callable[[Kind, date], ColumnElement[Any]]] = {"overdue": overdue}


def values_by_owner(kind: Kind, key: str) -> Select[Any] | None:
    """All customers with a value in one of these columns, and the value; None for other columns."""
    if kind not in _TABLES or key not in ("money_received", "owed", "payment_days"):
        return None
    if key == "owed":
        owner, rest = _owner(Contract, kind), func.sum(_owed_of(Contract))
        live = and_(Contract.trashed_at.is_(None), Contract.currency == own_currency())
        whole = select(owner, type_coerce(rest, Amount).label("value")).where(live)
        return whole.where(owner.is_not(None)).group_by(owner).having(rest > 0)
    owner = _owner(Receipt, kind)
    live = and_(Receipt.trashed_at.is_(None), Receipt.currency == own_currency())
    value: ColumnElement[Any]
    if key == "money_received":
        value = type_coerce(_sum(Receipt.amount), Amount)
    else:
        live, value = and_(live, Receipt.day_weight.is_not(None)), _average_days()
    whole = select(owner, value.label("value")).where(live, owner.is_not(None))
    return whole.group_by(owner)


def owners(kind: Kind, key: str, today: date) -> Select[Any] | None:
    """The ids of a superset of the records with a value in the column; None for other columns."""
    if kind is Kind.CONTRACT and key == "overdue":
        return select(PaymentStage.contract_id).where(PaymentStage.due < today)
    if kind is Kind.COMPANY and key == "demand_share":
        return select(YearlyDemand.company_id)
    found = values_by_owner(kind, key)
    return None if found is None else select(found.subquery().columns[0])


def _owner(table: Any, kind: Kind) -> Any:
    return getattr(table, f"{kind.value}_id")


def _sum(amount: Any) -> ColumnElement[Any]:
    return func.sum(type_coerce(amount, Integer))


def _of_customer(kind: Kind, table: Any, value: Any, *also: Any) -> ColumnElement[Any]:
    customer = _TABLES[kind]
    return (
        select(value)
        .where(
            _owner(table, kind) == customer.id,
            unindexed(type_coerce(table.trashed_at, String)) == "",
            table.currency == own_currency(),
            *also,
        )
        .correlate(customer)
        .scalar_subquery()
    )


def _received_of(contract: Any) -> ColumnElement[Any]:
    receipt = aliased(Receipt)
    return (
        select(_sum(receipt.amount))
        .where(
            receipt.contract_id == contract.id,
            receipt.trashed_at.is_(None),
            receipt.currency == contract.currency,
        )
        .correlate(_selectable(contract))
        .scalar_subquery()
    )


def _selectable(contract: Any) -> Any:
    return contract.id.table


def _is_owing(contract: Any) -> ColumnElement[bool]:
    purchases = select(ListItem.id).where(
        ListItem.list_key == "contract_kind", ListItem.code == PURCHASE
    )
    sold = or_(contract.kind_id.is_(None), contract.kind_id.not_in(purchases))
    return and_(contract.state.in_(OWING_STATES), sold)


def _owed_of(contract: Any) -> ColumnElement[Any]:
    rest = type_coerce(contract.total, Integer) - func.coalesce(_received_of(contract), 0)
    return case((_is_owing(contract), func.max(rest, 0)), else_=0)


def _average_days() -> ColumnElement[Any]:
    return _rounded(func.sum(Receipt.day_weight), _sum(Receipt.amount))


def _rounded(weight: Any, whole: Any) -> ColumnElement[Any]:
    """The quotient rounded half up, in whole numbers: division here drops what is behind 0."""
    above, below = 2 * weight + whole, 2 * whole
    quotient = above // below
    short = cast(and_(above < 0, above % below != 0), Integer)
    return case((whole > literal(0, Integer), quotient - short))
