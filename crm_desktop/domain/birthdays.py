"""Birthdays: what is stored, when they are celebrated, and how old somebody becomes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from crm_desktop.domain import lunar as chinese
from crm_desktop.domain.lunar import LunarDate
from crm_desktop.domain.problems import Refused

_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class LeapMonthRule(StrEnum):
    """A birthday in a leap month, in a year without it."""

    ORDINARY = "ordinary"  # the ordinary month of that number
    SKIP = "skip"  # not celebrated that year


class Day30Rule(StrEnum):
    """A birthday on day 30, in a year in which that month has 29."""

    LAST_DAY = "last_day"  # day 29
    NEXT_DAY = "next_day"  # the first day of the month after


class LeapDayRule(StrEnum):
    """A birthday on 29 February, in a year without that day."""

    FEB_28 = "feb_28"
    MAR_1 = "mar_1"


@dataclass(frozen=True, slots=True)
class BirthdayRules:
    """What to do in years that do not have the day; each is a setting."""

    leap_month: LeapMonthRule = LeapMonthRule.ORDINARY
    day_30: Day30Rule = Day30Rule.LAST_DAY
    leap_day: LeapDayRule = LeapDayRule.FEB_28


DEFAULT_RULES = BirthdayRules()


class BirthdayKey(NamedTuple):
    """What an indexed query looks people up by: a birthday without its year."""

    lunar: bool
    leap: bool
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Birthday:
    """Month and day with or without a year, in one of two calendars; never one date.

    A lunar birthday's year is the lunar year. Refuses days that cannot be.
    """

    month: int
    day: int
    year: int | None = None
    lunar: bool = False
    leap: bool = False

    def __post_init__(self) -> None:
        year = self.year
        longest = 30 if self.lunar else _LONGEST[self.month - 1] if 1 <= self.month <= 12 else 0
        if not (1 <= self.month <= 12 and 1 <= self.day <= longest):
            raise Refused("dates.no_such_day", month=self.month, day=self.day)
        if year is not None and not 1 <= year <= 9999:
            raise Refused("dates.no_such_year", year=year)
        if self.leap and not self.lunar:
            raise ValueError("only a lunar birthday lies in a leap month")
        if year is None:
            return
        if not self.lunar:
            if (self.month, self.day) == (2, 29) and not _has_leap_day(year):
                raise Refused("dates.no_leap_day", year=year)
        elif chinese.covers_year(year) and self.day > chinese.month_length(
            year, self.month, self.leap
        ):
            words = chinese.day_and_month(self.month, self.day, leap=self.leap)
            raise Refused("dates.no_lunar_day", year=year, day=words)

    @property
    def key(self) -> BirthdayKey:
        """Without its year."""
        return BirthdayKey(self.lunar, self.leap, self.month, self.day)

    @property
    def born(self) -> date | None:
        """The day of birth in the common calendar, where the year is known and within reach."""
        if self.year is None:
            return None
        if not self.lunar:
            return date(self.year, self.month, self.day)
        if not chinese.covers_year(self.year):
            return None
        return chinese.to_solar(LunarDate(self.year, self.month, self.day, self.leap))

    def text(self) -> str:
        """The stored and exported form: 1985-08-15, --08-15, lunar 1985-08-15, lunar leap --04-01.

        `dates.parse_birthday` reads it back.
        """
        return birthday_text(self.month, self.day, self.year, lunar=self.lunar, leap=self.leap)


def birthday_text(month: int, day: int, year: int | None, *, lunar: bool, leap: bool) -> str:
    """The same for what is stored, without making a birthday of it."""
    calendar = "lunar leap " if leap else "lunar " if lunar else ""
    return f"{calendar}{'-' if year is None else f'{year:04d}'}-{month:02d}-{day:02d}"


def _has_leap_day(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _after_month(year: int, month: int, leap: bool) -> date:
    """The first day after a lunar month."""
    last = LunarDate(year, month, chinese.month_length(year, month, leap), leap)
    return chinese.to_solar(last) + timedelta(days=1)


def in_year(birthday: Birthday, year: int, rules: BirthdayRules = DEFAULT_RULES) -> date | None:
    """The day it is celebrated in a year of its own calendar; None where the rules skip it."""
    if not birthday.lunar:
        if (birthday.month, birthday.day) == (2, 29) and not _has_leap_day(year):
            return date(year, 2, 28) if rules.leap_day is LeapDayRule.FEB_28 else date(year, 3, 1)
        return date(year, birthday.month, birthday.day)
    leap = birthday.leap
    length = chinese.month_length(year, birthday.month, leap)
    if not length:
        if rules.leap_month is LeapMonthRule.SKIP:
            return None
        leap = False
        length = chinese.month_length(year, birthday.month)
    if birthday.day <= length:
        return chinese.to_solar(LunarDate(year, birthday.month, birthday.day, leap))
    if rules.day_30 is Day30Rule.NEXT_DAY:
        after = _after_month(year, birthday.month, leap)
        return after if chinese.covers(after) else None
    return chinese.to_solar(LunarDate(year, birthday.month, length, leap))


def _years_around(birthday: Birthday, first: date, last: date) -> range:
    """The years of the birthday's own calendar that can reach into these days."""
    if not birthday.lunar:
        return range(first.year, last.year + 1)
    # The 11th and 12th month fall in the next solar year.
    years = range(first.year - 1, last.year + 1)
    return range(max(years.start, chinese.FIRST_DATE.year), min(years.stop, chinese.LAST_DATE.year))


