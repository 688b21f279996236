"""Pasted text becomes a record, or is shown to be one already."""

from __future__ import annotations

import pytest

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.fields import Address
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.pasted import is_card
from crm_desktop.domain.problems import Refused
from crm_desktop.services.house import Services
from crm_desktop.services.pasting import Firm

CARD = "张伟 总经理\n恒远精密机械有限公司\n手机：138 1234 5678\n地址：苏州工业园区星湖街328号"


def test_a_card_makes_a_person(services: Services) -> None:
    firm = services.records.create(Kind.COMPANY, {"name": "恒远精密机械（苏州）有限公司"})
    draft = services.pasting.read(CARD)
    assert draft.kind is Kind.PERSON
    assert draft.values == {
        "name": "张伟",
        "title": "总经理",
        "mobile": ("138 1234 5678",),
        "address": (Address(line="苏州工业园区星湖街328号"),),
    }
    assert [candidate.ref.id for candidate in draft.companies] == [firm]
    assert draft.alike == []
    made = services.records.create(draft.kind, {**draft.values, "company": firm})
    again = services.pasting.read(CARD)
    assert [candidate.ref.id for candidate in again.alike] == [made]


def test_a_region_told_apart_stands_before_the_address(services: Services) -> None:
    text = "收货人：陈丽娜\n所在地区：江苏省苏州市\n详细地址：星湖街328号"
    values = services.pasting.read(text).values
    assert values["address"] == (Address(line="江苏省苏州市星湖街328号"),)
    assert (values["province"], values["city"]) == ("江苏省", "苏州市")


def test_invoice_data_makes_a_company(services: Services) -> None:
    text = "单位名称：临海鸿图自动化有限公司\n税号：91331082MA2B1C2D3E\n电话：0576-85881234"
    draft = services.pasting.read(text)
    assert draft.kind is Kind.COMPANY
    assert draft.values["name"] == "临海鸿图自动化有限公司"
    assert draft.values["phone"] == ("0576-85881234",)
    assert services.records.create(draft.kind, draft.values)


def test_nothing_to_read_is_said(services: Services) -> None:
    with pytest.raises(Refused, match=r"pasting\.nothing"):
        services.pasting.read("明天下午三点开会")


def test_a_person_with_a_new_company_is_one_gesture(services: Services) -> None:
    draft = services.pasting.read(CARD)
    made = services.pasting.create(draft.kind, draft.values, Firm(name=draft.company))
    values = services.records.card(Kind.PERSON, made).values
    assert values["company"].title == "恒远精密机械有限公司"
    assert services.history.gestures()[0].title == "gesture.pasted"
    services.history.undo()
    assert services.records.count(Kind.PERSON) == services.records.count(Kind.COMPANY) == 0
    services.history.redo()
    assert services.records.count(Kind.PERSON) == services.records.count(Kind.COMPANY) == 1


def test_a_known_company_is_linked_and_not_made_again(services: Services) -> None:
    firm = services.records.create(Kind.COMPANY, {"name": "恒远精密"})
    draft = services.pasting.read(CARD)
    made = services.pasting.create(draft.kind, draft.values, Firm(firm, "another name"))
    assert services.records.card(Kind.PERSON, made).values["company"].id == firm
    assert services.records.count(Kind.COMPANY) == 1


def test_filling_adds_what_is_missing_and_keeps_what_is_there(services: Services) -> None:
    known = {"name": "张伟", "title": "采购经理", "mobile": ("13812345678",)}
    person = services.records.create(Kind.PERSON, known)
    text = CARD + "\n邮箱：zhang@example.com\n手机：139 0000 1111"
    draft = services.pasting.read(text)
    ref = Ref(Kind.PERSON, person, "张伟")
    filled = services.pasting.fill(ref, draft.values, Firm(name=draft.company))
    assert set(filled) == {"mobile", "email", "address", "company"}
    values = services.records.card(Kind.PERSON, person).values
    assert values["title"] == "采购经理"
    assert len(values["mobile"]) == 2
    assert values["email"] == ("zhang@example.com",)
    assert values["company"].title == draft.company
    again = services.history.gestures()[0].id
    assert services.pasting.fill(ref, draft.values, Firm(name=draft.company)) == ()
    assert services.history.gestures()[0].id == again
    services.history.undo()
    values = services.records.card(Kind.PERSON, person).values
    assert (values["mobile"], values["email"], values["company"]) == (("13812345678",), (), None)


@pytest.mark.parametrize(
    ("text", "card"),
    [
        (CARD, True),
        ("张伟 13812345678 苏州恒远", True),
        ("Wei Zhang\nwei@example.com", True),
        ("张伟", False),
        ("张伟\n李娜\n王芳", False),
        ("张伟 13812345678\n李娜 13912345678\n王芳 13712345678", False),
    ],
)
def test_one_card_is_told_from_a_list(text: str, card: bool) -> None:
    assert is_card(text) is card


@pytest.mark.parametrize(
    ("said", "birthday"),
    [
        ("生日：1985-3-12", Birthday(3, 12, 1985)),
        ("农历八月十五", Birthday(8, 15, lunar=True)),
        ("农历生日：腊月初八", Birthday(12, 8, lunar=True)),
        ("DOB: 12 March 1985", Birthday(3, 12, 1985)),
        ("born March 12, 1985", Birthday(3, 12, 1985)),
        ("生日：2099-3-12", None),
        ("born 03/04/1985", None),
    ],
)
def test_a_birthday(services: Services, said: str, birthday: Birthday | None) -> None:
    draft = services.pasting.read(f"姓名：张伟\n{said}\n手机：13812345678")
    assert draft.values.get("birthday") == birthday
    made = services.pasting.create(draft.kind, draft.values)
    assert services.records.card(Kind.PERSON, made).values["birthday"] == birthday
    assert not services.pasting.fill(Ref(Kind.PERSON, made, "张伟"), draft.values)
