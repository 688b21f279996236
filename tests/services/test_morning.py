"""Mornings prepared at closing are what a reading would find, and true no longer than that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from crm_desktop.data.first_look import packed
from crm_desktop.data.opportunities import IN_STAGES
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.morning import Foreseen
from crm_desktop.domain.pipeline import OPEN, Stage
from crm_desktop.paths import Home
from crm_desktop.services.first_look import FirstLook
from crm_desktop.services.house import Services, open_book
from crm_desktop.services.morning import read_morning
from crm_desktop.services.mornings import FAR, NEAR, every_item, prepare_mornings

FRIDAY = date(2026, 11, 20)
LONG = 600.0  # seconds: as long as it takes


def foreseen(path: Path, day: date) -> Foreseen | None:
    return FirstLook(path, day).foreseen()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 20, 10, 0, tzinfo=UTC), "Asia/Shanghai")


@pytest.fixture
def services(tmp_path: Path, clock: FixedClock) -> Iterator[Services]:
    with open_book(tmp_path / "book.crm", clock) as book:
        yield Services(book, clock, Home.at(tmp_path))


@pytest.fixture
def filled(services: Services) -> Services:
    services.sample.fill("zh")
    person = services.records.create(
        Kind.PERSON, {"name": "王芳", "birthday": Birthday(11, 24, year=1980)}
    )
    services.activities.plan(
        Ref(Kind.PERSON, person, ""),
        "打电话",
        Due(FRIDAY + timedelta(days=3), None, "Asia/Shanghai"),
        "call",
    )
    return services


def test_each_prepared_day_is_as_it_will_be_read(filled: Services, clock: FixedClock) -> None:
    prepare_mornings(filled, patience=LONG)
    path = filled.book.path
    opened = clock.moment
    for day in range(FAR):
        found = foreseen(path, FRIDAY + timedelta(days=day))
        assert found is not None
        clock.moment = opened + timedelta(days=day)
        assert found.morning == read_morning(filled)
        assert found.items == every_item(filled)
    assert foreseen(path, FRIDAY - timedelta(days=1)) is None
    assert foreseen(path, FRIDAY + timedelta(days=FAR)) is None


def test_where_there_is_no_time_only_the_near_days_are_prepared(filled: Services) -> None:
    prepare_mornings(filled, patience=LONG)
    filled.records.create(Kind.PERSON, {"name": "李强"})
    prepare_mornings(filled, patience=0)
    path = filled.book.path
    there = [foreseen(path, FRIDAY + timedelta(days=day)) is not None for day in range(FAR)]
    assert there == [True] * NEAR + [False] * (FAR - NEAR)


def test_a_month_of_them_takes_little_room(filled: Services) -> None:
    prepare_mornings(filled, patience=LONG)
    with filled.book.read() as session:
        room = session.connection().exec_driver_sql(
            "SELECT sum(length(value)) FROM book_fact WHERE name LIKE 'morning/%'"
        )
        assert room.scalar_one() < FAR * 16_000


def test_the_open_pipeline_is_the_board_without_its_cards(filled: Services) -> None:
    opportunities = filled.opportunities
    cards = [card for column in opportunities.board() for card in column.cards]
    open_ones = [card.id for card in cards if card.state == OPEN]
    opportunities.hold(open_ones[0])
    filled.records.update(Kind.OPPORTUNITY, open_ones[1], {"currency": "EUR"})
    filled.records.update(Kind.OPPORTUNITY, open_ones[2], {"amount": None})
    filled.records.trash(Kind.OPPORTUNITY, open_ones[3])
    opportunities.lose(open_ones[4], None)
    board = [one for one in opportunities.board() if Stage.of(one.stage).state == OPEN]
    assert [(one.stage, one.count, one.sums) for one in opportunities.open_stages()] == [
        (column.stage, column.count, column.sums) for column in board
    ]
    assert any("EUR" in column.sums for column in board)
    with filled.book.read() as session:
        asked = session.connection().exec_driver_sql(
            f"EXPLAIN QUERY PLAN {IN_STAGES}", {"stages": "[1]"}
        )
        read = [str(row[3]) for row in asked if "opportunities" in str(row[3])]
    assert len(read) == 2
    assert all("COVERING INDEX" in step for step in read), read


def test_the_prepared_days_differ(filled: Services) -> None:
    prepare_mornings(filled)
    friday, monday = (
        foreseen(filled.book.path, FRIDAY + timedelta(days=after)) for after in (0, 3)
    )
    assert friday is not None
    assert monday is not None
    assert friday.morning != monday.morning
    due = [item.subject for item in monday.morning.panels.actions.today.items]
    assert "打电话" in due


def test_nothing_is_foreseen_after_a_change(filled: Services) -> None:
    prepare_mornings(filled)
    filled.records.create(Kind.PERSON, {"name": "李强"})
    assert foreseen(filled.book.path, FRIDAY) is None
    prepare_mornings(filled)
    assert foreseen(filled.book.path, FRIDAY) is not None
    filled.history.undo()
    assert foreseen(filled.book.path, FRIDAY) is None


def test_preparing_is_no_step_of_the_user(filled: Services) -> None:
    undoable = filled.history.undoable()
    prepare_mornings(filled)
    assert filled.history.undoable() == undoable


def test_preparing_again_replaces_what_was_there(filled: Services, clock: FixedClock) -> None:
    prepare_mornings(filled, patience=LONG)
    clock.moment += timedelta(days=2)
    prepare_mornings(filled, patience=0)
    assert foreseen(filled.book.path, FRIDAY) is None
    assert foreseen(filled.book.path, FRIDAY + timedelta(days=5)) is not None
    assert foreseen(filled.book.path, FRIDAY + timedelta(days=6)) is None


def test_a_book_without_customers_prepares_nothing(services: Services) -> None:
    prepare_mornings(services)
    assert foreseen(services.book.path, FRIDAY) is None


def test_no_file_and_no_book_foresee_nothing(tmp_path: Path) -> None:
    assert foreseen(tmp_path / "missing.crm", FRIDAY) is None
    (tmp_path / "odd.crm").write_bytes(b"not a book" * 500)
    assert foreseen(tmp_path / "odd.crm", FRIDAY) is None
    assert not list(tmp_path.glob("missing*"))


OTHER_TEXTS = ("", "x", "{}", '{"morning:Foreseen":[1]}', '{"kinds:Ref":[1,2]}')


@pytest.mark.parametrize("kept", [*OTHER_TEXTS, "QUJD", *map(packed, OTHER_TEXTS)])
def test_a_text_of_another_program_is_passed_over(filled: Services, kept: str) -> None:
    prepare_mornings(filled)
    newest = filled.book.last_gesture
    filled.book.close()
    connection = dbapi2.connect(str(filled.book.path))
    with connection:
        connection.execute(
            "UPDATE book_fact SET value = ? WHERE name LIKE 'morning/%'", (f"{newest} {kept}",)
        )
    connection.close()
    assert foreseen(filled.book.path, FRIDAY) is None


def test_an_erasure_forgets_the_prepared_ones(filled: Services) -> None:
    prepare_mornings(filled)
    person = filled.search.find("王芳")[0].ref
    filled.erasing.erase([person])
    with filled.book.read() as session:
        left = session.connection().exec_driver_sql(
            "SELECT count(*) FROM book_fact WHERE name LIKE 'morning/%'"
        )
        assert left.scalar() == 0
