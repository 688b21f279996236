"""Follow-ups as the agenda and Today show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import Ref


class Section(StrEnum):
    """The headings of the agenda, in their order."""

    OVERDUE = "overdue"
    TODAY = "today"
    TOMORROW = "tomorrow"
    WEEK = "week"  # the seven days from today
    LATER = "later"
    NO_DATE = "no_date"


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One follow-up with whom and what it is about."""

    id: int
    subject: str
    type_id: int | None
    state: str
    due: Due | None
    show_from: date | None
    person: Ref | None
    company: Ref | None
    about: Ref | None  # opportunity, quote, contract or ticket
    outcome: str
    done_at: datetime | None
    repeat: str

    def days_late(self, today: date) -> int:
        """Days since the promised day; 0 when not late. Later never hides that it is late."""
        return max(0, (today - self.due.day).days) if self.due and self.state == "planned" else 0

    def section(self, today: date) -> Section:
        """Where it stands today: by the day it is shown from, late ones first."""
        if self.due is None and self.show_from is None:
            return Section.NO_DATE
        day = self.show_from or (self.due.day if self.due else today)
        if day > today + timedelta(days=7):
            return Section.LATER
        if day > today + timedelta(days=1):
            return Section.WEEK
        if day > today:
            return Section.TOMORROW
        if self.due is not None and self.due.day >= today:
            return Section.TODAY
        # Put off until today: a promise broken, but for today's list.
        put_off = self.show_from == today and self.due is not None and self.due.day < today
        return Section.TODAY if put_off else Section.OVERDUE
