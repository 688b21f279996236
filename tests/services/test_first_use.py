"""Services come to be when first asked for; what belongs to every write is there before."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.paths import Home
from crm_desktop.services.first_use import OnFirstUse
from crm_desktop.services.house import Services, open_book


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Services]:
    """Services nobody has asked for anything yet."""
    clock = Clock()
    made = Services(open_book(tmp_path / "book.crm", clock), clock, Home.at(tmp_path / "home"))
    yield made
    made.close()


class Whole:
    """Counts how often its part is made, and lets both threads in before it is."""

    def __init__(self) -> None:
        self.making = threading.RLock()
        self.made = 0
        self.both = threading.Barrier(2)

    @OnFirstUse
    def part(self) -> object:
        self.made += 1
        return object()

    @OnFirstUse
    def made_of_it(self) -> list[object]:
        return [self.part]

    def ask(self) -> object:
        self.both.wait(10)
        return self.part


def test_two_threads_that_ask_first_get_the_same_one() -> None:
    whole = Whole()
    with ThreadPoolExecutor(2) as threads:
        one, other = threads.map(lambda _: whole.ask(), range(2))
    assert one is other is whole.part
    assert whole.made == 1


def test_a_part_may_be_made_of_others() -> None:
    whole = Whole()
    assert whole.made_of_it == [whole.part]
    assert whole.made == 1


def test_nothing_of_paper_and_files_is_made_at_first(fresh: Services) -> None:
    assert not {"quotes", "imports", "exports", "attachments"} & vars(fresh).keys()
    assert fresh.quotes is fresh.quotes


def test_all_can_be_made_ahead(fresh: Services) -> None:
    lazy = {name for name, what in vars(Services).items() if isinstance(what, OnFirstUse)}
    assert len(lazy) > 20
    fresh.make_all()
    assert lazy <= vars(fresh).keys()


def test_the_rules_of_documents_hold_before_their_service_is_made(fresh: Services) -> None:
    company = fresh.records.create(Kind.COMPANY, {"name": "星湖机械"})
    quote = fresh.records.create(Kind.QUOTE, {"company": company})
    contract = fresh.records.create(Kind.CONTRACT, {"company": company})
    ticket = fresh.records.create(Kind.TICKET, {"subject": "轴承异响", "company": company})
    deal = fresh.records.create(Kind.OPPORTUNITY, {"title": "二期", "company": company})
    for kind, record_id in ((Kind.QUOTE, quote), (Kind.CONTRACT, contract), (Kind.TICKET, ticket)):
        assert fresh.records.card(kind, record_id).values["number"]
    assert fresh.records.card(Kind.OPPORTUNITY, deal).values["stage"] is not None
    with pytest.raises(Refused):
        fresh.records.update(Kind.COMPANY, company, {"parent": company})
    assert not {"quotes", "contracts"} & vars(fresh).keys()
