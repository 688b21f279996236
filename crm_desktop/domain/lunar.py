"""The Chinese calendar from 1900 to 2100: to and from the common calendar, and its words."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate
from typing import Final

from crm_desktop.domain.chinese_numbers import NUMERAL, YEAR_NUMERAL, number, year_number
from crm_desktop.domain.lunar_table import FIRST_DAY, FIRST_YEAR, LAST_YEAR, YEARS
from crm_desktop.domain.problems import Refused


@dataclass(frozen=True, slots=True, order=True)
class LunarDate:
    """A day of the Chinese calendar; `leap` says it lies in the leap month of that number."""

    year: int
    month: int
    day: int
    leap: bool = False


def _days_of_year(code: int) -> int:
    months = 13 if code & 0xF else 12
    return 29 * months + (code >> 4).bit_count()


# Ordinal of each new year's day, and of the day after the last year.
_NEW_YEARS: Final = tuple(accumulate(map(_days_of_year, YEARS), initial=FIRST_DAY))

FIRST_DATE: Final = date.fromordinal(_NEW_YEARS[0])
LAST_DATE: Final = date.fromordinal(_NEW_YEARS[-1] - 1)


def covers(day: date) -> bool:
    """Whether the table reaches this day."""
    return FIRST_DATE <= day <= LAST_DATE


def covers_year(year: int) -> bool:
    """Whether the table holds this lunar year."""
    return FIRST_YEAR <= year <= LAST_YEAR


def _code(year: int) -> int:
    if not covers_year(year):
        raise Refused("dates.lunar_range", first=FIRST_YEAR, last=LAST_YEAR)
    return YEARS[year - FIRST_YEAR]


def leap_month(year: int) -> int:
    """The number of the month that comes twice in this lunar year, 0 where none does."""
    return _code(year) & 0xF


def _place(year: int, month: int, leap: bool) -> int | None:
    """Where the month stands in its year, counted from 0; None where it does not exist."""
    if not 1 <= month <= 12:
        return None
    twice = leap_month(year)
    if leap:
        return month if month == twice else None
    return month if twice and month > twice else month - 1


def month_length(year: int, month: int, leap: bool = False) -> int:
    """29 or 30, and 0 for a month that this year does not have."""
    place = _place(year, month, leap)
    return 0 if place is None else 29 + (_code(year) >> (4 + place) & 1)


def months_of(year: int) -> tuple[tuple[int, bool], ...]:
    """The months of a lunar year in their order, each with whether it is the leap one."""
    twice = leap_month(year)
    months = [(month, False) for month in range(1, 13)]
    if twice:
        months.insert(twice, (twice, True))
    return tuple(months)


def new_year(year: int) -> date:
    """The first day of the first month: 春节."""
    _code(year)
    return date.fromordinal(_NEW_YEARS[year - FIRST_YEAR])


def to_lunar(day: date) -> LunarDate:
    """The day as the Chinese calendar names it."""
    ordinal = day.toordinal()
    if not _NEW_YEARS[0] <= ordinal < _NEW_YEARS[-1]:
        raise Refused("dates.lunar_range", first=FIRST_YEAR, last=LAST_YEAR)
    index = bisect_right(_NEW_YEARS, ordinal) - 1
    left = ordinal - _NEW_YEARS[index]
    lengths = YEARS[index] >> 4
    place = 0
    while left >= (length := 29 + (lengths >> place & 1)):
        left -= length
        place += 1
    twice = YEARS[index] & 0xF
    leap = bool(twice) and place == twice
    month = place if twice and place >= twice else place + 1
    return LunarDate(FIRST_YEAR + index, month, left + 1, leap)


def to_solar(lunar: LunarDate) -> date:
    """The day as the common calendar names it; refuses a day that does not exist."""
    code = _code(lunar.year)
    place = _place(lunar.year, lunar.month, lunar.leap)
    if place is None or not 1 <= lunar.day <= 29 + (code >> (4 + place) & 1):
        raise Refused(
            "dates.no_lunar_day",
            year=lunar.year,
            day=day_and_month(lunar.month, lunar.day, leap=lunar.leap),
        )
    before = 29 * place + (code >> 4 & ((1 << place) - 1)).bit_count()
    return date.fromordinal(_NEW_YEARS[lunar.year - FIRST_YEAR] + before + lunar.day - 1)


MONTHS: Final = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊")
_ONES: Final = "一二三四五六七八九十"


def month_name(month: int, *, leap: bool = False) -> str:
    """正月, 闰四月, 冬月, 腊月."""
    return f"{'闰' if leap else ''}{MONTHS[month - 1]}月"


def day_name(day: int) -> str:
    """初一, 十五, 二十, 廿三, 三十."""
    if day <= 10:
        return "初" + _ONES[day - 1]
    if day in (20, 30):
        return _ONES[day // 10 - 1] + "十"
    return ("十", "廿")[day // 10 - 1] + _ONES[day % 10 - 1]


def day_and_month(month: int, day: int, *, leap: bool = False) -> str:
    """腊月初八, as it is said without its year."""
    known = 1 <= month <= 12 and 1 <= day <= 30
    return f"{month_name(month, leap=leap)}{day_name(day)}" if known else f"{month}-{day}"


def lunar_text(month: int, day: int, *, leap: bool = False, year: int | None = None) -> str:
    """农历腊月初八, 农历1985年八月十五."""
    return f"农历{f'{year}年' if year is not None else ''}{day_and_month(month, day, leap=leap)}"


@dataclass(frozen=True, slots=True)
class LunarWords:
    """A lunar day read from text; `certain` says that the words themselves can only be lunar."""

    year: int | None
    month: int
    day: int
    leap: bool
    certain: bool


_FEASTS: Final = {
    "春节": (1, 1),
    "大年初一": (1, 1),
    "年初一": (1, 1),
    "元宵": (1, 15),
    "元宵节": (1, 15),
    "端午": (5, 5),
    "端午节": (5, 5),
    "七夕": (7, 7),
    "中元节": (7, 15),
    "中秋": (8, 15),
    "中秋节": (8, 15),
    "重阳": (9, 9),
    "重阳节": (9, 9),
    "腊八": (12, 8),
    "小年": (12, 23),
    "除夕": (12, 30),
    "大年三十": (12, 30),
    "年三十": (12, 30),
}
_MONTH_WORDS: Final = {"正": 1, "冬": 11, "腊": 12, "臘": 12}
_YEAR: Final = rf"(?:(?P<year>\d{{4}}|\d{{2}}|{YEAR_NUMERAL})年)?"


@cache
def _shapes() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A feast, and a month with its day; compiled when the first text is read."""
    feasts = "|".join(sorted(_FEASTS, key=len, reverse=True))
    words = (
        rf"{_YEAR}(?P<leap>[闰閏]?)(?P<month>[正冬腊臘]|\d{{1,2}}|{NUMERAL})月"
        rf"(?P<first>初)?(?P<day>\d{{1,2}}|{NUMERAL})(?P<end>[日号號])?"
    )
    return re.compile(rf"{_YEAR}(?P<feast>{feasts})"), re.compile(words)


