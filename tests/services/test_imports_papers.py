"""Quotes and contracts with their lines out of workbooks, and price lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from crm_desktop.domain.imports import ImportReport, Outcome
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.exchange.mapping import Existing, ImportPlan
from crm_desktop.services.house import Services
from crm_desktop.services.imports.known_papers import in_place
from crm_desktop.words import Words
from tests.services.test_imports import digest, workbook

ZH = Words("zh")
QUOTES = [
    *("报价单号", "报价日期", "客户名称", "联系人", "产品名称"),
    *("数量", "单价", "折扣", "税率", "金额"),
]
ROWS: list[list[Any]] = [
    ["BJ-1", "2026-03-01", "恒远精密", "李雷", "数控改造套件", 2, 12800, None, "13%", 25600],
    [None, None, None, None, "安装调试", 1, 3000, 10, "6%", 2700],  # below merged cells
    ["BJ-2", "2026-03-05", "青禾电子", None, "数控改造套件", 1, 13000, None, "13%", 13000],
    ["BJ-1", None, None, None, "备件", 4, None, None, None, 100],  # back to the first
]


def plan_of(services: Services, file: Path, kind: str = "") -> ImportPlan:
    return services.imports.preview(file, kind=kind).plan


def take_in(services: Services, file: Path, plan: ImportPlan) -> ImportReport:
    """Check and run agree; the run's report."""
    checked = services.imports.check(file, plan, ZH)
    report = services.imports.run(file, plan, ZH)
    assert (checked.outcomes, checked.by_kind) == (report.outcomes, report.by_kind)
    assert checked.problems == report.problems
    assert report.rows == sum(report.outcomes.values())
    return report


def outcomes(report: ImportReport) -> dict[str, int]:
    return {outcome.value: count for outcome, count in report.outcomes.items() if count}


def values(services: Services, kind: Kind, number: str) -> dict[str, Any]:
    found = services.records.ids(kind)
    cards = [services.records.card(kind, one).values for one in found]
    return next(dict(one) for one in cards if one["number"] == number)


def lines(services: Services, number: str) -> list[tuple[Any, ...]]:
    card = services.quotes.card(services.quotes.id_of(number))
    return [(line.name, line.quantity, line.price, line.amount) for line in card.lines]


def quotes_file(tmp_path: Path, rows: Sequence[Sequence[Any]] = ROWS) -> Path:
    return workbook(tmp_path / "报价.xlsx", [list(row) for row in rows], QUOTES)


def test_rows_of_one_number_are_one_quote(services: Services, tmp_path: Path) -> None:
    part = services.records.create(Kind.PRODUCT, {"name": "备件", "unit": "件", "tax_rate": 6})
    before, file = digest(services), quotes_file(tmp_path)
    plan = plan_of(services, file)
    assert (plan.kind, plan.sure) == ("quotes", True)
    report = take_in(services, file, plan)
    assert outcomes(report) == {"created": 4}
    assert report.by_kind == {"quotes": 2, "companies": 2}
    assert [(one.row, one.code) for one in report.problems] == [(3, "import.no_such")]
    assert lines(services, "BJ-1") == [
        ("数控改造套件", 2, Decimal(12800), Decimal(25600)),
        ("安装调试", 1, Decimal(3000), Decimal(2700)),
        ("备件", 4, Decimal(25), Decimal(100)),  # the price from the amount
    ]
    first = values(services, Kind.QUOTE, "BJ-1")
    assert (first["company"].title, first["dated"]) == ("恒远精密", date(2026, 3, 1))
    assert (first["total"], first["state"]) == (Decimal(28400), "draft")
    spare = services.quotes.card(services.quotes.id_of("BJ-1")).lines[2]
    assert (spare.product, spare.unit, spare.tax_rate) == (
        Ref(Kind.PRODUCT, part, "备件"),
        "件",
        Decimal(6),
    )
    taken_in = digest(services)
    assert outcomes(take_in(services, file, plan)) == {"same": 4}
    assert digest(services) == taken_in
    services.history.undo()
    assert digest(services) == before


