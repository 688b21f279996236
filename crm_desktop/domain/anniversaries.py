"""Days of the year that matter to a person beside the birthday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind, Ref

FIELDS: tuple[Field, ...] = (
    Field("person", FieldType.LINK, default_column=True, required=True, link=Kind.PERSON),
    Field("name", FieldType.TEXT, default_column=True, required=True, width=200),
    Field("day", FieldType.BIRTHDAY, default_column=True, required=True),
)


@dataclass(frozen=True, slots=True)
class Anniversary:
    """One day with its name; `day` is solar or lunar, its year may be unknown; `id` 0 is new."""

    name: str
    day: Birthday
    id: int = 0


@dataclass(frozen=True, slots=True)
class ComingAnniversary:
    """An anniversary within the window, as the list of birthdays and Today show it."""

    on: date
    days: int
    """From today; negative for one just missed."""
    anniversary: Anniversary
    person: Ref
    company: Ref | None = None
    salutation: str = ""
    mobile: str = ""
    email: str = ""
    last_greeted: datetime | None = None
    """When the person was last congratulated on it, by the clock on the user's wall."""

    @property
    def years(self) -> int | None:
        """Which one it is: the tenth; None where the year is unknown, or that of the day itself."""
        born = self.anniversary.day.born
        years = self.on.year - born.year if born is not None else 0
        return years if years > 0 else None

    @property
    def birthday(self) -> Birthday:
        """Month and day, in its calendar."""
        return self.anniversary.day
