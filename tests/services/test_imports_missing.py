"""Records a file names and the book lacks: found by other keys, offered, made or left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crm_desktop.domain.imports import ImportReport
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.exchange.mapping import ColumnPlan, ImportPlan
from crm_desktop.services.house import Services
from crm_desktop.services.imports import LEAVE, MAKE
from crm_desktop.words import Words
from tests.services.test_imports import digest, workbook

EN = Words("en")
HEADER = ["工单主题", "客户", "联系人", "服务产品"]
ROWS = [
    ["Noise", "Acme", "Ada Byron", "GTXPro"],
    ["Leak", "Acme", "ada@acme.example", "GTXPro"],
    ["Smoke", "Acme", "138 0013 8000", "Turbine"],
]


@pytest.fixture
def made(services: Services, tmp_path: Path) -> Path:
    """A customer, a contact, a product, and a list that spells them otherwise."""
    acme = services.records.create(Kind.COMPANY, {"name": "Acme"})
    services.records.create(
        Kind.PERSON,
        {
            "name": "Ada Lovelace",
            "company": acme,
            "email": ("Ada@acme.example",),
            "mobile": ("13800138000",),
        },
    )
    services.records.create(Kind.PRODUCT, {"name": "GTX Pro"})
    services.records.create(Kind.PRODUCT, {"name": "GTX Basic"})
    return workbook(tmp_path / "t.xlsx", ROWS, HEADER)


def column(plan: ImportPlan, header: str) -> ColumnPlan:
    return next(one for one in plan.columns if one.header == header)


def take_in(services: Services, file: Path, plan: ImportPlan) -> ImportReport:
    checked = services.imports.check(file, plan, EN)
    report = services.imports.run(file, plan, EN)
    assert (checked.problems, checked.by_kind) == (report.problems, report.by_kind)
    return report


def tickets(services: Services, key: str) -> list[str | None]:
    rows = services.records.rows(Kind.TICKET, sorted(services.records.ids(Kind.TICKET)), [key])
    return [row.values[0].title if isinstance(row.values[0], Ref) else None for row in rows]


def told(report: ImportReport) -> list[tuple[int, str, Any]]:
    return [(one.row, one.code, one.args.get("near")) for one in report.problems]


def test_found_by_mail_and_phone_and_near_ones_offered(services: Services, made: Path) -> None:
    plan = services.imports.preview(made, kind="tickets").plan
    report = take_in(services, made, plan)
    assert told(report) == [
        (3, "import.no_such", None),
        (3, "import.no_such_near", "GTX Pro"),
        (4, "import.no_such_near", "GTX Pro"),
        (5, "import.no_such", None),
    ]
    assert tickets(services, "person") == [None, "Ada Lovelace", "Ada Lovelace"]
    assert tickets(services, "product") == [None, None, None]


def test_the_words_of_a_link_and_what_they_become(services: Services, made: Path) -> None:
    plan = services.imports.preview(made, kind="tickets").plan
    words = services.imports.words_of(made, plan, column(plan, "服务产品"), EN)
    assert [(one.text, one.count, one.becomes, one.near) for one in words] == [
        ("GTXPro", 2, "", "GTX Pro"),
        ("Turbine", 1, "", ""),
    ]
    words = services.imports.words_of(made, plan, column(plan, "客户"), EN)
    assert [(one.text, one.becomes) for one in words] == [("Acme", "Acme")]


def test_one_word_is_assigned_another_made(services: Services, made: Path) -> None:
    before = digest(services)
    plan = services.imports.preview(made, kind="tickets").plan
    column(plan, "服务产品").values.update({"GTXPro": "GTX Pro", "Turbine": "Turbine"})
    report = take_in(services, made, plan)
    assert report.by_kind == {"tickets": 3, "products": 1}
    assert tickets(services, "product") == ["GTX Pro", "GTX Pro", "Turbine"]
    again = services.imports.run(made, plan, EN)
    assert (again.by_kind, again.gesture) == ({}, None)
    services.history.undo()
    assert digest(services) == before


def test_a_column_makes_all_it_names(services: Services, made: Path) -> None:
    plan = services.imports.preview(made, kind="tickets").plan
    column(plan, "联系人").options["missing"] = MAKE
    column(plan, "服务产品").options["missing"] = MAKE
    report = take_in(services, made, plan)
    assert report.by_kind == {"tickets": 3, "products": 2, "people": 1}
    assert tickets(services, "person") == ["Ada Byron", "Ada Lovelace", "Ada Lovelace"]
    (ada,) = (
        card.values
        for one in services.records.ids(Kind.PERSON)
        if (card := services.records.card(Kind.PERSON, one)).ref.title == "Ada Byron"
    )
    assert ada["company"].title == "Acme"  # as the row says


def test_a_column_may_make_no_companies(services: Services, tmp_path: Path) -> None:
    file = workbook(tmp_path / "t.xlsx", [["Noise", "Nobody Ltd", None, None]], HEADER)
    plan = services.imports.preview(file, kind="tickets").plan
    column(plan, "客户").options["missing"] = LEAVE
    report = take_in(services, file, plan)
    assert told(report) == [(3, "import.no_such", None)]
    assert services.records.count(Kind.COMPANY) == 0
