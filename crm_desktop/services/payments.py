"""Payments of contracts: their plan, what came in, what is open and late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from crm_desktop.data import payments as rows
from crm_desktop.data.book import Book
from crm_desktop.data.records.titles import titles
from crm_desktop.data.session import Session
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.money import CURRENCIES
from crm_desktop.domain.payments import ContractMoney, Expected, Stage, stage_trouble
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.domain.text import clean_name
from crm_desktop.services.records import Records


class Payments:
    """What the user does with money that comes in; each change is one gesture."""

    def __init__(self, book: Book, clock: Clock, records: Records) -> None:
        self._book = book
        self._clock = clock
        self._records = records

    def of_contract(self, contract_id: int) -> ContractMoney:
        """Plan, receipts and what follows from them. Refused("record.gone") without contract."""
        with self._book.read() as session:
            found = rows.money_of(session, contract_id, self._clock.today())
        if found is None:
            raise Refused("record.gone")
        return found

    def add_stage(self, contract_id: int, stage: Stage) -> int:
        """A stage at the end of a contract's plan; returns its id."""
        ready = _checked(stage)
        with self._book.read() as session:
            number = self._number(session, contract_id)
        with self._book.write("gesture.payment_planned", name=number, stage=ready.name) as writing:
            return rows.add_stage(writing.session, contract_id, ready)

    def change_stage(self, stage: Stage) -> None:
        """Make the recorded stage this one."""
        ready = _checked(stage)
        with self._book.read() as session:
            number = self._number_of_stage(session, stage.id)
        with self._book.write(
            "gesture.payment_plan_changed", name=number, stage=ready.name
        ) as writing:
            rows.change_stage(writing.session, ready)

    def remove_stage(self, stage_id: int) -> None:
        """Take a stage out of its plan."""
        with self._book.read() as session:
            number = self._number_of_stage(session, stage_id)
        with self._book.write("gesture.payment_plan_shortened", name=number) as writing:
            rows.remove_stage(writing.session, stage_id)

    def record(self, values: Mapping[str, Any]) -> int:
        """Money came in; returns the id of the receipt."""
        with self._book.write("gesture.payment_recorded", amount=_told(values)) as writing:
            return self._records.insert(writing.session, Kind.RECEIPT, values)

    def expected_of(self, ref: Ref) -> tuple[Expected, ...]:
        """The contracts of a customer of which money is still to come, the oldest first."""
        query = Query(order=(("signed_on", False),)).also(
            Condition(ref.kind.value, Op.IS, ref.id), Condition("owed", Op.AFTER, Decimal(0))
        )
        ids = self._records.ids(Kind.CONTRACT, query)
        found = []
        for row in self._records.rows(Kind.CONTRACT, ids, ("number", "title", "owed", "currency")):
            number, title, owed, currency = row.values
            contract = Ref(Kind.CONTRACT, row.id, number or "")
            found.append(Expected(contract, title or "", owed, currency))
        return tuple(found)

    def _number(self, session: Session, contract_id: int) -> str:
        found = titles(session, Kind.CONTRACT, [contract_id])
        if contract_id not in found:
            raise Refused("record.gone")
        return found[contract_id]

    def _number_of_stage(self, session: Session, stage_id: int) -> str:
        contract_id = rows.contract_of(session, stage_id)
        if contract_id is None:
            raise Refused("record.gone")
        return self._number(session, contract_id)


def _checked(stage: Stage) -> Stage:
    """A stage says how much: an amount or a percentage, more than nothing."""
    name = clean_name(stage.name)
    if not name:
        raise Refused("payment.stage_unnamed")
    trouble = stage_trouble(stage.amount, stage.percent)
    if trouble is not None:
        raise Refused(trouble.code)
    return replace(stage, name=name, note=clean_name(stage.note))


def _told(values: Mapping[str, Any]) -> str:
    """The amount as both languages write it: 3,500.50, with its currency where one is given."""
    amount, code = values.get("amount"), values.get("currency") or ""
    if amount is None:
        return ""
    digits = CURRENCIES[code].digits if code in CURRENCIES else 2
    return f"{Decimal(amount):,.{digits}f} {code}".strip()
