"""The user's own fields of every type: kept, listed, filtered, found, exported, imported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.imports import Outcome
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.services.custom_fields import TYPES
from crm_desktop.services.house import Services
from crm_desktop.words import Words


@dataclass
class Case:
    """One type: two values in ascending order, and conditions that hold the second one alone."""

    type: FieldType
    low: Any
    high: Any
    conditions: tuple[tuple[Op, Any], ...]


CASES = (
    Case(FieldType.TEXT, "alpha", "beta 乙", ((Op.IS, "beta 乙"), (Op.CONTAINS, "乙"))),
    Case(FieldType.LONG_TEXT, "a\nb", "c\nd", ((Op.CONTAINS, "d"),)),
    Case(FieldType.INTEGER, 9, 10, ((Op.IS, 10), (Op.AFTER, 9), (Op.BETWEEN, (10, 11)))),
    Case(
        FieldType.NUMBER, Decimal("9.5"), Decimal("10.25"),
        ((Op.IS, Decimal("10.25")), (Op.AFTER, Decimal("9.5")), (Op.BETWEEN, (10, 11))),
    ),
    Case(
        FieldType.MONEY, Decimal("900.00"), Decimal("1000.50"),
        ((Op.IS, Decimal("1000.5")), (Op.AFTER, Decimal(900))),
    ),
    Case(
        FieldType.DATE, date(2025, 12, 31), date(2026, 1, 1),
        ((Op.IS, date(2026, 1, 1)), (Op.AFTER, date(2025, 12, 31)), (Op.DURING, "this_year")),
    ),
    Case(FieldType.BOOLEAN, False, True, ((Op.IS, True),)),
)  # fmt: skip


def add(services: Services, case: Case) -> tuple[str, int, int]:
    key = services.custom.add(Kind.COMPANY, f"own {case.type.value}", case.type)
    low = services.records.create(Kind.COMPANY, {"name": "L", key: case.low})
    high = services.records.create(Kind.COMPANY, {"name": "H", key: case.high})
    return key, low, high


def check(services: Services, key: str, low: int, high: int, case: Case) -> None:
    records = services.records
    assert records.card(Kind.COMPANY, low).values[key] == case.low
    (row,) = records.rows(Kind.COMPANY, [high], [key])
    assert row.values == (case.high,)
    assert type(row.values[0]) is type(case.high)
    for op, wanted in case.conditions:
        query = Query().also(Condition(key, op, wanted))
        assert list(records.ids(Kind.COMPANY, query)) == [high], (op, wanted)
    query = Query().also(Condition(key, Op.FILLED))
    assert records.count(Kind.COMPANY, query) == 2
    ordered = Query(order=((key, True),))
    assert list(records.ids(Kind.COMPANY, ordered))[:2] == [high, low]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.type.value)
def test_plain_types(services: Services, case: Case) -> None:
    key, low, high = add(services, case)
    services.records.create(Kind.COMPANY, {"name": "empty"})
    check(services, key, low, high, case)
    services.custom.set_searchable(Kind.COMPANY, key, True)
    check(services, key, low, high, case)
    services.records.update(Kind.COMPANY, high, {key: None})
    assert services.records.card(Kind.COMPANY, high).values[key] is None
    services.history.undo()
    check(services, key, low, high, case)


def test_one_of_and_several_of(services: Services) -> None:
    one = services.custom.add(Kind.PERSON, "one", FieldType.CHOICE)
    several = services.custom.add(Kind.PERSON, "several", FieldType.CHOICES)
    lists = {row.key: row.list_key for row in services.custom.of(Kind.PERSON)}
    red, blue = (services.lists.add(lists[one], name) for name in ("红", "蓝"))
    x, y = (services.lists.add(lists[several], name) for name in ("X", "Y"))
    first = services.records.create(Kind.PERSON, {"name": "A", one: red, several: (x,)})
    second = services.records.create(Kind.PERSON, {"name": "B", one: blue, several: (x, y)})
    third = services.records.create(Kind.PERSON, {"name": "C"})
    card = services.records.card(Kind.PERSON, second)
    assert (card.values[one], card.values[several]) == (blue, (x, y))
    assert services.records.card(Kind.PERSON, third).values[several] == ()
    (row,) = services.records.rows(Kind.PERSON, [second], [several])
    assert row.values == ((x, y),)

    def ids(key: str, op: Op, value: Any = None) -> list[int]:
        query = Query().also(Condition(key, op, value))
        return list(services.records.ids(Kind.PERSON, query))

    assert ids(one, Op.ANY_OF, (blue,)) == [second]
    assert ids(several, Op.IS, y) == [second]
    assert ids(several, Op.ANY_OF, (x, y)) == [first, second]
    assert ids(several, Op.EMPTY) == [third]
    services.records.update(Kind.PERSON, second, {several: ()})
    assert ids(several, Op.EMPTY) == [second, third]


def test_links(services: Services) -> None:
    key = services.custom.add(Kind.COMPANY, "介绍人", FieldType.LINK, link=Kind.PERSON)
    wei = services.records.create(Kind.PERSON, {"name": "张伟"})
    company = services.records.create(Kind.COMPANY, {"name": "恒远", key: wei})
    assert services.records.card(Kind.COMPANY, company).values[key] == Ref(Kind.PERSON, wei, "张伟")
    query = Query().also(Condition(key, Op.IS, wei))
    assert list(services.records.ids(Kind.COMPANY, query)) == [company]
    services.records.update(Kind.COMPANY, company, {key: Ref(Kind.PERSON, wei)})
    assert services.records.card(Kind.COMPANY, company).values[key].id == wei


def test_custom_text_is_found(services: Services) -> None:
    note = services.custom.add(Kind.PERSON, "车牌")
    long = services.custom.add(Kind.PERSON, "经历", FieldType.LONG_TEXT)
    person = services.records.create(
        Kind.PERSON, {"name": "张伟", note: "苏E12345", long: "曾在西门子工作"}
    )
    for text in ("苏e12345", "西门子", "张伟 西门子"):
        assert [hit.id for hit in services.search.find(text)] == [person], text
    services.records.update(Kind.PERSON, person, {note: "沪A9"})
    assert services.search.find("苏e12345") == []
    services.custom.remove(Kind.PERSON, note)
    assert services.search.find("沪a9") == []
    services.history.undo()
    assert [hit.id for hit in services.search.find("沪a9")] == [person]


def fill(services: Services) -> tuple[dict[str, str], int]:
    """A company with a value of every type of own field; the keys by type."""
    keys = {}
    for type_ in TYPES:
        link = Kind.PERSON if type_ is FieldType.LINK else None
        keys[type_.value] = services.custom.add(
            Kind.COMPANY, f"own {type_.value}", type_, link=link
        )
    lists = {row.key: row.list_key for row in services.custom.of(Kind.COMPANY)}
    red = services.lists.add(lists[keys["choice"]], "红")
    x, y = (services.lists.add(lists[keys["choices"]], name) for name in ("X", "Y"))
    wei = services.records.create(Kind.PERSON, {"name": "张伟"})
    values = {
        "text": "alpha", "long_text": "一\n二", "integer": 12, "number": Decimal("1.25"),
        "money": Decimal("1000.50"), "date": date(2026, 5, 1), "boolean": True, "choice": red,
        "choices": (x, y), "link": wei,
    }  # fmt: skip
    company = services.records.create(
        Kind.COMPANY, {"name": "恒远", **{keys[name]: value for name, value in values.items()}}
    )
    return keys, company


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_export_and_import_again_change_nothing_and_fill_what_is_gone(
    services: Services, tmp_path: Path, suffix: str, language: str, read_back: Callable[..., Any]
) -> None:
    keys, company = fill(services)
    before = services.records.card(Kind.COMPANY, company).values
    path = tmp_path / f"companies.{suffix}"
    services.exports.export(Kind.COMPANY, path, Words(language))
    assert read_back(services, path).count(Outcome.SAME) == 1
    services.records.update(Kind.COMPANY, company, dict.fromkeys(keys.values()))
    report = read_back(services, path)
    assert report.outcomes == {Outcome.UPDATED: 1}
    after = services.records.card(Kind.COMPANY, company).values
    assert {key: after[key] for key in keys.values()} == {k: before[k] for k in keys.values()}
