"""Short ways to say a day, in both languages: tomorrow, next fri, +3d, 明天, 下周一, 11.28, 月底.

Rules: a weekday alone is the coming one, today included; "next Friday" and 下周五 lie in the week
that begins next Monday, "this Friday" and 这周五 in the running one. "Next week" and 下周 are next
Monday, "next month" and 下个月 its first day. A day without a year is the coming one.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from crm_desktop.domain.chinese_numbers import NUMERAL, YEAR_NUMERAL, number, year_number
from crm_desktop.domain.written_dates import ENGLISH_MONTH, english_month

Say = Callable[[re.Match[str], date], date | None]


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A day said in a text, and where."""

    day: date
    start: int
    end: int


def add_months(day: date, count: int) -> date:
    """The same day some months on; the last one where the month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def coming(month: int, day: int, today: date) -> date | None:
    """The next such day, today included."""
    for year in range(today.year, today.year + 9):  # 29 February may be eight years away
        made = _made(year, month, day)
        if made is not None and made >= today:
            return made
    return None


def _coming_day(day: int, today: date) -> date | None:
    for ahead in range(13):
        first = add_months(today.replace(day=1), ahead)
        made = _made(first.year, first.month, day)
        if made is not None and made >= today:
            return made
    return None


def _day_in_month(ahead: int) -> Say:
    def say(m: re.Match[str], today: date) -> date | None:
        first = add_months(today.replace(day=1), ahead)
        return _made(first.year, first.month, number(m["d"]) or 0)

    return say


_ZH_DAYS: Final = {
    **{word: 0 for word in ("今天", "今日", "今早", "今晚", "今儿")},
    **{word: 1 for word in ("明天", "明日", "明早", "明晚", "明儿")},
    **{word: 2 for word in ("后天", "后日", "後天")},
    "大后天": 3,
    "昨天": -1,
    "昨日": -1,
    "前天": -2,
}
_EN_DAYS: Final = {
    **{word: 0 for word in ("today", "tonight")},
    **{word: 1 for word in ("tomorrow", "tmr", "tmrw")},
    "the day after tomorrow": 2,
    "day after tomorrow": 2,
    "yesterday": -1,
}
_UNITS: Final = {
    **{sign: sign for sign in "dwmy"},
    **dict(zip("天日周星礼月年", "ddwwwmy", strict=True)),
}


def _ahead(today: date, count: int, unit: str) -> date | None:
    try:
        if unit == "d":
            return today + timedelta(days=count)
        if unit == "w":
            return today + timedelta(weeks=count)
        return add_months(today, count if unit == "m" else 12 * count)
    except (ValueError, OverflowError):
        return None


def _count(text: str) -> int | None:
    return 1 if text.lower() in ("a", "an", "one") else _EN_NUMBERS.get(text.lower(), number(text))


_EN_NUMBERS: Final[dict[str, int | None]] = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10,
}  # fmt: skip
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def weekday(index: int, which: str, today: date) -> date:
    """A weekday counted from Monday; `which` is next, after next, last, this or nothing."""
    monday = today - timedelta(days=today.weekday())
    if which == "next":
        return monday + timedelta(days=7 + index)
    if which == "after next":
        return monday + timedelta(days=14 + index)
    if which == "last":
        return monday + timedelta(days=index - 7)
    if which == "this":
        return monday + timedelta(days=index)
    return today + timedelta(days=(index - today.weekday()) % 7)


def _say_weekday_zh(m: re.Match[str], today: date) -> date | None:
    index = 6 if m["wd"] in "日天7" else (number(m["wd"]) or 0) - 1
    which = {"下": "next", "下下": "after next", "上": "last"}.get(m["which"] or "", "")
    return weekday(index, which or ("this" if m["which"] else ""), today)


def _say_weekday_en(m: re.Match[str], today: date) -> date | None:
    which = (m["which"] or "").lower()
    return weekday(WEEKDAYS.index(m["wd"][:3].lower()), which, today)


def _say_zh_date(m: re.Match[str], today: date) -> date | None:
    month, day = number(m["m"]) or 0, number(m["d"]) or 0
    if m["y"]:
        year = year_number(m["y"])
        return None if year is None else _made(year if year > 99 else 2000 + year, month, day)
    if m["next"]:
        return _made(today.year + 1, month, day)
    return coming(month, day, today)


def _say_en_date(m: re.Match[str], today: date) -> date | None:
    month, day = english_month(m["m"]), int(m["d"])
    return _made(int(m["y"]), month, day) if m["y"] else coming(month, day, today)


def _say_digits(m: re.Match[str], today: date) -> date | None:
    return coming(int(m["m"]), int(m["d"]), today)


def say_ahead(m: re.Match[str], today: date) -> date | None:
    """+3d, 3天后, in 2 weeks: a count and a unit from today."""
    count = _count(m["n"])
    unit = _UNITS[m["u"].removeprefix("个")[0].lower()]
    return None if count is None else _ahead(today, -count if m[0][0] == "-" else count, unit)


def _month_end(ahead: int) -> Say:
    return lambda _, today: month_end(add_months(today.replace(day=1), ahead))


def _month_start(ahead: int) -> Say:
    return lambda _, today: add_months(today.replace(day=1), ahead)


_WEEK = r"(?:周|星期|礼拜)"
WEEKDAY = (
    r"(?P<wd>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)"
)
# Inside a sentence "wed", "sat" and "sun" alone are other words.
_FULL_OR_SAFE = WEEKDAY.replace("wed(?:nesday)?", "wednesday").replace("(?:urday)?", "urday")
_FULL_OR_SAFE = _FULL_OR_SAFE.replace("sun(?:day)?", "sunday")
_NUM = rf"(?P<n>\d{{1,3}}|{NUMERAL})"
_EN_NUM = r"(?P<n>\d{1,3}|an?|one|two|three|four|five|six|seven|ten)"
_DAY = rf"(?P<d>\d{{1,2}}|{NUMERAL})"
_NOT_A_HOUSE = r"(?![楼线店库院馆门机厂房桌柜台])"


def _latin(pattern: str) -> str:
    return rf"(?ai)(?<![A-Za-z0-9])(?<!each )(?<!every ){pattern}(?![A-Za-z0-9])"


def _weekend(which: str, today: date) -> date:
    """Saturday; on a Sunday, the weekend that is still there."""
    return today if not which and today.weekday() == 6 else weekday(5, which, today)


_PHRASES: Final[tuple[tuple[str, Say], ...]] = (
    (
        ("|".join(sorted(_ZH_DAYS, key=len, reverse=True))),
        lambda m, today: today + timedelta(days=_ZH_DAYS[m[0]]),
    ),
    (
        _latin("(?:" + "|".join(sorted(_EN_DAYS, key=len, reverse=True)) + ")"),
        lambda m, today: today + timedelta(days=_EN_DAYS[m[0].lower()]),
    ),
    (
        (
            rf"(?<![每一二两三四五六七八九十\d])(?P<which>下下|下|这|本|上)?个?{_WEEK}"
            r"(?P<wd>[一二三四五六日天]|[1-7](?!\d))"
        ),
        _say_weekday_zh,
    ),
    (
        (r"(?<!每)(?P<which>下下|下|这|本)?个?周末"),
        lambda m, today: _weekend(
            {"下": "next", "下下": "after next"}.get(m["which"] or "", ""), today
        ),
    ),
    (
        (rf"下个?{_WEEK}(?![一二三四五六日天末\d])"),
        lambda _, today: weekday(0, "next", today),
    ),
    (
        (rf"(?:再?过)?{_NUM}(?P<u>天|日|个?(?:周|星期|礼拜)|个月|年)(?:之后|以后|后)"),
        say_ahead,
    ),
    ((rf"再?过{_NUM}(?P<u>天|日|个?(?:周|星期|礼拜)|个月|年)"), say_ahead),
    (("半个?月(?:之后|以后|后)"), lambda _, today: today + timedelta(days=15)),
    (("半年(?:之后|以后|后)"), lambda _, today: add_months(today, 6)),
    (("下个?月(?:底|末)"), _month_end(1)),
    (("(?:本|这个?)?月(?:底|末)"), _month_end(0)),
    (("下个?月初"), _month_start(1)),
    ((rf"下个?月{_DAY}[号日號]?"), _day_in_month(1)),
    ((rf"(?:本|这个?)月{_DAY}[号日號]"), _day_in_month(0)),
    ((rf"下个?月(?!{NUMERAL}|\d|底|末|初|中)"), _month_start(1)),
    (("(?:今年)?年底"), lambda _, today: date(today.year, 12, 31)),
    (
        (
            rf"(?:(?P<y>\d{{4}}|\d{{2}}|{YEAR_NUMERAL})年|(?P<next>明年)|今年)?"
            rf"(?<!个)(?P<m>\d{{1,2}}|{NUMERAL})月{_DAY}[日号號]?"
        ),
        _say_zh_date,
    ),
    (
        (rf"(?<![\d月.])(?P<d>\d{{1,2}}|{NUMERAL})[号日號](?!后|内|之|以){_NOT_A_HOUSE}"),
        lambda m, today: _coming_day(number(m["d"]) or 0, today),
    ),
    (
        (r"(?<![\d./-])(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?![\d./-])"),
        lambda m, today: _made(int(m["y"]), int(m["m"]), int(m["d"])),
    ),
    (
        (
            r"(?<![\d./A-Za-z¥$€-])(?P<m>1[0-2]|0?[1-9])[./-](?P<d>3[01]|[12]\d|0?[1-9])"
            # Not prices, rates and quantities: 11.28 万, 3.5 million.
            r"(?![\d./-]|\s*(?:[万亿元块%折米吨台套kK]|USD|CNY|EUR"
            r"|(?:m|bn|million|thousand|billion|percent|kg|tons?|pcs|hours?|days?|weeks?)\b))"
        ),
        _say_digits,
    ),
    (
        _latin(rf"(?:on\s+|this\s+coming\s+|coming\s+)?{_FULL_OR_SAFE}"),
        lambda m, today: weekday(WEEKDAYS.index(m["wd"][:3].lower()), "", today),
    ),
    (_latin(rf"(?P<which>next|this|last|on)\s+{WEEKDAY}"), _say_weekday_en),
    (
        _latin(r"(?P<which>next|this)?\s*(?:at the )?weekend"),
        lambda m, today: _weekend("next" if (m["which"] or "").lower() == "next" else "", today),
    ),
    (_latin("next week"), lambda _, today: weekday(0, "next", today)),
    (
        _latin(rf"next week\s+(?:on\s+)?{WEEKDAY}"),
        lambda m, today: weekday(WEEKDAYS.index(m["wd"][:3].lower()), "next", today),
    ),
    (
        _latin(rf"{WEEKDAY}\s+next week"),
        lambda m, today: weekday(WEEKDAYS.index(m["wd"][:3].lower()), "next", today),
    ),
    (_latin(rf"in\s+{_EN_NUM}\s+(?P<u>days?|weeks?|months?|years?)(?:'s? time)?"), say_ahead),
    (_latin(rf"{_EN_NUM}\s+(?P<u>days?|weeks?|months?|years?)\s+(?:from now|later)"), say_ahead),
    (
        r"(?i)(?<!\S)\+(?P<n>\d{1,3})\s*(?P<u>[dwmy])(?![A-Za-z0-9])",
        say_ahead,
    ),
    (_latin(r"(?:(?:the )?end of (?:the |this )?month|month end|eom)"), _month_end(0)),
    (_latin(r"(?:the )?end of next month"), _month_end(1)),
    (_latin(r"(?:the )?end of (?:the |this )?year"), lambda _, today: date(today.year, 12, 31)),
    (_latin("next month"), _month_start(1)),
    (_latin(r"(?:the )?(?P<d>\d{1,2})(?:st|nd|rd|th)? (?:of )?next month"), _day_in_month(1)),
    (_latin(r"next month (?:on )?(?:the )?(?P<d>\d{1,2})(?:st|nd|rd|th)"), _day_in_month(1)),
    (
        _latin(
            rf"(?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{ENGLISH_MONTH})"
            r"(?:,?\s+(?P<y>\d{4}))?"
        ),
        _say_en_date,
    ),
    (
        _latin(
            rf"(?P<m>{ENGLISH_MONTH})\s+(?:the )?(?P<d>\d{{1,2}})"
            r"(?:st|nd|rd|th)?(?:,?\s+(?P<y>\d{4}))?"
        ),
        _say_en_date,
    ),
    (
        _latin(r"(?:the )?(?P<d>\d{1,2})(?:st|nd|rd|th)"),
        lambda m, today: _coming_day(int(m["d"]), today),
    ),
)


@cache
def phrases() -> tuple[tuple[re.Pattern[str], Say], ...]:
    """The ways to say a day, compiled when the first one is needed."""
    return tuple((re.compile(pattern), say) for pattern, say in _PHRASES)


def find_day(text: str, today: date) -> FoundDay | None:
    """The first day said in the text; of two that begin together, the longer."""
    best: FoundDay | None = None
    for pattern, say in phrases():
        for found in pattern.finditer(text):
            if best is not None and (found.start(), -found.end()) >= (best.start, -best.end):
                break
            day = say(found, today)
            if day is not None:
                best = FoundDay(day, found.start(), found.end())
                break
    return best
