"""Real files of other programs: rows, or the right sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crm_desktop.exchange.reading import open_file
from tests import corpus, corpus_facts

pytestmark = pytest.mark.skipif(not corpus.FOLDER.is_dir(), reason=corpus.WHY_NOT)


@pytest.mark.parametrize(
    "name", ["faker_客户_标题行.xlsx", "faker_客户_gbk.csv", "faker_客户_utf8bom.csv"]
)
def test_chinese_customers(name: str) -> None:
    one = corpus.outcome(corpus.FOLDER / "chinese" / name)
    assert one.plan is not None
    assert one.plan.sure
    assert one.plan.header_row == (2 if name.endswith("xlsx") else 1)
    assert [column.target for column in one.plan.columns] == [
        "company.name",
        "person.name",
        "person.gender",
        "person.mobile",
        "person.phone",
        "person.email",
        "person.birthday",
        "company.address",
        "company.address.postcode",
        "company.source",
        "company.level",
        "company.industry",
        "person.notes",
    ]
    assert (one.rows, one.skipped, dict(one.problems)) == (300, 0, {})
    assert one.values["person.mobile"] == one.values["person.email"] == 300
    assert one.values["person.birthday_full"] == 246
    assert one.values["person.birthday_month_day"] == 30
    assert len(one.companies) == 201


@pytest.mark.parametrize(
    ("name", "kind", "rows", "values"),
    [
        ("northwind/customers.csv", "people", 91, {"person.name": 91, "company.name": 91}),
        ("northwind/suppliers.csv", "people", 29, {"person.name": 29, "company.name": 29}),
        ("northwind/products.csv", "products", 77, {"product.name": 77, "product.price": 77}),
        ("chinook/Customer.csv", "people", 59, {"person.name": 59, "company.name": 10}),
        ("chinook/Employee.csv", "people", 8, {"person.birthday_full": 8}),
        ("maven/accounts.csv", "companies", 85, {"company.name": 85, "company.parent": 15}),
        ("maven/products.csv", "products", 7, {"product.price": 7}),
        (
            "maven/sales_pipeline.csv",
            "opportunities",
            8800,
            {"opportunity.company": 7375, "opportunity.expected_close": 6711},
        ),
        ("npsp/Account.csv", "companies", 167, {"company.name": 167}),
        ("npsp/Contact.csv", "people", 102, {"person.name": 102, "person.email": 39}),
        ("npsp/Opportunity.csv", "opportunities", 342, {"opportunity.amount": 342}),
        ("adventureworks/AdventureWorks_Products.csv", "products", 293, {"product.cost": 293}),
        ("packt_toys/Products.xlsx", "products", 37, {"product.price": 37}),
    ],
)
def test_lists_of_other_programs(
    name: str, kind: str, rows: int, values: dict[str, int]
) -> None:  # fmt: skip
    one = corpus.outcome(corpus.FOLDER / "crm" / name)
    assert one.plan is not None
    assert (one.plan.kind, one.plan.sure, one.rows) == (kind, True, rows)
    assert {key: one.values[key] for key in values} == values


@pytest.mark.parametrize("name", ["chinese/provinces.csv", "crm/npsp/Campaign.csv"])
def test_what_the_rows_of_these_are_is_asked(name: str) -> None:
    one = corpus.outcome(corpus.FOLDER / name)
    assert one.plan is not None
    assert one.plan.kind_open


def test_every_file_gives_rows_or_a_sentence() -> None:
    for path in corpus.files():
        one = corpus.outcome(path)
        assert one.plan is not None or path.name in one.refused, path


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("calamine__pass_protected.xlsx", "密码"),
        ("excelize__encryptAES.xlsx", "密码"),
        ("poi__protected_passtika.xlsx", "密码"),
        ("poi__xlsx-corrupted.xlsx", "已损坏"),
        ("poi__Simple.xlsb", "中断"),
        ("calamine__empty_sheet.xlsx", "没有任何行"),
    ],
)
def test_right_sentences(name: str, word: str) -> None:
    assert word in corpus.outcome(corpus.FOLDER / "excel" / name).refused


@pytest.mark.parametrize(
    "name", ["poi__SampleSS.strict.xlsx", "poi__SampleSS.xls", "poi__SampleSS.ods"]
)
def test_the_same_sheet_in_other_formats(name: str) -> None:
    def content(path: Path) -> list[list[object]]:
        with open_file(path) as opened:
            rows = [opened.head(number) for number in range(len(opened.sheets))]
        return [[value for value in row if value is not None] for sheet in rows for row in sheet]

    folder = corpus.FOLDER / "excel"
    same = content(folder / "poi__SampleSS.xlsx")
    assert [row for row in content(folder / name) if row] == [row for row in same if row]


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        (corpus_facts.maven, "crm/maven"),
        (corpus_facts.npsp, "crm/npsp"),
        (corpus_facts.northwind, "crm/northwind"),
        (corpus_facts.chinook, "crm/chinook"),
    ],
)
def test_whole_imports_come_to_what_is_known_of_them(
    facts: Callable[[Path], Iterator[corpus_facts.Fact]], name: str
) -> None:
    found = list(facts(corpus.FOLDER / name))
    got = [(what, came) for what, came, _ in found]
    assert got == [(what, expected) for what, _, expected in found]
    assert len(got) >= 2
