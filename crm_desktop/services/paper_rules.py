"""What changes along with a quote or a contract: number, defaults, sums, the customer's status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from crm_desktop.data import lines
from crm_desktop.data.ids import in_ids
from crm_desktop.data.records.columns import column_name, table_of
from crm_desktop.data.session import Session
from crm_desktop.domain import schema
from crm_desktop.domain.document_lines import one_discount
from crm_desktop.domain.issuing import CONTENT_KEYS, DRAFT, MONEY_KEYS, TRADED
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.services.numbered_rules import NumberedRules, id_of


class PaperRules(NumberedRules):
    """What quotes and contracts have in common."""

    never_empty = ("number", "state", "revision", "currency", "tax_included", "language")

    def after_create(self, session: Session, record_id: int, values: Mapping[str, Any]) -> None:
        """One that comes in as accepted or signed makes a customer."""
        self._make_customers(session, [record_id], values)

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

    def defaults(self) -> dict[str, Any]:
        """A draft in the firm's language."""
        trade = self._business.trade()
        return {
            **super().defaults(),
            "revision": 1,
            "state": DRAFT,
            "tax_included": trade.tax_included,
            "language": trade.language,
        }

    def checked(self, values: dict[str, Any]) -> dict[str, Any]:
        """One discount, in percent or as an amount."""
        return one_discount(super().checked(values))

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
                if id_of(values[key]) != old:
                    raise Refused(f"document.{self.kind.value}_is_read_only", number=number or "")

    def _make_customers(
        self, session: Session, ids: Sequence[int], values: Mapping[str, Any]
    ) -> None:
        if values.get("state") in TRADED:
            self.make_customers(session, ids)


class ContractRules(PaperRules):
    """Contracts."""

    kind = Kind.CONTRACT

    def pattern(self) -> str:
        """How the firm numbers contracts."""
        return self._business.trade().contract_number
