"""Cells that say a day and perhaps a time: 2026-11-28 14:00, 11月28日下午2点, 46354.583."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from crm_desktop.domain.dates import parse_date
from crm_desktop.domain.due import Due
from crm_desktop.domain.text import half_width
from crm_desktop.domain.written_dates import Order
from crm_desktop.exchange.reading.facts import Value

_CLOCK = re.compile(
    r"(?:(?<=[\sT日号,])|(?P<zh>凌晨|早上|上午|中午|下午|傍晚|晚上))\s*(?P<h>[01]?\d|2[0-3])"
    r"(?:[:点时](?P<m>[0-5]?\d)(?:分|:[0-5]\d(?:\.\d+)?)?|[点时](?P<half>半)?整?)"
    r"\s*(?P<en>[ap]\.?m\.?)?\s*\Z",
    re.IGNORECASE,
)
_AFTER_NOON = ("下午", "傍晚", "晚上", "p")
_MINUTES = 24 * 60


def due(value: Value, order: Order | None, today: date | None, zone: str) -> Due | None:
    """The day and the time of a cell; None where it is blank. Refused as `parse_date` is."""
    day = parse_date(value, order, today)
    return None if day is None else Due(day, _time_of(value), zone)


def _time_of(value: Value) -> time | None:
    """The time of day; none for midnight, which is how cells hold a day alone."""
    if isinstance(value, datetime):
        return value.time() if value.time() != time() else None
    if isinstance(value, float) and not isinstance(value, bool):
        minutes = round(value % 1 * _MINUTES) % _MINUTES
        return time(*divmod(minutes, 60)) if minutes else None
    found = _CLOCK.search(half_width(value)) if isinstance(value, str) else None
    if found is None:
        return None
    hour, minute = int(found["h"]), 30 if found["half"] else int(found["m"] or 0)
    part = (found["zh"] or found["en"] or "").lower()
    if part.startswith(_AFTER_NOON) and hour < 12:
        hour += 12
    elif part.startswith(("凌晨", "a")) and hour == 12:
        hour = 0
    return time(hour, minute)
