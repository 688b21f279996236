"""Figures as they stand on paper."""

from __future__ import annotations

from decimal import Decimal

from crm_desktop.words import Words

_SIGNS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£"}
_CENT = Decimal("0.01")


def money(value: Decimal) -> str:
    """Grouped by thousands, two decimals, more where the price has more."""
    places = max(2, _places(value))
    return f"{value:,.{places}f}"


def with_sign(value: Decimal, currency: str) -> str:
    """Money with the sign of its currency, or with its code where it has none."""
    sign = _SIGNS.get(currency)
    if sign is None:
        return f"{currency} {money(value)}"
    return f"-{sign}{money(-value)}" if value < 0 else f"{sign}{money(value)}"


def quantity(value: Decimal) -> str:
    """Grouped, without needless zeros."""
    return f"{value:,.{_places(value)}f}"


def percent(value: Decimal) -> str:
    """A rate given in percent."""
    return f"{value:.{_places(value)}f}%"


def english_words(value: Decimal, currency: str) -> str:
    """The amount in English words, as cheques and contracts spell it."""
    from num2words import num2words  # only foreign documents pay for it

    whole = int(abs(value))
    part = int((abs(value) - whole).quantize(_CENT) * 100)
    spelled = num2words(whole, lang="en")
    if value < 0:
        spelled = f"minus {spelled}"
    words = Words("en")
    if part:
        return words.text(
            "paper.amount_in_words_part", currency=currency, words=spelled, part=f"{part:02d}/100"
        )
    return words.text("paper.amount_in_words", currency=currency, words=spelled)


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
