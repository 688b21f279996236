"""Columns worked out from other rows agree with what cards and figures say, and can be queried."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.completeness import completeness
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.services.house import Services


def value(services: Services, kind: Kind, record_id: int, key: str) -> Any:
    (row,) = services.records.rows(kind, [record_id], [key])
    return row.values[0]


def insert(services: Services, kind: Kind, **values: Any) -> int:
    with services.book.write("gesture.created") as writing:
        return services.records.insert(writing.session, kind, values)


def test_this_years_sales_count_once_and_only_in_our_currency(services: Services) -> None:
    first = services.records.create(Kind.COMPANY, {"name": "恒远"})
    second = services.records.create(Kind.COMPANY, {"name": "海拓"})
    deal = services.records.create(
        Kind.OPPORTUNITY, {"title": "o", "company": first, "amount": "100"}
    )
    services.opportunities.win(deal)
    quote = insert(
        services, Kind.QUOTE, company=first, title="q", total=Decimal(90), state="accepted",
        opportunity=deal, dated=date(2026, 3, 1),
    )  # fmt: skip
    for total, day, more in (
        (Decimal(80), date(2026, 5, 1), {"quote": quote}),
        (Decimal(7), date(2025, 12, 31), {}),
        (Decimal(9), date(2026, 5, 1), {"currency": "USD"}),
    ):
        insert(
            services, Kind.CONTRACT, company=first, title="c", total=total, state="signed",
            signed_on=day, **more,
        )  # fmt: skip
    insert(
        services, Kind.CONTRACT, company=second, title="c", total=Decimal(20), state="signed",
        signed_on=date(2026, 1, 1),
    )  # fmt: skip
    assert value(services, Kind.COMPANY, first, "year_amount") == Decimal(80)
    assert value(services, Kind.COMPANY, first, "revenue_share") == Decimal(80)
    assert value(services, Kind.COMPANY, second, "revenue_share") == Decimal(20)
    query = Query().also(Condition("revenue_share", Op.AFTER, Decimal(50)))
    assert list(services.records.ids(Kind.COMPANY, query)) == [first]
    ordered = Query(order=(("year_amount", False),))
    assert list(services.records.ids(Kind.COMPANY, ordered)) == [second, first]
    # Shares look through the whole book: a single card does not ask for them.
    assert "revenue_share" not in services.records.card(Kind.COMPANY, first).values


def test_the_first_buyers_are_those_the_whole_list_begins_with(services: Services) -> None:
    people = [services.records.create(Kind.PERSON, {"name": f"张{n}"}) for n in range(12)]
    for number, total in enumerate((50, 20, 0, 20, 3, -30, 7)):
        insert(
            services, Kind.CONTRACT, person=people[number], title="c", state="signed",
            total=Decimal(total), signed_on=date(2026, 1, 1),
        )  # fmt: skip
    insert(
        services, Kind.CONTRACT, person=people[0], title="c", state="signed",
        total=Decimal(-45), signed_on=date(2026, 3, 1),
    )  # fmt: skip
    ids = services.records.ids
    for descending in (False, True):
        order = Query(order=(("year_amount", descending),))
        for query in (order, order.also(Condition("name", Op.CONTAINS, "1"))):
            whole = ids(Kind.PERSON, query)
            for limit in range(1, len(people) + 2):
                assert list(ids(Kind.PERSON, query, limit)) == list(whole[:limit])
    assert list(ids(Kind.PERSON, Query(order=(("year_amount", False),)), 1)) == [people[5]]


def test_a_person_without_a_company_has_a_share_of_all_sales_too(services: Services) -> None:
    company = services.records.create(Kind.COMPANY, {"name": "恒远"})
    person = services.records.create(Kind.PERSON, {"name": "张伟"})
    worker = services.records.create(Kind.PERSON, {"name": "李娜", "company": company})
    for total, whose in ((75, {"person": person}), (25, {"company": company, "person": worker})):
        insert(
            services, Kind.CONTRACT, title="c", total=Decimal(total), state="signed",
            signed_on=date(2026, 1, 1), **whose,
        )  # fmt: skip
    assert value(services, Kind.COMPANY, company, "revenue_share") == Decimal(25)
    assert value(services, Kind.PERSON, person, "revenue_share") == Decimal(75)
    assert value(services, Kind.PERSON, worker, "revenue_share") == Decimal(25)
    by_share = Query(order=(("revenue_share", True),))
    for limit in (1, 2, None):
        assert list(services.records.ids(Kind.PERSON, by_share, limit)) == [person, worker][:limit]


def test_nothing_sold_is_no_share(services: Services) -> None:
    company = services.records.create(Kind.COMPANY, {"name": "恒远"})
    assert value(services, Kind.COMPANY, company, "revenue_share") is None
    assert value(services, Kind.COMPANY, company, "year_amount") == 0


@pytest.mark.parametrize(
    ("birthday", "age"),
    [
        (Birthday(11, 20, year=1986), 40),
        (Birthday(11, 21, year=1986), 39),
        # 20 November 2026 is the twelfth of the tenth lunar month.
        (Birthday(10, 12, year=1986, lunar=True), 40),
        (Birthday(10, 13, year=1986, lunar=True), 39),
        (Birthday(11, 20), None),
        (None, None),
    ],
)
def test_age(services: Services, birthday: Birthday | None, age: int | None) -> None:
    person = services.records.create(Kind.PERSON, {"name": "张伟", "birthday": birthday})
    assert value(services, Kind.PERSON, person, "age") == age


def test_age_follows_the_day(services: Services, clock: FixedClock) -> None:
    person = services.records.create(
        Kind.PERSON, {"name": "张伟", "birthday": Birthday(11, 21, year=1986)}
    )
    assert value(services, Kind.PERSON, person, "age") == 39
    clock.moment = datetime(2026, 11, 21, 1, tzinfo=UTC)
    assert value(services, Kind.PERSON, person, "age") == 40


def test_complaints(services: Services) -> None:
    company = services.records.create(Kind.COMPANY, {"name": "恒远"})
    for code in ("complaint", "complaint", "repair"):
        kind = services.lists.by_code("ticket_type", code).id
        services.tickets.open({"subject": code, "company": company, "type": kind})
    assert value(services, Kind.COMPANY, company, "complaints") == 2


def test_completeness_of_list_and_card_agree(services: Services) -> None:
    level = services.lists.by_code("level", "a").id
    company = services.records.create(
        Kind.COMPANY, {"name": "恒远", "level": level, "city": "苏州", "kinds": ()}
    )
    people = [
        services.records.create(Kind.PERSON, values)
        for values in (
            {"name": "A"},
            {"name": "B", "company": company},
            {"name": "C", "company": company, "title": "经理", "mobile": ("13812345678",)},
            {"name": "D", "qq": ("1",), "birthday": Birthday(1, 1), "level": level},
        )
    ]
    for kind, record in [(Kind.COMPANY, company), *((Kind.PERSON, one) for one in people)]:
        card = services.records.card(kind, record)
        found = completeness(kind, card.values)
        assert value(services, kind, record, "completeness") == found.percent, card.ref
    values = services.records.card(Kind.PERSON, people[1]).values
    assert "title" in completeness(Kind.PERSON, values).missing
    values = services.records.card(Kind.PERSON, people[0]).values
    assert "title" not in completeness(Kind.PERSON, values).missing
    assert services.figures.of(Ref(Kind.COMPANY, company)) is not None
