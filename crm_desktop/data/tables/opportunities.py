"""Tables of opportunities."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_desktop.data.tables.base import DERIVED, Base, Record
from crm_desktop.data.types import Amount, Day, JsonText, UtcStamp


class Opportunity(Record, Base):
    """A possible sale."""

    __tablename__ = "opportunities"
    __table_args__ = (
        Index(None, "trashed_at", "sort_key", "id"),
        Index(None, "company_id"),
        Index(None, "person_id"),
        Index(None, "state", "stage_id"),
        # Covers the sums of the reports: a year of a large book is read without its rows.
        Index(None, "state", "closed_on", "trashed_at", "currency", "amount", "lost_reason_id"),
        Index(None, "trashed_at", "created_at", "currency", "amount"),
    )

    title: Mapped[str] = mapped_column(Text)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("companies.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    stage_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    state: Mapped[str] = mapped_column(String(16), default="open")
    probability: Mapped[int | None] = mapped_column(Integer)
    amount: Mapped[Decimal | None] = mapped_column(Amount)
    currency: Mapped[str] = mapped_column(String(3), default="CNY")
    expected_close: Mapped[date | None] = mapped_column(Day)
    closed_on: Mapped[date | None] = mapped_column(Day)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    channel_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    priority_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    competitors: Mapped[str | None] = mapped_column(Text)
    needs: Mapped[str | None] = mapped_column(Text)
    lost_reason_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    lesson: Mapped[str | None] = mapped_column(Text)
    in_charge_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    notes: Mapped[str | None] = mapped_column(Text)
    stage_since: Mapped[datetime | None] = mapped_column(UtcStamp)
    custom: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    # Pinyin order; derived from the name (and a person's own reading) before each commit.
    sort_key: Mapped[str | None] = mapped_column(Text, info=DERIVED)
