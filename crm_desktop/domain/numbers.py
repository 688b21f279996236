"""Numbers of papers and tickets by the firm's own pattern: "Q-{year}-{number:04}"."""

from __future__ import annotations

import re
from datetime import date

from crm_desktop.domain.problems import Refused

_PLACE = re.compile(r"\{(year|yy|month|day|number)(?::0?(\d{1,2}))?\}")


def number_text(pattern: str, number: int, day: date) -> str:
    """The number as the pattern writes it. Refuses a pattern without a place for the number."""
    if not counts(pattern):
        raise Refused("attention.number_pattern", pattern=pattern)
    values = {
        "year": f"{day:%Y}",
        "yy": f"{day:%y}",
        "month": f"{day:%m}",
        "day": f"{day:%d}",
        "number": str(number),
    }
    return _PLACE.sub(lambda m: values[m[1]].zfill(int(m[2] or 0)), pattern)


def counts(pattern: str) -> bool:
    """Whether the pattern has a place for the number itself."""
    return any(found[1] == "number" for found in _PLACE.finditer(pattern))


def series_year(pattern: str, day: date) -> int:
    """The series a number belongs to: one per year where the pattern names it, else 0."""
    return day.year if re.search(r"\{(year|yy)", pattern) else 0
