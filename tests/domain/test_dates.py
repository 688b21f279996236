"""Dates and birthdays as people and other programs write them."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import re
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain import lunar
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.dates import (
    date_order,
    from_serial,
    order_evidence,
    parse_birthday,
    parse_date,
)
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.written_dates import Order

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("CRM_TEST_DATA", ROOT.parent / "shared" / "data"))
TODAY = date(2026, 11, 21)  # a Saturday
MAY_6 = date(2024, 5, 6)


@pytest.mark.parametrize(
    "text",
    [
        "2024/5/6", "2024-05-06", "2024.5.6", "2024.05.06.", "2024年5月6日",
        "2024 年 5 月 6 日",
        "2024年5月6号", "二〇二四年五月六日", "二零二四年五月六日", "24年5月6日", "20240506",
        "45418",
        "2024-05-06T00:00:00.000", "2024-05-06 00:00:00", "2024-05-06T12:30:00Z",
        "2024-05-06 12:30:45.123+08:00", "2024/5/6 下午3:00", "2024/5/6 3:45 PM", "6 May 2024",
        "6th May 2024", "May 6, 2024", "May 6 2024", "6-May-24", "6-May-2024", "2024 May 6",
        "Mon, 6 May 2024", "2024-05-06 星期一", "２０２４／５／６", "2024–05–06", "'2024-05-06",
        " 2024-05-06 ", "6.5.2024", "240506",
    ],
)  # fmt: skip
def test_every_spelling_of_one_day(text: str) -> None:
    assert parse_date(text, None, TODAY) == MAY_6


@pytest.mark.parametrize(
    "value",
    [MAY_6, datetime(2024, 5, 6, 23, 59), 45418, 45418.75, Decimal(45418), 20240506, 20240506.0],
)
def test_every_kind_of_cell(value: object) -> None:
    assert parse_date(value) == MAY_6


@pytest.mark.parametrize("value", [None, "", " ", "-", "无", "N/A", "0000-00-00"])
def test_blank(value: object) -> None:
    assert parse_date(value) is None
    assert parse_birthday(value) is None


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("5/6/2024", "dmy", date(2024, 6, 5)),
        ("5/6/2024", "mdy", MAY_6),
        ("05/06/24", "dmy", date(2024, 6, 5)),
        ("24/5/6", "ymd", MAY_6),
        ("13/5/2024", None, date(2024, 5, 13)),
        ("5/13/2024", None, date(2024, 5, 13)),
        ("85/8/15", None, date(1985, 8, 15)),
        ("2024-05-06", "dmy", MAY_6),
    ],
)
def test_orders(text: str, order: Order | None, expected: date) -> None:
    assert parse_date(text, order, TODAY) == expected


@pytest.mark.parametrize(
    ("value", "order", "code"),
    [
        ("5/6/2024", None, "ambiguous"),
        ("05/06/07", None, "ambiguous"),
        ("5/28/2024", "dmy", "other_order"),
        ("28/5/2024", "mdy", "other_order"),
        ("2024-02-30", None, "no_such_date"),
        ("2023年2月29日", None, "no_such_date"),
        ("32/1/2024", None, "no_such_date"),
        ("8/15", None, "no_year"),
        ("八月十五", None, "no_year"),
        ("abc", None, "not_a_date"),
        ("2024-05", None, "not_a_date"),
        ("201012", None, "not_a_date"),
        ("13800138000", None, "not_a_date"),
        (True, None, "not_a_date"),
        (-5, None, "number"),
        (0, None, "number"),
        (0.5, None, "number"),
        (1e9, None, "number"),
        (float("nan"), None, "number"),
        (float("inf"), None, "number"),
        (2_958_466, None, "number"),
        (2024, None, "number"),
        (8.15, None, "number"),
        (20241301, None, "number"),
    ],
)
def test_what_is_refused(value: object, order: Order | None, code: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_date(value, order, TODAY)
    assert refused.value.code == f"dates.{code}"


@pytest.mark.parametrize(
    ("serial", "epoch_1904", "expected"),
    [
        (1, False, date(1900, 1, 1)),
        (59, False, date(1900, 2, 28)),
        (60, False, date(1900, 2, 28)),
        (61, False, date(1900, 3, 1)),
        (2_958_465, False, date(9999, 12, 31)),
        (0, True, date(1904, 1, 1)),
        (60, True, date(1904, 3, 1)),
        (43956, True, MAY_6),
    ],
)
def test_serials(serial: int, epoch_1904: bool, expected: date) -> None:
    assert from_serial(serial, epoch_1904=epoch_1904) == expected


@pytest.mark.parametrize(
    ("text", "today", "as_date", "as_birthday"),
    [
        ("85-08-15", TODAY, 1985, 1985),
        ("45-08-15", TODAY, 2045, 1945),
        ("46-08-15", TODAY, 1946, 1946),
        ("26-11-21", TODAY, 2026, 2026),
        ("26-11-22", TODAY, 2026, 1926),
        ("29-08-15", None, 2029, 2029),
        ("30-08-15", None, 1930, 1930),
    ],
)
def test_two_digit_years(text: str, today: date | None, as_date: int, as_birthday: int) -> None:
    found, born = parse_date(text, "ymd", today), parse_birthday(text, "ymd", today)
    assert found is not None
    assert born is not None
    assert (found.year, born.year) == (as_date, as_birthday)


@given(st.dates(date(1000, 1, 1)))
def test_iso_is_read_back(day: date) -> None:
    assert parse_date(day.isoformat()) == day


@given(st.text(max_size=30) | st.floats() | st.integers())
def test_nothing_else_than_a_date_or_a_refusal(value: object) -> None:
    for read in (parse_date, parse_birthday):
        with contextlib.suppress(Refused):
            read(value, None, TODAY)


@pytest.mark.parametrize(
    ("values", "order", "decided", "unsettled"),
    [
        (["5/6/2024", "13/5/2024"], "dmy", 1, 1),
        (["5/13/2024", "5/6/2024", ""], "mdy", 1, 1),
        (["5/6/2024"], None, 0, 1),
        (["5/13/2024", "13/5/2024"], None, 0, 0),
        (["2024-05-06", "2024年5月6日"], "ymd", 2, 0),
        (["2024-05-06", "13/5/2024"], "dmy", 1, 0),
        (["6.5.2024"], "dmy", 1, 0),
        (["85/8/15"], "ymd", 1, 0),
        ([MAY_6], "ymd", 1, 0),
        (["hello", None, 7], None, 0, 0),
        ([], None, 0, 0),
    ],
)
def test_the_order_of_a_column(
    values: list[object], order: Order | None, decided: int, unsettled: int
) -> None:
    evidence = order_evidence(values)
    assert (evidence.order, evidence.decided, evidence.open) == (order, decided, unsettled)
    assert date_order(values) == order


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("8.15", "--08-15"),
        ("08-15", "--08-15"),
        ("8/15", "--08-15"),
        ("15/8", "--08-15"),
        ("0815", "--08-15"),
        ("--08-15", "--08-15"),
        ("0000-08-15", "--08-15"),
        ("8月15日", "--08-15"),
        ("8月15", "--08-15"),
        ("八月十五日", "--08-15"),
        ("八月十五号", "--08-15"),
        ("Aug 15", "--08-15"),
        (8.15, "--08-15"),
        (8.4, "--08-04"),
        (Decimal("8.10"), "--08-10"),
        ("2.29", "--02-29"),
        ("1985/8/15", "1985-08-15"),
        ("1985.8.15", "1985-08-15"),
        ("1985年8月15日", "1985-08-15"),
        ("一九八五年八月十五日", "1985-08-15"),
        ("85年8月15日", "1985-08-15"),
        ("19850815", "1985-08-15"),
        (19850815, "1985-08-15"),
        (31274, "1985-08-15"),
        ("31274", "1985-08-15"),
        (date(1985, 8, 15), "1985-08-15"),
        (datetime(1985, 8, 15, 8), "1985-08-15"),
        ("15 August 1985", "1985-08-15"),
        ("公历八月十五", "--08-15"),
        ("阳历1985-8-15", "1985-08-15"),
        ("八月十五", "lunar --08-15"),
        ("八月初五", "lunar --08-05"),
        ("农历腊月初八", "lunar --12-08"),
        ("腊月廿三", "lunar --12-23"),
        ("冬月十五", "lunar --11-15"),
        ("正月初一", "lunar --01-01"),
        ("农历1985年八月十五", "lunar 1985-08-15"),
        ("1985年八月十五", "lunar 1985-08-15"),
        ("一九八五年八月十五", "lunar 1985-08-15"),
        ("农历8月15日", "lunar --08-15"),
        ("农历 8.15", "lunar --08-15"),
        ("8月15日(农历)", "lunar --08-15"),
        ("8月15日（农历）", "lunar --08-15"),
        ("阴历85.8.15", "lunar 1985-08-15"),
        ("旧历一九八五年腊月廿九", "lunar 1985-12-29"),
        ("农8.15", "lunar --08-15"),
        ("lunar 1985-08-15", "lunar 1985-08-15"),
        ("8/15 lunar", "lunar --08-15"),
        ("闰四月初一", "lunar leap --04-01"),
        ("农历2025年闰6月1日", "lunar leap 2025-06-01"),
        ("农历闰6-1", "lunar leap --06-01"),
        ("农历2月30日", "lunar --02-30"),
        ("除夕", "lunar --12-30"),
        ("2024年除夕", "lunar 2024-12-29"),
    ],
)
def test_birthdays(value: object, expected: str) -> None:
    birthday = parse_birthday(value, None, TODAY)
    assert birthday is not None
    assert birthday.text() == expected


def test_the_calendar_of_the_column() -> None:
    assert parse_birthday("8/15", lunar=True) == Birthday(8, 15, lunar=True)
    assert parse_birthday(date(1985, 8, 15), lunar=True) == Birthday(8, 15, 1985, lunar=True)
    assert parse_birthday("公历8/15", lunar=True) == Birthday(8, 15)
    assert parse_birthday("八月十五", lunar=False) == Birthday(8, 15)
    assert parse_birthday("八月初五", lunar=False) == Birthday(8, 5, lunar=True)
    assert parse_birthday("农历八月十五", lunar=False) == Birthday(8, 15, lunar=True)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (8.1, "lost_zero"),
        (815, "number"),
        ("2月30日", "no_such_date"),
        ("1985", "no_such_date"),
        ("2023-02-29", "no_leap_day"),
        ("2030-01-01", "birthday_ahead"),
        ("农历1985年闰四月初一", "no_lunar_day"),
        ("农历2024年腊月三十", "no_lunar_day"),
        ("27/8/15", "ambiguous"),
        ("五月", "not_a_date"),
        ("属牛", "not_a_date"),
    ],
)
def test_birthdays_refused(value: object, code: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_birthday(value, None, TODAY)
    assert refused.value.code == f"dates.{code}"


@given(st.dates(date(1905, 1, 1), date(2020, 12, 31)), st.booleans(), st.booleans())
def test_the_stored_form_is_read_back(day: date, by_moon: bool, with_year: bool) -> None:
    year = day.year if with_year else None
    birthday = Birthday(day.month, day.day, year)
    if by_moon:
        seen = lunar.to_lunar(day)
        year = seen.year if with_year else None
        birthday = Birthday(seen.month, seen.day, year, lunar=True, leap=seen.leap)
    assert parse_birthday(birthday.text()) == birthday


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared files to try are not on this machine")
@pytest.mark.parametrize(
    ("name", "encoding"),
    [("faker_客户_gbk.csv", "gb18030"), ("faker_客户_utf8bom.csv", "utf-8-sig")],
)
def test_the_five_notations_of_the_customer_files(name: str, encoding: str) -> None:
    with (DATA / "chinese" / name).open(encoding=encoding, newline="") as lines:
        found = [parse_birthday(row["生日"], None, TODAY) for row in csv.DictReader(lines)]
    assert Counter(
        "blank" if one is None else "month-day" if one.year is None else "full" for one in found
    ) == {"full": 246, "month-day": 30, "blank": 24}
    assert not any(one and one.lunar for one in found)


def test_every_refusal_has_its_words_in_both_languages() -> None:
    words = json.loads((ROOT / "resources/words/dates.json").read_text(encoding="utf-8"))
    codes: set[str] = set()
    for file in (ROOT / "crm_desktop" / "domain").glob("*.py"):
        codes |= set(re.findall(r'Refused\(\s*"(dates\.\w+)"', file.read_text(encoding="utf-8")))
    assert codes == set(words)
    assert all(set(entry) == {"en", "zh"} for entry in words.values())
