"""What changed on people and companies and in what hangs on them: old → new, once a gesture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from crm_desktop.domain.anniversaries import Anniversary
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.fields import Address
from crm_desktop.domain.gifts import Gift
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.parts import Demand
from crm_desktop.services.house import Services
from crm_desktop.words import Words
from tests.services.test_imports import workbook

Told = dict[str, tuple[Any, Any]]
_JOURNAL = ("journal_change", "journal_span")


@pytest.fixture
def person(services: Services) -> Ref:
    values = {"name": "张伟", "mobile": ("13800000001",), "email": ("a@b.cn",), "tags": ("老",)}
    return Ref(Kind.PERSON, services.records.create(Kind.PERSON, values), "张伟")


@pytest.fixture
def firm(services: Services) -> Ref:
    values = {"name": "恒远", "phone": ("021-1",), "address": (Address("人民路 1 号"),)}
    return Ref(Kind.COMPANY, services.records.create(Kind.COMPANY, values), "恒远")


def told(services: Services, ref: Ref) -> list[Told]:
    """What each entry says, newest first; all were made at one moment."""
    entries = services.timeline.of(ref)
    return [
        {change.key: (change.before, change.after) for change in entry.changes}
        for entry in entries
        if entry.code == "changed"
    ]


def test_what_came_with_the_record_is_no_change(services: Services, person: Ref, firm: Ref) -> None:
    for ref in (person, firm):
        assert [entry.code for entry in services.timeline.of(ref)] == ["created"]


def test_numbers_addresses_and_tags(services: Services, person: Ref, firm: Ref) -> None:
    change = services.records.update
    change(Kind.PERSON, person.id, {"mobile": ("13900000002", "13800000001"), "salutation": "Herr"})
    assert told(services, person) == [
        {
            "salutation": (None, "Herr"),
            "mobile": (("13800000001",), ("13900000002", "13800000001")),
        }
    ]
    change(Kind.PERSON, person.id, {"email": ()})
    assert {"email": (("a@b.cn",), ())} in told(services, person)
    change(Kind.PERSON, person.id, {"tags": ("新", "老")})
    services.tags.remove(Kind.PERSON, [person.id], "老")
    both = tuple(sorted(("新", "老")))
    assert {"tags": (("老",), both)} in told(services, person)
    assert {"tags": (both, ("新",))} in told(services, person)
    assert len(told(services, person)) == 4
    change(Kind.COMPANY, firm.id, {"address": (Address("人民路 2 号"),), "phone": ("021-2",)})
    assert told(services, firm) == [
        {
            "phone": (("021-1",), ("021-2",)),
            "address": ((Address("人民路 1 号"),), (Address("人民路 2 号"),)),
        }
    ]


def test_another_company_is_told_by_its_name(services: Services, person: Ref, firm: Ref) -> None:
    services.records.update(Kind.PERSON, person.id, {"company": firm.id, "title": "经理"})
    other = Ref(Kind.COMPANY, services.records.create(Kind.COMPANY, {"name": "海拓"}), "海拓")
    job = services.people.jobs(person.id)[0].id
    assert told(services, person) == [{"company": (None, firm), "title": (None, "经理")}]
    services.records.update(Kind.PERSON, person.id, {"company": other.id})
    assert {"company": (firm, other), "title": ("经理", None)} in told(services, person)
    services.people.remove_job(services.people.jobs(person.id)[0].id)
    assert {"company": (other, None)} in told(services, person)
    services.people.take_up_again(job)
    assert {"company": (None, firm), "title": (None, "经理")} in told(services, person)[:1]


def test_demand_is_told_for_companies(services: Services, firm: Ref) -> None:
    item = services.lists.add("product_category", "轴承")
    parts = (Demand(item, Decimal(1200), "t", 2026), Demand(item, Decimal("0.5"), "kg"))
    services.records.update(Kind.COMPANY, firm.id, {"demand": parts})
    services.records.update(Kind.COMPANY, firm.id, {"demand": parts[:1]})
    assert {"demand": ((), parts)} in told(services, firm)
    assert {"demand": (parts, parts[:1])} in told(services, firm)


def test_gifts_and_anniversaries(services: Services, person: Ref) -> None:
    tea = Gift("茶", on=date(2026, 11, 1), value=Decimal(200))
    tea = replace(tea, id=services.gifts.add(person.id, tea))
    assert told(services, person) == [{"gifts": ((), (tea,))}]
    services.gifts.add(person.id, Gift("酒"))
    green = replace(tea, what="绿茶")
    services.gifts.change(green)
    assert {"gifts": ((tea,), (green,))} in told(services, person)
    services.gifts.remove(tea.id)
    assert {"gifts": ((green,), ())} in told(services, person)
    day = Anniversary("结婚纪念日", Birthday(5, 1, 2010))
    day = replace(day, id=services.anniversaries.add(person.id, day))
    assert {"anniversaries": ((), (day,))} in told(services, person)
    assert len(told(services, person)) == 5


def test_what_was_undone_leaves_no_trace(services: Services, person: Ref) -> None:
    services.records.update(Kind.PERSON, person.id, {"mobile": ("13700000003",)})
    services.records.update(Kind.PERSON, person.id, {"email": ()})
    services.history.undo()
    expected = {"mobile": (("13800000001",), ("13700000003",))}
    assert told(services, person) == [expected]
    services.history.redo()
    assert {"email": (("a@b.cn",), ())} in told(services, person)
    services.history.undo()
    services.history.undo()
    assert told(services, person) == []


def test_what_was_imported_is_told_from_its_span(services: Services, tmp_path: Path) -> None:
    rows = [["甲公司", "张伟", "13800000001"], ["甲公司", "李娜", "13900000002"]]
    path = workbook(tmp_path / "名单.xlsx", rows, ["公司", "联系人", "手机"])
    services.imports.run(path, services.imports.preview(path).plan, Words("zh"))
    refs = [Ref(Kind.PERSON, one) for one in services.records.ids(Kind.PERSON)]
    assert [told(services, ref) for ref in refs] == [[], []]
    services.records.update(Kind.PERSON, refs[0].id, {"mobile": ()})
    ((change,),) = [list(one.values()) for one in told(services, refs[0])]
    assert change[0] in (("13800000001",), ("13900000002",))
    assert change[1] == ()
    assert told(services, refs[1]) == []


def test_a_list_that_adds_to_a_person_is_told(services: Services, tmp_path: Path) -> None:
    known = services.records.create(Kind.PERSON, {"name": "李娜", "mobile": ("13900000002",)})
    path = workbook(
        tmp_path / "名单.xlsx", [["李娜", "13900000002", "a@b.cn"]], ["联系人", "手机", "邮箱"]
    )
    services.imports.run(path, services.imports.preview(path).plan, Words("zh"))
    (change,) = told(services, Ref(Kind.PERSON, known))
    assert change["email"] == ((), ("a@b.cn",))


def test_rows_of_a_duplicate_come_with_the_merging(services: Services, person: Ref) -> None:
    other = services.records.create(Kind.PERSON, {"name": "张伟", "mobile": ("13900000009",)})
    services.records.update(Kind.PERSON, other, {"mobile": ("13900000008",)})
    services.merging.merge(Kind.PERSON, person.id, [other])
    (change,) = told(services, person)
    assert change["mobile"][0] == ("13800000001",)
    assert set(change["mobile"][1]) == {"13800000001", "13900000008"}


def test_the_journal_is_asked_by_its_indexes(
    services: Services, person: Ref, explained: Callable[[str], list[str]]
) -> None:
    services.records.update(Kind.PERSON, person.id, {"mobile": ()})
    services.timeline.of(person)
    steps = explained("journal_")
    assert any("ix_journal_change_row (table_name=? AND row_id=?)" in step for step in steps), steps
    assert any("(gesture_id=? AND table_name=? AND kind=?)" in step for step in steps), steps
    # Beside lists of ids only what these searches found is gone through.
    found = ("SCAN c", "SCAN latest", "SCAN (subquery-2)")
    scans = [step for step in steps if step.startswith("SCAN") and "VIRTUAL TABLE" not in step]
    assert set(scans) <= set(found), steps


@pytest.fixture
def explained(services: Services) -> Callable[[str], list[str]]:
    """The steps of the plans of all that was read since and names a table so."""
    seen: list[tuple[str, Any]] = []
    event.listen(
        services.book._readers,
        "before_cursor_execute",
        lambda _c, _u, statement, args, _x, _m: seen.append((statement, args)),
    )

    def steps(name: str) -> list[str]:
        asked = [one for one in seen if name in one[0]]
        with services.book.read() as session:
            connection = session.connection()
            return [
                str(row[3])
                for statement, args in asked
                for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", args)
            ]

    return steps


def test_the_dossier_names_them(services: Services, person: Ref, tmp_path: Path) -> None:
    level = services.lists.items("level")[0]
    services.records.update(Kind.PERSON, person.id, {"mobile": (), "level": level.id})
    services.gifts.add(person.id, Gift("茶", on=date(2026, 11, 1)))
    entries = services.timeline.of(person)
    words = Words("en")
    said = "\n".join(services.own_data._said(one, person.kind, words) for one in entries)
    assert "Mobile: 13800000001 → " in said
    assert "茶 · 2026-11-01" in said
    assert f"→ {words.text(f'list.level.{level.code}')}" in said
