"""Opportunities: the board's cards, the stage log, sums."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import insert, or_, select, update

from crm_desktop.data.ids import in_ids
from crm_desktop.data.records.reading import Reader
from crm_desktop.data.session import Session
from crm_desktop.data.tables import ListItem, Opportunity, StageLog
from crm_desktop.data.types import given
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.parts import Proposal
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


def worth(
    session: Session, opportunity_id: int, today: date
) -> tuple[Decimal | None, tuple[Proposal, ...]]:
    """The amount of an opportunity and the products it is about."""
    reader = Reader(session, Kind.OPPORTUNITY, today)
    (row,) = reader.rows([opportunity_id], ("amount", "products"))
    amount, products = row.values
    return amount, products


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


@dataclass(frozen=True, slots=True)
class InStage:
    """How many opportunities of one state and currency are in a stage, and their amounts."""

    stage_id: int
    state: str
    currency: str
    count: int
    amount: Decimal | None


# Stage and amount stand in two indexes: both are read, and no row of the table.
IN_STAGES = (
    "WITH staged (id, stage_id) AS MATERIALIZED"
    " (SELECT id, stage_id FROM opportunities WHERE state IN ('open', 'held')),"
    " valued AS MATERIALIZED (SELECT id, state, currency, amount FROM opportunities"
    " WHERE state IN ('open', 'held') AND trashed_at IS NULL)"
    " SELECT staged.stage_id, valued.state, valued.currency, count(*), sum(valued.amount)"
    " FROM valued JOIN staged ON staged.id = valued.id"
    " WHERE staged.stage_id IN (SELECT value FROM json_each(:stages)) GROUP BY 1, 2, 3"
)


def in_stages(session: Session, stages: Sequence[int]) -> list[InStage]:
    """What is open or on hold in these stages."""
    asked = {"stages": json.dumps(list(stages))}
    amounts = Opportunity.__table__.c.amount.type
    return [
        InStage(stage_id, state, currency, count, given(amounts, amount))
        for stage_id, state, currency, count, amount in session.connection().exec_driver_sql(
            IN_STAGES, asked
        )
    ]


def stages_of(session: Session, ids: Sequence[int]) -> dict[int, int | None]:
    """The stage each opportunity is in."""
    statement = select(Opportunity.id, Opportunity.stage_id).where(in_ids(Opportunity.id, ids))
    return {record_id: stage_id for record_id, stage_id in session.execute(statement)}


def pipelines_in_use(session: Session) -> set[int]:
    """The pipelines some opportunity is in, one in the trash too: it may come back."""
    statement = (
        select(ListItem.parent_id)
        .join(Opportunity, Opportunity.stage_id == ListItem.id)
        .where(ListItem.parent_id.is_not(None))
        .distinct()
    )
    return {found for found in session.execute(statement).scalars() if found is not None}


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


def log_first_stages(session: Session, stages: Mapping[int, int], at: datetime) -> None:
    """Note the stages in which new opportunities begin."""
    entered = [
        {"opportunity_id": record_id, "from_id": None, "to_id": stage, "at": at}
        for record_id, stage in stages.items()
    ]
    session.execute(insert(StageLog), entered)
    session.execute(
        update(Opportunity).where(in_ids(Opportunity.id, stages)).values(stage_since=at)
    )


def stages_entered(session: Session, opportunity_id: int) -> list[int]:
    """The stages an opportunity has been in, the oldest first."""
    statement = (
        select(StageLog.to_id)
        .where(StageLog.opportunity_id == opportunity_id)
        .order_by(StageLog.at, StageLog.id)
    )
    return list(session.execute(statement).scalars())
