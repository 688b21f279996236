"""Coming birthdays, as the list and Today show them."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from crm_desktop.domain.birthdays import (
    DEFAULT_RULES,
    Birthday,
    BirthdayRules,
    full_years,
    nominal_age,
)
from crm_desktop.domain.kinds import Kind, Ref


class Celebrant(NamedTuple):
    """Whose birthday is within the window, and when: what a list is put in order by.

    Thousands are made for a page that shows a dozen: what a row shows beside is looked up later.
    """

    on: date
    name: str
    person_id: int
    born_on: tuple[int, int, int | None, bool, bool]
    """Month, day, year, lunar, leap."""
    days: int
    """From today; negative for one just missed."""
    salutation: str
    do_not_contact: bool

    @property
    def person(self) -> Ref:
        """Whose it is."""
        return Ref(Kind.PERSON, self.person_id, self.name)


class ComingBirthday(NamedTuple):
    """Somebody's birthday within the window; rows sort by day, name and person.

    What has to be worked out is, when asked.
    """

    on: date
    name: str
    person_id: int
    company_id: int | None
    company_name: str | None
    born_on: tuple[int, int, int | None, bool, bool]
    """Month, day, year, lunar, leap."""
    days: int
    """From today; negative for one just missed."""
    salutation: str
    mobile: str
    email: str
    do_not_contact: bool
    greeted_at: str | None
    """The last greeting, as the book keeps moments."""
    zone: str = "UTC"
    rules: BirthdayRules = DEFAULT_RULES

    @property
    def person(self) -> Ref:
        """Whose it is."""
        return Ref(Kind.PERSON, self.person_id, self.name)

    @property
    def company(self) -> Ref | None:
        """The company the person is listed under."""
        if self.company_id is None:
            return None
        return Ref(Kind.COMPANY, self.company_id, self.company_name or "")

    @property
    def birthday(self) -> Birthday:
        """Month and day with or without the year."""
        month, day, year, lunar, leap = self.born_on
        return Birthday(month, day, year=year, lunar=lunar, leap=leap)

    @property
    def age(self) -> int | None:
        """周岁 on that day, None without a year."""
        return full_years(self.birthday, self.on, self.rules)

    @property
    def nominal_age(self) -> int | None:
        """虚岁 on that day."""
        return nominal_age(self.birthday, self.on)

    @property
    def last_greeted(self) -> datetime | None:
        """When the person was greeted last, by the clock on the user's wall."""
        if self.greeted_at is None:
            return None
        return datetime.fromisoformat(self.greeted_at).astimezone(ZoneInfo(self.zone))
