"""Province, city and district out of a Chinese address, where they are beyond doubt."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Any, TypeVar

from crm_desktop.domain.divisions import City, District, Names, divisions
from crm_desktop.domain.fields import Address

T = TypeVar("T")
REGION_KEYS = ("province", "city", "district")
_CHINESE = re.compile("[（(]?[\u4e00-\u9fff]")
_DIGIT = re.compile(r"\d")
_LEAD = re.compile(r"\s*(?:\d{6}(?!\d)[\s,，]*)?(?:(?:中华人民共和国|中国)[\s,，]*)?")
_BETWEEN = re.compile(r"[\s,，、/·\-－—]*(?:市辖区|县(?=[^城]))?[\s,，、/·\-－—]*")
_FREE_TRADE = re.compile("[（(]([\u4e00-\u9fff]{2,3})[）)]自由贸易(?:试验区)?")
# A short name may be that of a street or a house: 南京东路, 北京大厦, 中山市场.
_NO_PLACE = re.compile(
    "[东西南北中]{0,2}[一二三四五六七八九十]{0,2}"
    "(?:路|街|道|大道|大街|巷|弄|胡同|里|桥|港|湾|城|大厦|大楼|广场|饭店|宾馆|酒店|商|大学|学|银行|花园)"
)
_CHINA = ("", "中国", "中华人民共和国", "China", "CN")
_MARKET = "场"
_GENERIC = re.compile("[东西南北中新老旧城市郊矿港口关厢林山湖江河]{1,2}[区县]|大安区")
"""Words for a part of any town, and names that a city of Taiwan has as well."""
_LONGEST = 60
_SHORTEST_REST = 2
_SEPARATE_LANDS = {"香港": ("九龙", "新界", "港岛"), "澳门": ("氹仔", "路环", "半岛")}


@dataclass(frozen=True, slots=True)
class Region:
    """What an address says, by the names of the list; "" where it does not say it surely."""

    province: str = ""
    city: str = ""
    district: str = ""
    typed: tuple[str, ...] = field(default=(), compare=False)
    """The pieces that were read, as typed; with `rest` they are the whole address."""
    rest: str = field(default="", compare=False)


def read_region(address: str) -> Region | None:
    """The region an address begins with; None where none is sure, and for foreign ones.

    Several readings of the same words are no reading: 鼓楼区 alone may be any of four.
    """
    lead = _LEAD.match(address)
    start = lead.end() if lead else 0
    if not _CHINESE.match(address, start):
        return None
    street = _DIGIT.search(address, start)
    found = _read(address[start : street.start() if street else start + _LONGEST])
    if found is None:
        return None
    region, pieces = found
    bounds = (0, *(start + piece for piece in pieces))
    typed = tuple(address[a:b] for a, b in itertools.pairwise(bounds))
    return replace(region, typed=typed, rest=address[bounds[-1] :])


@lru_cache(maxsize=8192)  # a town has many houses, but not so many streets
def _read(text: str) -> tuple[Region, list[int]] | None:
    """The region, and where the pieces end that say it."""
    readings: dict[int, list[tuple[Region, list[int]]]] = {}
    for region, pieces in _readings(text, 0):
        readings.setdefault(pieces[-1], []).append((region, pieces))
    for end in sorted(readings, reverse=True):
        if (common := _common([region for region, _ in readings[end]])) is not None:
            return common, readings[end][0][1]
    return None


def _common(readings: Sequence[Region]) -> Region | None:
    """What all readings say alike: 云南大理 is in 大理州, be the city of that name meant or not."""
    first = readings[0]
    if all(one == first for one in readings):
        return first
    if any(one.province != first.province for one in readings):
        return None
    city = first.city if all(one.city == first.city for one in readings) else ""
    return replace(first, city=city, district="") if city else None


def of_addresses(addresses: Sequence[Address]) -> dict[str, str]:
    """The region of the first address by fields; what is not sure is left out."""
    if not addresses:
        return {}
    main = addresses[0]
    told = (main.province, main.city, main.district)
    if not any(told) and main.country in _CHINA and (read := read_region(main.line)) is not None:
        told = (read.province, read.city, read.district)
    return {key: value for key, value in zip(REGION_KEYS, told, strict=True) if value}


def lacks_region(record: Mapping[str, Any], fresh: Sequence[Address]) -> bool:
    """Whether a record has no region, and the first of new addresses is its main one."""
    held = record.get("address")
    if not fresh or not held or any(record.get(key) for key in REGION_KEYS):
        return False
    return bool(held[0] == fresh[0]) or _bare(held[0]) == _bare(fresh[0])


def _bare(address: Address) -> str:
    return "".join(filter(str.isalnum, address.text()))


@lru_cache(maxsize=16384)  # a firm is compared with many
def leading_place(name: str) -> tuple[Region, str] | None:
    """The place the name of a firm begins with, and the rest of the name; None where it has none.

    Here a short name alone is enough, as in 苏州恒远; what several readings say differently is no
    place. The rest is at least two characters.
    """
    if name[:2] not in _beginnings():
        return None
    readings: dict[int, list[Region]] = {}
    start = name[:_LONGEST]
    for region, pieces in (*_readings(start, 0), *_short_readings(start)):
        if len(name) - pieces[-1] >= _SHORTEST_REST:
            readings.setdefault(pieces[-1], []).append(region)
    for end in sorted(readings, reverse=True):
        if (common := _common(readings[end])) is not None:
            return common, name[end:]
    return None


def _short_readings(text: str) -> Iterator[tuple[Region, list[int]]]:
    """A place by its short name alone: 江苏, 苏州, 昆山; not where it may be that of a street."""
    known = divisions()
    for end, province in _names(text, 0, known.short_provinces):
        yield Region(province, province if province.endswith("市") else ""), [end]
    for end, city in _names(text, 0, known.short_cities):
        if not _NO_PLACE.match(text, end):
            yield Region(city.province, city.name), [end]
    for end, towns in _names(text, 0, _towns()):
        if not _NO_PLACE.match(text, end):
            yield from ((_region(town), [end]) for town in towns)


@cache
def _towns() -> Names[list[District]]:
    """Cities of a county's rank in the whole country by their short names."""
    found: Names[list[District]] = Names()
    for whole in divisions().whole.values():
        for name in whole.towns:
            found[name] = [*found.get(name, ()), whole.towns[name]]
    return found


