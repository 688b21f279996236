"""Today: the seven panels on real rows; every number opens exactly its rows."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.dialects import sqlite

from crm_desktop.data import today as rows
from crm_desktop.domain.agenda import Section
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.today import month_of, percent_change, same_days_before
from crm_desktop.services.house import Services
from crm_desktop.words import Words

ZONE = "Asia/Shanghai"


def due(day: date, at: time | None = None) -> Due:
    return Due(day, at, ZONE)


def customer(services: Services, name: str, code: str = "customer") -> int:
    lifecycle = services.lists.by_code("lifecycle", code).id
    return services.records.create(Kind.COMPANY, {"name": name, "lifecycle": lifecycle})


def test_a_new_book_has_nothing_to_do(services: Services) -> None:
    panels = services.today.panels()
    assert panels.attention == ()
    assert panels.birthdays == ()
    assert panels.actions.overdue.count == panels.actions.today.count == 0
    assert panels.month.this.won == {}
    assert set(services.today.badges().by_name().values()) == {0}


def test_a_week_beside_the_one_before(services: Services, clock: FixedClock) -> None:
    today = clock.today()
    assert today.isoweekday() == 5
    about = Ref(Kind.COMPANY, customer(services, "Somebody"))
    services.activities.log(about, "this week", type_code="call")
    services.activities.log(about, "too", type_code="visit")
    stage = {item.code: item.id for item in services.lists.items("stage")}
    for title, code, amount in (("A", "won", 300), ("B", "lost", 200)):
        made = services.records.create(
            Kind.OPPORTUNITY, {"title": title, "amount": Decimal(amount)}
        )
        services.opportunities.move(made, stage[code])
    week = services.today.week()
    assert (week.this.first, week.this.last) == (today - timedelta(days=4), today + timedelta(2))
    # Friday is compared with Monday to Friday, not with a whole week.
    assert (week.before.first, week.before.last) == (
        today - timedelta(days=11),
        today - timedelta(days=7),
    )
    assert (week.this.calls, week.this.visits, week.this.won) == (1, 1, {"CNY": Decimal(300)})
    assert sorted(item.subject for item in week.done.items) == ["this week", "too"]
    assert [(d.title, d.state, d.amount) for d in week.decided] == [
        ("A", "won", Decimal(300)),
        ("B", "lost", Decimal(200)),
    ]


@pytest.mark.parametrize("distance", range(-3, 10))
@pytest.mark.parametrize("put_off", [None, -1, 0, 1, 2, 7, 8])
def test_headings_are_those_of_the_agenda(
    services: Services, clock: FixedClock, distance: int, put_off: int | None
) -> None:
    today = clock.today()
    activity = services.activities.plan(None, "x", due(today + timedelta(days=distance)))
    if put_off is not None:
        services.activities.snooze(activity, today + timedelta(days=put_off))
    section = services.activities.item(activity).section(today)
    with services.book.read() as session:
        found = rows.open_by_section(session, today)
    if section is Section.LATER:
        assert not any(found.values())
    else:
        week = Section.WEEK if section is Section.TOMORROW else section
        assert found[week] == [activity]


def test_actions_around_midnight(services: Services, clock: FixedClock) -> None:
    services.activities.plan(None, "today", due(date(2026, 11, 20)))
    clock.moment = datetime(2026, 11, 20, 15, 59, tzinfo=UTC)  # 23:59 in Shanghai
    assert services.today.actions().today.count == 1
    clock.moment = datetime(2026, 11, 20, 16, 1, tzinfo=UTC)
    assert services.today.actions().today.count == 0
    assert services.today.actions().overdue.count == 1
    assert services.today.badges().today == 1


def test_done_today_counts_from_local_midnight(services: Services, clock: FixedClock) -> None:
    company = Ref(Kind.COMPANY, customer(services, "A"))
    services.activities.log(company, "early", when=datetime(2026, 11, 19, 16, 30, tzinfo=UTC))
    services.activities.log(company, "yesterday", when=datetime(2026, 11, 19, 15, tzinfo=UTC))
    assert services.today.actions().done_today == 1


def test_what_needs_attention(services: Services, clock: FixedClock) -> None:
    today = clock.today()
    acme, silent, fresh = (customer(services, name) for name in ("A", "B", "C"))
    customer(services, "a lead is not a customer", "lead")
    log = services.activities.log
    log(Ref(Kind.COMPANY, acme), "now", "call")
    log(Ref(Kind.COMPANY, silent), "x", "call", when=clock.now() - timedelta(days=31))
    log(Ref(Kind.COMPANY, fresh), "x", "call", when=clock.now() - timedelta(days=29))
    private = services.records.create(
        Kind.PERSON,
        {
            "name": "P",
            "lifecycle": services.lists.by_code("lifecycle", "loyal").id,
            "birthday": Birthday(11, 18),
        },
    )
    log(Ref(Kind.PERSON, private), "x", "call", when=clock.now() - timedelta(days=90))
    services.records.create(Kind.OPPORTUNITY, {"title": "no step", "company": acme})
    planned = services.records.create(Kind.OPPORTUNITY, {"title": "step", "company": acme})
    services.activities.plan(Ref(Kind.OPPORTUNITY, planned), "next", due(today))
    services.tickets.open({"subject": "late", "promised_by": today - timedelta(days=1)})
    services.tickets.open({"subject": "in time", "promised_by": today})
    found = {item.code: item for item in services.today.attention()}
    assert {code: item.count for code, item in found.items()} == {
        "tickets_late": 1,
        "opportunities_without_step": 1,
        "tickets_without_step": 2,
        "companies_silent": 1,
        "people_silent": 1,
        "birthdays_missed": 1,
    }
    for item in found.values():
        ids = services.records.ids(item.rows.kind, item.rows.query)
        assert len(ids) == item.count
    assert list(services.records.ids(Kind.COMPANY, found["companies_silent"].rows.query)) == [
        silent
    ]
    services.birthdays.greet(private, "late but dear")
    assert "birthdays_missed" not in {item.code for item in services.today.attention()}


def test_quotes_and_contracts_need_attention(services: Services, clock: FixedClock) -> None:
    today = clock.today()
    with services.book.write("gesture.created") as writing:
        for values in (
            {"state": "sent", "valid_until": today + timedelta(days=7), "sent_at": clock.now()},
            {"state": "sent", "valid_until": today + timedelta(days=8), "sent_at": clock.now()},
            {"state": "sent", "sent_at": clock.now() - timedelta(days=7)},
            {"state": "accepted", "valid_until": today},
        ):
            services.records.insert(writing.session, Kind.QUOTE, {"title": "q", **values})
        for days, state in ((30, "in_force"), (31, "in_force"), (5, "draft")):
            values = {"title": "c", "state": state, "end": today + timedelta(days=days)}
            services.records.insert(writing.session, Kind.CONTRACT, values)
    found = {item.code: item.count for item in services.today.attention()}
    assert found["quotes_expiring"] == 1
    assert found["quotes_unanswered"] == 1
    assert found["contracts_ending"] == 1


@pytest.mark.parametrize("trashed", [False, True])
@pytest.mark.parametrize("recorded", [0, 40])
@pytest.mark.parametrize("touches", [(), (1,), (40,), (1, 40), (30,), (29,)])
def test_the_fast_count_of_the_silent_is_that_of_the_list(
    services: Services, clock: FixedClock, touches: tuple[int, ...], recorded: int, trashed: bool
) -> None:
    now = clock.now()
    clock.moment = now - timedelta(days=recorded)
    company = customer(services, "A")
    clock.moment = now
    made = [
        services.activities.log(Ref(Kind.COMPANY, company), "x", when=now - timedelta(days=days))
        for days in touches
    ]
    if trashed and made:
        services.records.trash(Kind.ACTIVITY, made[0])
    item = services.today._silent("x", Kind.COMPANY, clock.today())
    assert item.count == services.records.count(Kind.COMPANY, item.rows.query)


def test_the_silent_are_counted_by_the_latest_touches(services: Services) -> None:
    for kind in (Kind.COMPANY, Kind.PERSON):
        statement = rows.silent_statement(kind, [1, 2], date(2026, 10, 21))
        compiled = statement.compile(
            dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}
        )
        with services.book.read() as session:
            plan = [
                str(row[3])
                for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}")
            ]
        index = "ix_activities_state_done_at_type_id_trashed_at (state=? AND done_at>?)"
        assert any(index in line for line in plan), plan
        assert not any(line.startswith("SCAN activities") for line in plan), plan
        assert not any("SCAN people" in line or "SCAN companies" in line for line in plan), plan
        own = [line for line in plan if line.startswith("SEARCH companies")]
        assert all("COVERING INDEX" in line for line in own), plan


def test_no_panel_looks_at_every_activity(services: Services) -> None:
    seen: list[tuple[str, Any]] = []
    event.listen(
        services.book._readers,
        "before_cursor_execute",
        lambda _c, _u, statement, args, _x, _m: seen.append((statement, args)),
    )
    services.today.panels()
    services.today.badges()
    tables = ("activities", "people", "companies", "opportunities")
    with services.book.read() as session:
        for statement, args in [pair for pair in seen if pair[0].startswith("SELECT")]:
            explained = session.connection().exec_driver_sql(
                f"EXPLAIN QUERY PLAN {statement}", args
            )
            steps = [str(row[3]) for row in explained]
            scans = [s for s in steps if s in [f"SCAN {table}" for table in tables]]
            # The newest few: back from the end of the table, until there are enough.
            newest = "id DESC" in statement and "LIMIT" in statement
            assert not scans or (newest and len(steps) == 1), (statement, steps)


def test_this_month_beside_the_last(services: Services, clock: FixedClock) -> None:
    company = Ref(Kind.COMPANY, customer(services, "A"))

    def log(day: str, code: str) -> None:
        when = datetime.fromisoformat(f"{day}T04:00:00+00:00")
        services.activities.log(company, "x", code, when=when)

    for day, code in (
        ("2026-11-02", "call"),
        ("2026-11-19", "visit"),
        ("2026-11-19", "courtesy"),
        ("2026-10-20", "call"),
        ("2026-10-21", "call"),
        ("2026-09-30", "call"),
    ):
        log(day, code)
    won = services.records.create(
        Kind.OPPORTUNITY, {"title": "o", "company": company.id, "amount": "100.50"}
    )
    services.opportunities.win(won)
    month = services.today.month()
    assert (month.this.calls, month.this.visits, month.this.activities) == (1, 2, 3)
    assert (month.before.calls, month.last_month.calls) == (1, 2)
    assert month.this.won == {"CNY": Decimal("100.50")}
    assert month.this.new_customers == 1
    counts = {
        "won": month.this.won_count,
        "calls": month.this.calls,
        "visits": month.this.visits,
        "activities": month.this.activities,
        "quotes_sent": month.this.quotes_sent,
        "new_customers": month.this.new_customers,
    }
    for name, place in month.rows.items():
        assert services.records.count(place.kind, place.query) == counts[name], name


def test_recent_people_are_told_apart_whether_opened_or_new(services: Services) -> None:
    company = customer(services, "恒远")
    ids = [
        services.records.create(Kind.PERSON, {"name": name, "company": company})
        for name in ("张伟", "李娜")
    ]
    services.search.seen(Ref(Kind.PERSON, ids[0]))
    recent = services.today.panels().recent_people
    assert [(one.ref.title, one.subtitle) for one in recent] == [("张伟", "恒远"), ("李娜", "恒远")]


def test_recent_ones_first_then_the_newest(services: Services) -> None:
    first, second, third = (customer(services, name) for name in "ABC")
    services.search.seen(Ref(Kind.COMPANY, first))
    found = [row.ref.id for row in services.today.panels().recent_companies]
    assert found == [first, third, second]


def test_notices(services: Services, clock: FixedClock) -> None:
    board = services.notices
    first = board.add("  Fair in May ")
    board.add("until today", clock.today())
    with pytest.raises(Refused):
        board.add(" ")
    assert [notice.text for notice in board.current()] == ["until today", "Fair in May"]
    clock.moment += timedelta(days=1)
    assert [notice.text for notice in board.current()] == ["Fair in May"]
    board.change(first, "Fair in June")
    board.remove(first)
    assert board.current() == []
    services.history.undo()
    assert [notice.text for notice in board.current()] == ["Fair in June"]


def test_days_of_comparison() -> None:
    assert month_of(date(2028, 2, 29)) == (date(2028, 2, 1), date(2028, 2, 29))
    assert month_of(date(2026, 12, 31)) == (date(2026, 12, 1), date(2026, 12, 31))
    assert same_days_before(date(2026, 3, 31)) == (date(2026, 2, 1), date(2026, 2, 28))
    assert same_days_before(date(2026, 1, 5)) == (date(2025, 12, 1), date(2025, 12, 5))
    assert percent_change(112, 100) == 12
    assert percent_change(Decimal("0.5"), Decimal(1)) == -50
    assert percent_change(3, 0) is None


def test_every_attention_has_words(services: Services, clock: FixedClock) -> None:
    codes = [item.code for item in services.today._attention()]
    for language in ("en", "zh"):
        words = Words(language)
        for code in codes:
            for count in (1, 2):
                assert str(count) in words.text(f"attention.{code}", count=count, days=7)


def test_a_timeline_looks_at_its_own_activities_alone(services: Services) -> None:
    company = Ref(Kind.COMPANY, customer(services, "A"))
    services.activities.log(company, "x")
    seen: list[tuple[str, Any]] = []
    event.listen(
        services.book._readers,
        "before_cursor_execute",
        lambda _c, _u, statement, args, _x, _m: seen.append((statement, args)),
    )
    assert services.timeline.of(company, limit=500)
    asked = [(statement, args) for statement, args in seen if "FROM activities" in statement]
    assert asked
    with services.book.read() as session:
        for statement, args in asked:
            explained = session.connection().exec_driver_sql(
                f"EXPLAIN QUERY PLAN {statement}", args
            )
            steps = [str(row[3]) for row in explained]
            assert any("ix_activities_company_id" in step for step in steps), steps
