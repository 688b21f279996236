"""Figures as they stand on paper."""

from __future__ import annotations

from decimal import Decimal

from crm_desktop.documents import fonts
from crm_desktop.domain.money import CURRENCIES, rounded
from crm_desktop.words import Words


def digits(currency: str) -> int:
    """The digits after the point that amounts of this currency have."""
    known = CURRENCIES.get(currency)
    return 2 if known is None else known.digits


def money(value: Decimal, currency: str = "CNY") -> str:
    """Grouped by thousands, with the digits of the currency, more where a price has more."""
    return f"{value:,.{max(digits(currency), _places(value))}f}"


def with_sign(value: Decimal, currency: str) -> str:
    """Money with the sign of its currency, or its code where the fonts have no such sign."""
    known = CURRENCIES.get(currency)
    sign = known.symbol if known else currency
    if not all(map(fonts.covers, sign)):
        sign = currency
    if sign.isalpha():
        sign += " "
    return f"{'-' if value < 0 else ''}{sign}{money(abs(value), currency)}"


def quantity(value: Decimal) -> str:
    """Grouped, without needless zeros."""
    return f"{value:,.{_places(value)}f}"


def percent(value: Decimal) -> str:
    """A rate given in percent."""
    return f"{value:.{_places(value)}f}%"


def english_words(value: Decimal, currency: str) -> str:
    """The amount in English words, as cheques and contracts spell it."""
    from num2words import num2words  # only foreign documents pay for it

    size = 10 ** digits(currency)
    whole, part = divmod(int(rounded(abs(value), digits(currency)) * size), size)
    spelled = num2words(whole, lang="en")
    if value < 0:
        spelled = f"minus {spelled}"
    words = Words("en")
    if not part:
        return words.text("paper.amount_in_words", currency=currency, words=spelled)
    fraction = f"{part:0{digits(currency)}d}/{size}"
    return words.text("paper.amount_in_words_part", currency=currency, words=spelled, part=fraction)


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