@cache
def _beginnings() -> frozenset[str]:
    """What the names of places begin with: most firms' names do not."""
    known = divisions()
    names = (known.provinces, known.short_provinces, known.cities, known.short_cities)
    return frozenset(name[:2] for each in (*names, known.districts, _towns()) for name in each)


def _readings(text: str, start: int) -> Iterator[tuple[Region, list[int]]]:
    """Each way to read the beginning, with the ends of its pieces."""
    known = divisions()
    if (free := _FREE_TRADE.match(text, start)) and free[1] in known.short_provinces:
        yield from _in_province(text, known.short_provinces[free[1]], free.end(), sure=True)
        return
    for end, province in _names(text, start, known.provinces):
        yield from _in_province(text, province, end, sure=True)
        return
    for end, province in _names(text, start, known.short_provinces):
        yield from _in_province(text, province, end, sure=False)
    for end, city in _names(text, start, known.cities):
        yield Region(city.province, city.name), [end]
        yield from _in_city(text, city, end, [])
    for end, city in _names(text, start, known.short_cities):
        yield from _in_city(text, city, end, [])
    for end, district in _names(text, start, known.districts):
        if not _GENERIC.fullmatch(text, start, end):
            yield _region(district), [end]


def _in_province(
    text: str, province: str, end: int, *, sure: bool
) -> Iterator[tuple[Region, list[int]]]:
    known = divisions()
    whole = known.whole[province]
    state = province.endswith("市")
    if sure or text.startswith(_SEPARATE_LANDS.get(text[end - 2 : end], ("\0",)), end):
        yield Region(province, province if state else ""), [end]
    after = _beyond(text, end)
    if state:
        for name in (province, province[:-1]):  # 北京北京市海淀区
            if text.startswith(name, after):
                at = after + len(name)
                yield Region(province, province), [end, at]
                yield from _in_city(text, whole, at, [end], short=True)
        yield from _in_city(text, whole, end, [], short=True)
        return
    yield from _in_city(text, whole, end, [], short=True)
    for at, city in _names(text, after, known.cities):
        if city.province == province:
            yield Region(province, city.name), [end, at]
            yield from _in_city(text, city, at, [end], short=True)
    for at, city in _names(text, after, known.short_cities):
        if city.province == province:
            if not _NO_PLACE.match(text, at):
                yield Region(province, city.name), [end, at]
            yield from _in_city(text, city, at, [end], short=True)


def _in_city(
    text: str, city: City, end: int, before: list[int], *, short: bool = False
) -> Iterator[tuple[Region, list[int]]]:
    """The districts of a city that come next; with `short` its towns without their rank too."""
    after = _beyond(text, end)
    for at, district in _names(text, after, city.districts):
        yield _region(district, city.name), [*before, end, at]
    for at, district in _names(text, after, city.towns) if short else ():
        if not _NO_PLACE.match(text, at):
            yield _region(district, city.name), [*before, end, at]


def _names(text: str, start: int, known: Names[T]) -> Iterator[tuple[int, T]]:
    """The names that stand at a place, with their ends."""
    for end, meant in known.at(text, start):
        if not (text[end - 1] == "市" and text.startswith(_MARKET, end)):
            yield end, meant


def _beyond(text: str, end: int) -> int:
    found = _BETWEEN.match(text, end)
    return found.end() if found else end


def _region(district: District, city: str = "") -> Region:
    return Region(district.province, city or district.city, district.name)
