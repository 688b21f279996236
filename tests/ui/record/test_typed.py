"""What is typed into the line of a day and time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.due import Due
from crm_desktop.domain.problems import Refused
from crm_desktop.ui.record.typed import Typed, due_input

ZONE = "Asia/Shanghai"
TYPED = Typed(FixedClock(datetime(2026, 11, 20, 1, tzinfo=UTC), ZONE))  # a Friday, 09:00


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("2026-12-05 15:00", date(2026, 12, 5), time(15)),
        ("12.5 15:00", date(2026, 12, 5), time(15)),
        ("12月5日 9:30", date(2026, 12, 5), time(9, 30)),
        ("Sat 28 Nov 12:00", date(2026, 11, 28), time(12)),
        ("明天下午3点", date(2026, 11, 21), time(15)),
        ("tomorrow 3pm", date(2026, 11, 21), time(15)),
        ("3d 9:00", date(2026, 11, 23), time(9)),
        ("15:00", date(2026, 11, 20), time(15)),
        ("11.28", date(2026, 11, 28), None),
        ("+3d", date(2026, 11, 23), None),
        ("下周一", date(2026, 11, 23), None),
    ],
)
def test_a_day_keeps_its_time(text: str, day: date, at: time | None) -> None:
    assert TYPED.due(text) == Due(day, at, ZONE)


def test_what_is_no_day_is_refused() -> None:
    with pytest.raises(Refused):
        TYPED.due("whenever it suits")


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
def test_what_the_line_shows_is_read_as_it_was(day: date, at: time | None) -> None:
    due = Due(day, at, ZONE)
    assert TYPED.due(due_input(due)) == due
