"""Imports of products, opportunities, activities and tickets: what counts as the same record."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.domain.imports import ImportReport
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.services.house import Services
from crm_desktop.words import Words
from tests.services.test_imports import digest, workbook

ZH = Words("zh")
DEALS = ["商机名称", "客户", "联系人", "金额", "阶段", "赢率"]
CALLS = ["主题", "客户", "联系人", "计划时间"]
PRODUCTS = ["产品编码", "产品名称", "单价", "标签"]


def take_in(services: Services, file: Path, kind: str) -> ImportReport:
    """Check and run agree; the run's report."""
    plan = services.imports.preview(file, kind=kind).plan
    checked = services.imports.check(file, plan, ZH)
    report = services.imports.run(file, plan, ZH)
    assert (checked.outcomes, checked.by_kind) == (report.outcomes, report.by_kind)
    assert report.rows == sum(report.outcomes.values())
    return report


def outcomes(report: ImportReport) -> dict[str, int]:
    return {outcome.value: count for outcome, count in report.outcomes.items() if count}


@pytest.mark.parametrize(
    ("kind", "header", "rows"),
    [
        (
            "opportunities",
            DEALS,
            [
                ["年度采购", "甲公司", None, 100, "谈判", 30],
                ["年度采购", "乙公司", None, 200, None, None],  # the same title elsewhere
                ["年度采购", "乙公司", None, 300, None, None],  # and twice for one company
                ["续约", None, "张三", 400, None, None],  # the company follows the person
            ],
        ),
        (
            "activities",
            CALLS,
            [
                ["回访", "甲公司", "张三", "2026-12-01"],
                ["回访", "甲公司", "张三", "2026-12-08"],
                ["回访", None, "张三", "2026-12-15"],
                ["回访", "乙公司", None, "2026-12-01"],
                ["回访", None, None, None],
                ["回访", None, None, None],
            ],
        ),
        ("tickets", ["问题", "客户"], [["不转", "甲公司"], ["不转", "乙公司"], ["不转", "甲公司"]]),
        ("products", PRODUCTS, [[None, "阀", 1, "a"], [None, "阀", 2, "b"], ["P1", "泵", 3, "c"]]),
    ],
)
def test_the_same_file_again_adds_nothing(
    services: Services, tmp_path: Path, kind: str, header: Sequence[str], rows: Sequence[Any]
) -> None:
    company = services.records.create(Kind.COMPANY, {"name": "丙公司"})
    services.records.create(Kind.PERSON, {"name": "张三", "company": company})
    file = workbook(tmp_path / "清单.xlsx", rows, header)
    assert outcomes(take_in(services, file, kind)) == {"created": len(rows)}
    before = digest(services)
    again = take_in(services, file, kind)
    assert (outcomes(again), again.gesture) == ({"same": len(rows)}, None)
    assert digest(services) == before


def test_a_number_out_of_range_stops_no_file(services: Services, tmp_path: Path) -> None:
    rows = [["大单", "甲公司", None, 100, None, 150], ["小单", "甲公司", None, 5, None, 50]]
    report = take_in(services, workbook(tmp_path / "商机.xlsx", rows, DEALS), "opportunities")
    assert outcomes(report) == {"failed": 1, "created": 1}  # the stage would give another chance
    assert [(one.row, one.column, one.code) for one in report.problems] == [
        (3, "赢率", "problem.range")
    ]
    people = workbook(tmp_path / "人.xlsx", [["张伟", 9], ["李娜", 2]], ["姓名", "影响力"])
    report = take_in(services, people, "people")
    assert [one.code for one in report.problems] == ["problem.range"]
    ids = services.records.ids(Kind.PERSON)
    held = services.records.rows(Kind.PERSON, ids, ["name", "influence"])
    assert sorted(row.values for row in held) == [("张伟", None), ("李娜", 2)]


