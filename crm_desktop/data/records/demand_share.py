"""Our share of what a company needs in a year: what it bought of a group of products beside it.

The papers are those of data/figures.py, of the year the demand is of (else of this one), their
lines those of products in the group. A demand in the firm's currency is compared with amounts,
another one with quantities in the same unit; what has another unit cannot be compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    type_coerce,
)

from crm_desktop.data.planner import unindexed
from crm_desktop.data.records.money_columns import own_currency
from crm_desktop.data.records.worked_out import papers
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Company, Line, Product, ProposedProduct, YearlyDemand
from crm_desktop.data.tables.base import aliased
from crm_desktop.data.types import Quantity
from crm_desktop.domain.demand import MONEY_UNITS, TEN_THOUSAND
from crm_desktop.domain.kinds import Kind

_KINDS = (Kind.CONTRACT, Kind.QUOTE, Kind.OPPORTUNITY)
_MONEY = "¤"


_MONEY_UNITS = {
    factor: [f"{code} {name}" for code, names in MONEY_UNITS.items() for name in names
             if names[name] == factor]
    for factor in (1, TEN_THOUSAND)
}  # fmt: skip


class _Bought(NamedTuple):
    """The lines of one kind of paper that are of the group: what they say, which they are."""

    kind: Kind
    paper: Any
    value: ColumnElement[Any]  # minor units of money, else ten-thousandths of the unit; or nothing
    where: ColumnElement[bool]


class Row(NamedTuple):
    """One demand, how much of it came from us, and whether more was bought that has no place."""

    id: int
    category_id: int
    amount: Any
    unit: str | None
    year: int
    factor: int | None  # of a demand in money: what one of its units is worth
    bought: int
    others: int


def of_company(session: Session, company_id: int, today: date) -> Sequence[Row]:
    """Every demand of a company, in their order."""
    one: Any = aliased(YearlyDemand)
    statement = (
        select(
            one.id,
            one.category_id,
            one.amount,
            one.unit,
            cast(_year(one, today), Integer),
            _factor(one),
            _sum(one, today),
            _others(one, today),
        )
        .where(one.company_id == company_id)
        .order_by(one.position, one.id)
    )
    return [Row(*row) for row in session.execute(statement)]


def papers_of(session: Session, demand_id: int, today: date) -> dict[Kind, list[int]]:
    """The papers behind one demand, by kind."""
    one: Any = aliased(YearlyDemand)
    found = {}
    for bought in _bought(one, today):
        statement = select(bought.paper.id).distinct().where(one.id == demand_id, bought.where)
        ids = session.execute(statement.order_by(bought.paper.id)).scalars().all()
        found[bought.kind] = list(ids)
    return found


def demand_share(kind: Kind, today: date) -> ColumnElement[Any]:
    """This year's share of all demand of a company, in percent.

    Empty where its groups are in several units, or some of it was bought in another one.
    """
    one: Any = aliased(YearlyDemand)
    unit = case((_factor(one).is_not(None), _MONEY), else_=_unit(one.unit))
    amount = type_coerce(one.amount, Integer)
    minor = amount * _factor(one) // literal(100)
    need = case((_factor(one).is_not(None), minor), else_=amount)
    known = and_(
        func.count(unit.distinct()) == 1,
        func.min(unit) != "",
        func.sum(_others(one, today)) == 0,
        func.sum(need) > 0,
    )
    whole = func.sum(need, type_=Integer)
    share = func.sum(_sum(one, today), type_=Integer) * 1_000_000 // whole
    statement = select(case((known, share))).where(
        one.company_id == Company.id, _counts(one, today)
    )
    return type_coerce(statement.correlate(Company).scalar_subquery(), Quantity)


def by_owner(today: date) -> Select[Any]:
    """The companies with a share, and the share."""
    value = demand_share(Kind.COMPANY, today)
    held = select(Company.id, value.label("value"))
    return held.where(Company.id.in_(select(YearlyDemand.company_id)), value.is_not(None))


def _counts(one: Any, today: date) -> ColumnElement[bool]:
    """This year's demand; one of every year, where this year has none of its own."""
    other: Any = aliased(YearlyDemand)
    own = exists().where(
        other.company_id == one.company_id,
        other.category_id == one.category_id,
        other.year == today.year,
    )
    return or_(one.year == today.year, and_(one.year.is_(None), ~own))


def _year(one: Any, today: date) -> ColumnElement[Any]:
    return cast(func.coalesce(one.year, today.year), String)


def _unit(unit: Any) -> ColumnElement[Any]:
    found: ColumnElement[Any] = func.lower(func.trim(func.coalesce(unit, "")))
    return found


def _factor(one: Any) -> ColumnElement[Any]:
    """How much of the firm's currency a unit is; empty where it is no money of ours."""
    unit, ours = _unit(one.unit), own_currency()
    key = ours.concat(" ").concat(unit)
    named = ((key.in_(keys), factor) for factor, keys in _MONEY_UNITS.items())
    return case(*named, (unit == func.lower(ours), 1))


def _sum(one: Any, today: date) -> ColumnElement[Any]:
    whole: ColumnElement[Any] = literal(0, Integer)
    for bought in _bought(one, today):
        statement = select(func.coalesce(func.sum(bought.value), 0)).where(bought.where)
        whole = whole + statement.correlate(one.id.table).scalar_subquery()
    return whole


def _others(one: Any, today: date) -> ColumnElement[Any]:
    """How many lines cannot be compared."""
    whole: ColumnElement[Any] = literal(0, Integer)
    for bought in _bought(one, today):
        statement = select(func.count()).where(bought.where, bought.value.is_(None))
        whole = whole + statement.correlate(one.id.table).scalar_subquery()
    return whole


def _bought(one: Any, today: date) -> Iterator[_Bought]:
    factor = _factor(one)
    for kind, (paper, _, counts) in zip(_KINDS, papers(_year(one, today)), strict=True):
        product: Any = aliased(Product)
        line: Any
        if kind is Kind.OPPORTUNITY:
            line = aliased(ProposedProduct)
            owner, unit = line.opportunity_id, _unit(product.unit)
            minor = type_coerce(line.quantity, Integer) * type_coerce(line.price, Integer)
            amount = (minor + literal(500_000)) // literal(1_000_000)
        else:
            line = aliased(Line)
            owner = getattr(line, f"{kind.value}_id")
            unit = _unit(func.coalesce(func.nullif(line.unit, ""), product.unit))
            amount = type_coerce(line.amount, Integer)
        fits = and_(factor.is_(None), unit == _unit(one.unit), unit != "")
        value = case(
            (and_(factor.is_not(None), paper.currency == own_currency()), amount),
            (fits, type_coerce(line.quantity, Integer)),
        )
        # A company has a few papers, a group of products may have thousands.
        mine = and_(
            paper.company_id == one.company_id,
            counts,
            owner == paper.id,
            product.id == line.product_id,
            unindexed(product.category_id) == one.category_id,
        )
        yield _Bought(kind, paper, value, mine)
