"""Records as they were: every field, whatever happened since, and putting values back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.fields import Address, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.services.house import Services

FIRST, LATER = date(2026, 11, 20), date(2026, 11, 25)


def go_to(clock: FixedClock, day: date) -> None:
    clock.moment = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


@pytest.fixture
def person(services: Services, clock: FixedClock) -> int:
    """Somebody with a value of every sort, all of it changed five days later."""
    go_to(clock, FIRST)
    key = services.custom.add(Kind.PERSON, "额度", FieldType.MONEY)
    company = services.records.create(Kind.COMPANY, {"name": "恒远"})
    first = {
        "name": "张伟", "company": company, "title": "经理", "mobile": ("13812345678", "1"),
        "email": ("a@b.cn",), "address": (Address(line="东街", city="苏州"),),
        "birthday": Birthday(8, 15, lunar=True), "tags": ("重点", "老客户"), "notes": "一",
        "level": services.lists.by_code("level", "a").id, "important": True,
        key: Decimal("12.50"),
    }  # fmt: skip
    record = services.records.create(Kind.PERSON, first)
    go_to(clock, LATER)
    other = services.records.create(Kind.COMPANY, {"name": "海拓"})
    services.records.update(
        Kind.PERSON,
        record,
        {
            "name": "张大伟", "company": other, "title": "总监", "mobile": ("13900000000",),
            "email": (), "address": (Address(line="西街"),), "birthday": None, "tags": ("新",),
            "notes": None, "level": None, "important": False, key: None,
        },
    )  # fmt: skip
    return record


def values_of(services: Services, person: int, day: date) -> dict[str, Any]:
    then = services.as_of.at(Ref(Kind.PERSON, person), day)
    return {key: value for key, value in then.values.items() if not key.endswith("_at")}


def test_every_sort_of_field_is_as_it_was(services: Services, person: int) -> None:
    then = services.as_of.at(Ref(Kind.PERSON, person), FIRST)
    values = then.values
    assert then.ref.title == "张伟"
    assert values["company"].title == "恒远"
    assert values["title"] == "经理"
    assert values["mobile"] == ("13812345678", "1")
    assert values["email"] == ("a@b.cn",)
    assert values["address"][0].city == "苏州"
    assert values["birthday"] == Birthday(8, 15, lunar=True)
    assert values["tags"] == ("老客户", "重点")
    assert values["level"] == services.lists.by_code("level", "a").id
    assert values["important"] is True
    assert [v for k, v in values.items() if k.startswith("custom.")] == [Decimal("12.50")]
    assert [(job.company.title, job.left) for job in then.jobs if job.company] == [("恒远", False)]
    assert "name" in then.changed
    assert "qq" not in then.changed


def test_today_is_what_the_card_says(services: Services, person: int) -> None:
    then = services.as_of.at(Ref(Kind.PERSON, person), LATER)
    assert then.changed == ()
    assert then.values["company"].title == "海拓"
    assert services.as_of.days(Ref(Kind.PERSON, person)) == [LATER, FIRST]


def test_before_it_was_recorded_there_is_nothing(services: Services, person: int) -> None:
    with pytest.raises(Refused, match="not_yet"):
        services.as_of.at(Ref(Kind.PERSON, person), FIRST - timedelta(days=1))
    with pytest.raises(Refused, match="gone"):
        services.as_of.at(Ref(Kind.PERSON, 999), FIRST)


def test_undone_work_leaves_no_trace(services: Services, person: int) -> None:
    before = values_of(services, person, FIRST)
    services.history.undo()
    assert values_of(services, person, LATER) == before
    services.history.redo()
    assert values_of(services, person, FIRST) == before


def test_one_field_comes_back(services: Services, person: int) -> None:
    ref = Ref(Kind.PERSON, person)
    assert services.as_of.restore(ref, FIRST, ["mobile"]) == 1
    values = services.records.card(Kind.PERSON, person).values
    assert (values["mobile"], values["name"]) == (("13812345678", "1"), "张大伟")
    services.history.undo()
    assert services.records.card(Kind.PERSON, person).values["mobile"] == ("13900000000",)
    with pytest.raises(Refused, match="same"):
        services.as_of.restore(ref, FIRST, ["qq"])


def test_everything_comes_back_as_one_gesture(services: Services, person: int) -> None:
    ref = Ref(Kind.PERSON, person)
    was = services.as_of.at(ref, FIRST).values
    now = services.records.card(Kind.PERSON, person).values
    assert services.as_of.restore(ref, FIRST) > 8
    fresh = services.records.card(Kind.PERSON, person).values
    stored = [f.key for f in services.records.fields(Kind.PERSON) if f.writable]
    assert {key: fresh[key] for key in stored} == {key: was[key] for key in stored}
    services.history.undo()
    again = services.records.card(Kind.PERSON, person).values
    assert {key: again[key] for key in stored} == {key: now[key] for key in stored}


def test_companies_and_others_too(services: Services, clock: FixedClock) -> None:
    go_to(clock, FIRST)
    company = services.records.create(Kind.COMPANY, {"name": "A", "phone": ("1",), "tags": ("x",)})
    deal = services.records.create(
        Kind.OPPORTUNITY, {"title": "o", "company": company, "amount": Decimal(5)}
    )
    go_to(clock, LATER)
    services.records.update(Kind.COMPANY, company, {"phone": (), "city": "苏州", "tags": ()})
    services.records.update(Kind.OPPORTUNITY, deal, {"amount": Decimal(9)})
    then = services.as_of.at(Ref(Kind.COMPANY, company), FIRST)
    assert (then.values["phone"], then.values["city"], then.values["tags"]) == (
        ("1",),
        None,
        ("x",),
    )
    then = services.as_of.at(Ref(Kind.OPPORTUNITY, deal), FIRST)
    assert (then.values["amount"], then.changed) == (Decimal(5), ("amount",))


def test_phones_that_a_merge_brought_were_the_others(services: Services, clock: FixedClock) -> None:
    go_to(clock, FIRST)
    keep = services.records.create(Kind.PERSON, {"name": "A", "mobile": ("1",)})
    other = services.records.create(Kind.PERSON, {"name": "A", "mobile": ("2",)})
    go_to(clock, LATER)
    services.merging.merge(Kind.PERSON, keep, [other], {})
    assert services.records.card(Kind.PERSON, keep).values["mobile"] == ("1", "2")
    assert services.as_of.at(Ref(Kind.PERSON, keep), FIRST).values["mobile"] == ("1",)
    assert services.as_of.at(Ref(Kind.PERSON, other), FIRST).values["mobile"] == ("2",)
