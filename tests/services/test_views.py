"""Saved views: kept, renamed, replaced, ordered, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from crm_desktop.domain.due import Due
from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.queries import Condition, Group, Op, Query
from crm_desktop.domain.spans import Span
from crm_desktop.domain.views import View
from crm_desktop.services.house import Services

SILENT = View(
    Query(
        where=Group(
            (
                Condition("last_contact", Op.NOT_WITHIN, 30),
                Group((Condition("name", Op.CONTAINS, "a"), Condition("city", Op.EMPTY)), True),
            )
        ),
        order=(("name", True),),
    ),
    ("name", "mobile"),
    {"name": 210},
)
BIG = View(Query().also(Condition("amount", Op.AFTER, Decimal("1000.50"))))


def names(services: Services) -> list[str]:
    return [view.name for view in services.views.all()]


def test_a_view_is_read_as_it_was_saved(services: Services) -> None:
    view_id = services.views.add(Kind.OPPORTUNITY, " Big  deals ", BIG)
    found = services.views.find(view_id)
    assert found is not None
    assert (found.kind, found.name, found.view) == (Kind.OPPORTUNITY, "Big deals", BIG)
    assert services.views.of(Kind.PERSON) == []


def test_each_change_is_one_step_back(services: Services) -> None:
    views = services.views
    first = views.add(Kind.COMPANY, "Silent", View())
    second = views.add(Kind.COMPANY, "Key accounts", View())
    views.reorder([second, first])
    assert names(services) == ["Key accounts", "Silent"]
    views.rename(first, "Silent 30 d")
    views.replace(first, View(columns=("name", "city")))
    views.remove(first)
    assert names(services) == ["Key accounts"]
    assert services.history.undoable() is not None
    services.history.undo()
    found = views.find(first)
    assert found is not None
    assert found.view.columns == ("name", "city")
    services.history.undo()
    again = views.find(first)
    assert again is not None
    assert again.view == View()
    services.history.undo()
    assert names(services) == ["Key accounts", "Silent"]
    services.history.undo()
    assert names(services) == ["Silent", "Key accounts"]
    services.history.redo()
    assert names(services) == ["Key accounts", "Silent"]


def test_names_are_there_and_unique_within_a_kind(services: Services) -> None:
    views = services.views
    kept = views.add(Kind.PERSON, "Mine", View())
    views.add(Kind.COMPANY, "Mine", View())
    other = views.add(Kind.PERSON, "Others", View())
    with pytest.raises(Refused) as empty:
        views.add(Kind.PERSON, "  ", View())
    assert empty.value.key == "views.name_empty"
    with pytest.raises(Refused) as taken:
        views.rename(other, "MINE")
    assert taken.value.key == "views.name_taken"
    views.rename(kept, "mine")
    with pytest.raises(Refused) as unknown:
        views.named(Kind.PERSON, "nobody's")
    assert unknown.value.args_for_words["known"] == "mine, Others"
    assert views.named(Kind.PERSON, "OTHERS").id == other


def test_what_is_gone_is_refused(services: Services) -> None:
    view_id = services.views.add(Kind.PERSON, "Mine", View())
    services.views.remove(view_id)
    assert services.views.find(view_id) is None
    late: Callable[[], object]
    for late in (
        lambda: services.views.rename(view_id, "x"),
        lambda: services.views.replace(view_id, View()),
        lambda: services.views.remove(view_id),
    ):
        with pytest.raises(Refused, match=r"record\.gone"):
            late()


def test_a_view_outlives_the_fields_it_names(services: Services) -> None:
    services.custom.add(Kind.PERSON, "Hobby", FieldType.TEXT)
    key = next(f.key for f in services.records.fields(Kind.PERSON) if f.custom)
    both = Group((Condition(key, Op.IS, "golf"), Condition("name", Op.IS, "A")), True)
    query = Query(where=Group((both, Condition(key, Op.FILLED))), order=((key, False),))
    view_id = services.views.add(Kind.PERSON, "Golf", View(query, ("name", key), {key: 90}))
    services.custom.remove(Kind.PERSON, key)
    found = services.views.find(view_id)
    assert found is not None
    assert found.view.columns == ("name",)
    assert found.view.query.order == ()
    assert found.view.query.where == Group((Group((Condition("name", Op.IS, "A"),), True),))
    assert services.records.count(Kind.PERSON, found.view.query) == 0


def test_silence_counts_those_never_met(services: Services) -> None:
    records = services.records
    met, never = (records.create(Kind.PERSON, {"name": name}) for name in ("Ada", "Bea"))
    call = services.lists.by_code("activity_type", "call").id
    records.create(
        Kind.ACTIVITY,
        {
            "subject": "Call",
            "type": call,
            "state": "done",
            "person": met,
            "done_at": datetime(2026, 11, 19, 2, tzinfo=UTC),
        },
    )
    silent = Query().also(Condition("last_contact", Op.NOT_WITHIN, 30))
    assert list(records.ids(Kind.PERSON, silent)) == [never]
    month = Query().also(Condition("last_contact", Op.DURING, Span.THIS_MONTH.value))
    assert list(records.ids(Kind.PERSON, month)) == [met]


@pytest.mark.parametrize("span", list(Span))
def test_spans_reach_every_kind_of_day(services: Services, span: Span) -> None:
    first, last = span.days(services.clock.today())
    records = services.records
    call = services.lists.by_code("activity_type", "call").id
    made = {}
    for day in {first - timedelta(days=1), first, last, last + timedelta(days=1)}:
        values = {"subject": "x", "type": call, "state": "planned"}
        values["due"] = Due(day, None, "Asia/Shanghai")
        made[day] = records.create(Kind.ACTIVITY, values)
    found = records.ids(Kind.ACTIVITY, Query().also(Condition("due", Op.DURING, span.value)))
    assert set(found) == {made[first], made[last]}


def test_every_day_field_can_be_asked_for_a_span(services: Services) -> None:
    days = (FieldType.DATE, FieldType.STAMP, FieldType.DUE, FieldType.NEXT_STEP)
    for kind in (Kind.PERSON, Kind.COMPANY, Kind.OPPORTUNITY, Kind.QUOTE, Kind.TICKET):
        for field in services.records.fields(kind):
            if field.type in days:
                query = Query().also(Condition(field.key, Op.DURING, "this_month"))
                assert services.records.count(kind, query) == 0, field.key


def test_what_spans_mean_on_a_friday_in_november() -> None:
    today = date(2026, 11, 20)
    meant = {
        "today": ("2026-11-20", "2026-11-20"),
        "this_week": ("2026-11-16", "2026-11-22"),
        "last_week": ("2026-11-09", "2026-11-15"),
        "next_week": ("2026-11-23", "2026-11-29"),
        "this_month": ("2026-11-01", "2026-11-30"),
        "last_month": ("2026-10-01", "2026-10-31"),
        "next_month": ("2026-12-01", "2026-12-31"),
        "this_quarter": ("2026-10-01", "2026-12-31"),
        "last_quarter": ("2026-07-01", "2026-09-30"),
        "this_year": ("2026-01-01", "2026-12-31"),
        "last_year": ("2025-01-01", "2025-12-31"),
    }
    assert {s.value: tuple(map(str, s.days(today))) for s in Span} == meant
    assert Span.LAST_MONTH.days(date(2027, 1, 31)) == (date(2026, 12, 1), date(2026, 12, 31))
    assert Span.NEXT_MONTH.days(date(2026, 12, 31)) == (date(2027, 1, 1), date(2027, 1, 31))
