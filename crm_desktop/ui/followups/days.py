"""What stands on days, and which days a week and a month show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

WEEK, MONTH = "week", "month"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on a day. Only follow-ups are moved; others open their record."""

    kind: str  # followup, birthday, anniversary or contract
    id: int
    day: date
    text: str
    colour: str = "grey"
    at: time | None = None
    icon: str = ""
    done: bool = False
    about: int = 0  # the record to open, where it is not the one of this id

    @property
    def movable(self) -> bool:
        """Whether it can be carried to another day."""
        return self.kind == "followup" and not self.done


def first_of_grid(mode: str, day: date) -> date:
    """The Monday a grid begins with."""
    start = day.replace(day=1) if mode == MONTH else day
    return start - timedelta(days=start.weekday())


def days_of_grid(mode: str, day: date) -> list[date]:
    """The days a grid shows: one week, or the whole weeks of a month."""
    first = first_of_grid(mode, day)
    if mode == WEEK:
        count = 7
    else:
        last = (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        count = ((last - first).days // 7 + 1) * 7
    return [first + timedelta(days=n) for n in range(count)]
