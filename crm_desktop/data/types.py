"""Column types: exact values in, exact values out, and what cannot be kept is refused."""

from __future__ import annotations

import json
from contextvars import ContextVar
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Boolean, Dialect, String, Text
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeDecorator, TypeEngine

from crm_desktop.domain.uid import uid7

_DIALECT = sqlite.dialect()
MOMENT: ContextVar[datetime] = ContextVar("moment")
"""The moment of the gesture being written; the book sets it, columns take their stamps from it."""


def moment_of_gesture() -> datetime:
    """The stamp of what is written now. LookupError outside of `Book.write`: our own bug."""
    return MOMENT.get()


def fresh_uid() -> str:
    """An identity for a row written now."""
    return uid7(MOMENT.get())


class Scaled(TypeDecorator[Decimal]):
    """Decimal kept as a whole number of its smallest unit, so that no cent is ever lost."""

    impl = BigInteger
    cache_ok = True

    def __init__(self, digits: int) -> None:
        super().__init__()
        self.digits = digits

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> int | None:
        """Refuses floats and values with more digits than the column keeps."""
        if value is None:
            return None
        if isinstance(value, (bool, float)):
            raise TypeError(f"{value!r} is not an exact number")
        number = Decimal(value)
        if not number.is_finite():
            raise ValueError(f"{value!r} is not a number that can be kept")
        sign, coefficient, exponent = number.as_tuple()
        shift = int(exponent) + self.digits
        power: int = 10 ** abs(shift)
        whole, lost = int("".join(map(str, coefficient)) or "0"), 0
        if shift >= 0:
            whole *= power
        else:
            whole, lost = divmod(whole, power)
        if lost:
            raise ValueError(f"{value} has more than {self.digits} digits after the point")
        if whole >= 2**63:
            raise ValueError(f"{value} is too large")
        return -whole if sign else whole

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """The exact Decimal, with as many digits as the column keeps."""
        return None if value is None else Decimal(value).scaleb(-self.digits)


class Amount(Scaled):
    """Money, in minor units (two digits)."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(2)


class _FourDigits(Scaled):
    """Four digits after the point."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(4)


class UnitPrice(_FourDigits):
    """The price of one piece, four digits."""

    cache_ok = True


class Quantity(_FourDigits):
    """How many, four digits."""

    cache_ok = True


class Rate(_FourDigits):
    """A rate or percentage, four digits."""

    cache_ok = True


class UtcStamp(TypeDecorator[datetime]):
    """An aware moment, kept as sortable UTC text: 2026-03-01T08:30:00.000000Z."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Refuses moments without a zone."""
        return None if value is None else stamp_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """The moment, in UTC."""
        return None if value is None else datetime.fromisoformat(value)


def stamp_text(value: datetime) -> str:
    """The text `UtcStamp` keeps; for statements that bypass column types."""
    if value.tzinfo is None:
        raise ValueError("a stamp needs its zone")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


class Day(TypeDecorator[date]):
    """A date without time, kept as ISO text."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Refuses a datetime: its date depends on a zone."""
        if value is None:
            return None
        if isinstance(value, datetime):
            raise TypeError("a day is a date, not a moment")
        return value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """The date."""
        return None if value is None else date.fromisoformat(value)


class JsonText(TypeDecorator[Any]):
    """A dict or list kept as canonical JSON text: equal values are equal text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Sorted keys, no spaces, no NaN."""
        return None if value is None else json_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """The dict or list."""
        return None if value is None else json.loads(value)


def json_text(value: Any) -> str:
    """Canonical JSON. TypeError for values JSON does not know, ValueError for NaN."""
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )


class StrEnumText(TypeDecorator[StrEnum]):
    """A closed set of words, kept by value; anything else is refused in both directions."""

    impl = String
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        """Takes a member or its value."""
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """The member."""
        return None if value is None else self.words(value)


def given(kept: TypeEngine[Any], raw: Any) -> Any:
    """A value as the engine or the journal keeps it → as its column gives it."""
    if raw is None:
        return None
    if isinstance(kept, TypeDecorator):
        return kept.process_result_value(raw, _DIALECT)
    return bool(raw) if isinstance(kept, Boolean) else raw
