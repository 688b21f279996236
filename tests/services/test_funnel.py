"""The funnel is what the opportunities and their log say, whatever was done to them."""

from __future__ import annotations

import gzip
import re
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from crm_desktop.data import funnel, sample
from crm_desktop.data.session import Session
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.paths import Home
from crm_desktop.services.dumps import dump, make_book
from crm_desktop.services.house import Services, open_book
from tests.fixtures.make import CLOCK, HERE

Act = Callable[[Services, int, int], object]
START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def deal(services: Services, number: int) -> int:
    ids = services.records.ids(Kind.OPPORTUNITY)
    if not len(ids):
        raise Refused("record.gone")
    return ids[number % len(ids)]


def create(s: Services, a: int, b: int) -> None:
    stages = s.opportunities.stages()
    values: dict[str, Any] = {"title": f"{a}", "amount": None if a % 5 == 0 else Decimal(b) / 4}
    values["stage"] = stages[b % len(stages)].id
    s.records.create(Kind.OPPORTUNITY, values | ({"currency": "USD"} if a % 3 == 0 else {}))


def move(s: Services, a: int, b: int) -> None:
    stages = s.opportunities.stages()
    s.opportunities.move(deal(s, a), stages[b % len(stages)].id)


def change(s: Services, a: int, b: int) -> None:
    values = ({"amount": Decimal(b)}, {"currency": "EUR"}, {"amount": None}, {"title": f"{b}"})
    s.records.update(Kind.OPPORTUNITY, deal(s, a), values[b % 4])


def trash(s: Services, a: int, _b: int) -> None:
    s.records.trash(Kind.OPPORTUNITY, deal(s, a))


def restore(s: Services, a: int, _b: int) -> None:
    trashed = s.records.trashed()
    if trashed:
        s.records.restore(Kind.OPPORTUNITY, trashed[a % len(trashed)].ref.id)


def undo(s: Services, _a: int, _b: int) -> None:
    s.history.undo()


def redo(s: Services, _a: int, _b: int) -> None:
    s.history.redo()


def erase(s: Services, a: int, _b: int) -> None:
    s.erasing.erase([Ref(Kind.OPPORTUNITY, deal(s, a))])


def rewrite(s: Services, a: int, b: int) -> None:
    """What no service does, but an older journal may bring back: another past."""
    with s.book.write("gesture.noted") as writing:
        last = s.clock.now()
        sample.spread_stages(writing.session, deal(s, a), last - timedelta(days=b, hours=a), last)


ACTS: tuple[Act, ...] = (
    create, create, move, move, move, change, trash, restore, undo, undo, redo, erase, rewrite,
)  # fmt: skip
steps = st.lists(
    st.tuples(st.integers(0, len(ACTS) - 1), st.integers(0, 19), st.integers(0, 19)),
    min_size=3,
    max_size=20,
)


