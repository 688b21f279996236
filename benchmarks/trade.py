"""A large book of trade for measuring reports and Today: ten years of sales and activities."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from benchmarks import books
from crm_desktop.data import funnel, journal, spans
from crm_desktop.data.book import Book
from crm_desktop.data.raw import insert_rows
from crm_desktop.data.tables import METADATA
from crm_desktop.data.types import MOMENT, stamp_text
from crm_desktop.domain.uid import uid7
from crm_desktop.services.house import Services

TODAY = date(2026, 11, 20)
DAYS = 3650
OPEN_STAGE = "quoted"
SEVERAL = 500
"""Activities of the one company whose record is opened."""


def made(count: int) -> Services:
    """A book with `count` opportunities and activities, and a company for each ten of them."""
    return books.kept("trade", count, _fill)


def _fill(book: Book, count: int) -> None:
    chance = random.Random(11)
    companies = count // 10
    moment = books.clock()
    services = Services(book, moment, books.HOME)
    stages = {item.code or "": item.id for item in services.opportunities.stages()}
    types = [item.id for item in services.lists.items("activity_type")]
    reasons = [item.id for item in services.lists.items("lost_reason")]
    levels = [item.id for item in services.lists.items("level")]
    trades = [item.id for item in services.lists.items("industry")]
    customer = services.lists.by_code("lifecycle", "customer").id
    with book.write("gesture.noted", origin="system") as writing:
        session = writing.session
        connection = session.connection()

        def put(table: str, rows: Iterator[dict[str, Any]]) -> None:
            first = next(rows)
            names = tuple(first)
            listed = (tuple(row.values()) for row in _again(first, rows))
            insert_rows(connection, METADATA.tables[table], names, listed)

        put("companies", _companies(companies, chance, levels, trades, customer))
        put("opportunities", _opportunities(count, companies, chance, stages, reasons))
        put("stage_log", _stage_log(count, chance, stages))
        put("activities", _activities(count, companies, chance, types))
        # Nothing is searched for here, and the sort keys are given: both would take an hour.
        journal.settle(session, 1, spans.newest(session))
        funnel.rebuild(connection)


def _again(first: dict[str, Any], rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield first
    yield from rows


def _stamps(number: int, count: int) -> dict[str, Any]:
    """What every record carries; recorded one after the other through the ten years."""
    moment = _moment(DAYS - DAYS * number // count)
    at = stamp_text(moment)
    return {"uid": uid7(moment), "version": 0, "created_at": at, "changed_at": at}


def _moment(days_ago: int) -> datetime:
    return MOMENT.get() - timedelta(days=days_ago, minutes=days_ago * 7 % 600)


def _companies(
    count: int, chance: random.Random, levels: list[int], trades: list[int], customer: int
) -> Iterator[dict[str, Any]]:
    for number in range(count):
        yield {
            **_stamps(number, count),
            "name": f"{chance.choice(books.GIVEN)}{number}有限公司",
            "sort_key": f"{number:08}",
            "level_id": chance.choice((*levels, None)),
            "industry_id": chance.choice((*trades, None)),
            "lifecycle_id": customer if number % 3 == 0 else None,
            "important": False,
        }


def _opportunities(
    count: int, companies: int, chance: random.Random, stages: dict[str, int], reasons: list[int]
) -> Iterator[dict[str, Any]]:
    for number in range(count):
        state = "open" if number % 50 == 0 else "won" if number % 5 < 3 else "lost"
        ago = min(chance.randint(0, 60), DAYS - DAYS * number // count)
        closed = TODAY - timedelta(days=DAYS - DAYS * number // count - ago)
        yield {
            **_stamps(number, count),
            "title": f"机床 {number}",
            "sort_key": f"{number:08}",
            "company_id": 1 + number % companies,
            "stage_id": stages[OPEN_STAGE if state == "open" else state],
            "state": state,
            "amount": chance.randint(10_000, 90_000_000),
            "currency": "USD" if number % 20 == 0 else "CNY",
            "closed_on": None if state == "open" else closed.isoformat(),
            "lost_reason_id": chance.choice(reasons) if state == "lost" else None,
        }


def _stage_log(
    count: int, chance: random.Random, stages: dict[str, int]
) -> Iterator[dict[str, Any]]:
    before = [stage for code, stage in stages.items() if code not in ("won", "lost")]
    for number in range(count):
        state = "open" if number % 50 == 0 else "won" if number % 5 < 3 else "lost"
        ago = DAYS - DAYS * number // count
        last = stages.get(state)
        way = [*before[: chance.randint(1, len(before))], *([last] if last else [])]
        for step, stage in enumerate(way):
            at = stamp_text(_moment(max(0, ago - step * 5)))
            yield {
                "opportunity_id": number + 1,
                "from_id": way[step - 1] if step else None,
                "to_id": stage,
                "at": at,
            }


def _activities(
    count: int, companies: int, chance: random.Random, types: list[int]
) -> Iterator[dict[str, Any]]:
    for number in range(count):
        planned = number % 200 == 0
        due = TODAY + timedelta(days=chance.randint(-5, 90)) if planned else None
        ago = DAYS - DAYS * number // count
        yield {
            **_stamps(number, count),
            "subject": f"联系 {number}",
            "type_id": chance.choice(types),
            "state": "planned" if planned else "done",
            "due_date": due.isoformat() if due else None,
            "done_at": None if planned else stamp_text(_moment(ago)),
            "company_id": 1 if number % (count // SEVERAL) == 1 else 2 + number % (companies - 1),
            "outcome": None if planned else "谈了交期",
        }
