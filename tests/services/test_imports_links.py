"""Links within a file and between the tables of one program: parents, numbers of accounts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from crm_desktop.domain.imports import Outcome
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.services.house import Services
from crm_desktop.words import Words
from tests.services.test_imports import digest

EN = Words("en")


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def values(services: Services, kind: Kind, *keys: str) -> list[tuple[Any, ...]]:
    rows = services.records.rows(kind, services.records.ids(kind), list(keys))
    return [tuple(_plain(one) for one in row.values) for row in rows]


def _plain(value: Any) -> Any:
    return value.title if isinstance(value, Ref) else value


def test_a_parent_may_stand_further_down(services: Services, tmp_path: Path) -> None:
    file = write(
        tmp_path / "accounts.csv",
        "account,sector,subsidiary_of\nDaughter,retail,Mother\nMother,retail,\nOrphan,retail,Nobody\n",
    )
    plan = services.imports.preview(file, kind="companies").plan
    checked = services.imports.check(file, plan, EN)
    report = services.imports.run(file, plan, EN)
    assert checked.problems == report.problems
    assert [(one.row, one.code) for one in report.problems] == [(4, "import.no_such")]
    assert report.values["company.parent"] == 1
    assert set(values(services, Kind.COMPANY, "name", "parent")) == {
        ("Daughter", "Mother"),
        ("Mother", None),
        ("Orphan", None),
    }
    before = digest(services)
    again = services.imports.run(file, plan, EN)
    assert (again.count(Outcome.SAME), digest(services)) == (3, before)
    services.history.undo()
    assert services.records.count(Kind.COMPANY) == 0


def test_tables_that_name_each_other_by_numbers(services: Services, tmp_path: Path) -> None:
    files = [
        write(tmp_path / "Account.csv", "id,Name\n7,Household\n8,Household\n"),
        write(
            tmp_path / "Contact.csv",
            "id,FirstName,LastName,Email,AccountId\n68,Ann,Lee,a@x.example,7\n69,Ann,Lee,,8\n",
        ),
        write(
            tmp_path / "Opportunity.csv",
            "id,name,amount,stage_name,close_date,AccountId,Primary_Contact__c\n"
            "1,Gift,75,Closed Won,2019-07-15,8,69\n2,Other gift,25,Closed Won,2019-07-16,99,\n",
        ),
    ]
    kinds = ("companies", "people", "opportunities")
    for file, kind in zip(files, kinds, strict=True):
        plan = services.imports.preview(file, kind=kind).plan
        report = services.imports.run(file, plan, EN)
        assert report.count(Outcome.CREATED) == 2
        again = services.imports.run(file, plan, EN)
        assert again.count(Outcome.SAME) == 2
    assert values(services, Kind.COMPANY, "code") == [("7",), ("8",)]
    people = values(services, Kind.PERSON, "code", "company")
    assert people == [("68", "Household"), ("69", "Household")]
    deals = values(services, Kind.OPPORTUNITY, "title", "company", "person")
    assert deals == [("Gift", "Household", "Ann Lee"), ("Other gift", None, None)]
    assert [one.code for one in report.problems] == ["import.no_such"]
    assert services.records.count(Kind.COMPANY) == 2  # none is called 99


def test_a_customer_without_a_company_is_found_by_the_number(
    services: Services, tmp_path: Path
) -> None:
    people = write(
        tmp_path / "Customer.csv",
        "CustomerId,FirstName,LastName,Company\n1,Ann,Lee,A Ltd\n2,Bob,Ray,\n",
    )
    services.imports.run(people, services.imports.preview(people).plan, EN)
    bills = write(
        tmp_path / "Invoice.csv",
        "InvoiceId,CustomerId,InvoiceDate,Total\n1,1,2026-01-02,5\n2,2,2026-01-03,7.5\n",
    )
    preview = services.imports.preview(bills)
    assert preview.plan.kind_open
    report = services.imports.run(bills, services.imports.preview(bills, kind="contracts").plan, EN)
    assert not report.problems
    assert sorted(values(services, Kind.CONTRACT, "number", "company", "person", "total")) == [
        ("1", "A Ltd", None, Decimal(5)),
        ("2", None, "Bob Ray", Decimal("7.5")),
    ]
