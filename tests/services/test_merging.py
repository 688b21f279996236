"""Merging keeps everything, un-merging gives everything back."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from crm_desktop.data import merge as merge_rows
from crm_desktop.data.digest import content_digest
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.fields import Address, FieldType
from crm_desktop.domain.gifts import Gift
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.merging import How
from crm_desktop.domain.problems import Refused
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book


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
    assert [(kept.field, kept.value) for kept in result.kept] == [("notes", "喜欢茶和咖啡")]
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


# ---- whatever the two sides hold

Step = tuple[int, int, int]
NAMES = ("张伟", "章伟", "Zhang Wei", "张总", "李娜")


def _pick(services: Services, kind: Kind, number: int) -> int:
    ids = services.records.ids(kind)
    return ids[number % len(ids)]


def _detail(s: Services, a: int, b: int) -> None:
    one = _pick(s, Kind.PERSON, a)
    values: list[dict[str, Any]] = [
        {"mobile": (f"138{b:08}", "13700000000")},
        {"email": (f"{b % 3}@x.cn",), "wechat": ("wx",)},
        {"company": _pick(s, Kind.COMPANY, b), "title": f"职务{b % 2}"},
        {"tags": ("甲", f"乙{b % 2}")},
        {"notes": f"备注{b % 3}", "do_not_contact": bool(b % 2)},
        {"birthday": Birthday(b % 12 + 1, 8, lunar=bool(b % 2)), "city": "苏州"},
        {"address": (Address(f"路 {b % 3} 号"), Address("湖边"))},
        {"mobile": ()},
    ]
    s.records.update(Kind.PERSON, one, values[b % len(values)])


def _firm(s: Services, a: int, b: int) -> None:
    one, other = _pick(s, Kind.COMPANY, a), _pick(s, Kind.COMPANY, b)
    if a % 2 and one != other and of(s, Kind.COMPANY, other)["parent"] is None:
        s.records.update(Kind.COMPANY, one, {"parent": other})
    else:
        s.records.update(Kind.COMPANY, one, {"phone": (f"0512{b:08}",), "notes": f"厂{b % 2}"})


def _hang(s: Services, a: int, b: int) -> None:
    one, firm = _pick(s, Kind.PERSON, a), _pick(s, Kind.COMPANY, b)
    links = {"person": one, "company": firm if b % 2 else None}
    match b % 5:
        case 0:
            s.activities.log(Ref(Kind.PERSON, one), f"谈{a % 3}", "call")
        case 1:
            s.records.create(Kind.OPPORTUNITY, {"title": f"商机{a % 3}", **links})
        case 2:
            s.quotes.create(dict(links))
        case 3:
            s.records.create(Kind.TICKET, {"subject": "维修", **links})
        case _:
            s.attachments.add_bytes(Ref(Kind.PERSON, one), "a.txt", str(b).encode())


def _relate(s: Services, a: int, b: int) -> None:
    one, other = _pick(s, Kind.PERSON, a), _pick(s, Kind.PERSON, b)
    if one != other:
        s.people.add_relation(one, other, note="同学" if a % 2 else "")
        s.people.add_job(one, _pick(s, Kind.COMPANY, b), f"兼职{a % 2}")
    jobs = s.people.jobs(one)
    if jobs and one != other:
        s.people.set_reports_to(jobs[0].id, other)


def _own(s: Services, a: int, b: int) -> None:
    """Fields of the user's own, gifts, what is thought of them."""
    one, other = _pick(s, Kind.PERSON, a), _pick(s, Kind.PERSON, b)
    own = {field.name: field.key for field in s.custom.of(Kind.PERSON)}
    match b % 4:
        case 0:
            s.gifts.add(one, Gift(f"茶{a % 3}", received=bool(a % 2)))
        case 1:
            s.records.update(Kind.PERSON, one, {"likes_product": a % 5 + 1, "important": True})
        case 2 if one != other:
            s.records.update(Kind.PERSON, one, {own["介绍人"]: other})
        case _:
            s.records.update(Kind.PERSON, one, {own["车牌"]: f"苏E{b % 3}"})


def _apart(s: Services, a: int, b: int) -> None:
    one, other = _pick(s, Kind.PERSON, a), _pick(s, Kind.PERSON, b)
    if one != other:
        s.duplicates.not_the_same(Kind.PERSON, [one, other])


