"""A state has one colour wherever it is shown."""

from __future__ import annotations

import pytest

from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.places import Place
from crm_desktop.ui.record.header import ticket_state
from crm_desktop.ui.states import state_colour
from crm_desktop.words import area
from tests.ui.record.conftest import Desk


@pytest.mark.parametrize("state", ["new", "assigned", "in_progress", "waiting"])
def test_a_ticket_has_the_colour_of_the_list_in_its_head(desk: Desk, state: str) -> None:
    if state != "new":
        desk.services.tickets.set_state(desk.ticket, state)
    page = desk.open("ticket", desk.ticket)
    assert ticket_state(page.editing)[1] == state_colour(state)
    desk.window.navigator.go(Place("service"))
    desk.settle()
    pane = desk.window.area.page.pane
    column = next(n for n, field in enumerate(pane.model.fields) if field.key == "state")
    cell = pane.model.cell(0, column)
    assert cell.chips[0][1] == state_colour(state)


def test_only_what_went_wrong_is_red() -> None:
    kinds = {key.split(".")[1] for key in area("state")}
    states = {key.split(".")[2] for key in area("state")}
    assert Kind.TICKET.value in kinds
    assert {state for state in states if state_colour(state) == "red"} == {"lost", "declined"}
