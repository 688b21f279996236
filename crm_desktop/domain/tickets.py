"""Tickets: what customers ask of the service, from new to closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.next_step import NextStep

OPEN_STATES = ("new", "assigned", "in_progress", "waiting")
"""The customer still waits for us."""
SETTLED_STATES = ("solved", "fed_back", "closed")

FIELDS: tuple[Field, ...] = (
    Field("number", FieldType.TEXT, group="main", editable=False, default_column=True, width=100),
    Field("subject", FieldType.TEXT, group="main", required=True, default_column=True, width=240),
    Field("type", FieldType.CHOICE, group="main", default_column=True, list_key="ticket_type"),
    Field(
        "state",
        FieldType.STATE,
        group="main",
        default_column=True,
        states=("new", "assigned", "in_progress", "waiting", "solved", "fed_back", "closed"),
    ),
    Field(
        "company", FieldType.LINK, group="main", default_column=True, link=Kind.COMPANY, width=200
    ),
    Field("person", FieldType.LINK, group="main", default_column=True, link=Kind.PERSON),
    Field("priority", FieldType.CHOICE, group="main", default_column=True, list_key="priority"),
    Field("promised_by", FieldType.DATE, group="main", default_column=True),
    Field("product", FieldType.LINK, group="about", link=Kind.PRODUCT),
    Field("serial", FieldType.TEXT, group="about", folded=True),
    Field("contract", FieldType.LINK, group="about", folded=True, link=Kind.CONTRACT),
    Field("channel", FieldType.CHOICE, group="about", folded=True, list_key="channel"),
    Field("said", FieldType.LONG_TEXT, group="about"),
    Field("work", FieldType.LONG_TEXT, group="about"),
    Field("result", FieldType.LONG_TEXT, group="about"),
    Field("satisfaction", FieldType.INTEGER, group="about", width=90),
    Field("cost", FieldType.MONEY, group="about", folded=True),
    Field("in_charge", FieldType.LINK, group="about", link=Kind.STAFF),
    Field("recorded_by", FieldType.LINK, group="about", folded=True, link=Kind.STAFF),
    Field("tags", FieldType.TAGS, group="about", folded=True),
    Field("solved_at", FieldType.STAMP, group="more", editable=False, folded=True),
    Field("closed_at", FieldType.STAMP, group="more", editable=False, folded=True),
    Field("next_step", FieldType.NEXT_STEP, group="more", computed=True, width=170),
    Field("created_at", FieldType.STAMP, group="more", editable=False, folded=True),
    Field("changed_at", FieldType.STAMP, group="more", editable=False, folded=True),
)


@dataclass(frozen=True, slots=True)
class TicketCard:
    """A ticket on the board."""

    id: int
    number: str
    subject: str
    type_id: int | None
    state: str
    company: Ref | None
    person: Ref | None
    priority_id: int | None
    promised_by: date | None
    late: bool
    next_step: NextStep | None


@dataclass(frozen=True, slots=True)
class TicketColumn:
    """One state with its tickets, the earliest promise first."""

    state: str
    cards: tuple[TicketCard, ...]
