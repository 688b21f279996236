"""Payment plans, anniversaries and gifts edited in a spreadsheet come back as one gesture."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from crm_desktop.domain.anniversaries import Anniversary
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.gifts import Gift
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.payments import Stage
from crm_desktop.domain.roundtrip import RoundTripChoices
from crm_desktop.services.house import Services
from tests.services.roundtrip.sheets import EN, Sheet, codes, edits, exported
from tests.services.test_imports import digest


@pytest.fixture
def person(services: Services) -> int:
    made = services.records.create(Kind.PERSON, {"name": "Wei"})
    services.anniversaries.add(made, Anniversary("Wedding", Birthday(5, 20, 2010)))
    services.anniversaries.add(made, Anniversary("Founding", Birthday(7, 15, lunar=True)))
    services.gifts.add(made, Gift("Tea", False, date(2026, 1, 20), Decimal(300)))
    return made


@pytest.fixture
def contract(services: Services) -> int:
    with services.book.write("gesture.created") as writing:
        made = services.records.insert(
            writing.session,
            Kind.CONTRACT,
            {"title": "Lathe", "number": "C-1", "total": Decimal(1000), "state": "signed"},
        )
    services.payments.add_stage(made, Stage("Advance", date(2026, 12, 1), percent=Decimal(30)))
    services.payments.add_stage(made, Stage("Rest", date(2027, 1, 1), Decimal(700)))
    return made


def test_edited_stages_come_back(services: Services, contract: int, tmp_path: Path) -> None:
    kind = Kind.PAYMENT_STAGE
    sheet = Sheet(exported(services, tmp_path, kind), kind)
    row = sheet.row_of("name", "Advance")
    sheet.put(row, "amount", 250)  # in place of the percentage
    sheet.put(row, "percent", None)
    sheet.put(row, "note", "on signing")
    last = sheet.cells.max_row + 1
    sheet.put(last, "contract", "C-1")
    sheet.put(last, "name", "Warranty")
    sheet.put(last, "percent", 0.05)
    before = digest(services)
    trip = services.round_trips.preview(sheet.save(), EN)
    assert edits(trip) == {
        ("Advance", "amount", "", "250.00"),
        ("Advance", "percent", "30", ""),
        ("Advance", "note", "", "on signing"),
    }
    assert [(one.title, one.row) for one in trip.new_rows] == [("Warranty", last)]
    result = services.round_trips.apply(trip)  # the blank is not asked for: the amount tells it
    assert (result.records, result.created) == (1, 1)
    stages = [one.stage for one in services.payments.of_contract(contract).stages]
    assert [(one.name, one.amount, one.percent, one.share) for one in stages] == [
        ("Advance", Decimal(250), None, Decimal(250)),
        ("Rest", Decimal(700), None, Decimal(700)),
        ("Warranty", None, Decimal(5), Decimal(50)),
    ]
    assert services.round_trips.preview(sheet.path, EN).empty
    services.history.undo()
    assert digest(services) == before


def test_what_cannot_be_is_told(services: Services, contract: int, tmp_path: Path) -> None:
    kind = Kind.PAYMENT_STAGE
    sheet = Sheet(exported(services, tmp_path, kind), kind)
    row = sheet.row_of("name", "Rest")
    sheet.put(row, "contract", "C-99")
    sheet.put(row, "amount", None)
    last = sheet.cells.max_row + 1
    sheet.put(last, "name", "Of no contract")
    sheet.put(last, "amount", 5)
    trip = services.round_trips.preview(sheet.save(), EN)
    assert [(one, code) for one, _, code in codes(trip)] == [
        (row, "import.no_such"), (row, "payment.amount_or_percent"), (last, "import.no_contract"),
    ]  # fmt: skip
    assert not trip.cells
    assert not trip.new_rows


def test_days_and_gifts_come_back_and_missing_rows_go(
    services: Services, person: int, tmp_path: Path
) -> None:
    days = Sheet(exported(services, tmp_path, Kind.ANNIVERSARY), Kind.ANNIVERSARY)
    days.put(days.row_of("name", "Wedding"), "day", date(2011, 5, 21))
    days.cells.delete_rows(days.row_of("name", "Founding"))
    gifts = Sheet(exported(services, tmp_path, Kind.GIFT), Kind.GIFT)
    gifts.put(2, "received", True)
    gifts.put(2, "value", 280)
    before = digest(services)
    trip = services.round_trips.preview(days.save(), EN)
    assert edits(trip) == {("Wedding", "day", "2010-05-20", "2011-05-21")}
    assert [one.title for one in trip.missing] == ["Founding"]
    services.round_trips.apply(trip, RoundTripChoices(trash={one.id for one in trip.missing}))
    assert [one.day for one in services.anniversaries.of(person)] == [Birthday(5, 21, 2011)]
    services.round_trips.apply(services.round_trips.preview(gifts.save(), EN))
    (gift,) = services.gifts.of(person)
    assert (gift.received, gift.value) == (True, Decimal(280))
    services.history.undo()
    services.history.undo()
    assert digest(services) == before


def test_changed_on_both_sides_is_a_conflict(
    services: Services, person: int, tmp_path: Path
) -> None:
    sheet = Sheet(exported(services, tmp_path, Kind.GIFT), Kind.GIFT)
    sheet.put(2, "value", 280)
    (gift,) = services.gifts.of(person)
    services.gifts.change(Gift("Tea", False, gift.on, Decimal(310), id=gift.id))
    (cell,) = services.round_trips.preview(sheet.save(), EN).cells
    assert (cell.old, cell.new, cell.now, cell.conflict) == ("300.00", "280.00", "310.00", True)
