"""What was done to a sheet is listed cell by cell, and nothing else is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.domain.kinds import OWNERS, RECORD_KINDS, Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.services.house import Services
from tests.services.roundtrip.sheets import (
    EN,
    OFFICE,
    ZH,
    Sheet,
    by_office,
    codes,
    edits,
    exported,
)
from tests.services.test_imports_own import fill

END = date(2027, 12, 31)
KINDS = [kind for kind in (*RECORD_KINDS, *OWNERS) if kind is not Kind.STAFF]


def _one_of_each(services: Services) -> None:
    services.sample.fill("en")
    fill(services)
    services.records.create(
        Kind.CONTRACT, {"title": "Yearly supply", "body": "First.\n\n  Second.", "end": END}
    )


@pytest.fixture
def sample(services: Services) -> Services:
    services.sample.fill("en")
    return services


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_an_unchanged_file_is_without_changes_on_every_kind(
    services: Services, tmp_path: Path, words: object
) -> None:
    _one_of_each(services)
    for kind in KINDS:
        path = exported(services, tmp_path, kind, words)  # type: ignore[arg-type]
        trip = services.round_trips.preview(path, EN)
        assert trip.kind is kind
        assert trip.rows == trip.unchanged == len(services.records.ids(kind)) > 0, kind
        assert trip.empty, (kind, trip.cells, trip.problems, trip.missing)


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")
def test_saved_by_libreoffice_is_without_changes_on_every_kind(
    services: Services, tmp_path: Path
) -> None:
    _one_of_each(services)
    for kind in KINDS:
        trip = services.round_trips.preview(by_office(exported(services, tmp_path, kind)), EN)
        assert trip.rows > 0
        assert trip.empty, (kind, trip.cells, trip.problems, trip.missing)


def test_edited_cells_are_listed_with_old_and_new(sample: Services, tmp_path: Path) -> None:
    level = sample.lists.items("level")[0].id
    one = sample.records.create(
        Kind.PERSON,
        {"name": "Wei", "title": "Buyer", "mobile": ("13812345678",), "level": level},
    )
    sheet = Sheet(exported(sample, tmp_path, Kind.PERSON), Kind.PERSON)
    row = sheet.row_of("name", "Wei")
    sheet.put(row, "title", "Head buyer")
    sheet.put(row, "mobile", 13800138000)
    sheet.put(row, "city", "Suzhou")
    sheet.put(row, "birthday", date(1985, 8, 15))
    trip = sample.round_trips.preview(sheet.save(), EN)
    assert edits(trip) == {
        ("Wei", "title", "Buyer", "Head buyer"),
        ("Wei", "mobile", "13812345678", "13800138000"),
        ("Wei", "city", "", "Suzhou"),
        ("Wei", "birthday", "", "1985-08-15"),
    }
    assert {cell.record.id for cell in trip.cells} == {one}
    assert trip.unchanged == trip.rows - 1
    assert not trip.conflicts
    assert not trip.problems


def test_columns_and_rows_may_be_moved_sorted_deleted(sample: Services, tmp_path: Path) -> None:
    for name, sum_ in (("A", "10.50"), ("B", "20"), ("C", "30")):
        sample.records.create(Kind.OPPORTUNITY, {"title": name, "amount": Decimal(sum_)})
    sheet = Sheet(exported(sample, tmp_path, Kind.OPPORTUNITY), Kind.OPPORTUNITY)
    rows: list[list[Any]] = [[cell.value for cell in row] for row in sheet.cells.iter_rows()]
    head = rows[0]
    keep = [
        n for n, name in enumerate(head) if name not in map(sheet.name, ("needs", "notes", "tags"))
    ]
    title, amount = head.index(sheet.name("title")), head.index(sheet.name("amount"))
    order = list(reversed(keep))
    body = sorted(rows[1:], key=lambda row: str(row[title]), reverse=True)
    gone = next(n for n, row in enumerate(body) if row[title] == "B")
    del body[gone]
    body.append([None] * len(head))
    body[-1][title] = "New one"
    body[-1][amount] = 1.5
    for row in body:
        if row[title] == "A":
            row[amount] = 11
    sheet.cells.delete_rows(1, sheet.cells.max_row)
    sheet.cells.delete_cols(1, sheet.cells.max_column)
    for row in [["My list"], [], *([line[n] for n in order] for line in (head, *body))]:
        sheet.cells.append(row)
    trip = sample.round_trips.preview(sheet.save(), EN)
    assert edits(trip) == {("A", "amount", "10.50", "11.00")}
    assert [(one.title, dict(one.texts)[sheet.name("amount")]) for one in trip.new_rows] == [
        ("New one", "1.50")
    ]
    assert [one.title for one in trip.missing] == ["B"]
    assert not trip.problems


def test_changes_on_both_sides_are_conflicts(sample: Services, tmp_path: Path) -> None:
    create = sample.records.create
    both, here, there, same = (
        create(Kind.COMPANY, {"name": name, "city": "Old"})
        for name in ("both", "here", "there", "same")
    )
    sheet = Sheet(exported(sample, tmp_path, Kind.COMPANY), Kind.COMPANY)
    for record, city in ((both, "Theirs"), (here, "Theirs"), (same, "Equal")):
        sample.records.update(Kind.COMPANY, record, {"city": city})
    for name, city in (("both", "Mine"), ("there", "Mine"), ("same", "Equal")):
        sheet.put(sheet.row_of("name", name), "city", city)
    trip = sample.round_trips.preview(sheet.save(), EN)
    assert [(one.record.title, one.old, one.new, one.now) for one in trip.conflicts] == [
        ("both", "Old", "Mine", "Theirs")
    ]
    assert [(one.record.id, one.old, one.new) for one in trip.edits] == [(there, "Old", "Mine")]


def test_names_changed_here_are_no_edits_there(sample: Services, tmp_path: Path) -> None:
    company = sample.records.create(Kind.COMPANY, {"name": "Old works"})
    level = sample.lists.items("level")[1].id
    wei = {"name": "Wei", "company": company, "level": level, "mobile": ("13812345678",)}
    sample.records.create(Kind.PERSON, wei)
    sheet = Sheet(exported(sample, tmp_path, Kind.PERSON), Kind.PERSON)
    sample.records.update(Kind.COMPANY, company, {"name": "New works"})
    sample.lists.rename(level, "Second best")
    untouched = sample.round_trips.preview(sheet.path, EN)
    assert untouched.empty, (untouched.cells, untouched.problems)
    sheet.put(sheet.row_of("name", "Wei"), "title", "Buyer")
    assert edits(sample.round_trips.preview(sheet.save(), EN)) == {("Wei", "title", "", "Buyer")}


def test_changed_here_and_taken_back_is_no_conflict(sample: Services, tmp_path: Path) -> None:
    wei = sample.records.create(Kind.PERSON, {"name": "Wei", "mobile": ("13812345678",)})
    sheet = Sheet(exported(sample, tmp_path, Kind.PERSON), Kind.PERSON)
    sample.records.update(Kind.PERSON, wei, {"mobile": ("13900000000",)})
    sample.history.undo()
    sheet.put(sheet.row_of("name", "Wei"), "mobile", "13811112222")
    trip = sample.round_trips.preview(sheet.save(), EN)
    assert [(one.old, one.new, one.conflict) for one in trip.cells] == [
        ("13812345678", "13811112222", False)
    ]


def test_blanked_cells_are_told_apart(sample: Services, tmp_path: Path) -> None:
    sample.records.create(Kind.PERSON, {"name": "Wei", "title": "Buyer"})
    sheet = Sheet(exported(sample, tmp_path, Kind.PERSON), Kind.PERSON)
    row = sheet.row_of("name", "Wei")
    sheet.put(row, "title", None)
    sheet.put(row, "name", None)
    trip = sample.round_trips.preview(sheet.save(), EN)
    assert [(one.key, one.old, one.new) for one in trip.blanks] == [("title", "Buyer", "")]
    assert not trip.edits
    assert codes(trip) == [(row, sheet.name("name"), "roundtrip.never_empty")]


def test_read_only_and_unknown_columns_are_named(sample: Services, tmp_path: Path) -> None:
    sheet = Sheet(exported(sample, tmp_path, Kind.QUOTE), Kind.QUOTE)
    sheet.put(2, "total", 1)
    sheet.put(3, "next_step", "Something")
    sheet.cells.cell(1, sheet.cells.max_column + 1).value = "My column"
    trip = sample.round_trips.preview(sheet.save(), EN)
    assert codes(trip) == [
        (2, sheet.name("total"), "roundtrip.read_only"),
        (3, sheet.name("next_step"), "roundtrip.read_only"),
    ]
    assert trip.ignored == ("My column",)
    assert not trip.cells


def test_what_cannot_be_used_is_told_by_row_and_column(sample: Services, tmp_path: Path) -> None:
    for name in ("Wei", "Gone", "Trashed", "Again"):
        sample.records.create(Kind.PERSON, {"name": name})
    gone, trashed = (_id(sample, name) for name in ("Gone", "Trashed"))
    sheet = Sheet(exported(sample, tmp_path, Kind.PERSON), Kind.PERSON)
    sample.erasing.erase([Ref(Kind.PERSON, gone)])
    sample.records.trash(Kind.PERSON, trashed)
    wei, lost, away, again = (
        sheet.row_of("name", name) for name in ("Wei", "Gone", "Trashed", "Again")
    )
    sheet.put(wei, "birthday", "the other day")
    sheet.put(wei, "email", "no address")
    sheet.put(wei, "influence", 7)
    sheet.put(away, "title", "Buyer")
    line = [cell.value for cell in sheet.cells[again]]
    sheet.cells.append(line)  # copied, and nothing else
    sheet.cells.append(line)  # copied and changed
    last = sheet.cells.max_row
    sheet.put(last, "name", "Somebody else")
    trip = sample.round_trips.preview(sheet.save(), EN)
    assert {(row, column) for row, column, _ in codes(trip)} == {
        (wei, sheet.name("birthday")),
        (wei, sheet.name("email")),
        (wei, sheet.name("influence")),
        (lost, ""),
        (away, sheet.name("title")),
        (last - 1, ""),
    }
    assert dict((row, code) for row, _, code in codes(trip) if row != wei) == {
        lost: "roundtrip.unknown_record",
        away: "roundtrip.in_trash",
        last - 1: "roundtrip.copy",
    }
    assert [(one.row, one.title, one.copied) for one in trip.new_rows] == [
        (last, "Somebody else", "Again")
    ]
    assert not trip.cells


def _id(services: Services, name: str) -> int:
    return services.records.find_links(Kind.PERSON, name)[0].ref.id


def test_a_sent_quote_stays_as_it_is(sample: Services, tmp_path: Path) -> None:
    sheet = Sheet(exported(sample, tmp_path, Kind.QUOTE), Kind.QUOTE)
    sent = sheet.row_of("state", "Sent")
    sheet.put(sent, "terms", "Other terms")
    sheet.put(sent, "in_charge", "Li Lei")
    sheet.put(sheet.cells.max_row + 1, "title", "A new one")
    trip = sample.round_trips.preview(sheet.save(), EN)
    assert [one.key for one in trip.cells] == ["in_charge"]
    assert [(row, column) for row, column, _ in codes(trip)] == [
        (sent, sheet.name("terms")),
        (sheet.cells.max_row, ""),
    ]


def test_other_files_are_refused(sample: Services, tmp_path: Path) -> None:
    path = exported(sample, tmp_path, Kind.PERSON)
    sheet = Sheet(path, Kind.PERSON)
    sheet.cells.delete_cols(sheet.column("crm_person_uid"))
    with pytest.raises(Refused, match="not_ours"):
        sample.round_trips.preview(sheet.save(), EN)
    text = tmp_path / "people.csv"
    sample.exports.export(Kind.PERSON, text, EN)
    with pytest.raises(Refused, match="not_ours"):
        sample.round_trips.preview(text, EN)


def test_an_export_of_another_book_is_refused(services: Services, tmp_path: Path) -> None:
    services.records.create(Kind.PERSON, {"name": "Wei"})
    path = exported(services, tmp_path, Kind.PERSON)
    sheet = Sheet(path, Kind.PERSON)
    facts = sheet.book.worksheets[-1]
    row = next(n for n in range(1, 20) if facts.cell(n, 1).value == "book")
    facts.cell(row, 2).value = "another"
    with pytest.raises(Refused, match="other_book"):
        services.round_trips.preview(sheet.save(), EN)


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")
def test_edited_and_saved_by_libreoffice(sample: Services, tmp_path: Path) -> None:
    product = {"name": "Cabinet", "price": "1234.5", "tax_rate": "13", "active": True}
    sample.records.create(Kind.PRODUCT, product)
    sheet = Sheet(exported(sample, tmp_path, Kind.PRODUCT, ZH), Kind.PRODUCT, ZH)
    row = sheet.row_of("name", "Cabinet")
    sheet.put(row, "price", 1300)
    sheet.put(row, "tax_rate", 0.06)
    sheet.put(row, "active", False)
    sheet.put(row, "stock_as_of", date(2026, 11, 30))
    sheet.put(row, "description", "first line\nsecond 行")
    sheet.cells.move_range(f"A{row}:{sheet.cells.cell(row, sheet.cells.max_column).coordinate}", 40)
    trip = sample.round_trips.preview(by_office(sheet.save()), EN)
    assert edits(trip) == {
        ("Cabinet", "price", "1,234.5", "1,300"),
        ("Cabinet", "tax_rate", "13", "6"),
        ("Cabinet", "active", "Yes", "No"),
        ("Cabinet", "stock_as_of", "", "2026-11-30"),
        ("Cabinet", "description", "", "first line\nsecond 行"),
    }
    assert {one.row for one in trip.cells} == {row + 40}
    assert not trip.problems
    assert not trip.missing
