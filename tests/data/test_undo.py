"""Undo and redo: exact where nothing came between, honest where something did."""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from crm_desktop.data import undo as undoing
from crm_desktop.data.book import Book
from crm_desktop.data.digest import content_digest
from crm_desktop.data.journal import changes_of
from crm_desktop.data.replay import rebuild
from crm_desktop.data.session import Session
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.problems import Refused
from tests.data.conftest import UPGRADES
from tests.data.trial import METADATA, Firm, Phone, one, put

UNIX = datetime(2026, 3, 1, tzinfo=UTC)


def digest(book: Book) -> str:
    with book.read() as session:
        return content_digest(session, METADATA)


def names(book: Book) -> dict[int, str | None]:
    with book.read() as session:
        return {row.id: row.name for row in session.whole(select(Firm).order_by(Firm.id))}


def add(book: Book, *wanted: str) -> None:
    with book.write("t.add") as writing:
        for name in wanted:
            put(writing.session, Firm, name=name)


def run(book: Book, *statements: str) -> int:
    with book.write("t.run") as writing:
        for statement in statements:
            writing.session.execute(text(statement))
    return writing.gesture_id


def test_undo_and_redo_walk_the_whole_history(book: Book) -> None:
    digests = [digest(book)]
    add(book, "a", "b")
    digests.append(digest(book))
    run(book, "UPDATE firm SET city = 'x'")
    digests.append(digest(book))
    run(book, "DELETE FROM firm WHERE id = 1")
    digests.append(digest(book))
    for expected in (*digests[2::-1],):
        undoing.undo(book)
        assert digest(book) == expected
    with pytest.raises(Refused, match="undo_none"):
        undoing.undo(book)
    for expected in digests[1:]:
        undoing.redo(book)
        assert digest(book) == expected
    with pytest.raises(Refused, match="redo_none"):
        undoing.redo(book)


def test_undo_works_after_a_restart(path: Path, clock: FixedClock) -> None:
    with Book.open(path, clock, metadata=METADATA, upgrades=UPGRADES) as book:
        add(book, "a")
        run(book, "UPDATE firm SET name = 'b'")
    with Book.open(path, clock, metadata=METADATA, upgrades=UPGRADES) as book:
        before = undoing.undoable(book)
        assert before is not None
        assert before.title == "t.run"
        undoing.undo(book)
        assert names(book) == {1: "a"}
    with Book.open(path, clock, metadata=METADATA, upgrades=UPGRADES) as book:
        undoing.redo(book)
        assert names(book) == {1: "b"}


def test_a_field_changed_since_is_kept_and_named(book: Book) -> None:
    add(book, "a")
    first = run(book, "UPDATE firm SET name = 'b', city = 'here'")
    run(book, "UPDATE firm SET city = 'there'")
    result = undoing.undo(book, first)
    assert [(k.field, k.reason, k.value) for k in result.kept] == [("city", "changed", "there")]
    assert result.restored == 1
    with book.read() as session:
        firm = one(session, Firm, 1)
        assert (firm.name, firm.city) == ("a", "there")


def test_a_created_row_edited_since_stays(book: Book) -> None:
    add(book, "a", "b")
    run(book, "UPDATE firm SET city = 'x' WHERE id = 1")
    result = undoing.undo(book, 1)
    assert names(book) == {1: "a"}
    assert [(k.row, k.field, k.reason) for k in result.kept] == [(1, "city", "changed")]


def test_a_created_row_in_use_since_stays_with_its_own_parents(book: Book) -> None:
    with book.write("t.two") as writing:
        put(writing.session, Firm, name="mother")
        put(writing.session, Firm, name="other")
        put(writing.session, Firm, name="daughter", parent_id=1)
    with book.write("t.phone") as writing:
        put(writing.session, Phone, firm_id=3, number="1")
    result = undoing.undo(book, 1)
    assert names(book) == {1: "mother", 3: "daughter"}
    assert {(k.row, k.reason) for k in result.kept} == {(1, "in_use"), (3, "in_use")}


def test_what_lost_its_parent_for_good_is_blocked(book: Book) -> None:
    add(book, "a", "b")
    with book.write("t.phone") as writing:
        put(writing.session, Phone, firm_id=1, number="1")
    gone = run(book, "DELETE FROM phone")
    run(book, "DELETE FROM firm WHERE id = 1")
    result = undoing.undo(book, gone)
    assert [(k.table, k.reason) for k in result.blocked] == [("phone", "gone")]
    # The gesture counts as undone, so the next undo goes on with the one before.
    after = undoing.undoable(book)
    assert after is not None
    assert after.id == gone + 1


