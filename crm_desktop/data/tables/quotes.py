"""Tables of quotes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_desktop.data.tables.base import Base, Record
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

    number: Mapped[str | None] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(Integer, default=1)
    title: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16), default="draft")
    company_id: Mapped[int | None] = mapped_column(ForeignKey("companies.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    opportunity_id: Mapped[int | None] = mapped_column(ForeignKey("opportunities.id"))
    dated: Mapped[date | None] = mapped_column(Day)
    valid_until: Mapped[date | None] = mapped_column(Day)
    currency: Mapped[str] = mapped_column(String(3), default="CNY")
    tax_included: Mapped[bool] = mapped_column(Boolean, default=True)
    discount_percent: Mapped[Decimal | None] = mapped_column(Rate)
    discount_amount: Mapped[Decimal | None] = mapped_column(Amount)
    subtotal: Mapped[Decimal] = mapped_column(Amount, default=Decimal(0))
    tax: Mapped[Decimal] = mapped_column(Amount, default=Decimal(0))
    total: Mapped[Decimal] = mapped_column(Amount, default=Decimal(0))
    language: Mapped[str] = mapped_column(String(16), default="zh")
    terms: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)
    in_charge_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    sent_at: Mapped[datetime | None] = mapped_column(UtcStamp)
    closed_at: Mapped[datetime | None] = mapped_column(UtcStamp)
    custom: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
