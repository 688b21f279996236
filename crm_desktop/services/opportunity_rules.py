"""What changes along with an opportunity: stage, state, chance, log, the customer's status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm_desktop.data import customers
from crm_desktop.data import opportunities as rows
from crm_desktop.data.session import Session
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.parts import proposed_sum
from crm_desktop.domain.pipeline import OPEN, WON, Stage
from crm_desktop.services.lists import Lists
from crm_desktop.services.rules import Rules


class OpportunityRules(Rules):
    """Stage and state move together; the first sale makes a customer."""

    def __init__(self, clock: Clock, lists: Lists) -> None:
        self._clock = clock
        self._lists = lists

    def before_create(self, session: Session, values: dict[str, Any]) -> dict[str, Any]:
        """A new opportunity starts in the first stage, with its chance and in yuan."""
        if values.get("stage") is None:
            pipeline = self._lists.items("pipeline")[0]
            values["stage"] = self._lists.items("stage", parent_id=pipeline.id)[0].id
        if values.get("currency") is None:
            values["currency"] = "CNY"
        customers.follow_person(session, Kind.OPPORTUNITY, values)
        if values.get("amount") is None:
            values["amount"] = proposed_sum(values.get("products") or ())
        return self._following_stage(values)

    def after_create(self, session: Session, record_id: int, values: Mapping[str, Any]) -> None:
        """The log starts with the first stage."""
        rows.log_stage(session, record_id, None, values["stage"], self._clock.now())
        self._make_customers(session, [record_id], values)

    def after_create_all(self, session: Session, records: Mapping[int, Mapping[str, Any]]) -> None:
        """The same for many at once."""
        stages = {record_id: values["stage"] for record_id, values in records.items()}
        rows.log_first_stages(session, stages, self._clock.now())
        won = [record_id for record_id, values in records.items() if values.get("state") == WON]
        self._make_customers(session, won, {"state": WON})

    def before_update(
        self, session: Session, ids: Sequence[int], values: dict[str, Any]
    ) -> dict[str, Any]:
        """Log the move before it happens, while the old stage is known.

        A contact brings the company along where none was named yet.
        """
        customers.follow_person(session, Kind.OPPORTUNITY, values, ids)
        if "products" in values and "amount" not in values and len(ids) == 1:
            self._follow_products(session, ids[0], values)
        if values.get("stage") is None:
            values.pop("stage", None)
            return values
        for record_id, stage_id in rows.stages_of(session, ids).items():
            if stage_id != values["stage"]:
                now = self._clock.now()
                rows.log_stage(session, record_id, stage_id, values["stage"], now)
        return self._following_stage(values)

    def after_update(self, session: Session, ids: Sequence[int], values: Mapping[str, Any]) -> None:
        """A sale makes its company and person customers."""
        self._make_customers(session, ids, values)

    def _follow_products(self, session: Session, record_id: int, values: dict[str, Any]) -> None:
        """The amount is what the products come to, as long as the user gave no other one."""
        amount, present = rows.worth(session, record_id, self._clock.today())
        wanted = proposed_sum(values["products"] or ())
        if wanted is not None and amount in (None, proposed_sum(present)):
            values["amount"] = wanted

    def _following_stage(self, values: dict[str, Any]) -> dict[str, Any]:
        item = self._lists.item(values["stage"])
        if item is not None:
            stage = Stage.of(item)
            values["state"] = stage.state
            values.setdefault("probability", stage.probability)
            closed = None if stage.state == OPEN else self._clock.today()
            values.setdefault("closed_on", closed)
            if stage.state != "lost":
                values.setdefault("lost_reason", None)
        return values

    def _make_customers(
        self, session: Session, ids: Sequence[int], values: Mapping[str, Any]
    ) -> None:
        if values.get("state") == WON:
            customer = self._lists.by_code("lifecycle", "customer").id
            before = [self._lists.by_code("lifecycle", code).id for code in ("lead", "interested")]
            customers.promote(session, Kind.OPPORTUNITY, ids, customer, before)
