"""Numbers of documents: by the firm's pattern, each given once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.services.house import Services


def number(services: Services, quote_id: int) -> str:
    return str(services.records.card(Kind.QUOTE, quote_id).values["number"])


def test_numbers_count_up_by_kind(services: Services) -> None:
    numbers = [number(services, services.quotes.create({})) for _ in range(3)]
    assert numbers == ["Q-2026-0001", "Q-2026-0002", "Q-2026-0003"]
    contract = services.contracts.create({})
    assert services.records.card(Kind.CONTRACT, contract).ref.title == "C-2026-0001"


def test_the_next_number_is_told_before_it_is_given(services: Services) -> None:
    services.quotes.create({})
    told = services.quotes.next_number()
    assert told == services.quotes.next_number() == "Q-2026-0002"
    assert number(services, services.quotes.create({})) == told


def test_an_undone_number_is_never_given_again(services: Services) -> None:
    services.quotes.create({})
    services.history.undo()
    second = services.quotes.create({})
    assert number(services, second) == "Q-2026-0002"
    services.history.undo()
    services.history.redo()
    assert number(services, second) == "Q-2026-0002"
    assert number(services, services.quotes.create({})) == "Q-2026-0003"


def test_a_refused_quote_uses_no_number(services: Services) -> None:
    with pytest.raises(Refused, match="unknown_currency"):
        services.quotes.create({"currency": "XXX"})
    assert number(services, services.quotes.create({})) == "Q-2026-0001"


def test_numbers_that_came_by_import_are_passed_over(services: Services) -> None:
    services.records.create(Kind.QUOTE, {"number": "Q-2026-0001", "title": "Old"})
    services.records.create(Kind.QUOTE, {"number": "Q-2026-0002", "title": "Older"})
    assert services.quotes.next_number() == "Q-2026-0003"
    assert number(services, services.quotes.create({})) == "Q-2026-0003"


def test_each_year_has_its_own_series(services: Services, clock: FixedClock) -> None:
    services.quotes.create({})
    clock.moment = datetime(2027, 1, 4, 1, tzinfo=UTC)
    assert number(services, services.quotes.create({})) == "Q-2027-0001"


def test_a_pattern_without_the_year_counts_on(services: Services, clock: FixedClock) -> None:
    services.business.set_trade(quote_number="BJ{number:03}")
    assert number(services, services.quotes.create({})) == "BJ001"
    clock.moment = datetime(2027, 1, 4, 1, tzinfo=UTC)
    assert number(services, services.quotes.create({})) == "BJ002"


def test_a_pattern_without_a_number_is_refused(services: Services) -> None:
    services.business.set_trade(quote_number="Q-{year}")
    with pytest.raises(Refused):
        services.quotes.create({})
