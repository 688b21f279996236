"""The coming days on which somebody is greeted: birthdays and anniversaries alike."""

from __future__ import annotations

from datetime import date

from crm_desktop.domain.anniversaries import ComingAnniversary
from crm_desktop.domain.greetings import Celebrant, ComingBirthday

Occasion = ComingBirthday | ComingAnniversary
Listed = Celebrant | Occasion
"""A place in the list: a birthday may not be looked up yet."""


def name_of(occasion: Occasion) -> str:
    """The name of an anniversary; empty where it is the birthday."""
    return occasion.anniversary.name if isinstance(occasion, ComingAnniversary) else ""


def identity(occasion: Listed) -> tuple[int, date, int]:
    """Tells one from any other: whose, when, and which anniversary."""
    which = occasion.anniversary.id if isinstance(occasion, ComingAnniversary) else 0
    return occasion.person.id, occasion.on, which


def may_be_greeted(occasion: Occasion) -> bool:
    """Whether nobody asked to be left alone; anniversaries of who did are not even listed."""
    return not (isinstance(occasion, ComingBirthday) and occasion.do_not_contact)


def may_be_mailed(occasion: Occasion) -> bool:
    """Whether there is also an address."""
    return bool(occasion.email) and may_be_greeted(occasion)