def test_rows_with_one_code_are_one_product(services: Services, tmp_path: Path) -> None:
    rows = [["P1", "泵", 12.34567, "甲"], ["P1", "泵二", 13, "乙"]]
    report = take_in(services, workbook(tmp_path / "产品.xlsx", rows, PRODUCTS), "products")
    assert outcomes(report) == {"created": 1, "updated": 1}
    assert [one.code for one in report.problems] == ["import.kept", "import.kept"]
    (product,) = services.records.ids(Kind.PRODUCT)
    (row,) = services.records.rows(Kind.PRODUCT, [product], ["name", "price", "tags"])
    assert row.values == ("泵", Decimal("12.3457"), ("乙", "甲"))


def test_rows_about_one_record_add_up(services: Services, tmp_path: Path) -> None:
    services.records.create(Kind.PRODUCT, {"code": "P1", "name": "泵"})
    rows = [["P1", "泵", 12, "甲"], ["P1", "泵", 13, "乙"]]
    report = take_in(services, workbook(tmp_path / "产品.xlsx", rows, PRODUCTS), "products")
    assert outcomes(report) == {"updated": 2}
    (product,) = services.records.ids(Kind.PRODUCT)
    (row,) = services.records.rows(Kind.PRODUCT, [product], ["price", "tags"])
    assert row.values == (Decimal(12), ("乙", "甲"))


def test_a_new_stage_stands_on_the_board(services: Services, tmp_path: Path) -> None:
    rows = [["大单", "甲公司", None, 100, "等客户点头", None]]
    take_in(services, workbook(tmp_path / "商机.xlsx", rows, DEALS), "opportunities")
    (deal,) = services.records.ids(Kind.OPPORTUNITY)
    (row,) = services.records.rows(Kind.OPPORTUNITY, [deal], ["stage"])
    assert row.values[0] in [stage.id for stage in services.opportunities.stages()]


def test_what_was_kept_is_told_in_words(services: Services, tmp_path: Path) -> None:
    first = workbook(tmp_path / "一.xlsx", [["P1", "泵", 12, None]], PRODUCTS)
    take_in(services, first, "products")
    second = workbook(tmp_path / "二.xlsx", [["P1", "泵", 13, None]], PRODUCTS)
    (problem,) = take_in(services, second, "products").problems
    assert ZH.text(problem.code, **problem.args).count("13") == 1


def test_a_row_that_makes_a_company_is_no_row_without_news(
    services: Services, tmp_path: Path
) -> None:
    header = ["姓名", "手机", "公司"]
    take_in(
        services, workbook(tmp_path / "一.xlsx", [["张伟", 13812345678, "甲"]], header), "people"
    )
    other = workbook(tmp_path / "二.xlsx", [["张伟", 13812345678, "乙"]], header)
    report = take_in(services, other, "people")
    assert outcomes(report) == {"created": 1}
    assert report.by_kind == {"companies": 1}


def test_who_was_edited_since_keeps_what_hangs_on_them(services: Services, tmp_path: Path) -> None:
    header = ["姓名", "手机", "公司", "标签"]
    rows = [["张伟", 13812345678, "甲", "重点"], ["李娜", 13900001111, "乙", "重点"]]
    imported = take_in(services, workbook(tmp_path / "人.xlsx", rows, header), "people")
    wei = next(
        person
        for person in services.records.ids(Kind.PERSON)
        if services.records.title(Ref(Kind.PERSON, person)) == "张伟"
    )
    services.records.update(Kind.PERSON, wei, {"notes": "谈过"})
    result = services.history.undo(imported.gesture)
    assert [(one.table, one.field) for one in result.kept if one.field] == [("people", "notes")]
    assert list(services.records.ids(Kind.PERSON)) == [wei]
    keys = ["name", "mobile", "tags", "notes"]
    (row,) = services.records.rows(Kind.PERSON, [wei], [*keys, "company"])
    assert row.values[:4] == ("张伟", ("13812345678",), ("重点",), "谈过")
    assert row.values[4].title == "甲"
    assert services.records.count(Kind.COMPANY) == 1
