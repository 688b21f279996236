"""Many records at once: several batches, lines of the index from a child, and what if it dies."""

from __future__ import annotations

import multiprocessing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from crm_desktop.data import fullness, line_child, replay, search
from crm_desktop.data.bulk import Bulk
from crm_desktop.data.lists import all_items
from crm_desktop.data.raw import CHUNK
from crm_desktop.data.search.lines import WORTH_A_PROCESS
from crm_desktop.data.tables import PersonFilled
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.fields import Address
from crm_desktop.domain.kinds import Kind
from crm_desktop.progress import Cancelled
from crm_desktop.services.house import Services
from tests.services.test_journal_properties import digest, index

PEOPLE = CHUNK + 20
TEXTS = [
    '[[["欧阳修",null],["李明","li ming"]],["A-1"],["13800138000"],["a@b.cn"],["一\\n二"]]',
    "[[],[],[],[],[]]",
]


def person(number: int) -> dict[str, Any]:
    values: dict[str, Any] = {"name": f"王{'伟芳娜'[number % 3]}{number}", "notes": "一\n二"}
    if number % 2:
        values["mobile"] = (f"138{number:08}", f"139{number:08}")
        values["tags"] = ("重点", " 新 ", "重点") if number % 3 else ("新",)
    if number % 5:
        values |= {"company": number % 7 + 1, "title": "经理", "name_reading": "wang wei"}
        values["address"] = (Address(line="星湖街", city="苏州"),)
    return values


def insert(services: Services, lines: search.Lines) -> list[int]:
    steps: list[int] = []
    with services.book.write("gesture.noted") as writing:
        companies = {number: {"name": f"恒远{number}有限公司"} for number in range(1, 8)}
        Bulk(writing.session, Kind.COMPANY, (), steps.append, lines).insert(companies)
        people = {number: person(number) for number in range(1, PEOPLE + 1)}
        Bulk(writing.session, Kind.PERSON, (), steps.append, lines).insert(people)
    return steps


def test_several_batches_are_journalled_found_and_undone(
    services: Services, tmp_path: Path
) -> None:
    before = digest(services)
    with search.Lines(WORTH_A_PROCESS) as lines:
        assert insert(services, lines) == [7, CHUNK, PEOPLE - CHUNK]
    after, found = digest(services), index(services)
    services.search.rebuild()
    assert index(services) == found
    assert replay.rebuild(services.book, tmp_path / "rebuilt.crm") == after
    services.history.undo()
    assert digest(services) == before
    services.history.redo()
    assert digest(services) == after


@pytest.mark.parametrize(
    ("company", "stopped", "why"), [(None, True, Cancelled), (999, False, IntegrityError)]
)
def test_a_failure_leaves_nothing_and_waits_for_nobody(
    services: Services, company: int | None, stopped: bool, why: type[Exception]
) -> None:
    """Behind a batch, or within it: then the child and who asks it for the next are waiting."""
    before = digest(services)

    def step(count: int) -> None:
        if stopped:
            raise Cancelled

    people = {number: person(number) | {"company": company} for number in range(1, 3 * CHUNK)}
    with (
        pytest.raises(why),
        search.Lines(WORTH_A_PROCESS) as lines,
        services.book.write("gesture.noted") as writing,
    ):
        Bulk(writing.session, Kind.PERSON, (), step, lines).insert(people)
    assert digest(services) == before
    assert multiprocessing.active_children() == []


def test_how_full_people_are_is_told_by_their_values(services: Services) -> None:
    with services.book.write("gesture.noted") as writing:
        lists = {item.list_key: item.id for item in all_items(writing.session)}
        birthday = Birthday(5, 6, lunar=True)
        choices = {key: lists[key] for key in ("gender", "level", "source", "lifecycle")}
        people: dict[int, dict[str, Any]] = {
            **{number: person(number) for number in range(1, 40)},
            40: {"name": "全", "birthday": birthday, "email": ("a@b.cn",), "qq": ("12345",)},
            41: {"name": "多", **choices, "city": "苏州", "department": "采购部"},
            42: {"name": "无", "phone": (), "title": None, "company": None},
            43: {"name": "职", "title": "经理", "fax": ("0512",), "website": ("b.cn",)},
        }
        companies = {number: {"name": f"恒远{number}"} for number in range(1, 8)}
        Bulk(writing.session, Kind.COMPANY, (), lambda _: None).insert(companies)
        Bulk(writing.session, Kind.PERSON, (), lambda _: None).insert(people)
        filled = select(PersonFilled).order_by(PersonFilled.person_id)
        told = writing.session.execute(filled).all()
        fullness.rebuild(writing.session.connection())
        assert writing.session.execute(filled).all() == told
    assert len(told) == len(people)


@pytest.mark.parametrize("expected", [0, WORTH_A_PROCESS])
def test_lines_are_those_of_the_texts(expected: int) -> None:
    with search.Lines(expected) as lines:
        for texts in (TEXTS, [], TEXTS[:1]):
            lines.ask(texts)
            assert lines.take() == line_child.lines_of(texts)


@pytest.mark.parametrize("asked_before", [True, False])
def test_a_child_that_dies_does_no_harm(asked_before: bool) -> None:
    with search.Lines(WORTH_A_PROCESS) as lines:
        (child,) = multiprocessing.active_children()
        if not asked_before:
            child.kill()
            child.join()
        lines.ask(TEXTS)
        child.kill()
        assert lines.take() == line_child.lines_of(TEXTS)
        lines.ask(TEXTS)
        assert lines.take() == line_child.lines_of(TEXTS)
    assert not multiprocessing.active_children()
