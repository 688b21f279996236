"""Tables of money: receipts, expenses, and the payment plans of contracts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Boolean, ForeignKey, Index, Integer, String, Text

from crm_desktop.data.tables.base import DERIVED, Base, Held, Journalled, Record, column
from crm_desktop.data.types import Amount, Day, JsonText, Rate


class Receipt(Record, Base):
    """Money that came in."""

    __tablename__ = "receipts"
    __table_args__ = (
        Index(None, "company_id"),
        Index(None, "person_id"),
        Index(None, "contract_id"),
        Index(None, "trashed_at", "dated"),
        Index(None, "number"),
    )

    number: Held[str | None] = column(Text)
    dated: Held[date] = column(Day)
    amount: Held[Decimal] = column(Amount)
    currency: Held[str] = column(String(3), default="CNY")
    company_id: Held[int | None] = column(ForeignKey("companies.id"))
    person_id: Held[int | None] = column(ForeignKey("people.id"))
    contract_id: Held[int | None] = column(ForeignKey("contracts.id"))
    method_id: Held[int | None] = column(ForeignKey("list_items.id"))
    reference: Held[str | None] = column(Text)
    in_charge_id: Held[int | None] = column(ForeignKey("staff.id"))
    recorded_by_id: Held[int | None] = column(ForeignKey("staff.id"))
    notes: Held[str | None] = column(Text)
    custom: Held[dict[str, Any] | None] = column(JsonText)
    # Minor units x days after they were due; empty where it does not count. See data/payments.py.
    day_weight: Held[int | None] = column(BigInteger, info=DERIVED)


class Expense(Record, Base):
    """Money spent on a customer."""

    __tablename__ = "expenses"
    __table_args__ = (
        Index(None, "company_id"),
        Index(None, "person_id"),
        Index(None, "opportunity_id"),
        Index(None, "ticket_id"),
        Index(None, "trashed_at", "dated"),
        Index(None, "number"),
    )

    number: Held[str | None] = column(Text)
    dated: Held[date] = column(Day)
    category_id: Held[int | None] = column(ForeignKey("list_items.id"))
    purpose: Held[str | None] = column(Text)
    amount: Held[Decimal] = column(Amount)
    currency: Held[str] = column(String(3), default="CNY")
    company_id: Held[int | None] = column(ForeignKey("companies.id"))
    person_id: Held[int | None] = column(ForeignKey("people.id"))
    opportunity_id: Held[int | None] = column(ForeignKey("opportunities.id"))
    ticket_id: Held[int | None] = column(ForeignKey("tickets.id"))
    in_charge_id: Held[int | None] = column(ForeignKey("staff.id"))
    recorded_by_id: Held[int | None] = column(ForeignKey("staff.id"))
    reimbursed: Held[bool] = column(Boolean, default=False)
    notes: Held[str | None] = column(Text)
    custom: Held[dict[str, Any] | None] = column(JsonText)


class PaymentStage(Journalled, Base):
    """One stage of the payment plan of a contract: an amount or a percentage of its total."""

    __tablename__ = "payment_stages"
    __table_args__ = (
        Index(None, "contract_id", "position"),
        Index(None, "due", "contract_id"),
        {"info": {"touches": ("contract_id",), "together": (("amount", "percent"),)}},
    )

    contract_id: Held[int] = column(ForeignKey("contracts.id"))
    position: Held[int] = column(Integer, default=0)
    name: Held[str] = column(Text)
    due: Held[date | None] = column(Day)
    amount: Held[Decimal | None] = column(Amount)
    percent: Held[Decimal | None] = column(Rate)
    note: Held[str | None] = column(Text)
    # What it comes to; follows from the total of the contract.
    share: Held[Decimal | None] = column(Amount, info=DERIVED)
