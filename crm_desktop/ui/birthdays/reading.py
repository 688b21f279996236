"""What the page of birthdays shows, read off the thread of the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from crm_desktop.domain.occasions import Occasion
from crm_desktop.services.house import Services
from crm_desktop.ui.birthdays.model import is_greeted

EVERYTHING: Final = "all"
KINDS: Final = (EVERYTHING, "birthdays", "anniversaries")
MISSED_DAYS: Final = 7


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

    rows: list[Occasion]
    missing: int


def read_occasions(services: Services, wanted: Wanted) -> Shown:
    """Who comes stands before who was missed; one that was greeted is not missed any more."""
    today = services.clock.today()
    found = _found(services, wanted)
    ahead = [row for row in found if row.on >= today]
    missed = [row for row in found if row.on < today and not is_greeted(row, today)]
    return Shown(ahead + missed[::-1], services.birthdays.count_missing())


def _found(services: Services, wanted: Wanted) -> list[Occasion]:
    birthdays: list[Occasion] = []
    others: list[Occasion] = []
    if wanted.kind != "anniversaries":
        birthdays += services.birthdays.coming(
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
