"""Parts of records as text: what a cell tells, and back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain import schema
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.parts import (
    Demand,
    Proposal,
    parts_of,
    parts_text,
    proposed_sum,
    told_together,
)
from crm_desktop.domain.text import clean_name
from crm_desktop.domain.values import WrongValue, accept

PRODUCTS = schema.find(Kind.OPPORTUNITY, "products")
DEMAND = schema.find(Kind.COMPANY, "demand")
NAMES = st.text(min_size=1, max_size=20).map(clean_name).filter(bool)
NUMBERS = st.decimals(0, 10**9, places=4)
UNITS = st.sampled_from([None, "吨", "t", "m³", "件/年", "万件", "sets of 5"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GTX Pro", [("GTX Pro", None, None)]),
        ("GTX Pro × 2", [("GTX Pro", 2, None)]),
        ("GTX Pro × 2 @ 550", [("GTX Pro", 2, 550)]),
        ("GTX Pro @ ¥1,550.5", [("GTX Pro", None, Decimal("1550.5"))]),
        ("数控改造套件 × 2；测试台、刀具", [("数控改造套件", 2, None), ("测试台", None, None),
                                    ("刀具", None, None)]),
        ("Bolts, M8 x 20", [("Bolts, M8 x 20", None, None)]),
        ("电缆 3×2.5", [("电缆 3×2.5", None, None)]),
        ("Ask @ noon", [("Ask @ noon", None, None)]),
        ('"Pipe; bent" × 3', [('"Pipe', None, None), ('bent"', 3, None)]),
        ('"Pipe; bent × 3"', [("Pipe; bent", 3, None)]),
    ],
)  # fmt: skip
def test_products_of_a_cell(text: str, expected: list[Any]) -> None:
    assert parts_of(PRODUCTS, text) == tuple(Proposal(*one) for one in expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("轴承：1200 吨（2026）", ("轴承", 1200, "吨", 2026)),
        ("Bearings: 1,200 t (2026)", ("Bearings", 1200, "t", 2026)),
        ("轴承 1200吨 2026年", ("轴承", 1200, "吨", 2026)),
        ("轴承:1.2万 件", ("轴承", 12000, "件", None)),
        ("Series 5 1200 t 2026", ("Series 5", 1200, "t", 2026)),
        ("Bearings: 900", ("Bearings", 900, None, None)),
        ("Bearings", ("Bearings", None, None, None)),
    ],
)
def test_demand_of_a_cell(text: str, expected: Any) -> None:
    assert parts_of(DEMAND, text) == (Demand(*expected),)


@given(st.lists(st.builds(Proposal, NAMES, NUMBERS, st.none() | NUMBERS), max_size=4, unique=True))
def test_products_are_read_back_as_they_were_written(parts: list[Proposal]) -> None:
    text = parts_text(PRODUCTS, parts, lambda part: str(part.what))
    back = accept(PRODUCTS, [_numbered(one) for one in parts_of(PRODUCTS, text)])
    assert [(_name(parts_of(PRODUCTS, text), n), one.quantity, one.price)
            for n, one in enumerate(back)] == [
        (one.what, one.quantity, one.price) for one in parts
    ]  # fmt: skip


@given(
    st.lists(
        st.builds(Demand, NAMES, NUMBERS, UNITS, st.none() | st.integers(1900, 2999)),
        max_size=4,
        unique=True,
    )
)
def test_demand_is_read_back_as_it_was_written(parts: list[Demand]) -> None:
    text = parts_text(DEMAND, parts, lambda part: str(part.what))
    assert parts_of(DEMAND, text) == tuple(parts)


def _numbered(part: Any) -> Proposal:
    return Proposal(1, part.quantity, part.price)


def _name(parts: tuple[Any, ...], place: int) -> str:
    return str(parts[place].what)


def test_a_sum_needs_all_prices() -> None:
    priced = Proposal(1, Decimal(3), Decimal("0.335"))
    assert proposed_sum((priced, Proposal(2, None, Decimal(2)))) == Decimal("3.01")
    assert proposed_sum((priced, Proposal(2))) is None
    assert proposed_sum(()) is None


def test_a_file_adds_fills_and_overwrites_only_when_asked() -> None:
    old = (Proposal(1, Decimal(2), None), Proposal(2, Decimal(1), Decimal(9)))
    new = (Proposal(1, None, Decimal(5)), Proposal(2, Decimal(4), None), Proposal(3))
    both, kept = told_together(PRODUCTS, old, new, overwrite=False)
    assert both == (Proposal(1, Decimal(2), Decimal(5)), old[1], new[2])
    assert kept == ((old[1], new[1]),)
    both, kept = told_together(PRODUCTS, old, new, overwrite=True)
    assert both[1] == Proposal(2, Decimal(4), Decimal(9))
    assert not kept


def test_another_year_is_another_demand() -> None:
    old = (Demand(7, Decimal(5), "t", 2025),)
    new = (Demand(7, Decimal(6), "t", 2026),)
    assert told_together(DEMAND, old, new, overwrite=True)[0] == (*old, *new)


@pytest.mark.parametrize(
    "part",
    [Proposal(None), Proposal(1, Decimal(-1)), Proposal(1, Decimal(1), Decimal(-2))],
)
def test_a_product_that_cannot_be(part: Proposal) -> None:
    with pytest.raises(WrongValue):
        accept(PRODUCTS, (part,))


@pytest.mark.parametrize(
    "part", [Demand(1), Demand(None, Decimal(1)), Demand(1, Decimal(1), "t", 20261)]
)
def test_demand_that_cannot_be(part: Demand) -> None:
    with pytest.raises(WrongValue):
        accept(DEMAND, (part,))
