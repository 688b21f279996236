"""Rows that hang on a record: what a stage, an anniversary or a gift needs to be one.

The same as `services/hanging_rules.py` would refuse, told row by row before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from crm_desktop.data import payments
from crm_desktop.data.session import Session
from crm_desktop.domain import schema
from crm_desktop.domain.amounts import amount_text
from crm_desktop.domain.kinds import OWNERS, Kind
from crm_desktop.domain.payments import Stage, shared, stage_trouble
from crm_desktop.domain.problems import Problem
from crm_desktop.services.imports.merging import plain

_ONE_OF = ("amount", "percent")
_LACKING = {
    "contract": "import.no_contract",
    "person": "import.no_person",
    "day": "import.no_day_of_year",
}


class HangingRows:
    """Knows the plans that rows bring stages to."""

    def __init__(self, session: Session, kind: Kind) -> None:
        self._session = session
        self._kind = kind
        fields = schema.FIELDS[kind] if kind in OWNERS else ()
        self.whole = dict.fromkeys(one.key for one in fields if one.writable)
        """What is to be known of a row of the book before it is changed."""
        self._totals: dict[int, Decimal] = {}
        self._plans: dict[int, list[Stage]] = {}
        self._heads: dict[int, Any] = {}

    def trouble(self, values: Mapping[str, Any]) -> Problem | None:
        """The first reason why these are no row of the kind."""
        return next(self.troubles(values), None)

    def troubles(self, values: Mapping[str, Any]) -> Iterator[Problem]:
        """Why these are no row of the kind; `field` says which column lacks, where one does."""
        if self._kind not in OWNERS:
            return
        for field in schema.FIELDS[self._kind]:
            if field.required and values.get(field.key) is None:
                yield Problem(_LACKING.get(field.key, "import.no_title"), field.key)
        if self._kind is Kind.PAYMENT_STAGE:
            share = stage_trouble(values.get("amount"), values.get("percent"))
            if share is not None:
                yield share
        if (values.get("value") or 0) < 0:
            yield Problem("attention.gift_negative", "value")

    def is_other_share(self, present: Mapping[str, Any], changes: Mapping[str, Any]) -> bool:
        """Whether a row tells the amount of a stage the book knows as a percentage, or the other
        way round."""
        if self._kind is not Kind.PAYMENT_STAGE:
            return False
        held = {key for key in _ONE_OF if present.get(key) is not None}
        return bool(held) and any(changes.get(key) is not None for key in set(_ONE_OF) - held)

    def in_other_currency(self, values: Mapping[str, Any], code: str) -> Problem | None:
        """What to tell where an amount is in another currency than its contract."""
        contract = plain(values.get("contract"))
        if not code or not isinstance(contract, int):
            return None
        if contract not in self._heads:
            self._heads.update(payments.heads_of(self._session, [contract]))
        head = self._heads[contract]
        if head.currency == code:
            return None
        args = {"number": head.number or "", "currency": head.currency}
        return Problem("import.other_currency", "amount", args)

    def beyond(self, values: Mapping[str, Any], stage_id: int = 0) -> Problem | None:
        """What to tell where the plan asks for more than its contract with this stage in it."""
        if self._kind is not Kind.PAYMENT_STAGE:
            return None
        contract = plain(values["contract"])
        if contract not in self._plans:
            self._totals[contract], plan = payments.plan_of_total(self._session, contract)
            self._heads.update(payments.heads_of(self._session, [contract]))
            self._plans[contract] = list(plan)
        stages, total = self._plans[contract], self._totals[contract]
        stage = Stage(
            values["name"], values.get("due"), values.get("amount"), values.get("percent"),
            id=stage_id,
        )  # fmt: skip
        place = next((n for n, one in enumerate(stages) if stage_id and one.id == stage_id), None)
        if place is None:
            stages.append(stage)
        else:
            stages[place] = stage
        planned = sum((one.share for one in shared(stages, total)), Decimal(0))
        if not total or planned <= total:
            return None
        currency = self._heads[contract].currency
        args = {
            "planned": amount_text(planned, currency),
            "total": amount_text(total, currency),
        }
        return Problem("import.plan_beyond_total", args=args)
