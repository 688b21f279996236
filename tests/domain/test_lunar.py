"""The Chinese calendar against five libraries, and its words."""

from __future__ import annotations

import csv
import os
from datetime import date, timedelta
from pathlib import Path

import lunar_python
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain import lunar
from crm_desktop.domain.lunar import LunarDate
from crm_desktop.domain.problems import Refused

VECTORS = (
    Path(os.environ.get("CRM_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
    / "vectors"
    / "lunar_month_bounds_even_years.tsv"
)
days = st.dates(lunar.FIRST_DATE, lunar.LAST_DATE)


def every_month() -> list[tuple[int, int, bool]]:
    return [(y, m, leap) for y in range(1900, 2101) for m, leap in lunar.months_of(y)]


@pytest.mark.skipif(not VECTORS.is_file(), reason="the calendar vectors are not on this machine")
def test_month_bounds_are_those_five_libraries_agree_on() -> None:
    with VECTORS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    assert len(rows) > 2400
    for row in rows:
        day = LunarDate(
            int(row["lunar_year"]),
            int(row["lunar_month"]),
            int(row["lunar_day"]),
            row["leap"] == "1",
        )
        assert lunar.to_lunar(date.fromisoformat(row["solar"])) == day
        assert lunar.to_solar(day) == date.fromisoformat(row["solar"])


def test_every_month_agrees_with_lunar_python() -> None:
    theirs = {
        (m.getYear(), abs(m.getMonth()), m.getMonth() < 0): (
            m.getDayCount(),
            lunar_python.Solar.fromJulianDay(m.getFirstJulianDay()).toYmd(),
        )
        for year in range(1900, 2101)
        for m in lunar_python.LunarYear.fromYear(year).getMonthsInYear()
        if m.getYear() == year
    }
    ours = {
        (y, m, leap): (
            lunar.month_length(y, m, leap),
            lunar.to_solar(LunarDate(y, m, 1, leap)).isoformat(),
        )
        for y, m, leap in every_month()
    }
    assert ours == theirs


def test_every_month_agrees_with_sxtwl_but_the_new_moon_at_midnight_in_2057() -> None:
    sxtwl = pytest.importorskip("sxtwl", reason="sxtwl has no wheels for this Python")
    differing = []
    for year, month, leap in every_month():
        first = lunar.to_solar(LunarDate(year, month, 1, leap))
        seen = sxtwl.fromSolar(first.year, first.month, first.day)
        theirs = (
            seen.getLunarYear(),
            seen.getLunarMonth(),
            seen.getLunarDay(),
            seen.isLunarLeap(),
            sxtwl.getLunarMonthNum(year, month, leap),
        )
        if theirs != (year, month, 1, leap, lunar.month_length(year, month, leap)):
            differing.append((year, month))
    assert differing == [(2057, 8), (2057, 9)]


@given(days)
def test_there_and_back(day: date) -> None:
    assert lunar.to_solar(lunar.to_lunar(day)) == day


def test_days_follow_each_other_without_gap_or_repeat() -> None:
    day = lunar.FIRST_DATE
    for year, month, leap in every_month():
        for number in range(1, lunar.month_length(year, month, leap) + 1):
            assert lunar.to_lunar(day) == LunarDate(year, month, number, leap)
            day += timedelta(days=1)
    assert day == lunar.LAST_DATE + timedelta(days=1)


def test_the_famous_places() -> None:
    assert lunar.leap_month(2033) == 11
    assert lunar.to_solar(LunarDate(2033, 11, 1, leap=True)) == date(2033, 12, 22)
    assert lunar.to_lunar(date(2025, 1, 28)) == LunarDate(2024, 12, 29)  # New Year's Eve, no 30th
    assert lunar.new_year(2025) == date(2025, 1, 29)
    assert lunar.to_lunar(date(2025, 7, 25)) == LunarDate(2025, 6, 1, leap=True)
    assert lunar.months_of(2025)[5:7] == ((6, False), (6, True))
    assert lunar.month_length(2025, 4, leap=True) == 0


@pytest.mark.parametrize("day", [date(1900, 1, 30), date(2101, 1, 29), date(1, 1, 1)])
def test_days_out_of_reach_are_refused(day: date) -> None:
    assert not lunar.covers(day)
    with pytest.raises(Refused, match="lunar_range"):
        lunar.to_lunar(day)


@pytest.mark.parametrize(
    "day",
    [
        LunarDate(2024, 12, 30),
        LunarDate(2024, 4, 1, leap=True),
        LunarDate(2024, 13, 1),
        LunarDate(2024, 1, 0),
    ],
)
def test_days_that_are_not_are_refused(day: LunarDate) -> None:
    with pytest.raises(Refused, match="no_lunar_day"):
        lunar.to_solar(day)


@pytest.mark.parametrize(
    ("text", "month", "day", "leap", "year"),
    [
        ("农历腊月初八", 12, 8, False, None),
        ("农历闰四月初一", 4, 1, True, None),
        ("农历1985年八月十五", 8, 15, False, 1985),
        ("农历正月廿三", 1, 23, False, None),
        ("农历冬月三十", 11, 30, False, None),
        ("农历十月二十", 10, 20, False, None),
    ],
)
def test_printing(text: str, month: int, day: int, leap: bool, year: int | None) -> None:
    assert lunar.lunar_text(month, day, leap=leap, year=year) == text


@given(days)
def test_what_is_printed_is_read_back(day: date) -> None:
    seen = lunar.to_lunar(day)
    text = lunar.lunar_text(seen.month, seen.day, leap=seen.leap, year=seen.year)
    words = lunar.parse_lunar(text.removeprefix("农历"))
    assert words == lunar.LunarWords(seen.year, seen.month, seen.day, seen.leap, certain=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("八月十五", (None, 8, 15, False, True)),
        ("八月十五日", (None, 8, 15, False, False)),
        ("8月15", (None, 8, 15, False, False)),
        ("十二月初八", (None, 12, 8, False, True)),
        ("闰6月初1", (None, 6, 1, True, True)),
        ("一九八五年十一月廿九", (1985, 11, 29, False, True)),
        ("除夕", (None, 12, 30, False, True)),
        ("1985年除夕", (1985, 12, 30, False, True)),
        ("2024年除夕", (2024, 12, 29, False, True)),
        ("中秋", (None, 8, 15, False, True)),
        ("十三月初一", None),
        ("八月卅一", None),
        ("张伟", None),
    ],
)
def test_reading_words(text: str, expected: tuple[object, ...] | None) -> None:
    words = lunar.parse_lunar(text)
    assert (words and (words.year, words.month, words.day, words.leap, words.certain)) == expected
