"""Tickets: numbers, states and their moments, feedback, the board."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.services.house import Services


def test_numbers_are_never_used_again(services: Services) -> None:
    first = services.tickets.open({"subject": "a"})
    assert services.tickets.card(first).values["number"] == "T-0001"
    services.history.undo()
    second = services.tickets.open({"subject": "b"})
    assert services.tickets.card(second).values["number"] == "T-0002"


def test_numbers_that_came_by_import_are_passed_over(services: Services) -> None:
    services.tickets.open({"subject": "imported", "number": "T-0001"})
    new = services.tickets.open({"subject": "b"})
    assert services.tickets.card(new).values["number"] == "T-0002"


def test_the_company_comes_from_the_person(services: Services) -> None:
    company = services.records.create(Kind.COMPANY, {"name": "恒远"})
    person = services.records.create(Kind.PERSON, {"name": "张伟", "company": company})
    ticket = services.tickets.card(services.tickets.open({"subject": "a", "person": person}))
    assert ticket.values["company"].id == company
    assert ticket.values["state"] == "new"


def test_a_person_named_later_brings_the_company_where_there_is_none(services: Services) -> None:
    firms = [services.records.create(Kind.COMPANY, {"name": name}) for name in ("恒远", "海拓")]
    first, second = (
        services.records.create(Kind.PERSON, {"name": "张伟", "company": firm}) for firm in firms
    )
    ticket = services.tickets.open({"subject": "a"})

    def customer() -> tuple[int | None, int | None]:
        values = services.tickets.card(ticket).values
        return values["person"] and values["person"].id, values["company"] and values["company"].id

    services.records.update(Kind.TICKET, ticket, {"person": first})
    assert customer() == (first, firms[0])
    services.history.undo()
    assert customer() == (None, None)
    services.history.redo()
    services.records.update(Kind.TICKET, ticket, {"person": second})
    assert customer() == (second, firms[0])  # the one that is there stays
    services.records.update(Kind.TICKET, ticket, {"company": None, "person": first})
    assert customer() == (first, None)  # the user said so
    other = services.tickets.open({"subject": "b"})
    services.records.update(Kind.TICKET, [ticket, other], {"person": second})
    assert customer() == (second, None)


def test_moments_follow_the_state(services: Services, clock: FixedClock) -> None:
    ticket = services.tickets.open({"subject": "a"})
    solved = clock.now()
    services.tickets.solve(ticket, "new bearing")
    clock.moment += timedelta(days=2)
    services.tickets.set_state(ticket, "closed")
    values = services.tickets.card(ticket).values
    assert (values["solved_at"], values["closed_at"]) == (solved, clock.now())
    assert values["result"] == "new bearing"
    services.tickets.set_state(ticket, "waiting")
    values = services.tickets.card(ticket).values
    assert (values["solved_at"], values["closed_at"]) == (None, None)


def test_one_recorded_as_closed_has_its_moments(services: Services, clock: FixedClock) -> None:
    ticket = services.tickets.open({"subject": "a", "state": "closed"})
    values = services.tickets.card(ticket).values
    assert values["solved_at"] == values["closed_at"] == clock.now()


@pytest.mark.parametrize("satisfaction", [1, 2, 3, 4, 5])
def test_who_is_not_satisfied_is_not_finished_with(services: Services, satisfaction: int) -> None:
    ticket = services.tickets.open({"subject": "a"})
    services.tickets.solve(ticket)
    state = services.tickets.feed_back(ticket, satisfaction)
    assert state == ("in_progress" if satisfaction <= 2 else "fed_back")
    assert (services.tickets.card(ticket).values["solved_at"] is None) == (satisfaction <= 2)
    services.history.undo()
    assert services.tickets.card(ticket).values["state"] == "solved"


def test_satisfaction_typed_in_a_list_reopens_only_settled_ones(services: Services) -> None:
    settled, waiting = (services.tickets.open({"subject": "a"}) for _ in range(2))
    services.tickets.set_state(settled, "closed")
    services.tickets.set_state(waiting, "waiting")
    services.records.update(Kind.TICKET, [settled, waiting], {"satisfaction": 1})
    assert services.tickets.card(settled).values["state"] == "in_progress"
    assert services.tickets.card(waiting).values["state"] == "waiting"


def test_satisfaction_is_one_to_five(services: Services) -> None:
    ticket = services.tickets.open({"subject": "a"})
    with pytest.raises(Refused):
        services.tickets.feed_back(ticket, 6)


def test_steps_stand_in_the_timeline_of_ticket_and_customer(services: Services) -> None:
    company = services.records.create(Kind.COMPANY, {"name": "恒远"})
    ticket = services.tickets.open({"subject": "a", "company": company})
    services.tickets.add_step(ticket, "换了轴承", "visit")
    for ref in (Ref(Kind.TICKET, ticket), Ref(Kind.COMPANY, company)):
        assert "换了轴承" in [entry.title for entry in services.timeline.of(ref)]


def test_the_board(services: Services, clock: FixedClock) -> None:
    today = clock.today()
    late = services.tickets.open({"subject": "a", "promised_by": today - timedelta(days=1)})
    services.tickets.open({"subject": "b"})
    closed = services.tickets.open({"subject": "c", "promised_by": today - timedelta(days=9)})
    services.tickets.set_state(closed, "closed")
    columns = {column.state: column.cards for column in services.tickets.board()}
    assert columns["new"][0].id == late
    assert [card.late for card in columns["new"]] == [True, False]
    assert [card.late for card in columns["closed"]] == [False]
    clock.moment += timedelta(days=20)
    columns = {column.state: column.cards for column in services.tickets.board()}
    assert columns["closed"] == ()
