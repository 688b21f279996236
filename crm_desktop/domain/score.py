"""The relationship score of a customer, 1 to 5, by rules anybody can follow.

Each part gives 0 to 1 and counts with its weight; parts nothing is known about are left out.

- recency 25: 1 up to 14 days since the last touch, from there down to 0 at 180 days
- frequency 20: touches in the last 180 days, 8 or more give 1
- breadth 15: of a company the people talked to within a year, of a person the ways of being in
  touch (call, visit, mail …) within a year; 3 or more give 1
- trade 20: 1 for two sales within a year, 0.6 for one, 0.3 for an older one, else 0
- service 20: mean satisfaction of the tickets of a year, less 0.25 for each open complaint
- judgement 30: the mean of the stars the user gave

score = 1 + 4 × weighted mean. The trend compares with the same sum 90 days ago (the stars as
they are now): a difference of 0.3 or more is rising or falling.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

WEIGHTS: Mapping[str, int] = MappingProxyType(
    {"recency": 25, "frequency": 20, "breadth": 15, "trade": 20, "service": 20, "judgement": 30}
)
RISING, STEADY, FALLING = "rising", "steady", "falling"
TREND_DAYS = 90
_YEAR = timedelta(days=365)
_HALF_YEAR = 180
_FRESH_DAYS = 14
_OFTEN, _MANY = 8, 3
_NOTICED = 0.3


@dataclass(frozen=True, slots=True)
class Touch:
    """One thing done with the customer: when, and with whom or in which way."""

    on: date
    who_or_how: int | None


@dataclass(frozen=True, slots=True)
class Complaint:
    """When it came, and when it was settled."""

    opened: date
    settled: date | None


@dataclass(frozen=True, slots=True)
class ScoreFacts:
    """What the rules look at."""

    touches: Sequence[Touch] = ()
    sales: Sequence[date] = ()
    ratings: Sequence[tuple[date, int]] = ()  # satisfaction 1 to 5 of tickets
    complaints: Sequence[Complaint] = ()
    judged: Sequence[int] = ()  # stars 1 to 5


@dataclass(frozen=True, slots=True)
class Score:
    """The score with its parts, each 0 to 1; a part nothing is known about is missing."""

    value: float  # 1 to 5, one digit
    trend: str
    parts: Mapping[str, float] = field(default_factory=dict)
    days: int | None = None  # since the last touch
    touches: int = 0  # in half a year


def score(facts: ScoreFacts, on: date) -> Score | None:
    """The score on a day; None where nothing at all is known."""
    parts = _parts(facts, on)
    if not parts:
        return None
    value = _value(parts)
    before = _parts(facts, on - timedelta(days=TREND_DAYS))
    # Stars alone say nothing of how it was then.
    change = value - _value(before) if before.keys() - {"judgement"} else 0.0
    trend = RISING if change >= _NOTICED else FALLING if change <= -_NOTICED else STEADY
    known = [touch.on for touch in facts.touches if touch.on <= on]
    recent = on - timedelta(days=_HALF_YEAR)
    return Score(
        round(value, 1),
        trend,
        parts,
        (on - max(known)).days if known else None,
        sum(day > recent for day in known),
    )


def _value(parts: Mapping[str, float]) -> float:
    weight = sum(WEIGHTS[name] for name in parts)
    return 1 + 4 * sum(WEIGHTS[name] * part for name, part in parts.items()) / weight


def _parts(facts: ScoreFacts, on: date) -> dict[str, float]:
    parts: dict[str, float] = {}
    touches = [touch for touch in facts.touches if touch.on <= on]
    if touches:
        days = (on - max(touch.on for touch in touches)).days
        parts["recency"] = _within(1 - (days - _FRESH_DAYS) / (_HALF_YEAR - _FRESH_DAYS))
        recent = sum(touch.on > on - timedelta(days=_HALF_YEAR) for touch in touches)
        parts["frequency"] = min(1.0, recent / _OFTEN)
        several = {touch.who_or_how for touch in touches if touch.on > on - _YEAR} - {None}
        parts["breadth"] = min(1.0, len(several) / _MANY)
    sales = [day for day in facts.sales if day <= on]
    if sales:
        fresh = sum(day > on - _YEAR for day in sales)
        parts["trade"] = 1.0 if fresh > 1 else 0.6 if fresh else 0.3
    elif touches:
        parts["trade"] = 0.0
    ratings = [stars for day, stars in facts.ratings if on - _YEAR < day <= on]
    waiting = sum(
        each.opened <= on and (each.settled is None or each.settled > on)
        for each in facts.complaints
    )
    if ratings or waiting:
        mean = sum(ratings) / len(ratings) if ratings else 3.0
        parts["service"] = _within((mean - 1) / 4 - 0.25 * waiting)
    if facts.judged:
        parts["judgement"] = (sum(facts.judged) / len(facts.judged) - 1) / 4
    return parts


def _within(part: float) -> float:
    return max(0.0, min(1.0, part))
