"""Days of the year that matter to a person beside the birthday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.kinds import Ref


@dataclass(frozen=True, slots=True)
class Anniversary:
    """One day with its name; `day` is solar or lunar, its year may be unknown; `id` 0 is new."""

    name: str
    day: Birthday
    id: int = 0


@dataclass(frozen=True, slots=True)
class ComingAnniversary:
    """An anniversary on one of the coming days."""

    person: Ref
    anniversary: Anniversary
    on: date

    @property
    def years(self) -> int | None:
        """Which one it is: the tenth; None where the year is unknown, or that of the day itself."""
        born = self.anniversary.day.born
        years = self.on.year - born.year if born is not None else 0
        return years if years > 0 else None
