"""The one calculation: what must hold for every document."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.money import CURRENCIES, rounded
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.totals import ZERO, Line, dealt_out, line_amounts, totals

prices = st.decimals(0, 10_000_000, places=4)
quantities = st.decimals(0, 100_000, places=3)
percents = st.decimals(0, 100, places=2)
rates = st.sampled_from([Decimal(rate) for rate in ("0", "1", "3", "6", "9", "13", "7.7")])
lines = st.lists(
    st.builds(
        Line, quantity=quantities, unit_price=prices, discount_percent=percents, tax_rate=rates
    ),
    max_size=12,
)
codes = st.sampled_from(sorted(CURRENCIES))


@given(lines, codes, st.booleans(), percents)
def test_everything_adds_up(sold: list[Line], code: str, included: bool, percent: Decimal) -> None:
    whole = totals(sold, code, tax_included=included, discount_percent=percent)
    unit = CURRENCIES[code].unit
    assert sum((line.amount for line in whole.lines), ZERO) == whole.subtotal
    assert sum((line.document_discount for line in whole.lines), ZERO) == whole.discount
    assert sum((line.final for line in whole.lines), ZERO) == whole.subtotal - whole.discount
    assert sum((line.tax for line in whole.lines), ZERO) == whole.tax
    assert sum((line.net for line in whole.lines), ZERO) == whole.net
    assert sum((line.total for line in whole.lines), ZERO) == whole.total == whole.net + whole.tax
    assert sum((part.tax for part in whole.taxes), ZERO) == whole.tax
    assert sum((part.net for part in whole.taxes), ZERO) == whole.net
    if included:
        assert whole.total == whole.subtotal - whole.discount
    else:
        assert whole.net == whole.subtotal - whole.discount
    for part in whole.taxes:
        assert abs(part.net * part.rate / 100 - part.tax) <= unit
    shown = [whole.subtotal, whole.discount, whole.net, whole.tax, whole.total]
    for line in whole.lines:
        shown += [line.gross, line.discount, line.amount, line.document_discount, line.final]
        shown += [line.tax, line.net, line.total]
        assert line.final >= 0
    for amount in shown:
        assert isinstance(amount, Decimal)
        assert amount.as_tuple().exponent == unit.as_tuple().exponent


@given(st.decimals(0, 10_000, places=2), st.lists(st.decimals(0, 10_000, places=2), max_size=20))
def test_dealing_out_loses_nothing(amount: Decimal, weights: list[Decimal]) -> None:
    shares = dealt_out(amount, weights)
    whole = sum(weights, ZERO)
    assert sum(shares, ZERO) == (amount if whole else 0)
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - (amount * weight / whole if whole else 0)) < Decimal("0.0101")


def line(quantity: str, price: str, **more: str) -> Line:
    exact = {key: Decimal(value) for key, value in more.items()}
    return Line(quantity=Decimal(quantity), unit_price=Decimal(price), **exact)


def test_a_quote_with_tax_on_top() -> None:
    sold = [
        line("3", "19.99", tax_rate="13"),
        line("1", "100", discount_percent="10", tax_rate="6"),
    ]
    whole = totals(sold, tax_included=False, discount_amount=Decimal("9.97"))
    assert [part.amount for part in whole.lines] == [Decimal("59.97"), Decimal("90.00")]
    assert [part.document_discount for part in whole.lines] == [Decimal("3.99"), Decimal("5.98")]
    assert whole.net == Decimal("140.00")
    assert [(part.rate, part.tax) for part in whole.taxes] == [
        (Decimal(6), Decimal("5.04")),
        (Decimal(13), Decimal("7.28")),
    ]
    assert whole.total == Decimal("152.32")


def test_a_quote_with_tax_inside() -> None:
    whole = totals([line("1", "113", tax_rate="13")], tax_included=True)
    assert [whole.net, whole.tax, whole.total] == [100, 13, 113]


def test_lines_are_rounded_before_they_are_added() -> None:
    whole = totals([line("1", "0.005")] * 3, tax_included=False)
    assert whole.subtotal == Decimal("0.03")
    assert rounded(3 * Decimal("0.005")) == Decimal("0.02")


def test_no_digits_for_yen() -> None:
    whole = totals([line("1", "99.5", tax_rate="10")], "jpy", tax_included=False)
    assert whole.currency == "JPY"
    assert [whole.net, whole.tax, whole.total] == [100, 10, 110]


def test_returned_goods_and_large_amounts() -> None:
    sold = [line("1", "999999999.99", tax_rate="13"), line("-1", "0.30", tax_rate="13")]
    whole = totals(sold, tax_included=True)
    assert whole.total == Decimal("999999999.69")
    assert sum((part.tax for part in whole.lines), ZERO) == whole.tax


def test_a_line_while_it_is_typed() -> None:
    amounts = line_amounts(line("2", "50", discount_amount="12.5"))
    assert amounts == (Decimal("100.00"), Decimal("12.50"), Decimal("87.50"))


def test_what_is_refused() -> None:
    with pytest.raises(Refused, match="percent_out_of_range"):
        line("1", "1", discount_percent="101")
    with pytest.raises(Refused, match="two_discounts"):
        line("1", "1", discount_percent="1", discount_amount="1")
    with pytest.raises(Refused, match="tax_rate_negative"):
        line("1", "1", tax_rate="-1")
    with pytest.raises(Refused, match="discount_too_large"):
        line_amounts(line("1", "1", discount_amount="2"))
    with pytest.raises(Refused, match="discount_too_large"):
        totals([line("1", "1")], tax_included=False, discount_amount=Decimal(2))
    with pytest.raises(TypeError):
        Line(quantity=1.5, unit_price=Decimal(1))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="not a number"):
        line("NaN", "1")
