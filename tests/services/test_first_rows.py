"""The first rows of a list are those the whole list begins with, whatever it is ordered by."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.due import Due
from crm_desktop.domain.fields import Address
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.domain.schema import FIELDS
from crm_desktop.services.house import Services

LISTED = (Kind.PERSON, Kind.COMPANY, Kind.OPPORTUNITY, Kind.ACTIVITY)
FIRST = 3


def some(chance: random.Random, *values: Any) -> Any:
    return chance.choice((None, *values))


def fill(services: Services, clock: FixedClock, seed: int) -> None:
    """Few values and many records: every order has ties, empty places and things in the trash."""
    chance = random.Random(seed)
    records, today = services.records, clock.today()
    levels = [item.id for item in services.lists.items("level")]
    staff = [records.create(Kind.STAFF, {"name": name}) for name in ("小王", "小李")]
    # Two companies of one name, one of them with nobody, one in the trash with people.
    companies = [
        records.create(Kind.COMPANY, {"name": name, "city": some(chance, "苏州", "杭州")})
        for name in ("恒远", "海拓", "海拓", "绿源", "阿尔法")
    ]
    people = []
    for number in range(30):
        clock.moment += timedelta(minutes=chance.randrange(2))
        values = {
            "name": chance.choice(("张伟", "李娜", "王芳")),
            "company": some(chance, *companies[1:]),
            "title": some(chance, "经理", "主管"),
            "city": some(chance, "苏州", "杭州"),
            "level": some(chance, *levels),
            "in_charge": some(chance, *staff),
            "influence": some(chance, 1, 2, 3),
            "mobile": chance.choice(((), ("13800000001",), ("13800000002", f"1390000{number:04}"))),
            "address": some(chance, (Address(city="苏州"),), (Address(line="星湖街 1 号"),)) or (),
        }
        people.append(records.create(Kind.PERSON, values))
        if chance.random() < 0.3:
            services.people.add_job(people[-1], chance.choice(companies), title="顾问")
    for person in chance.sample(people, 8):
        for job in services.people.jobs(person):
            if chance.random() < 0.6:
                services.people.end_job(job.id)
    for number in range(30):
        planned = chance.random() < 0.5
        day = some(chance, today, today + timedelta(days=chance.randrange(5)))
        activity = records.create(
            Kind.ACTIVITY,
            {
                "subject": f"a{number}",
                "person": some(chance, *people),
                "company": some(chance, *companies),
                "due": Due(day, None, "Asia/Shanghai") if day else None,
            },
        )
        if not planned:
            clock.moment += timedelta(hours=chance.randrange(3))
            services.activities.complete(activity)
        if chance.random() < 0.2:
            records.trash(Kind.ACTIVITY, activity)
    for number in range(12):
        records.create(
            Kind.OPPORTUNITY,
            {
                "title": f"o{number % 5}",
                "company": some(chance, *companies),
                "amount": some(chance, "10", "20"),
                "expected_close": some(chance, today, today + timedelta(days=3)),
            },
        )
    for name in ("重点", "老客户"):
        services.tags.add(Kind.PERSON, chance.sample(people, 6), name)
    records.trash(Kind.PERSON, chance.sample(people, 3))
    records.trash(Kind.COMPANY, companies[3])


@pytest.mark.parametrize("seed", range(4))
def test_the_first_rows_begin_the_whole_list(
    services: Services, clock: FixedClock, seed: int
) -> None:
    fill(services, clock, seed)
    narrowing = (
        (),
        (Condition("name", Op.CONTAINS, "伟"),),
        (Condition("level", Op.FILLED),),
    )
    for kind in LISTED:
        for field in FIELDS[kind]:
            for descending in (False, True):
                for conditions in narrowing if kind is Kind.PERSON else narrowing[:1]:
                    query = Query(order=((field.key, descending),)).also(*conditions)
                    whole = services.records.ids(kind, query)
                    assert len(set(whole)) == len(whole) == services.records.count(kind, query)
                    for limit in (FIRST, len(whole) + 5):
                        first = services.records.ids(kind, query, limit)
                        assert list(first) == list(whole[:limit]), (kind, field.key, descending)


@pytest.mark.parametrize("seed", range(4))
def test_what_other_tables_hold_is_filtered_by_what_the_list_shows(
    services: Services, clock: FixedClock, seed: int
) -> None:
    fill(services, clock, seed)
    companies = services.records.ids(Kind.COMPANY, Query(order=(("created_at", False),)))
    company, other = companies[1], companies[2]
    held: dict[str, Callable[[Any], Any]] = {
        "company": lambda value: None if value is None else value.id,
        "title": lambda value: value,
        "mobile": lambda value: value,
        "tags": lambda value: value,
    }
    cases: list[tuple[str, Op, Any, Callable[[Any], bool]]] = [
        ("company", Op.IS, company, lambda v: v == company),
        ("company", Op.IS_NOT, company, lambda v: v != company),
        ("company", Op.ANY_OF, (company, other), lambda v: v in (company, other)),
        ("company", Op.IS, None, lambda v: v is None),
        ("company", Op.EMPTY, None, lambda v: v is None),
        ("company", Op.FILLED, None, lambda v: v is not None),
        ("title", Op.IS, "经理", lambda v: v == "经理"),
        ("title", Op.IS_NOT, "经理", lambda v: v != "经理"),
        ("title", Op.CONTAINS, "主", lambda v: "主" in (v or "")),
        ("title", Op.STARTS, "经", lambda v: (v or "").startswith("经")),
        ("title", Op.EMPTY, None, lambda v: not v),
        ("mobile", Op.CONTAINS, "139", lambda v: any("139" in one for one in v)),
        ("mobile", Op.IS, "13800000001", lambda v: "13800000001" in v),
        ("mobile", Op.IS_NOT, "13800000001", lambda v: "13800000001" not in v),
        ("mobile", Op.EMPTY, None, lambda v: not v),
        ("tags", Op.IS, "重点", lambda v: "重点" in v),
        ("tags", Op.IS_NOT, "重点", lambda v: "重点" not in v),
        ("tags", Op.ANY_OF, ("重点", "老客户"), bool),
    ]
    everybody = services.records.ids(Kind.PERSON)
    for key, op, value, fits in cases:
        rows = services.records.rows(Kind.PERSON, everybody, [key])
        expected = [row.id for row in rows if fits(held[key](row.values[0]))]
        query = Query().also(Condition(key, op, value))
        assert list(services.records.ids(Kind.PERSON, query)) == expected, (key, op)
        assert list(services.records.ids(Kind.PERSON, query, FIRST)) == expected[:FIRST]
        assert services.records.count(Kind.PERSON, query) == len(expected)


def explained(services: Services, work: Callable[[], object]) -> list[str]:
    """How the engine reads what the work asks of people and jobs."""
    seen: list[tuple[str, Any]] = []

    def note(_c: object, _u: object, statement: str, args: Any, _x: object, _m: bool) -> None:
        seen.append((statement, args))

    event.listen(services.book._readers, "before_cursor_execute", note)
    work()
    event.remove(services.book._readers, "before_cursor_execute", note)
    found: list[str] = []
    with services.book.read() as session:
        for statement, args in seen:
            if "people" in statement or "jobs" in statement:
                plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", args)
                found += [str(row[3]) for row in plan]
    return found


@pytest.fixture
def steps(services: Services) -> Callable[[Query], list[str]]:
    """How the engine reads the first rows of a list of people."""
    return lambda query: explained(services, lambda: services.records.ids(Kind.PERSON, query, 200))


def test_the_company_of_a_row_is_told_by_an_index_alone(
    services: Services, clock: FixedClock
) -> None:
    fill(services, clock, 1)
    ids = services.records.ids(Kind.PERSON)
    found = explained(services, lambda: services.records.rows(Kind.PERSON, ids, ("company",)))
    jobs = [step for step in found if step.startswith("SEARCH jobs")]
    assert len(jobs) == 1
    assert "COVERING INDEX" in jobs[0]


def test_no_order_goes_through_the_index_of_names_to_fetch_rows(
    steps: Callable[[Query], list[str]],
) -> None:
    for key in ("source", "created_at", "influence", "notes", "birthday", "title", "mobile"):
        for descending in (False, True):
            found = steps(Query(order=((key, descending),)))
            assert not [step for step in found if "ix_people_trashed_at" in step], (key, found)
    named = steps(Query(order=(("name", False),)))
    assert any("COVERING INDEX ix_people_trashed_at_sort_key_id" in step for step in named)


def test_a_filter_that_few_hold_is_tried_on_the_top_and_then_on_the_rows_as_they_lie(
    steps: Callable[[Query], list[str]],
) -> None:
    for key in ("source", "city", "notes", "lifecycle", "mobile", "title"):
        found = steps(Query().also(Condition(key, Op.FILLED)))
        named = [step for step in found if "ix_people_trashed_at" in step]
        assert named, (key, found)
        assert all("COVERING INDEX" in step for step in named), (key, found)


def test_people_by_their_companies_are_read_in_the_order_of_the_companies(
    steps: Callable[[Query], list[str]],
) -> None:
    found = " ".join(steps(Query(order=(("company", False),))))
    assert "ix_companies_trashed_at_sort_key_id" in found
    assert "ix_jobs_company_id" in found


def test_people_of_a_company_and_of_a_tag_are_found_without_looking_at_everybody(
    steps: Callable[[Query], list[str]],
) -> None:
    for condition, index in (
        (Condition("company", Op.IS, 1), "ix_jobs_company_id"),
        (Condition("tags", Op.IS, "重点"), "ix_tag_links"),
    ):
        found = steps(Query().also(condition))
        assert any(step.startswith("SEARCH people USING INTEGER PRIMARY KEY") for step in found)
        assert any(index in step for step in found), found
