"""What changes along with a quote, beyond what all documents have."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from crm_desktop.data.session import Session
from crm_desktop.domain.issuing import DRAFT
from crm_desktop.domain.kinds import Kind
from crm_desktop.services.paper_rules import PaperRules


class QuoteRules(PaperRules):
    """Quotes are valid for a while and bring the firm's terms."""

    kind = Kind.QUOTE

    def pattern(self) -> str:
        """How the firm numbers quotes."""
        return self._business.trade().quote_number

    def before_create(self, session: Session, values: dict[str, Any]) -> dict[str, Any]:
        """A draft made now gets a last day and the usual terms; history stays as it was."""
        values = super().before_create(session, values)
        if values["state"] == DRAFT:
            trade = self._business.trade()
            values.setdefault("valid_until", values["dated"] + timedelta(days=trade.valid_days))
            values.setdefault("terms", trade.terms or None)
        return values
