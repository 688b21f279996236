"""Titles of gestures say what they were about, also where its name is given only while writing."""

from __future__ import annotations

from decimal import Decimal

from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services


def test_the_history_says_what_was_paid_and_which_expense_was_noted(services: Services) -> None:
    company = services.records.create(Kind.COMPANY, {"name": "恒远机械"})
    services.payments.record({"company": company, "amount": Decimal("3500.5")})
    services.payments.record({"company": company, "amount": Decimal(1200), "currency": "JPY"})
    spent = services.records.create(Kind.EXPENSE, {"amount": Decimal(860)})
    number = services.records.card(Kind.EXPENSE, spent).values["number"]
    told = [(row.title, row.args) for row in services.history.gestures(4)]
    assert told == [
        ("gesture.created", {"kind": "expense", "name": number}),
        ("gesture.payment_recorded", {"amount": "1,200 JPY"}),
        ("gesture.payment_recorded", {"amount": "3,500.50"}),
        ("gesture.created", {"kind": "company", "name": "恒远机械"}),
    ]
