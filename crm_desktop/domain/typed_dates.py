"""What somebody types into a date field."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from crm_desktop.domain.dates import parse_date
from crm_desktop.domain.day_phrases import (
    WEEKDAY,
    WEEKDAYS,
    Say,
    coming,
    phrases,
    say_ahead,
    weekday,
)
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.written_dates import Order, clean, readings

# Too short to be looked for inside a sentence.
_ALONE: Final[tuple[tuple[re.Pattern[str], Say], ...]] = (
    (
        re.compile(
            r"[+-]?(?P<n>\d{1,3})\s*(?P<u>d(?:ays?)?|w(?:eeks?)?|m(?:onths?)?|y(?:ears?)?|天|周|个月)",
            re.IGNORECASE,
        ),
        say_ahead,
    ),
    (
        re.compile(WEEKDAY, re.IGNORECASE | re.ASCII),
        lambda m, today: weekday(WEEKDAYS.index(m["wd"][:3].lower()), "", today),
    ),
    (
        re.compile("now|tom|t", re.IGNORECASE),
        lambda m, today: today + timedelta(days=m[0].lower() == "tom"),
    ),
    (re.compile("今|明|后"), lambda m, today: today + timedelta(days="今明后".index(m[0]))),
)


def typed_date(text: str, today: date, order: Order | None = None) -> date | None:
    """What somebody typed into a date field: a short way, a day without a year, or a full date.

    Blank gives None; what is none of these is refused as `parse_date` refuses it.
    """
    bare = clean(text)
    day_first = order == "dmy" and bare[:1].isdigit() and bool(readings(bare))
    # Cleaning takes the weekday from beside a date, so the text is tried as it stands first.
    for words in () if day_first else (text.strip(), bare):
        for pattern, say in (*phrases(), *_ALONE):
            found = pattern.fullmatch(words)
            day = say(found, today) if found else None
            if day is not None:
                return day
    try:
        return parse_date(text, order, today)
    except Refused as refused:
        if refused.code != "dates.no_year":
            raise
        written = readings(bare, order)[0]
        day = coming(written.month, written.day, today)
        if day is None:
            raise Refused("dates.no_such_date", value=text) from None
        return day
