"""The next step of a record: its earliest follow-up that is still open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from crm_desktop.domain.kinds import Kind

# Where something must come next; elsewhere an empty next step is no gap.
STEP_STATES = {
    Kind.OPPORTUNITY: ("open",),
    Kind.QUOTE: ("sent",),
    Kind.TICKET: ("new", "assigned", "in_progress", "waiting"),
}


@dataclass(frozen=True, slots=True)
class NextStep:
    """An open follow-up as lists and cards show it; `day` None means no date was promised."""

    activity_id: int
    type_id: int | None
    subject: str
    day: date | None
    at: time | None
    overdue: bool


def wants_step(kind: Kind, state: str | None) -> bool:
    """Whether something must come next; what is decided or settled needs nothing more."""
    return kind not in STEP_STATES or state in STEP_STATES[kind]


def step_text(day: str | None, at: str | None, subject: str) -> str:
    """A step on one line of a file; day and time as they are stored, 2026-11-20 and 09:30."""
    return " ".join(part for part in (day, at, subject) if part)
