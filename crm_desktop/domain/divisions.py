"""The provinces, cities and districts of China, those of former years among them.

From python-stdnum, which keeps them by the codes of GB/T 2260 with the years they were in force:
`XX0000` is a province, `XXYY00` a city, any other code a district, county or city of a county's
rank. What the list does not have are the districts of Hong Kong, Macau and Taiwan.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")
_DATED = re.compile(r"(?:\[\d*-(?P<until>\d*)\])?(?P<name>.+)")
_SIMPLE = str.maketrans("達嶺區門別澳行政", "达岭区门别澳行政")  # some are in long characters
_NO_NAMES = frozenset(
    {"市辖区", "县", "市", "林区", "省直辖县级行政单位", "自治区直辖县级行政单位"}
)
_UNDER_THE_PROVINCE = "90"  # 4290xx belong to no city
_CITY_STATES = frozenset({"11", "12", "31", "50"})
_PEOPLE = (
    "(?:(?:[壮回满苗侗瑶彝藏羌白傣黎畲土水京怒佤各]|土家|布依|哈尼|景颇|傈僳|朝鲜|蒙古|仫佬|毛南|"
    "拉祜|布朗|纳西|独龙|撒拉|保安|裕固|达斡尔|鄂温克|仡佬|普米|哈萨克|东乡)族"
    "|维吾尔|蒙古|哈萨克|柯尔克孜|锡伯|塔吉克)"
)
_RANK = re.compile(
    f"(?P<base>.{{2,}}?)(?:{_PEOPLE}*自治[区州县旗]|特别行政区|地区|省|市|盟|[区县旗])"
)
_NOTHING: dict[str, Any] = {}
_SHORT_RANKS = {"自治州": "州", "自治县": "县", "自治旗": "旗"}


class Names(Mapping[str, T]):
    """What names stand for, to be found where a text has them at some place."""

    def __init__(self) -> None:
        self._by_two: dict[str, dict[str, T]] = defaultdict(dict)

    def __setitem__(self, name: str, meant: T) -> None:
        self._by_two[name[:2]][name] = meant

    def __getitem__(self, name: str) -> T:
        return self._by_two[name[:2]][name]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name in self._by_two.get(name[:2], _NOTHING)

    def __iter__(self) -> Iterator[str]:
        return itertools.chain.from_iterable(self._by_two.values())

    def __len__(self) -> int:
        return sum(map(len, self._by_two.values()))

    def at(self, text: str, start: int) -> Iterator[tuple[int, T]]:
        """Those the text has at `start`: where they end, and what they stand for."""
        for name, meant in self._by_two.get(text[start : start + 2], _NOTHING).items():
            if text.startswith(name, start):
                yield start + len(name), meant


@dataclass(frozen=True, slots=True)
class District:
    """A district, a county, or a city of its rank, with the city and the province it lies in."""

    province: str
    city: str  # "" where it lies directly under its province
    name: str  # "" where it is a city directly under its province itself


@dataclass(slots=True)
class City:
    """A city, a prefecture or a league, and what lies in it."""

    province: str
    name: str  # "" for a whole province
    districts: Names[District] = field(default_factory=Names)
    """By their whole names, and by short ones with their rank: 长阳县."""
    towns: Names[District] = field(default_factory=Names)
    """Cities of a county's rank without their rank: 昆山."""


@dataclass(slots=True)
class Divisions:
    """All of them by name. A name that means several is left out."""

    provinces: Names[str] = field(default_factory=Names)
    short_provinces: Names[str] = field(default_factory=Names)
    """Without their rank: 浙江, 内蒙古."""
    whole: Names[City] = field(default_factory=Names)
    """Provinces by their whole name, with all their districts."""
    cities: Names[City] = field(default_factory=Names)
    short_cities: Names[City] = field(default_factory=Names)
    districts: Names[District] = field(default_factory=Names)
    """Those of which China has one only."""


@dataclass(frozen=True, slots=True)
class _Entry:
    code: str
    name: str
    in_force: bool


@functools.cache
def divisions() -> Divisions:
    """The list, read when it is first asked for: some 80 ms."""
    entries = list(_listed())
    made = Divisions()
    province_of: dict[str, str] = {}
    for one in entries:
        if one.code.endswith("0000"):
            province_of[one.code[:2]] = one.name
            base = _base(one.name)
            made.provinces[one.name] = one.name
            made.short_provinces[base] = one.name
            made.whole[one.name] = City(one.name, "")
            if one.name.endswith("自治区"):
                made.provinces[f"{base}自治区"] = made.provinces[f"{base}省"] = one.name
    by_code = _cities(made, entries, province_of)
    _districts(made, entries, province_of, by_code)
    return made


