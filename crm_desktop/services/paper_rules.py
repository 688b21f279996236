"""What changes along with a quote or a contract: number, defaults, sums, the customer's status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from crm_desktop.data import customers, lines, numbers
from crm_desktop.data.ids import in_ids
from crm_desktop.data.records.columns import column_name, table_of
from crm_desktop.data.session import Session
from crm_desktop.domain import schema
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.document_lines import one_discount, require_currency
from crm_desktop.domain.issuing import CONTENT_KEYS, DRAFT, MONEY_KEYS, TRADED
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.services.business import Business
from crm_desktop.services.lists import Lists
from crm_desktop.services.rules import Rules

_NEVER_EMPTY = ("number", "state", "revision", "currency", "tax_included", "language")


class PaperRules(Rules):
    """What quotes and contracts have in common."""

    kind: Kind

    def __init__(self, clock: Clock, lists: Lists, business: Business) -> None:
        self._clock = clock
        self._lists = lists
        self._business = business

    def pattern(self) -> str:
        """How the firm numbers this kind."""
        raise NotImplementedError

    def before_create(self, session: Session, values: dict[str, Any]) -> dict[str, Any]:
        """Fill the number and the firm's defaults."""
        for key, value in self._defaults().items():
            if values.get(key) is None:
                values[key] = value
        if values.get("number") is None:
            today = self._clock.today()
            values["number"] = numbers.next_number(session, self.kind, self.pattern(), today)
        person = values.get("person")
        if values.get("company") is None and person is not None:
            person_id = person.id if isinstance(person, Ref) else person
            values["company"] = customers.company_of(session, person_id)
        return self._checked(values)

    def after_create(self, session: Session, record_id: int, values: Mapping[str, Any]) -> None:
        """One that comes in as accepted or signed makes a customer."""
        self._make_customers(session, [record_id], values)

    def before_update(
        self, session: Session, ids: Sequence[int], values: dict[str, Any]
    ) -> dict[str, Any]:
        """What has left the house is read-only; a change of state comes from the service."""
        for key in _NEVER_EMPTY:
            if key in values and values[key] is None:
                del values[key]
        self.check_update(session, ids, values)
        return self._checked(values)

    def check_update(self, session: Session, ids: Sequence[int], values: Mapping[str, Any]) -> None:
        """What has left the house is read-only."""
        if "state" not in values:
            self._refuse_locked(session, ids, values)

    def after_update(self, session: Session, ids: Sequence[int], values: Mapping[str, Any]) -> None:
        """The sums follow at once."""
        if MONEY_KEYS & values.keys():
            for record_id in ids:
                lines.recalculate(session, self.kind, record_id, keep_without_lines=True)
        self._make_customers(session, ids, values)

    def _defaults(self) -> dict[str, Any]:
        trade = self._business.trade()
        return {
            "revision": 1,
            "state": DRAFT,
            "dated": self._clock.today(),
            "currency": trade.currency,
            "tax_included": trade.tax_included,
            "language": trade.language,
        }

    def _checked(self, values: dict[str, Any]) -> dict[str, Any]:
        if values.get("currency") is not None:
            values["currency"] = values["currency"].upper()
            require_currency(values["currency"])
        return one_discount(values)

    def _refuse_locked(
        self, session: Session, ids: Sequence[int], values: Mapping[str, Any]
    ) -> None:
        """Refused where the content of something sent would really change."""
        touched = CONTENT_KEYS & values.keys()
        if not touched:
            return
        table: Any = table_of(self.kind)
        names = {key: column_name(schema.find(self.kind, key)) for key in touched}
        rows = session.execute(
            select(table.number, *(getattr(table, name) for name in names.values())).where(
                in_ids(table.id, ids), table.state != DRAFT
            )
        )
        for number, *present in rows:
            for key, old in zip(names, present, strict=True):
                new = values[key].id if isinstance(values[key], Ref) else values[key]
                if new != old:
                    raise Refused(f"document.{self.kind.value}_is_read_only", number=number or "")

    def _make_customers(
        self, session: Session, ids: Sequence[int], values: Mapping[str, Any]
    ) -> None:
        if values.get("state") in TRADED:
            customer = self._lists.by_code("lifecycle", "customer").id
            before = [self._lists.by_code("lifecycle", code).id for code in ("lead", "interested")]
            customers.promote(session, self.kind, ids, customer, before)


class ContractRules(PaperRules):
    """Contracts."""

    kind = Kind.CONTRACT

    def pattern(self) -> str:
        """How the firm numbers contracts."""
        return self._business.trade().contract_number
