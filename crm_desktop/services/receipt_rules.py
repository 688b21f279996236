"""What changes along with a receipt or an expense: number, day, currency, whose it is, status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from crm_desktop.data import payments
from crm_desktop.data.ids import in_ids
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Receipt
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.services.numbered_rules import NumberedRules, id_of

_WHOSE = ("company", "person", "contract")


class _MoneyRules(NumberedRules):
    """What receipts and expenses have in common."""

    never_empty = ("number", "dated", "amount", "currency")

    def checked(self, values: dict[str, Any]) -> dict[str, Any]:
        """Refused without an amount."""
        values = super().checked(values)
        if values.get("amount") == 0:
            raise Refused("payment.no_amount")
        if "reimbursed" in values and values["reimbursed"] is None:
            values["reimbursed"] = False
        return values


class ReceiptRules(_MoneyRules):
    """Receipts."""

    kind = Kind.RECEIPT

    def pattern(self) -> str:
        """How the firm numbers receipts."""
        return self._business.trade().receipt_number

    def before_create(self, session: Session, values: dict[str, Any]) -> dict[str, Any]:
        """Of a contract it takes customer and currency; it is somebody's."""
        if all(values.get(key) is None for key in _WHOSE):
            raise Refused("payment.of_nobody")
        contract = id_of(values.get("contract"))
        if contract is not None:
            head = payments.heads_of(session, [contract]).get(contract)
            if head is None:
                raise Refused("record.gone")
            if values.get("currency") is None:
                values["currency"] = head.currency
            if values.get("company") is None and values.get("person") is None:
                values["company"], values["person"] = head.company_id, head.person_id
        ready = super().before_create(session, values)
        if contract is not None:
            self._same_currency(session, [(contract, ready["currency"])])
        return ready

    def after_create(self, session: Session, record_id: int, values: Mapping[str, Any]) -> None:
        """The first money makes a customer."""
        self._promote_payers(session, [record_id])

    def after_create_all(self, session: Session, records: Mapping[int, Mapping[str, Any]]) -> None:
        """The same for many at once."""
        self._promote_payers(session, list(records))

    def check_update(self, session: Session, ids: Sequence[int], values: Mapping[str, Any]) -> None:
        """It stays somebody's, in the currency of its contract."""
        if not values.keys() & {*_WHOSE, "currency"}:
            return
        present = select(
            Receipt.contract_id, Receipt.company_id, Receipt.person_id, Receipt.currency
        ).where(in_ids(Receipt.id, ids))
        pairs = []
        for row in session.execute(present):
            held = {"contract": row[0], "company": row[1], "person": row[2], "currency": row[3]}
            after = {key: id_of(values.get(key, value)) for key, value in held.items()}
            if all(after[key] is None for key in _WHOSE):
                raise Refused("payment.of_nobody")
            if after["contract"] is not None:
                pairs.append((after["contract"], after["currency"] or row[3]))
        self._same_currency(session, pairs)

    def after_update(self, session: Session, ids: Sequence[int], values: Mapping[str, Any]) -> None:
        """Whose it is now is a customer."""
        if values.keys() & {*_WHOSE, "amount"}:
            self._promote_payers(session, ids)

    def _same_currency(self, session: Session, pairs: Sequence[tuple[int, str]]) -> None:
        heads = payments.heads_of(session, {contract for contract, _ in pairs})
        for contract, code in pairs:
            head = heads.get(contract)
            if head is not None and head.currency != code.upper():
                raise Refused(
                    "payment.other_currency", number=head.number or "", currency=head.currency
                )

    def _promote_payers(self, session: Session, ids: Sequence[int]) -> None:
        statement = select(Receipt.id).where(in_ids(Receipt.id, ids), Receipt.amount > 0)
        paid = list(session.execute(statement).scalars())
        self.make_customers(session, paid)


class ExpenseRules(_MoneyRules):
    """Expenses."""

    kind = Kind.EXPENSE

    def pattern(self) -> str:
        """How the firm numbers expenses."""
        return self._business.trade().expense_number
