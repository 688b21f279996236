"""Whole imports of files made here: counts, problems, undo, the same file again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from crm_desktop.data.digest import content_digest
from crm_desktop.domain.imports import Outcome
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.mapping import Existing
from crm_desktop.progress import Cancelled, Progress
from crm_desktop.services.house import Services
from crm_desktop.services.imports import Wishes
from crm_desktop.words import Words

ZH = Words("zh")
HEADER = ["公司名称", "姓名", "手机", "邮箱", "生日", "地址", "行业", "级别", "备注"]
ROWS = [
    [
        "恒远机械",
        "张伟",
        13812345678,
        "wei@hy.example",
        "1980-10-23",
        "苏州星湖街 1 号",
        "机械",
        "A",
        "老客户",
    ],
    ["恒远机械", "李娜", "13900001111", None, "8月15日", "苏州星湖街 2 号", "电子", "A", None],
    [
        "海拓电子",
        "王芳",
        "137 0000 2222",
        "fang@ht.example",
        "农历腊月初八",
        "宁波中山路",
        "电子",
        "B",
        None,
    ],
    [None, "陈独", "13600003333", None, None, "上海", None, None, "没有公司"],
    [None, None, "13500004444", None, None, None, None, None, None],
]


def workbook(path: Path, rows: Sequence[Any], header: Any = None) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["客户名单 2026"])
    sheet.append(header or HEADER)
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def digest(services: Services) -> str:
    with services.book.read() as session:
        return str(content_digest(session, services.book.metadata))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return workbook(tmp_path / "名单.xlsx", ROWS)


def test_the_account_adds_up_and_check_agrees(services: Services, file: Path) -> None:
    plan = services.imports.preview(file).plan
    before = digest(services)
    checked = services.imports.check(file, plan, ZH)
    assert digest(services) == before
    report = services.imports.run(file, plan, ZH)
    assert report.plain() | {"gesture": None} == checked.plain()
    assert report.problems == checked.problems
    assert report.rows == 5
    assert {o: report.count(o) for o in Outcome} == {
        Outcome.CREATED: 4,
        Outcome.FAILED: 1,
        Outcome.UPDATED: 0,
        Outcome.SAME: 0,
        Outcome.SKIPPED: 0,
    }
    assert report.by_kind == {"people": 4, "companies": 2}
    assert report.values["person.birthday_full"] == 1
    assert report.values["person.birthday_month_day"] == 2
    assert [p.code for p in report.problems if p.blocking] == ["import.no_name"]


def test_company_values_add_up_or_go_to_a_note(services: Services, file: Path) -> None:
    report = services.imports.run(file, services.imports.preview(file).plan, ZH)
    (hit,) = services.search.find("恒远", kinds=(Kind.COMPANY,))
    company = services.records.card(Kind.COMPANY, hit.id).values
    assert [a.line for a in company["address"]] == ["苏州星湖街 1 号", "苏州星湖街 2 号"]
    (person,) = services.search.find("ln", kinds=(Kind.PERSON,))
    assert "行业：电子" in services.records.card(Kind.PERSON, person.id).values["notes"]
    assert [(p.row, p.column) for p in report.problems if p.code == "company_differs"] == [
        (4, "行业")
    ]


def test_phones_stay_text(services: Services, file: Path) -> None:
    services.imports.run(file, services.imports.preview(file).plan, ZH)
    (hit,) = services.search.find("5678", kinds=(Kind.PERSON,))
    assert services.records.card(Kind.PERSON, hit.id).values["mobile"] == ("13812345678",)


def test_the_same_file_again_adds_nothing(services: Services, file: Path) -> None:
    plan = services.imports.preview(file).plan
    services.imports.run(file, plan, ZH)
    before = digest(services)
    again = services.imports.run(file, plan, ZH)
    assert again.count(Outcome.SAME) == 4
    assert again.gesture is None
    assert again.by_kind == {}
    assert digest(services) == before


def test_another_language_adds_no_second_note(services: Services, file: Path) -> None:
    plan = services.imports.preview(file).plan
    services.imports.run(file, plan, ZH)
    assert services.imports.run(file, plan, Words("en")).count(Outcome.SAME) == 4


def test_undo_restores_everything(services: Services, file: Path, tmp_path: Path) -> None:
    services.imports.run(file, services.imports.preview(file).plan, ZH)
    before = digest(services)
    more = workbook(
        tmp_path / "更多.xlsx",
        [
            [
                "恒远机械",
                "张伟",
                "13812345678",
                "wei2@hy.example",
                None,
                None,
                "新行业",
                "A",
                "第二行",
            ]
        ],
    )
    report = services.imports.run(more, services.imports.preview(more).plan, ZH)
    assert report.count(Outcome.UPDATED) == 1
    assert digest(services) != before
    result = services.history.undo()
    assert (result.kept, result.blocked) == ([], [])
    assert digest(services) == before
    assert services.search.find("wei2") == []
    services.history.redo()
    assert len(services.search.find("wei2")) == 1


@pytest.mark.parametrize(
    ("policy", "note", "outcome"),
    [
        (Existing.FILL, "wei@hy.example", Outcome.UPDATED),
        (Existing.OVERWRITE, "wei@hy.example", Outcome.UPDATED),
        (Existing.SKIP, "wei@hy.example", Outcome.SKIPPED),
        (Existing.ADD, "wei@hy.example", Outcome.CREATED),
    ],
)
def test_policies(
    services: Services, file: Path, tmp_path: Path, policy: Existing, note: str, outcome: Outcome
) -> None:
    services.imports.run(file, services.imports.preview(file).plan, ZH)
    more = workbook(
        tmp_path / "更多.xlsx",
        [["恒远机械", "张伟", "13812345678", None, "1981-01-01", None, None, None, "补充"]],
    )
    plan = services.imports.preview(more).plan
    plan.existing = policy
    report = services.imports.run(more, plan, ZH)
    assert report.count(outcome) == 1
    hits = services.search.find("张伟", kinds=(Kind.PERSON,))
    assert len(hits) == (2 if policy is Existing.ADD else 1)
    years = {services.records.card(Kind.PERSON, hit.id).values["birthday"].year for hit in hits}
    expected = {Existing.OVERWRITE: {1981}, Existing.ADD: {1980, 1981}}.get(policy, {1980})
    assert years == expected
    assert note


def test_fixes_and_left_out_rows(services: Services, file: Path) -> None:
    plan = services.imports.preview(file).plan
    wishes = Wishes(fixes={(7, 1): "周补"}, left_out={6})
    report = services.imports.run(file, plan, ZH, wishes=wishes)
    assert report.count(Outcome.FAILED) == 0
    assert report.rows == 4
    assert len(services.search.find("周补")) == 1
    assert services.search.find("陈独") == []


def test_cancelling_leaves_nothing(services: Services, file: Path) -> None:
    plan = services.imports.preview(file).plan
    before = digest(services)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        services.imports.run(file, plan, ZH, progress=progress)
    assert digest(services) == before
    assert services.history.gestures()[0].title == "gesture.book_made"


def test_a_file_that_is_no_table(services: Services, tmp_path: Path) -> None:
    broken = tmp_path / "图.xlsx"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    with pytest.raises(Refused) as caught:
        services.imports.preview(broken)
    assert ZH.has(caught.value.key)


def test_a_table_nobody_understands_is_refused(services: Services, tmp_path: Path) -> None:
    file = workbook(tmp_path / "温度.xlsx", [[1, 2], [3, 4]], ["xq", "zz"])
    plan = services.imports.preview(file).plan
    for act in (services.imports.check, services.imports.run):
        with pytest.raises(Refused, match="nothing_understood"):
            act(file, plan, ZH)


def test_products_by_code(services: Services, tmp_path: Path) -> None:
    header = ["产品编码", "产品名称", "单价", "单位"]
    file = workbook(tmp_path / "产品.xlsx", [["P-1", "轴承", "1,280.50", "套"]], header)
    plan = services.imports.preview(file).plan
    assert plan.kind == "products"
    services.imports.run(file, plan, ZH)
    assert services.imports.run(file, plan, ZH).count(Outcome.SAME) == 1
    dearer = workbook(tmp_path / "产品2.xlsx", [["P-1", "轴承", "1300", "套"]], header)
    plan = services.imports.preview(dearer).plan
    plan.existing = Existing.OVERWRITE
    assert services.imports.run(dearer, plan, ZH).count(Outcome.UPDATED) == 1
    assert services.records.count(Kind.PRODUCT) == 1


NAMES = st.text(alphabet="张王李赵陈伟芳娜敏静abc", min_size=0, max_size=3)


@settings(max_examples=15)
@given(rows=st.lists(st.tuples(NAMES, NAMES, st.sampled_from(["", "13812345678", "13900001111"]))))
def test_rows_are_always_accounted_for(
    services: Services, tmp_path: Path, rows: list[tuple[str, str, str]]
) -> None:
    file = tmp_path / "随机.csv"
    lines = ["公司名称,姓名,手机", *(",".join(row) for row in rows)]
    file.write_text("\n".join(lines), encoding="utf-8-sig")
    try:
        plan = services.imports.preview(file, kind="people").plan
    except Refused:
        return
    before = digest(services)
    checked = services.imports.check(file, plan, ZH)
    report = services.imports.run(file, plan, ZH)
    assert report.rows == sum(report.outcomes.values())
    assert checked.outcomes == report.outcomes
    again = services.imports.run(file, plan, ZH)
    assert again.by_kind == {}
    if report.gesture is not None:
        services.history.undo()
    assert digest(services) == before
