"""Columns of customers that are worked out from other rows: trade, complaints, completeness, age.

Those that depend on the day take it from the reader. Sales in another currency than the firm's
own are left out: amounts of several currencies have no sum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
    exists,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)

from crm_desktop.data.records.money_columns import own_currency
from crm_desktop.data.tables import (
    Company,
    Contract,
    Job,
    ListItem,
    Opportunity,
    Person,
    Point,
    PostalAddress,
    Quote,
    Ticket,
)
from crm_desktop.data.tables.base import aliased
from crm_desktop.data.types import Amount, Quantity
from crm_desktop.domain import lunar
from crm_desktop.domain.completeness import CHECKED, NEEDS_COMPANY
from crm_desktop.domain.contracts import SIGNED_STATES
from crm_desktop.domain.kinds import Kind

_TABLES: dict[Kind, type[Person] | type[Company]] = {Kind.PERSON: Person, Kind.COMPANY: Company}
_POINTS = frozenset({"mobile", "phone", "email", "wechat", "qq", "website"})


def year_amount(kind: Kind, today: date) -> ColumnElement[Any]:
    """What a customer bought this year; papers count once, as in data/figures.py."""
    return type_coerce(_year_minor(kind, today), Amount)


def revenue_share(kind: Kind, today: date) -> ColumnElement[Any]:
    """The part of all sales of this year that one customer bought, in percent."""
    return share_of(_year_minor(kind, today), today)


def share_of(minor: ColumnElement[Any], today: date) -> ColumnElement[Any]:
    """What part of all sales of this year an amount in minor units is; none of no sales."""
    total = _year_minor(None, today)
    return type_coerce(minor * 1_000_000 // case((total > 0, total)), Quantity)


def age(kind: Kind, today: date) -> ColumnElement[Any]:
    """Full years on `today`; lunar birthdays turn with the lunar calendar."""
    solar = today.year - Person.birth_year - _not_yet(today.month, today.day)
    found: ColumnElement[Any] = solar
    if lunar.covers(today):
        now = lunar.to_lunar(today)
        by_moon = now.year - Person.birth_year - _not_yet(now.month, now.day)
        found = case((Person.birth_lunar, by_moon), else_=solar)
    return case((Person.birth_month.is_not(None), found))


def complaints(kind: Kind) -> ColumnElement[Any]:
    """How many tickets were complaints."""
    item = aliased(ListItem)
    is_complaint = select(item.id).where(item.list_key == "ticket_type", item.code == "complaint")
    table = _TABLES[kind]
    return (
        select(func.count())
        .where(
            _owner(Ticket, kind) == table.id,
            Ticket.type_id.in_(is_complaint),
            Ticket.trashed_at.is_(None),
        )
        .correlate(table)
        .scalar_subquery()
    )


def completeness(kind: Kind) -> ColumnElement[Any]:
    """The percentage that domain/completeness.py gives for the card."""
    checked = CHECKED[kind]
    filled: ColumnElement[Any] = literal(0, Integer)
    for keys in checked:
        conditions = [_is_filled(kind, key) for key in keys]
        if keys[0] == NEEDS_COMPANY:
            conditions.append(~exists().where(_present_job(), Job.company_id.is_not(None)))
        filled = filled + cast(or_(*conditions), Integer)
    return filled * 100 // literal(len(checked), Integer)


PLAIN: dict[str, Callable[[Kind], ColumnElement[Any]]] = {
    "complaints": complaints,
    "completeness": completeness,
}
DATED: dict[str, Callable[[Kind, date], ColumnElement[Any]]] = {
    "year_amount": year_amount,
    "revenue_share": revenue_share,
    "age": age,
}


def _owner(table: type[Any], kind: Kind) -> Any:
    return getattr(table, f"{kind.value}_id")


def _not_yet(month: int, day: int) -> ColumnElement[Any]:
    return cast(Person.birth_month * 100 + Person.birth_day > month * 100 + day, Integer)


def _present_job() -> ColumnElement[bool]:
    return and_(Job.person_id == Person.id, Job.left.is_(False))


def _is_filled(kind: Kind, key: str) -> ColumnElement[bool]:
    table = _TABLES[kind]
    if key in _POINTS:
        return exists().where(_owner(Point, kind) == table.id, Point.kind == key)
    if key == "address":
        return exists().where(_owner(PostalAddress, kind) == table.id)
    if key == "birthday":
        return Person.birth_month.is_not(None)
    if key == "title":
        return exists().where(_present_job(), func.coalesce(Job.title, "") != "")
    if key == "people_count":
        person = aliased(Person)
        return exists().where(
            Job.company_id == Company.id,
            Job.left.is_(False),
            person.id == Job.person_id,
            person.trashed_at.is_(None),
        )
    held = table.__table__.c[key if key in table.__table__.c else f"{key}_id"]
    return held.is_not(None)


def buyers(kind: Kind, today: date, *, descending: bool) -> Select[Any]:
    """Who bought more than nothing this year (not `descending`: less) and how much."""
    sales = union_all(
        *(
            select(_owner(table, kind).label("owner"), amount.label("amount")).where(
                counts, _owner(table, kind).is_not(None)
            )
            for table, amount, counts in _sales(today)
        )
    ).subquery()
    bought = func.sum(sales.c.amount)
    some = select(sales.c.owner, type_coerce(bought, Amount).label("value"))
    return some.group_by(sales.c.owner).having(bought > 0 if descending else bought < 0)


def _year_minor(kind: Kind | None, today: date) -> ColumnElement[Any]:
    """This year's sales in whole minor units, of one customer or (None) all of them."""
    whole: ColumnElement[Any] = literal(0, Integer)
    for table, amount, counts in _sales(today):
        statement = select(func.coalesce(func.sum(amount), 0)).where(counts)
        if kind is None:
            whole = whole + statement.scalar_subquery()
        else:
            owner = _TABLES[kind]
            mine = statement.where(_owner(table, kind) == owner.id).correlate(owner)
            whole = whole + mine.scalar_subquery()
    return whole