def test_a_number_given_to_others_is_not_given_again(services: Services, tmp_path: Path) -> None:
    number = services.quotes.next_number()
    line = (None, "件", 1, 1, None, None, 1)
    rows = [["", None, "甲公司", *line], [number, None, "乙公司", *line]]
    file = quotes_file(tmp_path, rows)
    plan = plan_of(services, file, "quotes")
    assert outcomes(take_in(services, file, plan)) == {"created": 2}
    numbers = [
        services.records.card(Kind.QUOTE, one).values["number"]
        for one in services.records.ids(Kind.QUOTE)
    ]
    assert len(set(numbers)) == 2
    assert outcomes(take_in(services, file, plan)) == {"same": 2}  # by title, customer and date


def test_other_lines_of_a_known_quote(services: Services, tmp_path: Path) -> None:
    file = quotes_file(tmp_path)
    plan = plan_of(services, file)
    take_in(services, file, plan)
    changed = [list(row) for row in ROWS]
    changed[0][6], changed[0][9] = 12000, 24000
    changed.append(["BJ-2", None, None, None, "培训", 1, 500, None, None, 500])
    other = quotes_file(tmp_path, changed)
    filled = take_in(services, other, plan_of(services, other))
    assert outcomes(filled) == {"same": 4, "updated": 1}
    assert [one.code for one in filled.problems if one.row == 3] == [
        "import.no_such",
        "import.kept",
    ]
    assert lines(services, "BJ-2")[-1] == ("培训", 1, Decimal(500), Decimal(500))
    assert lines(services, "BJ-1")[0][2] == Decimal(12800)
    plan = plan_of(services, other)
    plan.existing = Existing.OVERWRITE
    assert outcomes(take_in(services, other, plan)) == {"same": 4, "updated": 1}
    assert lines(services, "BJ-1")[0][2:] == (Decimal(12000), Decimal(24000))
    assert values(services, Kind.QUOTE, "BJ-1")["total"] == Decimal(26800)


def test_what_was_sent_stays_as_it_is(services: Services, tmp_path: Path) -> None:
    file = quotes_file(tmp_path)
    take_in(services, file, plan_of(services, file))
    services.quotes.send(services.quotes.id_of("BJ-1"))
    rows = [["BJ-1", "2026-04-01", None, None, "培训", 1, 500, None, None, 500]]
    other = quotes_file(tmp_path, rows)
    plan = plan_of(services, other)
    plan.existing = Existing.OVERWRITE
    report = take_in(services, other, plan)
    assert outcomes(report) == {"failed": 1}
    assert {one.code for one in report.problems} == {"document.quote_is_read_only"}
    assert +report.values == {}
    assert report.gesture is None
    plan.existing = Existing.SKIP
    assert outcomes(take_in(services, other, plan)) == {"skipped": 1}
    plan.existing = Existing.ADD
    assert outcomes(take_in(services, other, plan)) == {"created": 1}
    assert services.records.count(Kind.QUOTE) == 3


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["件", 1, -5, None, "-3%", -5], "money.tax_rate_negative"),
        (["件", 1, 10, 120, None, None], "money.percent_out_of_range"),
        (["件", 99_999_999, 99_999_999, None, None, None], "money.too_large"),
        ([None, 1, 10, None, None, 10], "problem.required"),
    ],
)
def test_a_line_that_cannot_be_kept_fails_alone(
    services: Services, tmp_path: Path, row: list[Any], code: str
) -> None:
    head = ["BJ-9", None, "甲公司", None]
    file = quotes_file(tmp_path, [[*head, "好的", 1, 10, None, None, 10], [*head, *row]])
    report = take_in(services, file, plan_of(services, file))
    assert outcomes(report) == {"created": 1, "failed": 1}
    assert [one.code for one in report.problems if one.blocking] == [code]
    assert [name for name, *_ in lines(services, "BJ-9")] == ["好的"]


