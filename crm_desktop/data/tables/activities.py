"""Tables of activities."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_desktop.data.tables.base import Base, Record
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

    subject: Mapped[str] = mapped_column(Text)
    type_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    state: Mapped[str] = mapped_column(String(16), default="planned")
    due_date: Mapped[date | None] = mapped_column(Day)
    due_time: Mapped[str | None] = mapped_column(String(5))  # wall time, HH:MM
    due_zone: Mapped[str | None] = mapped_column(Text)
    # The moment in UTC; worked out from day, time and zone whenever they are written.
    due_at: Mapped[datetime | None] = mapped_column(UtcStamp)
    show_from: Mapped[date | None] = mapped_column(Day)
    duration: Mapped[int | None] = mapped_column(Integer)
    done_at: Mapped[datetime | None] = mapped_column(UtcStamp)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("companies.id"))
    opportunity_id: Mapped[int | None] = mapped_column(ForeignKey("opportunities.id"))
    quote_id: Mapped[int | None] = mapped_column(ForeignKey("quotes.id"))
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contracts.id"))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"))
    outcome: Mapped[str | None] = mapped_column(Text)
    cost: Mapped[Decimal | None] = mapped_column(Amount)
    repeat: Mapped[str | None] = mapped_column(Text)
    remind: Mapped[int | None] = mapped_column(Integer)
    in_charge_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    custom: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
