"""Products of opportunities and yearly demand: parts of records, like every other field of them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.domain.imports import ImportReport
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.parts import Demand, Proposal, bare
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.exchange.mapping import Existing, ImportPlan
from crm_desktop.services.dumps import dump, make_book
from crm_desktop.services.house import Services, open_book
from crm_desktop.services.imports import MAKE
from crm_desktop.settings import Settings
from crm_desktop.words import Words
from tests.services.roundtrip.sheets import Sheet
from tests.services.test_imports import digest, workbook

EN = Words("en")
HEADER = ["商机名称", "客户", "产品", "数量", "单价", "金额"]


@pytest.fixture
def pro(services: Services) -> int:
    return services.records.create(Kind.PRODUCT, {"name": "GTX Pro", "price": Decimal(550)})


@pytest.fixture
def basic(services: Services) -> int:
    return services.records.create(Kind.PRODUCT, {"name": "GTX Basic"})


@pytest.fixture
def deal(services: Services) -> int:
    return services.records.create(Kind.OPPORTUNITY, {"title": "Line 3"})


def value(services: Services, deal: int, key: str = "products") -> Any:
    return services.records.card(Kind.OPPORTUNITY, deal).values[key]


def told(services: Services, deal: int) -> list[tuple[str, Decimal, Decimal | None]]:
    return [(one.what.title, one.quantity, one.price) for one in value(services, deal)]


def test_products_are_set_counted_and_undone(
    services: Services, deal: int, pro: int, basic: int
) -> None:
    before = digest(services)
    parts = (Proposal(pro, Decimal(2), Decimal(500)), Proposal(basic, None))
    services.records.update(Kind.OPPORTUNITY, deal, {"products": parts})
    assert told(services, deal) == [
        ("GTX Pro", Decimal(2), Decimal(500)),
        ("GTX Basic", Decimal(1), None),
    ]
    after = digest(services)
    services.history.undo()
    assert digest(services) == before
    services.history.redo()
    assert digest(services) == after


def test_the_amount_follows_until_the_user_gives_one(
    services: Services, deal: int, pro: int, basic: int
) -> None:
    services.opportunities.propose(deal, pro)
    assert told(services, deal) == [("GTX Pro", Decimal(1), Decimal(550))]
    assert value(services, deal, "amount") == Decimal(550)
    two = (Proposal(pro, Decimal(2), Decimal(550)),)
    services.records.update(Kind.OPPORTUNITY, deal, {"products": two})
    assert value(services, deal, "amount") == Decimal(1100)
    services.records.update(Kind.OPPORTUNITY, deal, {"amount": Decimal(999)})
    services.opportunities.propose(deal, "Cabinet")
    assert value(services, deal, "amount") == Decimal(999)
    assert [name for name, *_ in told(services, deal)] == ["GTX Pro", "Cabinet"]
    assert services.records.count(Kind.PRODUCT) == 3
    services.history.undo()  # the product made along goes with it
    assert services.records.count(Kind.PRODUCT) == 2
    made = services.records.create(Kind.OPPORTUNITY, {"title": "New", "products": two})
    assert value(services, made, "amount") == Decimal(1100)
    own = {"title": "Own", "products": two, "amount": Decimal(7)}
    assert value(services, services.records.create(Kind.OPPORTUNITY, own), "amount") == Decimal(7)


def test_a_price_in_another_currency_is_not_taken(services: Services, pro: int) -> None:
    abroad = services.records.create(Kind.OPPORTUNITY, {"title": "Abroad", "currency": "EUR"})
    services.opportunities.propose(abroad, pro)
    assert told(services, abroad) == [("GTX Pro", Decimal(1), None)]
    assert value(services, abroad, "amount") is None


def test_a_quote_and_a_contract_take_the_products_over(
    services: Services, deal: int, pro: int, basic: int
) -> None:
    parts = (Proposal(pro, Decimal(3), Decimal(500)), Proposal(pro), Proposal(basic))
    services.records.update(Kind.OPPORTUNITY, deal, {"products": parts})
    quote = services.quotes.card(services.quotes.from_opportunity(deal))
    lines = [(one.name, one.quantity, one.price) for one in quote.lines]
    assert lines == [
        ("GTX Pro", Decimal(3), Decimal(500)),
        ("GTX Pro", Decimal(1), Decimal(550)),  # without a price of its own: the list's
        ("GTX Basic", Decimal(1), Decimal(0)),
    ]
    assert quote.totals.total == Decimal(2050)
    services.history.undo()
    assert services.records.count(Kind.QUOTE) == 0
    contract = services.contracts.card(services.contracts.from_opportunity(deal))
    assert [(one.name, one.quantity, one.price) for one in contract.lines] == lines


def test_lists_filter_sort_and_find_by_product(services: Services, pro: int, basic: int) -> None:
    make = services.records.create
    both = make(Kind.OPPORTUNITY, {"title": "Both", "products": (Proposal(pro), Proposal(basic))})
    one = make(Kind.OPPORTUNITY, {"title": "One", "products": (Proposal(basic),)})
    none = make(Kind.OPPORTUNITY, {"title": "None"})

    def found(op: Op, wanted: Any = None) -> list[int]:
        query = Query().also(Condition("products", op, wanted))
        return sorted(services.records.ids(Kind.OPPORTUNITY, query))

    assert found(Op.IS, pro) == [both]
    assert found(Op.IS, basic) == [both, one]
    assert found(Op.IS_NOT, pro) == [one, none]
    assert found(Op.EMPTY) == [none]
    assert found(Op.FILLED) == [both, one]
    by_product = Query(order=(("products", False),))
    assert list(services.records.ids(Kind.OPPORTUNITY, by_product)) == [one, both, none]
    assert {hit.ref for hit in services.search.find("gtx pro")} >= {
        Ref(Kind.OPPORTUNITY, both, "Both")
    }
    services.records.update(Kind.PRODUCT, pro, {"name": "Turbine"})
    assert [h.ref.id for h in services.search.find("turbine", kinds=[Kind.OPPORTUNITY])] == [both]
    assert not services.search.find("gtx pro", kinds=[Kind.OPPORTUNITY])
    services.records.update(Kind.OPPORTUNITY, both, {"products": ()})
    assert not services.search.find("turbine", kinds=[Kind.OPPORTUNITY])


def test_what_cannot_be_is_refused_and_named(services: Services, deal: int, pro: int) -> None:
    with pytest.raises(Refused, match=r"record\.check"):
        services.records.update(Kind.OPPORTUNITY, deal, {"products": (Proposal(pro, Decimal(-1)),)})
    assert value(services, deal) == ()


# Files


def column(plan: ImportPlan, header: str) -> Any:
    return next(one for one in plan.columns if one.header == header)


def take_in(services: Services, file: Path, plan: ImportPlan) -> ImportReport:
    checked = services.imports.check(file, plan, EN)
    report = services.imports.run(file, plan, EN)
    assert (checked.problems, checked.by_kind) == (report.problems, report.by_kind)
    return report


def test_a_sheet_with_columns_for_product_quantity_and_price(
    services: Services, tmp_path: Path, pro: int
) -> None:
    rows = [
        ["Hall 1", "Acme", "GTX Pro", 2, 500, None],
        ["Hall 2", "Acme", "GTXPro", 1, None, 480],
        ["Hall 3", "Acme", "GTX Pro × 4; Turbine", None, None, None],
    ]
    file = workbook(tmp_path / "deals.xlsx", rows, HEADER)
    plan = services.imports.preview(file).plan
    assert plan.kind == "opportunities"
    assert [one.target for one in plan.columns] == [
        "opportunity.title",
        "opportunity.company",
        "opportunity.products",
        "opportunity.products.quantity",
        "opportunity.products.price",
        "opportunity.amount",
    ]
    report = services.imports.check(file, plan, EN)
    assert [(one.row, one.code, one.args.get("near")) for one in report.problems] == [
        (4, "import.no_such_near", "GTX Pro"),
        (5, "import.no_such", None),
    ]
    words = services.imports.words_of(file, plan, column(plan, "产品"), EN)
    assert {(one.text, one.count, one.becomes, one.near) for one in words} == {
        ("Turbine", 1, "", ""),
        ("GTXPro", 1, "", "GTX Pro"),
        ("GTX Pro", 2, "GTX Pro", ""),
    }
    column(plan, "产品").values["GTXPro"] = "GTX Pro"
    column(plan, "产品").options["missing"] = MAKE
    before = digest(services)
    report = take_in(services, file, plan)
    assert report.by_kind == {"opportunities": 3, "companies": 1, "products": 1}
    assert not report.problems
    ids = sorted(services.records.ids(Kind.OPPORTUNITY))
    assert [told(services, one) for one in ids] == [
        [("GTX Pro", Decimal(2), Decimal(500))],
        [("GTX Pro", Decimal(1), None)],
        [("GTX Pro", Decimal(4), None), ("Turbine", Decimal(1), None)],
    ]
    assert [value(services, one, "amount") for one in ids] == [Decimal(1000), Decimal(480), None]
    again = services.imports.run(file, plan, EN)
    assert (again.by_kind, again.gesture) == ({}, None)
    services.history.undo()
    assert digest(services) == before


def test_what_a_file_says_otherwise_is_kept_or_overwritten(
    services: Services, tmp_path: Path, pro: int
) -> None:
    first = workbook(tmp_path / "a.xlsx", [["Hall 1", None, "GTX Pro", 2, 500, None]], HEADER)
    services.imports.run(first, services.imports.preview(first).plan, EN)
    (deal,) = services.records.ids(Kind.OPPORTUNITY)
    second = workbook(tmp_path / "b.xlsx", [["Hall 1", None, "GTX Pro", 3, 500, None]], HEADER)
    plan = services.imports.preview(second).plan
    report = services.imports.run(second, plan, EN)
    (problem,) = report.problems
    assert (problem.code, problem.column) == ("import.kept", "产品 / 数量 / 单价")
    assert problem.cells == (2, 3, 4)
    assert told(services, deal) == [("GTX Pro", Decimal(2), Decimal(500))]
    plan.existing = Existing.OVERWRITE
    services.imports.run(second, plan, EN)
    assert told(services, deal) == [("GTX Pro", Decimal(3), Decimal(500))]
    assert value(services, deal, "amount") == Decimal(1500)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_exported_and_imported_into_another_book_it_is_the_same(
    services: Services, tmp_path: Path, pro: int, basic: int, ending: str
) -> None:
    odd = services.records.create(Kind.PRODUCT, {"name": 'Pipe "L"; 20 × 2'})
    parts = (Proposal(pro, Decimal("2.5"), Decimal("499.99")), Proposal(odd), Proposal(basic))
    services.records.create(Kind.OPPORTUNITY, {"title": "Line", "products": parts})
    acme = {"name": "Acme", "demand": demand(services)}
    services.records.create(Kind.COMPANY, acme)
    for kind in (Kind.OPPORTUNITY, Kind.COMPANY, Kind.PRODUCT):
        services.exports.export(kind, tmp_path / f"{kind}.{ending}", EN)
    with open_book(tmp_path / "other.crm", services.clock) as book:
        other = Services(book, services.clock, services.home)
        for kind in (Kind.PRODUCT, Kind.COMPANY, Kind.OPPORTUNITY):
            file = tmp_path / f"{kind}.{ending}"
            report = other.imports.run(file, other.imports.preview(file).plan, EN)
            assert not report.problems
        (deal,) = other.records.ids(Kind.OPPORTUNITY)
        (company,) = other.records.ids(Kind.COMPANY)
        assert told(other, deal) == [
            ("GTX Pro", Decimal("2.5"), Decimal("499.99")),
            ('Pipe "L"; 20 × 2', Decimal(1), None),
            ("GTX Basic", Decimal(1), None),
        ]
        back = other.records.card(Kind.COMPANY, company).values["demand"]
        names = [other.lists.item(one.what) for one in back]
        held = zip(names, back, strict=True)
        assert [(i and i.name, p.amount, p.unit, p.year) for i, p in held] == [
            ("Bearings", Decimal(1200), "t", 2026),
            ("Seals: rubber", Decimal("0.5"), None, None),
        ]  # fmt: skip


def demand(services: Services) -> tuple[Demand, ...]:
    bearings = services.lists.add("product_category", "Bearings")
    seals = services.lists.add("product_category", "Seals: rubber")
    return (Demand(bearings, Decimal(1200), "t", 2026), Demand(seals, Decimal("0.5")))


def test_back_from_excel_only_what_was_edited_changes(
    services: Services, tmp_path: Path, deal: int, pro: int, basic: int
) -> None:
    parts = (Proposal(pro, Decimal(2), Decimal(500)), Proposal(basic))
    services.records.update(Kind.OPPORTUNITY, deal, {"products": parts})
    path = tmp_path / "deals.xlsx"
    services.exports.export(Kind.OPPORTUNITY, path, EN)
    assert services.round_trips.preview(path, EN).empty
    sheet = Sheet(path, Kind.OPPORTUNITY)
    assert sheet.get(2, "products") == "GTX Pro × 2 @ 500; GTX Basic"
    sheet.put(2, "products", "GTX Basic × 3")
    trip = services.round_trips.preview(sheet.save(), EN)
    assert [(one.key, one.new) for one in trip.cells] == [("products", "GTX Basic × 3")]
    services.round_trips.apply(trip)
    assert told(services, deal) == [("GTX Basic", Decimal(3), None)]
    assert services.round_trips.preview(path, EN).empty
    sheet.put(2, "products", "Nothing like it")
    trip = services.round_trips.preview(sheet.save(), EN)
    assert not trip.cells
    assert [one.code for one in trip.problems] == ["import.no_such"]


# Whole books


def test_dump_merge_undo_and_as_of(services: Services, tmp_path: Path, deal: int, pro: int) -> None:
    services.opportunities.propose(deal, pro)
    held = demand(services)
    one = services.records.create(Kind.COMPANY, {"name": "Acme", "demand": held})
    other = services.records.create(
        Kind.COMPANY, {"name": "ACME Ltd", "demand": (held[0], Demand(held[1].what, Decimal(9)))}
    )
    dump(services.book, tmp_path / "book.json")
    make_book(tmp_path / "book.json", tmp_path / "copy.crm", services.clock)
    with open_book(tmp_path / "copy.crm", services.clock) as copied:
        assert digest(Services(copied, services.clock, services.home)) == digest(services)
    before = digest(services)
    preview = services.merging.preview(Kind.COMPANY, [one, other])
    (united,) = (each.result for each in preview.fields if each.field.key == "demand")
    services.merging.merge(Kind.COMPANY, one, [other])
    merged = services.records.card(Kind.COMPANY, one).values["demand"]
    assert merged == united == (*held, Demand(held[1].what, Decimal(9)))
    services.history.undo()
    assert digest(services) == before


def test_products_of_an_erased_product_go_along(services: Services, deal: int, pro: int) -> None:
    services.opportunities.propose(deal, pro)
    services.records.trash(Kind.PRODUCT, pro)
    assert [one.what.title for one in value(services, deal)] == ["GTX Pro"]
    assert bare(value(services, deal)[0]).what == pro


# Who recorded it


def test_new_records_say_who_recorded_them(services: Services, tmp_path: Path, deal: int) -> None:
    han = services.records.create(Kind.STAFF, {"name": "Han"})
    lin = services.records.create(Kind.STAFF, {"name": "Lin"})
    Settings(colleague=services.records.card(Kind.STAFF, lin).uid).save(services.home.config)
    acme = services.records.create(Kind.COMPANY, {"name": "Acme"})
    given = services.records.create(Kind.PERSON, {"name": "Ada", "recorded_by": han})

    def who(kind: Kind, record_id: int) -> str | None:
        found = services.records.card(kind, record_id).values["recorded_by"]
        return found and str(found.title)

    assert who(Kind.COMPANY, acme) == "Lin"
    assert who(Kind.PERSON, given) == "Han"
    assert who(Kind.OPPORTUNITY, deal) is None
    assert who(Kind.QUOTE, services.quotes.from_opportunity(deal)) == "Lin"
    file = workbook(
        tmp_path / "p.xlsx", [["Bolt Ltd", "Bo", None], ["Cog Ltd", "Cy", "Han"]],
        ["公司名称", "姓名", "记录人"],
    )  # fmt: skip
    plan = services.imports.preview(file).plan
    assert [one.target for one in plan.columns][-1] == "company.recorded_by"
    services.imports.run(file, plan, EN)
    mine = Query().also(Condition("recorded_by", Op.IS, lin))
    rows = services.records.rows(Kind.COMPANY, services.records.ids(Kind.COMPANY, mine), ["name"])
    assert sorted(row.values[0] for row in rows) == ["Acme", "Bolt Ltd"]
    assert services.records.count(Kind.PERSON, mine) == 2  # Bo and Cy themselves
    services.exports.export(Kind.COMPANY, tmp_path / "c.xlsx", EN)
    sheet = Sheet(tmp_path / "c.xlsx", Kind.COMPANY)
    assert sheet.get(sheet.row_of("name", "Cog Ltd"), "recorded_by") == "Han"
    assert services.round_trips.preview(tmp_path / "c.xlsx", EN).empty
    again = services.imports.run(file, plan, EN)
    assert (again.by_kind, again.gesture) == ({}, None)


def test_who_is_no_colleague_of_this_book_records_nothing(services: Services) -> None:
    Settings(colleague="somebody of another book").save(services.home.config)
    acme = services.records.create(Kind.COMPANY, {"name": "Acme"})
    assert services.records.card(Kind.COMPANY, acme).values["recorded_by"] is None
