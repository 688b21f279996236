"""Dates as people write them, taken apart into year, month and day; nothing is decided here."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final, Literal, NamedTuple

from crm_desktop.domain.chinese_numbers import NUMERAL, YEAR_NUMERAL, number, year_number

Order = Literal["ymd", "dmy", "mdy"]
ORDERS: Final[tuple[Order, ...]] = ("ymd", "dmy", "mdy")


class Written(NamedTuple):
    """One way to read a text; `short` says that the year was written with two digits."""

    year: int | None
    month: int
    day: int
    short: bool = False


_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ENGLISH_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)


def english_month(word: str) -> int:
    """The number of a month from its English name or the beginning of it."""
    return _NAMES.index(word[:3].lower()) + 1


_TIME_OF_DAY = re.compile(
    r"(?:t|\s|,|(?<=[日号]))\s*(?:(?:凌晨|早上|上午|中午|下午|傍晚|晚上)\s*)?\d{1,2}"
    r"(?:[:时点]\d{1,2}(?:[:分]\d{0,2}(?:[.,]\d+)?秒?)?|[时点][半整]?)"
    r"\s*(?:[ap]\.?m\.?)?\s*(?:z|utc|gmt|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+"
    r"|[\s,(]*(?:星期|周|礼拜)[一二三四五六日天]\)?",
    re.IGNORECASE,
)
_DASHES = str.maketrans("‐‑‒–—−", "------")

_S = r"\s*[-/.,、\\ ]\s*"
_SHAPES: Final = (
    (
        "chinese",
        rf"(?:(?P<y>\d{{4}}|\d{{2}}|{YEAR_NUMERAL})\s*年)?\s*(?P<m>\d{{1,2}}|{NUMERAL})\s*月"
        rf"\s*(?P<d>\d{{1,2}}|{NUMERAL})\s*[日号號]?",
    ),
    ("ymd", rf"(?P<y>\d{{4}}){_S}(?P<m>\d{{1,2}}){_S}(?P<d>\d{{1,2}})\.?"),
    ("compact", r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)"),
    ("no_year", r"--(?P<m>\d\d)-?(?P<d>\d\d)"),
    ("three", r"(?P<a>\d{1,2})(?P<s>\s*[-/.,、\\ ]\s*)(?P<b>\d{1,2})" + _S + r"(?P<c>\d{4})"),
    ("short", rf"(?P<a>\d{{1,2}}){_S}(?P<b>\d{{1,2}}){_S}(?P<c>\d{{1,2}})"),
    ("two", rf"(?P<a>\d{{1,2}}){_S}(?P<b>\d{{1,2}})"),
    ("compact_short", r"(?P<y>\d\d)(?P<m>\d\d)(?P<d>\d\d)"),
    (
        "day_first",
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[-\s./]*(?:of\s+)?(?P<m>{ENGLISH_MONTH})"
        r"(?:[-\s,./']*(?P<y>\d{4}|\d{2}))?",
    ),
    (
        "month_first",
        rf"(?P<m>{ENGLISH_MONTH})[-\s./]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?"
        r"(?:(?:\s*,\s*|[-\s./']+)(?P<y>\d{4}|'?\d{2}))?",
    ),
    (
        "year_name",
        rf"(?P<y>\d{{4}})[-\s,./]*(?P<m>{ENGLISH_MONTH})[-\s./]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?",
    ),
)


@cache
def _shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(shape, re.IGNORECASE)) for name, shape in _SHAPES)


def clean(text: str) -> str:
    """Without full-width signs, time of day, weekday and Excel's leading apostrophe."""
    text = unicodedata.normalize("NFKC", text).translate(_DASHES).strip().lstrip("'").strip()
    text = _TIME_OF_DAY.sub("", text)
    return " ".join(_WEEKDAY.sub("", text).split()).strip(" ,;。")


def readings(text: str, order: Order | None = None) -> list[Written]:
    """Every way to read a cleaned text, the year first where it has four digits.

    `order` decides 5/6/2024 and 5/6/24; without it all orders are given. With dots and the
    year last, the day comes first. Month and day alone come in this order unless `order` is dmy.
    """
    for name, shape in _shapes():
        found = shape.fullmatch(text)
        if found is None:
            continue
        parts = found.groupdict()
        if name == "three":
            return _year_last(parts, order)
        if name == "short":
            numbers = int(parts["a"]), int(parts["b"]), int(parts["c"])
            orders = (order,) if order else ORDERS
            spellings = (parts["a"], parts["c"])
            return [
                _placed(numbers, one)
                for one in orders
                if len(spellings[0 if one == "ymd" else 1]) == 2
            ]
        if name == "two":
            first, second = int(parts["a"]), int(parts["b"])
            swapped = order == "dmy" or (order is None and first > 12)
            return [Written(None, second, first) if swapped else Written(None, first, second)]
        if name == "compact_short" and parts["y"] in ("19", "20") and 1 <= int(parts["d"]) <= 12:
            return []  # 201012 may be a year and a month
        return _plain(parts)
    return []


def _plain(parts: dict[str, str | None]) -> list[Written]:
    year_text = (parts.get("y") or "").lstrip("'")
    year = year_number(year_text) if year_text else None
    month_text, day_text = parts["m"] or "", parts["d"] or ""
    known = month_text[:1].isdigit() or not month_text.isascii()
    month = number(month_text) if known else english_month(month_text)
    day = number(day_text)
    if month is None or day is None or (year_text and year is None):
        return []
    unknown = year == 0 and len(year_text) == 4  # how some systems write a year they do not have
    return [Written(None if unknown else year, month, day, short=len(year_text) == 2)]


def _placed(numbers: tuple[int, int, int], order: Order) -> Written:
    a, b, c = numbers
    if order == "ymd":
        return Written(a, b, c, short=True)
    return Written(c, b, a, short=True) if order == "dmy" else Written(c, a, b, short=True)


def _year_last(parts: dict[str, str | None], order: Order | None) -> list[Written]:
    a, b, year = (int(parts[name] or 0) for name in "abc")
    dotted = (parts["s"] or "").strip() == "."
    day_first, month_first = Written(year, b, a), Written(year, a, b)
    if order == "mdy":
        return [month_first]
    if order == "dmy" or dotted:
        return [day_first]
    return [day_first, month_first]
