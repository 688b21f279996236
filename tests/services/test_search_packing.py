"""The search index after a large import: in one piece, and the same to who searches."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from crm_desktop.data import search
from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services
from crm_desktop.services.imports.service import LARGE
from crm_desktop.words import Words

NAMES = ("王伟", "李芳", "张敏")


def pieces(services: Services) -> int:
    """How many pieces the index is kept in."""
    with services.book.read() as session:
        counted = text("SELECT count(DISTINCT segid) FROM search_index_idx")
        return int(session.execute(counted).scalar_one())


@pytest.fixture
def scattered(services: Services) -> Services:
    """One piece for each gesture."""
    for name in NAMES:
        services.records.create(Kind.PERSON, {"name": name})
    assert pieces(services) > 1
    return services


def bring_in(services: Services, folder: Path, rows: int) -> None:
    file = folder / "list.csv"
    lines = [f"Person {number},138{number:08}" for number in range(rows)]
    file.write_text("\n".join(["Name,Mobile", *lines]), encoding="utf-8")
    services.imports.run(file, services.imports.preview(file).plan, Words("en"))


def test_a_large_import_packs_the_index(scattered: Services, tmp_path: Path) -> None:
    bring_in(scattered, tmp_path, LARGE + 1)
    assert pieces(scattered) == 1
    for asked in (*NAMES, "wangwei", "13800000007"):
        assert len(scattered.search.find(asked, 5)) == 1
    scattered.history.undo()
    assert scattered.search.find("13800000007", 5) == []
    assert len(scattered.search.find("zhangmin", 5)) == 1


def test_a_small_one_leaves_it_alone(scattered: Services, tmp_path: Path) -> None:
    bring_in(scattered, tmp_path, 3)
    assert pieces(scattered) > 1


def test_few_entries_among_many_are_not_worth_it(scattered: Services) -> None:
    before = pieces(scattered)
    with scattered.book.write("gesture.noted", origin="system") as writing:
        search.pack(writing.session, 0)
    assert pieces(scattered) == before
