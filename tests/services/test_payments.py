"""Payments: plans and receipts of contracts, figures, lists, undo, merging, status, erasing."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.data.digest import content_digest
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.payments import Stage, StageState
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.domain.timeline import Sort
from crm_desktop.services.house import Services

SIGNED = date(2026, 10, 1)
DUE = date(2026, 11, 1)  # 19 days ago


def insert(services: Services, which: Kind, **values: Any) -> int:
    with services.book.write("gesture.created") as writing:
        return services.records.insert(writing.session, which, values)


def signed(services: Services, company: int, total: str = "10000", **values: Any) -> int:
    return insert(
        services,
        Kind.CONTRACT,
        **{
            "title": "数控车床",
            "company": company,
            "total": Decimal(total),
            "state": "in_force",
            "signed_on": SIGNED,
            **values,
        },
    )


@pytest.fixture
def company(services: Services) -> int:
    lead = services.lists.by_code("lifecycle", "lead").id
    return services.records.create(Kind.COMPANY, {"name": "恒远机械", "lifecycle": lead})


@pytest.fixture
def contract(services: Services, company: int) -> int:
    made = signed(services, company)
    services.payments.add_stage(made, Stage("预付款", DUE, percent=Decimal(30)))
    services.payments.add_stage(made, Stage("尾款", date(2027, 1, 1), percent=Decimal(70)))
    return made


def pay(services: Services, contract: int, amount: str, dated: date, **more: Any) -> int:
    return services.payments.record(
        {"contract": contract, "amount": Decimal(amount), "dated": dated, **more}
    )


def value(services: Services, kind: Kind, record_id: int, key: str) -> Any:
    (row,) = services.records.rows(kind, [record_id], [key])
    return row.values[0]


def digest(services: Services) -> str:
    with services.book.read() as session:
        return content_digest(session, services.book.metadata)


def derived(services: Services) -> list[Any]:
    with services.book.read() as session:
        ask = session.connection().exec_driver_sql
        weighed = ask("SELECT id, day_weight FROM receipts ORDER BY id").fetchall()
        return [*weighed, *ask("SELECT id, share FROM payment_stages ORDER BY id").fetchall()]


def test_partial_overdue_and_over_payment(services: Services, contract: int) -> None:
    pay(services, contract, "1000", DUE + timedelta(days=4))
    found = services.payments.of_contract(contract)
    assert [one.state for one in found.stages] == [StageState.OVERDUE, StageState.OPEN]
    assert (found.stages[0].paid, found.stages[0].rest) == (Decimal(1000), Decimal(2000))
    assert found.stages[0].days_late == 19
    assert (found.received, found.owed, found.overdue) == (
        Decimal(1000), Decimal(9000), Decimal(2000)
    )  # fmt: skip
    pay(services, contract, "9500", date(2026, 11, 20))
    found = services.payments.of_contract(contract)
    assert {one.state for one in found.stages} == {StageState.PAID}
    assert (found.owed, found.overdue, found.over) == (Decimal(0), Decimal(0), Decimal(500))
    assert [one.amount for one in found.receipts] == [Decimal(9500), Decimal(1000)]


def test_the_average_is_weighed_and_counts_from_due_or_signing(
    services: Services, company: int, contract: int
) -> None:
    pay(services, contract, "3000", DUE + timedelta(days=10))
    other = signed(services, company, "1000")
    pay(services, other, "1000", SIGNED + timedelta(days=30))
    services.payments.record({"company": company, "amount": Decimal(99)})  # of no contract
    figures = services.figures.of(Ref(Kind.COMPANY, company)).money
    assert (figures.days, figures.counted.count) == (15, 2)
    assert value(services, Kind.COMPANY, company, "payment_days") == 15
    assert value(services, Kind.COMPANY, company, "money_received") == Decimal(4099)
    assert value(services, Kind.COMPANY, company, "owed") == Decimal(7000)


def test_each_figure_opens_exactly_its_rows(
    services: Services, company: int, contract: int
) -> None:
    pay(services, contract, "1000", DUE)
    services.payments.record({"company": company, "amount": Decimal(50)})
    settled = signed(services, company, "500")
    pay(services, settled, "500", DUE)
    signed(services, company, "700", state="draft")
    purchase = services.lists.by_code("contract_kind", "purchase").id
    signed(services, company, "800", kind=purchase)
    insert(services, Kind.EXPENSE, company=company, amount=Decimal("12.30"))
    found = services.figures.of(Ref(Kind.COMPANY, company)).money
    for part, key, amount, count in (
        (found.received, "amount", "1550", 3),
        (found.owed, "owed", "9000", 1),
        (found.overdue, "overdue", "2000", 1),
        (found.expenses, "amount", "12.30", 1),
    ):
        assert part.sums == {"CNY": Decimal(amount)}
        ids = services.records.ids(part.kind, part.rows.query)
        assert len(ids) == part.count == count
        rows = services.records.rows(part.kind, ids, [key])
        assert sum(row.values[0] for row in rows) == Decimal(amount)


def test_a_plan_follows_the_total(services: Services, company: int) -> None:
    contract = signed(services, company, "100")
    for name in ("a", "b", "c"):
        services.payments.add_stage(contract, Stage(name, percent=Decimal("33.3333")))
    shares = [one.stage.share for one in services.payments.of_contract(contract).stages]
    assert shares == [Decimal("33.33"), Decimal("33.34"), Decimal("33.33")]
    with services.book.write("gesture.changed") as writing:
        writing.session.connection().exec_driver_sql(
            "UPDATE contracts SET total = 20000 WHERE id = ?", (contract,)
        )
    shares = [one.stage.share for one in services.payments.of_contract(contract).stages]
    assert sum(shares) == Decimal("200.00")
    assert derived(services) == [(1, 6667), (2, 6666), (3, 6667)]


def test_undo_and_redo_of_all(services: Services, company: int, contract: int) -> None:
    start = digest(services)
    pay(services, contract, "3000", DUE + timedelta(days=10))
    receipt = pay(services, contract, "500", DUE + timedelta(days=20))
    first = services.payments.of_contract(contract).stages[0].stage
    services.payments.change_stage(Stage("首付", first.due, amount=Decimal(3200), id=first.id))
    services.records.update(Kind.RECEIPT, receipt, {"contract": None})
    services.payments.remove_stage(first.id)
    services.records.trash(Kind.RECEIPT, receipt)
    services.records.restore(Kind.RECEIPT, receipt)
    end, worked_out = digest(services), derived(services)
    for _ in range(7):
        services.history.undo()
    assert digest(services) == start
    assert derived(services) == [(1, 300000), (2, 700000)]
    for _ in range(7):
        services.history.redo()
    assert (digest(services), derived(services)) == (end, worked_out)


def test_weights_are_forgotten_with_the_contract(services: Services, contract: int) -> None:
    receipt = pay(services, contract, "3000", DUE + timedelta(days=10))
    assert value(services, Kind.RECEIPT, receipt, "days_late") == 10
    services.records.update(Kind.RECEIPT, receipt, {"contract": None})
    assert value(services, Kind.RECEIPT, receipt, "days_late") is None
    services.history.undo()
    assert value(services, Kind.RECEIPT, receipt, "days_late") == 10


def test_the_first_money_makes_a_customer(services: Services, company: int) -> None:
    services.payments.record({"company": company, "amount": Decimal(10)})
    customer = services.lists.by_code("lifecycle", "customer").id
    assert value(services, Kind.COMPANY, company, "lifecycle") == customer
    services.history.undo()
    lead = services.lists.by_code("lifecycle", "lead").id
    assert value(services, Kind.COMPANY, company, "lifecycle") == lead


def test_a_person_without_company_becomes_a_customer_too(services: Services) -> None:
    person = services.records.create(Kind.PERSON, {"name": "李雷"})
    services.payments.record({"person": person, "amount": Decimal(-10)})
    assert value(services, Kind.PERSON, person, "lifecycle") is None
    services.payments.record({"person": person, "amount": Decimal(10)})
    customer = services.lists.by_code("lifecycle", "customer").id
    assert value(services, Kind.PERSON, person, "lifecycle") == customer


def test_a_receipt_takes_customer_and_currency_of_its_contract(
    services: Services, company: int
) -> None:
    contract = signed(services, company, currency="USD")
    receipt = pay(services, contract, "5", DUE)
    card = services.records.card(Kind.RECEIPT, receipt)
    assert (card.values["company"].id, card.values["currency"]) == (company, "USD")
    assert card.ref.title == "R-2026-0001"
    with pytest.raises(Refused, match=r"payment\.other_currency"):
        pay(services, contract, "5", DUE, currency="CNY")
    with pytest.raises(Refused, match=r"payment\.other_currency"):
        services.records.update(Kind.RECEIPT, receipt, {"currency": "eur"})


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"amount": Decimal(5)}, "payment.of_nobody"),
        ({"amount": Decimal(0), "company": 1}, "payment.no_amount"),
        ({"company": 1}, "record.check"),
    ],
)
def test_what_is_no_receipt(
    services: Services, company: int, values: dict[str, Any], code: str
) -> None:
    before = digest(services)
    with pytest.raises(Refused) as refused:
        services.payments.record(values)
    assert refused.value.key == code
    assert digest(services) == before


def test_a_receipt_stays_somebodys(services: Services, company: int) -> None:
    receipt = services.payments.record({"company": company, "amount": Decimal(5)})
    with pytest.raises(Refused, match=r"payment\.of_nobody"):
        services.records.update(Kind.RECEIPT, receipt, {"company": None})


@pytest.mark.parametrize(
    ("stage", "code"),
    [
        (Stage(" ", amount=Decimal(1)), "payment.stage_unnamed"),
        (Stage("a"), "payment.amount_or_percent"),
        (Stage("a", amount=Decimal(1), percent=Decimal(1)), "payment.amount_or_percent"),
        (Stage("a", amount=Decimal(0)), "payment.share_not_positive"),
        (Stage("a", percent=Decimal(1001)), "payment.share_not_positive"),
    ],
)
def test_what_is_no_stage(services: Services, contract: int, stage: Stage, code: str) -> None:
    with pytest.raises(Refused) as refused:
        services.payments.add_stage(contract, stage)
    assert refused.value.key == code


def test_merging_moves_the_money_and_its_undo_parts_it(
    services: Services, company: int, contract: int
) -> None:
    twin = services.records.create(Kind.COMPANY, {"name": "恒远机械公司"})
    pay(services, contract, "3000", DUE + timedelta(days=10))
    insert(services, Kind.EXPENSE, company=company, amount=Decimal(30))
    before = digest(services)
    preview = services.merging.preview(Kind.COMPANY, [twin, company])
    assert {one.code: one.count for one in preview.moves}.items() >= {
        "receipts": 1, "expenses": 1
    }.items()  # fmt: skip
    services.merging.merge(Kind.COMPANY, twin, [company])
    assert value(services, Kind.COMPANY, twin, "money_received") == Decimal(3000)
    assert value(services, Kind.COMPANY, twin, "payment_days") == 10
    assert value(services, Kind.COMPANY, company, "money_received") is None
    services.history.undo()
    assert digest(services) == before
    assert value(services, Kind.COMPANY, company, "money_received") == Decimal(3000)


def test_trashed_with_the_company_and_back(services: Services, company: int) -> None:
    receipt = services.payments.record({"company": company, "amount": Decimal(5)})
    services.records.trash(Kind.COMPANY, company)
    assert services.records.count(Kind.RECEIPT) == 0
    services.records.restore(Kind.COMPANY, company)
    assert list(services.records.ids(Kind.RECEIPT)) == [receipt]


def test_money_in_timeline_chain_and_search(
    services: Services, company: int, contract: int
) -> None:
    receipt = pay(services, contract, "3000", DUE, reference="6222-8899")
    insert(services, Kind.EXPENSE, company=company, amount=Decimal(30), purpose="差旅")
    ref = Ref(Kind.COMPANY, company)
    told = [one for one in services.timeline.of(ref) if one.sort is Sort.MONEY]
    assert [(one.code, one.amount) for one in told] == [
        ("expense", Decimal(30)), ("payment", Decimal(3000))
    ]  # fmt: skip
    assert told[1].at.date() == DUE
    links = services.figures.chains(Ref(Kind.RECEIPT, receipt))
    assert [(one.ref.kind, one.depth, one.on) for one in links] == [
        (Kind.CONTRACT, 0, None), (Kind.RECEIPT, 1, DUE)
    ]  # fmt: skip
    found = [one.ref for one in services.search.find("8899")]
    assert [(one.kind, one.id) for one in found] == [(Kind.RECEIPT, receipt)]


def test_contracts_behind_their_plan_need_attention(
    services: Services, contract: int, clock: FixedClock
) -> None:
    def late() -> list[int]:
        found = [one for one in services.today.attention() if one.code == "payments_overdue"]
        return [i for one in found for i in services.records.ids(one.rows.kind, one.rows.query)]

    assert late() == [contract]
    pay(services, contract, "3000", DUE)
    assert late() == []
    clock.moment += timedelta(days=60)
    assert late() == [contract]


def test_erased_with_a_customer_but_not_from_under_a_signed_contract(
    services: Services, company: int, contract: int
) -> None:
    held = pay(services, contract, "3000", DUE)
    loose = services.payments.record({"company": company, "amount": Decimal(7)})
    other = services.records.create(Kind.COMPANY, {"name": "鑫达"})
    gone = services.payments.record({"company": other, "amount": Decimal(8)})
    services.erasing.erase([Ref(Kind.COMPANY, other, "鑫达")])
    assert set(services.records.ids(Kind.RECEIPT)) == {held, loose}
    services.erasing.anonymise([Ref(Kind.COMPANY, company, "恒远机械")])
    assert set(services.records.ids(Kind.RECEIPT)) == {held}
    assert services.payments.of_contract(contract).received == Decimal(3000)
    assert gone


amounts = st.integers(min_value=-50_000, max_value=500_000).filter(bool)
dated = st.integers(min_value=-60, max_value=60)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    stages=st.lists(st.tuples(st.none() | dated, st.integers(1, 80)), max_size=4),
    receipts=st.lists(st.tuples(dated, amounts, st.booleans()), max_size=6),
)
def test_lists_cards_and_figures_say_the_same(
    services: Services, stages: list[Any], receipts: list[Any]
) -> None:
    """What SQL works out for lists is what the page of the contract works out in Python."""
    today = services.clock.today()
    company = services.records.create(Kind.COMPANY, {"name": "甲"})
    contract = signed(services, company, "3000")
    for due, percent in stages:
        day = None if due is None else today + timedelta(days=due)
        services.payments.add_stage(contract, Stage("s", day, percent=Decimal(percent)))
    for day, amount, of_contract in receipts:
        services.payments.record(
            {
                "company": company,
                "contract": contract if of_contract else None,
                "amount": Decimal(amount).scaleb(-2),
                "dated": today + timedelta(days=day),
            }
        )
    found = services.payments.of_contract(contract)
    (row,) = services.records.rows(Kind.CONTRACT, [contract], ["received", "owed", "overdue"])
    assert tuple(each or Decimal(0) for each in row.values) == (
        found.received, found.owed, found.overdue
    )  # fmt: skip
    keys = ["money_received", "owed", "payment_days"]
    (mine,) = services.records.rows(Kind.COMPANY, [company], keys)
    whole = sum((Decimal(amount).scaleb(-2) for _, amount, _ in receipts), Decimal(0))
    assert (mine.values[0] or 0, mine.values[1] or 0) == (whole, found.owed)
    assert mine.values[2] == found.days
    figures = services.figures.of(Ref(Kind.COMPANY, company)).money
    assert (figures.days, figures.counted.count) == (found.days, found.counted)
    for key, amount in zip(keys, mine.values, strict=True):
        low = Query().also(Condition("name", Op.IS, "甲"), Condition(key, Op.EMPTY))
        assert (company in services.records.ids(Kind.COMPANY, low)) == (amount is None)


@pytest.mark.parametrize("key", ["money_received", "owed", "payment_days"])
@pytest.mark.parametrize("descending", [True, False])
def test_the_first_rows_of_a_list_are_those_of_the_whole_one(
    services: Services, key: str, descending: bool
) -> None:
    for number in range(12):
        one = services.records.create(Kind.COMPANY, {"name": f"c{number}"})
        if number % 3:
            contract = signed(services, one, str(1000 + number % 4))
            pay(services, contract, str(100 * (number % 5 + 1)), DUE + timedelta(days=number % 4))
    query = Query(order=((key, descending),))
    whole = list(services.records.ids(Kind.COMPANY, query))
    assert len(whole) == 12
    for limit in (1, 3, 7, 10, 12):
        assert list(services.records.ids(Kind.COMPANY, query, limit)) == whole[:limit]