def parse_lunar(text: str) -> LunarWords | None:
    """Read 腊月初八, 1985年八月十五, 闰四月初一, 除夕, 8月15; None where it is not so written.

    The words are certainly lunar with 闰, 正月, 冬月, 腊月, 初, 廿 or a feast, and where month and
    day both stand in Chinese numerals without 日 or 号: nobody leaves those out of a solar date.
    """
    text = text.replace(" ", "")
    feasts, words = _shapes()
    if feast := feasts.fullmatch(text):
        month, day = _FEASTS[feast["feast"]]
        year = _year(feast["year"])
        if day == 30 and year is not None and covers_year(year):
            day = month_length(year, month)
        return LunarWords(year, month, day, leap=False, certain=True)
    found = words.fullmatch(text)
    if found is None:
        return None
    month_or_none = _MONTH_WORDS.get(found["month"]) or number(found["month"])
    day_or_none = number(found["day"])
    if not month_or_none or not day_or_none or month_or_none > 12 or day_or_none > 30:
        return None
    leap = bool(found["leap"])
    by_words = leap or found["month"] in _MONTH_WORDS or found["first"] or "廿" in found["day"]
    numerals = not found["month"].isascii() and not found["day"].isascii() and not found["end"]
    return LunarWords(
        _year(found["year"]), month_or_none, day_or_none, leap, bool(by_words or numerals)
    )


def _year(text: str | None) -> int | None:
    return None if text is None else year_number(text)
