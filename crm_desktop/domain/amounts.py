"""How numbers and amounts are written, alike in every language."""

from __future__ import annotations

from decimal import Decimal

from crm_desktop.domain.money import CURRENCIES, rounded

USUAL = "CNY"
"""The currency of an amount that tells none."""


def grouped(value: int | Decimal, places: int | None = None) -> str:
    """1,234,567.5: grouped by thousands; without superfluous zeros unless `places` is given."""
    if places is not None:
        return f"{rounded(Decimal(value), places):,.{places}f}"
    text = f"{value:,}" if isinstance(value, int) else f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def sign(currency: str) -> str:
    """The sign of a currency; letters and codes with a space after them."""
    known = CURRENCIES.get(currency)
    symbol = known.symbol if known else currency
    return f"{symbol} " if symbol[-1:].isalpha() else symbol


def amount_text(value: Decimal | int, currency: str = USUAL, *, cents: bool | None = None) -> str:
    """¥86,400.00, -¥5; `cents` None leaves them out where they are zero."""
    known = CURRENCIES.get(currency)
    digits = known.digits if known else 2
    whole = rounded(Decimal(value), digits)
    with_cents = whole != whole.to_integral_value() if cents is None else cents
    minus = "-" if whole < 0 else ""
    return f"{minus}{sign(currency)}{grouped(abs(whole), digits if with_cents else 0)}"


def unit_price_text(value: Decimal | int, currency: str = USUAL) -> str:
    """¥0.0125: with all its digits."""
    return f"{sign(currency)}{grouped(value)}"
