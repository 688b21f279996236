"""Due times: wall time with its zone, summer time, lateness, Later."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from crm_desktop.domain.due import Due, Later, later, later_options, next_monday
from crm_desktop.domain.problems import Refused

SHANGHAI, BERLIN, NEW_YORK = "Asia/Shanghai", "Europe/Berlin", "America/New_York"


@pytest.mark.parametrize(
    ("due", "utc"),
    [
        (Due(date(2026, 11, 25), time(15), SHANGHAI), datetime(2026, 11, 25, 7)),
        (Due(date(2026, 7, 1), time(9), BERLIN), datetime(2026, 7, 1, 7)),
        (Due(date(2026, 1, 1), time(9), BERLIN), datetime(2026, 1, 1, 8)),
        (Due(date(2026, 11, 25), None, SHANGHAI), datetime(2026, 11, 24, 16)),
        # Skipped by summer time: one hour later on the wall.
        (Due(date(2026, 3, 29), time(2, 30), BERLIN), datetime(2026, 3, 29, 1, 30)),
        (Due(date(2026, 3, 8), time(2, 30), NEW_YORK), datetime(2026, 3, 8, 7, 30)),
        # Twice on that night: the first.
        (Due(date(2026, 10, 25), time(2, 30), BERLIN), datetime(2026, 10, 25, 0, 30)),
        (Due(date(2026, 11, 1), time(1, 30), NEW_YORK), datetime(2026, 11, 1, 5, 30)),
        # The night in which Shanghai kept summer time.
        (Due(date(1988, 7, 1), time(9), SHANGHAI), datetime(1988, 7, 1, 0)),
    ],
)
def test_the_moment(due: Due, utc: datetime) -> None:
    assert due.utc() == utc.replace(tzinfo=UTC)


def test_due_and_late() -> None:
    at_three = Due(date(2026, 11, 25), time(15), SHANGHAI)
    assert not at_three.is_due(datetime(2026, 11, 25, 6, 59, tzinfo=UTC))
    assert at_three.is_due(datetime(2026, 11, 25, 7, tzinfo=UTC))
    assert not at_three.is_late(datetime(2026, 11, 25, 7, tzinfo=UTC))
    assert at_three.is_late(datetime(2026, 11, 25, 7, 1, tzinfo=UTC))
    all_day = Due(date(2026, 11, 25), None, SHANGHAI)
    assert all_day.is_due(datetime(2026, 11, 24, 16, tzinfo=UTC))
    assert not all_day.is_late(datetime(2026, 11, 25, 15, 59, tzinfo=UTC))
    assert all_day.is_late(datetime(2026, 11, 25, 16, tzinfo=UTC))


@pytest.mark.parametrize("zone", ["Mars/Base", "", "../etc/passwd", "/etc/localtime"])
def test_unknown_zones_are_refused(zone: str) -> None:
    with pytest.raises(Refused, match="no_such_zone"):
        Due(date(2026, 1, 1), None, zone)


def test_what_later_offers() -> None:
    due = Due(date(2026, 11, 23), time(9, 30), SHANGHAI)
    morning = datetime(2026, 11, 25, 2, tzinfo=UTC)  # Wednesday, ten in Shanghai
    assert later_options(due, morning) == (
        (Later.THIS_AFTERNOON, Due(date(2026, 11, 25), time(15), SHANGHAI)),
        (Later.TOMORROW, Due(date(2026, 11, 26), time(9, 30), SHANGHAI)),
        (Later.NEXT_MONDAY, Due(date(2026, 11, 30), time(9, 30), SHANGHAI)),
        (Later.IN_ONE_WEEK, Due(date(2026, 12, 2), time(9, 30), SHANGHAI)),
    )


def test_no_afternoon_in_the_afternoon_and_no_day_twice() -> None:
    due = Due(date(2026, 11, 23), None, SHANGHAI)
    monday_at_two = datetime(2026, 11, 23, 6, tzinfo=UTC)
    assert [choice for choice, _ in later_options(due, monday_at_two)] == [
        Later.TOMORROW,
        Later.NEXT_MONDAY,
    ]
    sunday_at_two = datetime(2026, 11, 22, 6, tzinfo=UTC)
    assert [choice for choice, _ in later_options(due, sunday_at_two)] == [
        Later.TOMORROW,
        Later.IN_ONE_WEEK,
    ]


def test_today_is_the_day_of_the_zone() -> None:
    due = Due(date(2026, 11, 23), None, SHANGHAI)
    late_in_london = datetime(2026, 11, 25, 20, tzinfo=UTC)  # the 26th in Shanghai
    assert later(Later.TOMORROW, due, late_in_london).day == date(2026, 11, 27)


def test_next_monday_is_never_today() -> None:
    assert next_monday(date(2026, 11, 23)) == date(2026, 11, 30)
    assert next_monday(date(2026, 11, 29)) == date(2026, 11, 30)
