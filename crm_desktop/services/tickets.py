"""Service tickets: opened, worked on step by step, solved, fed back, closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from crm_desktop.data import customers
from crm_desktop.data import tickets as rows
from crm_desktop.data.book import Book
from crm_desktop.data.numbers import next_number
from crm_desktop.data.session import Session
from crm_desktop.domain import schema
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.records import Card
from crm_desktop.domain.tickets import SETTLED_STATES, TicketColumn
from crm_desktop.services.activities import Activities
from crm_desktop.services.business import Business
from crm_desktop.services.records import Records
from crm_desktop.services.rules import Rules

UNSATISFIED = 2
"""A satisfaction up to this opens the ticket again."""
STATES = schema.find(Kind.TICKET, "state").states


class TicketRules(Rules):
    """A ticket has a number and a customer; its moments follow its state."""

    def __init__(self, clock: Clock, business: Business) -> None:
        self._clock = clock
        self._business = business

    def before_create(self, session: Session, values: dict[str, Any]) -> dict[str, Any]:
        """The next number, the state new, the company the person works for."""
        if values.get("number") is None:
            pattern = self._business.trade().ticket_number
            values["number"] = next_number(session, Kind.TICKET, pattern, self._clock.today())
        if values.get("state") is None:
            values["state"] = STATES[0]
        customers.follow_person(session, Kind.TICKET, values)
        return values

    def after_create(self, session: Session, record_id: int, values: Mapping[str, Any]) -> None:
        """One recorded after the fact is solved already."""
        if values["state"] in SETTLED_STATES:
            rows.follow_state(session, [record_id], self._clock.now())

    def before_update(
        self, session: Session, ids: Sequence[int], values: dict[str, Any]
    ) -> dict[str, Any]:
        """A ticket always has a state; a contact brings the company along where none was named."""
        customers.follow_person(session, Kind.TICKET, values, ids)
        if "state" in values and values["state"] is None:
            values.pop("state")
        return values

    def after_update(self, session: Session, ids: Sequence[int], values: Mapping[str, Any]) -> None:
        """Keep the moments true; who is not satisfied is not finished with."""
        if "state" in values:
            rows.follow_state(session, ids, self._clock.now())
        satisfaction = values.get("satisfaction")
        if satisfaction is not None and satisfaction <= UNSATISFIED:
            rows.reopen_settled(session, ids)


class Tickets:
    """What the user does with tickets; each method is one gesture."""

    def __init__(
        self,
        book: Book,
        clock: Clock,
        records: Records,
        activities: Activities,
    ) -> None:
        self._book = book
        self._clock = clock
        self._records = records
        self._activities = activities

    def open(self, values: Mapping[str, Any]) -> int:
        """A new ticket with the next number. Returns its id."""
        name = str(values.get("subject") or "")
        with self._book.write("gesture.ticket_opened", name=name) as writing:
            return self._records.insert(writing.session, Kind.TICKET, values)

    def card(self, ticket_id: int) -> Card:
        """The ticket, whole. Refused("record.gone") where there is none."""
        return self._records.card(Kind.TICKET, ticket_id)

    def set_state(self, ticket_id: int, state: str) -> None:
        """Move it on, or back."""
        self._change("gesture.ticket_state", ticket_id, {"state": state}, state=state)

    def add_step(self, ticket_id: int, text: str, type_code: str = "note") -> int:
        """Note what was done about it; it stands in the timeline of ticket and customer."""
        return self._activities.log(Ref(Kind.TICKET, ticket_id), text, type_code)

    def solve(self, ticket_id: int, result: str = "") -> None:
        """It is solved, by what the result says."""
        values: dict[str, Any] = {"state": "solved"}
        if result.strip():
            values["result"] = result
        self._change("gesture.ticket_state", ticket_id, values, state="solved")

    def feed_back(self, ticket_id: int, satisfaction: int) -> str:
        """What the customer thinks of it, 1 to 5; two or less opens it again.

        Returns the state it is in now.
        """
        values = {"state": "fed_back", "satisfaction": satisfaction}
        self._change("gesture.ticket_fed_back", ticket_id, values, satisfaction=satisfaction)
        return str(self.card(ticket_id).values["state"])

    def board(self) -> tuple[TicketColumn, ...]:
        """The tickets by state; settled ones are those of this month."""
        today = self._clock.today()
        since = datetime.combine(today.replace(day=1), time(), ZoneInfo(self._clock.zone))
        with self._book.read() as session:
            cards = rows.cards(session, today, since)
        return tuple(
            TicketColumn(state, tuple(card for card in cards if card.state == state))
            for state in STATES
        )

    def _change(self, title: str, ticket_id: int, values: Mapping[str, Any], **args: Any) -> None:
        name = self.card(ticket_id).ref.title
        with self._book.write(title, name=name, **args) as writing:
            self._records.change(writing.session, Kind.TICKET, [ticket_id], values)