def _sales(today: date) -> Iterator[tuple[Any, ColumnElement[Any], ColumnElement[bool]]]:
    """Where this year's sales stand: the table, the amount in minor units, which rows count."""
    for table, amount, counts in papers(literal(f"{today.year:04}", String)):
        ours = table.currency == own_currency()
        yield table, type_coerce(amount, Integer), and_(counts, ours)


def papers(year: ColumnElement[Any]) -> Iterator[tuple[Any, Any, ColumnElement[bool]]]:
    """Where the sales of a year (its four digits) stand, in any currency: contracts, then quotes
    no contract stands for, then opportunities neither stands for. Table, sum, which rows count.
    """
    contract, quote, deal = aliased(Contract), aliased(Quote), aliased(Opportunity)
    inner, origin = aliased(Contract), aliased(Quote)
    signed = and_(inner.state.in_(SIGNED_STATES), inner.trashed_at.is_(None))
    quote_stands = exists().where(
        signed,
        or_(
            inner.quote_id == quote.id,
            and_(inner.quote_id.is_(None), inner.opportunity_id == quote.opportunity_id),
        ),
    )
    deal_stands = or_(
        exists().where(signed, inner.opportunity_id == deal.id),
        exists().where(signed, inner.quote_id == origin.id, origin.opportunity_id == deal.id),
        exists().where(
            origin.opportunity_id == deal.id,
            origin.state == "accepted",
            origin.trashed_at.is_(None),
        ),
    )
    found = (
        (contract, contract.total, func.coalesce(contract.signed_on, contract.dated),
         contract.state.in_(SIGNED_STATES)),
        (quote, quote.total, func.coalesce(quote.closed_at, quote.dated),
         and_(quote.state == "accepted", ~quote_stands)),
        (deal, deal.amount, deal.closed_on, and_(deal.state == "won", ~deal_stands)),
    )  # fmt: skip
    for table, amount, on, counts in found:
        of_year = func.substr(on, 1, 4) == year
        yield table, amount, and_(counts, table.trashed_at.is_(None), of_year)
