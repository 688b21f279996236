"""Lists under headings: every field that can be grouped by, in step with the rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.domain.grouping import can_group
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Query, from_plain, only_known, to_plain
from crm_desktop.services.house import Services

KINDS = (Kind.PERSON, Kind.COMPANY, Kind.OPPORTUNITY, Kind.QUOTE, Kind.TICKET, Kind.ACTIVITY)


@pytest.mark.parametrize("kind", KINDS)
def test_each_heading_stands_over_exactly_its_rows(services: Services, kind: Kind) -> None:
    services.sample.fill("en")
    every = set(services.records.ids(kind))
    fields = [field for field in services.records.fields(kind) if can_group(kind, field)]
    assert fields
    for field in fields:
        for down in (False, True):
            query = Query(group=field.key, order=((field.key, down),))
            found = services.records.grouped(kind, query)
            assert set(found.ids) == every
            assert sum(group.count for group in found.groups) == len(every)
            at = 0
            for group in found.groups:
                ids = found.ids[at : at + group.count]
                at += group.count
                held = {row.values[0] for row in services.records.rows(kind, ids, (field.key,))}
                if field.type.value in ("text", "choice", "state", "link", "currency"):
                    assert held == {group.value}, field.key
                else:
                    assert all(bool(value) == bool(group.value) for value in held), field.key


def test_counts_and_sums_by_currency(services: Services) -> None:
    records = services.records
    won = services.lists.by_code("stage", "won").id
    lead = services.lists.by_code("stage", "lead").id
    for stage, amount, currency in (
        (lead, "10.50", "CNY"),
        (lead, "20", "USD"),
        (won, "7", "CNY"),
        (lead, "1", "CNY"),
    ):
        values = {"title": "t", "stage": stage, "amount": Decimal(amount), "currency": currency}
        records.create(Kind.OPPORTUNITY, values)
    found = records.grouped(Kind.OPPORTUNITY, Query(group="stage"), ("amount",))
    assert [(group.value, group.count) for group in found.groups] == [(lead, 3), (won, 1)]
    assert found.groups[0].sums == {"amount": {"CNY": Decimal("11.50"), "USD": Decimal(20)}}
    assert found.groups[1].sums == {"amount": {"CNY": Decimal(7)}}


def test_days_come_by_month_and_empty_ones_last(services: Services) -> None:
    for close in (date(2026, 12, 1), None, date(2026, 11, 2), date(2026, 11, 30)):
        services.records.create(Kind.OPPORTUNITY, {"title": "t", "expected_close": close})
    found = services.records.grouped(Kind.OPPORTUNITY, Query(group="expected_close"))
    shown = [(group.value, group.count) for group in found.groups]
    assert shown == [("2026-11", 2), ("2026-12", 1), (None, 1)]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cities=st.lists(st.sampled_from(["", "Suzhou", "suzhou", "苏州", " ", "A"]), max_size=12))
def test_any_cities(services: Services, cities: list[str]) -> None:
    present = list(services.records.ids(Kind.COMPANY))
    if present:
        services.records.trash(Kind.COMPANY, present)
    for number, city in enumerate(cities):
        services.records.create(Kind.COMPANY, {"name": f"Firm {number}", "city": city})
    found = services.records.grouped(Kind.COMPANY, Query(group="city"))
    at = 0
    for group in found.groups:
        for record_id in found.ids[at : at + group.count]:
            held = services.records.card(Kind.COMPANY, record_id).values["city"] or None
            assert held == group.value
        at += group.count
    assert at == len(cities) == len(found.ids)


def test_a_grouping_is_kept_with_a_view_and_dropped_with_its_field() -> None:
    query = Query(group="custom.area")
    assert from_plain(to_plain(query)) == query
    assert from_plain({"where": {"any": False, "of": []}}) == Query()  # older views have none
    assert only_known(query, {"name"}) == Query()
