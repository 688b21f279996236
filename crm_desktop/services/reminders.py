"""The reminder ledger: what wants to be noticed now, each thing once, nothing lost.

What is due is worked out from the records each time it is asked for, and compared with the
ledger of what was shown. So nothing has to happen at a certain moment: after sleep, a closed
program or three weeks away all that was missed is due, and a follow-up that was completed, or
moved, and is brought back by undo is judged as it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from crm_desktop.data import reminders as rows
from crm_desktop.data.book import Book
from crm_desktop.data.session import Session
from crm_desktop.domain.birthdays import window_dates
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.reminders import FILE_LEADS, SETTLED, Occurrence, State
from crm_desktop.services.business import Business

LONGEST_LEAD = timedelta(days=31)
MISSED_BIRTHDAYS = 31
"""Days back in which a birthday, an anniversary or the end of a file is still worth a word."""


class Reminders:
    """Due reminders of follow-ups with a time, of birthdays and other days, of files that end."""

    def __init__(self, book: Book, clock: Clock, business: Business) -> None:
        self._book = book
        self._clock = clock
        self._business = business

    def due(self) -> list[Occurrence]:
        """What should be noticed by now and has not been, the longest due first."""
        moment = self._clock.now()
        with self._book.read() as session:
            found = self._due(session, moment, self._occurrences(session))
            return rows.with_customers(session, found)

    def take(self) -> list[Occurrence]:
        """The same, marked as shown in one transaction: who shows them asks by this."""
        moment = self._clock.now()
        waiting = self.due()
        if not waiting:
            return []
        # Outside of the journal: such a gesture leaves no trace and cannot be undone.
        with self._book.write("gesture.noted", origin="system") as writing:
            # The ledger is read again inside: of two who ask at once, one gets them.
            found = self._due(writing.session, moment, waiting)
            for each in found:
                rows.put(writing.session, each, State.SHOWN, each.at, moment)
        return found

    def next_moment(self) -> datetime | None:
        """When to ask next; None when nothing is coming within a month."""
        moment = self._clock.now()
        with self._book.read() as session:
            occurrences = self._occurrences(session)
            known = rows.entries(session, occurrences)
        coming = []
        for each in occurrences:
            entry = known.get(each.key)
            if entry is not None and entry.state in SETTLED:
                continue
            at = entry.due_at if entry and entry.state is State.SNOOZED else each.at
            if at > moment:
                coming.append(at)
        return min(coming, default=None)

    def snooze(self, occurrence: Occurrence, until: datetime) -> None:
        """Have it come again at a moment."""
        self._put(occurrence, State.SNOOZED, until)

    def dismiss(self, occurrence: Occurrence) -> None:
        """Not again."""
        self._put(occurrence, State.DISMISSED, occurrence.at)

    def done(self, occurrence: Occurrence) -> None:
        """It led to something: the follow-up was done, the person greeted."""
        self._put(occurrence, State.DONE, occurrence.at)

    def _put(self, occurrence: Occurrence, state: State, due_at: datetime) -> None:
        with self._book.write("gesture.noted", origin="system") as writing:
            rows.put(writing.session, occurrence, state, due_at, self._clock.now())

    def _due(
        self, session: Session, now: datetime, occurrences: Sequence[Occurrence]
    ) -> list[Occurrence]:
        waiting = [each for each in occurrences if each.at <= now]
        known = rows.entries(session, waiting)
        found = []
        for each in waiting:
            entry = known.get(each.key)
            snoozed = entry is not None and entry.state is State.SNOOZED
            if entry is None or entry.state is State.PENDING or (snoozed and entry.due_at <= now):
                found.append(each)
        return sorted(found, key=lambda each: (each.at, each.key))

    def _occurrences(self, session: Session) -> list[Occurrence]:
        usual = int(self._business.get("remind_minutes", 0))
        until = self._clock.today() + LONGEST_LEAD + timedelta(days=1)
        since = self._clock.today() - timedelta(days=MISSED_BIRTHDAYS)
        ending = until + timedelta(days=max(FILE_LEADS))
        return [
            *rows.follow_ups(session, until, usual),
            *self._of_days(session),
            *rows.files(session, since, ending, self._clock.zone),
        ]

    def _of_days(self, session: Session) -> list[Occurrence]:
        leads = [int(days) for days in self._business.get("birthday_reminders", (3, 0))]
        if not leads:
            return []
        today = self._clock.today()
        window = window_dates(
            today - timedelta(days=MISSED_BIRTHDAYS),
            today + timedelta(days=max(leads) + 1),
            self._business.birthday_rules(),
        )
        zone = self._clock.zone
        return [
            *rows.birthdays(session, window, leads, zone),
            *rows.anniversaries(session, window, leads, zone),
        ]
