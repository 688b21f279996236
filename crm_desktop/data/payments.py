"""Payment plans and receipts of contracts; what follows from them is kept before each commit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from crm_desktop.data.ids import batched, in_ids
from crm_desktop.data.journal import Changes
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Contract, ListItem, PaymentStage, Receipt
from crm_desktop.data.tables.base import aliased
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.payments import (
    OWING_STATES,
    PURCHASE,
    ContractMoney,
    Paid,
    ReceiptRow,
    Stage,
    average_days,
    covered,
    overdue,
    shared,
    weights,
)

_BATCH = 2_000
_FEEDING = ("total", "signed_on", "dated", "currency")  # columns of a contract


def plan(session: Session, contract_id: int) -> tuple[Stage, ...]:
    """The stages of a contract's payment plan, in order."""
    rows = session.whole(
        select(PaymentStage)
        .where(PaymentStage.contract_id == contract_id)
        .order_by(PaymentStage.position, PaymentStage.id)
    )
    return tuple(map(_stage, rows))


def contract_of(session: Session, stage_id: int) -> int | None:
    """The contract a stage belongs to; None for a stage that is gone."""
    return session.execute(
        select(PaymentStage.contract_id).where(PaymentStage.id == stage_id)
    ).scalar_one_or_none()


def add_stage(session: Session, contract_id: int, stage: Stage) -> int:
    """A stage at the end of the plan; returns its id."""
    last = session.execute(
        select(func.max(PaymentStage.position)).where(PaymentStage.contract_id == contract_id)
    ).scalar()
    values = {**_columns(stage), "contract_id": contract_id}
    position = 0 if last is None else last + 1
    statement = insert(PaymentStage).values(position=position, **values)
    return session.execute(statement.returning(PaymentStage.id)).scalar_one()


def put_behind(session: Session, made: Sequence[int]) -> None:
    """Move stages just made together to the end of their plans, in the order of their ids."""
    stage, other = PaymentStage, aliased(PaymentStage)
    first = min(made)
    same_plan = other.contract_id == stage.contract_id
    last = select(func.coalesce(func.max(other.position) + 1, 0)).where(same_plan, other.id < first)
    between = select(func.count()).where(same_plan, other.id.between(first, stage.id - 1))
    place = last.correlate(stage).scalar_subquery() + between.correlate(stage).scalar_subquery()
    statement = update(stage).where(in_ids(stage.id, made), stage.position != place)
    session.execute(statement.values(position=place))


