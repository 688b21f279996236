"""Anniversaries: recorded, changed, taken back, found by both calendars, and reminded of."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from crm_desktop.domain.anniversaries import Anniversary
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.lunar import to_lunar
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.reminders import Source
from crm_desktop.services.house import Services


@pytest.fixture
def person(services: Services) -> int:
    return services.records.create(Kind.PERSON, {"name": "张伟"})


def test_one_is_added_changed_removed_and_each_step_goes_back(
    services: Services, person: int
) -> None:
    wedding = Anniversary(" 结婚纪念日 ", Birthday(5, 20, 2010))
    first = services.anniversaries.add(person, wedding)
    services.anniversaries.add(person, Anniversary("公司成立", Birthday(3, 1)))
    assert [one.name for one in services.anniversaries.of(person)] == ["公司成立", "结婚纪念日"]
    changed = Anniversary("结婚", Birthday(4, 7, lunar=True), first)
    services.anniversaries.change(changed)
    assert changed in services.anniversaries.of(person)
    services.anniversaries.remove(first)
    assert len(services.anniversaries.of(person)) == 1
    services.history.undo()
    assert changed in services.anniversaries.of(person)
    services.history.undo()
    assert [one.name for one in services.anniversaries.of(person)] == ["公司成立", "结婚纪念日"]
    assert services.history.redo()


def test_what_cannot_be_kept_is_refused(services: Services, person: int) -> None:
    day = Birthday(5, 20)
    with pytest.raises(Refused, match="anniversary_empty"):
        services.anniversaries.add(person, Anniversary("  ", day))
    for change in (
        lambda: services.anniversaries.add(999, Anniversary("x", day)),
        lambda: services.anniversaries.change(Anniversary("x", day, 999)),
        lambda: services.anniversaries.remove(999),
    ):
        with pytest.raises(Refused, match=r"record\.gone"):
            change()
    assert services.anniversaries.of(person) == []


def test_the_coming_ones_by_both_calendars(
    services: Services, person: int, clock: FixedClock
) -> None:
    today = clock.today()
    soon, later = today + timedelta(days=2), today + timedelta(days=20)
    lunar = to_lunar(soon)
    services.anniversaries.add(
        person, Anniversary("签约", Birthday(today.month, today.day, today.year - 10))
    )
    services.anniversaries.add(
        person, Anniversary("乔迁", Birthday(lunar.month, lunar.day, lunar=True, leap=lunar.leap))
    )
    services.anniversaries.add(person, Anniversary("later", Birthday(later.month, later.day)))
    silent = services.records.create(Kind.PERSON, {"name": "李娜", "do_not_contact": True})
    services.anniversaries.add(silent, Anniversary("x", Birthday(today.month, today.day)))
    found = services.anniversaries.coming(7)
    assert [(one.anniversary.name, one.on, one.years) for one in found] == [
        ("签约", today, 10),
        ("乔迁", soon, None),
    ]
    assert found[0].person == Ref(Kind.PERSON, person, "张伟")
    services.records.trash(Kind.PERSON, person)
    assert services.anniversaries.coming(7) == []


def test_who_is_congratulated_is_marked_and_the_birthday_is_not(
    services: Services, person: int, clock: FixedClock
) -> None:
    today = clock.today()
    company = services.records.create(Kind.COMPANY, {"name": "恒远精密"})
    values = {
        "company": company,
        "mobile": ("13812345678",),
        "birthday": Birthday(today.month, today.day),
    }
    services.records.update(Kind.PERSON, person, values)
    day = Birthday(today.month, today.day, today.year - 3)
    services.anniversaries.add(person, Anniversary("签约", day))
    services.anniversaries.add(person, Anniversary("签约庆典", day))
    services.activities.log(Ref(Kind.PERSON, person), "签约的准备")
    first, other = services.anniversaries.coming(0)
    assert first.last_greeted is None
    assert (first.mobile, first.years, first.days) == ("13812345678", 3, 0)
    assert first.company == Ref(Kind.COMPANY, company, "恒远精密")
    services.anniversaries.greet(person, "签约", "恭喜")
    first, other = services.anniversaries.coming(0)
    assert first.last_greeted is not None
    assert first.last_greeted.date() == today
    assert other.last_greeted is None
    assert services.birthdays.coming(0)[0].last_greeted is None
    services.history.undo()
    assert services.anniversaries.coming(0)[0].last_greeted is None


def test_the_count_and_the_first_ones_are_those_of_the_list(
    services: Services, person: int, clock: FixedClock
) -> None:
    today = clock.today()
    for days in range(-3, 9):
        on = today + timedelta(days=days)
        services.anniversaries.add(person, Anniversary(f"day {days}", Birthday(on.month, on.day)))
    whole = services.anniversaries.coming(7, missed=2)
    assert [one.days for one in whole] == list(range(-2, 8))
    assert services.anniversaries.coming(7, missed=2, limit=3) == whole[:3]
    assert services.anniversaries.count(7) == len(services.anniversaries.coming(7)) == 8


def test_each_is_reminded_of_once(services: Services, person: int, clock: FixedClock) -> None:
    on = clock.today() + timedelta(days=4)
    added = services.anniversaries.add(person, Anniversary("签约", Birthday(on.month, on.day)))
    assert services.reminders.take() == []
    clock.moment += timedelta(days=1)
    (one,) = services.reminders.take()
    assert (one.source, one.source_id, one.on, one.what) == (
        Source.ANNIVERSARY,
        added,
        on,
        "签约",
    )
    assert one.ref == Ref(Kind.PERSON, person, "张伟")
    assert services.reminders.take() == []
    clock.moment += timedelta(days=3)
    assert [one.occurrence for one in services.reminders.take()] == [f"{on}/0"]


def test_a_file_is_told_of_before_and_when_it_ends(
    services: Services, person: int, clock: FixedClock
) -> None:
    ref = Ref(Kind.PERSON, person, "张伟")
    file = services.attachments.add_bytes(ref, "营业执照.pdf", b"x")
    other = services.attachments.add_bytes(ref, "旧证.pdf", b"y")
    ends = clock.today() + timedelta(days=40)
    services.attachments.set(file, expires_on=ends, file_version="2")
    services.attachments.set(other, expires_on=ends)
    services.attachments.trash(other)
    assert services.reminders.take() == []
    clock.moment += timedelta(days=10)
    (one,) = services.reminders.take()
    assert (one.source, one.source_id, one.on, one.what) == (
        Source.FILE,
        file,
        ends,
        "营业执照.pdf",
    )
    assert one.ref == ref
    assert services.reminders.take() == []
    clock.moment += timedelta(days=30)
    assert [one.source_id for one in services.reminders.take()] == [file]
    # Valid for longer: the same file is told of again when its time comes.
    services.attachments.set(file, expires_on=date(2027, 6, 1))
    clock.moment += timedelta(days=160)
    assert {one.occurrence for one in services.reminders.take()} == {
        "2027-06-01/30",
        "2027-06-01/0",
    }
