"""Sheets that a word must speak of: any list has amounts, days and names.

What words mean there that stand above other sheets, too.
"""

from __future__ import annotations

_ON_MONEY = {
    "contract.number": "contract",
    "line.amount": "amount",
    "paper.dated": "dated",
    "paper.number": "number",
    "paper.company": "company",
    "paper.person": "person",
    "paper.currency": "currency",
}
_OF_PERSON = {
    **dict.fromkeys(("person.name", "person.code", "person.mobile", "person.email"), "person"),
    "paper.person": "person",
    "any.notes": "note",
}
SPOKEN: dict[str, dict[str, str]] = {
    "receipts": _ON_MONEY,
    "expenses": _ON_MONEY,
    "payment_plans": {
        "contract.number": "contract",
        "receipt.contract": "contract",
        "paper.number": "contract",
        "any.name": "name",
        "opportunity.stage": "name",
        "activity.due": "due",
        "paper.dated": "due",
        "receipt.dated": "due",
        "line.amount": "amount",
        "receipt.amount": "amount",
        "any.notes": "note",
    },
    "anniversaries": {
        **_OF_PERSON,
        "activity.subject": "name",
        "gift.occasion": "name",
        "paper.dated": "day",
        "person.birthday": "day",
    },
    "gifts": {
        **_OF_PERSON,
        "paper.dated": "on_date",
        "line.amount": "value",
        "opportunity.amount": "value",
        "paper.currency": "currency",
        "expense.purpose": "occasion",
    },
}
"""Kind of sheet → keys of the synonyms → fields of the kind."""
