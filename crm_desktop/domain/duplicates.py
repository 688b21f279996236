"""Which records are likely one and the same, how sure that is, and why.

What speaks against a pair counts as well: two tax numbers are two firms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from crm_desktop.domain.firm_places import UNPLACED, Nearness, PlacedName, nearness, place_of_city
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.names import company_key, person_key, similarity, sound_key, split_title
from crm_desktop.domain.regions import Region
from crm_desktop.domain.text import fold

STRONG = frozenset({"mobile", "email", "wechat", "qq"})
"""Points that belong to one person; a firm's people share phones, faxes and websites."""
PAIRS_ONLY = frozenset({"place", "within"})
"""Reasons that tell of two records only: 恒远 may be 苏州恒远 or 无锡恒远, which are two."""
LEAST = 50
_ALIKE = 84.0
_TAIL = 7
_BRACKETED = re.compile(r"[(（\[【〔](.*?)[)）\]】〕]")
_NUMERALS = re.compile("[0-9一二三四五六七八九十百甲乙丙丁]")
_SYLLABLE = re.compile(r"([a-z]+)[1-5](?= |$)")
_SMALLEST_SOUND = 4
_SHORTEST_BEGINNING = 3  # characters of a firm's name; twice as many letters


class Certainty(StrEnum):
    """How sure it is; the words are "duplicates.certainty.CODE"."""

    SURE = "sure"
    LIKELY = "likely"
    POSSIBLE = "possible"

    @classmethod
    def of(cls, score: int) -> Certainty:
        """The word for a score of 50 to 100."""
        return cls.SURE if score >= 90 else cls.LIKELY if score >= 70 else cls.POSSIBLE


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two look alike: the words "duplicates.reason.CODE" and the thing they share."""

    code: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two records are."""

    score: int
    reasons: tuple[Reason, ...]


@dataclass(slots=True)
class Traits:
    """What of a record is compared."""

    id: int
    name: str
    keys: tuple[str, ...] = ()  # the name without what does not count; other spellings of it
    sounds: tuple[str, ...] = ()
    points: frozenset[tuple[str, str]] = frozenset()
    companies: frozenset[int] = frozenset()
    birthday: tuple[int | None, int, int, bool] | None = None
    tax_number: str = ""
    city: str = ""
    parent: int | None = None
    placed: PlacedName = UNPLACED  # of companies

    @property
    def bare(self) -> bool:
        """Nothing but a name is known."""
        return not (self.points or self.companies or self.birthday)


@dataclass(frozen=True, slots=True)
class Member:
    """One record of a group, with what tells it apart."""

    ref: Ref
    subtitle: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Records that are likely the same; the first is the one to keep by default."""

    kind: Kind
    members: tuple[Member, ...]
    score: int
    reasons: tuple[Reason, ...]

    @property
    def certainty(self) -> Certainty:
        """How sure, in a word."""
        return Certainty.of(self.score)

    @property
    def ids(self) -> tuple[int, ...]:
        """Of the members, in order."""
        return tuple(member.ref.id for member in self.members)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that what is being typed may already be."""

    ref: Ref
    subtitle: str
    score: int
    reasons: tuple[Reason, ...]

    @property
    def certainty(self) -> Certainty:
        """How sure, in a word."""
        return Certainty.of(self.score)


