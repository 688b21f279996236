"""Problem rows as the same workbook: what is in it, and the way back once it is mended."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from crm_desktop.domain.imports import Outcome
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.services.house import Services
from crm_desktop.services.imports import Wishes
from crm_desktop.words import LANGUAGES, Words

EN, ZH = Words("en"), Words("zh")
HEADER = ["编号", "姓名", "列三", "邮箱", "手机", "生日"]
GOOD = ["K-1", "张伟", "甲", "wei@hy.example", 13812345678, "1980-10-23"]
ROWS: list[list[Any]] = [
    GOOD,
    ["K-2", None, "乙", None, "13900001111", None],
    ["K-3", "王芳", "丙", "no mail", "13700002222", "1980-02-31"],
    ["K-4", "陈独", "=丁", "du@ht.example", 13600003333, None],
]


def workbook(path: Path, *top: list[Any]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "客户"
    for row in (*top, HEADER, *ROWS):
        sheet.append(row)
    for line in sheet.iter_rows():
        for cell in line:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    book.save(path)
    return path


def cells(path: Path) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["客户"]
    return list(book["客户"].iter_rows(values_only=True))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return workbook(tmp_path / "名单.xlsx", ["客户名单", None], [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rows_with_the_reason(
    services: Services, file: Path, tmp_path: Path, language: str
) -> None:
    words = Words(language)
    plan = services.imports.preview(file, kind="people").plan
    report = services.imports.check(file, plan, words)
    out = tmp_path / "问题.xlsx"
    assert services.imports.save_problems(file, plan, report, out, words) == 2
    head, nameless, damaged = cells(out)
    assert head == (*HEADER, words.text("import.reason"))
    assert list(nameless[:-1]) == ROWS[1]
    assert list(damaged[:-1]) == ROWS[2]
    no_name = words.text("import.no_name")
    assert nameless[-1] == words.text("format.colon", name="姓名", value=no_name)
    sheet = openpyxl.load_workbook(out)["客户"]
    told = [(cell.coordinate, cell.comment.text) for row in sheet for cell in row if cell.comment]
    wrong = [words.text(p.sentence_key, **p.args) for p in report.problems]
    assert told == [("B2", wrong[0]), ("D3", wrong[1]), ("F3", wrong[2])]
    assert {sheet[place].fill.fgColor.rgb for place, _ in told} == {"FFFFC7CE"}
    assert all(text in damaged[-1] for _, text in told[1:])


def test_mended_rows_are_taken_in(services: Services, file: Path, tmp_path: Path) -> None:
    """By the user's own mapping, which a guess would not find."""
    plan = services.imports.preview(file, kind="people").plan
    plan.columns[2].target = "person.tags"
    report = services.imports.run(file, plan, ZH)
    assert (report.count(Outcome.CREATED), report.count(Outcome.FAILED)) == (3, 1)
    out = tmp_path / "问题.xlsx"
    services.imports.save_problems(file, plan, report, out, ZH)
    book = openpyxl.load_workbook(out)
    sheet = book.active
    assert sheet is not None
    sheet["B2"], sheet["D3"], sheet["F3"] = "李娜", "fang@ht.example", "1980-02-28"
    book.save(out)
    preview = services.imports.preview(out)
    assert preview.remembered
    assert [column.header for column in preview.plan.columns] == HEADER
    assert preview.plan.columns[2].target == "person.tags"
    again = services.imports.run(out, preview.plan, ZH)
    assert again.problems == []
    assert (again.count(Outcome.CREATED), again.count(Outcome.UPDATED)) == (1, 1)
    (hit,) = services.search.find("王芳", kinds=(Kind.PERSON,))
    card = services.records.card(Kind.PERSON, hit.id).values
    assert (card["email"], card["birthday"].day) == (("fang@ht.example",), 28)
    assert services.imports.run(out, preview.plan, ZH).count(Outcome.SAME) == 2


def test_fixes_and_rows_left_out_are_in_it(services: Services, file: Path, tmp_path: Path) -> None:
    plan = services.imports.preview(file, kind="people").plan
    wishes = Wishes(fixes={(6, 3): "still no mail"}, left_out={7})
    report = services.imports.check(file, plan, ZH, wishes=wishes)
    out = tmp_path / "问题.xlsx"
    services.imports.save_problems(file, plan, report, out, ZH, wishes=wishes)
    _, _, damaged, out_row = cells(out)
    assert damaged[3] == "still no mail"
    assert out_row == (*ROWS[3], ZH.text("import.left_out"))
    sheet = openpyxl.load_workbook(out)["客户"]
    assert sheet["C4"].data_type == "s"  # no formula of anybody's text


def test_a_list_without_names_gets_them(services: Services, tmp_path: Path) -> None:
    file = tmp_path / "名单.csv"
    file.write_text("张伟,13812345678,wei@hy.example\n王芳,13700002222,no mail\n李娜,13700003333,n@h.example\n", "utf-8")  # fmt: skip # noqa: E501
    plan = services.imports.preview(file, kind="people", header_row=0).plan
    for column, target in zip(plan.columns, ("name", "mobile", "email"), strict=True):
        column.target = f"person.{target}"
    report = services.imports.check(file, plan, ZH)
    out = tmp_path / "问题.xlsx"
    assert services.imports.save_problems(file, plan, report, out, ZH) == 1
    back = services.imports.preview(out)
    assert back.remembered
    assert [column.target for column in back.plan.columns] == [
        "person.name",
        "person.mobile",
        "person.email",
    ]


