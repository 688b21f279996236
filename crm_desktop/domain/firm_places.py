"""The place in the name of a firm: 苏州恒远 may be 恒远, but never 无锡恒远."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from crm_desktop.domain.names import company_key
from crm_desktop.domain.regions import Region, leading_place
from crm_desktop.domain.text import fold

_BRACKETED = re.compile(r"[(（\[【〔](.*?)[)）\]】〕]")
_ANY_REST = "某某"


class Nearness(StrEnum):
    """How two places lie to each other."""

    SAME = "same"
    WITHIN = "within"  # one lies in the other, or nobody can say
    APART = "apart"


@dataclass(frozen=True, slots=True)
class PlacedName:
    """What a firm is called without its legal form and its place, and that place if it has one."""

    rest: str = ""
    place: Region | None = None


UNPLACED = PlacedName()


@lru_cache(maxsize=16384)
def placed_name(name: str, city: str = "") -> PlacedName:
    """Read 苏州恒远有限公司 and 恒远（苏州）有限公司; `city` tells of places no list knows."""
    key = company_key(name)
    for inside in _BRACKETED.findall(name):
        found = leading_place(fold(inside) + key)
        if found is not None and found[1] == key:
            return PlacedName(key, found[0])
    if (found := leading_place(key)) is not None:
        return PlacedName(found[1], found[0])
    typed = fold(city)
    if typed and key.startswith(typed) and len(key) - len(typed) > 1:
        return PlacedName(key[len(typed) :], Region(city=typed))
    return PlacedName(key)


def place_of_city(city: str) -> Region | None:
    """The place a field "city" names; None where it is empty."""
    typed = fold(city)
    found = leading_place(typed + _ANY_REST)
    if found is not None and found[1] == _ANY_REST:
        return found[0]
    return Region(city=typed) if typed else None


def nearness(one: Region, other: Region) -> Nearness:
    """How the places lie to each other."""
    if bool(one.province) != bool(other.province):
        return Nearness.WITHIN  # 苏州 and Suzhou: who knows
    if one == other:
        return Nearness.SAME
    levels = (
        (one.province, other.province),
        (one.city, other.city),
        (one.district, other.district),
    )
    apart = any(mine and theirs and mine != theirs for mine, theirs in levels)
    return Nearness.APART if apart else Nearness.WITHIN
