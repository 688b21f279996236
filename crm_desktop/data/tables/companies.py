"""Tables of companies."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, Text

from crm_desktop.data.tables.base import DERIVED, Base, Held, Journalled, Record, column
from crm_desktop.data.types import Amount, JsonText, Quantity


class Company(Record, Base):
    """A firm, authority or household."""

    __tablename__ = "companies"
    __table_args__ = (
        Index(None, "trashed_at", "sort_key", "id"),
        Index(None, "lifecycle_id", "trashed_at", "sort_key"),
        Index(None, "level_id", "trashed_at", "sort_key"),
        Index(None, "industry_id", "trashed_at"),
        Index(None, "trashed_at", "created_at"),
        Index(None, "parent_id"),
        Index(None, "in_charge_id", "trashed_at", "sort_key"),
        Index(None, "city"),
        Index(None, "code"),
    )

    name: Held[str] = column(Text)
    short_name: Held[str | None] = column(Text)
    code: Held[str | None] = column(Text)
    kinds: Held[list[int] | None] = column(JsonText)
    industry_id: Held[int | None] = column(ForeignKey("list_items.id"))
    org_type_id: Held[int | None] = column(ForeignKey("list_items.id"))
    size_id: Held[int | None] = column(ForeignKey("list_items.id"))
    parent_id: Held[int | None] = column(ForeignKey("companies.id"))
    province: Held[str | None] = column(Text)
    city: Held[str | None] = column(Text)
    district: Held[str | None] = column(Text)
    area_id: Held[int | None] = column(ForeignKey("list_items.id"))
    lifecycle_id: Held[int | None] = column(ForeignKey("list_items.id"))
    level_id: Held[int | None] = column(ForeignKey("list_items.id"))
    source_id: Held[int | None] = column(ForeignKey("list_items.id"))
    in_charge_id: Held[int | None] = column(ForeignKey("staff.id"))
    recorded_by_id: Held[int | None] = column(ForeignKey("staff.id"))
    product_lines: Held[list[int] | None] = column(JsonText)
    important: Held[bool] = column(Boolean, default=False)
    important_reason: Held[str | None] = column(Text)
    credit_grade_id: Held[int | None] = column(ForeignKey("list_items.id"))
    credit_limit: Held[Decimal | None] = column(Amount)
    risk_grade_id: Held[int | None] = column(ForeignKey("list_items.id"))
    turnover: Held[Decimal | None] = column(Amount)
    current_suppliers: Held[str | None] = column(Text)
    tax_number: Held[str | None] = column(Text)
    bank_name: Held[str | None] = column(Text)
    bank_account: Held[str | None] = column(Text)
    notes: Held[str | None] = column(Text)
    # What the user thinks of the relationship, 1 to 5; see domain/standing.py.
    likes_product: Held[int | None] = column(Integer)
    likes_service: Held[int | None] = column(Integer)
    accepts_price: Held[int | None] = column(Integer)
    depends_on_us: Held[int | None] = column(Integer)
    esteems_us: Held[int | None] = column(Integer)
    we_depend: Held[int | None] = column(Integer)
    we_esteem: Held[int | None] = column(Integer)
    custom: Held[dict[str, Any] | None] = column(JsonText)
    # Pinyin order; derived from the name (and a person's own reading) before each commit.
    sort_key: Held[str | None] = column(Text, info=DERIVED)


class YearlyDemand(Journalled, Base):
    """How much of a group of products a company needs in a year."""

    __tablename__ = "yearly_demand"
    __table_args__ = (
        Index(None, "company_id", "position"),
        Index(None, "category_id"),
        {"info": {"touches": ("company_id",)}},
    )

    company_id: Held[int] = column(ForeignKey("companies.id"))
    position: Held[int] = column(Integer, default=0)
    category_id: Held[int] = column(ForeignKey("list_items.id"))
    amount: Held[Decimal] = column(Quantity)
    unit: Held[str | None] = column(Text)
    year: Held[int | None] = column(Integer)
