"""Amounts as people type them, and their rounding."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.money import CURRENCIES, LARGEST, Money, currency, rounded
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.written_amounts import parse_amount
from crm_desktop.words import LANGUAGES, Words


@pytest.mark.parametrize(
    ("raw", "amount"),
    [
        ("8.5万", "85000"), ("¥1,234.50", "1234.50"), ("12k", "12000"), ("(1,200)", "-1200"),
        ("１２３", "123"), ("￥1，234.50", "1234.50"), ("1,234,567.89", "1234567.89"),
        ("12,34,567.5", "1234567.5"), ("1,0000,0000", "100000000"), ("8,5", "8.5"),
        ("1.234,56", "1234.56"), ("1.234.567", "1234567"), ("1 234 567,8", "1234567.8"),
        ("1'234.50", "1234.50"), ("-5", "-5"), ("5-", "-5"), ("−5", "-5"), ("+5", "5"),
        ("负5元", "-5"), ("USD 1,000", "1000"), ("1000美元", "1000"), ("人民币 300 元整", "300"),
        ("3亿", "300000000"), ("1.5w", "15000"), ("2百万", "2000000"), ("5千万元", "50000000"),
        ("1.2m", "1200000"), ("1.2E+5", "120000"), (".5", "0.5"), ("$-3", "-3"), ("-$3", "-3"),
        ("(¥5)", "-5"), ("¥(5)", "-5"), ("0", "0"), ("-0", "0"), (5, "5"), (0.1, "0.1"),
        (Decimal("2.50"), "2.50"), (1234.5, "1234.5"), ("1\u00a0234,50", "1234.50"),
    ],
)  # fmt: skip
def test_typed_amounts(raw: str | float | Decimal, amount: str) -> None:
    assert parse_amount(raw) == Decimal(amount)


@pytest.mark.parametrize(
    "raw",
    ["", "abc", "万", "1元2", "1.2.3", "1,2,3", "nan", "inf", "-", "¥", "1e400", "1/2", "=1+1",
     float("nan"), float("inf"), True, "1234567890123456", "99999亿万", "约5"],
)  # fmt: skip
def test_what_is_no_amount_is_refused(raw: str | float) -> None:
    with pytest.raises(Refused) as refused:
        parse_amount(raw)
    for language in LANGUAGES:
        assert Words(language).text(refused.value.key, **refused.value.args_for_words)


@given(st.text(max_size=20) | st.floats())
def test_any_cell_is_an_amount_or_refused(raw: str | float) -> None:
    try:
        assert parse_amount(raw).is_finite()
    except Refused:
        return


@given(st.decimals(-LARGEST, LARGEST, places=2))
def test_what_we_print_we_read(amount: Decimal) -> None:
    assert parse_amount(f"{amount:,.2f}") == amount
    assert parse_amount(f"¥{amount}") == amount


def test_rounding_is_half_up() -> None:
    assert rounded(Decimal("0.125")) == Decimal("0.13")
    assert rounded(Decimal("-0.125")) == Decimal("-0.13")
    assert rounded(Decimal("2.5"), 0) == 3
    assert Decimal("0.1") + Decimal("0.2") == Decimal("0.3")
    assert Money.of(Decimal("1.5"), "JPY").amount == 2


def test_money() -> None:
    assert (Money(Decimal("1.10")) + Money(Decimal("2.20"))).amount == Decimal("3.30")
    assert (-(Money(Decimal(1)) - Money(Decimal(3)))).amount == 2
    with pytest.raises(ValueError, match="do not add up"):
        Money(Decimal(1)) + Money(Decimal(1), "USD")
    with pytest.raises(ValueError, match="round it first"):
        Money(Decimal("0.001"))


def test_currencies() -> None:
    assert currency("cny").symbol == "¥"
    assert currency("JPY").unit == 1
    assert currency("KWD").unit == Decimal("0.001")
    assert all(len(code) == 3 for code in CURRENCIES)
    with pytest.raises(Refused):
        currency("XXX")
