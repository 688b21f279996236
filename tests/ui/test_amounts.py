"""Sums of several currencies are never added up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from crm_desktop.ui.amounts import added, change_text, main_currency, sums_text
from crm_desktop.ui.language import set_language

YUAN, BOTH = {"CNY": Decimal(1000)}, {"CNY": Decimal(500), "USD": Decimal(20)}


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("en")


def test_sums_stand_side_by_side() -> None:
    assert added([YUAN, BOTH]) == {"CNY": Decimal(1500), "USD": Decimal(20)}
    assert sums_text(BOTH, "CNY") == "¥500 + $20"
    assert sums_text(BOTH, "USD") == "$20 + ¥500"
    assert sums_text(YUAN, "CNY", short=True) == "¥1k"
    assert sums_text({}, "CNY") == "¥0"


def test_the_usual_currency_is_compared_in_unless_there_is_none_of_it() -> None:
    assert main_currency([YUAN, BOTH], "USD") == "USD"
    assert main_currency([YUAN], "USD") == "CNY"
    assert main_currency([], "USD") == "USD"


def test_changes_have_a_sign() -> None:
    assert change_text(150, 100) == "+50%"
    assert change_text(Decimal(50), Decimal(100)) == "-50%"
    assert change_text(5, 0) == ""
