"""Rows about money: what a receipt or an expense needs to be one, told before anything is written.

The same as `services/receipt_rules.py` would refuse, row by row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from crm_desktop.data import payments
from crm_desktop.data.session import Session
from crm_desktop.domain.document_lines import require_currency
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Problem, Refused
from crm_desktop.services.imports.merging import plain

MONEY_KINDS = frozenset({Kind.RECEIPT, Kind.EXPENSE})
"""Kinds whose title is a number the program gives: a file need not tell it."""
_WHOSE = ("company", "person", "contract")


class MoneyRows:
    """Knows the contracts that rows name."""

    def __init__(self, session: Session, kind: Kind) -> None:
        self._session = session
        self._kind = kind
        self._heads: dict[int, Any] = {}

    def trouble(self, values: Mapping[str, Any], *, fresh: bool) -> Problem | None:
        """The first reason why these are no receipt or expense."""
        return next(self.troubles(values, fresh=fresh), None)

    def troubles(self, values: Mapping[str, Any], *, fresh: bool) -> Iterator[Problem]:
        """Why these are no receipt or expense; a `fresh` one also needs its day."""
        if self._kind not in MONEY_KINDS:
            return
        if not values.get("amount"):
            yield Problem("import.no_amount")
        if fresh and values.get("dated") is None:
            yield Problem("import.no_date")
        if self._kind is Kind.RECEIPT and all(values.get(key) is None for key in _WHOSE):
            yield Problem("import.of_nobody")
        code = values.get("currency")
        if code is None:
            return
        try:
            require_currency(code.upper())
        except Refused as refused:
            yield Problem(refused.key, "currency", refused.args_for_words)
            return
        head = self._head(values.get("contract"))
        if head is not None and head.currency != code.upper():
            args = {"number": head.number or "", "currency": head.currency}
            yield Problem("import.other_currency", args=args)

    def _head(self, contract: Any) -> Any:
        contract_id = plain(contract)
        if not isinstance(contract_id, int):
            return None
        if contract_id not in self._heads:
            found = payments.heads_of(self._session, [contract_id])
            self._heads[contract_id] = found.get(contract_id)
        return self._heads[contract_id]
