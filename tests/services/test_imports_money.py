"""Imports of receipts and expenses: linked by contract number or customer, again the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.exchange.mapping import Existing
from crm_desktop.services.house import Services
from crm_desktop.words import Words
from tests.services.test_imports import digest, workbook
from tests.services.test_imports_simple import outcomes, take_in

ZH = ["回款日期", "付款单位", "合同编号", "合同金额", "回款金额", "回款方式", "流水号", "备注"]
EN = ["Payment date", "Customer", "Contract no", "Amount received", "Payment method", "Reference"]
SPENT = ["费用日期", "客户", "费用类别", "费用金额", "用途", "经手人", "是否报销"]


@pytest.fixture
def contract(services: Services) -> int:
    lead = services.lists.by_code("lifecycle", "lead").id
    company = services.records.create(Kind.COMPANY, {"name": "恒远机械", "lifecycle": lead})
    values = {"title": "车床", "company": company, "currency": "CNY", "number": "HT-01"}
    with services.book.write("gesture.created") as writing:
        return services.records.insert(
            writing.session,
            Kind.CONTRACT,
            {**values, "total": Decimal(1000), "state": "signed", "signed_on": date(2026, 9, 1)},
        )


def rows_of(services: Services, kind: Kind, *keys: str) -> list[tuple[Any, ...]]:
    ids = sorted(services.records.ids(kind))
    return [
        tuple(value.title if isinstance(value, Ref) else value for value in row.values)
        for row in services.records.rows(kind, ids, keys)
    ]


def test_a_ledger_of_payments_finds_its_contracts_and_customers(
    services: Services, contract: int, tmp_path: Path
) -> None:
    rows = [
        ["2026-10-01", None, "HT-01", 1000, 300, "电汇", "A1", "首付"],
        ["2026年10月5日", "新客户", None, None, "¥1,200.50", "微信支付", None, None],
        ["2026-10-06", "恒远机械", "HT-99", None, 5, "现金", None, None],
        ["2026-10-07", None, None, None, 5, None, None, None],  # whose?
        [None, "恒远机械", None, None, 5, None, None, None],  # when?
        ["2026-10-08", "恒远机械", None, None, None, None, None, None],  # how much?
    ]
    file = workbook(tmp_path / "回款记录.xlsx", rows, ZH)
    plan = services.imports.preview(file).plan
    assert (plan.kind, plan.sure) == ("receipts", True)
    assert [column.target for column in plan.columns] == [
        "receipt.dated", "receipt.company", "receipt.contract", None, "receipt.amount",
        "receipt.method", "receipt.reference", "receipt.notes",
    ]  # fmt: skip
    report = take_in(services, file, "receipts")
    assert outcomes(report) == {"created": 3, "failed": 3}
    assert [(one.row, one.code) for one in report.problems] == [
        (5, "import.no_such"), (6, "import.of_nobody"), (7, "import.no_date"),
        (8, "import.no_amount"),
    ]  # fmt: skip
    held = rows_of(services, Kind.RECEIPT, "dated", "company", "contract", "amount", "reference")
    assert held == [
        (date(2026, 10, 1), "恒远机械", "HT-01", Decimal(300), "A1"),
        (date(2026, 10, 5), "新客户", None, Decimal("1200.50"), None),
        (date(2026, 10, 6), "恒远机械", None, Decimal(5), None),
    ]
    codes = {item.id: item.code for item in services.lists.items("payment_method")}
    methods = [codes[one] for (one,) in rows_of(services, Kind.RECEIPT, "method")]
    assert methods == ["bank_transfer", "wechat", "cash"]
    assert services.payments.of_contract(contract).owed == Decimal(700)
    customer = services.lists.by_code("lifecycle", "customer").id
    assert {one for (one,) in rows_of(services, Kind.COMPANY, "lifecycle")} == {customer}
    services.history.undo()
    assert services.records.count(Kind.RECEIPT) == 0


@pytest.mark.parametrize(
    ("kind", "header", "rows"),
    [
        (
            "receipts",
            ZH,
            [
                ["2026-10-01", None, "HT-01", None, 300, "电汇", None, None],
                ["2026-10-01", None, "HT-01", None, 300, "电汇", None, None],  # paid twice
                ["2026-10-01", "恒远机械", None, None, 300, None, "B7", None],
                ["2026-10-02", "乙公司", None, None, -20, None, None, "退款"],
            ],
        ),
        (
            "receipts",
            EN,
            [["2026-10-01", "恒远机械", "HT-01", 80, "wire", "x"]],
        ),
        (
            "expenses",
            SPENT,
            [
                ["2026-10-01", "恒远机械", "差旅费", 240, "拜访", "陈经理", "是"],
                ["2026-10-01", "恒远机械", "招待费", 240, "晚餐", None, "否"],
                ["2026-10-02", None, None, 15, None, None, None],
            ],
        ),
    ],
)
def test_the_same_file_again_adds_nothing(
    services: Services,
    contract: int,
    tmp_path: Path,
    kind: str,
    header: Sequence[str],
    rows: Sequence[Any],
) -> None:
    file = workbook(tmp_path / "清单.xlsx", rows, header)
    assert services.imports.preview(file).plan.kind == kind
    assert outcomes(take_in(services, file, kind)) == {"created": len(rows)}
    before = digest(services)
    again = take_in(services, file, kind)
    assert (outcomes(again), again.gesture) == ({"same": len(rows)}, None)
    assert digest(services) == before


def test_the_currency_of_the_contract_is_that_of_its_payments(
    services: Services, contract: int, tmp_path: Path
) -> None:
    header = ["回款编号", "合同编号", "回款金额", "币种", "回款日期"]
    rows = [
        ["R1", "HT-01", 5, "USD", "2026-10-01"],
        ["R2", "HT-01", 5, None, "2026-10-01"],
        ["R3", "HT-01", 6, "CNY", "2026-10-01"],
    ]
    report = take_in(services, workbook(tmp_path / "a.xlsx", rows, header), "receipts")
    assert outcomes(report) == {"created": 2, "failed": 1}
    assert [one.code for one in report.problems] == ["import.other_currency"]
    assert rows_of(services, Kind.RECEIPT, "number", "currency") == [("R2", "CNY"), ("R3", "CNY")]
    file = workbook(tmp_path / "b.xlsx", [["R2", "HT-01", 5, "USD", None]], header)
    plan = services.imports.preview(file, kind="receipts").plan
    plan.existing = Existing.OVERWRITE
    assert outcomes(services.imports.run(file, plan, Words("zh"))) == {"failed": 1}
    assert rows_of(services, Kind.RECEIPT, "number", "currency") == [("R2", "CNY"), ("R3", "CNY")]


def test_other_lists_with_amounts_are_no_payments(services: Services, tmp_path: Path) -> None:
    for name, header, kind in (
        ("商机", ["商机名称", "客户名称", "金额", "日期"], "opportunities"),
        ("客户", ["公司名称", "联系人", "手机", "备注"], "people"),
        (
            "合同",
            ["合同编号", "合同名称", "客户名称", "合同金额", "签订日期", "付款方式"],
            "contracts",
        ),
    ):
        file = workbook(tmp_path / f"{name}.xlsx", [["甲"] * len(header)], header)
        assert services.imports.preview(file).plan.kind == kind
