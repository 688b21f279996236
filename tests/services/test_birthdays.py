"""Birthdays of a window: the first ones alone, and those that were missed."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.services.house import Services


@pytest.fixture
def people(services: Services, clock: FixedClock) -> list[int]:
    """A hundred people around today, by both calendars; some greeted, some not to be."""
    chance = random.Random(5)
    today = clock.today()
    made = []
    with services.book.write("gesture.created") as writing:
        for number in range(100):
            day = today + timedelta(days=chance.randint(-12, 12))
            lunar = number % 3 == 0
            values = {
                "name": f"P{number % 40:02}",
                "birthday": Birthday(day.month, min(day.day, 28), lunar=lunar),
                "do_not_contact": number % 7 == 0,
            }
            made.append(services.records.insert(writing.session, Kind.PERSON, values))
    for number, person in enumerate(made[::4]):
        when = clock.now() - timedelta(days=number % 13)
        services.activities.log(Ref(Kind.PERSON, person), "wishes", "greeting", when=when)
    return made


@pytest.mark.parametrize("limit", [0, 1, 2, 5, 17, 1000])
def test_the_first_ones_are_those_of_the_whole_list(
    services: Services, people: list[int], limit: int
) -> None:
    for missed in (0, 12):
        whole = services.birthdays.coming(30, missed=missed)
        assert len(whole) > 20
        assert services.birthdays.coming(30, missed=missed, limit=limit) == whole[:limit]


def test_who_is_looked_up_later_is_told_of_as_in_the_whole_list(
    services: Services, people: list[int]
) -> None:
    listed = services.birthdays.celebrants(30, missed=12)
    whole = services.birthdays.coming(30, missed=12)
    assert [(one.on, one.person, one.born_on) for one in listed] == [
        (one.on, one.person, one.born_on) for one in whole
    ]
    assert any(one.last_greeted for one in whole)
    assert services.birthdays.looked_up(listed[5:9]) == whole[5:9]
    assert services.birthdays.looked_up([]) == []


def test_missed_is_who_was_not_greeted_since_the_day(
    services: Services, clock: FixedClock, people: list[int]
) -> None:
    today = clock.today()
    expected = {
        row.person_id
        for row in services.birthdays.coming(0, missed=7)
        if row.on < today
        and not row.do_not_contact
        and (row.last_greeted is None or row.last_greeted.date() < row.on)
    }
    assert 0 < len(expected) < len(people)
    assert services.birthdays.missed(7) == sorted(expected)


def test_today_counts_all_birthdays_and_loads_the_first(
    services: Services, people: list[int]
) -> None:
    panels = services.today.panels()
    week = services.birthdays.coming(7)
    assert panels.birthday_count == len(week) == services.birthdays.count(7)
    assert list(panels.birthdays) == week[:50]


def test_a_window_is_found_by_indexes_alone(services: Services, people: list[int]) -> None:
    seen: list[tuple[str, Any]] = []
    event.listen(
        services.book._readers,
        "before_cursor_execute",
        lambda _c, _u, statement, args, _x, _m: seen.append((statement, args)),
    )
    services.birthdays.coming(30, limit=5)
    services.birthdays.count(30)
    asked = [pair for pair in seen if "json_each(:" in pair[0]]
    assert len(asked) == 4
    with services.book.read() as session:
        for statement, args in asked:
            rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", args)
            steps = [str(row[3]) for row in rows]
            looked = [s for s in steps if s.startswith(("SEARCH p ", "SEARCH points", "SEARCH j"))]
            if ":keys" in statement:
                first, *looked = looked
                assert first.startswith("SEARCH p USING COVERING INDEX ix_people_birth"), steps
            for step in looked:
                assert "COVERING INDEX" in step or "PRIMARY KEY" in step, steps
            assert not any(step.startswith("SCAN p") for step in steps), steps
