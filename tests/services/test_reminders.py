"""The reminder ledger: nothing twice, nothing lost, whatever clocks, undo and restarts do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.reminders import Occurrence, Source
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book

ZONE = "Asia/Shanghai"
START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai


def plan(services: Services, moment: datetime, remind: int | None = None) -> int:
    wall = moment.astimezone(services_zone())
    due = Due(wall.date(), wall.time().replace(tzinfo=None), ZONE)
    return services.activities.plan(None, "x", due, more={"remind": remind})


def services_zone() -> Any:
    from zoneinfo import ZoneInfo

    return ZoneInfo(ZONE)


def taken(services: Services) -> list[int]:
    return [each.source_id for each in services.reminders.take()]


def test_at_the_moment_and_before_it(services: Services, clock: FixedClock) -> None:
    at_once = plan(services, START + timedelta(hours=1))
    before = plan(services, START + timedelta(hours=2), remind=90)
    assert taken(services) == []
    assert services.reminders.next_moment() == START + timedelta(minutes=30)
    clock.moment = START + timedelta(minutes=30)
    assert taken(services) == [before]
    clock.moment = START + timedelta(hours=1)
    assert taken(services) == [at_once]
    assert taken(services) == []
    assert services.reminders.next_moment() is None


def test_the_usual_lead_is_a_setting(services: Services, clock: FixedClock) -> None:
    services.business.set("remind_minutes", 15)
    plan(services, START + timedelta(hours=1))
    assert services.reminders.next_moment() == START + timedelta(minutes=45)


def test_three_weeks_away(services: Services, clock: FixedClock) -> None:
    made = [plan(services, START + timedelta(days=day)) for day in (1, 5, 20)]
    clock.moment += timedelta(days=21)
    assert taken(services) == made


def test_whole_days_and_imported_late_ones_do_not_ring(
    services: Services, clock: FixedClock
) -> None:
    services.activities.plan(None, "x", Due(date(2026, 11, 21), None, ZONE))
    plan(services, START - timedelta(days=3))
    clock.moment += timedelta(days=9)
    assert taken(services) == []


def test_what_is_done_or_gone_is_silent_until_undone(services: Services, clock: FixedClock) -> None:
    done = plan(services, START + timedelta(hours=1))
    services.activities.complete(done)
    clock.moment += timedelta(hours=2)
    assert taken(services) == []
    services.history.undo()
    assert taken(services) == [done]
    services.records.trash(Kind.ACTIVITY, done)
    services.history.undo()
    assert taken(services) == []


def test_a_new_promise_rings_anew(services: Services, clock: FixedClock) -> None:
    activity = plan(services, START + timedelta(hours=1))
    clock.moment += timedelta(hours=1)
    assert taken(services) == [activity]
    services.activities.move(activity, Due(date(2026, 11, 20), time(15, 0), ZONE))
    assert taken(services) == []
    clock.moment = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
    assert taken(services) == [activity]


def test_put_off_rings_on_the_later_day(services: Services, clock: FixedClock) -> None:
    activity = plan(services, START + timedelta(hours=1))
    services.activities.snooze(activity, date(2026, 11, 23))
    clock.moment = START + timedelta(hours=2)
    assert taken(services) == []
    clock.moment = START + timedelta(days=3, hours=1)
    assert taken(services) == [activity]


def test_snooze_dismiss_done(services: Services, clock: FixedClock) -> None:
    for _ in range(3):
        plan(services, START + timedelta(hours=1))
    clock.moment += timedelta(hours=1)
    first, second, third = services.reminders.take()
    services.reminders.snooze(first, clock.now() + timedelta(minutes=10))
    services.reminders.dismiss(second)
    services.reminders.done(third)
    assert services.reminders.next_moment() == clock.now() + timedelta(minutes=10)
    clock.moment += timedelta(minutes=10)
    assert taken(services) == [first.source_id]
    assert taken(services) == []


def test_birthdays_three_days_before_and_on_the_day(services: Services, clock: FixedClock) -> None:
    company = services.records.create(Kind.COMPANY, {"name": "恒远"})
    person = services.records.create(
        Kind.PERSON, {"name": "王芳", "company": company, "birthday": Birthday(11, 25, year=1988)}
    )
    services.records.create(
        Kind.PERSON, {"name": "B", "birthday": Birthday(11, 25), "do_not_contact": True}
    )
    services.records.create(Kind.PERSON, {"name": "C", "birthday": Birthday(11, 10)})
    found: list[Occurrence] = []
    for hour in range(24 * 8):
        clock.moment = START + timedelta(hours=hour)
        found += services.reminders.take()
    assert [(each.source, each.source_id, each.on) for each in found] == [
        (Source.BIRTHDAY, person, date(2026, 11, 25))
    ] * 2
    assert [each.at.astimezone(services_zone()).day for each in found] == [22, 25]
    assert found[0].person is not None
    assert found[0].company is not None
    assert (found[0].person.title, found[0].company.title) == ("王芳", "恒远")
    services.business.set("birthday_reminders", [])
    clock.moment += timedelta(days=365)
    assert taken(services) == []


def test_a_moved_clock_rings_nothing_twice(services: Services, clock: FixedClock) -> None:
    activity = plan(services, START + timedelta(hours=1))
    clock.moment += timedelta(days=400)
    assert taken(services) == [activity]
    clock.moment = START
    assert taken(services) == []
    clock.moment = START + timedelta(hours=3)
    assert taken(services) == []


def test_two_who_ask_at_once(services: Services, clock: FixedClock) -> None:
    plan(services, START + timedelta(hours=1))
    clock.moment += timedelta(hours=1)
    other = Services(services.book, clock, services.home)
    assert len([*services.reminders.take(), *other.reminders.take()]) == 1


def test_the_ledger_leaves_no_gesture(services: Services, clock: FixedClock) -> None:
    plan(services, START + timedelta(hours=1))
    before = len(services.history.gestures())
    clock.moment += timedelta(hours=1)
    services.reminders.take()
    assert len(services.history.gestures()) == before
    services.history.undo()
    services.history.redo()
    assert taken(services) == []


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("plan"), st.integers(-60, 600), st.sampled_from([None, 0, 30])),
        st.tuples(st.just("clock"), st.integers(-300, 600), st.none()),
        st.tuples(st.just("take"), st.none(), st.none()),
        st.tuples(st.just("complete"), st.integers(0, 5), st.none()),
        st.tuples(st.just("move"), st.integers(0, 5), st.integers(1, 600)),
        st.tuples(st.just("undo"), st.none(), st.none()),
        st.tuples(st.just("restart"), st.none(), st.none()),
    ),
    max_size=14,
)


@settings(max_examples=25)
@given(steps=STEPS)
def test_never_twice_never_lost(
    steps: list[tuple[str, Any, Any]], fresh_book: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("reminders")
    path = folder / "book.crm"
    path.write_bytes(fresh_book.read_bytes())
    clock = FixedClock(START, ZONE)
    services = Services(open_book(path, clock), clock, Home.at(folder))
    made: list[int] = []
    rung: list[tuple[int, str]] = []
    try:
        for step, number, more in steps:
            present = [i for i in made if _planned(services, i)]
            if step == "plan":
                made.append(plan(services, clock.now() + timedelta(minutes=number), more))
            elif step == "clock":
                clock.moment += timedelta(minutes=number)
            elif step == "take":
                rung += [(each.source_id, each.occurrence) for each in services.reminders.take()]
            elif step == "complete" and present:
                services.activities.complete(present[number % len(present)])
            elif step == "move" and present:
                later = (clock.now() + timedelta(minutes=more)).astimezone(services_zone())
                due = Due(later.date(), later.time().replace(tzinfo=None), ZONE)
                services.activities.move(present[number % len(present)], due)
            elif step == "undo" and services.history.undoable():
                services.history.undo()
            elif step == "restart":
                services.book.close()
                services = Services(open_book(path, clock), clock, Home.at(folder))
        clock.moment = START + timedelta(days=30)
        rung += [(each.source_id, each.occurrence) for each in services.reminders.take()]
        assert len(rung) == len(set(rung))
        for activity in made:
            if not _planned(services, activity):
                continue
            card = services.records.card(Kind.ACTIVITY, activity)
            moment = card.values["due"].utc()
            if moment > card.values["created_at"]:
                assert (activity, moment.isoformat()) in rung
    finally:
        services.book.close()


def _planned(services: Services, activity: int) -> bool:
    rows = services.records.rows(Kind.ACTIVITY, [activity], ["state"])
    return [row.values for row in rows] == [("planned",)]
