"""The pinyin of names: keys for sorting, initials, and every reading for searching.

The readings come from our own table (see `pinyin_table`), loaded with the first name that
needs it; surnames and polyphonic words from `pinyin_names`. ü is v in the table; searching
accepts v, u and yu for it. A reading the user wrote down himself wins.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Sequence

from crm_desktop.domain.pinyin_names import COMPOUND_SURNAMES, PHRASES, RARE, SURNAMES
from crm_desktop.domain.text import fold

Alternatives = tuple[str, ...]

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_ALL_HAN = re.compile(f"[{_HAN}]+")
_PIECES = re.compile(rf"([{_HAN}]+)|([0-9]+)|([^\W_0-9{_HAN}]+)")
_WORDS = re.compile(rf"([{_HAN}]+)|[a-z0-9]+|[^\W_a-z0-9{_HAN}]+")
_GROUPS = re.compile("([a-z]+[1-5])([^a-z]+)")
_SYLLABLE_RUNS = re.compile(r"[a-z]+[1-5]")
_WRITTEN = re.compile("([a-z]+)([1-5]?)")
_UMLAUTS = str.maketrans("üǖǘǚǜÜǕǗǙǛ", "vvvvvvvvvv")
# With more characters a name is a firm's, and its first character seldom a surname.
_LONGEST_GLUED = 24  # letters: four syllables of six
_LONGEST_PERSON = 4


def _pairs(listing: str) -> dict[str, tuple[str, ...]]:
    """The entries "重庆chong2qing4 …" as {"重庆": ("chong2", "qing4")}."""
    found = {}
    for entry in listing.split():
        readings = tuple(_SYLLABLE_RUNS.findall(entry))
        found[entry.removesuffix("".join(readings))] = readings
    return found


class _MostUsual(dict[str, str]):
    """The most usual reading of a character, "" where none is known; looked up when asked for."""

    def __init__(self, listing: str) -> None:
        super().__init__()
        self._listing = listing
        groups = list(_GROUPS.finditer(listing))
        self._starts = [group.start(2) for group in groups]
        self._readings = [group[1] for group in groups]

    def __missing__(self, character: str) -> str:
        at = self._listing.find(character)
        group = bisect_right(self._starts, at) - 1
        reading = self[character] = self._readings[group] if at >= 0 else ""
        return reading

    def readings(self) -> set[str]:
        """Every reading that any character has."""
        return {*self._readings, *self.values()}


class _Table:
    """Everything the functions look up; made once, with the first name."""

    def __init__(self) -> None:
        from crm_desktop.domain.pinyin_table import FIRST, FURTHER  # 100 KB of text

        self.first = _MostUsual(FIRST)
        self.further: dict[str, list[str]] = {}
        for reading, characters in _GROUPS.findall(FURTHER):
            for character in characters:
                self.further.setdefault(character, []).append(reading)
        for character, readings in _pairs(RARE).items():
            self.first[character] = readings[0]
        self.surnames = {key: value[0] for key, value in _pairs(SURNAMES).items()}
        self.compounds = _pairs(COMPOUND_SURNAMES)
        self.phrases = _pairs(PHRASES)
        for phrases in (self.phrases, self.compounds):
            for phrase, readings in phrases.items():
                for character, reading in zip(phrase, readings, strict=True):
                    self._know(character, reading)
        for character, reading in self.surnames.items():
            self._know(character, reading)
        # Only these characters make a look-up of phrases worth while.
        self.openers = frozenset(phrase[0] for phrase in self.phrases)
        self.longest = max(map(len, self.phrases))
        toneless = {reading[:-1] for reading in self.first.readings()}
        self.syllables = frozenset(way for one in toneless for way in _spellings(one))

    def _know(self, character: str, reading: str) -> None:
        usual = self.first[character]
        if not usual:
            self.first[character] = reading
        elif reading != usual:
            known = self.further.setdefault(character, [])
            if reading not in known:
                known.append(reading)


@functools.cache
def _table() -> _Table:
    return _Table()


class _SortCells(dict[str, str]):
    """What each character adds to a sort key; filled as characters turn up."""

    def __missing__(self, character: str) -> str:
        reading = _table().first[character]
        cell = self[character] = f"{reading} {character}" if reading else character
        return cell


_cells = _SortCells()


def _spellings(syllable: str) -> Alternatives:
    """The ways people type one syllable: lv, lu and lyu for 吕."""
    if "v" not in syllable:
        return (syllable,)
    return syllable, syllable.replace("v", "u"), syllable.replace("v", "yu")


def is_syllable(text: str) -> bool:
    """Whether this is one whole pinyin syllable without a tone."""
    return text in _table().syllables


@functools.lru_cache(maxsize=32768)  # asked to sort by a name and to find it
def _readings(han: str, starts_name: bool) -> tuple[str, ...]:
    """The most fitting reading of each character, "" where none is known."""
    table = _table()
    chosen = [table.first[character] for character in han]
    if starts_name and 1 < len(han) <= _LONGEST_PERSON:
        chosen[0] = table.surnames.get(han[0], chosen[0])
    if starts_name and han[:2] in table.compounds:
        chosen[:2] = table.compounds[han[:2]]
    if not table.openers.isdisjoint(han):
        _put_phrases(chosen, han)
    return tuple(chosen)


def _put_phrases(chosen: list[str], han: str) -> None:
    table = _table()
    at = 0
    while at < len(han):
        step = 1
        if han[at] in table.openers:
            for end in range(min(len(han), at + table.longest), at + 1, -1):
                if (found := table.phrases.get(han[at:end])) is not None:
                    chosen[at:end] = found
                    step = end - at
                    break
        at += step


def sort_key(name: str, own_reading: str | None = None) -> str:
    """A key whose plain order is pinyin order: syllable, tone, character; numbers by size."""
    if not own_reading and _ALL_HAN.fullmatch(name):
        table = _table()
        if table.openers.isdisjoint(name):
            first = name[0]
            if first not in table.surnames and name[:2] not in table.compounds:
                return " ".join(map(_cells.__getitem__, name))
        return _key_of(name, True)
    if own_reading:
        aligned = _aligned(name, own_reading)
        if aligned:
            return _cells_of(name, aligned)
        return f"{sort_key(own_reading)} {sort_key(name)}"
    parts = []
    for at, (han, digits, word) in enumerate(_PIECES.findall(fold(name))):
        if han:
            parts.append(_key_of(han, at == 0))
        elif digits:
            number = digits.lstrip("0") or "0"
            parts.append(f"{min(len(number), 99):02d}{number}")
        else:
            parts.append(word)
    return " ".join(parts)


@functools.lru_cache(maxsize=32768)
def _key_of(han: str, starts_name: bool) -> str:
    return _cells_of(han, _readings(han, starts_name))


def _cells_of(han: str, readings: Sequence[str]) -> str:
    return " ".join(
        f"{reading} {character}" if reading else character
        for character, reading in zip(han, readings, strict=True)
    )


def initials(name: str, own_reading: str | None = None) -> str:
    """The first letter of each syllable and word, in the most fitting reading: 恒远 → hy."""
    return "".join(element[0][0] for element in syllables(name, own_reading))


def syllables(name: str, own_reading: str | None = None) -> tuple[Alternatives, ...]:
    """The readings of each character (the most fitting first) and each Latin word or number."""
    return tuple(readings for _, readings in elements(name, own_reading))


@functools.lru_cache(maxsize=4096)  # the same names come again with every letter of a query
def elements(name: str, own_reading: str | None = None) -> tuple[tuple[str, Alternatives], ...]:
    """What a name is made of: (character, its readings) or ("", (word,)) in order."""
    found: list[tuple[str, Alternatives]] = []
    for han, ways in pieces(name, own_reading):
        found += zip(han, ways, strict=True) if han else (("", ways[0]),)
    return tuple(found)


def pieces(name: str, own_reading: str | None = None) -> list[tuple[str, tuple[Alternatives, ...]]]:
    """The same by runs: characters with the readings of each, or "" and those of one word."""
    aligned = _aligned(name, own_reading) if own_reading else None
    found: list[tuple[str, tuple[Alternatives, ...]]] = []
    for at, piece in enumerate(_WORDS.finditer(fold(name))):
        if not (han := piece[1]):
            found.append(("", ((piece[0],),)))
        elif aligned:
            found.append((han, tuple(map(_alternatives, han, aligned))))
        else:
            found.append((han, _ways(han, at == 0)))
    return found


@functools.lru_cache(maxsize=32768)  # surnames with given names, and the ends of firms' names
def _ways(han: str, starts_name: bool) -> tuple[Alternatives, ...]:
    return tuple(map(_alternatives, han, _readings(han, starts_name)))


@functools.lru_cache(maxsize=32768)
def _alternatives(character: str, chosen: str) -> Alternatives:
    """Every way to type a character's sound, beginning with the chosen reading."""
    table = _table()
    known = [chosen, table.first[character], *table.further.get(character, [])]
    typed = dict.fromkeys(way for one in known if one for way in _spellings(one.rstrip("12345")))
    return tuple(typed) or (character,)