def test_the_amount_says_what_a_discount_means(services: Services, tmp_path: Path) -> None:
    rows = [
        ["BJ-9", None, "甲公司", None, "九折", 1, 1000, 90, None, 900],
        ["BJ-9", None, "甲公司", None, "减一成", 1, 1000, 10, None, 900],
        ["BJ-9", None, "甲公司", None, "算错", 2, 1000, None, None, 1900],
    ]
    file = quotes_file(tmp_path, rows)
    report = take_in(services, file, plan_of(services, file))
    assert [one[3] for one in lines(services, "BJ-9")] == [900, 900, 2000]
    told = [(one.row, one.column, one.code) for one in report.problems]
    assert told == [(5, "金额", "import.amount_differs")]


def test_a_ledger_of_contracts(services: Services, tmp_path: Path) -> None:
    header = [
        "合同编号",
        "合同名称",
        "客户名称",
        "合同类型",
        "签订日期",
        "到期日期",
        "合同金额",
        "状态",
    ]
    rows: list[list[Any]] = [
        [
            "HT-1",
            "设备采购",
            "恒远精密",
            "销售合同",
            "2026-01-05",
            "2026-12-31",
            "128,000元",
            "履行中",
        ],
        ["HT-2", "维保", "青禾", "服务合同", "2026-02-05", "2027-02-04", "3.6万", "已完成"],
        ["HT-3", "框架", "青禾电子", "框架合同", None, None, None, "不明"],
        ["合计", None, None, None, None, None, 164000, None],
    ]
    before = digest(services)
    file = workbook(tmp_path / "合同台账.xlsx", rows, header)
    plan = plan_of(services, file)
    assert plan.kind == "contracts"
    report = take_in(services, file, plan)
    assert outcomes(report) == {"created": 2, "failed": 1, "skipped": 1}
    (problem,) = report.problems
    assert (problem.row, problem.column, problem.blocking) == (5, "状态", True)
    assert problem.code == "reading.cell_not_a_state"  # a draft is not what the file says
    first = values(services, Kind.CONTRACT, "HT-1")
    assert (first["total"], first["state"]) == (Decimal(128000), "in_force")
    assert (first["dated"], first["end"]) == (date(2026, 1, 5), date(2026, 12, 31))
    assert values(services, Kind.CONTRACT, "HT-2")["total"] == Decimal(36000)
    lifecycle = services.records.card(Kind.COMPANY, first["company"].id).values["lifecycle"]
    item = services.lists.item(lifecycle)
    assert item is not None
    assert item.code == "customer"
    assert outcomes(take_in(services, file, plan)) == {"same": 2, "failed": 1, "skipped": 1}
    services.history.undo()
    assert digest(services) == before


def test_a_price_list_brings_prices_and_nothing_else(services: Services, tmp_path: Path) -> None:
    known = services.records.create(
        Kind.PRODUCT, {"code": "P1", "name": "套件", "price": "12800", "unit": "套"}
    )
    rows = [["P1", None, 13500, "件"], ["P2", "安装", 3200, "次"], ["P3", None, 1, None]]
    file = workbook(tmp_path / "2026价格表.xlsx", rows, ["产品编码", "产品名称", "单价", "单位"])
    plan = plan_of(services, file)
    assert plan.kind == "price_lists"
    report = take_in(services, file, plan)
    assert outcomes(report) == {"updated": 1, "created": 1, "failed": 1}
    shown = services.records.card(Kind.PRODUCT, known).values
    assert (shown["price"], shown["unit"], shown["name"]) == (Decimal(13500), "套", "套件")
    assert [(one.row, one.code) for one in report.problems] == [
        (3, "import.kept"),
        (5, "import.no_title"),
    ]
    again = take_in(services, file, plan)
    assert outcomes(again) == {"same": 2, "failed": 1}
    services.history.undo()
    assert services.records.card(Kind.PRODUCT, known).values["price"] == Decimal(12800)
    assert report.count(Outcome.CREATED) == services.records.count(Kind.PRODUCT)


