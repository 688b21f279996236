"""Tables of companies."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_desktop.data.tables.base import DERIVED, Base, Record
from crm_desktop.data.types import Amount, JsonText


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

    name: Mapped[str] = mapped_column(Text)
    short_name: Mapped[str | None] = mapped_column(Text)
    code: Mapped[str | None] = mapped_column(Text)
    kinds: Mapped[list[int] | None] = mapped_column(JsonText)
    industry_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    org_type_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    size_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("companies.id"))
    province: Mapped[str | None] = mapped_column(Text)
    city: Mapped[str | None] = mapped_column(Text)
    district: Mapped[str | None] = mapped_column(Text)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    lifecycle_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    level_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    source_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    in_charge_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    product_lines: Mapped[list[int] | None] = mapped_column(JsonText)
    important: Mapped[bool] = mapped_column(Boolean, default=False)
    important_reason: Mapped[str | None] = mapped_column(Text)
    credit_grade_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    credit_limit: Mapped[Decimal | None] = mapped_column(Amount)
    risk_grade_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    turnover: Mapped[Decimal | None] = mapped_column(Amount)
    current_suppliers: Mapped[str | None] = mapped_column(Text)
    tax_number: Mapped[str | None] = mapped_column(Text)
    bank_name: Mapped[str | None] = mapped_column(Text)
    bank_account: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)
    # What the user thinks of the relationship, 1 to 5; see domain/standing.py.
    likes_product: Mapped[int | None] = mapped_column(Integer)
    likes_service: Mapped[int | None] = mapped_column(Integer)
    accepts_price: Mapped[int | None] = mapped_column(Integer)
    depends_on_us: Mapped[int | None] = mapped_column(Integer)
    esteems_us: Mapped[int | None] = mapped_column(Integer)
    we_depend: Mapped[int | None] = mapped_column(Integer)
    we_esteem: Mapped[int | None] = mapped_column(Integer)
    custom: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    # Pinyin order; derived from the name (and a person's own reading) before each commit.
    sort_key: Mapped[str | None] = mapped_column(Text, info=DERIVED)
