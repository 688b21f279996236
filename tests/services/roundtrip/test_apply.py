"""Taking a sheet over: one gesture, by the rules of every edit, and undone as one."""

from __future__ import annotations

import tempfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.domain.fields import Address
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.roundtrip import RoundTripChoices, Side
from crm_desktop.domain.text import clean_name
from crm_desktop.exchange.cells import is_blank
from crm_desktop.services.house import Services
from tests.services.roundtrip.sheets import EN, Sheet, exported
from tests.services.test_imports import digest


def _cities(services: Services) -> list[Any]:
    ids = services.records.ids(Kind.COMPANY)
    return sorted(
        (row.values for row in services.records.rows(Kind.COMPANY, ids, ["name", "city"])),
        key=str,
    )


def test_edits_are_one_gesture_that_is_undone_and_redone(
    services: Services, tmp_path: Path
) -> None:
    services.sample.fill("en")
    sheet = Sheet(exported(services, tmp_path, Kind.PERSON), Kind.PERSON)
    sheet.put(2, "title", "Head of nothing")
    sheet.put(2, "company", "A new company")
    sheet.put(2, "level", "Brand new level")
    sheet.put(3, "company", "A new company")
    sheet.put(3, "in_charge", "Han Meimei")
    last = sheet.cells.max_row + 1
    sheet.put(last, "family_name", "Doe")
    sheet.put(last, "given_name", "Jane")
    sheet.put(last, "mobile", "13812345678")
    before = digest(services)
    trip = services.round_trips.preview(sheet.save(), EN)
    assert digest(services) == before
    result = services.round_trips.apply(trip)
    assert (result.cells, result.records, result.created, result.new_items) == (5, 2, 1, 3)
    after = digest(services)
    row = services.records.rows(Kind.PERSON, [trip.cells[0].record.id], ["title", "company"])[0]
    assert (row.values[0], row.values[1].title) == ("Head of nothing", "A new company")
    jane = services.records.find_links(Kind.PERSON, "Jane Doe")[0].ref
    assert services.records.card(jane.kind, jane.id).values["mobile"] == ("13812345678",)
    assert services.round_trips.preview(sheet.path, EN).empty
    services.history.undo()
    assert digest(services) == before
    services.history.redo()
    assert digest(services) == after


def test_an_unchanged_file_writes_nothing(services: Services, tmp_path: Path) -> None:
    services.sample.fill("en")
    before, undoable = digest(services), services.history.undoable()
    trip = services.round_trips.preview(exported(services, tmp_path, Kind.PERSON), EN)
    everything = RoundTripChoices(Side.MINE, clear_blanks=True)
    assert services.round_trips.apply(trip, everything).gesture is None
    assert (digest(services), services.history.undoable()) == (before, undoable)


@pytest.mark.parametrize(
    ("choices", "city"),
    [
        (RoundTripChoices(), "Theirs"),
        (RoundTripChoices(Side.MINE), "Mine"),
        (RoundTripChoices(by_cell={(2, "city"): Side.MINE}), "Mine"),
        (RoundTripChoices(Side.MINE, by_cell={(2, "city"): Side.THEIRS}), "Theirs"),
    ],
)
def test_conflicts_end_as_chosen(
    services: Services, tmp_path: Path, choices: RoundTripChoices, city: str
) -> None:
    company = services.records.create(Kind.COMPANY, {"name": "Hengyuan", "city": "Old"})
    sheet = Sheet(exported(services, tmp_path, Kind.COMPANY), Kind.COMPANY)
    services.records.update(Kind.COMPANY, company, {"city": "Theirs"})
    sheet.put(2, "city", "Mine")
    services.round_trips.apply(services.round_trips.preview(sheet.save(), EN), choices)
    assert _cities(services) == [("Hengyuan", city)]


@pytest.mark.parametrize(("clear", "city"), [(False, "Suzhou"), (True, None)])
def test_blank_cells_clear_only_where_asked(
    services: Services, tmp_path: Path, clear: bool, city: str | None
) -> None:
    services.records.create(Kind.COMPANY, {"name": "Hengyuan", "city": "Suzhou"})
    sheet = Sheet(exported(services, tmp_path, Kind.COMPANY), Kind.COMPANY)
    sheet.put(2, "city", None)
    trip = services.round_trips.preview(sheet.save(), EN)
    services.round_trips.apply(trip, RoundTripChoices(clear_blanks=clear))
    assert _cities(services) == [("Hengyuan", city)]


def test_missing_rows_go_to_the_trash_only_where_asked(services: Services, tmp_path: Path) -> None:
    for name in "ABC":
        services.records.create(Kind.COMPANY, {"name": name})
    sheet = Sheet(exported(services, tmp_path, Kind.COMPANY), Kind.COMPANY)
    later = services.records.create(Kind.COMPANY, {"name": "later"})
    sheet.cells.delete_rows(sheet.row_of("name", "B"))
    trip = services.round_trips.preview(sheet.save(), EN)
    assert [one.title for one in trip.missing] == ["B"]
    assert services.round_trips.apply(trip).gesture is None
    choices = RoundTripChoices(trash={one.id for one in trip.missing} | {later})
    assert services.round_trips.apply(trip, choices).trashed == 1
    assert [name for name, _ in _cities(services)] == ["A", "C", "later"]


def test_what_was_left_out_stays(services: Services, tmp_path: Path) -> None:
    services.records.create(Kind.COMPANY, {"name": "A", "city": "Old"})
    sheet = Sheet(exported(services, tmp_path, Kind.COMPANY), Kind.COMPANY)
    sheet.put(2, "city", "New")
    sheet.put(2, "short_name", "a")
    sheet.put(3, "name", "B")
    sheet.put(4, "name", "C")
    trip = services.round_trips.preview(sheet.save(), EN)
    choices = RoundTripChoices(left_out={(2, "city")}, rows_left_out={3})
    assert choices.count(trip) == 2
    services.round_trips.apply(trip, choices)
    assert _cities(services) == [("A", "Old"), ("C", None)]


