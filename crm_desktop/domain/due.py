"""When something is due: wall time and zone as promised, the moment derived from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall_time
from enum import StrEnum
from zoneinfo import ZoneInfo

from crm_desktop.domain.problems import Refused

AFTERNOON = wall_time(15, 0)
_LAST_CALL_FOR_AFTERNOON = wall_time(14, 0)


@dataclass(frozen=True, slots=True)
class Due:
    """A day, perhaps a time, in an IANA zone; a trip abroad does not move what was agreed."""

    day: date
    time: wall_time | None
    zone: str

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.zone)
        except (KeyError, OSError, ValueError):  # unknown, a folder, an absolute path
            raise Refused("dates.no_such_zone", value=self.zone) from None

    def utc(self) -> datetime:
        """The moment it becomes due; without a time, when its day begins.

        A wall time that summer time skips moves forward by the hour skipped (02:30 becomes
        03:30); one that comes twice is the first of the two.
        """
        return self._moment(self.day, self.time or wall_time(0))

    def over(self) -> datetime:
        """The moment from which it is late; without a time, when its day has ended."""
        if self.time is not None:
            return self.utc()
        return self._moment(self.day + timedelta(days=1), wall_time(0))

    def _moment(self, day: date, at: wall_time) -> datetime:
        # fold=0 gives both rules: the first of two, and the old offset in a gap.
        wall = datetime.combine(day, at.replace(tzinfo=None, fold=0), ZoneInfo(self.zone))
        return wall.astimezone(UTC)

    def is_due(self, now: datetime) -> bool:
        """Whether its moment has come."""
        return self.utc() <= now

    def is_late(self, now: datetime) -> bool:
        """Whether it should have been done before now."""
        return self.over() <= now if self.time is None else self.over() < now


def due_text(day: str, at: str | None) -> str:
    """What is due on one line of a file; day and time as they are stored, 2026-11-20 and 09:30."""
    return f"{day} {at}" if at else day


class Later(StrEnum):
    """The offers of Later, in the order they are shown."""

    THIS_AFTERNOON = "this_afternoon"
    TOMORROW = "tomorrow"
    NEXT_MONDAY = "next_monday"
    IN_ONE_WEEK = "in_one_week"


def next_monday(today: date) -> date:
    """The Monday of next week."""
    return today + timedelta(days=7 - today.weekday())


def later(choice: Later, due: Due, now: datetime) -> Due:
    """The due moved by one of the offers, counted from today in its zone; its time is kept."""
    today = now.astimezone(ZoneInfo(due.zone)).date()
    if choice is Later.THIS_AFTERNOON:
        return Due(today, AFTERNOON, due.zone)
    if choice is Later.TOMORROW:
        return Due(today + timedelta(days=1), due.time, due.zone)
    if choice is Later.NEXT_MONDAY:
        return Due(next_monday(today), due.time, due.zone)
    return Due(today + timedelta(days=7), due.time, due.zone)


def later_options(due: Due, now: datetime) -> tuple[tuple[Later, Due], ...]:
    """What Later offers now; this afternoon only until two o'clock, no day twice."""
    wall = now.astimezone(ZoneInfo(due.zone))
    offers: list[tuple[Later, Due]] = []
    for choice in Later:
        if choice is Later.THIS_AFTERNOON and wall.time() >= _LAST_CALL_FOR_AFTERNOON:
            continue
        moved = later(choice, due, now)
        if all(moved.day != other.day for _, other in offers):
            offers.append((choice, moved))
    return tuple(offers)
