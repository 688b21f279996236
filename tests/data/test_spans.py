"""Rows made together: told as spans of ids, with the values they had whatever came later."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from crm_desktop.data import spans
from crm_desktop.data import undo as undoing
from crm_desktop.data.book import Book
from crm_desktop.data.journal import changes_of, changes_of_row
from crm_desktop.data.raw import Inserting
from crm_desktop.data.replay import rebuild
from crm_desktop.data.session import Session
from crm_desktop.data.spans import Span
from crm_desktop.data.tables.base import journalled_columns
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.uid import uids7
from tests.data.conftest import UPGRADES
from tests.data.test_undo import STEP, UNIX, WORDS, digest, perform
from tests.data.trial import METADATA, Firm, Phone

FIRM, PHONE = Firm.__table__, Phone.__table__
COLUMNS = ("uid", "created_at", "name", "city")
Told = dict[tuple[int, str, int], dict[str, Any]]
"""What rows held when they were made, by gesture, table and id."""


def together(session: Session, *names: str | None) -> None:
    """Firms and a phone for each, as an import inserts them."""
    uids = uids7(UNIX, len(names))
    rows = [(uid, "2026-03-01", name, "here") for uid, name in zip(uids, names, strict=True)]
    with Inserting(session.connection(), FIRM, PHONE) as inserting:
        inserting.put(FIRM, COLUMNS, rows)
        ids = session.execute(text("SELECT id FROM firm ORDER BY id DESC")).scalars().all()
        owners = [(one, "1") for one in reversed(ids[: len(names)])]
        inserting.put(PHONE, ("firm_id", "number"), owners)


def journalled(session: Session) -> Told:
    """All rows that are in spans, as the tables hold them now."""
    found: Told = {}
    for span in spans.everything(session):
        names = [column.name for column in journalled_columns(METADATA.tables[span.table])]
        rows = session.execute(
            text(f"SELECT {', '.join(names)} FROM {span.table} WHERE id BETWEEN :a AND :b"),
            {"a": span.first, "b": span.last},
        )
        for row_id, *values in rows:
            held = dict(zip(names[1:], values, strict=True))
            found[span.gesture_id, span.table, row_id] = held
    return found


def told(session: Session, gestures: range) -> Told:
    """What the journal says of the rows that were made."""
    return {
        (change.gesture_id, change.table, change.row_id): change.after or {}
        for gesture in gestures
        for change in changes_of(session, gesture, METADATA)
        if change.kind == "I"
    }


def test_a_span_says_what_its_rows_held_at_first(book: Book) -> None:
    with book.write("t.many") as writing:
        together(writing.session, "a", "b", "c")
        made = journalled(writing.session)
    assert len(made) == 6
    for statement in (
        "UPDATE firm SET city = 'x', worth = 5 WHERE id < 3",
        "UPDATE firm SET name = 'y' WHERE id = 1",
        "DELETE FROM firm WHERE id = 1",
    ):
        with book.write("t.later") as writing:
            writing.session.execute(text(statement))
    with book.read() as session:
        assert told(session, range(1, 5)) == made
        life = list(changes_of_row(session, "firm", 1, METADATA))
        assert [change.kind for change in life] == ["I", "U", "U", "D"]
        assert life[0].after == made[1, "firm", 1]
        assert session.execute(text("SELECT count(*) FROM journal_change")).scalar() == 5


def test_rows_must_follow_each_other(book: Book) -> None:
    rows = [(3, *COLUMNS[:2], "a", ""), (5, "other", "", "b", "")]

    def insert_with_a_gap() -> None:
        with (
            book.write("t.gap") as writing,
            Inserting(writing.session.connection(), FIRM) as inserting,
        ):
            inserting.put(FIRM, ("id", *COLUMNS), rows)

    with pytest.raises(RuntimeError, match="2 rows inserted"):
        insert_with_a_gap()


@pytest.mark.parametrize(
    ("gone", "left"),
    [
        ({1}, [(2, 5)]),
        ({5}, [(1, 4)]),
        ({2, 4, 9}, [(1, 1), (3, 3), (5, 5)]),
        ({1, 2, 3, 4, 5}, []),
        (set(), [(1, 5)]),
        ({6}, [(1, 5)]),
    ],
)
def test_taking_out_leaves_the_others_in_their_places(
    book: Book, gone: set[int], left: list[tuple[int, int]]
) -> None:
    with book.write("t.many") as writing:
        together(writing.session, "a", "b", "c", "d", "e")
        phones = writing.session.execute(text("SELECT id FROM phone")).scalars().all()
        spans.take_out(writing.session, "firm", gone)
    with book.read() as session:
        found = [one for one in spans.everything(session) if one.table == "firm"]
        assert [(one.first, one.last) for one in found] == left
        assert {(one.gesture_id, one.behind) for one in found} <= {(1, 0)}
        (other,) = (one for one in spans.everything(session) if one.table == "phone")
        assert (other.first, other.last) == (min(phones), max(phones))
        assert spans.among(session, "firm", {1, 2, 6}) == {1, 2} - gone
        assert spans.gestures(session, "firm", {1, 2, 6}) == ({1} if {1, 2} - gone else set())


def test_what_is_gone_without_a_trace_never_was(book: Book) -> None:
    with book.write("t.many") as writing:
        together(writing.session, "a", "b")
    with book.write("t.lost") as writing:
        writing.session.execute(text("DELETE FROM firm WHERE id = 2"))
        writing.at_the_end(
            lambda: writing.session.execute(
                text("DELETE FROM journal_change WHERE row_id = 2")
            ).close()
        )
    with book.read() as session:
        made = told(session, range(1, 3))
    assert {(table, row) for _, table, row in made} == {("firm", 1), ("phone", 1)}
    result = undoing.undo(book, 1)
    assert (result.restored, result.kept, result.blocked) == (2, [], [])


def test_a_row_of_a_span_that_was_edited_stays_the_others_go(book: Book) -> None:
    with book.write("t.many") as writing:
        together(writing.session, "a", "b", "c")
    with book.write("t.edit") as writing:
        writing.session.execute(text("UPDATE firm SET city = 'there' WHERE id = 2"))
    result = undoing.undo(book, 1)
    assert [(k.table, k.row, k.field, k.value) for k in result.kept] == [
        ("firm", 2, "city", "there")
    ]
    with book.read() as session:
        assert list(session.execute(text("SELECT id FROM firm")).scalars()) == [2]
        assert list(session.execute(text("SELECT firm_id FROM phone")).scalars()) == [2]


def test_spans_stand_behind_what_was_done_before_them(book: Book) -> None:
    with book.write("t.mixed") as writing:
        writing.session.execute(
            text("INSERT INTO firm (uid, created_at, name) VALUES ('u', '2026', 'first')")
        )
        together(writing.session, "a", "b")
        writing.session.execute(text("UPDATE firm SET name = 'z' WHERE id = 2"))
    with book.read() as session:
        order = [(c.kind, c.table, c.row_id) for c in changes_of(session, 1, METADATA)]
    assert order == [
        ("I", "firm", 1), ("I", "firm", 2), ("I", "firm", 3), ("I", "phone", 1),
        ("I", "phone", 2), ("U", "firm", 2),
    ]  # fmt: skip


# Ids are never used again: only a row that is given another one by force would do that.
ANY = st.one_of(
    st.tuples(st.just("together"), WORDS, WORDS),
    STEP.filter(lambda step: step[0] != "renumber"),
)


@settings(deadline=None, max_examples=60)
@given(gestures=st.lists(st.lists(ANY, min_size=1, max_size=8), min_size=1, max_size=6))
def test_any_sequence_with_spans_is_undone_redone_and_replayed(
    gestures: list[list[tuple[Any, ...]]],
    empty_book: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("any")
    path = folder / "book.crm"
    shutil.copy(empty_book, path)
    with Book.open(path, FixedClock(UNIX), metadata=METADATA, upgrades=UPGRADES) as book:
        start = digest(book)
        made: Told = {}
        for steps in gestures:
            with book.write("t.any") as writing:
                session = writing.session
                for step in steps:
                    before = {(one.table, one.first) for one in spans.everything(session)}
                    with suppress(IntegrityError), session.savepoint():
                        if step[0] == "together":
                            together(session, *step[1:])
                        else:
                            perform(session, step)
                    fresh = [s for s in spans.everything(session) if _key(s) not in before]
                    now = journalled(session)
                    made |= {
                        (span.gesture_id, span.table, row_id): now[
                            span.gesture_id, span.table, row_id
                        ]
                        for span in fresh
                        for row_id in range(span.first, span.last + 1)
                    }
        end, last = digest(book), book.last_gesture
        assert rebuild(book, folder / "rebuilt.crm") == end
        with book.read() as session:
            assert made.items() <= told(session, range(1, last + 1)).items()
        undone = 0
        while undoing.undoable(book):
            result = undoing.undo(book)
            assert (result.kept, result.blocked) == ([], [])
            undone += 1
        assert digest(book) == start
        for _ in range(undone):
            undoing.redo(book)
        assert digest(book) == end
        with book.read() as session:
            found = told(session, range(1, last + 1))
        assert made == {key: found[key] for key in made}
        assert rebuild(book, folder / "again.crm") == end
    shutil.rmtree(folder)


def _key(span: Span) -> tuple[str, int]:
    return span.table, span.first
