"""Imports of amounts in several currencies: kept in theirs, or told; never taken for the own."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.exchange.mapping import Existing
from crm_desktop.services.house import Services
from tests.services.test_imports import ZH, workbook
from tests.services.test_imports_simple import outcomes, take_in

DEALS = ["商机名称", "客户", "金额", "币种"]


def deals(services: Services) -> dict[str, tuple[Any, Any]]:
    ids = sorted(services.records.ids(Kind.OPPORTUNITY))
    rows = services.records.rows(Kind.OPPORTUNITY, ids, ["title", "amount", "currency"])
    return {row.values[0]: (row.values[1], row.values[2]) for row in rows}


def told(report: Any) -> list[tuple[int, str, dict[str, Any]]]:
    return [(one.row, one.code, one.args) for one in report.problems]


def test_the_currency_of_a_cell_becomes_that_of_its_record(
    services: Services, tmp_path: Path
) -> None:
    rows = [
        ["一", "甲公司", "$12,000"],
        ["二", "甲公司", "12万美元"],
        ["三", "甲公司", "EUR 56.50"],
        ["四", "甲公司", "500元"],
        ["五", "甲公司", 700],
        ["六", "甲公司", "JP¥ 9,000"],
    ]
    report = take_in(services, workbook(tmp_path / "商机.xlsx", rows, DEALS[:3]), "opportunities")
    assert (outcomes(report), report.problems) == ({"created": 6}, [])
    assert deals(services) == {
        "一": (Decimal(12000), "USD"),
        "二": (Decimal(120000), "USD"),
        "三": (Decimal("56.50"), "EUR"),
        "四": (Decimal(500), "CNY"),
        "五": (Decimal(700), "CNY"),
        "六": (Decimal(9000), "JPY"),
    }


def test_a_dollar_is_the_firms_own_where_it_counts_in_dollars(
    services: Services, tmp_path: Path
) -> None:
    services.business.set_trade(currency="HKD")
    file = workbook(tmp_path / "商机.xlsx", [["一", "甲", "$5"], ["二", "甲", "US$5"]], DEALS[:3])
    take_in(services, file, "opportunities")
    assert [code for _, code in deals(services).values()] == ["HKD", "USD"]


def test_a_column_of_currencies_stands_above_the_sign(services: Services, tmp_path: Path) -> None:
    rows = [
        ["一", "甲公司", "$12", "CAD"],  # a dollar, too
        ["二", "甲公司", "€12", "USD"],
        ["三", "甲公司", "12元", "美元"],
        ["四", "甲公司", "¥12", "JPY"],
    ]
    report = take_in(services, workbook(tmp_path / "商机.xlsx", rows, DEALS), "opportunities")
    assert told(report) == [
        (4, "import.two_currencies", {"currency": "EUR", "kept": "USD"}),
    ]
    assert deals(services) == {
        "一": (Decimal(12), "CAD"),
        "二": (None, "USD"),
        "三": (Decimal(12), "USD"),
        "四": (Decimal(12), "JPY"),
    }


def test_what_has_no_currency_of_its_own_takes_the_firms_alone(
    services: Services, tmp_path: Path
) -> None:
    rows = [["甲公司", "$5,000"], ["乙公司", "5万元"], ["丙公司", "人民币 3 亿"]]
    file = workbook(tmp_path / "公司.xlsx", rows, ["公司名称", "年营业额"])
    report = take_in(services, file, "companies")
    assert outcomes(report) == {"created": 3}
    assert told(report) == [(3, "import.other_than_own", {"currency": "USD", "kept": "CNY"})]
    ids = sorted(services.records.ids(Kind.COMPANY))
    found = services.records.rows(Kind.COMPANY, ids, ["name", "turnover"])
    assert [row.values for row in found] == [
        ("甲公司", None),
        ("乙公司", Decimal(50_000)),
        ("丙公司", Decimal(300_000_000)),
    ]


def test_the_header_tells_unit_and_currency(services: Services, tmp_path: Path) -> None:
    rows = [["一", "甲公司", 1.5], ["二", "甲公司", "12万"], ["三", "甲公司", "€2"]]
    header = ["商机名称", "客户", "金额（万美元）"]
    report = take_in(services, workbook(tmp_path / "商机.xlsx", rows, header), "opportunities")
    assert not report.problems
    assert deals(services) == {
        "一": (Decimal(15_000), "USD"),
        "二": (Decimal(120_000), "USD"),  # the cell says its size itself
        "三": (Decimal(20_000), "EUR"),
    }


@pytest.mark.parametrize(
    ("header", "times"),
    [
        ("金额（含税，万元）", 10_000),
        ("金额（万元、含税）", 10_000),
        ("金额（万元）（含税）", 10_000),
        ("金额万元", 10_000),
        ("预计金额：千元", 1000),
        ("预计金额（百万元）", 1_000_000),
        ("Amount (CNY '000)", 1000),
        ("Amount (000s)", 1000),
        ("金额（含税）", 1),
        ("Amount (incl. VAT)", 1),
    ],
)
def test_the_unit_among_other_words_of_the_header(
    services: Services, tmp_path: Path, header: str, times: int
) -> None:
    file = workbook(tmp_path / "商机.xlsx", [["一", "甲公司", 1.5]], [*DEALS[:2], header])
    take_in(services, file, "opportunities")
    assert deals(services) == {"一": (Decimal("1.5") * times, "CNY")}


def test_the_unit_holds_wherever_the_place_comes_from(services: Services, tmp_path: Path) -> None:
    """Chosen by hand, or remembered by a version that did not ask headers for units."""
    header = [*DEALS[:2], "标的（万元）"]
    file = workbook(tmp_path / "商机.xlsx", [["一", "甲公司", 1.5]], header)
    plan = services.imports.preview(file, kind="opportunities").plan
    plan.columns[2].target, plan.columns[2].options = "opportunity.amount", {}
    services.imports.run(file, plan, ZH)
    assert deals(services) == {"一": (Decimal(15_000), "CNY")}
    assert outcomes(services.imports.run(file, plan, ZH)) == {"same": 1}
    plan.columns[2].options = {"scale": "1"}  # who knows better can say so
    plan.existing = Existing.OVERWRITE
    services.imports.run(file, plan, ZH)
    assert deals(services) == {"一": (Decimal("1.5"), "CNY")}


def test_a_field_of_ones_own_that_is_called_by_its_unit_keeps_the_figures(
    services: Services, tmp_path: Path
) -> None:
    key = services.custom.add(Kind.OPPORTUNITY, "预算（万元）", FieldType.MONEY)
    header = [*DEALS[:2], "预算（万元）"]
    file = workbook(tmp_path / "商机.xlsx", [["一", "甲公司", 1.5]], header)
    take_in(services, file, "opportunities")
    ids = services.records.ids(Kind.OPPORTUNITY)
    (row,) = services.records.rows(Kind.OPPORTUNITY, ids, [key])
    assert row.values == (Decimal("1.5"),)


def test_german_numbers_by_the_evidence_of_their_column(services: Services, tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text("Deal name;Account;Amount\nA;X;1.234,56\nB;X;1.234\nC;X;99\n", "utf-8")
    report = take_in(services, file, "opportunities")
    assert not report.problems
    assert [amount for amount, _ in deals(services).values()] == [
        Decimal("1234.56"), Decimal(1234), Decimal(99),
    ]  # fmt: skip


def test_thousands_among_german_numbers_are_told(services: Services, tmp_path: Path) -> None:
    rows = [
        ["一", "甲公司", "1.234,56 €"],
        ["二", "甲公司", "$12,000"],
        ["三", "甲公司", "$12,000.50"],
    ]
    file = workbook(tmp_path / "商机.xlsx", rows, DEALS[:3])
    report = take_in(services, file, "opportunities")
    assert told(report) == []  # both ways of writing: each as it stands
    assert [amount for amount, _ in deals(services).values()] == [
        Decimal("1234.56"), Decimal(12000), Decimal("12000.50"),
    ]  # fmt: skip
    file = workbook(tmp_path / "二.xlsx", [["四", "丁", "9,50"], ["五", "丁", "12,000"]], DEALS[:3])
    report = take_in(services, file, "opportunities")
    assert [one[:2] for one in told(report)] == [(4, "money.open_mark")]


def test_a_column_that_leaves_it_open_is_asked_about(services: Services, tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text("Deal name;Account;Amount\nA;X;1.234\nB;X;12.500\n", "utf-8")
    plan = services.imports.preview(file, kind="opportunities").plan
    report = services.imports.check(file, plan, ZH)
    assert [one[:2] for one in told(report)] == [(2, "money.open_mark"), (3, "money.open_mark")]
    plan.columns[2].options["decimal"] = "comma"
    assert not services.imports.run(file, plan, ZH).problems
    assert [amount for amount, _ in deals(services).values()] == [Decimal(1234), Decimal(12500)]


def test_amounts_of_another_currency_do_not_become_those_of_a_record(
    services: Services, tmp_path: Path
) -> None:
    services.records.create(Kind.OPPORTUNITY, {"title": "一", "currency": "CNY"})
    file = workbook(tmp_path / "商机.xlsx", [["一", None, "$12"]], DEALS[:3])
    plan = services.imports.preview(file, kind="opportunities").plan
    report = services.imports.run(file, plan, ZH)
    assert [one.code for one in report.problems] == ["import.two_currencies", "import.kept"]
    assert deals(services) == {"一": (None, "CNY")}
    plan.existing = Existing.OVERWRITE
    assert not services.imports.run(file, plan, ZH).problems
    assert deals(services) == {"一": (Decimal(12), "USD")}
    assert outcomes(services.imports.run(file, plan, ZH)) == {"same": 1}


def test_a_price_list_brings_its_currency_along(services: Services, tmp_path: Path) -> None:
    product = services.records.create(
        Kind.PRODUCT, {"name": "轴承", "price": Decimal(60), "currency": "CNY"}
    )
    file = workbook(tmp_path / "价格表.xlsx", [["轴承", "$9.5"]], ["产品名称", "单价"])
    assert not take_in(services, file, "price_lists").problems
    (row,) = services.records.rows(Kind.PRODUCT, [product], ["price", "currency"])
    assert row.values == (Decimal("9.5"), "USD")


def test_lines_of_a_quote_tell_its_currency(services: Services, tmp_path: Path) -> None:
    rows = [
        ["Q-1", "甲公司", "轴承", 2, "US$5"],
        [None, None, "齿轮", 1, "US$7.50"],
        ["Q-2", "甲公司", "轴承", 1, 5],
    ]
    header = ["报价单号", "客户", "产品名称", "数量", "单价"]
    report = take_in(services, workbook(tmp_path / "报价.xlsx", rows, header), "quotes")
    assert not report.problems
    ids = sorted(services.records.ids(Kind.QUOTE))
    found = services.records.rows(Kind.QUOTE, ids, ["number", "currency", "total"])
    assert {row.values for row in found} == {
        ("Q-1", "USD", Decimal("17.50")),
        ("Q-2", "CNY", Decimal(5)),
    }


def test_a_stage_of_payment_is_in_the_currency_of_its_contract(
    services: Services, tmp_path: Path
) -> None:
    values = {"title": "车床", "currency": "USD", "number": "HT-01", "total": Decimal(1000)}
    with services.book.write("gesture.created") as writing:
        services.records.insert(writing.session, Kind.CONTRACT, values)
    rows = [["HT-01", "首付", "$300"], ["HT-01", "尾款", "€700"]]
    header = ["合同编号", "期次", "应收金额"]
    report = take_in(services, workbook(tmp_path / "计划.xlsx", rows, header), "payment_plans")
    assert outcomes(report) == {"created": 1, "failed": 1}
    assert told(report) == [(4, "import.other_currency", {"number": "HT-01", "currency": "USD"})]
