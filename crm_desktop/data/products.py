"""Products in documents: where they stand, at what price, and what they cost before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, select, text

from crm_desktop.data.ids import in_ids
from crm_desktop.data.journal import changes_of_row
from crm_desktop.data.records import titles
from crm_desktop.data.records.columns import owner_column, table_of
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Line, Product
from crm_desktop.domain.issuing import DRAFT, PAPER_KINDS, PriceChange, PriceMemory, ProductUse
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.money import rounded

OPEN_STATES = (DRAFT, "sent")
_DIGITS = 4


def unit_price(amount: Decimal, quantity: Decimal, price: Decimal) -> Decimal:
    """The price of one piece after the discount of the line."""
    return rounded(amount / quantity if quantity else price, _DIGITS)


def uses(
    session: Session, kind: Kind, product_id: int, *also: ColumnElement[bool]
) -> list[ProductUse]:
    """The lines of a product in documents of a kind, newest first."""
    table: Any = table_of(kind)
    statement = (
        select(
            table.id,
            table.number,
            table.state,
            table.dated,
            table.company_id,
            table.person_id,
            table.currency,
            Line.quantity,
            Line.price,
            Line.amount,
        )
        .join(Line, owner_column(Line, kind) == table.id)
        .where(Line.product_id == product_id, table.trashed_at.is_(None), *also)
        .order_by(table.dated.desc(), table.id.desc(), Line.position)
    )
    rows = session.execute(statement).all()
    companies = titles.refs(session, Kind.COMPANY, (row.company_id for row in rows))
    people = titles.refs(session, Kind.PERSON, (row.person_id for row in rows))
    return [
        ProductUse(
            ref=Ref(kind, row.id, row.number or ""),
            state=row.state,
            dated=row.dated,
            customer=companies.get(row.company_id) or people.get(row.person_id),
            quantity=row.quantity,
            unit_price=unit_price(row.amount, row.quantity, row.price),
            amount=row.amount,
            currency=row.currency,
        )
        for row in rows
    ]


def price_memory(
    session: Session, product_id: int, *, quote_id: int, customer: Ref | None, currency: str
) -> PriceMemory:
    """The prices of a product that matter for a quote to `customer` in `currency`."""
    product = session.execute(
        select(Product.price, Product.cost, Product.currency).where(Product.id == product_id)
    ).one_or_none()
    quotes: Any = table_of(Kind.QUOTE)
    found = uses(
        session,
        Kind.QUOTE,
        product_id,
        quotes.currency == currency,
        quotes.id != quote_id,
        Line.quantity > 0,
    )
    offered = [use for use in found if use.state != DRAFT]
    mine = [use for use in offered if customer is not None and _same(use.customer, customer)]
    same_money = product is not None and product.currency == currency
    return PriceMemory(
        list_price=product.price if product is not None and same_money else None,
        cost=product.cost if product is not None and same_money else None,
        last=mine[0] if mine else None,
        lowest=min(offered, key=lambda use: use.unit_price, default=None),
        others=tuple(
            use
            for use in found
            if use.state in OPEN_STATES and customer is not None and _same(use.customer, customer)
        ),
    )


def _same(one: Ref | None, other: Ref) -> bool:
    return one is not None and (one.kind, one.id) == (other.kind, other.id)


def used(session: Session, ids: Iterable[int]) -> dict[int, int]:
    """In how many present documents each of the products stands; unused ones are left out."""
    counts: dict[int, int] = {}
    wanted = list(ids)
    for kind in PAPER_KINDS:
        table: Any = table_of(kind)
        statement = (
            select(Line.product_id, func.count(table.id.distinct()))
            .join(table, owner_column(Line, kind) == table.id)
            .where(in_ids(Line.product_id, wanted), table.trashed_at.is_(None))
            .group_by(Line.product_id)
        )
        for product_id, count in session.execute(statement):
            assert product_id is not None  # it is one of those asked for
            counts[product_id] = counts.get(product_id, 0) + count
    return counts


# What was undone, and the undoing itself, leave no trace.
_STANDING = text(
    "SELECT id, at FROM gesture WHERE id IN (SELECT value FROM json_each(:ids))"
    " AND reversed_by IS NULL AND origin NOT IN ('undo', 'redo')"
)


def price_history(session: Session, product_id: int) -> list[PriceChange]:
    """Price and cost of a product from the first to the present, oldest first."""
    found: list[PriceChange] = []
    price: Decimal | None = None
    cost: Decimal | None = None
    changes = [one for one in changes_of_row(session, "products", product_id) if one.kind != "D"]
    standing = {"ids": json.dumps([one.gesture_id for one in changes])}
    moments = {gesture_id: at for gesture_id, at in session.execute(_STANDING, standing)}
    for change in changes:
        at, values = moments.get(change.gesture_id), change.after or {}
        if at is None or not {"price", "cost"} & values.keys():
            continue
        if "price" in values:
            price = _kept(values["price"])
        if "cost" in values:
            cost = _kept(values["cost"])
        found.append(PriceChange(datetime.fromisoformat(at), price, cost))
    return found


def _kept(value: int | None) -> Decimal | None:
    """A price as the journal keeps it: a whole number of its smallest unit."""
    return None if value is None else Decimal(value).scaleb(-_DIGITS)


def names(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """What products are called, by id."""
    return titles.titles(session, Kind.PRODUCT, ids)