def occurrences_between(
    birthday: Birthday, first: date, last: date, rules: BirthdayRules = DEFAULT_RULES
) -> tuple[date, ...]:
    """The days, both ends included, on which it is celebrated; the year of birth plays no part.

    Lunar ones are known for the lunar years 1900 to 2100 and simply absent outside them.
    """
    days = (in_year(birthday, year, rules) for year in _years_around(birthday, first, last))
    return tuple(day for day in days if day is not None and first <= day <= last)


def next_occurrence(
    birthday: Birthday, start: date, rules: BirthdayRules = DEFAULT_RULES
) -> date | None:
    """The first celebration on `start` or after it: today's birthday is today.

    None only where the calendar ends (lunar: with lunar year 2100) or the rules wait for a
    leap month that does not come again within it.
    """
    year = start.year - 1 if birthday.lunar else start.year
    last = chinese.LAST_DATE.year - 1 if birthday.lunar else 9999
    for candidate in range(max(year, chinese.FIRST_DATE.year if birthday.lunar else 1), last + 1):
        day = in_year(birthday, candidate, rules)
        if day is not None and day >= start:
            return day
    return None


def full_years(birthday: Birthday, on: date, rules: BirthdayRules = DEFAULT_RULES) -> int | None:
    """周岁 on that day: how many birthdays, in the birthday's own calendar, have come.

    None without a year, before the birth, and where the lunar table does not reach.
    """
    if birthday.year is None:
        return None
    year = on.year
    if birthday.lunar:
        if not (chinese.covers(on) and chinese.covers_year(birthday.year)):
            return None
        year = chinese.to_lunar(on).year
        # A year without the leap month still makes people older.
        rules = replace(rules, leap_month=LeapMonthRule.ORDINARY)
    born = birthday.born
    if born is not None and on < born:
        return None
    day = in_year(birthday, year, rules)
    age = year - birthday.year - (day is not None and day > on)
    # Day 30 moved to the next day can cross the new year.
    return max(age, 0)


def nominal_age(birthday: Birthday, on: date) -> int | None:
    """虚岁 on that day: one at birth, one more with every Chinese new year."""
    born = birthday.born
    if born is None or on < born or not (chinese.covers(born) and chinese.covers(on)):
        return None
    return chinese.to_lunar(on).year - chinese.to_lunar(born).year + 1


def _solar_keys(day: date, rules: BirthdayRules) -> Iterator[BirthdayKey]:
    yield BirthdayKey(False, False, day.month, day.day)
    moved = (2, 28) if rules.leap_day is LeapDayRule.FEB_28 else (3, 1)
    if (day.month, day.day) == moved and not _has_leap_day(day.year):
        yield BirthdayKey(False, False, 2, 29)


def _month_keys(
    year: int, month: int, leap: bool, day: int, rules: BirthdayRules
) -> Iterator[BirthdayKey]:
    """Whose day this is by its month: those of the month, and those of a missing leap month."""
    yield BirthdayKey(True, leap, month, day)
    ordinary = rules.leap_month is LeapMonthRule.ORDINARY
    if ordinary and not leap and chinese.leap_month(year) != month:
        yield BirthdayKey(True, True, month, day)


def _lunar_keys(day: date, rules: BirthdayRules) -> Iterator[BirthdayKey]:
    today = chinese.to_lunar(day)
    yield from _month_keys(today.year, today.month, today.leap, today.day, rules)
    if rules.day_30 is Day30Rule.LAST_DAY:
        ends = today.day == 29 == chinese.month_length(today.year, today.month, today.leap)
        if ends:
            yield from _month_keys(today.year, today.month, today.leap, 30, rules)
    elif today.day == 1 and day > chinese.FIRST_DATE:
        before = chinese.to_lunar(day - timedelta(days=1))
        if before.day == 29:
            yield from _month_keys(before.year, before.month, before.leap, 30, rules)


def window_dates(
    first: date, last: date, rules: BirthdayRules = DEFAULT_RULES
) -> dict[BirthdayKey, tuple[date, ...]]:
    """Every birthday celebrated in these days, both ends included, and on which of them.

    Converts the days instead of the people: equal to asking `occurrences_between` of everyone.
    """
    found: dict[BirthdayKey, tuple[date, ...]] = {}
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        for key in _solar_keys(day, rules):
            found[key] = (*found.get(key, ()), day)
        if chinese.covers(day):
            for key in _lunar_keys(day, rules):
                found[key] = (*found.get(key, ()), day)
    return found


def window_keys(first: date, last: date, rules: BirthdayRules = DEFAULT_RULES) -> set[BirthdayKey]:
    """The birthdays celebrated in these days, as keys for one indexed query."""
    return set(window_dates(first, last, rules))
