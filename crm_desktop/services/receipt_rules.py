"""What changes along with a receipt or an expense: number, day, currency, whose it is, status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from crm_desktop.data import customers, numbers, payments
from crm_desktop.data.ids import in_ids
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Receipt
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.document_lines import require_currency
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.services.business import Business
from crm_desktop.services.lists import Lists
from crm_desktop.services.rules import Rules

_NEVER_EMPTY = ("number", "dated", "amount", "currency")
_WHOSE = ("company", "person", "contract")


class _MoneyRules(Rules):
    """What receipts and expenses have in common."""

    kind: Kind

    def __init__(self, clock: Clock, lists: Lists, business: Business) -> None:
        self._clock = clock
        self._lists = lists
        self._business = business

    def pattern(self) -> str:
        """How the firm numbers this kind."""
        raise NotImplementedError

    def before_create(self, session: Session, values: dict[str, Any]) -> dict[str, Any]:
        """Today, the firm's currency, the next number, the company the person works for."""
        if values.get("dated") is None:
            values["dated"] = self._clock.today()
        if values.get("currency") is None:
            values["currency"] = self._business.trade().currency
        if values.get("number") is None:
            day = self._clock.today()
            values["number"] = numbers.next_number(session, self.kind, self.pattern(), day)
        person = _id(values.get("person"))
        if values.get("company") is None and person is not None:
            values["company"] = customers.company_of(session, person)
        return _checked(values)

    def before_update(
        self, session: Session, ids: Sequence[int], values: dict[str, Any]
    ) -> dict[str, Any]:
        """What it cannot be without stays."""
        for key in _NEVER_EMPTY:
            if key in values and values[key] is None:
                del values[key]
        self.check_update(session, ids, values)
        return _checked(values)


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
        contract = _id(values.get("contract"))
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
        self._make_customers(session, [record_id])

    def after_create_all(self, session: Session, records: Mapping[int, Mapping[str, Any]]) -> None:
        """The same for many at once."""
        self._make_customers(session, list(records))

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
            after = {key: _id(values.get(key, value)) for key, value in held.items()}
            if all(after[key] is None for key in _WHOSE):
                raise Refused("payment.of_nobody")
            if after["contract"] is not None:
                pairs.append((after["contract"], after["currency"] or row[3]))
        self._same_currency(session, pairs)

    def after_update(self, session: Session, ids: Sequence[int], values: Mapping[str, Any]) -> None:
        """Whose it is now is a customer."""
        if values.keys() & {*_WHOSE, "amount"}:
            self._make_customers(session, ids)

    def _same_currency(self, session: Session, pairs: Sequence[tuple[int, str]]) -> None:
        heads = payments.heads_of(session, {contract for contract, _ in pairs})
        for contract, code in pairs:
            head = heads.get(contract)
            if head is not None and head.currency != code.upper():
                raise Refused(
                    "payment.other_currency", number=head.number or "", currency=head.currency
                )

    def _make_customers(self, session: Session, ids: Sequence[int]) -> None:
        statement = select(Receipt.id).where(in_ids(Receipt.id, ids), Receipt.amount > 0)
        paid = list(session.execute(statement).scalars())
        customer = self._lists.by_code("lifecycle", "customer").id
        before = [self._lists.by_code("lifecycle", code).id for code in ("lead", "interested")]
        customers.promote(session, Kind.RECEIPT, paid, customer, before)


class ExpenseRules(_MoneyRules):
    """Expenses."""

    kind = Kind.EXPENSE

    def pattern(self) -> str:
        """How the firm numbers expenses."""
        return self._business.trade().expense_number


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    if values.get("currency") is not None:
        values["currency"] = values["currency"].upper()
        require_currency(values["currency"])
    if values.get("amount") == 0:
        raise Refused("payment.no_amount")
    if "reimbursed" in values and values["reimbursed"] is None:
        values["reimbursed"] = False
    return values


def _id(link: Any) -> Any:
    return link.id if isinstance(link, Ref) else link
