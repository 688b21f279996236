"""What a chart shows: plain values with the key that a click gives back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Number = int | float | Decimal


@dataclass(frozen=True, slots=True)
class Point:
    """One number: its name, its value, its key; `note` stands beside it (a count, a share)."""

    label: str
    value: Number
    key: Any = None
    note: str = ""
    colour: str = ""  # a chip colour; "" means the accent


@dataclass(frozen=True, slots=True)
class Series:
    """A row of numbers over the same labels; comparison lines are `dashed` or `dotted`."""

    name: str
    values: Sequence[Number | None]
    keys: Sequence[Any] = ()
    colour: str = ""
    line: str = "solid"


@dataclass(frozen=True, slots=True)
class Bars:
    """Upright bars, perhaps with a line of other numbers over the same labels to compare with."""

    points: Sequence[Point]
    name: str = ""  # what the bars are, where there is such a line
    beside: Series | None = None


@dataclass(frozen=True, slots=True)
class HBars:
    """Lying bars with their names on the left and their values on the right."""

    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class StackedBars:
    """Upright bars of several parts; ageing of money owed is one of them."""

    labels: Sequence[str]
    series: Sequence[Series]


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines over the same labels; the first is the one that matters."""

    labels: Sequence[str]
    series: Sequence[Series]


@dataclass(frozen=True, slots=True)
class Funnel:
    """Stages that narrow; `notes` stand between a stage and the next (the conversion)."""

    points: Sequence[Point]
    notes: Sequence[str] = field(default=())


@dataclass(frozen=True, slots=True)
class Ageing:
    """One bar divided by how old the money is, with a legend of names and values."""

    points: Sequence[Point]


Chart = Bars | HBars | StackedBars | Lines | Funnel | Ageing
