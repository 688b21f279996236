"""What a customer's papers add up to, without counting one sale twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import and_, exists, func, or_, select

from crm_desktop.data.ids import in_ids
from crm_desktop.data.planner import unindexed
from crm_desktop.data.records.columns import owner_column
from crm_desktop.data.records.money_columns import own_currency
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Activity, Company, Contract, Opportunity, Quote, Receipt
from crm_desktop.data.tables.base import aliased
from crm_desktop.domain.contracts import SIGNED_STATES
from crm_desktop.domain.kinds import Ref


@dataclass(frozen=True, slots=True)
class Sale:
    """One paper that counts."""

    id: int
    amount: Decimal
    currency: str
    on: date | None


def contracts(session: Session, ref: Ref) -> list[Sale]:
    """Signed contracts."""
    statement = select(
        Contract.id,
        Contract.total,
        Contract.currency,
        func.coalesce(Contract.signed_on, Contract.dated, type_=Contract.dated.type),
    ).where(
        owner_column(Contract, ref.kind) == ref.id,
        Contract.state.in_(SIGNED_STATES),
        Contract.trashed_at.is_(None),
    )
    return _sales(session.execute(statement))


def quotes(session: Session, ref: Ref) -> list[Sale]:
    """Accepted quotes no signed contract stands for."""
    signed = and_(Contract.state.in_(SIGNED_STATES), Contract.trashed_at.is_(None))
    stands = exists().where(
        signed,
        or_(
            Contract.quote_id == Quote.id,
            and_(Contract.quote_id.is_(None), Contract.opportunity_id == Quote.opportunity_id),
        ),
    )
    statement = select(Quote.id, Quote.total, Quote.currency, Quote.closed_at, Quote.dated).where(
        owner_column(Quote, ref.kind) == ref.id,
        Quote.state == "accepted",
        Quote.trashed_at.is_(None),
        ~stands,
    )
    return _sales(
        (i, total, currency, closed or dated)
        for i, total, currency, closed, dated in session.execute(statement)
    )


def opportunities(session: Session, ref: Ref) -> list[Sale]:
    """Won opportunities neither a signed contract nor an accepted quote stands for."""
    origin = aliased(Quote)
    signed = and_(Contract.state.in_(SIGNED_STATES), Contract.trashed_at.is_(None))
    direct = exists().where(signed, Contract.opportunity_id == Opportunity.id)
    through_quote = exists().where(
        signed, Contract.quote_id == origin.id, origin.opportunity_id == Opportunity.id
    )
    accepted = exists().where(
        Quote.opportunity_id == Opportunity.id,
        Quote.state == "accepted",
        Quote.trashed_at.is_(None),
    )
    statement = select(
        Opportunity.id, Opportunity.amount, Opportunity.currency, Opportunity.closed_on
    ).where(
        owner_column(Opportunity, ref.kind) == ref.id,
        Opportunity.state == "won",
        Opportunity.trashed_at.is_(None),
        ~direct,
        ~through_quote,
        ~accepted,
    )
    return _sales(session.execute(statement))


def weighed_receipts(session: Session, ref: Ref) -> list[tuple[int, Decimal, Decimal]]:
    """Receipts that tell how late a customer pays, in the firm's currency: id, amount, x days."""
    statement = select(Receipt.id, Receipt.amount, Receipt.day_weight).where(
        owner_column(Receipt, ref.kind) == ref.id,
        Receipt.day_weight.is_not(None),
        Receipt.currency == own_currency(),
        Receipt.trashed_at.is_(None),
    )
    return [
        (row_id, amount, Decimal(weight).scaleb(-2))
        for row_id, amount, weight in session.execute(statement)
        if weight is not None
    ]


def group(session: Session, company_id: int) -> list[tuple[int, int]]:
    """The companies below one, at any depth: (id, how deep), nearest first. Circles end."""
    found: dict[int, int] = {}
    level, depth = [company_id], 0
    while level:
        depth += 1
        below = select(Company.id).where(
            in_ids(Company.parent_id, level), Company.trashed_at.is_(None)
        )
        rows = session.execute(below.order_by(Company.sort_key, Company.id)).scalars()
        level = [one for one in rows if one not in found and one != company_id]
        found.update(dict.fromkeys(level, depth))
    return list(found.items())


def parent(session: Session, company_id: int) -> int | None:
    """The company above."""
    return session.execute(
        select(Company.parent_id).where(Company.id == company_id)
    ).scalar_one_or_none()


def last_contact(session: Session, ref: Ref) -> datetime | None:
    """When something was done with the customer last."""
    statement = select(func.max(Activity.done_at)).where(
        owner_column(Activity, ref.kind) == ref.id,
        unindexed(Activity.state) == "done",
        Activity.trashed_at.is_(None),
    )
    return session.execute(statement).scalar()


def _sales(rows: Iterable[tuple[int, Decimal | None, str, date | datetime | None]]) -> list[Sale]:
    return [
        Sale(i, amount or Decimal(0), currency, on.date() if isinstance(on, datetime) else on)
        for i, amount, currency, on in rows
    ]