def name_traits(
    kind: Kind, name: str, *, short_name: str = "", sort_key: str = ""
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Keys and sounds of a name. `sort_key` is the stored one, which knows the user's reading."""
    if kind is Kind.PERSON:
        key = person_key(name)
        plain = bool(sort_key) and key == name and _han(key)  # no title, nothing but characters
        sound = "".join(_SYLLABLE.findall(sort_key)) if plain else ""
        sound = sound or sound_key(name).replace(" ", "")
        words = key.split()
        turned = "".join(reversed(fold(split_title(name).name).split())) if len(words) > 1 else ""
        return (key,), tuple(dict.fromkeys(s for s in (sound, turned) if s))
    key = company_key(name)
    keys = [key, company_key(short_name) if short_name else ""]
    sound = "" if key.isascii() else sound_key(key)
    return tuple(dict.fromkeys(k for k in keys if k)), (sound,) if sound else (key,)


def _han(text: str) -> bool:
    return bool(text) and not text.isascii() and " " not in text


def compare(kind: Kind, one: Traits, other: Traits) -> Likeness | None:
    """How alike two records are; None where too little speaks for it."""
    found = _people(one, other) if kind is Kind.PERSON else _companies(one, other)
    return found if found is not None and found.score >= LEAST else None


def perhaps(kind: Kind, typed: Traits, other: Traits) -> Likeness | None:
    """While a record is typed a name alone is worth a look; None where something speaks against it.

    Among records that are there it would be no reason: 章伟 and 张伟 are mostly two.
    """
    if kind is Kind.PERSON:
        names = _person_names(typed, other)
        apart = bool(typed.companies) and bool(other.companies - typed.companies)
        born = bool(typed.birthday) and bool(other.birthday) and typed.birthday != other.birthday
        against = names == "part" or apart or born
    else:
        names = "part" if _begins(typed.placed, other.placed) else ""
        against = bool(typed.tax_number) and bool(other.tax_number)
    return Likeness(LEAST, (Reason(names),)) if names and not against else None


def _begins(one: PlacedName, other: PlacedName) -> bool:
    """恒远精密 and 苏州恒远精密机械, but not 恒远 of another town."""
    shorter, longer = sorted((one.rest, other.rest), key=len)
    mine, theirs = one.place, other.place
    if mine is not None and theirs is not None and nearness(mine, theirs) is Nearness.APART:
        return False
    least = _SHORTEST_BEGINNING if _han(shorter) else 2 * _SHORTEST_BEGINNING
    return len(shorter) >= least and longer.startswith(shorter)


def _shared(one: Traits, other: Traits) -> tuple[list[Reason], list[Reason]]:
    strong: list[Reason] = []
    weak: list[Reason] = []
    both = one.points & other.points
    for point, norm in sorted(both):
        (strong if point in STRONG else weak).append(Reason(point, norm))
    if not both:
        # The same number, recorded as a mobile here and as a phone there, or without its area.
        numbers = {n for p, n in one.points if p in ("mobile", "phone")}
        others = {n for p, n in other.points if p in ("mobile", "phone")}
        if same := sorted(numbers & others):
            strong.append(Reason("phone", same[0]))
        else:
            tails = {n[-_TAIL:]: n for n in numbers if len(n) >= _TAIL}
            weak += [Reason("tail", tails[n[-_TAIL:]]) for n in others if n[-_TAIL:] in tails][:1]
    return strong, weak


def _differ(one: Traits, other: Traits, *points: str) -> bool:
    """Whether both have points of these sorts, and none in common."""
    mine = {norm for point, norm in one.points if point in points}
    theirs = {norm for point, norm in other.points if point in points}
    return bool(mine) and bool(theirs) and not mine & theirs


def _people(one: Traits, other: Traits) -> Likeness | None:
    names = _person_names(one, other)
    strong, weak = _shared(one, other)
    told = [Reason(names)] if names else []
    if strong:
        score = {"same_name": 98, "": 60}.get(names, 92)
        return Likeness(score, (*strong, *told))
    if not names or names == "part":
        return None
    if one.birthday and other.birthday:
        if one.birthday == other.birthday and names == "same_name":
            return Likeness(93, (Reason("birthday"), *told, *weak))
        if None not in (one.birthday[0], other.birthday[0]):
            return None  # two days of birth are two people
    against = _differ(one, other, "mobile") or _differ(one, other, "email")
    if one.companies & other.companies:
        score = {"same_name": 88, "sound": 74}.get(names, 56) - (16 if against else 0)
        return Likeness(score, (*told, Reason("company"), *weak))
    if weak:
        score = {"same_name": 80, "sound": 66}.get(names, 52) - (20 if against else 0)
        return Likeness(score, (*told, *weak))
    if names == "same_name" and (one.bare or other.bare):
        return Likeness(62, tuple(told))
    if names == "same_name" and not against and one.city and one.city == other.city:
        return Likeness(58, (*told, Reason("city", one.city)))
    return None


def _person_names(one: Traits, other: Traits) -> str:
    mine, theirs = one.keys[0], other.keys[0]
    if mine == theirs:
        return "same_name"
    if not set(one.sounds).isdisjoint(other.sounds):
        return "sound"
    shorter, longer = sorted((mine, theirs), key=len)
    if _han(shorter) and len(shorter) <= 2 and longer.startswith(shorter):
        return "part"  # 张总 and 张伟
    if _NUMERALS.findall(mine) == _NUMERALS.findall(theirs):
        long_enough = min(len(mine), len(theirs)) >= 4
        if long_enough and similarity(mine, theirs) >= _ALIKE:
            return "similar"
    return ""


def _companies(one: Traits, other: Traits) -> Likeness | None:
    if one.parent == other.id != 0 or other.parent == one.id != 0:
        return None  # a firm and its branch are two
    if one.tax_number and one.tax_number == other.tax_number:
        return Likeness(99, (Reason("tax_number", one.tax_number),))
    names = _company_names(one, other)
    strong, weak = _shared(one, other)
    points = (*strong, *weak)
    told = [Reason(names)] if names else []
    base = {
        "same_name": 95,
        "same_core": 90,
        "branch": 64,
        "place": 62,
        "within": 55,
        "place_written": 85,
        "place_city": 74,
        "short_name": 72,
        "sound": 70,
        "similar": 60,
    }.get(names, 0)
    if points and base:
        base = 97 if base >= 90 else 90
    elif points:
        base = 70 if any(r.code in ("email", "website") for r in points) else 52
    elif names in ("sound", "similar") and one.city and other.city and one.city != other.city:
        return None
    if one.tax_number and other.tax_number:
        base -= 35
    return Likeness(base, (*points, *told)) if base else None


def _company_names(one: Traits, other: Traits) -> str:
    if fold(one.name) == fold(other.name):
        return "same_name"
    place = _by_place(one, other)
    if place is not None:
        return place
    mine, theirs = one.keys[0], other.keys[0]
    if mine == theirs:
        places = set(map(fold, _BRACKETED.findall(one.name)))
        others = set(map(fold, _BRACKETED.findall(other.name)))
        return "branch" if places and others and places != others else "same_core"
    if not set(one.keys).isdisjoint(other.keys):
        return "short_name"
    if _NUMERALS.findall(mine) != _NUMERALS.findall(theirs):
        return ""  # 一厂 and 二厂
    if (
        len(one.sounds[0]) > _SMALLEST_SOUND
        and one.sounds[0] == other.sounds[0]
        and min(len(mine), len(theirs)) > 2
    ):
        return "sound"
    if min(len(mine), len(theirs)) >= 4 and similarity(mine, theirs) >= _ALIKE:
        return "similar"
    return ""


def _by_place(one: Traits, other: Traits) -> str | None:
    """What the places in two names say; "" where they are two firms, None where nothing."""
    mine, theirs = one.placed.place, other.placed.place
    if mine is None and theirs is None:
        return None
    for placed, plain in sorted(((one, other), (other, one)), key=lambda pair: pair[0].keys):
        place, rest = placed.placed.place, placed.placed.rest
        if place is not None and rest in plain.keys and rest not in placed.keys:
            return _with_and_without(place, rest, plain)
    if mine is None or theirs is None:
        return None
    near = nearness(mine, theirs)
    if near is Nearness.APART:
        return ""
    if one.placed.rest != other.placed.rest or one.keys[0] == other.keys[0]:
        return None
    return "place_written" if near is Nearness.SAME else "within"


def _with_and_without(place: Region, rest: str, plain: Traits) -> str:
    """苏州恒远 and 恒远: perhaps; surer where the other's place is told elsewhere."""
    inside = rest == plain.keys[0] != plain.placed.rest  # 北京朝阳恒远 and 朝阳恒远
    named = None if inside else plain.placed.place
    known = named or place_of_city(plain.city)
    near = nearness(place, known) if known is not None else Nearness.WITHIN
    if near is Nearness.APART:
        return ""
    if near is Nearness.SAME:
        return "place_written" if named else "place_city"
    return "within" if named else "place"
