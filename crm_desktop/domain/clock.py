"""The one place that asks the system for the time, so that tests and rules can be given another."""

from __future__ import annotations

import functools
from contextlib import suppress
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


@functools.cache
def local_zone_name() -> str:
    """The IANA name of the computer's zone ("Asia/Shanghai"), as it was when first asked."""
    import tzlocal  # read once; costs a look at the system's files

    return str(tzlocal.get_localzone_name() or "UTC")


def _zone_name_now() -> str:
    """The same, read again: the user may have travelled since."""
    import tzlocal

    with suppress(LookupError, OSError, ValueError):  # a zone nobody knows: the old one stays
        tzlocal.reload_localzone()
        local_zone_name.cache_clear()
    return local_zone_name()


class Clock:
    """Now and today, in UTC and in the user's zone."""

    def __init__(self, zone: str | None = None) -> None:
        self._follows = zone is None
        self.zone = zone or local_zone_name()

    def follow_machine(self) -> bool:
        """Read the computer's zone again; whether it is another now. One given by name stays."""
        if not self._follows:
            return False
        before, self.zone = self.zone, _zone_name_now()
        return self.zone != before

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
