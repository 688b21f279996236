"""Sample data: what every page needs to show something, removed without a trace."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import RECORD_KINDS, Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.text import clean
from crm_desktop.services.house import Services


def counts(services: Services) -> dict[str, int]:
    return {kind.value: services.records.count(kind) for kind in RECORD_KINDS}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_filled_and_removed(services: Services, language: str) -> None:
    assert not services.sample.is_there()
    services.sample.fill(language)
    found = counts(services)
    wanted = {"person": 24, "company": 12, "opportunity": 8, "quote": 3, "ticket": 2}
    assert {kind: found[kind] for kind in wanted} == wanted
    assert services.sample.is_there()
    assert [tag.name for tag in services.tags.all()] == ["Sample" if language == "en" else "示例"]
    with pytest.raises(Refused):
        services.sample.fill(language)
    own = services.records.create(Kind.PERSON, {"name": "mine"})
    services.sample.remove()
    assert counts(services) == {**dict.fromkeys(found, 0), "person": 1}
    assert not services.sample.is_there()
    assert services.tags.all() == []
    assert services.notices.current() == []
    services.history.undo()
    assert services.sample.is_there()
    assert counts(services) == {**found, "person": 25}
    services.sample.remove()
    assert list(services.records.ids(Kind.PERSON)) == [own]
    services.sample.remove()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_panel_has_something(services: Services, language: str) -> None:
    services.sample.fill(language)
    panels = services.today.panels()
    assert any(row.birthday.lunar for row in panels.birthdays)
    assert any(row.days == 0 for row in panels.birthdays)
    actions = panels.actions
    assert (actions.overdue.count, actions.today.count, actions.week.count) == (2, 3, 4)
    assert len(panels.attention) >= 5
    assert panels.month.this.won_count == 1
    assert panels.notices
    assert all(column.cards for column in services.opportunities.board())
    states = {
        services.quotes.card(q).card.values["state"] for q in services.records.ids(Kind.QUOTE)
    }
    assert states == {"draft", "sent"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_filling_and_removing_are_one_gesture_each(services: Services, language: str) -> None:
    before = counts(services)
    services.sample.fill(language)
    full = counts(services)
    made = [one.title for one in services.history.gestures()]
    assert made == ["gesture.sample_filled", "gesture.book_made"]
    services.history.undo()
    assert counts(services) == before
    assert not services.sample.is_there()
    assert services.tags.all() == []
    services.history.redo()
    assert counts(services) == full
    services.sample.remove()
    assert services.history.gestures()[0].title == "gesture.sample_removed"
    services.history.undo()
    assert counts(services) == full


def test_a_quote_with_a_number_of_its_own_is_named_by_it(services: Services) -> None:
    services.quotes.create({"number": "Old-17", "title": "Spindle"})
    assert services.history.gestures()[0].args["name"] == "Old-17"


def test_its_numbers_do_not_use_up_those_of_the_firm(services: Services) -> None:
    services.sample.fill("en")
    ticket = services.tickets.open({"subject": "the first real one"})
    assert services.tickets.card(ticket).values["number"] == "T-0001"
    assert services.quotes.next_number().endswith("0001")


@pytest.mark.parametrize(
    "day", ["2026-01-01", "2027-03-01", "2028-02-29", "2026-12-31", "2033-12-22"]
)
def test_on_any_day_of_the_year(services: Services, clock: FixedClock, day: str) -> None:
    clock.moment = datetime.fromisoformat(day).replace(hour=4, tzinfo=UTC)
    services.sample.fill("zh")
    panels = services.today.panels()
    assert len(panels.birthdays) >= 3
    assert panels.month.this.won_count == 1
    clock.moment += timedelta(days=40)
    assert services.today.panels().attention


def test_texts_are_clean_and_in_one_language(services: Services) -> None:
    services.sample.fill("en")
    for kind in (Kind.PERSON, Kind.COMPANY, Kind.ACTIVITY, Kind.OPPORTUNITY, Kind.TICKET):
        for record_id in services.records.ids(kind):
            title = services.records.card(kind, record_id).ref.title
            assert title == clean(title)
            assert title.isascii()
