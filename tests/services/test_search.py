"""One box for everything: every way in which users name what they look for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.lists import item_name
from crm_desktop.services.house import Services
from crm_desktop.words import LANGUAGES, Words
from tests.services.test_journal_properties import index

Found = tuple[str, str]


def titles(services: Services, query: str, *kinds: Kind) -> list[Found]:
    return [(hit.kind.value, hit.title) for hit in services.search.find(query, kinds=kinds)]


def names(services: Services, query: str, kind: Kind = Kind.PERSON) -> list[str]:
    return [title for _, title in titles(services, query, kind)]


@pytest.fixture
def firm(services: Services) -> Services:
    """A customer with everything that can be found."""
    make = services.records.create
    plate = services.custom.add(Kind.PERSON, "车牌")
    history = services.custom.add(Kind.COMPANY, "经历", FieldType.LONG_TEXT)
    company = make(
        Kind.COMPANY,
        {
            "name": "苏州恒远精密机械有限公司",
            "phone": ("0512-6588 1234",),
            "tax_number": "91320594MA1MTC0R2H",
            "website": "www.hengyuan.cn",
            history: "早年给西门子供货",
        },
    )
    person = make(
        Kind.PERSON,
        {
            "name": "张伟明",
            "company": company,
            "mobile": ("138 1234 5678",),
            "email": ("weiming.zhang@hengyuan.cn",),
            "tags": ("展会 2025",),
            "notes": "喜欢龙井茶",
            plate: "苏E88X66",
        },
    )
    links: dict[str, Any] = {"company": company, "person": person}
    deal = make(Kind.OPPORTUNITY, {"title": "磨床改造", **links})
    services.quotes.create({**links, "title": "磨床报价", "opportunity": deal})
    services.contracts.create({**links, "title": "供货合同"})
    make(Kind.TICKET, {"subject": "主轴异响", "said": "转速一高就响", **links})
    services.activities.log(Ref(Kind.PERSON, person), "他要求下周二前交样品", "call")
    make(Kind.PERSON, {"name": "John Miller", "email": ("j.miller@example.com",)})
    return services


PERSON, COMPANY = ("person", "张伟明"), ("company", "苏州恒远精密机械有限公司")


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("伟", PERSON),
        ("张伟", PERSON),
        ("恒远", COMPANY),
        ("精", COMPANY),
        ("zhangweiming", PERSON),
        ("zhang wei ming", PERSON),
        ("weiming", PERSON),
        ("zwm", PERSON),
        ("wm", PERSON),
        ("张wm", PERSON),
        ("zhang伟m", PERSON),
        ("hengyuan", COMPANY),
        ("hyjm", COMPANY),
        ("恒yuan", COMPANY),
        ("5678", PERSON),
        ("345678", PERSON),
        ("138 1234 5678", PERSON),
        ("+86 13812345678", PERSON),
        ("1234", PERSON),
        ("65881234", COMPANY),
        ("weiming.zh", PERSON),
        ("weiming.zhang@hengyuan.cn", PERSON),
        ("mill", ("person", "John Miller")),
        ("jo mi", ("person", "John Miller")),
        ("miller john", ("person", "John Miller")),
        ("张伟明 恒远", PERSON),
        ("恒远 张伟明", PERSON),
        ("5678 zhang", PERSON),
        ("展会", PERSON),
        ("展会 2025", PERSON),
        ("龙井", PERSON),
        ("苏e88", PERSON),
        ("西门子", COMPANY),
        ("91320594ma1", COMPANY),
        ("磨床改造", ("opportunity", "磨床改造")),
        ("mcgz", ("opportunity", "磨床改造")),
        ("供货", ("contract", "C-2026-0001")),
        ("主轴", ("ticket", "主轴异响")),
        ("转速", ("ticket", "主轴异响")),
        ("样品", ("activity", "他要求下周二前交样品")),
    ],
)
def test_what_users_type(firm: Services, query: str, first: Found) -> None:
    found = titles(firm, query)
    assert first in found[:3], found
    kind = Kind(first[0])
    assert titles(firm, query, kind)[0] == first


def test_by_number(firm: Services) -> None:
    for kind in (Kind.QUOTE, Kind.CONTRACT, Kind.TICKET):
        (record,) = firm.records.ids(kind)
        number = firm.records.card(kind, record).values["number"]
        for query in (number, number.lower(), number[-4:]):
            hits = firm.search.find(query)
            assert (kind, record) in [(hit.kind, hit.id) for hit in hits], (kind, query)
        assert firm.search.find(number)[0].kind is kind


@pytest.mark.parametrize(
    ("name", "usual"),
    [
        *(("曾国藩", "zeng"), ("单雄信", "shan"), ("仇英", "qiu"), ("解缙", "xie")),
        *(("区小姐", "ou"), ("朴正熙", "piao"), ("查良镛", "zha"), ("翟天临", "zhai")),
    ],
)
def test_surnames_as_they_are_read(services: Services, name: str, usual: str) -> None:
    services.records.create(Kind.PERSON, {"name": name})
    assert names(services, usual) == [name]


def test_the_users_own_reading_wins(services: Services) -> None:
    usual = services.records.create(Kind.PERSON, {"name": "单雄信"})
    own = services.records.create(Kind.PERSON, {"name": "单于", "name_reading": "chan yu"})
    services.records.update(Kind.PERSON, usual, {"notes": "changed later"})
    # "chan" is a reading of the character, but only one of the two is called so.
    assert next(iter(services.search.find("chan"))).id == own
    assert [hit.id for hit in services.search.find("chanyu")] == [own]
    assert [hit.id for hit in services.search.find("cy")] == [own]
    assert next(iter(services.search.find("shan"))).id == usual
    from_lists = services.records.ids(Kind.PERSON)
    assert list(from_lists) == [own, usual]  # chan before shan
    services.records.update(Kind.PERSON, own, {"name_reading": None})
    assert [hit.id for hit in services.search.find("shanyu")] == [own]


def test_exact_before_beginning_before_containing_and_recent_first(
    services: Services, clock: FixedClock
) -> None:
    def company(name: str) -> int:
        clock.moment += timedelta(minutes=1)
        return services.records.create(Kind.COMPANY, {"name": name})

    exact = company("海拓")
    begins = [company("海拓机械"), company("海拓电子")]
    holds = [company("上海拓普"), company("新海拓")]
    elsewhere = services.records.create(Kind.COMPANY, {"name": "别家", "notes": "原名海拓"})

    def order() -> list[int]:
        return [hit.id for hit in services.search.find("海拓")]

    assert order() == [exact, *reversed(begins), *reversed(holds), elsewhere]
    services.records.update(Kind.COMPANY, begins[0], {"notes": "x"})
    assert order() == [exact, begins[0], begins[1], *reversed(holds), elsewhere]


@pytest.mark.parametrize(
    "query", ["lxf", "linxf", "linxiaofan", "lin xiao fan", "lin xiaofan", "lx", "linx"]
)
def test_who_sounds_so_comes_before_notes_that_name_him_later(
    services: Services, query: str
) -> None:
    person = services.records.create(Kind.PERSON, {"name": "林晓帆"})
    for subject in ("与林晓帆通话：要两台", "林晓帆要求下周前交样品", "把报价单发给林晓帆"):
        services.activities.log(Ref(Kind.PERSON, person), subject, "call")
    found = titles(services, query)
    assert len(found) == 4
    only_begun = query in ("lx", "linx")  # as does what the second note begins with
    assert ("person", "林晓帆") in found[: 2 if only_begun else 1]


def test_what_is_in_the_trash_is_not_found(firm: Services) -> None:
    (person,) = (hit.id for hit in firm.search.find("zwm", kinds=(Kind.PERSON,)))
    firm.records.trash(Kind.PERSON, person)
    assert names(firm, "zwm") == []
    firm.history.undo()
    assert names(firm, "zwm") == ["张伟明"]


@pytest.mark.parametrize(
    "act",
    [
        lambda s, company: s.records.update(Kind.COMPANY, company, {"name": "绿源食品"}),
        lambda s, company: s.merging.merge(
            Kind.COMPANY, s.records.create(Kind.COMPANY, {"name": "绿源食品"}), [company]
        ),
    ],
)
def test_people_are_found_by_the_new_name_of_their_company(
    firm: Services, act: Callable[[Services, int], object]
) -> None:
    (company,) = firm.records.ids(Kind.COMPANY)
    act(firm, company)
    assert names(firm, "张伟明 绿源") == ["张伟明"]
    assert names(firm, "张伟明 恒远精密") == []
    assert "磨床改造" in names(firm, "绿源", Kind.OPPORTUNITY)


def test_what_is_chosen_in_fields_of_ones_own(services: Services) -> None:
    hobby = services.custom.add(Kind.PERSON, "兴趣", FieldType.CHOICES)
    fishing, photos = (services.lists.add(hobby, word) for word in ("钓鱼", "Photography"))
    level = services.custom.add(Kind.COMPANY, "评级", FieldType.CHOICE, list_key="level")
    best = services.lists.all_items("level")[0]
    person = {"name": "张伟明", hobby: (photos, fishing)}
    services.records.create(Kind.PERSON, person)
    services.records.create(Kind.COMPANY, {"name": "恒远", level: best.id})
    assert names(services, "钓鱼") == names(services, "photo 张") == ["张伟明"]
    for language in LANGUAGES:
        word = item_name(best, Words(language).text)
        assert "恒远" in names(services, word, Kind.COMPANY)
    services.lists.rename(fishing, "垂钓")
    assert (names(services, "钓鱼"), names(services, "垂钓")) == ([], ["张伟明"])
    services.history.undo()
    assert (names(services, "钓鱼"), names(services, "垂钓")) == (["张伟明"], [])
    services.custom.remove(Kind.PERSON, hobby)
    assert names(services, "钓鱼") == []


def test_what_is_chosen_is_found_as_it_comes_and_goes(services: Services) -> None:
    hobby = services.custom.add(Kind.PERSON, "兴趣", FieldType.CHOICE)
    fishing = services.lists.add(hobby, "钓鱼")
    services.records.create(Kind.PERSON, {"name": "张伟明", hobby: fishing})
    services.history.undo()
    services.history.undo()
    assert names(services, "钓鱼") == []
    services.history.redo()
    services.history.redo()
    assert names(services, "钓鱼") == ["张伟明"]
    found = index(services)
    services.search.rebuild()
    assert index(services) == found


def test_what_a_file_chooses_is_found(services: Services, tmp_path: Path) -> None:
    hobby = services.custom.add(Kind.PERSON, "兴趣", FieldType.CHOICES)
    for word in ("钓鱼", "摄影"):
        services.lists.add(hobby, word)
    file = tmp_path / "people.csv"
    file.write_text("姓名,兴趣\n张伟明,摄影、钓鱼\n李娜,摄影\n王芳,\n", "utf-8-sig")
    plan = services.imports.preview(file).plan
    assert [column.target for column in plan.columns] == ["person.name", f"person.{hobby}"]
    services.imports.run(file, plan, Words("zh"))
    assert names(services, "钓鱼") == ["张伟明"]
    assert set(names(services, "摄影")) == {"张伟明", "李娜"}
    found = index(services)
    services.search.rebuild()
    assert index(services) == found
