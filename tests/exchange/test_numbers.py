"""Tables of one program that name each other by numbers, and headers with two kinds of names."""

from __future__ import annotations

from crm_desktop.exchange.mapping import ImportPlan, guess_columns
from crm_desktop.exchange.mapping.header import find_header
from crm_desktop.exchange.reading import Row, SheetFacts


def plan(*rows: Row, kind: str = "") -> ImportPlan:
    return guess_columns(SheetFacts("x", rows=len(rows)), rows, kind=kind)


def targets(*rows: Row, kind: str = "") -> dict[str, str | None]:
    return {column.header: column.target for column in plan(*rows, kind=kind).columns}


def test_numbers_of_accounts_and_contacts() -> None:
    found = targets(
        ("id", "name", "amount", "stage_name", "AccountId", "Primary_Contact__c"),
        (1, "Donation", 75, "Closed Won", 65, 68),
        (2, "Gift", 25, "Closed Won", 66, 69),
    )
    assert found["AccountId"] == "opportunity.company"
    assert found["Primary_Contact__c"] == "opportunity.person"
    assert found["id"] is None
    assert targets(("id", "Company name"), (1, "A Ltd"), (2, "B Ltd"))["id"] == "company.code"


def test_a_number_that_comes_twice_is_no_code() -> None:
    assert targets(("id", "Company name"), (1, "A Ltd"), (1, "B Ltd"))["id"] is None


def test_labels_above_the_names_of_fields() -> None:
    rows: list[Row] = [
        ("INSTRUCTIONS:", None, None),
        ("First name", "Last name", "E-mail"),
        ("X__FIRST_NAME__C", "X__LAST_NAME__C", "X__MAIL_1__C"),
    ]
    header = find_header(rows)
    assert (header.row, header.names) == (3, rows[1])
    assert (
        find_header([("order_id", "order_date", "ship_name"), (1, 2, "x")]).names[0] == "order_id"
    )
