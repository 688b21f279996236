"""Tags as lists and fields offer them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TagRow:
    """One tag and how many records carry it."""

    id: int
    name: str
    color: str
    count: int