def test_a_unique_value_taken_since_is_kept_and_named(book: Book) -> None:
    add(book, "a", "b")
    gone = run(book, "DELETE FROM firm WHERE id = 1")
    renamed = run(book, "UPDATE firm SET name = 'c', city = 'x' WHERE id = 2")
    add(book, "a")
    assert [(k.row, k.reason) for k in undoing.undo(book, gone).kept] == [(1, "taken")]
    run(book, "UPDATE firm SET name = 'b' WHERE id = 3")
    result = undoing.undo(book, renamed)
    assert [(k.field, k.reason) for k in result.kept] == [("name", "taken")]
    with book.read() as session:
        assert one(session, Firm, 2).city is None


def test_swapped_unique_values_swap_back(book: Book) -> None:
    add(book, "a", "b")
    start = digest(book)
    run(
        book,
        "UPDATE firm SET name = 'z' WHERE id = 1",
        "UPDATE firm SET name = 'a' WHERE id = 2",
        "UPDATE firm SET name = 'b' WHERE id = 1",
    )
    assert undoing.undo(book).kept == []
    assert digest(book) == start
    assert names(book) == {1: "a", 2: "b"}


def test_a_child_moved_to_a_new_parent_survives_the_parent(book: Book) -> None:
    add(book, "a")
    with book.write("t.phone") as writing:
        put(writing.session, Phone, firm_id=1, number="1")
    start = digest(book)
    with book.write("t.move") as writing:
        put(writing.session, Firm, name="new")
        writing.session.execute(update(Phone).values(firm_id=2))
    undoing.undo(book)
    assert digest(book) == start


def test_ids_are_never_used_again(book: Book) -> None:
    add(book, "a")
    undoing.undo(book)
    add(book, "b")
    assert names(book) == {2: "b"}


def test_another_gesture_ends_redo(book: Book) -> None:
    add(book, "a")
    undoing.undo(book)
    assert undoing.redoable(book) is not None
    add(book, "b")
    assert undoing.redoable(book) is None


def test_the_history_says_why_not(book: Book) -> None:
    add(book, "a")
    with book.write("t.system", origin="system") as writing:
        put(writing.session, Firm, name="s")
    add(book, "b")
    undoing.undo(book)
    rows = undoing.history(book)
    assert [(row.id, row.undoable, row.reason) for row in rows] == [
        (3, False, "book.undo_already"),
        (2, False, "book.undo_system"),
        (1, True, ""),
    ]
    assert [row.id for row in undoing.history(book, 1, before=3)] == [2]
    with pytest.raises(Refused, match="undo_system"):
        undoing.undo(book, 2)
    with pytest.raises(Refused, match="undo_unknown"):
        undoing.undo(book, 99)


def test_version_moves_on_with_undo(book: Book) -> None:
    add(book, "a")
    run(book, "UPDATE firm SET city = 'x'")
    result = undoing.undo(book)
    with book.read() as session:
        assert one(session, Firm, 1).version == result.gesture == 3


def test_undo_of_ten_thousand_rows_is_whole(book: Book) -> None:
    start = digest(book)
    with book.write("t.import", origin="import") as writing:
        rows = [{"name": f"firm {n}", "extra": {"n": n}} for n in range(10_000)]
        writing.session.execute(insert(Firm), rows)
        writing.session.execute(
            insert(Phone), [{"firm_id": n + 1, "number": str(n)} for n in range(10_000)]
        )
    full = digest(book)
    result = undoing.undo(book)
    assert (result.restored, result.kept, result.blocked) == (20_000, [], [])
    assert digest(book) == start
    undoing.redo(book)
    assert digest(book) == full


def test_a_redo_of_many_rows_asks_for_many_at_a_time(book: Book) -> None:
    """A row by a statement, each one walks through what the savepoint keeps of all before."""
    add(book, *(f"firm {n}" for n in range(2_000)))
    run(book, "UPDATE firm SET city = 'x'")
    undoing.undo(book)
    undoing.undo(book)
    asked: list[bool] = []

    def note(_c: object, _u: object, statement: str, _a: object, _x: object, many: bool) -> None:
        if statement.startswith(('INSERT INTO "firm"', 'UPDATE "firm" SET "city"')):
            asked.append(many)

    event.listen(book._writer_engine, "before_cursor_execute", note)
    undoing.redo(book)
    undoing.redo(book)
    event.remove(book._writer_engine, "before_cursor_execute", note)
    assert asked == [False, False]
    assert names(book) == {n + 1: f"firm {n}" for n in range(2_000)}


def test_the_few_of_many_whose_values_are_taken_are_found(book: Book) -> None:
    add(book, *(f"firm {n}" for n in range(300)))
    gone = run(book, "DELETE FROM firm")
    add(book, "firm 0", "firm 7", "firm 299")
    result = undoing.undo(book, gone)
    assert {(k.row, k.reason) for k in result.kept} == {
        (1, "taken"),
        (8, "taken"),
        (300, "taken"),
    }
    assert sorted(filter(None, names(book).values())) == sorted(f"firm {n}" for n in range(300))


