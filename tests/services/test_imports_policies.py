"""What the user decides about records that are there, and about the words of a column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from crm_desktop.domain.imports import Outcome
from crm_desktop.domain.kinds import Kind
from crm_desktop.exchange.mapping import Existing
from crm_desktop.exchange.mapping.targets import IMPORT_KINDS, MATCH_KEYS
from crm_desktop.services.house import Services
from crm_desktop.services.imports import ImportPlan
from crm_desktop.words import Words
from tests.services.test_imports import workbook

ZH = Words("zh")
HEADER = ["编号", "姓名", "公司名称", "手机", "邮箱", "职务"]
ZHANG = ["K-1", "张伟", "恒远机械", "13812345678", "wei@hy.example", "经理"]


def known(services: Services, tmp_path: Path) -> None:
    file = workbook(tmp_path / "旧.xlsx", [ZHANG], HEADER)
    services.imports.run(file, plan_of(services, file), ZH)


def plan_of(services: Services, file: Path) -> ImportPlan:
    plan = services.imports.preview(file, kind="people").plan
    if plan.columns[0].header == "编号":
        plan.columns[0].target = "person.code"
    return plan


def person(services: Services) -> dict[str, Any]:
    (record_id,) = services.records.ids(Kind.PERSON)
    return dict(services.records.card(Kind.PERSON, record_id).values)


def test_every_kind_has_keys_to_choose() -> None:
    assert {kinds[0] for kinds in IMPORT_KINDS.values()} == set(MATCH_KEYS)


@pytest.mark.parametrize(
    ("key", "row"),
    [
        ("code", ["K-1", "李娜", None, None, None, None]),
        ("mobile", [None, "李娜", None, "+86 138 1234 5678", None, None]),
        ("email", [None, "李娜", None, None, "WEI@hy.example", None]),
        ("name_company", [None, "张伟", "恒远机械", "13999990000", None, None]),
        ("name", [None, "张伟", "海拓电子", "13999990000", None, None]),
    ],
)
def test_people_are_known_by_the_chosen_key(
    services: Services, tmp_path: Path, key: str, row: list[Any]
) -> None:
    known(services, tmp_path)
    file = workbook(tmp_path / "新.xlsx", [row], HEADER)
    plan = plan_of(services, file)
    plan.match = [key]
    checked = services.imports.check(file, plan, ZH)
    assert checked.by_kind["people"] == 0
    others = [one for one in MATCH_KEYS[Kind.PERSON] if one not in (key, "name", "name_company")]
    plan.match = others if key not in ("name", "name_company") else ["code", "mobile", "email"]
    assert services.imports.check(file, plan, ZH).by_kind["people"] == 1


def test_rows_of_one_file_find_each_other_by_the_chosen_key(
    services: Services, tmp_path: Path
) -> None:
    rows = [ZHANG, [None, "张 伟", "海拓电子", "138-1234-5678", "second@hy.example", None]]
    file = workbook(tmp_path / "名单.xlsx", rows, HEADER)
    plan = plan_of(services, file)
    plan.match = ["mobile"]
    report = services.imports.run(file, plan, ZH)
    assert report.by_kind["people"] == 1
    assert person(services)["email"] == ("wei@hy.example", "second@hy.example")


def test_companies_are_known_by_the_chosen_key(services: Services, tmp_path: Path) -> None:
    header = ["公司名称", "电话", "官网"]
    file = workbook(tmp_path / "a.xlsx", [["恒远机械", "0512-66668888", "hy.example"]], header)
    plan = services.imports.preview(file, kind="companies").plan
    services.imports.run(file, plan, ZH)
    file = workbook(tmp_path / "b.xlsx", [["恒远精密机械", "0512 66668888", "x.example"]], header)
    plan = services.imports.preview(file, kind="companies").plan
    assert services.imports.check(file, plan, ZH).by_kind["companies"] == 1
    plan.match = ["phone"]
    assert services.imports.check(file, plan, ZH).by_kind["companies"] == 0


@pytest.mark.parametrize(
    ("existing", "column", "title"),
    [
        (Existing.FILL, "overwrite", "总监"),
        (Existing.OVERWRITE, "fill", "经理"),
        (Existing.OVERWRITE, "skip", "经理"),
        (Existing.OVERWRITE, "", "总监"),
        (Existing.FILL, "", "经理"),
        (Existing.SKIP, "overwrite", "经理"),
    ],
)
def test_a_column_has_its_own_policy(
    services: Services, tmp_path: Path, existing: Existing, column: str, title: str
) -> None:
    known(services, tmp_path)
    row = ["K-1", "张伟", "恒远机械", None, "new@hy.example", "总监"]
    file = workbook(tmp_path / "新.xlsx", [row], HEADER)
    plan = plan_of(services, file)
    plan.existing = existing
    place = plan.column("person.title")
    assert place is not None
    place.existing = column
    plan = ImportPlan.from_json(plan.to_json())
    report = services.imports.run(file, plan, ZH)
    assert person(services)["title"] == title
    kept = [one.column for one in report.problems if one.code == "import.kept"]
    told = title == "经理" and column != "skip" and existing is not Existing.SKIP
    assert kept == (["职务"] if told else [])


def test_words_of_a_list_are_told_and_replaced(services: Services, tmp_path: Path) -> None:
    header = ["公司名称", "级别", "重要"]
    rows = [["甲", "A类", "有"], ["乙", "特级", "无"], ["丙", "A类", "有"], ["丁", None, None]]
    file = workbook(tmp_path / "公司.xlsx", [*rows, ["戊", "某级", "有"]], header)
    plan = services.imports.preview(file, kind="companies").plan
    level, important = plan.columns[1], plan.columns[2]
    level.target, important.target = "company.level", "company.important"
    told = services.imports.words_of(file, plan, level, ZH)
    (a_name,) = {one.becomes for one in told if one.text == "A类"}
    assert [(one.text, one.count, bool(one.becomes)) for one in told] == [
        ("A类", 2, True),
        ("特级", 1, False),
        ("某级", 1, False),
    ]
    level.values = {"A类": "A类", "特级": a_name, "某级": ""}
    important.values = {"有": "yes", "无": "no"}
    report = services.imports.run(file, plan, ZH)
    assert report.problems == []
    assert report.new_items == {"level": 1}
    names = {item.id: item.name or a_name for item in services.lists.items("level")}
    rows_of = services.records.rows(
        Kind.COMPANY, services.records.ids(Kind.COMPANY), ["name", "level", "important"]
    )
    got = {row.values[0]: (names.get(row.values[1]), row.values[2]) for row in rows_of}
    assert got == {
        "甲": ("A类", True),
        "乙": (a_name, False),
        "丙": ("A类", True),
        "丁": (None, False),
        "戊": (None, True),
    }


def test_words_of_a_tick_are_told(services: Services, tmp_path: Path) -> None:
    rows = [["甲", "是"], ["乙", "有"], ["丙", "no"]]
    file = workbook(tmp_path / "公司.xlsx", rows, ["公司名称", "重要"])
    plan = services.imports.preview(file, kind="companies").plan
    plan.columns[1].target = "company.important"
    told = services.imports.words_of(file, plan, plan.columns[1], ZH)
    assert {one.text: one.becomes for one in told}["是"] == "yes"
    assert {one.text: one.becomes for one in told}["no"] == "no"


def test_what_was_decided_is_remembered_and_kept_as_a_layout(
    services: Services, tmp_path: Path
) -> None:
    file = workbook(tmp_path / "名单.xlsx", [ZHANG], HEADER)
    plan = plan_of(services, file)
    plan.match, plan.existing = ["mobile"], Existing.OVERWRITE
    plan.columns[5].target, plan.columns[5].existing = "person.department", "skip"
    mappings = services.imports.mappings
    assert mappings.remember(plan, file.name)
    assert not mappings.remember(plan, file.name)
    more = workbook(tmp_path / "三月.xlsx", [ZHANG, ZHANG], HEADER)
    preview = services.imports.preview(more)
    assert preview.remembered
    assert (preview.plan.match, preview.plan.existing) == (["mobile"], Existing.OVERWRITE)
    assert preview.plan.columns[5].target == "person.department"
    assert preview.plan.columns[5].existing == "skip"
    other = workbook(
        tmp_path / "别的.xlsx", [["张伟", "13812345678", "x"]], ["姓名", "手机", "职务"]
    )
    assert not services.imports.preview(other).remembered
    assert mappings.save_layout(" 展会名单 ", plan) == "展会名单"
    assert mappings.layouts("people") == ("展会名单",)
    assert mappings.layouts("products") == ()
    plan = plan_of(services, other)
    assert mappings.use_layout("展会名单", plan) == 3
    assert plan.columns[2].target == "person.department"
    mappings.remove_layout("展会名单")
    assert mappings.layouts() == ()
    services.history.undo()
    assert mappings.layouts() == ("展会名单",)


def test_only_the_latest_files_are_remembered(services: Services, tmp_path: Path) -> None:
    file = workbook(tmp_path / "名单.xlsx", [ZHANG], HEADER)
    plan = plan_of(services, file)
    for number in range(45):
        plan.columns[0].header = f"编号 {number}号"
        services.imports.mappings.remember(plan, "x")
    kept = services.imports.mappings.remembered()
    assert len(kept) == 40
    assert plan.fingerprint in kept


def test_overwriting_puts_the_number_of_the_file_in_the_place_of_the_first(
    services: Services, tmp_path: Path
) -> None:
    known(services, tmp_path)
    (record_id,) = services.records.ids(Kind.PERSON)
    services.records.update(Kind.PERSON, record_id, {"mobile": ("13812345678", "13700000001")})
    rows = [
        ["K-1", "张伟", "恒远机械", "13900000001", "new@hy.example", "经理"],
        ["K-1", "张伟", "恒远机械", "13900000002", None, "经理"],  # of the same file: added
    ]
    file = workbook(tmp_path / "新.xlsx", rows, HEADER)
    plan = plan_of(services, file)
    plan.existing = Existing.OVERWRITE
    services.imports.run(file, plan, ZH)
    assert person(services)["mobile"] == ("13900000001", "13700000001", "13900000002")
    assert person(services)["email"] == ("new@hy.example",)
    again = services.imports.run(file, plan, ZH)
    assert (again.count(Outcome.SAME), again.gesture) == (2, None)
    services.history.undo()
    assert person(services)["mobile"] == ("13812345678", "13700000001")
    assert person(services)["email"] == ("wei@hy.example",)


def test_filling_in_adds_a_number(services: Services, tmp_path: Path) -> None:
    known(services, tmp_path)
    file = workbook(tmp_path / "新.xlsx", [[*ZHANG[:3], "13900000001", None, None]], HEADER)
    services.imports.run(file, plan_of(services, file), ZH)
    assert person(services)["mobile"] == ("13812345678", "13900000001")


@pytest.mark.parametrize("existing", [Existing.FILL, Existing.OVERWRITE])
def test_a_mended_mobile_takes_the_place_of_the_wrong_one(
    services: Services, tmp_path: Path, existing: Existing
) -> None:
    file = workbook(tmp_path / "旧.xlsx", [[*ZHANG[:3], "1381234567", None, None]], HEADER)
    report = services.imports.run(file, plan_of(services, file), ZH)
    assert [one.code for one in report.problems] == ["phone.short_mobile"]
    mended = tmp_path / "问题.xlsx"
    assert services.imports.save_problems(file, plan_of(services, file), report, mended, ZH) == 1
    book = load_workbook(mended)
    sheet = book.active
    assert sheet is not None
    (cell,) = [one for row in sheet.iter_rows() for one in row if one.value == "1381234567"]
    cell.value = "13812345678"
    book.save(mended)
    plan = services.imports.preview(mended).plan
    plan.existing = existing
    assert not services.imports.run(mended, plan, ZH).problems
    assert person(services)["mobile"] == ("13812345678",)


def test_a_tag_that_an_undo_keeps_is_named(services: Services, tmp_path: Path) -> None:
    file = workbook(tmp_path / "旧.xlsx", [["张伟", "展会"]], ["姓名", "标签"])
    report = services.imports.run(file, plan_of(services, file), ZH)
    li = services.records.create(Kind.PERSON, {"name": "李娜"})
    services.tags.add(Kind.PERSON, [li], "展会")
    assert report.gesture is not None
    result = services.history.undo(report.gesture)
    left = services.history.left([*result.kept, *result.blocked])
    assert "展会" in {one.own_name for one in left}
    assert all(one.ref is not None or one.own_name for one in left)