STEPS: tuple[Callable[[Services, int, int], None], ...] = (
    _detail,
    _firm,
    _hang,
    _relate,
    _own,
    _apart,
)
_FRESH: list[Path] = []
_MOMENT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def _fresh() -> Path:
    if not _FRESH:
        path = Path(tempfile.mkdtemp()) / "fresh.crm"
        open_book(path, FixedClock(_MOMENT, "Asia/Shanghai")).close()
        _FRESH.append(path)
    return _FRESH[0]


EDITS = ("notes", "city", "name", "tags")


def _edit(s: Services, kind: Kind, keep: int, number: int) -> str:
    """Change the merged record; returns the field, "" for what hangs on it."""
    if number % 6 == 5:
        s.activities.log(Ref(kind, keep), f"后来谈{number}", "call")
        return ""
    if number % 6 == 4:
        s.attachments.add_bytes(Ref(kind, keep), "后来.txt", str(number).encode())
        return ""
    field = EDITS[number % 6]
    value = f"后来{number}"
    s.records.update(kind, keep, {field: (value,) if field == "tags" else value})
    return field


@settings(max_examples=40)
@given(
    steps=st.lists(
        st.tuples(st.integers(0, len(STEPS) - 1), st.integers(0, 40), st.integers(0, 40)),
        min_size=3,
        max_size=14,
    ),
    wishes=st.tuples(st.booleans(), st.integers(1, 3), st.integers(0, 6)),
    edits=st.lists(st.integers(0, 40), max_size=3),
)
def test_merge_then_unmerge_is_bit_equal(
    steps: list[Step], wishes: tuple[bool, int, int], edits: list[int]
) -> None:
    people, others, wish = wishes
    kind = Kind.PERSON if people else Kind.COMPANY
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "b.crm"
        shutil.copy(_fresh(), path)
        clock = FixedClock(_MOMENT, "Asia/Shanghai")
        with open_book(path, clock) as book:
            services = Services(book, clock, Home.at(Path(folder)))
            services.custom.add(Kind.PERSON, "车牌")
            services.custom.add(Kind.PERSON, "介绍人", FieldType.LINK, link=Kind.PERSON)
            firms = [company(services, f"公司{n}") for n in range(4)]
            for number, name in enumerate(NAMES):
                person(services, name, company=firms[number % 3])
            for which, a, b in steps:
                try:
                    STEPS[which](services, a, b)
                except Refused:
                    continue
            ids = services.records.ids(kind)
            keep, rest = ids[wish % len(ids)], [i for i in ids if i != ids[wish % len(ids)]]
            choices = {"name": rest[0], "title": rest[-1], "mobile": rest[0], "notes": rest[0]}
            before = digest(services)
            gesture = services.merging.merge(kind, keep, rest[:others], choices if wish % 2 else {})
            newest = services.history.undoable()
            edited = {_edit(services, kind, keep, number) for number in edits}
            untouched = services.history.undoable() == newest
        with open_book(path, clock) as book:  # after a restart
            services = Services(book, clock, Home.at(Path(folder)))
            since = of(services, kind, keep)
            hanging = _hanging(services, kind, keep)
            result = services.history.undo(gesture)
            assert not result.blocked
            if untouched:
                assert not result.kept
                assert digest(services) == before
            else:
                now = of(services, kind, keep)
                assert {kept.field for kept in result.kept} <= edited
                assert {kept.row for kept in result.kept} <= {keep}
                for field in edited & {"notes", "city", "name"}:
                    assert now[field] == since[field]
                if "tags" in edited:
                    assert set(since["tags"]) <= set(now["tags"])
                assert _hanging(services, kind, keep) >= hanging
            for other in rest:
                assert not services.records.card(kind, other).trashed
            with book.read() as session:
                assert session.execute(text("PRAGMA foreign_key_check")).all() == []


def _hanging(s: Services, kind: Kind, keep: int) -> set[str]:
    """What was said and filed since a merge."""
    ref = Ref(kind, keep)
    said = {entry.title for entry in s.timeline.of(ref) if entry.title.startswith("后来谈")}
    return said | {file.name for file in s.attachments.of(ref) if file.name == "后来.txt"}


def test_dates_of_a_job_are_filled_up(services: Services) -> None:
    firm = company(services, "甲公司")
    one, other = person(services, "王芳", company=firm), person(services, "王芳")
    services.people.add_job(other, firm, "经理", from_date=date(2020, 1, 1))
    services.merging.merge(Kind.PERSON, one, [other])
    (job,) = services.people.jobs(one)
    assert (job.title, job.from_date) == ("经理", date(2020, 1, 1))
