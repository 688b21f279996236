"""An empty trial book, made once and copied per test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crm_desktop.data.book import Book
from crm_desktop.data.upgrade import Upgrades
from crm_desktop.domain.clock import FixedClock
from tests.data.trial import METADATA

UPGRADES = Upgrades(Path("none"), 1)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 3, 1, 8, 30, tzinfo=UTC))


@pytest.fixture(scope="session")
def empty_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "empty.crm"
    moment = FixedClock(datetime(2026, 3, 1, tzinfo=UTC))
    Book.create(path, moment, metadata=METADATA, upgrades=UPGRADES).close()
    return path


@pytest.fixture
def path(tmp_path: Path, empty_book: Path) -> Path:
    copy = tmp_path / "book.crm"
    shutil.copy(empty_book, copy)
    return copy


@pytest.fixture
def book(path: Path, clock: FixedClock) -> Iterator[Book]:
    with Book.open(path, clock, metadata=METADATA, upgrades=UPGRADES) as opened:
        yield opened