WORDS = st.sampled_from(["a", "A", "b", "c", "d", "\x00'\"\\", "张三 😀", "", "12", "1e5"])
IDS = st.integers(1, 6)
STEP = st.one_of(
    st.tuples(st.just("whole"), WORDS, IDS),
    st.tuples(st.just("many"), WORDS, WORDS),
    st.tuples(st.just("rename"), IDS, WORDS),
    st.tuples(st.just("everywhere"), WORDS, WORDS),
    st.tuples(st.just("delete"), IDS),
    st.tuples(st.just("replace"), IDS, WORDS),
    st.tuples(st.just("upsert"), WORDS, WORDS),
    st.tuples(st.just("phone"), IDS, WORDS),
    st.tuples(st.just("tag"), IDS, WORDS),
    st.tuples(st.just("untag"), IDS),
    st.tuples(st.just("parent"), IDS, IDS),
    st.tuples(st.just("renumber"), IDS, st.integers(10, 14)),
    st.tuples(st.just("steal"), IDS, WORDS),
    st.tuples(st.just("worth"), IDS, st.integers(-(2**63), 2**63 - 1)),
)


def perform(session: Session, step: tuple[Any, ...]) -> None:
    """One statement of a kind the product might ever use."""
    what, *args = step
    a, b = (*args, None)[:2]

    def run(sql: str) -> None:
        session.execute(
            text(sql),
            {"a": a, "b": b, "u": f"uid {a!r} {b!r}", "at": "2026-01-01T00:00:00.000000Z"},
        )

    match what:
        case "whole":
            if session.get(Firm, b) is None:
                put(session, Firm, name=a, extra={"x": [a, None, 1]})
            else:
                session.execute(update(Firm).where(Firm.id == b).values(city=a, name=None))
        case "many":
            session.execute(insert(Firm), [{"name": a, "city": None}, {"name": b, "city": a}])
        case "rename":
            run("UPDATE firm SET name = :b WHERE id = :a")
        case "everywhere":
            run("UPDATE firm SET city = :a WHERE city IS NOT :b")
        case "delete":
            run("DELETE FROM firm WHERE id = :a")
        case "replace":
            run("INSERT OR REPLACE INTO firm (id, uid, created_at, name) VALUES (:a, :u, :at, :b)")
        case "upsert":
            run(
                "INSERT INTO firm (uid, created_at, name, city) VALUES (:u, :at, :a, :b)"
                " ON CONFLICT (name) DO UPDATE SET city = excluded.city"
            )
        case "phone":
            run("INSERT INTO phone (firm_id, number) VALUES (:a, :b)")
        case "tag":
            run("INSERT INTO tagging (firm_id, word) VALUES (:a, :b)")
        case "untag":
            run("DELETE FROM tagging WHERE firm_id = :a")
        case "parent":
            run("UPDATE firm SET parent_id = :b WHERE id = :a")
        case "renumber":
            run("UPDATE firm SET id = :b WHERE id = :a")
        case "steal":
            run("UPDATE OR REPLACE firm SET name = :b WHERE id = :a")
        case "worth":
            run("UPDATE firm SET worth = :b WHERE id = :a")


@settings(deadline=None, max_examples=60)
@given(gestures=st.lists(st.lists(STEP, min_size=1, max_size=8), min_size=1, max_size=6))
def test_any_sequence_undone_redone_and_replayed(
    gestures: list[list[tuple[Any, ...]]],
    empty_book: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("any")
    path = folder / "book.crm"
    shutil.copy(empty_book, path)
    clock = FixedClock(UNIX)
    with Book.open(path, clock, metadata=METADATA, upgrades=UPGRADES) as book:
        start = digest(book)
        for steps in gestures:
            with book.write("t.any") as writing:
                for step in steps:
                    with suppress(IntegrityError), writing.session.savepoint():
                        perform(writing.session, step)
        end = digest(book)
        assert rebuild(book, folder / "rebuilt.crm") == end
        undone = 0
        while undoing.undoable(book):
            result = undoing.undo(book)
            assert (result.kept, result.blocked) == ([], [])
            undone += 1
        assert digest(book) == start
        for _ in range(undone):
            result = undoing.redo(book)
            assert (result.kept, result.blocked) == ([], [])
        assert digest(book) == end
        assert undoing.redoable(book) is None
        assert rebuild(book, folder / "again.crm") == end
    shutil.rmtree(folder)


def test_an_update_keeps_only_what_changed(book: Book) -> None:
    add(book, "a")
    gesture = run(book, "UPDATE firm SET name = 'a', city = 'X', sort_key = 'k'")
    run(book, "UPDATE firm SET city = 'x'")
    with book.read() as session:
        changes = [c for g in (gesture, gesture + 1) for c in changes_of(session, g)]
    assert [(c.before, c.after) for c in changes] == [
        ({"city": None}, {"city": "X"}),
        ({"city": "X"}, {"city": "x"}),
    ]
