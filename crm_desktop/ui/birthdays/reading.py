"""What the page of birthdays shows, read off the thread of the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from crm_desktop.domain.greetings import Celebrant
from crm_desktop.domain.occasions import Listed, Occasion
from crm_desktop.services.house import Services
from crm_desktop.ui.birthdays.model import is_greeted

EVERYTHING: Final = "all"
KINDS: Final = (EVERYTHING, "birthdays", "anniversaries")
MISSED_DAYS: Final = 7
LOOKED_UP: Final = 200
"""Rows that come with all they show, the columns follow them; others are when looked at."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the page asks for: how far ahead, which kind of day, of which calendar."""

    days: int
    kind: str
    solar: bool
    lunar: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """The rows, and how many people have no birthday."""

    rows: list[Listed]
    missing: int


def read_occasions(services: Services, wanted: Wanted) -> Shown:
    """Who comes stands before who was missed; one that was greeted is not missed any more."""
    with services.book.one_moment():
        today = services.clock.today()
        found = _found(services, wanted)
        ahead = [row for row in found if row.on >= today]
        past = look_up(services, [row for row in found if row.on < today])
        missed: list[Listed] = [row for row in past if not is_greeted(row, today)]
        first: list[Listed] = [*look_up(services, ahead[:LOOKED_UP])]
        rows = first + ahead[LOOKED_UP:] + missed[::-1]
        return Shown(rows, services.birthdays.count_missing())


def look_up(services: Services, rows: Sequence[Listed]) -> list[Occasion]:
    """The rows with all they show, in one statement."""
    wanted = [row for row in rows if isinstance(row, Celebrant)]
    found = iter(services.birthdays.looked_up(wanted) if wanted else ())
    return [next(found) if isinstance(row, Celebrant) else row for row in rows]


def _found(services: Services, wanted: Wanted) -> list[Listed]:
    birthdays: list[Listed] = []
    others: list[Listed] = []
    if wanted.kind != "anniversaries":
        birthdays += services.birthdays.celebrants(
            wanted.days, missed=MISSED_DAYS, solar=wanted.solar, lunar=wanted.lunar
        )
    if wanted.kind != "birthdays":
        others += (
            one
            for one in services.anniversaries.coming(wanted.days, missed=MISSED_DAYS)
            if (wanted.lunar if one.birthday.lunar else wanted.solar)
        )
    # Thousands of birthdays are in order already.
    if not others:
        return birthdays
    return sorted(birthdays + others, key=lambda row: (row.on, row.person.title))
