"""What stages of payment plans, anniversaries and gifts add to being created or changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm_desktop.data import payments
from crm_desktop.data.session import Session
from crm_desktop.domain.document_lines import require_currency
from crm_desktop.domain.payments import stage_trouble
from crm_desktop.domain.problems import Refused
from crm_desktop.services.rules import Rules

_ONE_OF = ("amount", "percent")


class StageRules(Rules):
    """A stage is an amount or a percentage: what is told last counts."""

    def before_create(self, session: Session, values: dict[str, Any]) -> dict[str, Any]:
        """Refused where it is neither, or both."""
        _require_stage(values.get("amount"), values.get("percent"))
        return values

    def after_create(self, session: Session, record_id: int, values: Mapping[str, Any]) -> None:
        """It comes behind the others of its plan."""
        payments.put_behind(session, [record_id])

    def after_create_all(self, session: Session, records: Mapping[int, Mapping[str, Any]]) -> None:
        """The same of many."""
        payments.put_behind(session, list(records))

    def before_update(
        self, session: Session, ids: Sequence[int], values: dict[str, Any]
    ) -> dict[str, Any]:
        """An amount takes the place of a percentage, and the other way round."""
        self.check_update(session, ids, values)
        for key, other in (_ONE_OF, reversed(_ONE_OF)):
            if values.get(key) is not None:
                values[other] = None
        return values

    def check_update(self, session: Session, ids: Sequence[int], values: Mapping[str, Any]) -> None:
        """Refused where it is neither afterwards, or both are told."""
        if not any(key in values for key in _ONE_OF):
            return
        for amount, percent in payments.shares_of(session, ids).values():
            told = values.get("amount"), values.get("percent")
            if told == (None, None):
                told = (
                    None if "amount" in values else amount,
                    None if "percent" in values else percent,
                )
            _require_stage(*told)


class GiftRules(Rules):
    """A gift is worth something or nothing, in a currency there is."""

    def before_create(self, session: Session, values: dict[str, Any]) -> dict[str, Any]:
        """Refused for a value below nothing."""
        return _gift({key: value for key, value in values.items() if value is not None})

    def before_update(
        self, session: Session, ids: Sequence[int], values: dict[str, Any]
    ) -> dict[str, Any]:
        """What it cannot be without stays."""
        self.check_update(session, ids, values)
        never = ("received", "currency")
        return _gift({k: v for k, v in values.items() if v is not None or k not in never})

    def check_update(self, session: Session, ids: Sequence[int], values: Mapping[str, Any]) -> None:
        """The same as it would be refused."""
        _gift(dict(values))


def _gift(values: dict[str, Any]) -> dict[str, Any]:
    if values.get("value") is not None and values["value"] < 0:
        raise Refused("attention.gift_negative")
    if values.get("currency") is not None:
        values["currency"] = values["currency"].upper()
        require_currency(values["currency"])
    return values


def _require_stage(amount: Any, percent: Any) -> None:
    trouble = stage_trouble(amount, percent)
    if trouble is not None:
        raise Refused(trouble.code)