def first_syllables(letters: str) -> set[str]:
    """What a name of two to four syllables written in one may begin with: zhangweiming → zhang."""
    if not 2 <= len(letters) <= _LONGEST_GLUED or not letters.isalpha():
        return set()
    cuts = (_dealt(letters, count) for count in range(2, 5))
    return {cut[0] for cut in cuts if cut}


def own_words(own_reading: str) -> tuple[str, ...]:
    """The words of a reading the user wrote: "Zēng Guófān" → zeng, guofan."""
    return tuple(word for word, _ in _WRITTEN.findall(fold(own_reading.translate(_UMLAUTS))))


def _aligned(name: str, own_reading: str) -> list[str] | None:
    """The user's reading dealt out to the characters, or None where it does not fit them."""
    if not _ALL_HAN.fullmatch(name):
        return None
    written: list[tuple[str, str]] = _WRITTEN.findall(fold(own_reading.translate(_UMLAUTS)))
    if len(written) != len(name):
        dealt = _dealt("".join(word for word, _ in written), len(name))
        if dealt is None:
            return None
        written = [(syllable, "") for syllable in dealt]
    return [
        syllable + (tone or _tone(character, syllable))
        for character, (syllable, tone) in zip(name, written, strict=True)
    ]


def _tone(character: str, syllable: str) -> str:
    table = _table()
    for known in (table.first[character], *table.further.get(character, [])):
        if syllable in _spellings(known[:-1]):
            return known[-1]
    return ""


def _dealt(letters: str, count: int) -> list[str] | None:
    """Letters cut into exactly `count` syllables, long ones preferred."""
    if not letters or not count:
        return [] if not letters and not count else None
    for length in range(min(6, len(letters)), 0, -1):
        if is_syllable(letters[:length]):
            rest = _dealt(letters[length:], count - 1)
            if rest is not None:
                return [letters[:length], *rest]
    return None
