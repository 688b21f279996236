"""Tables of products."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, String, Text

from crm_desktop.data.tables.base import DERIVED, Base, Held, Record, column
from crm_desktop.data.types import Day, JsonText, Quantity, Rate, UnitPrice


class Product(Record, Base):
    """Something the firm sells."""

    __tablename__ = "products"
    __table_args__ = (
        Index(None, "trashed_at", "sort_key", "id"),
        Index(None, "code"),
    )

    code: Held[str | None] = column(Text)
    name: Held[str] = column(Text)
    category_id: Held[int | None] = column(ForeignKey("list_items.id"))
    spec: Held[str | None] = column(Text)
    unit: Held[str | None] = column(Text)
    price: Held[Decimal | None] = column(UnitPrice)
    currency: Held[str] = column(String(3), default="CNY")
    cost: Held[Decimal | None] = column(UnitPrice)
    tax_rate: Held[Decimal | None] = column(Rate)
    active: Held[bool] = column(Boolean, default=True)
    description: Held[str | None] = column(Text)
    stock: Held[Decimal | None] = column(Quantity)
    stock_as_of: Held[date | None] = column(Day)
    notes: Held[str | None] = column(Text)
    custom: Held[dict[str, Any] | None] = column(JsonText)
    # Pinyin order; derived from the name (and a person's own reading) before each commit.
    sort_key: Held[str | None] = column(Text, info=DERIVED)
