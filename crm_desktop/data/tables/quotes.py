"""Tables of quotes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text

from crm_desktop.data.tables.base import Base, Held, Record, column
from crm_desktop.data.types import Amount, Day, JsonText, Rate, UtcStamp


class Quote(Record, Base):
    """An offer."""

    __tablename__ = "quotes"
    __table_args__ = (
        Index(None, "company_id"),
        Index(None, "person_id"),
        Index(None, "opportunity_id"),
        Index(None, "state", "dated"),
        Index(None, "number"),
    )

    number: Held[str | None] = column(Text)
    revision: Held[int] = column(Integer, default=1)
    title: Held[str | None] = column(Text)
    state: Held[str] = column(String(16), default="draft")
    company_id: Held[int | None] = column(ForeignKey("companies.id"))
    person_id: Held[int | None] = column(ForeignKey("people.id"))
    opportunity_id: Held[int | None] = column(ForeignKey("opportunities.id"))
    dated: Held[date | None] = column(Day)
    valid_until: Held[date | None] = column(Day)
    currency: Held[str] = column(String(3), default="CNY")
    tax_included: Held[bool] = column(Boolean, default=True)
    discount_percent: Held[Decimal | None] = column(Rate)
    discount_amount: Held[Decimal | None] = column(Amount)
    subtotal: Held[Decimal] = column(Amount, default=Decimal(0))
    tax: Held[Decimal] = column(Amount, default=Decimal(0))
    total: Held[Decimal] = column(Amount, default=Decimal(0))
    language: Held[str] = column(String(16), default="zh")
    terms: Held[str | None] = column(Text)
    notes: Held[str | None] = column(Text)
    in_charge_id: Held[int | None] = column(ForeignKey("staff.id"))
    recorded_by_id: Held[int | None] = column(ForeignKey("staff.id"))
    sent_at: Held[datetime | None] = column(UtcStamp)
    closed_at: Held[datetime | None] = column(UtcStamp)
    custom: Held[dict[str, Any] | None] = column(JsonText)
