"""Dates, amounts and numbers as they read in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.ui import formats
from crm_desktop.ui.language import set_language

TODAY = date(2026, 11, 20)


@pytest.fixture(params=["en", "zh"])
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    yield set_language(request.param)
    set_language("en")


def test_due(spoken: str) -> None:
    said = [
        formats.due_text(TODAY - timedelta(2), TODAY),
        formats.due_text(TODAY, TODAY, time(14)),
        formats.due_text(TODAY + timedelta(1), TODAY),
        formats.due_text(date(2026, 11, 28), TODAY),
        formats.due_text(date(2027, 11, 28), TODAY),
        formats.due_text(None, TODAY),
    ]
    assert said == {
        "en": [
            "2 days overdue", "Today 14:00", "Tomorrow", "Sat 28 Nov", "28 Nov 2027", "No date",
        ],
        "zh": ["已逾期 2 天", "今天 14:00", "明天", "11月28日 周六", "2027年11月28日", "无日期"],
    }[spoken]  # fmt: skip


def test_one_day_is_not_plural() -> None:
    assert formats.due_text(TODAY - timedelta(1), TODAY) == "1 day overdue"


def test_long_day(spoken: str) -> None:
    expected = {"en": "Friday, 20 November", "zh": "11月20日 星期五"}
    assert formats.day_long(TODAY) == expected[spoken]


def test_money(spoken: str) -> None:
    assert formats.money(86400) == "¥86,400"
    assert formats.money(Decimal("86400.5")) == "¥86,400.50"
    assert formats.money(Decimal("-5"), "USD", cents=True) == "-$5.00"
    assert formats.money(1, "CHF") == "CHF 1"
    short = [formats.money_short(v) for v in (950, 128000, 1288888, 123456789)]
    assert (
        short
        == {
            "en": ["¥950", "¥128k", "¥1.3M", "¥123M"],
            "zh": ["¥950", "¥12.8 万", "¥129 万", "¥1.2 亿"],
        }[spoken]
    )


def test_numbers() -> None:
    assert formats.number(1234567) == "1,234,567"
    assert formats.number(Decimal("1234.50")) == "1,234.5"
    assert formats.number(Decimal("100")) == "100"
    assert formats.number(Decimal("1E+3")) == "1,000"
    assert formats.number(Decimal("0.005"), 2) == "0.01"
    assert formats.percent(Decimal("12.345"), 1) == "12.3%"
    assert formats.size_text(4_400_000) == "4.2 MB"


def test_moments(spoken: str) -> None:
    yesterday = datetime(2026, 11, 19, 16, 20)
    now = datetime(2026, 11, 20, 16, 20)
    said = (
        formats.moment_text(yesterday, TODAY),
        formats.ago(yesterday, now),
        formats.in_days(date(2026, 11, 23), TODAY),
        formats.duration(90),
    )
    assert (
        said
        == {
            "en": ("Yesterday 16:20", "1 day ago", "In 3 days", "1 h 30 min"),
            "zh": ("昨天 16:20", "1 天前", "3 天后", "1 小时 30 分钟"),
        }[spoken]
    )


def test_birthdays(spoken: str) -> None:
    said = [
        formats.birthday_text(Birthday(12, 1)),
        formats.birthday_text(Birthday(12, 1, 1985)),
        formats.birthday_text(Birthday(10, 23, lunar=True)),
    ]
    assert (
        said
        == {
            "en": ["1 Dec", "1 Dec 1985", "lunar 10/23"],
            "zh": ["12月1日", "1985年12月1日", "农历十月廿三"],
        }[spoken]
    )


def test_a_weekday_beyond_six_days_has_its_date(spoken: str) -> None:
    assert date(2026, 11, 20) == TODAY  # a Friday
    assert [formats.weekday_near(date(2026, 11, day), TODAY) for day in (22, 26, 27)] == {
        "en": ["Sun", "Thu", "Fri 27 Nov"],
        "zh": ["周日", "周四", "11月27日 周五"],
    }[spoken]
