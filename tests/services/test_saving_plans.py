"""What a save asks of the journal it finds by its gesture, however long the history of a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event

from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.services.house import Services

_BY_TABLE = "ix_journal_change_row (table_name=?)"
_SPANS_BY_TABLE = "ix_journal_span_rows (table_name=?)"


@pytest.fixture
def asked(services: Services) -> Iterator[list[tuple[str, Any]]]:
    """Every statement with its values that the writing connection is given."""
    engine = services.book._writer_engine
    seen: list[tuple[str, Any]] = []

    def note(_c: Any, _k: Any, statement: str, values: Any, _x: Any, _m: Any) -> None:
        seen.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def test_a_save_walks_no_history(services: Services, asked: list[tuple[str, Any]]) -> None:
    company = services.records.create(Kind.COMPANY, {"name": "甲"})
    person = services.records.create(Kind.PERSON, {"name": "王芳", "company": company})
    services.records.update(
        Kind.PERSON, person, {"notes": "x", "mobile": ("13800000000",), "tags": ("vip",)}
    )
    services.activities.log(Ref(Kind.PERSON, person, ""), "called")
    services.records.create(Kind.OPPORTUNITY, {"title": "单", "company": company})
    services.records.trash(Kind.PERSON, [person])
    about_journal = [each for each in asked if "journal_change" in each[0]]
    assert len(about_journal) > 20
    walked = []
    with services.book.write("gesture.noted", origin="system") as writing:
        execute = writing.session.connection().exec_driver_sql
        for statement, values in about_journal:
            if not statement.lstrip().upper().startswith(("SELECT", "UPDATE", "INSERT", "WITH")):
                continue
            for *_, detail in execute(f"EXPLAIN QUERY PLAN {statement}", values or ()):
                if _BY_TABLE in detail or _SPANS_BY_TABLE in detail or "SCAN journal" in detail:
                    walked.append((detail, statement))
    assert walked == []
