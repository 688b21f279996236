"""What changed on people and companies and in what hangs on them: old → new, once a gesture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from crm_desktop.domain.anniversaries import Anniversary
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.fields import Address
from crm_desktop.domain.gifts import Gift
from crm_desktop.domain.jobs import RelationRow
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.parts import Demand
from crm_desktop.services.house import Services
from crm_desktop.words import Words
from tests.services.test_imports import workbook

Told = dict[str, tuple[Any, Any]]
DAY = date(2026, 11, 1)


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
    assert any("ix_journal_change_removed (<expr>=?)" in step for step in steps), steps
    assert any("ix_journal_change_unrelated (<expr>=?)" in step for step in steps), steps
    # Beside lists of ids only what these searches found is gone through.
    scans = [step for step in steps if step.startswith("SCAN") and "VIRTUAL TABLE" not in step]
    assert set(scans) <= {"SCAN c", "SCAN (subquery-2)"}, steps


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


def test_the_dossier_names_them(services: Services, person: Ref, firm: Ref) -> None:
    level = services.lists.items("level")[0]
    services.records.update(Kind.PERSON, person.id, {"mobile": (), "level": level.id})
    services.gifts.add(person.id, Gift("茶", on=date(2026, 11, 1)))
    services.people.add_job(person.id, firm.id)
    boss = services.records.create(Kind.PERSON, {"name": "李总", "company": firm.id})
    services.people.add_job_with(
        person.id, {"company_id": firm.id, "title": "顾问", "boss": boss, "to_date": DAY}
    )
    assistant = services.lists.by_code("relation", "assistant").id
    services.people.add_relation(boss, person.id, assistant, "2026")
    entries = services.timeline.of(person)
    words = Words("en")
    said = "\n".join(services.own_data._said(one, person.kind, words) for one in entries)
    assert "Mobile: 13800000001 → " in said
    assert "茶 · 2026-11-01" in said
    assert "恒远 · 顾问 · – 2026-11-01 · reports to 李总" in said
    assert f"李总 · {words.text('list.relation.assistant.inverse')} · 2026" in said
    assert f"→ {words.text(f'list.level.{level.code}')}" in said


def test_second_jobs_are_told_beside_the_fields(services: Services, person: Ref, firm: Ref) -> None:
    people = services.people
    services.records.update(Kind.PERSON, person.id, {"company": firm.id})
    other = Ref(Kind.COMPANY, services.records.create(Kind.COMPANY, {"name": "海拓"}), "海拓")
    job = people.add_job(person.id, other.id, "顾问")
    (joined,) = (one["jobs"] for one in told(services, person) if "jobs" in one)
    assert joined[0] == ()
    assert [(one.company, one.title, one.left) for one in joined[1]] == [(other, "顾问", False)]
    people.change_job(job, title="总顾问", from_date=date(2026, 1, 1))
    assert jobs_told(services, person)[0] == ([("海拓", "顾问", None)], [("海拓", "总顾问", None)])
    people.end_job(job, date(2026, 11, 1))
    left = ([("海拓", "总顾问", None)], [("海拓", "总顾问", date(2026, 11, 1))])
    assert jobs_told(services, person)[0] == left
    people.remove_job(job)
    assert jobs_told(services, person)[0] == ([("海拓", "总顾问", date(2026, 11, 1))], [])
    # The first job is told by the fields of the person, and only by them.
    assert len(jobs_told(services, person)) == 4
    assert sum("company" in one for one in told(services, person)) == 1


def test_what_the_fields_do_not_say_of_the_first_job_is_told(
    services: Services, person: Ref, firm: Ref
) -> None:
    services.records.update(Kind.PERSON, person.id, {"company": firm.id})
    boss = services.records.create(Kind.PERSON, {"name": "李总", "company": firm.id})
    (job,) = services.people.jobs(person.id)
    services.people.set_reports_to(job.id, boss)
    (change,) = (one["jobs"] for one in told(services, person) if "jobs" in one)
    assert [one.reports_to for side in change for one in side] == [
        None,
        Ref(Kind.PERSON, boss, "李总"),
    ]
    services.people.end_job(job.id)
    assert len(jobs_told(services, person)) == 1
    assert {"company": (firm, None)} in told(services, person)


def test_relations_are_told_to_both(services: Services, person: Ref) -> None:
    other = Ref(Kind.PERSON, services.records.create(Kind.PERSON, {"name": "李娜"}), "李娜")
    spouse, assistant = (services.lists.by_code("relation", c).id for c in ("spouse", "assistant"))
    relation = services.people.add_relation(person.id, other.id, spouse)
    made = RelationRow(relation, other, spouse, "", True)
    seen = RelationRow(relation, person, spouse, "", False)
    assert told(services, person) == [{"relations": ((), (made,))}]
    assert told(services, other) == [{"relations": ((), (seen,))}]
    services.people.change_relation(
        relation, person.id, type_id=assistant, outgoing=False, note="代班"
    )
    turned = RelationRow(relation, other, assistant, "代班", False)
    assert {"relations": ((made,), (turned,))} in told(services, person)
    services.people.remove_relation(relation)
    assert {"relations": ((turned,), ())} in told(services, person)
    gone = (RelationRow(relation, person, assistant, "代班", True),)
    assert {"relations": (gone, ())} in told(services, other)
    assert [len(told(services, one)) for one in (person, other)] == [3, 3]


def test_rows_removed_long_ago_are_told(services: Services, person: Ref) -> None:
    services.records.update(Kind.PERSON, person.id, {"mobile": (), "tags": ()})
    with services.book.write("gesture.record_updated") as writing:  # years of work
        writing.session.execute(
            text(
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25000)"
                " INSERT INTO gesture (at, title, args, origin)"
                " SELECT '2026-11-22T09:00:00.000000Z', 'gesture.x', '{}', 'user' FROM n"
            )
        )
    expected = {"mobile": (("13800000001",), ()), "tags": (("老",), ())}
    assert told(services, person) == [expected]


def jobs_told(services: Services, ref: Ref) -> list[tuple[list[Any], list[Any]]]:
    """Company, title and last day of the jobs told, newest first; before and after."""
    found = [one["jobs"] for one in told(services, ref) if "jobs" in one]
    before, after = (
        [[(job.company.title, job.title, job.to_date) for job in change[side]] for change in found]
        for side in (0, 1)
    )
    return list(zip(before, after, strict=True))
