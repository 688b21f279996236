"""Groups with their reasons, candidates while typing, and what is remembered as two."""

from __future__ import annotations

import pytest

from crm_desktop.domain.duplicates import Certainty
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.services.house import Services


def add(services: Services, kind: Kind, name: str, **values: object) -> int:
    return services.records.create(kind, {"name": name, **values})


def groups(services: Services, kind: Kind) -> dict[tuple[int, ...], tuple[Certainty, set[str]]]:
    return {
        group.ids: (group.certainty, {reason.code for reason in group.reasons})
        for group in services.duplicates.find(kind)
    }


def test_people_by_number_mail_and_sound(services: Services) -> None:
    firm = add(services, Kind.COMPANY, "恒远精密机械")
    one = add(services, Kind.PERSON, "张伟", company=firm, mobile=("138 1234 5678",))
    latin = add(services, Kind.PERSON, "Zhang Wei", phone=("+86 13812345678",))
    alike = add(services, Kind.PERSON, "章伟", company=firm)
    john = add(services, Kind.PERSON, "John Miller", email=("J.Miller@x.com",))
    jon = add(services, Kind.PERSON, "Jon Miller", email=("j.miller@x.com",))
    add(services, Kind.PERSON, "李娜", mobile=("13999990000",))
    found = groups(services, Kind.PERSON)
    assert found == {
        (one, latin): (Certainty.SURE, {"phone", "sound"}),
        (john, jon): (Certainty.SURE, {"email", "similar"}),
        (one, alike): (Certainty.LIKELY, {"company", "sound"}),
    }


def test_two_of_one_name_who_differ_are_not_shown(services: Services) -> None:
    first, second = add(services, Kind.COMPANY, "甲"), add(services, Kind.COMPANY, "乙丙")
    add(services, Kind.PERSON, "张伟", company=first, mobile=("13811111111",))
    add(services, Kind.PERSON, "张伟", company=second, mobile=("13822222222",))
    assert groups(services, Kind.PERSON) == {}


def test_a_switchboard_makes_no_group(services: Services) -> None:
    for name in ("王芳", "李娜", "赵敏", "孙丽", "周杰"):
        add(services, Kind.PERSON, name, mobile=("13800000001",))
    assert groups(services, Kind.PERSON) == {}


def test_companies_by_tax_number_core_and_place(services: Services) -> None:
    whole = add(services, Kind.COMPANY, "恒远精密机械（苏州）有限公司", city="苏州")
    core = add(services, Kind.COMPANY, "恒远精密机械")
    taxed = add(services, Kind.COMPANY, "海拓", tax_number="91320594MA1MTC0R2H")
    renamed = add(services, Kind.COMPANY, "新海科技", tax_number="91320594MA1MTC0R2H")
    add(services, Kind.COMPANY, "东方第一机械厂")
    add(services, Kind.COMPANY, "东方第二机械厂")
    add(services, Kind.COMPANY, "恒远精密机械无锡分公司", parent=whole)
    assert groups(services, Kind.COMPANY) == {
        (taxed, renamed): (Certainty.SURE, {"tax_number"}),
        (whole, core): (Certainty.SURE, {"same_core"}),
    }


def test_not_the_same_is_remembered_and_undone(services: Services) -> None:
    one = add(services, Kind.PERSON, "张伟", mobile=("13812345678",))
    other = add(services, Kind.PERSON, "张伟", mobile=("13812345678",))
    assert list(groups(services, Kind.PERSON)) == [(one, other)]
    services.duplicates.not_the_same(Kind.PERSON, [other, one])
    assert groups(services, Kind.PERSON) == {}
    services.history.undo()
    assert list(groups(services, Kind.PERSON)) == [(one, other)]
    with pytest.raises(Refused, match="too_few"):
        services.duplicates.not_the_same(Kind.PERSON, [one, one])


