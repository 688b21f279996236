"""What is typed into the lines of a record, read as the values fields hold."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from crm_desktop.domain.clock import Clock
from crm_desktop.domain.due import Due
from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.quickadd import parse as parse_line
from crm_desktop.domain.typed_dates import typed_date
from crm_desktop.domain.written_amounts import parse_amount, parse_number
from crm_desktop.ui.formats import time_text


class Typed:
    """Reads lines on the clock of the user."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def date(self, text: str) -> date:
        """+3d, fri, 下周一, 11.28, 2026-11-28."""
        day = typed_date(text, self._clock.today())
        if day is None:
            raise Refused("dates.not_a_date", value=text)
        return day

    def due(self, text: str) -> Due:
        """A day, perhaps with a time: tomorrow 3pm, 明天下午3点, fri, 2026-11-28 14:00."""
        found = parse_line(text, self.now().replace(tzinfo=None))
        if found.time is None:
            day = typed_date(text, self._clock.today()) or found.day
        elif any(chip.kind == "day" for chip in found.chips):
            day = found.day
        else:  # "3d 9:00": the line alone would take the next nine o'clock
            day = typed_date(found.remaining, self._clock.today()) or found.day
        if day is None:
            raise Refused("dates.not_a_date", value=text)
        return Due(day, found.time, self._clock.zone)

    def integer(self, text: str) -> int:
        """A whole number."""
        amount = parse_number(text)
        if amount != amount.to_integral_value():
            raise Refused("field_editor.not_whole", text=text)
        return int(amount)

    def amount(self, text: str) -> Decimal:
        """86400, 12k, 8.5万."""
        return parse_amount(text)

    def percent(self, text: str) -> Decimal:
        """13, 13 %."""
        return parse_number(text.replace("%", "").replace("％", ""))

    def now(self) -> datetime:
        """The moment on the user's clock."""
        return self._clock.now().astimezone(ZoneInfo(self._clock.zone))


def due_input(due: Due) -> str:
    """A due as it stands in its line: 2026-11-28 14:00."""
    return due.day.isoformat() + (f" {time_text(due.time)}" if due.time else "")


LINES = (
    FieldType.TEXT,
    FieldType.INTEGER,
    FieldType.NUMBER,
    FieldType.MONEY,
    FieldType.UNIT_PRICE,
    FieldType.PERCENT,
    FieldType.DATE,
    FieldType.DUE,
)
"""The types that are typed on one line."""
