"""Opportunities: the board's cards, the stage log, sums."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm import Session

from crm_desktop.data.ids import in_ids
from crm_desktop.data.records.reading import Reader
from crm_desktop.data.tables import Opportunity, StageLog
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.pipeline import BoardCard, Stage

_CARD_KEYS = (
    "title",
    "company",
    "person",
    "amount",
    "currency",
    "probability",
    "stage",
    "state",
    "next_step",
    "stage_days",
    "expected_close",
    "closed_on",
    "last_contact",
)


def cards(
    session: Session, today: date, stages: dict[int, Stage], *, closed_since: date, zone: str
) -> list[BoardCard]:
    """Open opportunities of these stages, and those won or lost on or after `closed_since`."""
    statement = select(Opportunity.id).where(
        Opportunity.trashed_at.is_(None),
        in_ids(Opportunity.stage_id, stages),
        or_(Opportunity.state.in_(("open", "held")), Opportunity.closed_on >= closed_since),
    )
    ids = list(session.execute(statement).scalars())
    found = []
    for row in Reader(session, Kind.OPPORTUNITY, today, zone=zone).rows(ids, _CARD_KEYS):
        value = dict(zip(_CARD_KEYS, row.values, strict=True))
        limit = stages[value["stage"]].stale_days
        days = value["stage_days"] or 0
        silent = days
        if value["last_contact"] is not None:
            silent = min(days, (today - value["last_contact"]).days)
        found.append(
            BoardCard(
                id=row.id,
                title=value["title"],
                company=value["company"],
                person=value["person"],
                amount=value["amount"],
                currency=value["currency"],
                probability=value["probability"] or 0,
                stage_id=value["stage"],
                state=value["state"],
                next_step=value["next_step"],
                days_in_stage=days,
                stale=bool(limit) and silent > limit and value["state"] == "open",
                expected_close=value["expected_close"],
                closed_on=value["closed_on"],
            )
        )
    return found


def stages_of(session: Session, ids: Sequence[int]) -> dict[int, int | None]:
    """The stage each opportunity is in."""
    statement = select(Opportunity.id, Opportunity.stage_id).where(in_ids(Opportunity.id, ids))
    return {record_id: stage_id for record_id, stage_id in session.execute(statement)}


def company_of(session: Session, opportunity_id: int) -> int | None:
    """The company an opportunity is with."""
    statement = select(Opportunity.company_id).where(Opportunity.id == opportunity_id)
    return session.execute(statement).scalar()


def log_stage(
    session: Session, opportunity_id: int, from_id: int | None, to_id: int, at: datetime
) -> None:
    """Note that an opportunity entered a stage."""
    session.execute(
        insert(StageLog).values(opportunity_id=opportunity_id, from_id=from_id, to_id=to_id, at=at)
    )
    session.execute(
        update(Opportunity).where(Opportunity.id == opportunity_id).values(stage_since=at)
    )


def stage_history(session: Session, first: datetime | None) -> list[tuple[int, int, datetime]]:
    """Who entered which stage when: (opportunity, stage, moment), oldest first."""
    statement = (
        select(StageLog.opportunity_id, StageLog.to_id, StageLog.at)
        .join(Opportunity, Opportunity.id == StageLog.opportunity_id)
        .where(Opportunity.trashed_at.is_(None))
        .order_by(StageLog.at, StageLog.id)
    )
    if first is not None:
        statement = statement.where(Opportunity.created_at >= first)
    return [(o, s, at) for o, s, at in session.execute(statement)]


def amounts(session: Session, ids: Sequence[int]) -> dict[int, tuple[Decimal, str]]:
    """Amount and currency of opportunities; those without an amount count as nothing."""
    statement = select(Opportunity.id, Opportunity.amount, Opportunity.currency).where(
        in_ids(Opportunity.id, ids)
    )
    return {
        i: (amount or Decimal(0), currency) for i, amount, currency in session.execute(statement)
    }
