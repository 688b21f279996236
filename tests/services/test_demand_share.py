"""Our share of what companies need in a year, by product group: only where it can be known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from crm_desktop.domain.document_lines import LineDraft
from crm_desktop.domain.figures import DemandShare
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.parts import Demand, Proposal
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.services.house import Services
from tests.services.test_worked_out import value

LAST_YEAR = date(2025, 12, 31)


@pytest.fixture
def bearings(services: Services) -> int:
    return services.lists.add("product_category", "轴承")


@pytest.fixture
def steel(services: Services, bearings: int) -> int:
    """A product of the group, sold by the ton."""
    values = {"name": "6204", "category": bearings, "unit": "t", "price": "1000"}
    return services.records.create(Kind.PRODUCT, values)


@pytest.fixture
def firm(services: Services) -> int:
    return services.records.create(Kind.COMPANY, {"name": "恒远"})


def sell(
    services: Services, firm: int, *lines: LineDraft, day: date | None = None, **more: Any
) -> int:
    """A signed contract with these lines; returns it."""
    values = {"title": "c", "company": firm, "body": "约定", **more}
    contract = services.contracts.create(values, lines)
    services.contracts.advance(contract, "signed", day)
    return contract


def need(services: Services, firm: int, *demand: Demand) -> None:
    services.records.update(Kind.COMPANY, firm, {"demand": demand})


def shares(services: Services, firm: int) -> list[tuple[Decimal | None, Decimal, int, bool]]:
    found: list[DemandShare] = services.figures.demand(firm)
    return [(one.percent, one.bought, one.year, one.others) for one in found]


def test_quantities_in_the_unit_of_the_demand(
    services: Services, firm: int, bearings: int, steel: int
) -> None:
    need(services, firm, Demand(bearings, Decimal(1200), " T ", 2026))
    assert shares(services, firm) == [(Decimal(0), Decimal(0), 2026, False)]
    sell(services, firm, LineDraft(product=steel, quantity=Decimal(300)))
    sell(services, firm, LineDraft(product=steel, quantity=Decimal(60)), currency="USD")
    last_year = sell(services, firm, LineDraft(product=steel, quantity=Decimal(7)), day=LAST_YEAR)
    assert shares(services, firm) == [(Decimal(30), Decimal(360), 2026, False)]
    assert value(services, Kind.COMPANY, firm, "demand_share") == Decimal(30)
    (share,) = services.figures.demand(firm)
    (part,) = share.parts
    assert part.kind is Kind.CONTRACT
    assert part.count == 2
    assert last_year not in services.records.ids(Kind.CONTRACT, part.rows.query)


def test_what_has_another_unit_is_said_and_leaves_the_column_empty(
    services: Services, firm: int, bearings: int, steel: int
) -> None:
    need(services, firm, Demand(bearings, Decimal(1200), "t"))
    sell(services, firm, LineDraft(product=steel, quantity=Decimal(300)))
    sell(services, firm, LineDraft(product=steel, quantity=Decimal(5), unit="箱"))
    assert shares(services, firm) == [(Decimal(25), Decimal(300), 2026, True)]
    assert value(services, Kind.COMPANY, firm, "demand_share") is None
    need(services, firm, Demand(bearings, Decimal(1200)))
    assert shares(services, firm)[0][0] is None
    assert value(services, Kind.COMPANY, firm, "demand_share") is None


@pytest.mark.parametrize(
    ("unit", "amount"), [("元", 600_000), ("CNY", 600_000), ("¥", 600_000), ("万元", 60)]
)
def test_money_is_compared_with_amounts(
    services: Services, firm: int, bearings: int, steel: int, unit: str, amount: int
) -> None:
    need(services, firm, Demand(bearings, Decimal(amount), unit, 2026))
    half = LineDraft(product=steel, quantity=Decimal(300), discount_percent=Decimal(50))
    sell(services, firm, half)
    bought = Decimal(150_000) * amount / 600_000
    assert shares(services, firm) == [(Decimal(25), bought, 2026, False)]
    assert value(services, Kind.COMPANY, firm, "demand_share") == Decimal(25)
    sell(services, firm, half, currency="USD")
    assert shares(services, firm) == [(Decimal(25), bought, 2026, True)]
    assert value(services, Kind.COMPANY, firm, "demand_share") is None


def test_nothing_counts_twice_and_deals_count_by_their_products(
    services: Services, firm: int, bearings: int, steel: int
) -> None:
    need(services, firm, Demand(bearings, Decimal(100), "t"))
    product = Proposal(steel, Decimal(10), Decimal(900))
    deal = services.records.create(
        Kind.OPPORTUNITY, {"title": "o", "company": firm, "products": (product,)}
    )
    services.opportunities.win(deal)
    assert shares(services, firm) == [(Decimal(10), Decimal(10), 2026, False)]
    sell(services, firm, LineDraft(product=steel, quantity=Decimal(20)), opportunity=deal)
    assert shares(services, firm) == [(Decimal(20), Decimal(20), 2026, False)]
    need(services, firm, Demand(bearings, Decimal(100_000), "元"))
    assert shares(services, firm) == [(Decimal(20), Decimal(20_000), 2026, False)]


def test_groups_in_one_unit_add_up_and_the_demand_of_this_year_stands_for_any(
    services: Services, firm: int, bearings: int, steel: int
) -> None:
    oil = services.lists.add("product_category", "润滑油")
    sell(services, firm, LineDraft(product=steel, quantity=Decimal(30)))
    need(
        services, firm,
        Demand(bearings, Decimal(50), "t"), Demand(bearings, Decimal(60), "t", 2026),
        Demand(oil, Decimal(40), "t"), Demand(oil, Decimal(9), "桶", 2025),
    )  # fmt: skip
    assert value(services, Kind.COMPANY, firm, "demand_share") == Decimal(30)
    assert [one[2] for one in shares(services, firm)] == [2026, 2026, 2026, 2025]
    need(services, firm, Demand(bearings, Decimal(60), "t"), Demand(oil, Decimal(40), "桶"))
    assert value(services, Kind.COMPANY, firm, "demand_share") is None


def test_the_column_sorts_and_filters(
    services: Services, firm: int, bearings: int, steel: int
) -> None:
    other = services.records.create(Kind.COMPANY, {"name": "海拓"})
    without = services.records.create(Kind.COMPANY, {"name": "绿源"})
    for company, amount in ((firm, 100), (other, 50)):
        need(services, company, Demand(bearings, Decimal(amount), "t"))
        sell(services, company, LineDraft(product=steel, quantity=Decimal(10)))
    ids = services.records.ids
    assert list(ids(Kind.COMPANY, Query(order=(("demand_share", True),)))) == [other, firm, without]
    for condition, expected in (
        (Condition("demand_share", Op.AFTER, Decimal(15)), [other]),
        (Condition("demand_share", Op.EMPTY), [without]),
        (Condition("demand_share", Op.FILLED), [firm, other]),
    ):
        assert sorted(ids(Kind.COMPANY, Query().also(condition))) == expected
    assert "demand_share" not in services.records.card(Kind.COMPANY, firm).values
