"""Tickets: their numbers, their moments, the board's cards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import or_, select, update

from crm_desktop.data.ids import in_ids
from crm_desktop.data.records.reading import Reader
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Ticket
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.tickets import OPEN_STATES, SETTLED_STATES, TicketCard

_CARD_KEYS = (
    "number",
    "subject",
    "type",
    "state",
    "company",
    "person",
    "priority",
    "promised_by",
    "next_step",
)


def follow_state(session: Session, ids: Sequence[int], now: datetime) -> None:
    """Solved and closed ones keep their moment, open ones lose it."""
    chosen = in_ids(Ticket.id, ids)
    session.execute(
        update(Ticket)
        .where(chosen, Ticket.state.in_(SETTLED_STATES), Ticket.solved_at.is_(None))
        .values(solved_at=now)
    )
    session.execute(
        update(Ticket)
        .where(chosen, Ticket.state == "closed", Ticket.closed_at.is_(None))
        .values(closed_at=now)
    )
    session.execute(
        update(Ticket)
        .where(chosen, Ticket.state != "closed", Ticket.closed_at.is_not(None))
        .values(closed_at=None)
    )
    session.execute(
        update(Ticket)
        .where(chosen, Ticket.state.in_(OPEN_STATES), Ticket.solved_at.is_not(None))
        .values(solved_at=None)
    )


def reopen_settled(session: Session, ids: Sequence[int]) -> None:
    """Those that were thought to be solved are in progress again."""
    session.execute(
        update(Ticket)
        .where(in_ids(Ticket.id, ids), Ticket.state.in_(SETTLED_STATES))
        .values(state="in_progress", solved_at=None, closed_at=None)
    )


def cards(session: Session, today: date, settled_since: datetime) -> list[TicketCard]:
    """Open tickets, and those settled since a moment; late and early promises first."""
    statement = (
        select(Ticket.id)
        .where(
            Ticket.trashed_at.is_(None),
            or_(Ticket.state.in_(OPEN_STATES), Ticket.solved_at >= settled_since),
        )
        .order_by(Ticket.promised_by.nulls_last(), Ticket.id)
    )
    ids = list(session.execute(statement).scalars())
    found = []
    for row in Reader(session, Kind.TICKET, today).rows(ids, _CARD_KEYS):
        value = dict(zip(_CARD_KEYS, row.values, strict=True))
        promised = value["promised_by"]
        is_open = value["state"] in OPEN_STATES
        found.append(
            TicketCard(
                id=row.id,
                number=value["number"] or "",
                subject=value["subject"],
                type_id=value["type"],
                state=value["state"],
                company=value["company"],
                person=value["person"],
                priority_id=value["priority"],
                promised_by=promised,
                late=is_open and promised is not None and promised < today,
                next_step=value["next_step"],
            )
        )
    return found
