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


def step_text(day: str | None, at: str | None, subject: str) -> str:
    """A step on one line of a file; day and time as they are stored, 2026-11-20 and 09:30."""
    return " ".join(part for part in (day, at, subject) if part)
