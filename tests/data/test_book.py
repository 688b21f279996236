"""The two doors of the book."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlcipher3 import dbapi2

from crm_desktop.data.book import Book
from crm_desktop.data.engines import sqlite
from crm_desktop.data.errors import refusal_of
from crm_desktop.data.session import Session
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.problems import Refused
from tests.data.conftest import UPGRADES
from tests.data.trial import METADATA, Firm, FirmCount, Note, Phone, one, put


def count(book: Book, table: str) -> int:
    with book.read() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def add(book: Book, *wanted: str, error: Exception | None = None) -> None:
    with book.write("t.add") as writing:
        for name in wanted:
            put(writing.session, Firm, name=name)
        if error:
            raise error


def test_a_gesture_is_kept_whole_or_not_at_all(book: Book) -> None:
    with book.write("t.add", what="a") as writing:
        put(writing.session, Firm, name="a")
    with pytest.raises(IntegrityError):
        add(book, "b", "a")
    with pytest.raises(ZeroDivisionError):
        add(book, "c", error=ZeroDivisionError())
    assert (count(book, "firm"), count(book, "gesture"), book.last_gesture) == (1, 1, 1)
    with book.read() as session:
        assert session.execute(text("SELECT title, args, origin FROM gesture")).one() == (
            "t.add",
            '{"what":"a"}',
            "user",
        )


def test_an_empty_gesture_leaves_no_trace_but_what_lies_outside_stays(book: Book) -> None:
    told: list[int] = []
    book.subscribe(lambda _, gesture: told.append(gesture))
    with book.write("t.note") as writing:
        put(writing.session, Note, text="x")
    assert (count(book, "gesture"), count(book, "note"), told) == (0, 1, [])


def test_nested_gestures_are_refused_and_the_outer_one_goes_on(book: Book) -> None:
    with book.write("t.outer") as writing:
        with pytest.raises(RuntimeError), book.write("t.inner"):
            pass
        put(writing.session, Firm, name="a")
    assert count(book, "firm") == 1


def test_writers_wait_for_each_other(book: Book) -> None:
    def work(start: int) -> None:
        for number in range(20):
            with book.write("t.add") as writing:
                put(writing.session, Firm, name=f"{start} {number}")

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (count(book, "firm"), count(book, "gesture")) == (80, 80)


def test_a_reader_sees_one_moment_and_cannot_write(book: Book) -> None:
    with book.read() as session:
        query = text("SELECT count(*) FROM firm")
        assert session.execute(query).scalar_one() == 0
        with book.write("t.add") as writing:
            put(writing.session, Firm, name="a")
        assert session.execute(query).scalar_one() == 0
    with pytest.raises(Refused, match="read_only"), book.read() as session:
        session.execute(text("DELETE FROM firm"))
    assert count(book, "firm") == 1


def test_what_is_read_in_one_go_is_of_one_moment(book: Book) -> None:
    with book.one_moment():
        assert count(book, "firm") == 0
        with book.write("t.add") as writing:
            put(writing.session, Firm, name="a")
        assert count(book, "firm") == 0
        seen = []
        other = threading.Thread(target=lambda: seen.append(count(book, "firm")))
        other.start()
        other.join()
        assert seen == [1]
        with book.one_moment():
            assert count(book, "firm") == 0
        assert count(book, "firm") == 0  # still of the moment around it
    assert count(book, "firm") == 1


def test_a_smaller_cache_of_pages_is_given_back(book: Book) -> None:
    def kept(session: Session) -> tuple[int, int]:
        ask = session.connection().exec_driver_sql
        return tuple(ask(f"PRAGMA {one}").scalar_one() for one in ("cache_size", "temp_store"))

    with book.read() as session:
        usual = kept(session)
        with sqlite.sparing(session.connection()):
            assert abs(kept(session)[0]) < abs(usual[0])
            assert kept(session)[1] == 1  # in files
        assert kept(session) == usual == (usual[0], 0)


def test_what_writing_needs_is_made_once_before_the_first_gesture(book: Book) -> None:
    prepared: list[Book] = []
    book.before_first_write(prepared.append)
    count(book, "firm")
    assert prepared == []
    for name in ("a", "b"):
        with book.write("t.add") as writing:
            assert prepared == [book]
            put(writing.session, Firm, name=name)
    assert count(book, "journal_change") == 2


def test_kinds_are_announced_after_the_commit(path: Path, clock: FixedClock) -> None:
    kinds = {"firm": "company", "phone": frozenset({"company", "call"})}
    told: list[tuple[frozenset[str], int, int]] = []
    with Book.open(path, clock, metadata=METADATA, upgrades=UPGRADES, kinds=kinds) as book:
        end = book.subscribe(lambda k, g: told.append((k, g, count(book, "firm"))))
        with book.write("t.add") as writing:
            put(writing.session, Firm, name="a")
        with book.write("t.add") as writing:
            put(writing.session, Phone, firm_id=1, number="1")
        end()
        with book.write("t.add") as writing:
            put(writing.session, Firm, name="b")
    assert told == [(frozenset({"company"}), 1, 1), (frozenset({"company", "call"}), 2, 1)]


def test_hooks_refresh_what_is_derived_within_the_gesture(book: Book) -> None:
    seen: list[tuple[list[int], list[int]]] = []

    def summary(session: object, changes: object) -> None:
        seen.append((changes.touched("firm"), changes.touched("firm", "city")))  # type: ignore[attr-defined]
        run = session.execute  # type: ignore[attr-defined]
        run(text("UPDATE firm SET sort_key = lower(name)"))
        run(text("DELETE FROM firm_count"))
        run(text("INSERT INTO firm_count SELECT 1, count(*) FROM firm"))

    book.before_commit(summary)
    with book.write("t.add") as writing:
        put(writing.session, Firm, name="A")
        put(writing.session, Firm, name="B")
    with book.write("t.change") as writing:
        writing.session.execute(text("UPDATE firm SET name = 'C' WHERE id = 1"))
    with book.read() as session:
        assert session.scalar(select(FirmCount.count)) == 2
        assert one(session, Firm, 1).sort_key == "c"
    assert seen == [([1, 2], [1, 2]), ([1], [])]
    assert count(book, "journal_change") == 3


def test_the_version_is_the_gesture_that_touched_the_record_or_its_child(book: Book) -> None:
    with book.write("t.add") as writing:
        put(writing.session, Firm, name="a")
        put(writing.session, Firm, name="b")
    with book.write("t.phone") as writing:
        put(writing.session, Phone, firm_id=1, number="1")
    with book.write("t.change") as writing:
        writing.session.execute(text("UPDATE phone SET firm_id = 2"))
    with book.read() as session:
        assert [one(session, Firm, n).version for n in (1, 2)] == [3, 3]
        assert one(session, Firm, 1).changed_at == book.clock.now()


def test_the_pragmas_hold(book: Book) -> None:
    with book.write("t.x") as writing:
        ask = writing.session.connection().exec_driver_sql
        names = ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "secure_delete")
        assert [ask(f"PRAGMA {n}").scalar() for n in names] == ["wal", 2, 1, 0, 1]
        assert ask("PRAGMA recursive_triggers").scalar() == 1
        assert ask("PRAGMA cell_size_check").scalar() == 1
    with book.read() as session:
        ask = session.connection().exec_driver_sql
        assert [ask(f"PRAGMA {n}").scalar() for n in ("query_only", "trusted_schema")] == [1, 0]


def test_a_change_outside_of_a_gesture_fails(book: Book) -> None:
    connection = book._writer
    with pytest.raises(IntegrityError), connection.begin():
        connection.exec_driver_sql(
            "INSERT INTO firm (uid, created_at, name) VALUES ('u', 'x', 'a')"
        )
    assert count(book, "firm") == 0


def test_a_full_disk_is_told_and_the_book_goes_on(book: Book) -> None:
    with book.write("t.limit") as writing:
        pages = writing.session.connection().exec_driver_sql("PRAGMA page_count").scalar_one()
        writing.session.connection().exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with pytest.raises(Refused, match="disk_full"), book.write("t.big") as writing:
        put(writing.session, Firm, name="x" * 100_000)
    with book.write("t.limit") as writing:
        writing.session.connection().exec_driver_sql("PRAGMA max_page_count=1000000")
        put(writing.session, Firm, name="small")
    assert count(book, "firm") == 1


@pytest.mark.parametrize(("free", "code"), [(0, "disk_full"), (10**9, "disk_error")])
def test_an_io_error_without_room_is_a_full_disk(
    book: Book, monkeypatch: pytest.MonkeyPatch, free: int, code: str
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=free))
    refused = refusal_of(dbapi2.OperationalError("disk I/O error"), book.path)
    assert refused is not None
    assert refused.code == f"book.{code}"


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "not_a_book"), (b"PK\x03\x04" + b"x" * 5000, "not_a_book"), (None, "missing")],
)
def test_what_is_not_a_book_is_refused(
    tmp_path: Path, clock: FixedClock, content: bytes | None, code: str
) -> None:
    path = tmp_path / "other.crm"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Refused, match=code):
        Book.open(path, clock, metadata=METADATA, upgrades=UPGRADES)
    assert (path.read_bytes() if content is not None else None) == content


def test_a_new_book_never_replaces_a_file(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "a b#%?.crm"
    Book.create(path, clock, metadata=METADATA, upgrades=UPGRADES).close()
    with pytest.raises(Refused, match="exists"):
        Book.create(path, clock, metadata=METADATA, upgrades=UPGRADES)
    assert sqlite.identify(path) == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a b#%?.crm", "a b#%?.crm.lock"]
