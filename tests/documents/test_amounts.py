"""Figures as they stand on paper."""

from __future__ import annotations

from decimal import Decimal

import pytest

from crm_desktop.documents import amounts


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0.00"),
        ("1234.5", "1,234.50"),
        ("-3", "-3.00"),
        ("0.125", "0.125"),
        ("1E+3", "1,000.00"),
    ],
)
def test_money(value: str, text: str) -> None:
    assert amounts.money(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"), [("3.000", "3"), ("1200", "1,200"), ("0.50", "0.5"), ("1E+2", "100")]
)
def test_quantity(value: str, text: str) -> None:
    assert amounts.quantity(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"), [("13", "13%"), ("13.00", "13%"), ("1E+1", "10%"), ("2.5", "2.5%")]
)
def test_percent(value: str, text: str) -> None:
    assert amounts.percent(Decimal(value)) == text


def test_signs_and_codes() -> None:
    assert amounts.with_sign(Decimal("-5"), "CNY") == "-¥5.00"
    assert amounts.with_sign(Decimal("5"), "HKD") == "HK$5.00"
    assert amounts.with_sign(Decimal("5"), "CHF") == "CHF 5.00"
    assert amounts.with_sign(Decimal("5"), "JPY") == "JP¥5"
    assert amounts.with_sign(Decimal("5"), "BDT") == "BDT 5.00"  # its sign is not in the fonts


def test_english_words() -> None:
    assert amounts.english_words(Decimal("100000"), "CNY") == "CNY one hundred thousand only"
    assert amounts.english_words(Decimal("10.05"), "USD") == "USD ten and 05/100 only"
    assert amounts.english_words(Decimal("7.125"), "KWD") == "KWD seven and 125/1000 only"
    assert amounts.english_words(Decimal("7"), "JPY") == "JPY seven only"
    assert amounts.english_words(Decimal("-1"), "USD") == "USD minus one only"
