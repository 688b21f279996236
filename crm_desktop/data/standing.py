"""What the rules of the relationship score look at, read for one customer."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from crm_desktop.data import figures
from crm_desktop.data.planner import unindexed
from crm_desktop.data.records.columns import column, owner_column
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Activity, ListItem, Ticket
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.score import Complaint, ScoreFacts, Touch
from crm_desktop.domain.standing import JUDGED


def facts(session: Session, ref: Ref, zone: ZoneInfo) -> ScoreFacts:
    """Touches, sales, tickets and stars of a person or a company."""

    def day(moment: datetime) -> date:
        return moment.astimezone(zone).date()

    aside = Activity.person_id if ref.kind is Kind.COMPANY else Activity.type_id
    done = select(Activity.done_at, aside).where(
        owner_column(Activity, ref.kind) == ref.id,
        unindexed(Activity.state) == "done",
        Activity.done_at.is_not(None),
        Activity.trashed_at.is_(None),
    )
    sales = (*figures.contracts(session, ref), *figures.quotes(session, ref))
    tickets = session.execute(
        select(Ticket.created_at, Ticket.solved_at, Ticket.satisfaction, ListItem.code)
        .join(ListItem, ListItem.id == Ticket.type_id, isouter=True)
        .where(owner_column(Ticket, ref.kind) == ref.id, Ticket.trashed_at.is_(None))
    ).all()
    stars = session.execute(
        select(*(column(ref.kind, key) for key in JUDGED)).where(column(ref.kind, "id") == ref.id)
    ).one_or_none()
    return ScoreFacts(
        touches=[
            Touch(day(moment), other)
            for moment, other in session.execute(done)
            if moment is not None
        ],
        sales=[
            sale.on
            for sale in (*sales, *figures.opportunities(session, ref))
            if sale.on is not None
        ],
        ratings=[
            (day(solved or created), satisfaction)
            for created, solved, satisfaction, _ in tickets
            if satisfaction is not None
        ],
        complaints=[
            Complaint(day(created), day(solved) if solved is not None else None)
            for created, solved, _, code in tickets
            if code == "complaint"
        ],
        judged=[value for value in stars or () if value is not None],
    )
