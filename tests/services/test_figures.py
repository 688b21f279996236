"""Figures of a customer: nothing counts twice, every number opens its rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.figures import Part
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.services.house import Services


@pytest.fixture
def company(services: Services) -> int:
    return services.records.create(Kind.COMPANY, {"name": "恒远"})


def insert(services: Services, kind: Kind, **values: Any) -> int:
    with services.book.write("gesture.created") as writing:
        return services.records.insert(writing.session, kind, values)


def won(services: Services, company: int, amount: str = "100") -> int:
    values = {"title": "o", "company": company, "amount": amount}
    record = services.records.create(Kind.OPPORTUNITY, values)
    services.opportunities.win(record)
    return record


def quote(services: Services, company: int, **values: Any) -> int:
    # Imported papers bring their total without lines.
    return insert(
        services, Kind.QUOTE, company=company, title="q", **{"total": Decimal(90), **values}
    )


def contract(services: Services, company: int, **values: Any) -> int:
    return insert(
        services, Kind.CONTRACT, company=company, title="c", **{"total": Decimal(80), **values}
    )


def trade(services: Services, company: int) -> tuple[int, Decimal]:
    found = services.figures.of(Ref(Kind.COMPANY, company)).trade
    assert found.count == sum(part.count for part in found.parts)
    for part in found.parts:
        ids = services.records.ids(part.rows.kind, part.rows.query)
        assert len(ids) == part.count
    return found.count, sum(found.sums.values(), Decimal(0))


def test_each_paper_alone_counts(services: Services, company: int) -> None:
    won(services, company)
    quote(services, company, state="accepted")
    contract(services, company, state="signed")
    assert trade(services, company) == (3, Decimal(270))


def test_what_is_not_agreed_does_not_count(services: Services, company: int) -> None:
    services.records.create(Kind.OPPORTUNITY, {"title": "open", "company": company, "amount": "1"})
    quote(services, company, state="sent")
    contract(services, company, state="draft")
    assert trade(services, company) == (0, Decimal(0))


def test_the_accepted_quote_stands_for_its_opportunity(services: Services, company: int) -> None:
    opportunity = won(services, company)
    quote(services, company, state="accepted", opportunity=opportunity)
    quote(services, company, state="declined", opportunity=opportunity)
    assert trade(services, company) == (1, Decimal(90))


def test_the_contract_stands_for_quote_and_opportunity(services: Services, company: int) -> None:
    opportunity = won(services, company)
    accepted = quote(services, company, state="accepted", opportunity=opportunity)
    contract(services, company, state="in_force", quote=accepted)
    assert trade(services, company) == (1, Decimal(80))


def test_a_contract_of_an_opportunity_stands_for_its_quotes(
    services: Services, company: int
) -> None:
    opportunity = won(services, company)
    quote(services, company, state="accepted", opportunity=opportunity)
    contract(services, company, state="completed", opportunity=opportunity)
    assert trade(services, company) == (1, Decimal(80))


def test_a_draft_contract_stands_for_nothing(services: Services, company: int) -> None:
    accepted = quote(services, company, state="accepted", opportunity=won(services, company))
    contract(services, company, state="draft", quote=accepted)
    assert trade(services, company) == (1, Decimal(90))


def test_a_second_accepted_quote_counts_beside_the_contract_of_the_first(
    services: Services, company: int
) -> None:
    opportunity = won(services, company)
    first = quote(services, company, state="accepted", opportunity=opportunity)
    quote(services, company, state="accepted", opportunity=opportunity, total=Decimal(7))
    contract(services, company, state="signed", quote=first, opportunity=opportunity)
    assert trade(services, company) == (2, Decimal(87))


def test_trashed_papers_stand_for_nothing(services: Services, company: int) -> None:
    opportunity = won(services, company)
    accepted = quote(services, company, state="accepted", opportunity=opportunity)
    services.records.trash(Kind.QUOTE, accepted)
    assert trade(services, company) == (1, Decimal(100))


def test_currencies_stay_apart_and_the_last_day_is_known(
    services: Services, company: int, clock: FixedClock
) -> None:
    contract(services, company, state="signed", signed_on=date(2026, 5, 1), currency="USD")
    contract(services, company, state="signed", dated=date(2026, 4, 1))
    found = services.figures.of(Ref(Kind.COMPANY, company)).trade
    assert found.sums == {"USD": Decimal(80), "CNY": Decimal(80)}
    assert found.last == date(2026, 5, 1)
    won(services, company)
    assert services.figures.of(Ref(Kind.COMPANY, company)).trade.last == clock.today()


def test_money_and_contact_open_their_rows(services: Services, company: int) -> None:
    person = services.records.create(Kind.PERSON, {"name": "张伟", "company": company})
    services.activities.log(Ref(Kind.PERSON, person), "x", "call")
    services.activities.plan(Ref(Kind.PERSON, person), "y", None)
    services.records.create(Kind.OPPORTUNITY, {"title": "o", "person": person, "amount": "5"})
    quote(services, company, state="sent", person=person)
    ticket = services.tickets.open({"subject": "t", "person": person})
    services.tickets.open({"subject": "t2", "company": company})
    services.tickets.set_state(ticket, "closed")
    for ref in (Ref(Kind.COMPANY, company), Ref(Kind.PERSON, person)):
        found = services.figures.of(ref)
        money, contact = found.money, found.contact
        assert money.hoped.sums == {"CNY": Decimal(5)}
        assert money.offered.sums == {"CNY": Decimal(90)}
        assert (contact.activities.count, contact.planned.count) == (1, 1)
        assert contact.open_tickets.count == (1 if ref.kind is Kind.COMPANY else 0)
        assert contact.last_contact is not None
        parts: tuple[Part, ...] = (
            money.received,
            money.owed,
            money.overdue,
            money.expenses,
            money.offered,
        )
        parts += (money.hoped, contact.activities)
        for part in (*parts, contact.planned, contact.open_opportunities, contact.tickets):
            assert services.records.count(part.rows.kind, part.rows.query) == part.count


def test_only_customers_have_figures(services: Services) -> None:
    with pytest.raises(ValueError, match="no customer"):
        services.figures.of(Ref(Kind.PRODUCT, 1))