@pytest.mark.parametrize(
    ("names", "targets"),
    [
        (["编号", "客户", "名称", "数量", "单价"], ["number", "company", "line.name"]),
        (["No", "Customer", "Name", "Qty", "Price"], ["number", "company", "line.name"]),
        (["编号", "名称", "数量", "单价"], ["line.product", "line.name"]),
        (["报价单号", "编号", "名称", "数量"], ["number", "line.product", "line.name"]),
        (["报价单号", "客户", "名称", "总价"], ["number", "company", "title"]),
        (["单号", "SKU", "标题", "品名"], ["number", "line.product", "title", "line.name"]),
    ],
)  # fmt: skip
def test_bare_words_mean_what_stands_beside_them(
    services: Services, tmp_path: Path, names: list[str], targets: list[str]
) -> None:
    file = workbook(tmp_path / "表.xlsx", [["1"] * len(names), ["2"] * len(names)], names)
    plan = plan_of(services, file, "quotes")
    assert [c.target for c in plan.columns][: len(targets)] == [f"quote.{one}" for one in targets]


def test_a_line_without_an_item_says_what_is_missing(services: Services, tmp_path: Path) -> None:
    names = ["报价单号", "客户", "品名", "数量", "单价"]
    rows: list[list[Any]] = [["BJ-1", "甲", "泵", 1, 2], ["BJ-1", "甲", None, 3, 4]]
    file = workbook(tmp_path / "表.xlsx", rows, names)
    plan = plan_of(services, file, "quotes")
    (problem,) = take_in(services, file, plan).problems
    assert (problem.row, problem.column, problem.code) == (4, "品名", "problem.required")
    services.history.undo()
    plan.columns[2].target = None
    told = take_in(services, file, plan).problems
    assert [(one.row, one.column, one.code) for one in told] == [
        (3, "", "import.no_item"),
        (4, "", "import.no_item"),
    ]


@pytest.mark.parametrize(
    ("held", "told", "expected"),
    [
        ([1, 2], [9, 8], [1, 2, 9, 8]),
        ([1, 2], [1, 9, 8, 2, 7], [1, 9, 8, 2, 7]),
        ([1, 2, 3], [9, 2, 8], [1, 9, 2, 8, 3]),
        ([1, 2], [2, 9, 1, 8], [1, 8, 2, 9]),
        ([], [9], [9]),
    ],
)
def test_where_new_lines_stand(held: list[int], told: list[int], expected: list[int]) -> None:
    given = [*held, *(one for one in told if one not in held)]
    assert in_place(held, told) == expected
    assert sorted(expected) == sorted(given)


def test_a_mended_line_of_a_draft_keeps_its_place(services: Services, tmp_path: Path) -> None:
    head: list[Any] = ["BJ-7", "2026-03-01", "甲公司", None]
    below: list[Any] = [None] * 4
    rows: list[list[Any]] = [
        [*head, "机床", 1, 100, None, None, 100],
        [*below, "安装", "一天", 50, None, None, None],
        [*below, "安装", 1, 50, None, None, 50],
        [*below, "培训", 1, 30, None, None, 30],
    ]
    file = quotes_file(tmp_path, rows)
    plan = plan_of(services, file)
    report = take_in(services, file, plan)
    assert outcomes(report) == {"created": 3, "failed": 1}
    saved = tmp_path / "问题.xlsx"
    assert services.imports.save_problems(file, plan, report, saved, ZH) == 1
    book = load_workbook(saved)
    sheet = book.active
    assert sheet is not None
    told = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=2)]
    assert [line[:10] for line in told] == rows  # whose line it is, and where it stands
    assert [bool(line[10]) for line in told] == [False, True, False, False]
    sheet.cell(3, QUOTES.index("数量") + 1).value = 2
    book.save(saved)
    again = take_in(services, saved, plan_of(services, saved))
    assert (outcomes(again), again.problems) == ({"same": 3, "updated": 1}, [])
    named = [(name, quantity) for name, quantity, *_ in lines(services, "BJ-7")]
    assert named == [("机床", 1), ("安装", 2), ("安装", 1), ("培训", 1)]