def test_not_the_same_goes_over_when_records_are_merged(services: Services) -> None:
    ids = [add(services, Kind.PERSON, "张伟", mobile=("13812345678",)) for _ in range(3)]
    services.duplicates.not_the_same(Kind.PERSON, ids[1:])
    services.merging.merge(Kind.PERSON, ids[0], [ids[1]])
    assert groups(services, Kind.PERSON) == {}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": "张伟"}, "same_name"),
        ({"name": "Zhang Wei", "mobile": "138 1234-5678"}, "mobile"),
        ({"name": "谁", "email": "ZW@hengyuan.cn"}, "email"),
        ({"name": "张总", "mobile": ("0086 13812345678",)}, "part"),
    ],
)
def test_while_a_person_is_typed(services: Services, values: dict[str, object], code: str) -> None:
    known = add(services, Kind.PERSON, "张伟", mobile=("13812345678",), email=("zw@hengyuan.cn",))
    (found,) = services.duplicates.like(Kind.PERSON, values)
    assert found.ref.id == known
    assert code in {reason.code for reason in found.reasons}
    assert services.duplicates.like(Kind.PERSON, values, but=known) == []


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": "恒远精密机械"}, "same_core"),
        ({"name": "衡远精密机械有限公司"}, "sound"),
        ({"name": "什么", "tax_number": "91320594ma1mtc0r2h"}, "tax_number"),
        ({"name": "恒远精密机械", "phone": "0512 6588 1234"}, "phone"),
    ],
)
def test_while_a_company_is_typed(services: Services, values: dict[str, object], code: str) -> None:
    known = add(
        services,
        Kind.COMPANY,
        "恒远精密机械（苏州）有限公司",
        phone=("0512-65881234",),
        tax_number="91320594MA1MTC0R2H",
    )
    (found,) = services.duplicates.like(Kind.COMPANY, values)
    assert found.ref.id == known
    assert code in {reason.code for reason in found.reasons}


@pytest.mark.parametrize(
    ("kind", "known", "typed", "code"),
    [
        (Kind.PERSON, "欧阳靖雯", {"name": "欧阳静雯"}, "sound"),
        (Kind.PERSON, "张伟", {"name": "Zhang Wei", "mobile": "13812345678"}, "sound"),
        (Kind.PERSON, "张伟明", {"name": "zhangweiming"}, "sound"),
        (Kind.PERSON, "张伟明", {"name": "ZhangWeiMing"}, "sound"),
        (Kind.PERSON, "张伟明", {"name": "zhang wei ming"}, "sound"),
        (Kind.PERSON, "张伟明", {"name": "Weiming Zhang"}, "sound"),
        (Kind.PERSON, "单立文", {"name": "shanliwen"}, "sound"),
        (Kind.PERSON, "吕方", {"name": "lvfang"}, "sound"),
        (Kind.PERSON, "西安", {"name": "xian"}, "sound"),
        (Kind.PERSON, "欧阳靖雯", {"name": "欧阳靖雯", "mobile": "13812345678"}, "same_name"),
        (Kind.PERSON, "Christopher Robinson", {"name": "Christopher Robbinson"}, "similar"),
        (Kind.COMPANY, "苏州恒远精密机械有限公司", {"name": "恒远精密"}, "part"),
        (Kind.COMPANY, "Greenspring Textiles Ltd", {"name": "greenspring"}, "part"),
    ],
)
def test_a_name_alone_is_worth_a_look_while_typed(
    services: Services, kind: Kind, known: str, typed: dict[str, object], code: str
) -> None:
    point = {"mobile": ("13987654321",)} if kind is Kind.PERSON else {}
    there = add(services, kind, known, **point)
    (found,) = services.duplicates.like(kind, typed)
    assert (found.ref.id, [each.code for each in found.reasons]) == (there, [code])
    add(services, kind, str(typed["name"]), **({"mobile": ("13812345678",)} if point else {}))
    assert groups(services, kind) == {}  # of two that are there it says nothing


def test_a_name_of_many_or_of_another_firm_is_not(services: Services) -> None:
    firms = [services.records.create(Kind.COMPANY, {"name": name}) for name in ("恒远", "绿泉")]
    add(services, Kind.PERSON, "张伟", company=firms[0], mobile=("13987654321",))
    elsewhere = {"name": "章伟", "company": firms[1]}
    assert services.duplicates.like(Kind.PERSON, elsewhere) == []
    assert len(services.duplicates.like(Kind.PERSON, {"name": "章伟"})) == 1
    for number in range(3):
        add(services, Kind.PERSON, "张伟", mobile=(f"1398765432{number}",))
    assert services.duplicates.like(Kind.PERSON, {"name": "章伟"}) == []


def test_nothing_typed_is_like_nothing(services: Services) -> None:
    add(services, Kind.PERSON, "张伟")
    assert services.duplicates.like(Kind.PERSON, {}) == []
    assert services.duplicates.like(Kind.PERSON, {"name": "欧阳", "mobile": "1"}) == []
