"""Imports of payment plans, anniversaries and gifts: found by their owner, again the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.data.part_origins import rows_text
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.payments import Stage
from crm_desktop.exchange.mapping import Existing
from crm_desktop.services.house import Services
from crm_desktop.words import Words
from tests.services.test_imports import digest, workbook
from tests.services.test_imports_money import rows_of
from tests.services.test_imports_simple import outcomes, take_in
from tests.services.test_payments import pay

PLAN = ["合同编号", "期次名称", "应收日期", "应收金额", "占总额比例", "备注"]
DAYS = ["姓名", "纪念日", "日期"]
GIFTS = ["收礼人", "礼品名称", "送礼日期", "收/送", "礼品金额", "币种", "场合", "备注"]


@pytest.fixture
def contract(services: Services) -> int:
    services.records.create(Kind.PERSON, {"name": "王伟", "mobile": ("13812345678",)})
    company = services.records.create(Kind.COMPANY, {"name": "恒远机械"})
    values = {"title": "车床", "company": company, "currency": "CNY", "number": "HT-01"}
    with services.book.write("gesture.created") as writing:
        return services.records.insert(
            writing.session,
            Kind.CONTRACT,
            {**values, "total": Decimal(1000), "state": "signed", "signed_on": date(2026, 9, 1)},
        )


@pytest.mark.parametrize(
    ("name", "header", "kind", "targets"),
    [
        ("x", PLAN, "payment_plans", ["contract", "name", "due", "amount", "percent", "note"]),
        ("回款计划", ["合同号", "阶段", "日期", "金额", "比例"], "payment_plans",
         ["contract", "name", "due", "amount", "percent"]),
        ("x", ["Contract number", "Milestone", "Due date", "Amount due", "Notes"],
         "payment_plans", ["contract", "name", "due", "amount", "note"]),
        ("x", ["Contract", "Instalment", "Payment due date", "% of contract"],
         "payment_plans", ["contract", "name", "due", "percent"]),
        ("x", DAYS, "anniversaries", ["person", "name", "day"]),
        ("x", ["联系人", "纪念日名称", "纪念日期"], "anniversaries", ["person", "name", "day"]),
        ("x", ["Contact", "Anniversary", "Anniversary date"], "anniversaries",
         ["person", "name", "day"]),
        ("x", GIFTS, "gifts",
         ["person", "what", "on_date", "received", "value", "currency", "occasion", "note"]),
        ("gifts", ["Contact", "Gift", "Date given", "Value", "Currency", "Occasion", "Note"],
         "gifts", ["person", "what", "on_date", "value", "currency", "occasion", "note"]),
        ("礼品记录", ["客户姓名", "名称", "日期", "金额"], "gifts",
         ["person", "what", "on_date", "value"]),
    ],
)  # fmt: skip
def test_the_words_above_the_columns_tell_the_kind(
    services: Services,
    tmp_path: Path,
    name: str,
    header: Sequence[str],
    kind: str,
    targets: Sequence[str],
) -> None:
    file = workbook(tmp_path / f"{name}.xlsx", [["1"] * len(header)], header)
    plan = services.imports.preview(file).plan
    assert (plan.kind, plan.sure) == (kind, True)
    found = [(column.target or "").partition(".")[2] for column in plan.columns]
    assert found == list(targets)


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (["姓名", "手机", "生日", "备注"], "people"),
        (["商机名称", "客户", "阶段", "金额"], "opportunities"),
        (["合同编号", "回款日期", "回款金额"], "receipts"),
        (["合同编号", "合同名称", "客户", "合同金额"], "contracts"),
    ],
)
def test_other_sheets_are_what_they_were(
    services: Services, tmp_path: Path, header: Sequence[str], kind: str
) -> None:
    file = workbook(tmp_path / "x.xlsx", [["1"] * len(header)], header)
    assert services.imports.preview(file).plan.kind == kind


def test_a_plan_finds_its_contract_and_is_measured_by_its_total(
    services: Services, contract: int, tmp_path: Path
) -> None:
    rows = [
        ["HT-01", "预付款", "2026-10-01", None, 0.3, "签订后"],
        ["HT-01", "到货款", "2026年11月1日", "¥500.00", None, None],
        ["HT-01", "尾款", "soon", 300, None, None],  # beyond the total, and no day
        ["HT-99", "尾款", None, 200, None, None],  # of which contract?
        ["HT-01", "质保金", None, 100, 0.1, None],  # both
        ["HT-01", "质保金", None, None, None, None],  # neither
        ["HT-01", "质保金", None, -5, None, None],
        ["HT-01", None, None, 5, None, None],
    ]
    file = workbook(tmp_path / "回款计划.xlsx", rows, PLAN)
    report = take_in(services, file, "payment_plans")
    assert outcomes(report) == {"created": 3, "failed": 5}
    assert [(one.row, one.column, one.code, one.blocking) for one in report.problems] == [
        (5, "应收日期", "dates.not_a_date", False),
        (5, "应收金额", "import.plan_beyond_total", False),
        (6, "合同编号", "import.no_such", True),
        (7, "应收金额 / 占总额比例", "payment.amount_or_percent", True),
        (8, "应收金额 / 占总额比例", "payment.amount_or_percent", True),
        (9, "应收金额", "payment.share_not_positive", True),
        (10, "期次名称", "import.no_title", True),
    ]
    beyond = report.problems[1].args
    assert (beyond["planned"], beyond["total"]) == ("¥1,100", "¥1,000")
    money = services.payments.of_contract(contract)
    assert [(one.stage.name, one.stage.due, one.stage.share) for one in money.stages] == [
        ("预付款", date(2026, 10, 1), Decimal(300)),
        ("到货款", date(2026, 11, 1), Decimal(500)),
        ("尾款", None, Decimal(300)),
    ]
    assert money.stages[0].stage.note == "签订后"
    services.history.undo()
    assert services.payments.of_contract(contract).stages == ()


def test_days_of_people_in_both_calendars(
    services: Services, contract: int, tmp_path: Path
) -> None:
    rows = [
        ["王伟", "结婚纪念日", "2010-05-20"],
        ["王伟", "公司成立", "8月15日"],
        ["13812345678", "老家祭祖", "农历七月十五"],
        ["王伟", "周年", "when"],
        ["没有此人", "周年", "5-1"],
    ]
    file = workbook(tmp_path / "纪念日.xlsx", rows, DAYS)
    report = take_in(services, file, "anniversaries")
    assert outcomes(report) == {"created": 3, "failed": 2}
    assert [(one.row, one.column, one.blocking) for one in report.problems] == [
        (6, "日期", True), (7, "姓名", True),
    ]  # fmt: skip
    (person,) = services.records.ids(Kind.PERSON)
    held = {one.name: one.day for one in services.anniversaries.of(person)}
    assert held == {
        "结婚纪念日": Birthday(5, 20, 2010),
        "公司成立": Birthday(8, 15),
        "老家祭祖": Birthday(7, 15, lunar=True),
    }


def test_gifts_of_both_directions(services: Services, contract: int, tmp_path: Path) -> None:
    rows = [
        ["王伟", "茶叶", "2026-01-20", "送出", 300, None, "春节", "红茶"],
        ["王伟", "钢笔", None, "收到", None, "USD", None, None],
        ["王伟", "红包", None, None, -1, None, None, None],
        [None, "红包", None, None, 1, None, None, None],
    ]
    file = workbook(tmp_path / "礼品.xlsx", rows, GIFTS)
    report = take_in(services, file, "gifts")
    assert outcomes(report) == {"created": 2, "failed": 2}
    assert [(one.row, one.column, one.code) for one in report.problems] == [
        (5, "礼品金额", "attention.gift_negative"), (6, "收礼人", "import.no_person"),
    ]  # fmt: skip
    (person,) = services.records.ids(Kind.PERSON)
    tea, pen = sorted(services.gifts.of(person), key=lambda one: one.id)
    assert (tea.what, tea.received, tea.on, tea.value, tea.currency, tea.occasion, tea.note) == (
        "茶叶", False, date(2026, 1, 20), Decimal(300), "CNY", "春节", "红茶"
    )  # fmt: skip
    assert (pen.received, pen.currency, pen.on) == (True, "USD", None)


SHEETS: dict[str, tuple[list[str], list[list[Any]]]] = {
    "payment_plans": (
        PLAN,
        [
            ["HT-01", "预付款", "2026-10-01", None, 0.3, None],
            ["HT-01", "同名", "2026-10-02", 5, None, None],
            ["HT-01", "同名", "2026-10-03", 6, None, None],
        ],
    ),
    "anniversaries": (DAYS, [["王伟", "结婚", "2010-05-20"], ["王伟", "祭祖", "农历七月十五"]]),
    "gifts": (
        GIFTS,
        [
            ["王伟", "茶", "2026-01-20", "送出", 300, "CNY", "春节", "红茶"],
            ["王伟", "茶", "2025-01-20", "收到", None, None, None, None],
        ],
    ),
}


@pytest.mark.parametrize("kind", SHEETS)
def test_the_same_file_again_adds_and_changes_nothing(
    services: Services, contract: int, tmp_path: Path, kind: str
) -> None:
    header, rows = SHEETS[kind]
    before = digest(services)
    file = workbook(tmp_path / f"{kind}.xlsx", rows, header)
    assert outcomes(take_in(services, file, kind)) == {"created": len(rows)}
    after = digest(services)
    for policy in (Existing.FILL, Existing.OVERWRITE):
        plan = services.imports.preview(file, kind=kind).plan
        plan.existing = policy
        assert outcomes(services.imports.run(file, plan, Words("zh"))) == {"same": len(rows)}
    assert digest(services) == after
    services.history.undo()
    assert digest(services) == before


def test_where_they_came_from_is_told_of_their_owner(
    services: Services, contract: int, tmp_path: Path
) -> None:
    (person,) = services.records.ids(Kind.PERSON)
    owners = {
        "payment_plans": Ref(Kind.CONTRACT, contract),
        "anniversaries": Ref(Kind.PERSON, person),
        "gifts": Ref(Kind.PERSON, person),
    }
    for kind, (header, rows) in SHEETS.items():
        before = services.timeline.of(owners[kind])
        file = workbook(tmp_path / f"{kind}.xlsx", rows, header)
        take_in(services, file, kind)
        told = [one for one in services.timeline.of(owners[kind]) if one not in before]
        assert [(one.code, one.title) for one in told] == [
            ("parts_imported", f"{kind}.xlsx › Sheet › 3–{2 + len(rows)}")
        ]
        names = [row[1] for row in rows]
        if kind == "payment_plans":  # its stages are no change of the contract
            assert told[0].text == " · ".join(dict.fromkeys(names))
        else:
            (change,) = told[0].changes
            assert sorted(getattr(one, "name", "") or one.what for one in change.after) == (
                sorted(names)
            )
        again = take_in(services, file, kind)
        assert outcomes(again) == {"same": len(rows)}
        assert [one for one in services.timeline.of(owners[kind]) if one not in before] == told
        services.history.undo()
        assert services.timeline.of(owners[kind]) == before


def test_what_is_removed_is_told_of_no_longer(
    services: Services, contract: int, tmp_path: Path
) -> None:
    header, rows = SHEETS["payment_plans"]
    take_in(services, workbook(tmp_path / "a.xlsx", rows, header), "payment_plans")
    first, _, last = services.payments.of_contract(contract).stages
    services.payments.remove_stage(first.stage.id)
    services.payments.remove_stage(last.stage.id)
    told = services.timeline.of(Ref(Kind.CONTRACT, contract))
    assert [one.title for one in told if one.code == "parts_imported"] == ["a.xlsx › Sheet › 4"]


def test_many_rows_are_told_as_runs() -> None:
    assert rows_text([3, 4, 5, 9, 11, 12]) == "3–5, 9, 11–12"
    assert rows_text(range(1, 99, 2)) == "1, 3, 5, 7, 9, …"


def test_stages_stand_behind_those_of_their_plan_in_the_order_of_the_file(
    services: Services, contract: int, tmp_path: Path
) -> None:
    other = services.contracts.create({"title": "铣床", "number": "HT-02"}, [])
    for name in ("甲", "乙"):
        services.payments.add_stage(contract, Stage(name, None, percent=Decimal(10)))
    rows = [
        [number, name, None, None, 0.1, None]
        for number, name in (("HT-02", "子"), ("HT-01", "丙"), ("HT-02", "丑"), ("HT-01", "丁"))
    ]
    take_in(services, workbook(tmp_path / "计划.xlsx", rows, PLAN), "payment_plans")
    plans = [services.payments.of_contract(one).stages for one in (contract, other)]
    assert [[one.stage.name for one in plan] for plan in plans] == [
        ["甲", "乙", "丙", "丁"], ["子", "丑"],
    ]  # fmt: skip


def test_a_known_stage_is_filled_kept_or_overwritten(
    services: Services, contract: int, tmp_path: Path
) -> None:
    services.payments.add_stage(contract, Stage("预付款", None, percent=Decimal(30)))
    rows = [["HT-01", "预付款", "2026-10-01", None, 0.4, None]]
    file = workbook(tmp_path / "计划.xlsx", rows, PLAN)
    report = take_in(services, file, "payment_plans")
    assert outcomes(report) == {"updated": 1}
    assert [one.code for one in report.problems] == ["import.kept"]
    (stage,) = services.payments.of_contract(contract).stages
    assert (stage.stage.due, stage.stage.percent) == (date(2026, 10, 1), Decimal(30))
    rows = [["HT-01", "预付款", None, 1200, None, None]]  # an amount in place of the percentage
    file = workbook(tmp_path / "金额.xlsx", rows, PLAN)
    report = take_in(services, file, "payment_plans")
    assert outcomes(report) == {"failed": 1}
    assert [one.code for one in report.problems] == ["import.other_share"]
    plan = services.imports.preview(file, kind="payment_plans").plan
    plan.existing = Existing.OVERWRITE
    report = services.imports.run(file, plan, Words("zh"))
    assert outcomes(report) == {"updated": 1}
    assert [one.code for one in report.problems] == ["import.plan_beyond_total"]
    (stage,) = services.payments.of_contract(contract).stages
    assert (stage.stage.amount, stage.stage.percent) == (Decimal(1200), None)


def test_what_hangs_on_the_trash_is_not_given_out(services: Services, contract: int) -> None:
    services.payments.add_stage(contract, Stage("预付款", None, percent=Decimal(30)))
    assert services.records.count(Kind.PAYMENT_STAGE) == 1
    services.records.trash(Kind.CONTRACT, contract)
    assert list(services.records.ids(Kind.PAYMENT_STAGE)) == []


STAGES = st.lists(
    st.tuples(
        st.none() | st.dates(date(2026, 11, 18), date(2026, 11, 23)),
        st.integers(1, 900),
        st.booleans(),
    ),
    max_size=5,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stages=STAGES, paid=st.lists(st.integers(-300, 900).filter(bool), max_size=3))
def test_lists_and_the_page_of_a_contract_agree_on_what_is_paid(
    services: Services, contract: int, stages: list[tuple[Any, int, bool]], paid: list[int]
) -> None:
    made = contract
    for number, (due, share, as_amount) in enumerate(stages):
        amount, percent = (Decimal(share), None) if as_amount else (None, Decimal(share) / 10)
        services.payments.add_stage(made, Stage(str(number), due, amount, percent))
    for one in paid:
        pay(services, made, str(one), date(2026, 11, 1))
    try:
        told = {
            one.stage.id: (one.paid, one.state.value, one.stage.share)
            for one in services.payments.of_contract(made).stages
        }
        ids = services.records.ids(Kind.PAYMENT_STAGE)
        keys = ["stage_paid", "stage_state", "share"]
        rows = services.records.rows(Kind.PAYMENT_STAGE, ids, keys)
        assert {row.id: row.values for row in rows} == told
    finally:
        for _ in range(len(stages) + len(paid)):
            services.history.undo()


def test_what_was_given_out_makes_an_empty_book_whole(
    services: Services, contract: int, tmp_path: Path
) -> None:
    for kind, (header, rows) in SHEETS.items():
        take_in(services, workbook(tmp_path / f"{kind}.xlsx", rows, header), kind)
    held = _all(services)
    files = {kind: tmp_path / f"{kind} out.csv" for kind in SHEETS}
    kinds = (Kind.PAYMENT_STAGE, Kind.ANNIVERSARY, Kind.GIFT)
    for kind, file in zip(kinds, files.values(), strict=True):
        services.exports.export(kind, file, Words("en"))
    for _ in SHEETS:
        services.history.undo()
    assert _all(services) == [[], [], []]
    for file in files.values():
        plan = services.imports.preview(file).plan
        assert plan.sure
        services.imports.run(file, plan, Words("en"))
    assert _all(services) == held


def _all(services: Services) -> list[list[tuple[Any, ...]]]:
    return [
        rows_of(services, Kind.PAYMENT_STAGE, "contract", "name", "due", "amount", "percent"),
        rows_of(services, Kind.ANNIVERSARY, "person", "name", "day"),
        rows_of(services, Kind.GIFT, "person", "what", "received", "on_date", "value", "currency"),
    ]
