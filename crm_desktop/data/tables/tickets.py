"""Tables of tickets."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text

from crm_desktop.data.tables.base import Base, Held, Record, column
from crm_desktop.data.types import Amount, Day, JsonText, UtcStamp


class Ticket(Record, Base):
    """A request of a customer to the service."""

    __tablename__ = "tickets"
    __table_args__ = (
        Index(None, "company_id"),
        Index(None, "person_id"),
        Index(None, "product_id"),
        Index(None, "contract_id"),
        Index(None, "state", "promised_by"),
        Index(None, "number"),
    )

    number: Held[str | None] = column(Text)
    subject: Held[str] = column(Text)
    type_id: Held[int | None] = column(ForeignKey("list_items.id"))
    state: Held[str] = column(String(16), default="new")
    company_id: Held[int | None] = column(ForeignKey("companies.id"))
    person_id: Held[int | None] = column(ForeignKey("people.id"))
    priority_id: Held[int | None] = column(ForeignKey("list_items.id"))
    promised_by: Held[date | None] = column(Day)
    product_id: Held[int | None] = column(ForeignKey("products.id"))
    serial: Held[str | None] = column(Text)
    contract_id: Held[int | None] = column(ForeignKey("contracts.id"))
    channel_id: Held[int | None] = column(ForeignKey("list_items.id"))
    said: Held[str | None] = column(Text)
    work: Held[str | None] = column(Text)
    result: Held[str | None] = column(Text)
    satisfaction: Held[int | None] = column(Integer)
    cost: Held[Decimal | None] = column(Amount)
    in_charge_id: Held[int | None] = column(ForeignKey("staff.id"))
    recorded_by_id: Held[int | None] = column(ForeignKey("staff.id"))
    solved_at: Held[datetime | None] = column(UtcStamp)
    closed_at: Held[datetime | None] = column(UtcStamp)
    custom: Held[dict[str, Any] | None] = column(JsonText)
