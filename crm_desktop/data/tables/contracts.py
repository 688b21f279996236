"""Tables of contracts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_desktop.data.tables.base import Base, Record
from crm_desktop.data.types import Amount, Day, JsonText, Rate


class Contract(Record, Base):
    """An agreement."""

    __tablename__ = "contracts"
    __table_args__ = (
        Index(None, "company_id"),
        Index(None, "person_id"),
        Index(None, "opportunity_id"),
        Index(None, "quote_id"),
        Index(None, "state", "dated"),
        Index(None, "number"),
    )

    number: Mapped[str | None] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(Integer, default=1)
    title: Mapped[str | None] = mapped_column(Text)
    kind_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    state: Mapped[str] = mapped_column(String(16), default="draft")
    company_id: Mapped[int | None] = mapped_column(ForeignKey("companies.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    quote_id: Mapped[int | None] = mapped_column(ForeignKey("quotes.id"))
    opportunity_id: Mapped[int | None] = mapped_column(ForeignKey("opportunities.id"))
    dated: Mapped[date | None] = mapped_column(Day)
    start: Mapped[date | None] = mapped_column(Day)
    end: Mapped[date | None] = mapped_column(Day)
    signed_on: Mapped[date | None] = mapped_column(Day)
    currency: Mapped[str] = mapped_column(String(3), default="CNY")
    tax_included: Mapped[bool] = mapped_column(Boolean, default=True)
    discount_percent: Mapped[Decimal | None] = mapped_column(Rate)
    discount_amount: Mapped[Decimal | None] = mapped_column(Amount)
    subtotal: Mapped[Decimal] = mapped_column(Amount, default=Decimal(0))
    tax: Mapped[Decimal] = mapped_column(Amount, default=Decimal(0))
    total: Mapped[Decimal] = mapped_column(Amount, default=Decimal(0))
    language: Mapped[str] = mapped_column(String(16), default="zh")
    body: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)
    in_charge_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    custom: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
