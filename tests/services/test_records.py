"""Records of every kind through the one service."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from crm_desktop.domain import schema
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.document_lines import LineDraft
from crm_desktop.domain.fields import Address, FieldType
from crm_desktop.domain.kinds import RECORD_KINDS, Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.queries import (
    EVERYTHING,
    Condition,
    Group,
    Op,
    Query,
    from_plain,
    to_plain,
)
from crm_desktop.domain.text import clean_name
from crm_desktop.services.house import Services


def wei(services: Services) -> tuple[int, int]:
    company = services.records.create(
        Kind.COMPANY, {"name": "苏州恒远精密机械有限公司", "city": "苏州", "tags": ("重点",)}
    )
    person = services.records.create(
        Kind.PERSON,
        {
            "name": " 张伟 ",
            "company": company,
            "title": "采购经理",
            "mobile": ("13812345678", "139 0000 1111"),
            "birthday": Birthday(10, 23, year=1980, lunar=True),
            "address": (Address(line="星湖街 88 号", city="苏州"),),
        },
    )
    return company, person


def test_a_person_keeps_every_value(services: Services) -> None:
    company, person = wei(services)
    values = services.records.card(Kind.PERSON, person).values
    assert values["name"] == "张伟"
    assert values["company"] == Ref(Kind.COMPANY, company, "苏州恒远精密机械有限公司")
    assert values["title"] == "采购经理"
    assert values["mobile"] == ("13812345678", "139 0000 1111")
    assert values["birthday"] == Birthday(10, 23, year=1980, lunar=True)
    assert values["address"] == (Address(line="星湖街 88 号", city="苏州"),)


def test_changing_the_company_keeps_the_old_job(services: Services) -> None:
    company, person = wei(services)
    other = services.records.create(Kind.COMPANY, {"name": "宁波海拓"})
    services.records.update(Kind.PERSON, person, {"company": other})
    assert services.records.card(Kind.PERSON, person).values["company"].id == other
    assert services.records.card(Kind.COMPANY, company).values["people_count"] == 0
    services.history.undo()
    assert services.records.card(Kind.PERSON, person).values["company"].id == company


def test_a_title_without_a_company_is_kept(services: Services) -> None:
    person = services.records.create(Kind.PERSON, {"name": "李娜", "title": "自由顾问"})
    assert services.records.card(Kind.PERSON, person).values["title"] == "自由顾问"
    company = services.records.create(Kind.COMPANY, {"name": "绿源"})
    services.records.update(Kind.PERSON, person, {"company": company})
    values = services.records.card(Kind.PERSON, person).values
    assert (values["title"], values["company"].id) == ("自由顾问", company)


def test_required_fields_are_named(services: Services) -> None:
    with pytest.raises(Refused) as caught:
        services.records.create(Kind.PERSON, {"name": "  ", "influence": 7})
    problems = caught.value.args_for_words["problems"]
    assert {(p.field, p.code) for p in problems} == {
        ("name", "problem.required"),
        ("influence", "problem.range"),
    }
    assert services.records.count(Kind.PERSON) == 0


def test_money_stays_exact(services: Services) -> None:
    made = services.records.create(
        Kind.OPPORTUNITY, {"title": "大单", "amount": Decimal("999999999999.99"), "probability": 50}
    )
    services.records.create(Kind.OPPORTUNITY, {"title": "小单", "amount": Decimal("0.01")})
    assert services.records.card(Kind.OPPORTUNITY, made).values["amount"] == Decimal(
        "999999999999.99"
    )
    sums = services.records.sums(Kind.OPPORTUNITY, EVERYTHING, ["amount"])
    assert sums == {"amount": {"CNY": Decimal("1000000000000.00")}}
    with pytest.raises(TypeError):
        services.records.update(Kind.OPPORTUNITY, made, {"amount": 0.1})


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_every_summed_column_of_a_list_has_its_sum(services: Services, kind: Kind) -> None:
    summed = [field.key for field in services.records.fields(kind) if field.summed]
    assert services.records.sums(kind, EVERYTHING, summed) == {key: {} for key in summed}


def test_what_customers_bought_this_year_is_summed(services: Services) -> None:
    won = services.lists.by_code("stage", "won").id
    for name, amount in (("恒远", "100.05"), ("绿源", "200")):
        company = services.records.create(Kind.COMPANY, {"name": name})
        values = {"title": "大单", "company": company, "amount": Decimal(amount)}
        deal = services.records.create(Kind.OPPORTUNITY, values)
        services.records.update(Kind.OPPORTUNITY, deal, {"stage": won})
    sums = services.records.sums(Kind.COMPANY, EVERYTHING, ["year_amount", "won_amount"])
    assert sums["won_amount"] == {"": Decimal("300.05")}
    assert sums["year_amount"] == sums["won_amount"]


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_every_field_can_be_sorted_filtered_and_shown(services: Services, kind: Kind) -> None:
    title = schema.TITLE_KEYS[kind]
    values: dict[str, Any] = {title: "甲"} if schema.find(kind, title).editable else {"title": "甲"}
    if kind in (Kind.RECEIPT, Kind.EXPENSE):
        somebody = services.records.create(Kind.COMPANY, {"name": "乙"})
        values |= {"amount": Decimal(1), "company": somebody}
    made = services.records.create(kind, values)
    for field in services.records.fields(kind):
        for descending in (True, False):
            query = Query(order=((field.key, descending),))
            assert list(services.records.ids(kind, query)) == [made]
        empty = services.records.count(kind, EVERYTHING.also(Condition(field.key, Op.EMPTY)))
        filled = services.records.count(kind, EVERYTHING.also(Condition(field.key, Op.FILLED)))
        assert empty + filled == 1, field.key
        (row,) = services.records.rows(kind, [made], [field.key])
        assert row.id == made


def test_conditions(services: Services) -> None:
    company, person = wei(services)
    other = services.records.create(Kind.PERSON, {"name": "李娜", "mobile": ("13700001111",)})

    def found(*conditions: Condition, any_of: bool = False) -> set[int]:
        query = Query(where=Group(conditions, any_of=any_of))
        assert from_plain(to_plain(query)) == query
        return set(services.records.ids(Kind.PERSON, query))

    assert found(Condition("company", Op.IS, company)) == {person}
    assert found(Condition("mobile", Op.CONTAINS, "0000")) == {person, other}
    assert found(Condition("mobile", Op.STARTS, "137")) == {other}
    assert found(Condition("name", Op.IS, "李娜"), Condition("name", Op.IS, "张伟")) == set()
    either = (Condition("name", Op.IS, "李娜"), Condition("name", Op.IS, "张伟"))
    assert found(*either, any_of=True) == {person, other}
    assert found(Condition("created_at", Op.WITHIN, 1)) == {person, other}
    assert found(Condition("name", Op.CONTAINS, "%")) == set()
    assert found(Condition("tags", Op.ANY_OF, ("重点",))) == set()


def test_a_text_within_another_is_found_whatever_the_case_of_latin_letters(
    services: Services,
) -> None:
    names = (
        "王%芳",
        "a_b",
        "50/7 Ada",
        "É芳",
        "é%_/",
        "LI芳 li",
        "13 8",
        "9.5",
        "芳芳",
        "ß",
        "王😀",
    )
    made = {services.records.create(Kind.PERSON, {"name": name}): name for name in names}
    for part in {name[at : at + size] for name in names for size in (1, 2) for at in range(8)}:
        query = EVERYTHING.also(Condition("name", Op.CONTAINS, part))
        found = {made[each] for each in services.records.ids(Kind.PERSON, query)}
        assert found == {name for name in names if _latin_lower(part) in _latin_lower(name)}, part


def _latin_lower(text: str) -> str:
    return "".join(each.lower() if each.isascii() else each for each in text)


def test_pinyin_order(services: Services) -> None:
    for name in ("赵敏", "曾国藩", "阿宝", "单雄信", "Bob", "重庆三峡"):
        services.records.create(Kind.PERSON, {"name": name})
    rows = services.records.rows(Kind.PERSON, services.records.ids(Kind.PERSON), ["name"])
    assert [row.values[0] for row in rows] == [
        "阿宝",
        "Bob",
        "重庆三峡",
        "单雄信",
        "曾国藩",
        "赵敏",
    ]


def test_trash_takes_what_hangs_on_it_and_brings_it_back(services: Services) -> None:
    company, person = wei(services)
    deal = services.records.create(Kind.OPPORTUNITY, {"title": "改造", "company": company})
    services.activities.plan(Ref(Kind.OPPORTUNITY, deal), "电话", None)
    services.records.trash(Kind.COMPANY, company)
    assert [services.records.count(k) for k in (Kind.COMPANY, Kind.OPPORTUNITY)] == [0, 0]
    assert services.records.count(Kind.ACTIVITY) == 0
    assert services.records.count(Kind.PERSON) == 1
    assert services.search.find("恒远", kinds=(Kind.COMPANY,)) == []
    services.records.restore(Kind.COMPANY, company)
    assert [services.records.count(k) for k in (Kind.COMPANY, Kind.OPPORTUNITY)] == [1, 1]
    assert services.records.count(Kind.ACTIVITY) == 1
    assert services.records.card(Kind.PERSON, person).values["company"].id == company
    assert [hit.id for hit in services.search.find("恒远", kinds=(Kind.COMPANY,))] == [company]


def test_what_was_trashed_before_stays_in_the_trash(services: Services, clock: object) -> None:
    company, _ = wei(services)
    deal = services.records.create(Kind.OPPORTUNITY, {"title": "改造", "company": company})
    services.records.trash(Kind.OPPORTUNITY, deal)
    services.clock.moment = date_later(services)  # type: ignore[attr-defined]
    services.records.trash(Kind.COMPANY, company)
    services.records.restore(Kind.COMPANY, company)
    assert services.records.count(Kind.OPPORTUNITY) == 0


def date_later(services: Services) -> object:
    from datetime import timedelta

    return services.clock.now() + timedelta(minutes=1)


def test_at_least_counts_the_living_up_to_a_number(services: Services) -> None:
    assert not services.records.at_least(Kind.PERSON, 1)
    first, second = (services.records.create(Kind.PERSON, {"name": name}) for name in "甲乙")
    assert services.records.at_least(Kind.PERSON, 2)
    assert not services.records.at_least(Kind.PERSON, 3)
    services.records.trash(Kind.PERSON, second)
    assert services.records.at_least(Kind.PERSON, 1)
    assert not services.records.at_least(Kind.PERSON, 2)
    services.records.trash(Kind.PERSON, first)
    assert not services.records.at_least(Kind.PERSON, 1)


def test_bulk_change_is_one_gesture(services: Services) -> None:
    ids = [services.records.create(Kind.PERSON, {"name": f"人{n}"}) for n in range(20)]
    level = services.lists.by_code("level", "a").id
    services.records.update(Kind.PERSON, ids, {"level": level})
    only = EVERYTHING.also(Condition("level", Op.IS, level))
    assert services.records.count(Kind.PERSON, only) == 20
    services.history.undo()
    assert services.records.count(Kind.PERSON, only) == 0
    assert services.records.count(Kind.PERSON) == 20


def test_records_gone_are_refused(services: Services) -> None:
    with pytest.raises(Refused, match=r"record\.gone"):
        services.records.card(Kind.PERSON, 99)
    with pytest.raises(Refused, match=r"record\.gone"):
        services.records.update(Kind.PERSON, 99, {"name": "谁"})


def test_links_are_offered_by_pinyin(services: Services) -> None:
    _, person = wei(services)
    (found,) = services.records.find_links(Kind.PERSON, "zw")
    assert (found.ref.id, found.subtitle) == (person, "苏州恒远精密机械有限公司")


def test_what_is_found_says_whom_it_is_about(services: Services) -> None:
    company, person = wei(services)
    made = services.records.create
    alone = made(Kind.PERSON, {"name": "独行客", "mobile": ("13900001111", "13900002222")})
    firm, loner = "苏州恒远精密机械有限公司", {"person": alone}
    about = {
        Kind.PERSON: (alone, "139 0000 1111"),
        Kind.RECEIPT: (made(Kind.RECEIPT, {"amount": Decimal(1), "company": company}), firm),
        Kind.EXPENSE: (made(Kind.EXPENSE, {"amount": Decimal(1), **loner}), "独行客"),
        Kind.TICKET: (made(Kind.TICKET, {"subject": "主轴过热", "company": company}), firm),
        Kind.ACTIVITY: (made(Kind.ACTIVITY, {"subject": "回电", "person": person}), "张伟"),
        Kind.OPPORTUNITY: (made(Kind.OPPORTUNITY, {"title": "改造", **loner}), "独行客"),
    }
    for kind, (record, whom) in about.items():
        title = services.records.card(kind, record).ref.title
        hit = next(h for h in services.search.find(title, kinds=[kind]) if h.id == record)
        assert (kind, hit.subtitle) == (kind, whom)


def test_declared_types_have_loaders(services: Services) -> None:
    """No field type falls through to a column that does not exist."""
    declared = {field.type for kind in RECORD_KINDS for field in schema.FIELDS[kind]}
    assert declared <= set(FieldType)
    assert date(2026, 11, 20) == services.clock.today()


def test_days_of_moments_are_days_on_the_wall(services: Services) -> None:
    """Half past seven in Shanghai is the day before in UTC."""
    clock = services.clock
    assert isinstance(clock, FixedClock)
    clock.moment = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)
    person = services.records.create(Kind.PERSON, {"name": "早起"})
    services.activities.log(Ref(Kind.PERSON, person), "早上电话", "call")
    today = date(2026, 11, 20)
    assert services.records.card(Kind.PERSON, person).values["last_contact"] == today
    for key in ("created_at", "last_contact"):
        for op, value, expected in (
            (Op.IS, today, 1),
            (Op.BEFORE, today, 0),
            (Op.AFTER, date(2026, 11, 19), 1),
            (Op.BETWEEN, (today, today), 1),
            (Op.WITHIN, 0, 1),
        ):
            query = EVERYTHING.also(Condition(key, op, value))
            assert services.records.count(Kind.PERSON, query) == expected, (key, op)


@pytest.mark.parametrize("name", ["张\ud800伟", "\u202e张\x00伟", "=1+1", "客" * 40_000, "%_'\""])
def test_whatever_is_typed_is_kept_or_cleaned(services: Services, name: str) -> None:
    person = services.records.create(Kind.PERSON, {"name": name, "notes": f"{name}\n第二行"})
    kept = services.records.title(Ref(Kind.PERSON, person))
    assert kept == clean_name(name)
    shown = services.history.undoable()
    assert shown is not None
    assert shown.args["name"] == kept[:200]
    services.records.trash(Kind.PERSON, person)
    services.history.undo()
    assert services.records.title(Ref(Kind.PERSON, person)) == kept


def test_an_opportunity_takes_company_and_worth_from_what_hangs_on_it(services: Services) -> None:
    company, person = wei(services)
    deal = services.records.create(Kind.OPPORTUNITY, {"title": "改造"})
    services.records.update(Kind.OPPORTUNITY, deal, {"person": person})
    assert services.records.card(Kind.OPPORTUNITY, deal).values["company"].id == company
    quote = services.quotes.from_opportunity(deal)
    services.quotes.set_lines(quote, [LineDraft(name="套件", price=Decimal(1280))])
    services.quotes.send(quote)
    assert services.records.card(Kind.OPPORTUNITY, deal).values["amount"] == Decimal(1280)
    services.history.undo()
    assert services.records.card(Kind.OPPORTUNITY, deal).values["amount"] is None
