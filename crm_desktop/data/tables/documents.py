"""Tables of paper: lines of quotes and contracts, issued snapshots, template texts, numbers."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_desktop.data.tables.base import Base, Journalled, Outside, Record
from crm_desktop.data.types import Amount, JsonText, Quantity, Rate, UnitPrice, UtcStamp, fresh_uid


class Line(Journalled, Base):
    """One line of a quote or a contract."""

    __tablename__ = "lines"
    __table_args__ = (
        CheckConstraint("(quote_id IS NULL) <> (contract_id IS NULL)", name="one_owner"),
        Index(None, "quote_id", "position"),
        Index(None, "contract_id", "position"),
        Index(None, "product_id"),
        {"info": {"touches": ("quote_id", "contract_id")}},
    )

    quote_id: Mapped[int | None] = mapped_column(ForeignKey("quotes.id"))
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contracts.id"))
    position: Mapped[int] = mapped_column(Integer, default=0)
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    name: Mapped[str] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    quantity: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(1))
    unit: Mapped[str | None] = mapped_column(Text)
    price: Mapped[Decimal] = mapped_column(UnitPrice, default=Decimal(0))
    discount_percent: Mapped[Decimal | None] = mapped_column(Rate)
    discount_amount: Mapped[Decimal | None] = mapped_column(Amount)
    tax_rate: Mapped[Decimal] = mapped_column(Rate, default=Decimal(0))
    amount: Mapped[Decimal] = mapped_column(Amount, default=Decimal(0))


class Issued(Outside, Base):
    """What the customer holds: a frozen snapshot with its PDF, reproducible for ever.

    Outside of undo, and so without foreign keys: undoing "sent" withdraws the snapshot, and
    undoing even the quote itself leaves the proof of what has left the house.
    """

    __tablename__ = "issued"
    __table_args__ = (
        Index(None, "quote_id"),
        Index(None, "contract_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=fresh_uid)
    quote_id: Mapped[int | None] = mapped_column(Integer)
    contract_id: Mapped[int | None] = mapped_column(Integer)
    number: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(Integer, default=1)
    snapshot: Mapped[dict[str, Any]] = mapped_column(JsonText)
    pdf_sha256: Mapped[str] = mapped_column(String(64))
    issued_at: Mapped[datetime] = mapped_column(UtcStamp)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcStamp)


class TemplateText(Record, Base):
    """The text of a contract or letter with {{placeholders}}, owned by the firm."""

    __tablename__ = "template_texts"

    kind: Mapped[str] = mapped_column(String(16))  # contract, terms, greeting
    name: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2), default="zh")
    body: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(Integer, default=0)


class NumberSeries(Outside, Base):
    """The last number given per kind and year. Outside of undo: a number is never used again."""

    __tablename__ = "number_series"

    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True)
    last: Mapped[int] = mapped_column(Integer)
