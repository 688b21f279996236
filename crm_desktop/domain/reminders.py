"""Reminders: when something wants to be noticed, and that it is noticed exactly once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import Ref

MORNING = time(9, 0)
"""When reminders of a whole day come."""

FILE_LEADS = (30, 0)
"""Days before the end of a file's validity on which it is told."""


class Source(StrEnum):
    """What a reminder is about. Stored."""

    ACTIVITY = "activity"
    BIRTHDAY = "birthday"
    ANNIVERSARY = "anniversary"
    FILE = "file"


class State(StrEnum):
    """What became of a reminder. Stored; without a row it is pending."""

    PENDING = "pending"
    SHOWN = "shown"
    SNOOZED = "snoozed"
    DONE = "done"
    DISMISSED = "dismissed"


SETTLED = frozenset({State.SHOWN, State.DONE, State.DISMISSED})


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One thing to be reminded of, at one moment.

    `occurrence` tells it from others of the same source: the promised moment of a follow-up,
    the day and the lead of a birthday, an anniversary or the end of a file. The same promise is
    the same occurrence for ever, so that undo, restarts and clocks set back cannot make it ring
    again.
    """

    source: Source
    source_id: int
    occurrence: str
    at: datetime
    ref: Ref  # what opens
    person: Ref | None = None
    company: Ref | None = None
    on: date | None = None  # the day of the birthday, the anniversary, the end
    what: str = ""  # the name of the anniversary or the file

    @property
    def key(self) -> tuple[str, int, str]:
        """What the ledger knows it by."""
        return (self.source.value, self.source_id, self.occurrence)


def promised(due: Due, show_from: date | None) -> datetime:
    """The moment a follow-up with a time stands for: put off, the same time of the later day."""
    if show_from is not None and show_from > due.day:
        return Due(show_from, due.time, due.zone).utc()
    return due.utc()


def morning(day: date, zone: str) -> datetime:
    """When a reminder about a whole day comes."""
    return datetime.combine(day, MORNING, ZoneInfo(zone)).astimezone(UTC)


def lead(minutes: int | None, usual: int) -> timedelta:
    """How long before the moment it rings; never negative."""
    return timedelta(minutes=max(0, usual if minutes is None else minutes))
