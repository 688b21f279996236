"""Lines of the history and the trash: days as headings."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from crm_desktop.domain.clock import Clock
from crm_desktop.ui.formats import day_long, day_near, day_text


def local(moment: Any, clock: Clock) -> Any:
    """A stored moment on the clock of the user."""
    return moment.astimezone(ZoneInfo(clock.zone))


def day_heading(day: date, today: date) -> str:
    """Today, Yesterday, Friday, 13 November; with the year when it is another."""
    if abs((today - day).days) <= 1:
        return day_near(day, today)
    return day_long(day) if day.year == today.year else day_text(day)
