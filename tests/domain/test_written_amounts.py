"""Amounts with the signs of their currency, and what stands before their fractions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from crm_desktop.domain.currency_signs import meant
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.written_amounts import (
    Unit,
    decimal_mark,
    is_mark_open,
    unit_of,
    written_amount,
)


@pytest.mark.parametrize(
    ("text", "amount", "code"),
    [
        ("$12,000", "12000", "USD"),
        ("US$ 12k", "12000", "USD"),
        ("USD 3k", "3000", "USD"),
        ("1.234,56 €", "1234.56", "EUR"),
        ("1 234,56 €", "1234.56", "EUR"),
        ("EUR 500", "500", "EUR"),
        ("£20", "20", "GBP"),
        ("HK$100", "100", "HKD"),
        ("NT$1,000", "1000", "TWD"),
        ("12万美元", "120000", "USD"),
        ("500元", "500", "CNY"),
        ("人民币5万元整", "50000", "CNY"),
        ("￥5", "5", "CNY"),
        ("RMB 7", "7", "CNY"),
        ("cny 8", "8", "CNY"),
        ("9日元", "9", "JPY"),
        ("100円", "100", "JPY"),
        ("JP¥ 5", "5", "JPY"),
        ("-$5", "-5", "USD"),
        ("($1,200)", "-1200", "USD"),
        ("CHF 1'200.–", "1200", "CHF"),
        ("500,-", "500", ""),
        ("USD 1.2 million", "1200000", "USD"),
        ("3.5万", "35000", ""),
    ],
)
def test_amounts_and_their_currencies(text: str, amount: str, code: str) -> None:
    found = written_amount(text)
    assert (found.amount, meant(found.signs, own="CNY")) == (Decimal(amount), code)


@pytest.mark.parametrize("text", ["top 5", "12万5", "abc", "$", "1,23,4", "MXX 5"])
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(Refused, match="not_an_amount"):
        written_amount(text)


def test_a_sign_of_several_means_the_currency_told_or_the_firms_own() -> None:
    assert [meant(("$",), own) for own in ("CNY", "USD", "HKD", "SGD")] == [
        "USD", "USD", "HKD", "SGD",
    ]  # fmt: skip
    assert [meant(("¥",), own) for own in ("CNY", "JPY", "USD")] == ["CNY", "JPY", "CNY"]
    assert meant(("$",), "USD", told="CAD") == "CAD"
    assert meant(("US$",), "HKD", told="HKD") == "USD"
    assert meant(("元",), "CNY", told="USD") == "USD"  # 100 元 beside 美元 are dollars
    assert meant(("$", "US$"), "HKD") == "USD"


@pytest.mark.parametrize(
    ("values", "mark"),
    [
        (["1.234,56 €", "1.234"], ","),
        (["99,50", "1.234"], ","),
        (["1.234.567"], ","),
        (["1,234.56", "1.234"], "."),
        (["12.5", 3.25], "."),
        (["0.125", "1.250"], "."),
        (["1,234,567"], "."),
        (["1.234", "12.500"], None),
        (["1,234"], None),  # thousands wherever nothing else is said
        (["1.234,56", "1,234.56"], None),
        ([1.5, None, "abc"], None),
    ],
)
def test_what_stands_before_fractions(values: list[object], mark: str | None) -> None:
    assert decimal_mark(values) == mark
    assert is_mark_open(values) is (mark is None and "1.234" in values)


def test_numbers_with_a_known_mark() -> None:
    read = {text: written_amount(text, ",").amount for text in ("1.234", "1.234,5", "1,234", "7")}
    assert read == {
        "1.234": Decimal(1234),
        "1.234,5": Decimal("1234.5"),
        "1,234": Decimal("1.234"),
        "7": Decimal(7),
    }
    assert written_amount("1.234", ".").amount == Decimal("1.234")
    assert written_amount("12.50", ",").amount == Decimal("12.50")  # it can be nothing else
    assert written_amount("1.234").open
    assert not written_amount("1.234", ".").open


def test_units_of_headers() -> None:
    texts = ("万元", "USD", "k€", "$M", "千", "kg", "", "备注", "百万元", "USD '000", "000s", "mm")
    found = {text: unit_of(text) for text in texts}
    assert found == {
        "万元": Unit(10_000, "元"),
        "USD": Unit(1, "USD"),
        "k€": Unit(1000, "€"),
        "$M": Unit(1_000_000, "$"),
        "千": Unit(1000),
        "kg": None,
        "": None,
        "备注": None,
        "百万元": Unit(1_000_000, "元"),
        "USD '000": Unit(1000, "USD"),
        "000s": Unit(1000),
        "mm": None,
    }


def test_nothing_before_the_comma_is_no_group_of_thousands() -> None:
    assert written_amount("0,500").amount == Decimal("0.5")
    assert written_amount("0,500,000", None).amount == 500_000
