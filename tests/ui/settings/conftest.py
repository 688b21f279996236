"""A real book behind the settings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from crm_desktop.domain.clock import FixedClock
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book


@pytest.fixture
def services(home: Home) -> Iterator[Services]:
    clock = FixedClock(datetime(2026, 11, 20, 1, tzinfo=UTC), "Asia/Shanghai")
    book = open_book(home.book, clock)
    yield Services(book, clock, home)
    book.close()
