"""Filled books of every released schema open, come up to date, and keep what they hold."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from crm_desktop.data.digest import content_digest
from crm_desktop.data.engines import sqlite
from crm_desktop.data.upgrade import Upgrades, migrate
from crm_desktop.domain.kinds import RECORD_KINDS, Kind
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from tests.fixtures.make import CLOCK, HERE

BOOKS = sorted(HERE.glob("book_*.crm.gz"))


def number(file: Path) -> int:
    return int(file.name[5:9])


def shape(path: Path) -> dict[str, set[str]]:
    """Every table with its columns."""
    connection = sqlite.connect(path)
    try:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            table: {row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')}
            for (table,) in tables.fetchall()
        }
    finally:
        connection.close()


@pytest.fixture(params=BOOKS, ids=lambda file: f"schema {number(file)}")
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "book.crm"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def test_there_is_one_of_every_schema() -> None:
    assert [number(file) for file in BOOKS] == list(range(1, Upgrades.shipped().head + 1))


def test_opens_with_all_its_records_and_is_whole(
    filled: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with open_book(filled, CLOCK) as book:
        services = Services(book, CLOCK, Home.at(tmp_path))
        counts = {kind.value: services.records.count(kind) for kind in RECORD_KINDS}
        assert counts == {
            "person": 23,
            "company": 12,
            "activity": counts["activity"],
            "opportunity": 8,
            "product": counts["product"],
            "quote": 3,
            "contract": 1,
            "ticket": 2,
            "receipt": 3 if number(request.node.callspec.params["filled"]) > 5 else 0,
            "expense": 1 if number(request.node.callspec.params["filled"]) > 5 else 0,
            "staff": 1,
        }
        assert counts["activity"] > 8
        assert next(i.code for i in services.lists.items("payment_method")) == "bank_transfer"
        company = services.records.ids(Kind.COMPANY)[0]
        ref = services.records.card(Kind.COMPANY, company).ref
        [file] = services.attachments.of(ref)
        assert services.attachments.data(file.id).decode() == "统一社会信用代码"
        assert [found.title for found in services.search.find("zwm")]
        assert services.backups.health().whole
    fresh = tmp_path / "fresh.crm"
    open_book(fresh, CLOCK).close()
    assert shape(filled) == shape(fresh), "make it anew: python -m tests.fixtures.make"


def test_its_history_can_still_be_taken_back(filled: Path, tmp_path: Path) -> None:
    with open_book(filled, CLOCK) as book:
        services = Services(book, CLOCK, Home.at(tmp_path))

        def digest() -> str:
            with book.read() as session:
                return content_digest(session, book.metadata)

        before = digest()
        services.history.redo()
        assert digest() != before
        services.history.undo()
        assert digest() == before
        undone = 0
        while services.history.undoable() is not None:
            services.history.undo()
            undone += 1
        assert undone > 5
        assert services.records.count(Kind.PERSON) == 0


def test_an_upgrade_learns_its_new_indexes(filled: Path) -> None:
    connection = sqlite.connect(filled)
    connection.execute("ANALYZE")
    connection.close()
    migrate(filled, Upgrades.shipped())
    connection = sqlite.connect(filled)
    known = {name for (name,) in connection.execute("SELECT idx FROM sqlite_stat1")}
    connection.close()
    assert "ix_jobs_person_id_left_position_company_id" in known


def test_choices_in_fields_of_ones_own_are_found_in_older_books_too(
    filled: Path, tmp_path: Path
) -> None:
    before = sqlite.identify(filled)
    connection = sqlite.connect(filled)
    connection.execute(
        "INSERT INTO custom_fields (uid, kind, key, name, type, list_key, position, searchable,"
        " version, created_at, changed_at) VALUES ('own', 'person', 'f77', '评价', 'choice',"
        " 'custom.f77', 9, 0, 0, '2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z')"
    )
    connection.execute(
        "INSERT INTO list_items (id, uid, list_key, name, color, position, active, version,"
        " created_at, changed_at) VALUES (7777, 'item', 'custom.f77', '垂钓高手', 'grey', 0, 1, 0,"
        " '2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z')"
    )
    connection.execute("UPDATE people SET custom = '{\"f77\": 7777}' WHERE id = 2")
    connection.commit()
    connection.close()
    with open_book(filled, CLOCK) as book:
        services = Services(book, CLOCK, Home.at(tmp_path))
        found = [hit.ref.id for hit in services.search.find("垂钓")]
    assert found == ([2] if before < 12 else [])
