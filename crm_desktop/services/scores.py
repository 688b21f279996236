"""The relationship score of a customer."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from crm_desktop.data import standing
from crm_desktop.data.book import Book
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.score import Score, score


class Scores:
    """Worked out when asked for, by the rules of domain/score.py."""

    def __init__(self, book: Book, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def of(self, ref: Ref) -> Score | None:
        """The score of a person or a company; None where nothing is known about them.

        ValueError for a kind that is no customer.
        """
        if ref.kind not in (Kind.PERSON, Kind.COMPANY):
            raise ValueError(f"{ref.kind} is no customer")
        with self._book.read() as session:
            found = standing.facts(session, ref, ZoneInfo(self._clock.zone))
        return score(found, self._clock.today())
