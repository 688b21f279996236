"""Firms with and without their place in the name: perhaps one; with two places, never one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.duplicates import Likeness, Traits, compare, name_traits
from crm_desktop.domain.firm_places import placed_name
from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services

EXACT = 90
ALIKE = [
    ("恒远精密机械", "苏州恒远精密机械", "place"),
    ("恒远精密机械", "苏州恒远精密机械有限公司", "place"),
    ("恒远精密机械有限公司", "苏州市恒远精密机械", "place"),
    ("恒远精密机械", "江苏省苏州市恒远精密机械有限公司", "place"),
    ("恒远精密机械", "昆山恒远精密机械", "place"),
    ("华为", "深圳华为", "place"),
    ("朝阳恒远", "北京朝阳恒远", "place"),
    ("苏州恒远精密机械", "江苏苏州市恒远精密机械有限公司", "place_written"),
    ("苏州恒远精密机械有限公司", "恒远精密机械（苏州）有限公司", "place_written"),
    ("江苏恒远精密机械", "苏州恒远精密机械", "within"),
    ("苏州恒远精密机械", "昆山恒远精密机械", "within"),
    ("江苏恒远精密机械", "恒远精密机械（苏州）有限公司", "within"),
]
TWO = [
    ("苏州恒远精密机械", "无锡恒远精密机械"),
    ("苏州恒远精密机械有限公司", "无锡恒远精密机械有限公司"),
    ("苏州恒远高新技术精密机械制造设备", "无锡恒远高新技术精密机械制造设备"),  # similar in letters
    ("苏州恒远精密机械", "宿州恒远精密机械"),  # alike in sound
    ("苏州恒远精密机械", "恒远精密机械（无锡）有限公司"),
    ("恒远精密机械（苏州）有限公司", "恒远精密机械（无锡）有限公司"),
    ("江苏恒远精密机械", "浙江恒远精密机械"),
    ("昆山恒远精密机械", "常熟恒远精密机械"),
    ("苏州市场服务", "市场服务部"),
    ("南京东路饭店", "饭店"),
    ("苏州恒远精密机械", "苏州大成精密机械"),
]


def traits(record: int, name: str, *, short: str = "", city: str = "") -> Traits:
    keys, sounds = name_traits(Kind.COMPANY, name, short_name=short)
    return Traits(record, name, keys, sounds, city=city, placed=placed_name(name, city))


def alike(one: Traits, other: Traits) -> Likeness | None:
    found, turned = compare(Kind.COMPANY, one, other), compare(Kind.COMPANY, other, one)
    assert found == turned
    return found


@pytest.mark.parametrize(("one", "other", "code"), ALIKE)
def test_a_place_may_be_left_out(services: Services, one: str, other: str, code: str) -> None:
    found = alike(traits(1, one), traits(2, other))
    assert found is not None
    assert [reason.code for reason in found.reasons] == [code]
    assert found.score < EXACT
    for typed, known in ((one, other), (other, one)):
        services.records.create(Kind.COMPANY, {"name": known})
        (candidate,) = services.duplicates.like(Kind.COMPANY, {"name": typed})
        assert (candidate.score, candidate.reasons) == (found.score, found.reasons)
        services.history.undo()
    ids = tuple(services.records.create(Kind.COMPANY, {"name": name}) for name in (one, other))
    (group,) = services.duplicates.find(Kind.COMPANY)
    assert (group.ids, group.score) == (ids, found.score)


@pytest.mark.parametrize(("one", "other"), TWO)
def test_two_places_are_two_firms(services: Services, one: str, other: str) -> None:
    assert alike(traits(1, one), traits(2, other)) is None
    services.records.create(Kind.COMPANY, {"name": one})
    assert services.duplicates.like(Kind.COMPANY, {"name": other}) == []
    services.records.create(Kind.COMPANY, {"name": other})
    assert services.duplicates.find(Kind.COMPANY) == []


def test_the_city_makes_it_surer_or_speaks_against_it() -> None:
    firm = traits(1, "苏州恒远精密机械")
    for city, code in (("苏州", "place_city"), ("苏州市", "place_city"), ("", "place")):
        found = alike(firm, traits(2, "恒远精密机械", city=city))
        assert found is not None
        assert found.reasons[0].code == code
    assert alike(firm, traits(2, "恒远精密机械", city="无锡")) is None
    latin = traits(1, "Shanghai Hengyuan Ltd", city="Shanghai")
    found = alike(latin, traits(2, "Hengyuan"))
    assert found is not None
    assert found.reasons[0].code == "place"
    assert alike(latin, traits(2, "Beijing Hengyuan", city="Beijing")) is None


def test_a_short_name_of_two_does_not_join_them() -> None:
    one = traits(1, "苏州恒远精密机械", short="恒远")
    assert alike(one, traits(2, "无锡恒远精密机械", short="恒远")) is None
    found = alike(one, traits(2, "恒远"))
    assert found is not None
    assert found.reasons[0].code == "short_name"


def test_one_without_a_place_does_not_join_two_with(services: Services) -> None:
    ids = [
        services.records.create(Kind.COMPANY, {"name": name})
        for name in ("苏州恒远精密机械", "恒远精密机械", "无锡恒远精密机械")
    ]
    groups = {group.ids for group in services.duplicates.find(Kind.COMPANY)}
    assert groups == {(ids[0], ids[1]), (ids[1], ids[2])}


def test_a_number_in_common_still_tells(services: Services) -> None:
    for name in ("苏州恒远精密机械", "无锡恒远精密机械"):
        services.records.create(Kind.COMPANY, {"name": name, "phone": ("0512-65881234",)})
    (group,) = services.duplicates.find(Kind.COMPANY)
    assert [reason.code for reason in group.reasons] == ["phone"]


def test_while_typing_the_exact_one_comes_first(services: Services) -> None:
    placed = services.records.create(Kind.COMPANY, {"name": "苏州恒远精密机械有限公司"})
    exact = services.records.create(Kind.COMPANY, {"name": "恒远精密机械有限公司"})
    found = services.duplicates.like(Kind.COMPANY, {"name": "恒远精密机械"})
    assert [each.ref.id for each in found] == [exact, placed]
    gone = services.duplicates.like(Kind.COMPANY, {"name": "恒远精密机械"}, but=exact)
    assert [each.ref.id for each in gone] == [placed]
    services.records.trash(Kind.COMPANY, [placed])
    assert [
        each.ref.id for each in services.duplicates.like(Kind.COMPANY, {"name": "恒远精密机械"})
    ] == [exact]


PLACES = ("", "苏州", "苏州市", "江苏", "江苏省苏州市", "无锡", "昆山", "北京", "朝阳")
CORES = ("恒远", "恒远精密机械", "衡远精密机械", "大成第一机械厂", "大成第二机械厂")
NAMES = st.builds(
    lambda place, core, inside, form: f"{place}{core}{inside}{form}",
    st.sampled_from(PLACES),
    st.sampled_from(CORES),
    st.sampled_from(("", "（苏州）", "(无锡)", "（二期）")),
    st.sampled_from(("", "有限公司")),
)


@given(
    names=st.lists(NAMES, min_size=2, max_size=2),
    shorts=st.lists(st.sampled_from(("", "恒远", "苏州恒远")), min_size=2, max_size=2),
    cities=st.lists(st.sampled_from(("", "苏州", "无锡", "Suzhou")), min_size=2, max_size=2),
)
def test_it_is_the_same_from_both_sides(
    names: Sequence[str], shorts: Sequence[str], cities: Sequence[str]
) -> None:
    one, other = (
        traits(number, name, short=short, city=city)
        for number, (name, short, city) in enumerate(zip(names, shorts, cities, strict=True), 1)
    )
    alike(one, other)
    assert (same := alike(one, one)) is not None
    assert same.score >= EXACT
