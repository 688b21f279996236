"""Tables of activities."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text

from crm_desktop.data.tables.base import Base, Held, Journalled, Record, column
from crm_desktop.data.types import Amount, Day, JsonText, UtcStamp


class Activity(Record, Base):
    """Something done with a customer, or planned."""

    __tablename__ = "activities"
    __table_args__ = (
        Index(None, "person_id"),
        Index(None, "company_id"),
        Index(None, "opportunity_id"),
        Index(None, "quote_id"),
        Index(None, "contract_id"),
        Index(None, "ticket_id"),
        Index(None, "state", "due_date"),
        # Covers the counts of Today and the reports: what was done when, by type.
        Index(None, "state", "done_at", "type_id", "trashed_at"),
    )

    subject: Held[str] = column(Text)
    type_id: Held[int | None] = column(ForeignKey("list_items.id"))
    state: Held[str] = column(String(16), default="planned")
    due_date: Held[date | None] = column(Day)
    due_time: Held[str | None] = column(String(5))  # wall time, HH:MM
    due_zone: Held[str | None] = column(Text)
    # The moment in UTC; worked out from day, time and zone whenever they are written.
    due_at: Held[datetime | None] = column(UtcStamp)
    show_from: Held[date | None] = column(Day)
    duration: Held[int | None] = column(Integer)
    done_at: Held[datetime | None] = column(UtcStamp)
    person_id: Held[int | None] = column(ForeignKey("people.id"))
    company_id: Held[int | None] = column(ForeignKey("companies.id"))
    opportunity_id: Held[int | None] = column(ForeignKey("opportunities.id"))
    quote_id: Held[int | None] = column(ForeignKey("quotes.id"))
    contract_id: Held[int | None] = column(ForeignKey("contracts.id"))
    ticket_id: Held[int | None] = column(ForeignKey("tickets.id"))
    outcome: Held[str | None] = column(Text)
    cost: Held[Decimal | None] = column(Amount)
    repeat: Held[str | None] = column(Text)
    remind: Held[int | None] = column(Integer)
    in_charge_id: Held[int | None] = column(ForeignKey("staff.id"))
    recorded_by_id: Held[int | None] = column(ForeignKey("staff.id"))
    custom: Held[dict[str, Any] | None] = column(JsonText)


class ActivityHelper(Journalled, Base):
    """One of our people who helps with an activity."""

    __tablename__ = "activity_helpers"
    __table_args__ = (
        Index(None, "activity_id", "position"),
        Index(None, "staff_id"),
        {"info": {"touches": ("activity_id",)}},
    )

    activity_id: Held[int] = column(ForeignKey("activities.id"))
    position: Held[int] = column(Integer, default=0)
    staff_id: Held[int] = column(ForeignKey("staff.id"))
