"""When birthdays are celebrated, and that converting the days equals converting the people."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain import lunar
from crm_desktop.domain.birthdays import (
    Birthday,
    BirthdayKey,
    BirthdayRules,
    Day30Rule,
    LeapDayRule,
    LeapMonthRule,
    full_years,
    next_occurrence,
    nominal_age,
    occurrences_between,
    window_dates,
    window_keys,
)
from crm_desktop.domain.problems import Refused

EVERY_KEY = [
    BirthdayKey(False, False, m, d)
    for m in range(1, 13)
    for d in range(1, 32)
    if d <= (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[m - 1]
] + [
    BirthdayKey(True, leap, m, d)
    for leap in (False, True)
    for m in range(1, 13)
    for d in range(1, 31)
]
PEOPLE = {key: Birthday(key.month, key.day, lunar=key.lunar, leap=key.leap) for key in EVERY_KEY}
EVERY_RULE = [
    BirthdayRules(*kinds) for kinds in itertools.product(LeapMonthRule, Day30Rule, LeapDayRule)
]
rules = st.sampled_from(EVERY_RULE)
LEAP_6_1 = Birthday(6, 1, lunar=True, leap=True)


def one_by_one(first: date, last: date, rule: BirthdayRules) -> dict[BirthdayKey, tuple[date, ...]]:
    found = {key: occurrences_between(one, first, last, rule) for key, one in PEOPLE.items()}
    return {key: days for key, days in found.items() if days}


@given(st.dates(date(1901, 1, 1), date(2099, 12, 31)), st.integers(0, 40), rules)
def test_converting_the_days_equals_converting_the_people(
    first: date, more: int, rule: BirthdayRules
) -> None:
    last = first + timedelta(days=more)
    assert window_dates(first, last, rule) == one_by_one(first, last, rule)
    assert window_keys(first, last, rule) == set(one_by_one(first, last, rule))


@pytest.mark.parametrize("rule", EVERY_RULE)
@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2025, 1, 20), date(2025, 2, 5)),  # New Year's Eve without a 30th
        (date(2033, 12, 15), date(2034, 3, 1)),  # the leap 11th month
        (date(2024, 2, 25), date(2024, 3, 3)),
        (date(2025, 2, 25), date(2025, 3, 3)),
        (date(2025, 6, 20), date(2025, 9, 1)),
        (date(2023, 1, 1), date(2025, 12, 31)),
        (date(1900, 1, 1), date(1900, 3, 15)),
        (date(2100, 12, 1), date(2101, 3, 1)),
    ],
)
def test_the_hard_windows(first: date, last: date, rule: BirthdayRules) -> None:
    assert window_dates(first, last, rule) == one_by_one(first, last, rule)


@given(st.sampled_from(EVERY_KEY), st.dates(date(1901, 1, 1), date(2060, 1, 1)), rules)
def test_the_next_one_is_the_first_of_those_to_come(
    key: BirthdayKey, start: date, rule: BirthdayRules
) -> None:
    end = start + timedelta(days=366 * 40)
    coming = occurrences_between(PEOPLE[key], start, end, rule)
    following = next_occurrence(PEOPLE[key], start, rule)
    if coming:
        assert following == coming[0]
    else:
        assert following is None or following > end


@pytest.mark.parametrize(
    ("birthday", "start", "expected"),
    [
        (Birthday(8, 15), date(2026, 8, 15), date(2026, 8, 15)),
        (Birthday(8, 15), date(2026, 8, 16), date(2027, 8, 15)),
        (Birthday(2, 29, 2000), date(2026, 1, 1), date(2026, 2, 28)),
        (Birthday(2, 29, 2000), date(2028, 1, 1), date(2028, 2, 29)),
        (Birthday(12, 8, lunar=True), date(2026, 1, 1), date(2026, 1, 26)),
        (Birthday(11, 15, lunar=True), date(2025, 1, 1), date(2026, 1, 3)),
        (Birthday(12, 30, lunar=True), date(2025, 1, 1), date(2025, 1, 28)),
        (Birthday(12, 30, lunar=True), date(2024, 2, 1), date(2024, 2, 9)),
        (LEAP_6_1, date(2025, 1, 1), date(2025, 7, 25)),
        (LEAP_6_1, date(2026, 1, 1), date(2026, 7, 14)),
        (Birthday(11, 1, lunar=True, leap=True), date(2033, 12, 1), date(2033, 12, 22)),
        (Birthday(12, 29, lunar=True), date(2101, 2, 1), None),
    ],
)
def test_next_occurrence(birthday: Birthday, start: date, expected: date | None) -> None:
    assert next_occurrence(birthday, start) == expected


def test_each_rule_is_a_setting() -> None:
    leap_day, day_30 = Birthday(2, 29), Birthday(12, 30, lunar=True)
    assert next_occurrence(
        leap_day, date(2026, 1, 1), BirthdayRules(leap_day=LeapDayRule.MAR_1)
    ) == date(2026, 3, 1)
    assert next_occurrence(
        day_30, date(2025, 1, 20), BirthdayRules(day_30=Day30Rule.NEXT_DAY)
    ) == date(2025, 1, 29)
    assert next_occurrence(
        LEAP_6_1, date(2025, 9, 1), BirthdayRules(leap_month=LeapMonthRule.SKIP)
    ) == date(2036, 7, 23)


@pytest.mark.parametrize(
    ("birthday", "on", "full", "nominal"),
    [
        (Birthday(8, 15, 1985), date(2026, 8, 15), 41, 42),
        (Birthday(8, 15, 1985), date(2026, 8, 14), 40, 42),
        (Birthday(1, 5, 1985), date(2026, 1, 5), 41, 42),  # born in lunar 1984, on lunar 2025
        (Birthday(1, 5, 1985), date(2026, 3, 1), 41, 43),
        (Birthday(8, 15, 1985, lunar=True), date(2026, 9, 25), 41, 42),
        (Birthday(8, 15, 1985, lunar=True), date(2026, 9, 24), 40, 42),
        (Birthday(12, 8, 1985, lunar=True), date(2026, 1, 26), 40, 41),
        (Birthday(2, 29, 2000), date(2025, 2, 28), 25, 26),
        (Birthday(8, 15), date(2026, 8, 15), None, None),
        (Birthday(8, 15, 2026), date(2026, 8, 14), None, None),
        (Birthday(8, 15, 2026), date(2026, 8, 15), 0, 1),
        (Birthday(8, 15, 1850), date(1950, 8, 15), 100, None),
    ],
)
def test_ages(birthday: Birthday, on: date, full: int | None, nominal: int | None) -> None:
    assert full_years(birthday, on) == full
    assert nominal_age(birthday, on) == nominal


@given(st.dates(date(1905, 1, 1), date(2000, 12, 31)), st.integers(0, 36000), st.booleans(), rules)
def test_an_age_grows_by_one_on_each_celebration_and_on_no_other_day(
    born: date, later: int, by_moon: bool, rule: BirthdayRules
) -> None:
    birthday = Birthday(born.month, born.day, born.year)
    if by_moon:
        seen = lunar.to_lunar(born)
        birthday = Birthday(seen.month, seen.day, seen.year, lunar=True, leap=seen.leap)
    assert birthday.born == born
    on = born + timedelta(days=later + 1)
    before, now = full_years(birthday, on - timedelta(days=1), rule), full_years(birthday, on, rule)
    assert before is not None
    assert now is not None
    grows = rule if not by_moon else BirthdayRules(day_30=rule.day_30)
    assert now - before == len(occurrences_between(birthday, on, on, grows))


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"month": 13, "day": 1}, "dates.no_such_day"),
        ({"month": 4, "day": 31}, "dates.no_such_day"),
        ({"month": 2, "day": 29, "year": 2023}, "dates.no_leap_day"),
        ({"month": 1, "day": 31, "lunar": True}, "dates.no_such_day"),
        ({"month": 12, "day": 30, "year": 2024, "lunar": True}, "dates.no_lunar_day"),
        ({"month": 4, "day": 1, "year": 1985, "lunar": True, "leap": True}, "dates.no_lunar_day"),
        ({"month": 1, "day": 1, "year": 0}, "dates.no_such_year"),
    ],
)
def test_days_that_cannot_be(parts: dict[str, int], code: str) -> None:
    with pytest.raises(Refused) as refused:
        Birthday(**parts)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_a_leap_month_is_lunar() -> None:
    with pytest.raises(ValueError, match="lunar"):
        Birthday(4, 1, leap=True)
