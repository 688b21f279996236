"""Where people work and how they stand to each other, as pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crm_desktop.domain.kinds import Ref


@dataclass(frozen=True, slots=True)
class JobRow:
    """One place a person works or worked at."""

    id: int
    company: Ref | None
    title: str
    department: str
    from_date: date | None
    to_date: date | None
    left: bool
    primary: bool  # the one lists show
    reports_to: Ref | None


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works at a company now."""

    job_id: int
    person: Ref
    title: str
    department: str
    reports_to: int | None  # the id of the boss, where that one works here too
    decision_role: int | None
    influence: int | None
    attitude: int | None
    important: bool


@dataclass(frozen=True, slots=True)
class RelationRow:
    """How another person stands to the one asked about."""

    id: int
    other: Ref
    type_id: int | None
    note: str
    outgoing: bool  # recorded at the one asked about; else at the other


def reports_in_circle(bosses: dict[int, int | None], person: int, boss: int) -> bool:
    """Whether `boss` already stands below `person`, so that nobody would be on top."""
    above: int | None = boss
    seen: set[int] = set()
    while above is not None and above not in seen:
        if above == person:
            return True
        seen.add(above)
        above = bosses.get(above)
    return False