def test_who_changed_the_book_meanwhile_is_not_run_over(services: Services, tmp_path: Path) -> None:
    company = services.records.create(Kind.COMPANY, {"name": "A", "city": "Old"})
    sheet = Sheet(exported(services, tmp_path, Kind.COMPANY), Kind.COMPANY)
    sheet.put(2, "city", "New")
    trip = services.round_trips.preview(sheet.save(), EN)
    services.records.update(Kind.COMPANY, company, {"short_name": "a"})
    with pytest.raises(Refused, match="changed_meanwhile"):
        services.round_trips.apply(trip)
    services.round_trips.apply(services.round_trips.preview(sheet.path, EN))
    assert _cities(services) == [("A", "New")]


def test_addresses_that_stay_keep_their_parts(services: Services, tmp_path: Path) -> None:
    kept = Address(line="星湖街 88 号", city="苏州", province="江苏", label="HQ")
    company = services.records.create(
        Kind.COMPANY, {"name": "A", "address": (kept, Address(line="Harbour road; gate 2"))}
    )
    sheet = Sheet(exported(services, tmp_path, Kind.COMPANY), Kind.COMPANY)
    sheet.put(2, "address", f"{kept.text()}; Other road 5")
    services.round_trips.apply(services.round_trips.preview(sheet.save(), EN))
    assert services.records.card(Kind.COMPANY, company).values["address"] == (
        kept,
        Address(line="Other road 5"),
    )


def test_a_stage_moves_as_it_does_on_the_board(services: Services, tmp_path: Path) -> None:
    deal = services.records.create(Kind.OPPORTUNITY, {"title": "A", "amount": Decimal(10)})
    won = next(one for one in services.lists.items("stage") if one.code == "won")
    sheet = Sheet(exported(services, tmp_path, Kind.OPPORTUNITY), Kind.OPPORTUNITY)
    sheet.put(2, "stage", EN.text("list.stage.won"))
    services.round_trips.apply(services.round_trips.preview(sheet.save(), EN))
    values = services.records.card(Kind.OPPORTUNITY, deal).values
    assert (values["stage"], values["state"], values["probability"]) == (won.id, "won", 100)
    assert services.round_trips.preview(sheet.path, EN).empty


_KINDS_OF_LETTERS = st.characters(categories=("L", "N"), include_characters=" ·/;-+，“”")
_WORDS = st.text(_KINDS_OF_LETTERS, min_size=1, max_size=20).filter(
    lambda text: not is_blank(clean_name(text))
)
_TYPED: dict[str, st.SearchStrategy[Any]] = {
    "title": _WORDS,
    "notes": _WORDS,
    "competitors": _WORDS,
    "amount": st.decimals(Decimal(-99999), Decimal(9999999), places=2).map(float),
    "expected_close": st.dates(date(1950, 1, 1), date(2090, 1, 1)),
    "probability": st.integers(2, 100),
    "company": st.sampled_from(["Hengyuan", "Haituo", "Nobody knows it yet"]),
    "source": st.sampled_from(["Exhibition", "My own source"]),
    "tags": st.lists(st.sampled_from(["VIP", "Fair", "Slow"]), min_size=1, unique=True).map(
        lambda tags: "; ".join(sorted(tags))
    ),
}
_CELLS = st.tuples(st.integers(2, 5), st.sampled_from(sorted(_TYPED))).flatmap(
    lambda cell: st.tuples(st.just(cell), _TYPED[cell[1]])
)


def _meaning(value: Any) -> Any:
    """What a cell says, however a spreadsheet holds it."""
    if isinstance(value, str):
        return clean_name(value)
    if isinstance(value, float | int):
        return Decimal(f"{value:.15g}")
    return value.date() if isinstance(value, datetime) else value


@settings(max_examples=25)
@given(typed=st.lists(_CELLS, max_size=12).map(dict))
def test_whatever_is_typed_is_listed_taken_over_and_written_again(
    services: Services, typed: dict[tuple[int, str], Any]
) -> None:
    while services.history.undoable():
        services.history.undo()
    for name in ("Hengyuan", "Haituo"):
        services.records.create(Kind.COMPANY, {"name": name})
    create = services.records.create
    ids = [create(Kind.OPPORTUNITY, {"title": one, "amount": Decimal(1)}) for one in "ABCD"]
    start = digest(services)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sheet = Sheet(exported(services, folder, Kind.OPPORTUNITY, ids=ids), Kind.OPPORTUNITY)
        before = {(row, key): sheet.get(row, key) for row in range(2, 6) for key in _TYPED}
        for (row, key), value in typed.items():
            sheet.put(row, key, value)
        trip = services.round_trips.preview(sheet.save(), EN)
        assert not trip.problems
        assert {one.place for one in trip.cells} == {
            place for place, value in typed.items() if _meaning(value) != _meaning(before[place])
        }
        services.round_trips.apply(trip)
        done = digest(services)
        fresh = folder / "again"
        fresh.mkdir()
        again = Sheet(exported(services, fresh, Kind.OPPORTUNITY, ids=ids), Kind.OPPORTUNITY)
        for place in before:
            assert _meaning(again.get(*place)) == _meaning(sheet.get(*place)), place
        assert not services.round_trips.preview(sheet.path, EN).cells
        if trip.cells:
            services.history.undo()
            assert digest(services) == start
            services.history.redo()
        assert digest(services) == done
