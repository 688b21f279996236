"""Tables of tickets."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_desktop.data.tables.base import Base, Record
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

    number: Mapped[str | None] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    type_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    state: Mapped[str] = mapped_column(String(16), default="new")
    company_id: Mapped[int | None] = mapped_column(ForeignKey("companies.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    priority_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    promised_by: Mapped[date | None] = mapped_column(Day)
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    serial: Mapped[str | None] = mapped_column(Text)
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contracts.id"))
    channel_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    said: Mapped[str | None] = mapped_column(Text)
    work: Mapped[str | None] = mapped_column(Text)
    result: Mapped[str | None] = mapped_column(Text)
    satisfaction: Mapped[int | None] = mapped_column(Integer)
    cost: Mapped[Decimal | None] = mapped_column(Amount)
    in_charge_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    solved_at: Mapped[datetime | None] = mapped_column(UtcStamp)
    closed_at: Mapped[datetime | None] = mapped_column(UtcStamp)
    custom: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
