"""Backups are whole, and their rotation never throws away what is needed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.data import backup
from crm_desktop.data.book import Book
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.problems import Refused
from crm_desktop.progress import Cancelled, Progress
from tests.data.trial import Firm, put

NOW = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)


def test_a_backup_of_an_open_book_is_whole_and_described(book: Book, tmp_path: Path) -> None:
    with book.write("t.add") as writing:
        put(writing.session, Firm, name="a")
    folder = tmp_path / "backups"
    assert backup.changed_since(book.path, folder, book.last_gesture)
    made = backup.back_up(book.path, folder, book.clock, reason="close")
    assert made.path.name == "book-20260301-083000-0001.crm"
    assert (made.rows["firm"], made.gesture, made.schema) == (1, 1, 1)
    assert made.sha256 == backup.sha256_of(made.path)
    assert backup.list_backups(book.path, folder) == [made]
    assert sorted(p.name for p in folder.iterdir()) == [
        made.path.name,
        backup.manifest_of(made.path).name,
    ]
    assert not backup.changed_since(book.path, folder, book.last_gesture)
    assert json.loads(backup.manifest_of(made.path).read_text("utf-8"))["reason"] == "close"


def test_sequence_numbers_go_on_whatever_the_clock_says(
    book: Book, tmp_path: Path, clock: FixedClock
) -> None:
    folder = tmp_path / "backups"
    for days in (0, -400, 30):
        clock.moment = NOW + timedelta(days=days)
        backup.back_up(book.path, folder, clock)
    assert [b.sequence for b in backup.list_backups(book.path, folder)] == [3, 2, 1]


def test_a_cancelled_backup_leaves_nothing(book: Book, tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        backup.back_up(book.path, tmp_path / "b", book.clock, progress=progress)
    assert list((tmp_path / "b").iterdir()) == []


def test_a_damaged_book_pushes_no_backup_out(path: Path, clock: FixedClock) -> None:
    folder = path.parent / "backups"
    backup.back_up(path, folder, clock)
    content = bytearray(path.read_bytes())
    for place in range(4096 * 2, len(content), 4096):
        content[place : place + 64] = b"\xff" * 64
    path.write_bytes(content)
    with pytest.raises(Refused, match="damaged"):
        backup.back_up(path, folder, clock)
    assert [b.sequence for b in backup.list_backups(path, folder)] == [1]


MOMENTS = st.lists(st.integers(-24 * 400, 48), min_size=1, max_size=80)


@given(MOMENTS)
def test_what_must_stay_stays(hours: list[int]) -> None:
    backups = [(n, NOW + timedelta(hours=h), 1) for n, h in enumerate(hours)]
    kept = backup.to_keep(backups, NOW)
    assert {n for n, _, _ in backups[-3:]} <= kept
    assert {n for n, at, _ in backups if at > NOW - timedelta(days=2)} <= kept
    assert backup.to_keep([b for b in backups if b[0] in kept], NOW) == kept


def test_a_year_of_daily_backups_thins_out() -> None:
    backups = [(n, NOW - timedelta(days=364 - n), 1) for n in range(365)]
    kept = backup.to_keep(backups, NOW)
    assert len(kept) <= 12 + 10 + 9
    oldest = min(at for n, at, _ in backups if n in kept)
    assert oldest < NOW - timedelta(days=200)
    assert backup.to_keep(backups, NOW, size_cap=1) == {364, 363, 362}
