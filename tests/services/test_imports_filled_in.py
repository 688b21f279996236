"""What the program sets where a file is silent never stands for a cell that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.imports import Outcome
from crm_desktop.domain.kinds import OWNERS, Kind
from crm_desktop.exchange.mapping import IMPORT_KINDS, targets
from crm_desktop.services.house import Services
from crm_desktop.services.imports import Wishes
from crm_desktop.services.imports.filled_in import filled_in
from crm_desktop.words import Words
from tests.services.test_imports import digest, workbook

ZH = Words("zh")
# Words make records, items and texts; a tick that is not set is no value.
UNREADABLE = {
    FieldType.STATE, FieldType.DATE, FieldType.DUE, FieldType.INTEGER, FieldType.NUMBER,
    FieldType.MONEY, FieldType.UNIT_PRICE, FieldType.PERCENT, FieldType.CURRENCY,
}  # fmt: skip  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A row with a cell that cannot be kept, what would be right, and the sentence."""

    kind: str
    header: list[str]
    row: list[Any]
    code: str
    right: Any
    held: Any
    target: str

    @property
    def column(self) -> str:
        return self.header[-1]


DEAL, PAPER = ["商机名称", "客户"], ["报价单号", "客户名称", "产品名称", "单价"]
QUOTE = ["Q-1", "甲公司", "泵", 10]
CASES = [
    Case(
        "opportunities",
        [*DEAL, "赢率"],
        ["大单", "甲公司", 160],
        "problem.range",
        60,
        60,
        "probability",
    ),
    Case(
        "opportunities",
        [*DEAL, "赢率"],
        ["大单", "甲公司", -5],
        "problem.range",
        5,
        5,
        "probability",
    ),
    Case(
        "opportunities",
        [*DEAL, "赢率"],
        ["大单", "甲公司", "大概"],
        "money.not_a_number",
        "30%",
        30,
        "probability",
    ),
    Case(
        "opportunities",
        [*DEAL, "币种"],
        ["大单", "甲公司", "贝壳"],
        "reading.cell_not_currency",
        "美元",
        "USD",
        "currency",
    ),
    Case(
        "products",
        ["产品名称", "币种"],
        ["泵", "贝壳"],
        "reading.cell_not_currency",
        "USD",
        "USD",
        "currency",
    ),
    Case(
        "products",
        ["产品名称", "是否启用"],
        ["泵", "也许"],
        "reading.cell_not_yes_no",
        "停用",
        False,
        "active",
    ),
    Case(
        "tickets",
        ["问题", "客户", "状态"],
        ["不转", "甲公司", "不明"],
        "reading.cell_not_a_state",
        "已关闭",
        "closed",
        "state",
    ),
    Case(
        "activities",
        ["主题", "客户", "状态"],
        ["回访", "甲公司", "不明"],
        "reading.cell_not_a_state",
        "已完成",
        "done",
        "state",
    ),
    Case(
        "contracts",
        ["合同编号", "合同名称", "客户名称", "状态"],
        ["HT-1", "采购", "甲公司", "不明"],
        "reading.cell_not_a_state",
        "履行中",
        "in_force",
        "state",
    ),
    Case(
        "quotes",
        [*PAPER, "状态"],
        [*QUOTE, "不明"],
        "reading.cell_not_a_state",
        "已接受",
        "accepted",
        "state",
    ),
    Case(
        "quotes",
        [*PAPER, "有效期"],
        [*QUOTE, "年底"],
        "dates.not_a_date",
        "2026-12-31",
        None,
        "valid_until",
    ),
    Case(
        "quotes",
        [*PAPER, "整单折扣"],
        [*QUOTE, 120],
        "money.percent_out_of_range",
        10,
        10,
        "discount_percent",
    ),
    Case(
        "expenses",
        ["费用日期", "客户", "费用金额", "币种"],
        ["2026-10-01", "甲公司", 5, "贝壳"],
        "reading.cell_not_currency",
        "USD",
        "USD",
        "currency",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda one: f"{one.kind}-{one.target}-{one.row[-1]}")
def test_a_cell_that_cannot_be_kept_keeps_its_row_out(
    services: Services, tmp_path: Path, case: Case
) -> None:
    file = workbook(tmp_path / "清单.xlsx", [case.row], case.header)
    plan = services.imports.preview(file, kind=case.kind).plan
    kind = IMPORT_KINDS[case.kind][0]
    assert plan.columns[-1].target == f"{kind.value}.{case.target}"
    before = digest(services)
    checked = services.imports.check(file, plan, ZH)
    report = services.imports.run(file, plan, ZH, remind=False)
    assert checked.outcomes == report.outcomes == {Outcome.FAILED: 1}
    assert checked.problems == report.problems
    assert (3, case.column, case.code, True) in [
        (one.row, one.column, one.code, one.blocking) for one in report.problems
    ]
    assert +report.values == {}
    assert digest(services) == before
    place = (3, len(case.header) - 1)
    emptied = services.imports.check(file, plan, ZH, wishes=Wishes(fixes={place: ""}))
    assert emptied.outcomes == {Outcome.CREATED: 1}
    wishes = Wishes(fixes={place: str(case.right)})
    assert services.imports.run(file, plan, ZH, wishes=wishes).outcomes == {Outcome.CREATED: 1}
    (record,) = services.records.ids(kind)
    held = services.records.card(kind, record).values[case.target]
    assert held == case.held or (case.held is None and str(held) == case.right)


def test_of_a_record_of_the_book_the_rest_is_taken(services: Services, tmp_path: Path) -> None:
    company = services.records.create(Kind.COMPANY, {"name": "甲公司"})
    deal = services.records.create(
        Kind.OPPORTUNITY, {"title": "大单", "company": company, "probability": 70}
    )
    header = [*DEAL, "备注", "赢率"]
    file = workbook(tmp_path / "清单.xlsx", [["大单", "甲公司", "回电", 160]], header)
    plan = services.imports.preview(file, kind="opportunities").plan
    report = services.imports.run(file, plan, ZH)
    assert report.outcomes == {Outcome.UPDATED: 1}
    assert [(one.column, one.code) for one in report.problems] == [("赢率", "problem.range")]
    held = services.records.card(Kind.OPPORTUNITY, deal).values
    assert (held["notes"], held["probability"]) == ("回电", 70)


LEAST: dict[Kind, dict[str, Any]] = {
    Kind.PRODUCT: {"name": "泵"},
    Kind.OPPORTUNITY: {"title": "大单"},
    Kind.ACTIVITY: {"subject": "回访"},
    Kind.TICKET: {"subject": "不转"},
    Kind.QUOTE: {"title": "报价"},
    Kind.CONTRACT: {"title": "合同"},
    Kind.RECEIPT: {"amount": 5},
    Kind.EXPENSE: {"amount": 5},
    Kind.PAYMENT_STAGE: {"name": "首付", "percent": 30},
    Kind.ANNIVERSARY: {"name": "周年", "day": Birthday(5, 1)},
    Kind.GIFT: {"what": "茶叶"},
}


@pytest.mark.parametrize(
    "import_kind", [one for one in IMPORT_KINDS if one not in ("people", "companies")]
)
def test_whatever_a_new_record_has_untold_is_known(services: Services, import_kind: str) -> None:
    (kind,) = IMPORT_KINDS[import_kind]
    given = dict(LEAST[kind])
    if kind is Kind.RECEIPT:
        given["company"] = services.records.create(Kind.COMPANY, {"name": "甲公司"})
    if (owner := OWNERS.get(kind)) is not None:
        named = {"title": "合同"} if owner is Kind.CONTRACT else {"name": "王伟"}
        given[owner.value] = services.records.create(owner, named)
    held = services.records.card(kind, services.records.create(kind, given)).values
    untold = {
        place.field.key
        for place in targets(import_kind)
        if place.field.type in UNREADABLE
        and place.field.key in held
        and place.field.key not in given
        and held[place.field.key] not in (None, (), 0)
    }
    assert untold <= filled_in(kind, held)
