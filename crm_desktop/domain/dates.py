"""Dates and birthdays out of fields and foreign files: every usual spelling, nothing guessed.

Blank gives None; what cannot be read, or can be read in two ways, raises `Refused`.

Two-digit years: a date lies between 80 years before today and 19 after it; a birthday is the
latest one that is not in the future. Without `today` both follow Excel: 30 to 99 are 19xx.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final, TypeVar

from crm_desktop.domain import lunar as chinese
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.text import shortened
from crm_desktop.domain.written_dates import ORDERS, Order, Written, clean, readings

T = TypeVar("T", date, Birthday)

# fmt: off
_BLANK: Final = frozenset((
    "", "-", "--", "---", "/", "无", "暂无", "未知", "不详", "空", "n/a", "na", "none", "null",
    "nil", "unknown", "0000-00-00", "0000/00/00",
))
# fmt: on
_LAST_SERIAL: Final = 2_958_465  # 9999-12-31
# Bare digits in text are a serial number only where it falls between 1927 and 2099.
_TEXT_SERIAL: Final = range(10_000, 73_051)


def from_serial(serial: float, *, epoch_1904: bool = False) -> date:
    """The day of an Excel serial number, its time of day dropped.

    Excel counts a 29 February 1900 that never was: serial 60 becomes the 28th.
    """
    if not math.isfinite(serial) or not 0 <= serial < _LAST_SERIAL + 1:
        raise Refused("dates.number", value=_short(serial))
    whole = int(serial)
    if epoch_1904:
        if whole > _LAST_SERIAL - 1462:
            raise Refused("dates.number", value=_short(serial))
        return date(1904, 1, 1) + timedelta(days=whole)
    if whole == 0:  # a bare time of day
        raise Refused("dates.number", value=_short(serial))
    if whole == 60:
        return date(1900, 2, 28)
    return date(1899, 12, 31 if whole < 60 else 30) + timedelta(days=whole)


def parse_date(
    value: object,
    order: Order | None = None,
    today: date | None = None,
    *,
    epoch_1904: bool = False,
) -> date | None:
    """The date in a field or cell.

    `order` is the column's, for 5/6/2024; a value that contradicts it is refused, and so is one
    with two readings where no order is given. A number is an Excel serial, or 20240506; numbers
    that look like a bare year are refused.
    """
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return _of_number(float(value), epoch_1904)
    if not isinstance(value, str):
        raise Refused("dates.not_a_date", value=_short(value))
    text = clean(value)
    if text.lower() in _BLANK:
        return None
    if text.isascii() and text.isdigit() and len(text) == 5 and int(text) in _TEXT_SERIAL:
        return from_serial(int(text), epoch_1904=epoch_1904)

    def fits(written: Written) -> date | None:
        if written.year is None:
            return None
        year = _full_year(written, today)
        try:
            return date(year, written.month, written.day)
        except ValueError:
            return None

    if any(written.year is None for written in readings(text, order)):
        raise Refused("dates.no_year", value=_short(value))
    return _one(value, text, order, fits)


def parse_birthday(
    value: object,
    order: Order | None = None,
    today: date | None = None,
    *,
    lunar: bool | None = None,
    epoch_1904: bool = False,
) -> Birthday | None:
    """The birthday in a field or cell: with or without year, solar or lunar.

    Lunar is what says so (农历, 阴历, 旧历, lunar), what only a lunar day has (闰, 正月, 冬月,
    腊月, 初, 廿, a feast), and month and day both in Chinese numerals without 日 or 号: 八月十五 is
    lunar, 八月十五日 is not. `lunar` is the calendar of the whole column where its header names
    one: True makes plain numbers lunar, False makes bare numerals solar. Of 8/15 the month comes
    first unless the order is dmy. With `today`, days in the future are refused.
    """
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else str(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = _birthday_number(value)
    if not isinstance(value, str):
        day = parse_date(value, order, today, epoch_1904=epoch_1904)
        return None if day is None else _born(Written(day.year, day.month, day.day), today, lunar)
    text = clean(value)
    if text.lower() in _BLANK:
        return None
    said, text = _calendar_said(text)
    leap = False
    words = chinese.parse_lunar(text)
    if words is not None and said is not False:
        by_signs = lunar is not False or said or _ONLY_LUNAR.search(text)
        if said or lunar or (words.certain and by_signs):
            short = words.year is not None and words.year < 100
            written = Written(words.year, words.month, words.day, short)
            return _born(written, today, True, leap=words.leap)
    if said and (found := _LEAP.match(text)):
        leap, text = True, text[found.end() :]
    by_moon = said if said is not None else bool(lunar)
    if text.isascii() and text.isdigit():
        if len(text) == 5 and int(text) in _TEXT_SERIAL:
            day = from_serial(int(text), epoch_1904=epoch_1904)
            return _born(Written(day.year, day.month, day.day), today, by_moon)
        if len(text) == 4:
            text = f"--{text}"

    reasons: list[Refused] = []

    def fits(written: Written) -> Birthday | None:
        try:
            return _born(written, today, by_moon, leap=leap)
        except Refused as refused:
            if refused.code != "dates.no_such_day":
                reasons.append(refused)
            return None

    try:
        return _one(value, text, order, fits)
    except Refused as refused:
        if refused.code == "dates.no_such_date" and reasons:
            raise reasons[0] from None
        raise


_LUNAR_SAID: Final = re.compile(
    r"[(\[【]?\s*(?:[农農阴陰旧舊夏古][历曆歷]|\blunar\b)\s*(?:calendar|生日)?\s*[)\]】]?\s*:?"
    r"|[(\[【][农農阴陰][)\]】]|^[农農阴陰](?=[\d闰正一二三四五六七八九十冬腊])",
    re.IGNORECASE,
)
_SOLAR_SAID: Final = re.compile(
    r"[(\[【]?\s*(?:[公阳陽新西国國][历曆歷]|\b(?:solar|gregorian)\b)"
    r"\s*(?:calendar|生日)?\s*[)\]】]?\s*:?"
    r"|[(\[【][公阳陽][)\]】]|^[公阳陽](?=[\d一二三四五六七八九十])",
    re.IGNORECASE,
)
_ONLY_LUNAR: Final = re.compile("[闰閏初廿正冬腊臘]")
_LEAP: Final = re.compile(r"\s*(?:闰|閏|leap\b)\s*", re.IGNORECASE)


def _calendar_said(text: str) -> tuple[bool | None, str]:
    """Whether the text itself names its calendar, and the text without that."""
    for lunar, said in ((True, _LUNAR_SAID), (False, _SOLAR_SAID)):
        rest, count = said.subn(" ", text)
        if count:
            return lunar, " ".join(rest.split()).strip(" :,")
    return None, text


def _born(
    written: Written, today: date | None, lunar: bool | None, *, leap: bool = False
) -> Birthday:
    year = written.year
    if year is not None and written.short:
        year = _full_year(written, today, born=True)
    birthday = Birthday(written.month, written.day, year, lunar=bool(lunar), leap=leap)
    if today is not None and year is not None:
        born = birthday.born
        if born > today if born is not None else year > today.year:
            raise Refused("dates.birthday_ahead", value=birthday.text())
    return birthday


def typed_birthday(
    year: int | None, month: int, day: int, today: date, *, lunar: bool = False, leap: bool = False
) -> Birthday:
    """The birthday typed part by part. Refused for what cannot be, and for days to come.

    A year of two digits is the latest that is not in the future.
    """
    if year is not None and 100 <= year < 1000:
        raise Refused("dates.no_such_year", year=year)
    written = Written(year, month, day, short=year is not None and year < 100)
    return _born(written, today, lunar, leap=leap)


def _full_year(written: Written, today: date | None, *, born: bool = False) -> int:
    year = written.year or 0
    if not written.short:
        return year
    if today is None:
        return year + (2000 if year < 30 else 1900)
    last = today.year if born else today.year + 19
    if (
        born
        and year == today.year % 100
        and (written.month, written.day) > (today.month, today.day)
    ):
        last -= 1
    return last - (last - year) % 100


def _of_number(number: float, epoch_1904: bool) -> date:
    if number.is_integer() and 19_000_101 <= number <= 99_991_231:
        written = readings(str(int(number)))
        try:
            return date(written[0].year or 0, written[0].month, written[0].day)
        except ValueError:
            raise Refused("dates.number", value=_short(number)) from None
    # A bare year, or month and day that became a decimal number.
    if 1900 <= number <= 2100 or (number < 13 and not number.is_integer()):
        raise Refused("dates.number", value=_short(number))
    return from_serial(number, epoch_1904=epoch_1904)


def _birthday_number(number: float) -> float | str:
    """8.15 typed into Excel became a number; so did 8.1, from which a zero may be lost."""
    if 1 < number < 13 and not float(number).is_integer():
        month, _, day = repr(float(number)).partition(".")
        longest = 31 if month not in ("2", "4", "6", "9", "11") else 30 if month != "2" else 29
        if len(day) == 1 and int(day) * 10 <= longest:
            raise Refused("dates.lost_zero", value=_short(number))
        return f"{month}.{day}"
    if 101 <= number <= 1231 and float(number).is_integer() and 1 <= int(number) % 100 <= 31:
        # 815 may be 15 August or the serial of a day in 1902.
        raise Refused("dates.number", value=_short(number))
    return number


def _one(value: object, text: str, order: Order | None, fits: Callable[[Written], T | None]) -> T:
    """The one thing the text can mean."""
    ways = readings(text, order)
    if not ways:
        raise Refused("dates.not_a_date", value=_short(value))
    found = {meant for way in ways if (meant := fits(way)) is not None}
    if len(found) > 1:
        raise Refused("dates.ambiguous", value=_short(value))
    if found:
        return found.pop()
    if order and any(fits(way) is not None for way in readings(text)):
        raise Refused("dates.other_order", value=_short(value))
    raise Refused("dates.no_such_date", value=_short(value))


@dataclass(frozen=True, slots=True)
class OrderEvidence:
    """What a column's values say about the order of day and month in it.

    `decided` values can only be read in this order; `open` ones fit several.
    """

    order: Order | None
    decided: int
    open: int


def order_evidence(values: Iterable[object]) -> OrderEvidence:
    """Look at a column before it is read; no order where it is ambiguous or contradicts itself."""
    votes: dict[Order, int] = dict.fromkeys(ORDERS, 0)
    unsure = plain = 0
    for value in values:
        if isinstance(value, date):
            plain += 1
        if not isinstance(value, str):
            continue
        text = clean(value)
        possible = [one for one in ORDERS if _possible(text, one)]
        found = {readings(text, one)[0] for one in possible}
        if not possible:
            continue
        if len(possible) == len(ORDERS) and len(found) == 1:
            plain += 1
        elif len(readings(text)) == 1:  # dots and the year last
            votes["dmy"] += 1
        elif len(found) == 1 and len(possible) == 1:
            votes[possible[0]] += 1
        else:
            unsure += 1
    leaders = [one for one, count in votes.items() if count]
    if len(leaders) == 1:
        return OrderEvidence(leaders[0], votes[leaders[0]], unsure)
    if not leaders and plain and not unsure:
        return OrderEvidence("ymd", plain, 0)
    return OrderEvidence(None, 0, unsure)


def date_order(values: Iterable[object]) -> Order | None:
    """The order of the column's dates, None where the values do not settle it."""
    return order_evidence(values).order


def _possible(text: str, order: Order) -> bool:
    found = readings(text, order)
    if len(found) != 1 or found[0].year is None:
        return False
    month, day = found[0].month, found[0].day
    return 1 <= month <= 12 and 1 <= day <= (29 if month == 2 else 31 - (month in (4, 6, 9, 11)))


def _short(value: object) -> str:
    """Enough of a value to recognise it in a sentence."""
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return shortened(text, 40)
