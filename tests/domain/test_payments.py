"""Payment plans: shares, what receipts cover, what is late, and how late customers pay."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.payments import (
    ContractMoney,
    Paid,
    Stage,
    StageState,
    average_days,
    covered,
    overdue,
    shared,
    weights,
)

TODAY = date(2026, 11, 20)
cents = st.integers(min_value=1, max_value=10**10).map(lambda n: Decimal(n).scaleb(-2))
days = st.integers(min_value=-400, max_value=400).map(lambda n: TODAY + timedelta(days=n))
percents = st.integers(min_value=1, max_value=1_000_000).map(lambda n: Decimal(n).scaleb(-4))


@st.composite
def plans(draw: st.DrawFn) -> tuple[Stage, ...]:
    found = []
    for number in range(draw(st.integers(0, 6))):
        due = draw(st.none() | days)
        if draw(st.booleans()):
            found.append(Stage(f"s{number}", due, percent=draw(percents)))
        else:
            found.append(Stage(f"s{number}", due, amount=draw(cents)))
    return tuple(found)


receipts = st.lists(st.tuples(days, cents), max_size=6).map(
    lambda found: [Paid(number, *one) for number, one in enumerate(found, 1)]
)


def stage(amount: str, due: date | None = None) -> Stage:
    return Stage("s", due, amount=Decimal(amount), share=Decimal(amount))


@given(st.lists(percents, min_size=1, max_size=8), cents)
def test_percentages_of_a_hundred_lose_no_cent(
    given_percents: list[Decimal], total: Decimal
) -> None:
    rest = Decimal(100) - sum(given_percents[:-1], Decimal(0))
    parts = [*given_percents[:-1], rest] if rest > 0 else [Decimal(100)]
    stages = shared((Stage("s", percent=one) for one in parts), total)
    assert sum(one.share for one in stages) == total
    for one in stages:
        assert abs(one.share - total * (one.percent or 0) / 100) <= Decimal("0.01")


@given(plans(), cents)
def test_a_share_is_the_amount_or_the_rounded_part(plan: tuple[Stage, ...], total: Decimal) -> None:
    found = shared(plan, total)
    assert all(one.share == one.amount for one in found if one.amount is not None)
    parts = [one for one in found if one.percent is not None]
    whole = sum((one.percent or Decimal(0) for one in parts), Decimal(0))
    rounded = (total * whole / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert sum((one.share for one in parts), Decimal(0)) == (rounded if parts else 0)


@given(plans(), cents, st.decimals("-1000", "100000000", places=2))
def test_receipts_cover_the_oldest_first_and_nothing_twice(
    plan: tuple[Stage, ...], total: Decimal, received: Decimal
) -> None:
    stages = shared(plan, total)
    found = covered(stages, received, TODAY)
    whole = sum((one.share for one in stages), Decimal(0))
    assert sum((one.paid for one in found), Decimal(0)) == min(max(received, Decimal(0)), whole)
    assert [one.stage for one in found] == list(stages)
    by_due = sorted(found, key=lambda one: one.stage.due or date.max)
    for earlier, later in pairwise(by_due):
        assert not later.paid or not earlier.rest
    for one in found:
        late = one.stage.due is not None and one.stage.due < TODAY and one.rest > 0
        assert (one.state is StageState.OVERDUE) == late
        assert (one.state is StageState.PAID) == (one.rest == 0)


@given(plans(), cents, st.decimals("0", "100000000", places=2))
def test_overdue_is_the_rest_of_the_late_stages(
    plan: tuple[Stage, ...], total: Decimal, received: Decimal
) -> None:
    stages = shared(plan, total)
    rests = (o.rest for o in covered(stages, received, TODAY) if o.state is StageState.OVERDUE)
    late = sum(rests, Decimal(0))
    found = overdue(stages, total, received, TODAY)
    # Of a plan that asks for more than the contract, no more than the contract is late.
    due = sum((s.share for s in stages if s.due is not None and s.due < TODAY), Decimal(0))
    assert found == (late if due <= total else max(total - received, Decimal(0)))


@given(plans(), cents, st.none() | days, receipts)
def test_each_cent_is_weighed_once(
    plan: tuple[Stage, ...], total: Decimal, signed: date | None, paid: list[Paid]
) -> None:
    """The weight of a receipt is what counting cent by cent would give."""
    stages = shared(plan, total)
    found = weights(stages, signed, paid)
    assert found.keys() == {one.id for one in paid}
    order = sorted(range(len(stages)), key=lambda i: (stages[i].due or date.max, i))
    edges, so_far = [], Decimal(0)
    for place in order:
        edges.append((so_far, so_far + stages[place].share, stages[place].due or signed))
        so_far += stages[place].share
    edges.append((so_far, Decimal(10) ** 15, signed))
    begin = Decimal(0)
    for one in sorted(paid, key=lambda one: (one.dated, one.id)):
        weight: Decimal | None = Decimal(0)
        for low, high, since in edges:
            part = max(min(high, begin + one.amount) - max(low, begin), Decimal(0))
            if part and since is None:
                weight = None
            if part and since is not None and weight is not None:
                weight += part * (one.dated - since).days
        begin += one.amount
        assert found[one.id] == weight


def test_the_average_weighs_by_amount_and_rounds_half_up() -> None:
    due = TODAY - timedelta(days=30)
    paid = [Paid(1, due + timedelta(days=10), Decimal(900)), Paid(2, due, Decimal(100))]
    weighed = weights([stage("1000", due)], None, paid)
    found = average_days((one.amount, weighed[one.id]) for one in paid)
    assert found == (9, 2)
    assert average_days([(Decimal(2), Decimal(3))]) == (2, 1)
    assert average_days([(Decimal(2), Decimal(-3))]) == (-1, 1)
    assert average_days([(Decimal(5), None)]) == (None, 0)


def test_what_no_plan_covers_counts_from_the_signing() -> None:
    signed = TODAY - timedelta(days=20)
    weighed = weights([stage("100", TODAY)], signed, [Paid(1, TODAY, Decimal(150))])
    assert weighed == {1: Decimal(50 * 20)}
    assert weights([], None, [Paid(1, TODAY, Decimal(1))]) == {1: None}


def test_money_paid_back_does_not_count() -> None:
    paid = [Paid(1, TODAY, Decimal(100)), Paid(2, TODAY, Decimal(-40))]
    assert weights([], TODAY, paid) == {1: Decimal(0), 2: None}


def money(total: str, received: str, *, owing: bool = True) -> ContractMoney:
    return ContractMoney(
        "CNY", Decimal(total), (), (), Decimal(received), owing, Decimal(0), None, 0
    )


def test_partial_whole_and_over_payment_are_told_apart() -> None:
    partial, whole, over = money("1000", "333"), money("1000", "1000"), money("1000", "1000.01")
    assert (partial.owed, partial.over, partial.percent) == (Decimal(667), Decimal(0), 33)
    assert (whole.owed, whole.over, whole.percent) == (Decimal(0), Decimal(0), 100)
    assert (over.owed, over.over, over.percent) == (Decimal(0), Decimal("0.01"), 100)
    assert money("1000", "0", owing=False).owed == 0
    assert money("0", "5").percent is None
    assert money("0", "5").over == 0
