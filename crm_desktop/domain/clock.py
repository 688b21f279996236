"""The one place that asks the system for the time, so that tests and rules can be given another."""

from __future__ import annotations

import functools
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


@functools.cache
def local_zone_name() -> str:
    """The IANA name of the computer's zone ("Asia/Shanghai")."""
    import tzlocal  # read once; costs a look at the system's files

    return str(tzlocal.get_localzone_name() or "UTC")


class Clock:
    """Now and today, in UTC and in the user's zone."""

    def __init__(self, zone: str | None = None) -> None:
        self.zone = zone or local_zone_name()

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        return datetime.now(UTC)

    def local_now(self) -> datetime:
        """The moment on the user's wall clock, aware."""
        return self.now().astimezone(ZoneInfo(self.zone))

    def today(self) -> date:
        """The date on the user's wall."""
        return self.local_now().date()


class FixedClock(Clock):
    """A clock that stands still until it is moved; for tests, pictures and samples."""

    def __init__(self, moment: datetime, zone: str = "Asia/Shanghai") -> None:
        super().__init__(zone)
        self.moment = moment

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment.astimezone(UTC)
