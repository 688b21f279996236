"""Merging keeps everything, un-merging gives everything back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crm_desktop.data import merge as merge_rows
from crm_desktop.data.digest import content_digest
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.fields import Address, FieldType
from crm_desktop.domain.gifts import Gift
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.merging import How
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.queries import EVERYTHING, Condition, Op
from crm_desktop.services.history import UndoResult
from crm_desktop.services.house import Services


def digest(services: Services) -> str:
    with services.book.read() as session:
        return content_digest(session, services.book.metadata)


def person(services: Services, name: str, **values: Any) -> int:
    return services.records.create(Kind.PERSON, {"name": name, **values})


def company(services: Services, name: str, **values: Any) -> int:
    return services.records.create(Kind.COMPANY, {"name": name, **values})


def of(services: Services, kind: Kind, record_id: int) -> Any:
    return services.records.card(kind, record_id).values


def two_people(services: Services) -> tuple[int, int, int]:
    firm = company(services, "恒远精密机械")
    one = person(services, "张伟", company=firm, mobile=("13812345678",), tags=("重点",))
    other = person(
        services,
        "张 伟",
        company=firm,
        title="经理",
        mobile=("138 1234 5678", "13900001111"),
        email=("zw@hy.cn",),
        tags=("重点", "展会"),
        notes="喜欢茶",
        birthday=Birthday(3, 8, 1980),
        do_not_contact=True,
        address=(Address("星湖街 328 号", city="苏州"),),
    )
    third = person(services, "李娜", company=firm)
    services.activities.log(Ref(Kind.PERSON, other), "谈了报价", "call")
    services.records.create(Kind.OPPORTUNITY, {"title": "磨床", "person": other, "company": firm})
    services.people.add_relation(other, third)
    services.gifts.add(other, Gift("龙井"))
    services.attachments.add_bytes(Ref(Kind.PERSON, other, "张 伟"), "名片.txt", b"card")
    return one, other, third


def test_everything_of_both_is_kept(services: Services) -> None:
    one, other, third = two_people(services)
    services.merging.merge(Kind.PERSON, one, [other])
    values = of(services, Kind.PERSON, one)
    assert values["name"] == "张伟"
    assert values["mobile"] == ("13812345678", "13900001111")
    assert values["email"] == ("zw@hy.cn",)
    assert values["title"] == "经理"
    assert set(values["tags"]) == {"重点", "展会"}
    assert values["notes"] == "喜欢茶"
    assert values["birthday"] == Birthday(3, 8, 1980)
    assert values["do_not_contact"] is True
    assert values["address"][0].city == "苏州"
    assert values["open_opportunities"] == 1
    assert len(services.people.jobs(one)) == 1
    assert [row.other.id for row in services.people.relations(one)] == [third]
    assert services.attachments.count(Ref(Kind.PERSON, one)) == 1
    assert [gift.what for gift in services.gifts.of(one)] == ["龙井"]
    assert any(entry.title == "谈了报价" for entry in services.timeline.of(Ref(Kind.PERSON, one)))
    assert services.records.card(Kind.PERSON, other).trashed


def test_undo_parts_them_bit_equal_and_redo_merges_again(services: Services) -> None:
    one, other, _ = two_people(services)
    before = digest(services)
    services.merging.merge(Kind.PERSON, one, [other])
    after = digest(services)
    result = services.history.undo()
    assert not result.kept
    assert not result.blocked
    assert digest(services) == before
    services.history.redo()
    assert digest(services) == after


def test_undo_after_edits_keeps_and_names_them(services: Services) -> None:
    one, other, _ = two_people(services)
    gesture = services.merging.merge(Kind.PERSON, one, [other])
    services.records.update(Kind.PERSON, one, {"notes": "喜欢茶和咖啡", "city": "上海"})
    services.activities.log(Ref(Kind.PERSON, one), "合并后的电话", "call")
    result = services.history.undo(gesture)
    assert (result.kept[0].field, result.kept[0].value) == ("notes", "喜欢茶和咖啡")
    (call,) = services.records.ids(
        Kind.ACTIVITY, EVERYTHING.also(Condition("subject", Op.IS, "合并后的电话"))
    )
    assert told(services, result) == [
        (Kind.PERSON, one, "notes", "changed"),
        (Kind.PERSON, one, "city", "since"),
        (Kind.ACTIVITY, call, "", "since"),
    ]
    assert of(services, Kind.PERSON, one)["notes"] == "喜欢茶和咖啡"
    assert of(services, Kind.PERSON, one)["city"] == "上海"
    assert of(services, Kind.PERSON, one)["mobile"] == ("13812345678",)
    back = of(services, Kind.PERSON, other)
    assert back["mobile"] == ("138 1234 5678", "13900001111")
    assert back["notes"] == "喜欢茶"
    assert back["do_not_contact"] is True
    assert of(services, Kind.PERSON, one)["do_not_contact"] is False
    assert back["open_opportunities"] == 1
    titles = [entry.title for entry in services.timeline.of(Ref(Kind.PERSON, one))]
    assert "合并后的电话" in titles
    assert "谈了报价" not in titles


def test_every_edit_since_is_named_wherever_it_is(services: Services) -> None:
    one, other, third = two_people(services)
    plate = services.custom.add(Kind.PERSON, "车牌")
    (deal,) = services.records.ids(Kind.OPPORTUNITY)
    before = services.custom.add(Kind.PERSON, "尺码")
    gesture = services.merging.merge(Kind.PERSON, one, [other])
    ref = Ref(Kind.PERSON, one)
    services.records.update(Kind.PERSON, one, {plate: "苏E1", "birthday": Birthday(4, 9, 1981)})
    services.records.update(Kind.PERSON, one, {before: "L"})
    services.history.undo()
    services.records.update(Kind.PERSON, one, {"wechat": ("zw1",), "tags": ("老友",)})
    services.records.update(Kind.OPPORTUNITY, deal, {"title": "磨床两台"})
    services.records.update(Kind.PERSON, third, {"city": "南京"})  # has nothing to do with it
    services.gifts.add(one, Gift("钢笔"))
    services.attachments.add_bytes(ref, "新.txt", b"new")
    quote = services.quotes.create({"person": one})
    gone = services.records.create(Kind.TICKET, {"subject": "维修", "person": one})
    services.records.create(Kind.TICKET, {"subject": "别人的", "person": third})
    result = services.history.undo(gesture)
    assert set(told(services, result)) == {
        (Kind.PERSON, one, "birthday", "changed"),
        (Kind.PERSON, one, plate, "since"),
        (Kind.PERSON, one, "wechat", "since"),
        (Kind.PERSON, one, "tags", "since"),
        (Kind.PERSON, one, "gifts", "since"),
        (Kind.PERSON, one, "files", "since"),
        (Kind.OPPORTUNITY, deal, "title", "since"),
        (Kind.QUOTE, quote, "", "since"),
        (Kind.TICKET, gone, "", "since"),
    }
    names = {left.own_name for left in services.history.left(result.kept)}
    assert "车牌" in names
    assert not result.blocked


def test_people_and_branches_of_a_merged_company_are_named(services: Services) -> None:
    one, other = company(services, "恒远"), company(services, "恒远精密")
    staying = person(services, "李娜", company=other)
    gesture = services.merging.merge(Kind.COMPANY, one, [other])
    person(services, "王芳", company=one)
    branch = company(services, "恒远无锡", parent=one)
    services.records.update(Kind.PERSON, staying, {"title": "厂长"})
    services.records.update(Kind.COMPANY, one, {"phone": ("0512-65880000",)})
    result = services.history.undo(gesture)
    named = {
        (left.ref.title, left.field) for left in services.history.left(result.kept) if left.ref
    }
    assert named == {
        ("王芳", "company"),
        ("恒远无锡", ""),
        ("李娜", "company"),
        ("恒远", "phone"),
    }
    assert of(services, Kind.COMPANY, branch)["parent"].id == one


def told(services: Services, result: UndoResult) -> list[tuple[Kind, int, str, str]]:
    """What an un-merge kept, by record and field."""
    left = services.history.left(result.kept)
    return [(each.ref.kind, each.ref.id, each.field, each.reason) for each in left if each.ref]


def test_an_edit_of_what_came_from_the_other_goes_back_with_it_and_is_named(
    services: Services,
) -> None:
    one, other, _ = two_people(services)
    gesture = services.merging.merge(Kind.PERSON, one, [other])
    services.records.update(Kind.PERSON, one, {"email": ("neu@hy.cn",)})
    services.records.update(Kind.PERSON, one, {"mobile": ("13800000000", "13900001111")})
    services.history.undo()  # what was taken back is no edit
    result = services.history.undo(gesture)
    assert of(services, Kind.PERSON, one)["email"] == ()
    assert of(services, Kind.PERSON, other)["email"] == ("neu@hy.cn",)
    assert {kept.value for kept in result.kept} == {"neu@hy.cn"}
    assert told(services, result) == [(Kind.PERSON, other, "email", "changed")]
    assert not result.blocked


def test_choices_are_followed(services: Services) -> None:
    one, other, _ = two_people(services)
    services.records.update(Kind.PERSON, one, {"title": "总经理"})
    preview = services.merging.preview(Kind.PERSON, [one, other])
    how = {line.field.key: line.how for line in preview.fields}
    assert how["title"] is How.KEPT
    assert how["mobile"] is How.UNITED
    assert how["do_not_contact"] is How.WINS
    assert how["birthday"] is How.FILLED
    assert {move.code: move.count for move in preview.moves} == {
        "activities": 1,
        "opportunities": 1,
        "jobs": 1,
        "relations": 1,
        "gifts": 1,
        "files": 1,
    }
    choices = {"name": other, "title": other, "mobile": other}
    services.merging.merge(Kind.PERSON, one, [other], choices)
    values = of(services, Kind.PERSON, one)
    assert values["name"] == "张 伟"
    assert values["title"] == "经理"
    assert values["mobile"] == ("13812345678", "13900001111")


def test_both_had_a_company(services: Services) -> None:
    first, second = company(services, "甲公司"), company(services, "乙公司")
    one = person(services, "王芳", company=first, title="采购")
    other = person(services, "王芳", company=second, title="经理")
    services.merging.merge(Kind.PERSON, one, [other], {"company": other, "title": other})
    values = of(services, Kind.PERSON, one)
    assert values["company"].id == second
    assert values["title"] == "经理"
    jobs = services.people.jobs(one)
    assert [(job.company.id, job.title) for job in jobs if job.company] == [
        (second, "经理"),
        (first, "采购"),
    ]


def test_companies_with_people_branches_and_papers(services: Services) -> None:
    one = company(services, "恒远精密机械有限公司", phone=("0512-65881234",))
    other = company(services, "恒远精密机械", tax_number="91320594MA1MTC0R2H", parent=one)
    branch = company(services, "恒远精密无锡分公司", parent=other)
    worker = person(services, "李娜", company=other)
    quote = services.quotes.create({"company": other})
    services.records.create(Kind.TICKET, {"subject": "异响", "company": other})
    before = digest(services)
    services.merging.merge(Kind.COMPANY, one, [other])
    assert of(services, Kind.COMPANY, one)["tax_number"] == "91320594MA1MTC0R2H"
    assert of(services, Kind.COMPANY, one)["parent"] is None
    assert of(services, Kind.COMPANY, branch)["parent"].id == one
    assert of(services, Kind.PERSON, worker)["company"].id == one
    assert of(services, Kind.QUOTE, quote)["company"].id == one
    services.history.undo()
    assert digest(services) == before


def test_a_firm_merged_into_its_own_branch_is_not_below_itself(services: Services) -> None:
    top = company(services, "母公司")
    middle = company(services, "子公司", parent=top)
    low = company(services, "孙公司", parent=middle)
    services.merging.merge(Kind.COMPANY, low, [top])
    assert of(services, Kind.COMPANY, middle)["parent"].id == low
    assert of(services, Kind.COMPANY, low)["parent"] is None


def test_link_fields_of_the_user_follow(services: Services) -> None:
    key = services.custom.add(Kind.OPPORTUNITY, "介绍人", FieldType.LINK, link=Kind.PERSON)
    one, other = person(services, "张伟"), person(services, "张伟")
    deal = services.records.create(Kind.OPPORTUNITY, {"title": "磨床", key: other})
    services.merging.merge(Kind.PERSON, one, [other])
    assert of(services, Kind.OPPORTUNITY, deal)[key].id == one


def test_the_reading_and_the_bank_belong_together(services: Services) -> None:
    one = person(services, "单雄信")
    other = person(services, "單雄信", name_reading="shan xiong xin")
    services.merging.merge(Kind.PERSON, one, [other])
    assert of(services, Kind.PERSON, one)["name_reading"] is None
    firm = company(services, "甲", bank_name="中国银行")
    twin = company(services, "甲", bank_name="工商银行", bank_account="6222")
    services.merging.merge(Kind.COMPANY, firm, [twin])
    assert of(services, Kind.COMPANY, firm)["bank_account"] is None


def test_refusals(services: Services) -> None:
    one = person(services, "张伟")
    with pytest.raises(Refused, match="too_few"):
        services.merging.merge(Kind.PERSON, one, [one])
    other = person(services, "张伟")
    services.records.trash(Kind.PERSON, other)
    with pytest.raises(Refused, match="in_trash"):
        services.merging.merge(Kind.PERSON, one, [other])
    with pytest.raises(Refused, match="gone"):
        services.merging.preview(Kind.PERSON, [one, 9999])


def test_no_table_that_names_owners_is_forgotten(services: Services) -> None:
    """A new table with an owner by kind and number needs a line in `data/merge.py`."""
    named = {
        table.name
        for table in services.book.metadata.tables.values()
        if {"owner_id", "record_id", "first_id"} & set(table.c.keys())
    }
    assert named == {
        "attachments",
        "tag_links",
        "import_origins",
        "not_the_same",
        "recently_seen",
        "search_entries",
    }
    assert {table.name for table, _ in merge_rows.references(Kind.PERSON)} >= {
        "activities",
        "jobs",
        "points",
        "quotes",
    }


def test_dates_of_a_job_are_filled_up(services: Services) -> None:
    firm = company(services, "甲公司")
    one, other = person(services, "王芳", company=firm), person(services, "王芳")
    services.people.add_job(other, firm, "经理", from_date=date(2020, 1, 1))
    services.merging.merge(Kind.PERSON, one, [other])
    (job,) = services.people.jobs(one)
    assert (job.title, job.from_date) == ("经理", date(2020, 1, 1))