@pytest.mark.parametrize(
    ("kind", "header", "row", "red"),
    [
        ("people", ["公司", "姓名", "手机"], [None, None, "13812345678"], ["A2", "B2"]),
        ("people", ["姓", "名", "手机"], [None, None, "13812345678"], ["A2", "B2"]),
        ("companies", ["电话", "公司名称"], ["0512-65881235", None], ["B2"]),
        ("products", ["产品编码", "产品名称", "单价"], [None, None, 5], ["B2"]),
        ("products", ["产品编码", "单价"], [None, 5], ["A2"]),
        ("tickets", ["问题", "承诺日期"], [None, "2026-12-02"], ["A2"]),
        ("quotes", ["报价单号", "客户名称", "品名", "单价"], [None, None, "阀", 5], ["A2", "B2"]),
        ("receipts", ["合同编号", "付款单位", "回款日期", "回款金额"],
         [None, None, "2026-10-01", 5], ["A2", "B2"]),
        ("expenses", ["费用日期", "费用金额", "用途"], [None, None, "打车"], ["A2", "B2"]),
        ("payment_plans", ["合同编号", "期次名称", "应收金额", "占总额比例"],
         [None, "尾款", 5, None], ["A2"]),
        ("payment_plans", ["合同编号", "期次名称", "应收金额", "占总额比例"],
         ["HT-01", None, 5, None], ["B2"]),
        ("anniversaries", ["姓名", "纪念日", "日期"], [None, "结婚", "5-20"], ["A2"]),
        ("anniversaries", ["姓名", "纪念日", "日期"], ["王伟", None, "5-20"], ["B2"]),
        ("gifts", ["收礼人", "礼品名称", "礼品金额"], ["王伟", None, 5], ["B2"]),
    ],
)  # fmt: skip
def test_where_a_name_is_lacking_its_cell_is_red(
    services: Services, tmp_path: Path, kind: str, header: list[str], row: list[Any], red: list[str]
) -> None:
    services.records.create(Kind.PERSON, {"name": "王伟"})
    services.contracts.create({"title": "车床", "number": "HT-01"}, [])
    file, out = tmp_path / "a.xlsx", tmp_path / "问题.xlsx"
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(header)
    sheet.append(row)
    book.save(file)
    plan = services.imports.preview(file, kind=kind, header_row=1).plan
    report = services.imports.check(file, plan, ZH)
    assert (report.count(Outcome.FAILED), report.rows) == (1, 1)
    services.imports.save_problems(file, plan, report, out, ZH)
    sheet = openpyxl.load_workbook(out).active
    noted = [cell for cell in sheet[2] if cell.comment]
    assert [cell.coordinate for cell in noted] == red
    assert {cell.fill.fgColor.rgb for cell in noted} == {"FFFFC7CE"}
    reason = sheet.cell(2, len(header) + 1).value
    assert all(cell.comment.text in reason for cell in noted)
    names = [header[cell.column - 1] for cell in noted]
    assert all(name in reason for name in names)


def test_nothing_to_save_is_said(services: Services, file: Path, tmp_path: Path) -> None:
    plan = services.imports.preview(file, kind="people").plan
    report = services.imports.check(file, plan, ZH, wishes=Wishes(left_out={5, 6}))
    with pytest.raises(Refused, match="no_problem_rows"):
        services.imports.save_problems(file, plan, report, tmp_path / "x.xlsx", ZH)
    assert not (tmp_path / "x.xlsx").exists()


def test_without_remembering_nothing_is_written(
    services: Services, file: Path, tmp_path: Path
) -> None:
    plan = services.imports.preview(file, kind="people").plan
    report = services.imports.check(file, plan, ZH)
    services.imports.save_problems(
        file, plan, report, tmp_path / "x.xlsx", ZH, remember=False
    )  # fmt: skip
    assert [one.title for one in services.history.gestures()] == ["gesture.book_made"]


def test_of_several_columns_for_a_field_the_wrong_cell_is_red(
    services: Services, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in (
        ["Opportunity", "Product", "Product", "Amount"],
        ["Pumps for Oak", None, "Nothing of the kind", 100],
    ):
        sheet.append(row)
    file, out = tmp_path / "deals.xlsx", tmp_path / "problems.xlsx"
    book.save(file)
    plan = services.imports.preview(file, kind="opportunities").plan
    targets = [column.target for column in plan.columns]
    assert targets[1:3] == ["opportunity.products", "opportunity.products"]
    report = services.imports.run(file, plan, EN)
    assert [(one.column_index, one.code) for one in report.problems] == [(2, "import.no_such")]
    services.imports.save_problems(file, plan, report, out, EN)
    mended = openpyxl.load_workbook(out)
    page: Any = mended.active
    (red,) = [cell for cell in page[2] if cell.comment]
    assert red.value == "Nothing of the kind"
    red.value = None
    mended.save(out)
    again = services.imports.run(out, services.imports.preview(out).plan, EN)
    assert again.problems == []
