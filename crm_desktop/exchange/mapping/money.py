"""Sheets of receipts and expenses: what words mean there that stand above papers, too."""

from __future__ import annotations

MONEY = frozenset({"receipts", "expenses"})
"""The kinds of sheet about money."""
ON_MONEY = {
    "contract.number": "contract",
    "line.amount": "amount",
    "paper.dated": "dated",
    "paper.number": "number",
    "paper.company": "company",
    "paper.person": "person",
    "paper.currency": "currency",
}
"""Keys of the synonyms → fields of a receipt or an expense."""
