"""The short ways to type a day into a field, in both languages."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.problems import Refused
from crm_desktop.domain.typed_dates import typed_date

TODAY = date(2026, 11, 21)  # a Saturday


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", "2026-11-21"),
        ("今天", "2026-11-21"),
        ("tomorrow", "2026-11-22"),
        ("明天", "2026-11-22"),
        ("后天", "2026-11-23"),
        ("大后天", "2026-11-24"),
        ("yesterday", "2026-11-20"),
        ("昨天", "2026-11-20"),
        ("+3d", "2026-11-24"),
        ("3d", "2026-11-24"),
        ("-1d", "2026-11-20"),
        ("2w", "2026-12-05"),
        ("2m", "2027-01-21"),
        ("1y", "2027-11-21"),
        ("3天", "2026-11-24"),
        ("三天后", "2026-11-24"),
        ("2周后", "2026-12-05"),
        ("两个月后", "2027-01-21"),
        ("in 3 days", "2026-11-24"),
        ("in a week", "2026-11-28"),
        ("fri", "2026-11-27"),
        ("Friday", "2026-11-27"),
        ("sat", "2026-11-21"),
        ("周五", "2026-11-27"),
        ("周六", "2026-11-21"),
        ("本周五", "2026-11-20"),
        ("下周一", "2026-11-23"),
        ("下个星期三", "2026-11-25"),
        ("next monday", "2026-11-23"),
        ("next fri", "2026-11-27"),
        ("friday next week", "2026-11-27"),
        ("下下周二", "2026-12-01"),
        ("next week", "2026-11-23"),
        ("next month", "2026-12-01"),
        ("周末", "2026-11-21"),
        ("11.28", "2026-11-28"),
        ("11/28", "2026-11-28"),
        ("11-20", "2027-11-20"),
        ("11月28日", "2026-11-28"),
        ("明年3月1日", "2027-03-01"),
        ("28 Nov", "2026-11-28"),
        ("Nov 28", "2026-11-28"),
        ("5号", "2026-12-05"),
        ("the 5th", "2026-12-05"),
        ("31号", "2026-12-31"),
        ("下个月5号", "2026-12-05"),
        ("月底", "2026-11-30"),
        ("eom", "2026-11-30"),
        ("下月底", "2026-12-31"),
        ("年底", "2026-12-31"),
        ("2.29", "2028-02-29"),
        ("2026-12-01", "2026-12-01"),
        ("2027/1/2 周六", "2027-01-02"),
        ("20261201", "2026-12-01"),
    ],
)
def test_short_ways_in_a_field(text: str, expected: str) -> None:
    assert typed_date(text, TODAY) == date.fromisoformat(expected)


def test_a_field_knows_the_order_and_refuses_the_rest() -> None:
    assert typed_date("5/12", TODAY, "dmy") == date(2026, 12, 5)
    assert typed_date("5/12/2026", TODAY, "dmy") == date(2026, 12, 5)
    assert typed_date("", TODAY) is None
    for text in ("abc", "2月30日", "5/6/2024", "12月"):
        with pytest.raises(Refused):
            typed_date(text, TODAY)


@given(
    st.text(alphabet="0123456789+-./ dwmyfrisaten今明后天周下个月底号日年一二三十ſ３", max_size=14)
)
def test_typing_anything_gives_a_day_or_a_refusal(text: str) -> None:
    with contextlib.suppress(Refused):
        typed_date(text, TODAY)
