"""Days, birthdays and numbers in words of a language, as the window tells them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from crm_desktop.domain.amounts import grouped
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.lunar import lunar_text
from crm_desktop.words import Words


def day_words(day: date, words: Words) -> str:
    """28 Nov 2026; 2026年11月28日."""
    return _day(day.year, day.month, day.day, words)


def birthday_words(birthday: Birthday, words: Words) -> str:
    """12 Dec 1985, lunar 10/23; 1985年12月12日, 农历十月廿三."""
    month, day, year = birthday.month, birthday.day, birthday.year
    if not birthday.lunar:
        return _day(year, month, day, words)
    spoken = lunar_text(month, day, leap=birthday.leap, year=year)
    key = "format.lunar_leap" if birthday.leap else "format.lunar"
    plain = words.text(key, month=month, day=day, words=spoken)
    return f"{plain} {year}" if year and words.language == "en" else plain


def number_words(value: int | Decimal) -> str:
    """1,234,567.5: grouped by thousands, without superfluous zeros."""
    return grouped(value)


def _day(year: int | None, month: int, day: int, words: Words) -> str:
    name = words.text("format.months_short").split()[month - 1]
    if words.language == "zh":
        return f"{year}年{name}{day}日" if year else f"{name}{day}日"
    return f"{day} {name} {year}" if year else f"{day} {name}"
