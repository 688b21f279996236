"""Problem rows of every kind of sheet and file: saved, mended and taken in, all is as if the sheet
had been right from the beginning."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from crm_desktop.data.book import Book
from crm_desktop.domain import schema
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.imports import Outcome
from crm_desktop.domain.kinds import OWNERS, Kind, Ref
from crm_desktop.exchange.mapping import IMPORT_KINDS
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.words import Words

ZH = Words("zh")
OFFICE = shutil.which("soffice") or ""
NEVER = {"created_at", "changed_at", "next_step", "code"}


@dataclass(frozen=True)
class Sheet:
    """A sheet with wrong cells, and what they should have been by (row, column), from 0."""

    kind: str
    header: list[str]
    rows: list[list[Any]]
    right: dict[tuple[int, int], Any]
    before: list[list[Any]] = field(default_factory=list)
    """Rows of a sheet of the same kind that the book has beforehand."""

    def mended(self) -> list[list[Any]]:
        rows = [list(row) for row in self.rows]
        for (row, column), value in self.right.items():
            rows[row][column] = value
        return rows


SHEETS = [
    Sheet(
        "people",
        ["姓名", "公司", "手机", "邮箱", "生日"],
        [
            ["张伟", "恒远机械", "13812345678", "wei@hy.example", "1980-10-23"],
            ["王芳", "恒远机械", "13812345679", "no mail", "1980-02-31"],
            [None, None, "13812345670", None, None],
            ["李娜", "青禾电子", "打前台", None, "明年"],
        ],
        {
            (1, 3): "fang@hy.example",
            (1, 4): "1980-02-28",
            (2, 0): "赵敏",
            (3, 2): "13812345671",
            (3, 4): "8月15日",
        },
    ),
    Sheet(
        "companies",
        ["公司名称", "电话", "银行账号", "年营业额", "重要"],
        [
            ["恒远机械有限公司", "0512-65881234", "622202123456789012", "5000万", "是"],
            ["青禾电子有限公司", "总机", 6.22202123456789e18, "很多", "也许"],
            [None, "0512-65881235", None, 100, None],
        ],
        {(1, 1): "0512-65881236", (1, 2): "6222021234567890123", (1, 3): 300, (1, 4): "否",
         (2, 0): "华通科技有限公司"},
    ),
    Sheet(
        "products",
        ["产品编码", "产品名称", "单价", "税率", "库存"],
        [
            ["P-1", "数控改造套件", 12800, "13%", 5],
            ["P-2", "备件", "面议", "一般", "缺货"],
            [None, None, 30, None, 1],
        ],
        {(1, 2): 25, (1, 3): "6%", (1, 4): 0, (2, 1): "密封圈"},
    ),
    Sheet(
        "price_lists",
        ["产品编码", "产品名称", "新价格"],
        [["P-1", "数控改造套件", 13800], ["P-2", "备件", "电议"]],
        {(1, 2): 27.5},
        before=[["P-1", "数控改造套件", 12800], ["P-2", "备件", 25]],
    ),
    Sheet(
        "opportunities",
        ["商机名称", "客户", "金额", "预计成交日期", "赢率"],
        [
            ["年度采购", "恒远机械", 86000, "2026-12-01", 60],
            ["续约", "青禾电子", "面议", "年底", 150],
            [None, "青禾电子", 100, None, None],
        ],
        {(1, 2): 5000, (1, 3): "2026-12-31", (1, 4): 50, (2, 0): "试用"},
    ),
    Sheet(
        "activities",
        ["主题", "客户", "计划时间", "费用"],
        [
            ["回访", "恒远机械", "2026-12-01 14:00", 120],
            ["送样", "青禾电子", "改天", "不多"],
            [None, "青禾电子", "2026-12-02", None],
        ],
        {(1, 2): "2026-12-03 09:30", (1, 3): 45, (2, 0): "电话"},
    ),
    Sheet(
        "tickets",
        ["问题", "客户", "承诺日期", "满意度"],
        [
            ["不转", "恒远机械", "2026-12-01", 4],
            ["漏油", "青禾电子", "尽快", "满意"],
            [None, "青禾电子", "2026-12-02", None],
        ],
        {(1, 2): "2026-12-05", (1, 3): 5, (2, 0): "异响"},
    ),
    Sheet(
        "quotes",
        ["报价单号", "报价日期", "客户名称", "产品名称", "数量", "单价", "税率", "金额"],
        [
            ["BJ-1", "2026-03-01", "恒远机械", "数控改造套件", 2, 12800, "13%", 25600],
            ["BJ-1", "2026-03-01", "恒远机械", "安装调试", "两次", 3000, "一般", None],
            ["BJ-1", "2026-03-01", "恒远机械", "备件", 4, 25, "13%", 100],
            ["BJ-2", "三月", "青禾电子", "备件", 1, "面议", "13%", None],
            [None, None, None, "密封圈", 10, 2, "13%", 20],
            ["BJ-3", "2026-03-09", "恒远机械", "安装调试", 1, 500, "13%", 500],
            [None, None, None, "安装调试", "一天", 500, "13%", None],  # below merged cells
            [None, None, None, "培训", 1, 300, "13%", 300],
        ],
        {(1, 4): 2, (1, 6): "6%", (3, 1): "2026-03-05", (3, 5): 30, (6, 4): 2},
    ),
    Sheet(
        "contracts",
        ["合同编号", "合同名称", "客户名称", "签订日期", "状态", "产品名称", "数量", "单价"],
        [
            ["HT-1", "年度采购", "恒远机械", "2026-03-01", "草稿", "备件", "若干", 25],
            ["HT-1", "年度采购", "恒远机械", "2026-03-01", "草稿", "数控改造套件", 2, 12800],
            ["HT-2", "维保", "青禾电子", "春天", "草稿", "安装调试", 1, "面议"],
            ["HT-3", "租赁", "青禾电子", "2026-05-01", "不明", "机床", 1, 900],
        ],
        {(0, 6): 4, (2, 3): "2026-04-01", (2, 7): 3000, (3, 4): "履行中"},
    ),
    Sheet(
        "receipts",
        ["回款日期", "付款单位", "回款金额", "币种", "流水号"],
        [
            ["2026-10-01", "恒远机械", 300, "人民币", "A1"],
            ["十月", "恒远机械", 200, None, "A2"],
            ["2026-10-03", "青禾电子", "若干", None, "A3"],
            ["2026-10-04", "青禾电子", 50, "贝壳", "A4"],
            ["2026-10-05", None, 60, None, "A5"],
        ],
        {(1, 0): "2026-10-02", (2, 2): 120.5, (3, 3): "美元", (4, 1): "恒远机械"},
    ),
    Sheet(
        "expenses",
        ["费用日期", "客户", "费用金额", "用途", "是否报销"],
        [
            ["2026-10-01", "恒远机械", 300, "打车", "是"],
            ["上周", "恒远机械", 200, "住宿", "否"],
            ["2026-10-03", "青禾电子", None, "送样", "否"],
            ["2026-10-04", "青禾电子", 80, "餐费", "也许"],
        ],
        {(1, 0): "2026-10-02", (2, 2): 45, (3, 4): "是"},
    ),
    Sheet(
        "receipts",
        ["回款编号", "回款日期", "合同编号", "回款金额", "币种"],
        [
            ["R-1", "2026-10-01", "HT-01", 300, "CNY"],
            ["R-2", "2026-10-02", "HT-99", 200, None],
            ["R-3", "2026-10-03", "HT-01", 100, "USD"],
            ["R-4", None, "HT-01", 50, None],
        ],
        {(1, 2): "HT-01", (2, 4): "CNY", (3, 1): "2026-10-04"},
    ),
    Sheet(
        "payment_plans",
        ["合同编号", "期次名称", "应收日期", "应收金额", "占总额比例"],
        [
            ["HT-01", "预付款", "2026-10-01", None, 0.3],
            ["HT-01", "到货款", "秋天", 200, None],
            ["HT-99", "验收款", None, 100, None],
            ["HT-01", "尾款", None, 100, 0.1],
            ["HT-01", None, None, None, 0.2],
            ["HT-01", "质保金", "2027-10-01", None, None],
        ],
        {(1, 2): "2026-11-01", (2, 0): "HT-01", (3, 4): None, (4, 1): "中期款", (5, 4): 0.05},
    ),
    Sheet(
        "anniversaries",
        ["姓名", "纪念日", "日期"],
        [
            ["王伟", "结婚纪念日", "2010-05-20"],
            ["王伟", "祭祖", "七月半前后"],
            ["没有此人", "公司成立", "8月15日"],
            ["王伟", None, "9月1日"],
        ],
        {(1, 2): "农历七月十五", (2, 0): "王伟", (3, 1): "开学"},
    ),
    Sheet(
        "gifts",
        ["收礼人", "礼品名称", "送礼日期", "收/送", "礼品金额", "币种"],
        [
            ["王伟", "茶叶", "2026-01-20", "送出", 300, "CNY"],
            ["王伟", "钢笔", "去年", "收到", "不贵", "贝壳"],
            ["没有此人", "月饼", "2026-09-20", "送出", 80, None],
            ["王伟", None, "2026-09-21", "送出", -5, None],
        ],
        {(1, 2): "2025-02-01", (1, 4): 120, (1, 5): "USD", (2, 0): "王伟", (3, 1): "红包",
         (3, 4): 66},
    ),
]  # fmt: skip


def test_every_kind_has_its_problem_rows() -> None:
    assert {sheet.kind for sheet in SHEETS} == set(IMPORT_KINDS)


def belongings(services: Services) -> None:
    """Whom stages, anniversaries and gifts hang on."""
    services.records.create(Kind.PERSON, {"name": "王伟"})
    with services.book.write("gesture.created") as writing:
        values = {"title": "车床", "currency": "CNY", "number": "HT-01", "total": Decimal(1000)}
        services.records.insert(writing.session, Kind.CONTRACT, values)


def as_workbook(path: Path, sheet: Sheet, rows: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    made = book.active
    assert made is not None
    made.title = "清单"
    for row in ([sheet.kind], sheet.header, *rows):
        made.append(row)
    book.save(path)
    return path


def as_text(path: Path, sheet: Sheet, rows: list[list[Any]]) -> Path:
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file, delimiter=";").writerows([sheet.header, *rows])
    return path


def by_office(ending: str) -> Callable[[Path, Sheet, list[list[Any]]], Path]:
    def make(path: Path, sheet: Sheet, rows: list[list[Any]]) -> Path:
        book = as_workbook(path.with_suffix(".xlsx"), sheet, rows)
        profile = f"-env:UserInstallation={(path.parent / 'office').as_uri()}"
        words = [OFFICE, profile, "--headless", "--convert-to", ending, "--outdir"]
        subprocess.run([*words, str(path.parent), str(book)], check=True, timeout=200,
                       capture_output=True)  # fmt: skip
        return path

    return make


MAKERS: dict[str, Callable[[Path, Sheet, list[list[Any]]], Path]] = {
    "xlsx": as_workbook,
    "csv": as_text,
    "xls": by_office("xls"),
    "ods": by_office("ods"),
}


def told(services: Services) -> dict[str, list[Any]]:
    """All that imports made, in a form in which two books can be compared."""
    found: dict[str, list[Any]] = {}
    for kind in {one for kinds in IMPORT_KINDS.values() for one in kinds}:
        never = NEVER | ({"number"} if kind in (Kind.RECEIPT, Kind.EXPENSE) else set())
        keys = [one.key for one in schema.FIELDS[kind] if one.key not in never]
        rows = []
        if kind in OWNERS:
            hanging = services.records.rows(kind, services.records.ids(kind), keys)
            found[kind.value] = sorted(repr(list(map(shown, row.values))) for row in hanging)
            continue
        for record in services.records.ids(kind):
            card = services.records.card(kind, record).values
            values = [shown(card.get(key)) for key in keys]
            if kind in (Kind.QUOTE, Kind.CONTRACT):
                papers: Any = services.quotes if kind is Kind.QUOTE else services.contracts
                lines = papers.card(record).lines
                values.append([(one.name, one.quantity, one.price, one.tax_rate) for one in lines])
            rows.append(repr(values))
        found[kind.value] = sorted(rows)
    return found


def shown(value: Any) -> Any:
    """Without what depends on the order in which records were made."""
    return value.title if isinstance(value, Ref) else value


def take_in(services: Services, path: Path, kind: str) -> None:
    plan = services.imports.preview(path, kind=kind).plan
    report = services.imports.run(path, plan, ZH)
    assert [one for one in report.problems if one.blocking] == []


def is_red(cell: Any) -> bool:
    """Whether a cell is marked as wrong, with a note that says why."""
    return cell.fill.fgColor.rgb == "FFFFC7CE" and bool(cell.comment and cell.comment.text)


def mend(path: Path, sheet: Sheet, saved: list[int]) -> None:
    """Put the right values into the rows that were `saved`, in the order of the sheet."""
    book = openpyxl.load_workbook(path)
    made = book.active
    assert made is not None
    head = [cell.value for cell in made[1]]
    columns = [head.index(name) + 1 for name in sheet.header]
    reds = {(cell.row, cell.column) for line in made for cell in line if is_red(cell)}
    reasoned = [row for row in range(2, made.max_row + 1) if made.cell(row, len(head)).value]
    for line, row in zip(reasoned, saved, strict=True):
        for (one, column), value in sheet.right.items():
            if one == row:
                assert (line, columns[column]) in reds
                made.cell(line, columns[column]).value = value
    book.save(path)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: f"{sheet.kind}-{len(sheet.header)}")
@pytest.mark.parametrize("ending", MAKERS)
def test_mended_rows_make_the_sheet_right(
    services: Services, tmp_path: Path, clock: Clock, sheet: Sheet, ending: str
) -> None:
    if ending in ("xls", "ods") and not (OFFICE and sheet.kind in ("people", "quotes")):
        pytest.skip("LibreOffice makes these of two kinds")
    other: Book
    with open_book(tmp_path / "other.crm", clock, language="zh") as other:
        right = Services(other, clock, Home.at(tmp_path / "other"))
        for one in (services, right):
            belongings(one)
            if sheet.before:
                take_in(one, as_workbook(tmp_path / "before.xlsx", sheet, sheet.before), "products")
        file = as_workbook(tmp_path / "right.xlsx", sheet, sheet.mended())
        take_in(right, file, sheet.kind)
        expected = told(right)

    file = MAKERS[ending](tmp_path / f"清单.{ending}", sheet, sheet.rows)
    plan = services.imports.preview(file, kind=sheet.kind).plan
    report = services.imports.run(file, plan, ZH)
    wrong = sorted({one.row - plan.header_row - 1 for one in report.problems})
    assert {row for row, _ in sheet.right} <= set(wrong)
    saved = tmp_path / "问题.xlsx"
    assert services.imports.save_problems(file, plan, report, saved, ZH) == len(wrong)
    mend(saved, sheet, wrong)
    back = services.imports.preview(saved)
    assert back.remembered
    assert back.plan.kind == sheet.kind
    again = services.imports.run(saved, back.plan, ZH)
    assert again.problems == []
    assert again.count(Outcome.FAILED) == 0
    assert told(services) == expected
    once_more = services.imports.run(saved, back.plan, ZH)
    assert (once_more.gesture, once_more.problems) == (None, [])


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["people", "quotes", "gifts"])
def test_libreoffice_shows_what_is_wrong_and_the_sheet_comes_back_from_it(
    services: Services, tmp_path: Path, kind: str
) -> None:
    sheet = next(one for one in SHEETS if one.kind == kind)
    belongings(services)
    file = as_workbook(tmp_path / "清单.xlsx", sheet, sheet.rows)
    plan = services.imports.preview(file, kind=kind).plan
    report = services.imports.run(file, plan, ZH)
    ours, saved = tmp_path / "问题.xlsx", tmp_path / "office" / "问题.xlsx"
    services.imports.save_problems(file, plan, report, ours, ZH)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    words = [OFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir"]
    subprocess.run([*words, str(saved.parent), str(ours)], check=True, timeout=200,
                   capture_output=True)  # fmt: skip
    before, after = (openpyxl.load_workbook(path).worksheets[0] for path in (ours, saved))
    assert after.title == before.title
    cells = list(zip(before.iter_rows(), after.iter_rows(max_col=before.max_column), strict=True))
    assert len(cells) > 1
    for ours_row, their_row in cells:
        assert [cell.value for cell in their_row] == [cell.value for cell in ours_row]
        assert list(map(is_red, their_row)) == list(map(is_red, ours_row))
        assert their_row[-1].fill.fgColor.rgb == ours_row[-1].fill.fgColor.rgb
    assert any(is_red(cell) for row, _ in cells for cell in row)
    assert after.cell(1, after.max_column).value == ZH.text("import.reason")
    mend(saved, sheet, sorted({one.row - plan.header_row - 1 for one in report.problems}))
    back = services.imports.preview(saved)
    assert (back.remembered, back.plan.kind) == (True, kind)
    again = services.imports.run(saved, back.plan, ZH)
    assert (again.problems, again.count(Outcome.FAILED)) == ([], 0)