def _listed() -> Iterator[_Entry]:
    from stdnum import numdb  # needed where an address is read, which few starts do

    for _, high, _, _, children in numdb.get("cn/loc").prefixes:
        for _, low, _, told, _ in children:
            for one in told["county"].split(","):
                dated = _DATED.fullmatch(one)
                name = dated["name"].translate(_SIMPLE) if dated else ""
                if dated and name not in _NO_NAMES:
                    yield _Entry(high + low, name, not dated["until"])


def _cities(
    made: Divisions, entries: Iterable[_Entry], province_of: Mapping[str, str]
) -> dict[str, list[City]]:
    """The cities by the first four digits of their code; the one in force comes first."""
    towns = {one.name for one in entries if one.in_force and not one.code.endswith("00")}
    named: dict[str, list[tuple[_Entry, City]]] = defaultdict(list)
    by_code: dict[str, list[City]] = defaultdict(list)
    for one in sorted(entries, key=lambda one: not one.in_force):
        if one.name in made.provinces:
            continue  # Chongqing was a city of Sichuan
        if one.code.endswith("00") and not one.code.endswith("0000"):
            city = City(province_of[one.code[:2]], one.name)
            by_code[one.code[:4]].append(city)
            if one.in_force or one.name not in towns:
                named[one.name].append((one, city))
                for short in _short(one.name):
                    named[short].append((one, city))
    for name, meant in named.items():
        found = _only(meant)
        if found is not None and name not in made.short_provinces:
            (made.cities if found.name == name else made.short_cities)[name] = found
    return by_code


def _districts(
    made: Divisions,
    entries: Iterable[_Entry],
    province_of: Mapping[str, str],
    by_code: Mapping[str, list[City]],
) -> None:
    of_china: dict[str, list[tuple[_Entry, District]]] = defaultdict(list)
    of_city: dict[int, dict[str, list[tuple[_Entry, District]]]] = {}
    cities: dict[int, City] = {}
    for one in entries:
        if one.code.endswith("00"):
            continue
        province = province_of[one.code[:2]]
        own = by_code.get(one.code[:4], [])
        city = own[0].name if own else ""
        found = District(province, city, one.name)
        if one.code[:2] in _CITY_STATES:
            found = District(province, province, one.name)
        elif one.code[2:4] == _UNDER_THE_PROVINCE:
            town = one.name.endswith("市")
            found = District(province, one.name if town else "", "" if town else one.name)
        elif not own:
            continue  # of a prefecture that is no more
        of_china[one.name].append((one, found))
        for each in (*own, made.whole[province]):
            cities[id(each)] = each
            of_city.setdefault(id(each), defaultdict(list))[one.name].append((one, found))
    for name, meant in of_china.items():
        # A district of former years may be meant as well: 东山区 was one of Guangzhou's.
        places = {(each.province, each.city) for _, each in meant}
        found_one = _only(meant)
        if found_one is None or name in made.cities:
            continue
        if not name.endswith("区") or len(places) == 1:
            made.districts[name] = found_one
    for key, named in of_city.items():
        _fill(cities[key], named, made)


def _fill(city: City, named: Mapping[str, list[tuple[_Entry, District]]], made: Divisions) -> None:
    for name, meant in named.items():
        found = _only(meant)
        if found is None or (not city.name and name in made.cities):
            continue
        city.districts[name] = found
        if name.endswith("市") and _base(name) not in named:
            city.towns[_base(name)] = found
        for short in _short(name)[1:]:
            if short not in named:
                city.districts[short] = found


def _only(meant: list[tuple[_Entry, T]]) -> T | None:
    """What a name means: the one in force, where there is none the one of former years."""
    found = [each for one, each in meant if one.in_force] or [each for _, each in meant]
    return found[0] if all(each == found[0] for each in found) else None


def _base(name: str) -> str:
    found = _RANK.fullmatch(name)
    return found["base"] if found else name


def _short(name: str) -> list[str]:
    """Without its rank, and where its people are part of the name, with a short rank."""
    base = _base(name)
    if base == name:
        return []
    rank = _SHORT_RANKS.get(name[-3:], "")
    return [base, base + rank] if rank else [base]
