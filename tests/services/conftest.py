"""A real book with the shipped lists, made once and copied per test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.imports import ImportReport
from crm_desktop.exchange.mapping import Existing
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.words import Words

MOMENT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)  # Friday, 09:00 in Shanghai


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MOMENT, "Asia/Shanghai")


@pytest.fixture(scope="session")
def fresh_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("fresh") / "fresh.crm"
    open_book(path, FixedClock(MOMENT, "Asia/Shanghai")).close()
    return path


@pytest.fixture
def services(fresh_book: Path, tmp_path: Path, clock: FixedClock) -> Iterator[Services]:
    path = tmp_path / "book.crm"
    shutil.copy(fresh_book, path)
    with open_book(path, clock) as book:
        yield Services(book, clock, Home.at(tmp_path / "home"))


@pytest.fixture
def read_back() -> Callable[..., ImportReport]:
    """Take a file of companies in again."""

    def read(services: Services, path: Path) -> ImportReport:
        plan = services.imports.preview(path, kind="companies").plan
        plan.existing = Existing.OVERWRITE
        return services.imports.run(path, plan, Words("en"))

    return read
