"""Whatever was done before: after an erasure undo and redo still work, and no mark comes back."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.data import replay
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.services.mornings import prepare_mornings
from tests.services import markers
from tests.services.markers import MARK
from tests.services.test_journal_properties import ACTS, digest, index, pick


def merge(s: Services, a: int, b: int) -> None:
    kind = (Kind.PERSON, Kind.COMPANY)[b % 2]
    kept, other = pick(s, kind, a), pick(s, kind, b)
    if kept is not None and other is not None and kept != other:
        s.merging.merge(kind, kept, [other])


def undo(s: Services, a: int, b: int) -> None:
    if s.history.undoable():
        s.history.undo()


def redo(s: Services, a: int, b: int) -> None:
    if s.history.redoable():
        s.history.redo()


def marked(s: Services, a: int, b: int) -> None:
    """Somebody, or a firm, whose every word is a mark, with a note."""
    kind = (Kind.PERSON, Kind.COMPANY)[b % 2]
    values: dict[str, Any] = {
        "name": f"{MARK} {a}",
        "notes": MARK,
        "tags": (MARK,) if a % 2 else (),
    }
    if kind is Kind.PERSON:
        values["company"] = pick(s, Kind.COMPANY, a)
    made = s.records.create(kind, values)
    s.activities.log(Ref(kind, made), f"{MARK}\n{MARK}")
    s.attachments.add_bytes(Ref(kind, made), f"{MARK}.txt", MARK.encode())


ALL = (*ACTS, merge, undo, redo, marked, marked)
steps = st.lists(
    st.tuples(st.integers(0, len(ALL) - 1), st.integers(0, 99), st.integers(0, 99)), max_size=25
)


def in_marks(services: Services) -> list[Ref]:
    """Every customer with a mark in its words, in the trash or not."""
    with services.book.read() as session:
        return [
            Ref(kind, row[0])
            for kind, table in ((Kind.PERSON, "people"), (Kind.COMPANY, "companies"))
            for row in session.connection().exec_driver_sql(
                f"SELECT id FROM {table} WHERE instr(name, '{MARK}') OR instr(notes, '{MARK}')"
            )
        ]


@settings(max_examples=30)
@given(steps)
def test_undo_and_redo_after_an_erasure(
    fresh_book: Path, moves: list[tuple[int, int, int]]
) -> None:
    clock = FixedClock(datetime(2026, 11, 20, 1, 0, tzinfo=UTC), "Asia/Shanghai")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.crm"
        shutil.copy(fresh_book, path)
        with open_book(path, clock) as book:
            services = Services(book, clock, Home.at(Path(folder)))
            marked(services, 1, 0)
            for act, first, second in moves:
                clock.moment += timedelta(minutes=1)
                try:
                    ALL[act](services, first, second)
                except Refused as refused:
                    if refused.code not in ("list_item_exists", "record.gone"):
                        raise
            prepare_mornings(services)
            services.erasing.erase(in_marks(services))
            with book.read() as session:  # tags, list items: the words of the firm stay
                known = (
                    session.connection()
                    .exec_driver_sql(f"SELECT count(*) FROM tags WHERE name = '{MARK}'")
                    .scalar()
                )
            end, found = digest(services), index(services)
            undone = 0
            while services.history.undoable():
                services.history.undo()
                undone += 1
            for _ in range(undone):
                services.history.redo()
            assert digest(services) == end
            assert index(services) == found
            services.search.rebuild()
            assert index(services) == found
            assert replay.rebuild(book, Path(folder) / "rebuilt.crm") == end
        if not known:
            assert list(markers.traces(Path(folder))) == []
