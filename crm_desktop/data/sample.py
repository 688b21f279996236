"""What only sample data needs: a history that lies in the past."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from crm_desktop.data.session import Session
from crm_desktop.data.tables import Opportunity, StageLog


def spread_stages(session: Session, opportunity_id: int, first: datetime, last: datetime) -> None:
    """Lay the stages an opportunity went through evenly between two moments."""
    statement = (
        select(StageLog.id).where(StageLog.opportunity_id == opportunity_id).order_by(StageLog.id)
    )
    ids = list(session.execute(statement).scalars())
    step = (last - first) / max(1, len(ids) - 1)
    for number, log_id in enumerate(ids):
        at = first + step * number
        session.execute(update(StageLog).where(StageLog.id == log_id).values(at=at))
        session.execute(
            update(Opportunity).where(Opportunity.id == opportunity_id).values(stage_since=at)
        )
