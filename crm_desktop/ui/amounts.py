"""Sums in several currencies, and how a number has changed, as pages say them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from crm_desktop.domain.today import Sums, percent_change
from crm_desktop.ui.formats import money, money_short


def change_text(now: Decimal | int, before: Decimal | int) -> str:
    """+12%, -3%; nothing where there is nothing to compare with."""
    change = percent_change(now, before)
    return "" if change is None else f"{change:+d}%"


def main_currency(sums: Iterable[Sums], usual: str) -> str:
    """The currency to compare in: the firm's own unless there is nothing in it."""
    totals: dict[str, Decimal] = {}
    for each in sums:
        for code, value in each.items():
            totals[code] = totals.get(code, Decimal(0)) + value
    if totals.get(usual) or not totals:
        return usual
    return max(totals, key=lambda code: totals[code])


def added(sums: Iterable[Sums]) -> dict[str, Decimal]:
    """Sums by currency, added up; nothing is ever added across currencies."""
    total: dict[str, Decimal] = {}
    for each in sums:
        for code, value in each.items():
            total[code] = total.get(code, Decimal(0)) + value
    return total


def sums_text(sums: Sums, usual: str, *, short: bool = False) -> str:
    """¥128,000 + $3,000; the usual currency first, and alone where there is nothing."""
    say = money_short if short else money
    codes = sorted((code for code, value in sums.items() if value), key=lambda c: (c != usual, c))
    if not codes:
        return say(0, usual)
    return " + ".join(say(sums[code], code) for code in codes)