def kept(session: Session) -> tuple[list[Any], list[Any]]:
    """Both tables, row by row."""
    ways, stays = (
        session.connection().exec_driver_sql(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
        for table in ("opportunity_ways", "stage_stays")
    )
    return [tuple(row) for row in ways], [tuple(row) for row in stays]


def assert_as_counted_anew(services: Services) -> None:
    with services.book.write("gesture.noted", origin="system") as writing:
        before = kept(writing.session)
        funnel.rebuild(writing.session.connection())
        assert kept(writing.session) == before


# The same numbers straight from the log, the slow way.
REACHED = (
    "SELECT o.id, o.currency, coalesce(o.amount, 0), l.to_id FROM opportunities AS o"
    " JOIN stage_log AS l ON l.opportunity_id = o.id"
    " WHERE o.trashed_at IS NULL AND o.created_at >= :since AND o.created_at < :until"
)
STAYED = (
    "SELECT to_id, avg(coalesce(next, :now) - at) / 86400 FROM (SELECT l.to_id,"
    " unixepoch(l.at, 'subsec') AS at, lead(unixepoch(l.at, 'subsec'))"
    " OVER (PARTITION BY l.opportunity_id ORDER BY l.at, l.id) AS next"
    " FROM opportunities AS o JOIN stage_log AS l ON l.opportunity_id = o.id"
    " WHERE o.trashed_at IS NULL AND o.created_at >= :since AND o.created_at < :until)"
    " GROUP BY to_id"
)


def assert_as_in_the_log(
    services: Services, since: datetime | None, until: datetime | None = None
) -> None:
    steps = services.opportunities.funnel(since=since, until=until)
    places = {step.stage.id: place for place, step in enumerate(steps)}
    first = since.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if since else ""
    last = until.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if until else "9"
    asked = {"since": first, "until": last, "now": services.clock.now().timestamp()}
    farthest: dict[int, int] = {}
    amounts: dict[int, tuple[str, Decimal]] = {}
    with services.book.read() as session:
        execute = session.connection().exec_driver_sql
        for record_id, currency, amount, stage in execute(REACHED, asked):
            amounts[record_id] = (currency, Decimal(amount) / 100)
            if stage in places:
                farthest[record_id] = max(farthest.get(record_id, 0), places[stage])
        days = {stage: average for stage, average in execute(STAYED, asked)}
    for place, step in enumerate(steps):
        ids = sorted(one for one, far in farthest.items() if far >= place)
        sums: dict[str, Decimal] = {}
        for one in ids:
            currency, amount = amounts[one]
            sums[currency] = sums.get(currency, Decimal(0)) + amount
        assert (list(step.ids), step.count, step.sums) == (ids, len(ids), sums)
        if step.average_days is not None:
            assert step.average_days == pytest.approx(days[step.stage.id], abs=1e-6)


@settings(max_examples=25)
@given(steps)
def test_after_any_acts_the_funnel_is_a_recount(fresh_book: Path, moves: list[Any]) -> None:
    clock = FixedClock(START, "Asia/Shanghai")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.crm"
        shutil.copy(fresh_book, path)
        with open_book(path, clock) as book:
            services = Services(book, clock, Home.at(Path(folder)))
            for act, first, second in moves:
                clock.moment += timedelta(hours=7, minutes=second, milliseconds=first)
                try:
                    ACTS[act](services, first, second)
                except Refused:
                    continue
                assert_as_counted_anew(services)
            for since in (None, START, START + timedelta(hours=20), START + timedelta(days=2)):
                assert_as_in_the_log(services, since)
                for hours in (3, 20, 60):
                    until = (since or START) + timedelta(hours=hours)
                    assert_as_in_the_log(services, since, until)


@pytest.fixture
def sold(services: Services) -> Services:
    services.sample.fill("zh")
    assert any(step.count for step in services.opportunities.funnel())
    return services


def test_the_sample_is_counted(sold: Services) -> None:
    assert_as_counted_anew(sold)
    for since in (None, sold.clock.now() - timedelta(days=40, hours=5)):
        assert_as_in_the_log(sold, since)


def test_a_book_made_of_json_has_the_same_funnel(sold: Services, tmp_path: Path) -> None:
    dump(sold.book, tmp_path / "book.json")
    assert '"stage_stays"' not in (tmp_path / "book.json").read_text("utf-8")
    make_book(tmp_path / "book.json", tmp_path / "copy.crm", sold.clock)
    with open_book(tmp_path / "copy.crm", sold.clock) as book:
        again = Services(book, sold.clock, Home.at(tmp_path))
        assert again.opportunities.funnel() == sold.opportunities.funnel()


def test_an_older_book_is_counted_when_it_is_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "book.crm"
    path.write_bytes(gzip.decompress((HERE / "book_0004.crm.gz").read_bytes()))
    with open_book(path, CLOCK) as book:
        services = Services(book, CLOCK, Home.at(tmp_path))
        assert any(step.count for step in services.opportunities.funnel())
        assert_as_counted_anew(services)
        assert_as_in_the_log(services, None)
        assert services.history.undoable() is not None  # what is derived closes no history


def test_the_funnel_reads_no_rows_but_those_of_its_first_day(sold: Services) -> None:
    seen: list[tuple[str, Any]] = []
    event.listen(
        sold.book._readers,
        "before_cursor_execute",
        lambda _c, _u, statement, args, _x, _m: seen.append((statement, args)),
    )
    sold.opportunities.funnel(since=START, until=START + timedelta(days=9))
    asked = [pair for pair in seen if "opportunity_ways" in pair[0]]
    assert len(asked) == 2
    with sold.book.read() as session:
        for statement, args in asked:
            rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", args)
            steps = [str(row[3]) for row in rows]
            for step in steps:
                assert "stage_log" not in step, steps
                if re.match(r"(SCAN|SEARCH) (opportunity_ways|opportunities|[onw])\b", step):
                    by_id = "PRIMARY KEY" in step and "stage_stays" in statement
                    assert "COVERING INDEX" in step or by_id, steps
                assert not step.startswith("SCAN stage_stays"), steps
