"""What files hold is what lists show: the reading for files against the reading for lists."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crm_desktop.data.records import stream
from crm_desktop.data.records.stream import Stream
from crm_desktop.domain import schema
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.due import Due
from crm_desktop.domain.fields import Address, Field, FieldType
from crm_desktop.domain.kinds import RECORD_KINDS, Kind, Ref
from crm_desktop.domain.next_step import NextStep
from crm_desktop.domain.payments import Stage
from crm_desktop.domain.queries import EVERYTHING, Condition, Op, Query
from crm_desktop.services.house import Services

ZONE = ZoneInfo("Asia/Shanghai")


def flat(value: Any, field: Field) -> Any:
    """A value of a list as a file holds it."""
    if field.type is FieldType.PARTS:
        return value or None
    if field.type in (FieldType.POINTS, FieldType.TAGS, FieldType.ADDRESSES):
        several = tuple(v.text() if isinstance(v, Address) else v for v in value)
        return several if len(several) > 1 else (*several, None)[0]
    if field.type is FieldType.CHOICES:
        return tuple(value) or None
    if value is None:
        return None
    if isinstance(value, Ref):
        return value.title
    if isinstance(value, Birthday):
        return value.text()
    if isinstance(value, Due):
        return f"{value.day} {value.time:%H:%M}" if value.time else f"{value.day}"
    if isinstance(value, NextStep):
        parts = (value.day and str(value.day), value.at and f"{value.at:%H:%M}", value.subject)
        return " ".join(part for part in parts if part)
    if isinstance(value, datetime):
        return value.astimezone(ZONE).replace(tzinfo=None)
    if field.custom and field.type in (FieldType.NUMBER, FieldType.MONEY):
        return Decimal(value)
    if field.custom and field.type is FieldType.DATE:
        return date.fromisoformat(value) if isinstance(value, str) else value
    return bool(value) if field.type is FieldType.BOOLEAN else value


def streamed(services: Services, kind: Kind, ids: Any) -> tuple[tuple[Field, ...], list[list[Any]]]:
    fields = services.records.fields(kind)
    with services.book.read() as session:
        source = Stream(
            session, kind, fields, today=services.clock.today(), zone=services.clock.zone
        )
        columns: list[list[Any]] = [[] for _ in fields]
        for window in source.windows(ids):
            for column, values in zip(columns, window, strict=True):
                column += values
    return fields, columns


def check(services: Services, kind: Kind, query: Query = EVERYTHING, ids: Any = None) -> int:
    wanted = services.records.ids(kind, query) if ids is None else ids
    fields, columns = streamed(services, kind, wanted)
    keys = [field.key for field in fields]
    rows = services.records.rows(kind, wanted, keys)
    for place, field in enumerate(fields):
        expected = [flat(row.values[place], field) for row in rows]
        assert columns[place] == expected, f"{kind} {field.key}"
        assert list(map(type, columns[place])) == list(map(type, expected))
    return len(rows)


def own_fields(services: Services) -> None:
    """A field of every type a user can make, on people, with a value in every other record."""
    add = services.custom.add
    stages = services.lists.items("level")
    company = next(iter(services.records.ids(Kind.COMPANY)))
    values: dict[str, Any] = {
        add(Kind.PERSON, "文字"): "甲 \"乙\" '丙'",
        add(Kind.PERSON, "长文", FieldType.LONG_TEXT): "一\n二",
        add(Kind.PERSON, "数", FieldType.INTEGER): 7,
        add(Kind.PERSON, "小数", FieldType.NUMBER): Decimal("1.2500"),
        add(Kind.PERSON, "钱", FieldType.MONEY): Decimal("-3.50"),
        add(Kind.PERSON, "日", FieldType.DATE): date(2026, 1, 2),
        add(Kind.PERSON, "是", FieldType.BOOLEAN): True,
        add(Kind.PERSON, "级", FieldType.CHOICE, list_key="level"): stages[0].id,
        add(Kind.PERSON, "几级", FieldType.CHOICES, list_key="level"): tuple(
            i.id for i in stages[:2]
        ),
        add(Kind.PERSON, "司", FieldType.LINK, link=Kind.COMPANY): company,
    }
    services.records.update(Kind.PERSON, list(services.records.ids(Kind.PERSON))[::2], values)


def more(services: Services) -> None:
    """What the sample lacks: several jobs, points, addresses, tags and steps on one person."""
    companies = services.records.ids(Kind.COMPANY)
    several = {
        "name": "多 一",
        "company": companies[0],
        "title": "经理",
        "mobile": ("13800000001", "13800000002", "13800000003"),
        "address": (Address(line="88 号", city="苏州"), Address(line="1 High St", city="York")),
        "tags": ("乙", "甲", "VIP"),
        "birthday": Birthday(4, 1, lunar=True, leap=True),
    }
    person = services.records.create(Kind.PERSON, several)
    services.people.add_job(person, companies[1], title="顾问")
    many = tuple(f"1380000{number:04}" for number in range(7))
    mails = tuple(f"a{number}@example.com" for number in range(6))
    services.records.create(Kind.PERSON, {"name": "很 多", "mobile": many, "email": mails})
    for day, at in ((None, None), (date(2026, 12, 2), None), (date(2026, 12, 2), time(9, 5))):
        due = Due(day, at, "Asia/Shanghai") if day else None
        services.activities.plan(Ref(Kind.PERSON, person), f"步骤 {at}", due)
    services.records.create(Kind.PERSON, {"name": "空 白"})
    services.records.create(Kind.STAFF, {"name": "王 芳", "active_from": date(2020, 3, 1)})
    contract = services.contracts.from_quote(services.records.ids(Kind.QUOTE)[0])
    services.payments.add_stage(contract, Stage("首付", date(2026, 11, 1), percent=Decimal(30)))
    for of_month, amount in ((5, "100.50"), (9, "-3")):
        paid = {"amount": Decimal(amount), "dated": date(2026, 11, of_month)}
        services.payments.record({**paid, "contract": contract})
    services.payments.record({"person": person, "amount": Decimal(7)})
    spent = {"company": companies[0], "purpose": "晚餐", "reimbursed": True}
    services.records.create(Kind.EXPENSE, {**spent, "amount": Decimal("12.30")})


@pytest.fixture
def sample(services: Services) -> Services:
    services.sample.fill("zh")
    more(services)
    own_fields(services)
    return services


@pytest.mark.parametrize("most", [3_000, 7])
def test_every_kind_and_every_field(
    sample: Services, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "_FIRST", most)
    monkeypatch.setattr(stream, "_MOST", most)
    checked = {kind: check(sample, kind) for kind in RECORD_KINDS}
    assert all(checked.values()), checked


@pytest.mark.parametrize("most", [3_000, 7])
def test_every_field_of_long_lists_that_the_engine_sorts(
    sample: Services, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "MANY", 1)
    monkeypatch.setattr(stream, "_MOST", most)
    monkeypatch.setattr(stream, "_FEWEST", min(most, stream._FEWEST))
    for kind in RECORD_KINDS:
        ids = list(sample.records.ids(kind))
        assert check(sample, kind, ids=[*ids[1:], ids[0]]) == len(ids)
        assert check(sample, kind, ids=[*ids[::-1]]) == len(ids)


def test_a_long_list_of_which_some_are_gone_and_some_columns_nearly_empty(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "MANY", 1)
    monkeypatch.setattr(stream, "_FIRST", 3)  # so few are looked at beforehand
    monkeypatch.setattr(stream, "_MOST", 5)
    monkeypatch.setattr(stream, "_FEWEST", 5)
    for number in range(40):
        services.records.create(Kind.COMPANY, {"name": f"公司 {number:02}"})
    ids = list(services.records.ids(Kind.COMPANY))[::-1]
    late = {"city": "苏州", "tags": ("甲",), "phone": ("1", "2"), "turnover": Decimal("1.5")}
    services.records.update(Kind.COMPANY, [ids[1], ids[17]], late)
    gone = [max(ids) + 1, max(ids) + 2]
    assert check(services, Kind.COMPANY, ids=[*ids[:5], *gone, *ids[5:]]) == 40
    assert check(services, Kind.COMPANY, ids=[*ids, ids[3]]) == 41  # one twice
    assert check(services, Kind.COMPANY, ids=[*ids, 10**9]) == 40  # far from the others


def orders() -> list[Query]:
    return [
        Query(order=(("name", True),)),
        Query(order=(("company", False), ("city", True))),
        Query(text="苏州"),
        Query().also(Condition("mobile", Op.FILLED)),
        Query(trashed=True),
    ]


@pytest.mark.parametrize("query", orders(), ids=range(5))
def test_filtered_and_ordered(sample: Services, query: Query) -> None:
    ids = sample.records.ids(Kind.PERSON)
    sample.records.trash(Kind.PERSON, list(ids[:3]))
    assert check(sample, Kind.PERSON, query)


def test_chosen_ones_some_gone_some_twice(sample: Services) -> None:
    ids = list(sample.records.ids(Kind.PERSON))
    wanted = [ids[5], 999_999, ids[2], ids[5], ids[0]]
    assert check(sample, Kind.PERSON, ids=wanted) == 4
    assert check(sample, Kind.PERSON, ids=[]) == 0
    assert check(sample, Kind.PERSON, ids=[999_999]) == 0
    assert check(sample, Kind.PERSON, ids=ids[:1]) == 1


def test_a_column_that_is_filled_late(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "_FIRST", 3)
    monkeypatch.setattr(stream, "_MOST", 3)
    for number in range(12):
        services.records.create(Kind.COMPANY, {"name": f"公司 {number:02}"})
    last = services.records.ids(Kind.COMPANY)[-1]
    services.records.update(Kind.COMPANY, last, {"city": "苏州", "tags": ("甲",)})
    assert check(services, Kind.COMPANY) == 12


def test_long_texts_make_small_windows(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "_FIRST", 4)
    monkeypatch.setattr(stream, "_FEWEST", 2)
    monkeypatch.setattr(stream, "_TEXT", 10_000)
    for number in range(40):
        notes = f"{number} " * (2_000 if number < 10 else 1)
        services.records.create(Kind.COMPANY, {"name": f"公司 {number:02}", "notes": notes})
    sizes = []
    with services.book.read() as session:
        fields = schema.FIELDS[Kind.COMPANY]
        source = Stream(session, Kind.COMPANY, fields, today=services.clock.today(), zone="UTC")
        for window in source.windows(services.records.ids(Kind.COMPANY)):
            sizes.append(len(window[0]))
    assert sizes[:2] == [4, 2]
    assert max(sizes[3:]) > 4
    assert sum(sizes) == 40