def shares_of(session: Session, ids: Sequence[int]) -> dict[int, tuple[Any, Any]]:
    """Amount and percentage of stages, by id."""
    stage = PaymentStage
    rows = session.execute(
        select(stage.id, stage.amount, stage.percent).where(in_ids(stage.id, ids))
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def plan_of_total(session: Session, contract_id: int) -> tuple[Decimal, tuple[Stage, ...]]:
    """What a contract comes to, and the stages of its plan."""
    total = session.execute(select(Contract.total).where(Contract.id == contract_id)).scalar()
    return total or Decimal(0), plan(session, contract_id)


def change_stage(session: Session, stage: Stage) -> None:
    """Make the recorded stage this one."""
    session.execute(
        update(PaymentStage).where(PaymentStage.id == stage.id).values(**_columns(stage))
    )


def remove_stage(session: Session, stage_id: int) -> None:
    """Take a stage out of its plan."""
    session.execute(delete(PaymentStage).where(PaymentStage.id == stage_id))


def money_of(session: Session, contract_id: int, today: date) -> ContractMoney | None:
    """What of a contract is paid and open on a day; None where there is no such contract."""
    head = session.execute(
        select(Contract.total, Contract.currency, Contract.state, ListItem.code)
        .join(ListItem, ListItem.id == Contract.kind_id, isouter=True)
        .where(Contract.id == contract_id)
    ).one_or_none()
    if head is None:
        return None
    rows = session.whole(
        select(Receipt)
        .where(
            Receipt.contract_id == contract_id,
            Receipt.trashed_at.is_(None),
            Receipt.currency == head.currency,
        )
        .order_by(Receipt.dated.desc(), Receipt.id.desc())
    )
    stages = shared(plan(session, contract_id), head.total)
    received = sum((row.amount for row in rows), Decimal(0))
    owing = head.state in OWING_STATES and head.code != PURCHASE
    days, counted = average_days((row.amount, _weight(row.day_weight)) for row in rows)
    return ContractMoney(
        currency=head.currency,
        total=head.total,
        stages=covered(stages, received, today),
        receipts=tuple(
            ReceiptRow(
                Ref(Kind.RECEIPT, row.id, row.number or ""),
                row.dated,
                row.amount,
                row.method_id,
                row.reference or "",
            )
            for row in rows
        ),
        received=received,
        owing=owing,
        overdue=overdue(stages, head.total, received, today) if owing else Decimal(0),
        days=days,
        counted=counted,
    )


def heads_of(session: Session, ids: Iterable[int]) -> dict[int, Any]:
    """Company, person, currency and number of contracts as rows, by their ids."""
    statement = select(
        Contract.id, Contract.company_id, Contract.person_id, Contract.currency, Contract.number
    )
    rows = session.execute(statement.where(in_ids(Contract.id, ids)))
    return {row[0]: row for row in rows}


def refresh(session: Session, changes: Changes) -> None:
    """Before each commit: shares and weights of the contracts a gesture had to do with."""
    ids = set(changes.touched("contracts", *_FEEDING))
    for table in ("receipts", "payment_stages"):
        if changes.open(table):
            rows = changes.ask(changes.owners(table, "contract_id"))
            ids.update(row[0] for row in rows if row[0] is not None)
            if table == "receipts":
                _forget_weights(session, changes)
    for batch in batched(sorted(ids), _BATCH):
        _work_out(session, batch)


def rebuild(session: Session) -> None:
    """Work out shares and weights of all contracts."""
    ids = set(session.execute(select(PaymentStage.contract_id)).scalars())
    paid = select(Receipt.contract_id).where(Receipt.contract_id.is_not(None))
    ids.update(contract_id for (contract_id,) in session.execute(paid) if contract_id)
    for batch in batched(sorted(ids), _BATCH):
        _work_out(session, batch)


def _forget_weights(session: Session, changes: Changes) -> None:
    """A receipt that is of no contract any more has none."""
    session.execute(
        update(Receipt)
        .where(
            in_ids(Receipt.id, changes.touched("receipts", "contract_id")),
            Receipt.contract_id.is_(None),
            Receipt.day_weight.is_not(None),
        )
        .values(day_weight=None)
    )


def _work_out(session: Session, ids: Sequence[int]) -> None:
    receipts: dict[int, list[Any]] = defaultdict(list)
    held = select(
        Receipt.contract_id,
        Receipt.id,
        Receipt.dated,
        Receipt.amount,
        Receipt.currency,
        Receipt.trashed_at,
        Receipt.day_weight,
    )
    for row in session.execute(held.where(in_ids(Receipt.contract_id, ids))):
        receipts[row.contract_id].append(row)
    plans: dict[int, list[Any]] = defaultdict(list)
    staged = (
        select(PaymentStage)
        .where(in_ids(PaymentStage.contract_id, ids))
        .order_by(PaymentStage.position, PaymentStage.id)
    )
    for stage in session.whole(staged):
        plans[stage.contract_id].append(stage)
    concerned = sorted(receipts.keys() | plans.keys())
    heads = select(
        Contract.id, Contract.total, Contract.currency, Contract.signed_on, Contract.dated
    ).where(in_ids(Contract.id, concerned))
    shares: list[dict[str, Any]] = []
    weighed: list[dict[str, Any]] = []
    for head in session.execute(heads).all():
        rows = plans[head.id]
        stages = shared(map(_stage, rows), head.total)
        shares += [
            {"row": row.id, "value": stage.share}
            for row, stage in zip(rows, stages, strict=True)
            if row.share != stage.share
        ]
        weighed += _weighed(stages, head, receipts[head.id])
    if shares:
        one = update(PaymentStage).where(PaymentStage.id == bindparam("row"))
        session.execute(one.values(share=bindparam("value")), shares)
    if weighed:
        other = update(Receipt).where(Receipt.id == bindparam("row"))
        session.execute(other.values(day_weight=bindparam("value")), weighed)


def _weighed(stages: Sequence[Stage], head: Any, rows: Sequence[Any]) -> list[dict[str, Any]]:
    counting = [r for r in rows if r.trashed_at is None and r.currency == head.currency]
    paid = [Paid(row.id, row.dated, row.amount) for row in counting]
    found: Mapping[int, Decimal | None] = weights(stages, head.signed_on or head.dated, paid)
    changed = []
    for row in rows:
        weight = found.get(row.id)
        value = None if weight is None else int(weight.scaleb(2))
        if value != row.day_weight:
            changed.append({"row": row.id, "value": value})
    return changed


def _stage(row: Any) -> Stage:
    return Stage(row.name, row.due, row.amount, row.percent, row.note or "", row.id)


def _columns(stage: Stage) -> dict[str, Any]:
    return {
        "name": stage.name,
        "due": stage.due,
        "amount": stage.amount,
        "percent": stage.percent,
        "note": stage.note or None,
    }


def _weight(minor: int | None) -> Decimal | None:
    return None if minor is None else Decimal(minor).scaleb(-2)
