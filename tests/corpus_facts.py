"""What whole imports of the public lists must come to: sums, stages, links, cards."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.mapping import ImportPlan
from crm_desktop.exchange.reading import open_file
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.words import Words

Fact = tuple[str, Any, Any]
"""What it is, what came of it, what was expected."""
ZH = Words("zh")
NOTHING_SAID: Mapping[str, str] = {}


def as_offered(services: Services, path: Path, plan: ImportPlan) -> None:
    """Names of products the book lacks become the nearest ones, as a user takes what is offered."""
    for column in plan.mapped:
        if column.target == "opportunity.products":
            found = services.imports.words_of(path, plan, column, ZH)
            column.values.update({one.text: one.near for one in found if one.near})


@contextmanager
def taken_in(
    folder: Path,
    *files: str,
    prepare: Callable[[Services, Path, ImportPlan], None] | None = None,
    kinds: Mapping[str, str] = NOTHING_SAID,
) -> Iterator[Services]:
    """A new book with some files of one program, one after the other; `prepare` sets up plans,
    `kinds` are those a user says, as on the command line with --kind.
    """
    with tempfile.TemporaryDirectory() as name:
        clock = Clock()
        with open_book(Path(name) / "book.crm", clock) as book:
            services = Services(book, clock, Home.at(Path(name)))
            for file in files:
                plan = services.imports.preview(folder / file, kind=kinds.get(file, "")).plan
                if prepare is not None:
                    prepare(services, folder / file, plan)
                services.imports.run(folder / file, plan, ZH)
            yield services


def facts(folder: Path) -> Iterator[Fact]:
    """All facts, as they are found."""
    yield from maven(folder / "crm/maven")
    yield from npsp(folder / "crm/npsp")
    yield from northwind(folder / "crm/northwind")
    yield from chinook(folder / "crm/chinook")
    yield from cards(folder / "contacts")


def maven(folder: Path) -> Iterator[Fact]:
    """Accounts, products and 8,800 opportunities."""
    files = ("accounts.csv", "products.csv", "sales_pipeline.csv")
    with taken_in(folder, *files[:2]) as services:
        path = folder / files[2]
        plan = services.imports.preview(path).plan
        report = services.imports.check(path, plan, ZH)
        near = Counter((p.code, p.args.get("value"), p.args.get("near")) for p in report.problems)
        offered = {("import.no_such_near", "GTXPro", "GTX Pro"): 1480}
        yield "Maven: GTXPro offered as GTX Pro", dict(near), offered
    with taken_in(folder, *files, prepare=as_offered) as services:
        deals = column_values(services, Kind.OPPORTUNITY, "stage", "amount", "company")
        stages = stage_codes(services)
        count = Counter(stages[stage] for stage, _, _ in deals)
        won = sum((amount or 0 for stage, amount, _ in deals if stages[stage] == "won"), Decimal(0))
        yield "Maven: opportunities", len(deals), 8800
        yield "Maven: won and lost", (count["won"], count["lost"]), (4238, 2473)
        yield "Maven: engaging and prospecting", (count["needs"], count["lead"]), (1589, 500)
        yield "Maven: worth of the won ones", won, Decimal(10005534)
        yield "Maven: without an account", sum(one[2] is None for one in deals), 1425
        sold = Counter(
            product.what.title
            for (products,) in column_values(services, Kind.OPPORTUNITY, "products")
            for product in products
        )
        yield "Maven: opportunities with a product", sold.total(), 8800
        yield "Maven: of these GTX Pro", sold["GTX Pro"], 1480
        yield "Maven: products", services.records.count(Kind.PRODUCT), 7
        yield "Maven: companies", services.records.count(Kind.COMPANY), 85
        parents = column_values(services, Kind.COMPANY, "parent")
        yield "Maven: subsidiaries linked", sum(one is not None for (one,) in parents), 15


def npsp(folder: Path) -> Iterator[Fact]:
    """Accounts, contacts and opportunities, linked by numbers."""
    with taken_in(folder, "Account.csv", "Contact.csv", "Opportunity.csv") as services:
        people = column_values(services, Kind.PERSON, "company", "email")
        deals = column_values(services, Kind.OPPORTUNITY, "amount", "company", "person")
        yield "NPSP: companies", services.records.count(Kind.COMPANY), 167
        yield "NPSP: people", len(people), 102
        yield "NPSP: people with an account", sum(one[0] is not None for one in people), 102
        yield "NPSP: people with an e-mail", sum(bool(one[1]) for one in people), 39
        yield "NPSP: opportunities", len(deals), 342
        yield "NPSP: their worth", sum((one[0] for one in deals), Decimal(0)), Decimal("223028.00")
        yield "NPSP: with an account", sum(one[1] is not None for one in deals), 342


def northwind(folder: Path) -> Iterator[Fact]:
    """Customers, products, and the orders with their lines, taken in as contracts."""
    as_contracts = dict.fromkeys(("orders.csv", "order-details.csv"), "contracts")
    files = ("customers.csv", "products.csv", *as_contracts)
    with taken_in(folder, *files, kinds=as_contracts) as services:
        yield "Northwind: companies", services.records.count(Kind.COMPANY), 91
        yield "Northwind: products", services.records.count(Kind.PRODUCT), 77
        orders = column_values(services, Kind.CONTRACT, "company")
        yield "Northwind: orders (--kind contracts)", len(orders), 830
        yield (
            "Northwind: orders with their customer",
            sum(one[0] is not None for one in orders),
            830,
        )
        lines = [
            line
            for order in services.records.ids(Kind.CONTRACT)
            for line in services.contracts.card(order).lines
        ]
        yield "Northwind: lines of orders (--kind contracts)", len(lines), 2155
        yield "Northwind: lines with their product", sum(bool(one.product) for one in lines), 2155
        worth = sum(
            (one.quantity * one.price * (100 - (one.discount_percent or 0)) / 100 for one in lines),
            Decimal(0),
        )
        yield "Northwind: worth of the lines", round(worth, 2), Decimal("1265793.04")


def chinook(folder: Path) -> Iterator[Fact]:
    """Customers, and their invoices, taken in as contracts."""
    as_contracts = {"Invoice.csv": "contracts"}
    with taken_in(folder, "Customer.csv", *as_contracts, kinds=as_contracts) as services:
        yield "Chinook: people", services.records.count(Kind.PERSON), 59
        bills = column_values(services, Kind.CONTRACT, "total", "company", "person")
        yield "Chinook: invoices (--kind contracts)", len(bills), 412
        yield "Chinook: their worth", sum((one[0] for one in bills), Decimal(0)), Decimal("2328.60")
        whose = sum(one[1] is not None or one[2] is not None for one in bills)
        yield "Chinook: invoices with their customer", whose, 412


def cards(folder: Path) -> Iterator[Fact]:
    """The address cards of all programs."""
    files = sorted(folder.glob("*.vcf"))
    held = 0
    for path in files:
        try:
            with open_file(path) as opened:
                held += opened.sheets[0].rows - 1 + opened.facts.cards_left_out
        except Refused:  # none of its cards says anything
            held += path.read_bytes().upper().count(b"BEGIN:VCARD")
    yield "Address cards: files", len(files), 32
    yield "Address cards: cards", held, 43


def column_values(services: Services, kind: Kind, *keys: str) -> list[tuple[Any, ...]]:
    """Some fields of all records of a kind."""
    return [
        tuple(row.values)
        for row in services.records.rows(kind, services.records.ids(kind), list(keys))
    ]


def stage_codes(services: Services) -> dict[int, str]:
    """Stages by id, as the program calls them."""
    return {item.id: item.code or item.name or "" for item in services.lists.all_items("stage")}
