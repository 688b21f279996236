"""The next step of a record: its earliest follow-up that is still open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class NextStep:
    """An open follow-up as lists and cards show it; `day` None means no date was promised."""

    activity_id: int
    type_id: int | None
    subject: str
    day: date | None
    at: time | None
    overdue: bool
