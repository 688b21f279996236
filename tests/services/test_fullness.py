"""What is kept of how full people are is what their records say, whatever was done to them."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text

from crm_desktop.data import fullness
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.completeness import completeness
from crm_desktop.domain.fields import Address, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.domain.records import Card
from crm_desktop.domain.schema import FIELDS
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from tests.fixtures.make import CLOCK, HERE

Act = Callable[[Services, int, int], object]


def somebody(s: Services, number: int) -> int:
    ids = s.records.ids(Kind.PERSON)
    return ids[number % len(ids)] if len(ids) else s.records.create(Kind.PERSON, {"name": "张伟"})


def create(s: Services, a: int, b: int) -> None:
    points: dict[str, Any] = {"mobile": ("13800000001",)} if b % 2 else {"qq": ("10001", "10002")}
    job = {"title": "经理"} if b % 3 == 0 else {"company": company(s)} if b % 3 == 1 else {}
    s.records.create(Kind.PERSON, {"name": f"张{a}", **points, **job})


def company(s: Services) -> int:
    ids = s.records.ids(Kind.COMPANY)
    return ids[0] if len(ids) else s.records.create(Kind.COMPANY, {"name": "恒远"})


def change(s: Services, a: int, b: int) -> None:
    values: tuple[dict[str, Any], ...] = (
        {"mobile": ()},
        {"email": ("a@example.com",), "wechat": ("w",)},
        {"title": "", "department": "采购部"},
        {"company": None},
        {"address": (Address(line="星湖街 1 号"),)},
        {"city": "苏州"},
        {"lifecycle": s.lists.items("lifecycle")[0].id},
    )
    s.records.update(Kind.PERSON, somebody(s, a), values[b % len(values)])


def leave(s: Services, a: int, b: int) -> None:
    jobs = s.people.jobs(somebody(s, a))
    if jobs:
        s.people.end_job(jobs[b % len(jobs)].id)


def trash(s: Services, a: int, _b: int) -> None:
    s.records.trash(Kind.PERSON, somebody(s, a))


def restore(s: Services, a: int, _b: int) -> None:
    trashed = [one for one in s.records.trashed() if one.ref.kind is Kind.PERSON]
    if trashed:
        s.records.restore(Kind.PERSON, trashed[a % len(trashed)].ref.id)


def undo(s: Services, _a: int, _b: int) -> None:
    if s.history.undoable() is not None:
        s.history.undo()


def redo(s: Services, _a: int, _b: int) -> None:
    if s.history.redoable() is not None:
        s.history.redo()


def erase(s: Services, a: int, _b: int) -> None:
    s.erasing.erase([Ref(Kind.PERSON, somebody(s, a))])


ACTS: tuple[Act, ...] = (create, create, change, change, leave, trash, restore, undo, redo, erase)


def kept(services: Services) -> list[Any]:
    with services.book.read() as session:
        rows = session.execute(text("SELECT * FROM people_filled ORDER BY person_id"))
        return [tuple(row) for row in rows]


def cards(services: Services) -> list[Card]:
    with services.book.read() as session:
        ids = list(session.execute(text("SELECT id FROM people ORDER BY id")).scalars())
    return [services.records.card(Kind.PERSON, one) for one in ids]


def as_the_records_say(services: Services) -> list[Any]:
    def held(card: Card) -> int:
        return sum(bit for key, bit in fullness.BITS.items() if card.values[key])

    return [
        (card.ref.id, held(card), completeness(Kind.PERSON, card.values).percent)
        for card in cards(services)
    ]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 20), st.integers(0, 20)), max_size=12)
)
def test_it_is_kept_up_with_whatever_is_done(
    tmp_path_factory: Any, steps: list[tuple[Act, int, int]]
) -> None:
    clock = FixedClock(CLOCK.now(), "Asia/Shanghai")
    folder = tmp_path_factory.mktemp("book")
    with open_book(folder / "b.crm", clock) as book:
        services = Services(book, clock, Home.at(folder))
        for act, a, b in steps:
            act(services, a, b)
            assert kept(services) == as_the_records_say(services)


def test_many_at_once_are_counted_and_go_when_they_are_undone(services: Services) -> None:
    several = [
        {"name": f"张{n}", "mobile": (f"1380000{n:04}",), "title": "经理" if n % 2 else None}
        for n in range(6)
    ]
    with services.book.write("gesture.created") as writing:
        services.records.insert_all(writing.session, Kind.PERSON, several, lambda _: None)
    change(services, 0, 0)
    assert kept(services) == as_the_records_say(services)
    assert len(kept(services)) == len(several)
    services.history.undo()
    assert kept(services) == as_the_records_say(services)
    services.history.undo()
    assert kept(services) == []
    services.history.redo()
    assert kept(services) == as_the_records_say(services)
    assert len(kept(services)) == len(several)


def test_every_number_and_job_of_a_person_is_kept() -> None:
    points = {one.key for one in FIELDS[Kind.PERSON] if one.type is FieldType.POINTS}
    assert set(fullness.BITS) == points | {"company", "title", "department"}
    assert sorted(fullness.BITS.values()) == [1 << place for place in range(len(fullness.BITS))]


def test_an_older_book_is_counted_when_it_is_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "book.crm"
    path.write_bytes(gzip.decompress((HERE / "book_0004.crm.gz").read_bytes()))
    with open_book(path, CLOCK) as book:
        services = Services(book, CLOCK, Home.at(tmp_path))
        assert kept(services) == as_the_records_say(services) != []


def test_filters_and_orders_are_those_of_the_records(services: Services) -> None:
    for number in range(12):
        create(services, number, number)
        change(services, number, number)
    found = cards(services)
    ids = services.records.ids
    percent = {card.ref.id: completeness(Kind.PERSON, card.values).percent for card in found}
    for key in fullness.BITS:
        for op, wanted in ((Op.EMPTY, False), (Op.FILLED, True)):
            query = Query().also(Condition(key, op))
            expected = {card.ref.id for card in found if bool(card.values[key]) is wanted}
            assert set(ids(Kind.PERSON, query)) == set(ids(Kind.PERSON, query, 50)) == expected
            assert services.records.count(Kind.PERSON, query) == len(expected)
    middle = sorted(percent.values())[6]
    below = Query().also(Condition("completeness", Op.BEFORE, middle))
    assert set(ids(Kind.PERSON, below)) == {one for one, p in percent.items() if p < middle}
    for descending in (False, True):
        order = Query(order=(("completeness", descending),))
        shown = [percent[one] for one in ids(Kind.PERSON, order)]
        assert shown == sorted(percent.values(), reverse=descending)
        assert list(ids(Kind.PERSON, order, 5)) == list(ids(Kind.PERSON, order))[:5]


def test_the_first_by_completeness_are_read_off_an_index(services: Services) -> None:
    seen: list[tuple[str, Any]] = []
    event.listen(
        services.book._readers,
        "before_cursor_execute",
        lambda _c, _u, statement, args, _x, _m: seen.append((statement, args)),
    )
    services.records.ids(Kind.PERSON, Query(order=(("completeness", False),)), 200)
    asked = [pair for pair in seen if pair[0].startswith("SELECT people_filled")]
    with services.book.read() as session:
        for statement, args in asked:
            plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", args)
            (step,) = [str(row[3]) for row in plan]
            assert "COVERING INDEX ix_people_filled_percent_person_id" in step
    assert asked
