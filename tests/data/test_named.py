"""Names found in a typed sentence."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from crm_desktop.data.named import named_in
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


@pytest.fixture
def services(home: Home) -> Services:
    clock = FixedClock(NOW, "Asia/Shanghai")
    made = Services(open_book(home.book, clock), clock, home)
    for name in ("Wei Zhang", "Anna Berg", "Anna Holm", "张伟", "李娜"):
        made.records.create(Kind.PERSON, {"name": name})
    made.records.create(Kind.COMPANY, {"name": "Greenspring Foods"})
    return made


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("call Wei tomorrow", ["Wei Zhang"]),
        ("call wei zhang", ["Wei Zhang"]),
        ("the weight of it", []),  # not a word of its own
        ("mail Anna", []),  # two of them: nothing is invented
        ("mail Anna Holm", ["Anna Holm"]),
        ("明天给张伟打电话", ["张伟"]),
        ("quote for Greenspring Foods", ["Greenspring Foods"]),
        ("", []),
    ],
)
def test_names(services: Services, sentence: str, found: list[str]) -> None:
    with services.book.read() as session:
        assert [ref.title for _, _, ref in named_in(session, sentence)] == found
    services.book.close()


def test_both_languages_plan_the_same(services: Services) -> None:
    found = [
        services.activities.item(services.activities.quick_add(line))
        for line in ("明天下午3点给张伟打电话", "call Wei tomorrow 3pm")
    ]
    call = services.lists.by_code("activity_type", "call").id
    for item in found:
        assert item.type_id == call
        assert item.due is not None
        assert (item.due.day, item.due.time) == (date(2026, 11, 21), time(15))
        assert item.person is not None
    assert found[0].subject == "给张伟打电话"
    assert found[1].subject == "call Wei"
    services.book.close()
