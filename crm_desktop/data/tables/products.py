"""Tables of products."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_desktop.data.tables.base import DERIVED, Base, Record
from crm_desktop.data.types import Day, JsonText, Quantity, Rate, UnitPrice


class Product(Record, Base):
    """Something the firm sells."""

    __tablename__ = "products"
    __table_args__ = (
        Index(None, "trashed_at", "sort_key", "id"),
        Index(None, "code"),
    )

    code: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    category_id: Mapped[int | None] = mapped_column(ForeignKey("list_items.id"))
    spec: Mapped[str | None] = mapped_column(Text)
    unit: Mapped[str | None] = mapped_column(Text)
    price: Mapped[Decimal | None] = mapped_column(UnitPrice)
    currency: Mapped[str] = mapped_column(String(3), default="CNY")
    cost: Mapped[Decimal | None] = mapped_column(UnitPrice)
    tax_rate: Mapped[Decimal | None] = mapped_column(Rate)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    description: Mapped[str | None] = mapped_column(Text)
    stock: Mapped[Decimal | None] = mapped_column(Quantity)
    stock_as_of: Mapped[date | None] = mapped_column(Day)
    notes: Mapped[str | None] = mapped_column(Text)
    custom: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    # Pinyin order; derived from the name (and a person's own reading) before each commit.
    sort_key: Mapped[str | None] = mapped_column(Text, info=DERIVED)
