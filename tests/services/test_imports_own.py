"""What was exported is imported again: every column known, every value the same, nothing added."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

from crm_desktop.domain import schema
from crm_desktop.domain.anniversaries import Anniversary
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.document_lines import LineDraft
from crm_desktop.domain.due import Due
from crm_desktop.domain.fields import Address
from crm_desktop.domain.gifts import Gift
from crm_desktop.domain.imports import Outcome
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.payments import Stage
from crm_desktop.exchange.mapping import IMPORT_KINDS, Existing, targets
from crm_desktop.services.exports import header
from crm_desktop.services.house import Services
from crm_desktop.words import Words
from tests.services.test_imports import digest, workbook

LANGUAGES = ("zh", "en")
TEXTS = (
    "恒远 =1+1",
    "=HYPERLINK(1)",
    "+86 138",
    "-5",
    "@SUM(A1)",
    "＝全角",
    "'=已加引号",
    "''@",
    '"=带引号"',
    "'普通引号'",
    "100%",
    "_x0041_",
    "<b>&amp;",
    "مرحبا",
    "👨‍👩‍👧 家",
)


def fill(services: Services) -> None:
    """A record of every kind for every text."""
    for number, text in enumerate(TEXTS):
        address = Address(line=f"{number} 号 {text}", city="苏州", province="江苏")
        company = services.records.create(
            Kind.COMPANY, {"name": text, "notes": f"{text}\n=2", "address": (address, "东街 2 号")}
        )
        person = services.records.create(
            Kind.PERSON,
            {
                "name": text,
                "company": company,
                "title": text,
                "mobile": (f"138000000{number:02}", "+86 13900000001"),
                "birthday": Birthday(12, 30, lunar=True, year=1980),
                "notes": text,
                "address": (address,),
            },
        )
        services.records.create(
            Kind.OPPORTUNITY,
            {"title": text, "company": company, "amount": Decimal("-3.50"), "needs": text},
        )
        services.records.create(
            Kind.PRODUCT, {"name": text, "code": text, "price": "0.1234", "tax_rate": "0.5"}
        )
        due = Due(date(2026, 12, 1), time(10, 30) if number % 2 else None, "Asia/Shanghai")
        services.activities.plan(Ref(Kind.PERSON, person), text, due)
        ticket = {"subject": text, "company": company, "said": text, "state": "waiting"}
        services.records.create(Kind.TICKET, ticket)
        paper = {"title": text, "company": company, "person": person, "notes": text}
        line = LineDraft(name=text, price=Decimal("12.34"), quantity=Decimal(number + 1))
        services.quotes.create({**paper, "discount_percent": Decimal("2.5")}, [line])
        contract = services.contracts.create({**paper, "start": date(2026, 12, 1)}, [line])
        paid = {"dated": date(2026, 11, number + 1), "notes": text, "reference": text}
        whose = {"contract": contract} if number % 2 else {"company": company}
        services.payments.record({**paid, **whose, "amount": Decimal("0.01") * (number - 99)})
        spent = {"company": company, "purpose": text, "reimbursed": bool(number % 2)}
        services.records.create(Kind.EXPENSE, {**spent, "amount": Decimal("12.30")})
        hang_on(services, text, number, person, contract)


def hang_on(services: Services, text: str, number: int, person: int, contract: int) -> None:
    """What hangs on a person and a contract, in all its ways."""
    due = date(2027, 1, number + 1) if number % 3 else None
    amount, percent = (None, Decimal("12.5")) if number % 2 else (Decimal("3.10"), None)
    services.payments.add_stage(contract, Stage(text, due, amount, percent, text))
    lunar = number % 4 > 1
    leap = lunar and number % 2 == 1
    day = Birthday(6, 1 + number, None if number % 2 else 2017, lunar=lunar, leap=leap)
    services.anniversaries.add(person, Anniversary(text, day))
    gift = Gift(text, bool(number % 2), due, Decimal(number), "USD", text, f"{text}\n=2")
    services.gifts.add(person, gift)


@pytest.mark.parametrize(("language", "ending"), [("zh", "xlsx"), ("en", "csv")])
def test_export_and_import_change_nothing(
    services: Services, tmp_path: Path, language: str, ending: str
) -> None:
    fill(services)
    before = digest(services)
    words = Words(language)
    for name, kinds in IMPORT_KINDS.items():
        file = tmp_path / f"list {name}.{ending}"
        services.exports.export(kinds[0], file, words)
        plan = services.imports.preview(file).plan
        if name == "price_lists":  # it looks like any list of products
            plan = services.imports.preview(file, kind=name).plan
        assert plan.kind == name
        for policy in (Existing.FILL, Existing.OVERWRITE):
            plan.existing = policy
            report = services.imports.run(file, plan, words)
            assert report.problems == []
            assert report.count(Outcome.SAME) == report.rows == len(TEXTS)
    assert digest(services) == before


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(IMPORT_KINDS))
def test_every_column_of_an_export_finds_its_field(
    services: Services, tmp_path: Path, name: str, language: str
) -> None:
    kind = IMPORT_KINDS[name][0]
    fields = schema.FIELDS[kind]
    file = tmp_path / "f.xlsx"
    workbook(file, [["值"] * len(fields)], [header(kind, one, Words(language)) for one in fields])
    plan = services.imports.preview(file).plan
    known = {target.key for target in targets(name)}
    wanted = [f"{kind.value}.{one.key}" for one in fields]
    if name == "people":
        wanted[wanted.index("person.company")] = "company.name"
    assert [one.target for one in plan.columns] == [
        target if target in known else None for target in wanted
    ]


def test_exported_customers_fill_an_empty_book(services: Services, tmp_path: Path) -> None:
    fill(services)
    file = tmp_path / "people.csv"
    services.exports.export(Kind.PERSON, file, Words("zh"))
    while services.history.undoable():
        services.history.undo()
    services.imports.run(file, services.imports.preview(file).plan, Words("zh"))
    ids = services.records.ids(Kind.PERSON)
    rows = services.records.rows(Kind.PERSON, ids, ["name", "company", "title"])
    assert sorted(row.values[0] for row in rows) == sorted(TEXTS)
    assert all(row.values[0] == row.values[1].title == row.values[2] for row in rows)


def test_a_text_cut_by_the_workbook_is_not_added(services: Services, tmp_path: Path) -> None:
    text = "备注，很长。" * 8_000
    person = services.records.create(Kind.PERSON, {"name": "张伟", "notes": text})
    file = tmp_path / "people.xlsx"
    services.exports.export(Kind.PERSON, file, Words("zh"))
    plan = services.imports.preview(file).plan
    for policy in (Existing.FILL, Existing.OVERWRITE):
        plan.existing = policy
        assert services.imports.run(file, plan, Words("zh")).count(Outcome.SAME) == 1
    (row,) = services.records.rows(Kind.PERSON, [person], ["notes"])
    assert row.values == (text,)


def test_a_company_that_was_kept_is_named(services: Services, tmp_path: Path) -> None:
    words = ["姓名", "手机", "公司"]
    for name in ("甲公司", "乙公司"):
        file = workbook(tmp_path / f"{name}.xlsx", [["张伟", 13812345678, name]], words)
        report = services.imports.run(file, services.imports.preview(file).plan, Words("zh"))
    (problem,) = report.problems
    told = Words("zh").text(problem.code, **problem.args)
    assert "甲公司" in told
    assert "乙公司" in told
