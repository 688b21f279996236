"""Tables of opportunities."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text

from crm_desktop.data.tables.base import (
    DERIVED,
    Base,
    Derived,
    Held,
    Journalled,
    Record,
    column,
)
from crm_desktop.data.types import Amount, Day, JsonText, Quantity, UnitPrice, UtcStamp


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

    title: Held[str] = column(Text)
    company_id: Held[int | None] = column(ForeignKey("companies.id"))
    person_id: Held[int | None] = column(ForeignKey("people.id"))
    stage_id: Held[int | None] = column(ForeignKey("list_items.id"))
    state: Held[str] = column(String(16), default="open")
    probability: Held[int | None] = column(Integer)
    amount: Held[Decimal | None] = column(Amount)
    currency: Held[str] = column(String(3), default="CNY")
    expected_close: Held[date | None] = column(Day)
    closed_on: Held[date | None] = column(Day)
    source_id: Held[int | None] = column(ForeignKey("list_items.id"))
    channel_id: Held[int | None] = column(ForeignKey("list_items.id"))
    priority_id: Held[int | None] = column(ForeignKey("list_items.id"))
    competitors: Held[str | None] = column(Text)
    needs: Held[str | None] = column(Text)
    lost_reason_id: Held[int | None] = column(ForeignKey("list_items.id"))
    lesson: Held[str | None] = column(Text)
    in_charge_id: Held[int | None] = column(ForeignKey("staff.id"))
    recorded_by_id: Held[int | None] = column(ForeignKey("staff.id"))
    notes: Held[str | None] = column(Text)
    stage_since: Held[datetime | None] = column(UtcStamp)
    custom: Held[dict[str, Any] | None] = column(JsonText)
    # Pinyin order; derived from the name (and a person's own reading) before each commit.
    sort_key: Held[str | None] = column(Text, info=DERIVED)


class ProposedProduct(Journalled, Base):
    """A product an opportunity is about."""

    __tablename__ = "proposed_products"
    __table_args__ = (
        Index(None, "opportunity_id", "position"),
        Index(None, "product_id"),
        {"info": {"touches": ("opportunity_id",)}},
    )

    opportunity_id: Held[int] = column(ForeignKey("opportunities.id"))
    position: Held[int] = column(Integer, default=0)
    product_id: Held[int] = column(ForeignKey("products.id"))
    quantity: Held[Decimal] = column(Quantity, default=Decimal(1))
    price: Held[Decimal | None] = column(UnitPrice)


class OpportunityHelper(Journalled, Base):
    """One of our people who helps with an opportunity."""

    __tablename__ = "opportunity_helpers"
    __table_args__ = (
        Index(None, "opportunity_id", "position"),
        Index(None, "staff_id"),
        {"info": {"touches": ("opportunity_id",)}},
    )

    opportunity_id: Held[int] = column(ForeignKey("opportunities.id"))
    position: Held[int] = column(Integer, default=0)
    staff_id: Held[int] = column(ForeignKey("staff.id"))


class OpportunityWay(Derived, Base):
    """The stages an opportunity was in and its stays there; see data/funnel.py."""

    __tablename__ = "opportunity_ways"
    # Covers the funnel: a year of a large book is read without its rows.
    __table_args__ = (Index(None, "way", "currency", "recorded_at", "amount", "opportunity_id"),)

    opportunity_id: Held[int] = column(Integer, primary_key=True)
    way: Held[str] = column(Text)  # the stages as JSON, in the order of their ids
    currency: Held[str] = column(String(3))
    recorded_at: Held[datetime] = column(UtcStamp)
    amount: Held[Decimal] = column(Amount)
    # JSON: of each stage those of StageStay, in the same order.
    stays: Held[str] = column(Text)


class StageStay(Derived, Base):
    """How long opportunities stayed in a stage, summed by the day (UTC) they were recorded."""

    __tablename__ = "stage_stays"

    day: Held[str] = column(String(10), primary_key=True)
    stage_id: Held[int] = column(Integer, primary_key=True)
    ended: Held[int] = column(Integer)  # stays
    time: Held[int] = column(Integer)  # their sum in milliseconds
    going_on: Held[int] = column(Integer)  # stays
    since: Held[int] = column(Integer)  # the sum of their beginnings, Unix milliseconds
