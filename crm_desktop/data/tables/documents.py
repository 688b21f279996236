"""Tables of paper: lines of quotes and contracts, issued snapshots, template texts, numbers."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text

from crm_desktop.data.tables.base import Base, Held, Journalled, Outside, Record, column
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

    quote_id: Held[int | None] = column(ForeignKey("quotes.id"))
    contract_id: Held[int | None] = column(ForeignKey("contracts.id"))
    position: Held[int] = column(Integer, default=0)
    product_id: Held[int | None] = column(ForeignKey("products.id"))
    name: Held[str] = column(Text)
    description: Held[str | None] = column(Text)
    quantity: Held[Decimal] = column(Quantity, default=Decimal(1))
    unit: Held[str | None] = column(Text)
    price: Held[Decimal] = column(UnitPrice, default=Decimal(0))
    discount_percent: Held[Decimal | None] = column(Rate)
    discount_amount: Held[Decimal | None] = column(Amount)
    tax_rate: Held[Decimal] = column(Rate, default=Decimal(0))
    amount: Held[Decimal] = column(Amount, default=Decimal(0))


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

    id: Held[int] = column(Integer, primary_key=True)
    uid: Held[str] = column(String(36), unique=True, default=fresh_uid)
    quote_id: Held[int | None] = column(Integer)
    contract_id: Held[int | None] = column(Integer)
    number: Held[str] = column(Text)
    revision: Held[int] = column(Integer, default=1)
    snapshot: Held[dict[str, Any]] = column(JsonText)
    pdf_sha256: Held[str] = column(String(64))
    issued_at: Held[datetime] = column(UtcStamp)
    withdrawn_at: Held[datetime | None] = column(UtcStamp)


class TemplateText(Record, Base):
    """The text of a contract or letter with {{placeholders}}, owned by the firm."""

    __tablename__ = "template_texts"

    kind: Held[str] = column(String(16))  # contract, terms, greeting
    name: Held[str] = column(Text)
    language: Held[str] = column(String(2), default="zh")
    body: Held[str] = column(Text)
    position: Held[int] = column(Integer, default=0)


class NumberSeries(Outside, Base):
    """The last number given per kind and year. Outside of undo: a number is never used again."""

    __tablename__ = "number_series"

    kind: Held[str] = column(String(16), primary_key=True)
    year: Held[int] = column(Integer, primary_key=True)
    last: Held[int] = column(Integer)
