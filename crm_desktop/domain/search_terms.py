"""Tokens for the search index, and the exact filter that says what a query finds.

The index is one contentless FTS5 table (`detail=none`, `tokenize='ascii'`) over these
tokens. It only proposes; `matches` decides and ranks. What `matches` accepts, the tokens
always find. The first letter of a token is its class, so that classes never mix:

    c  characters outside a-z and 0-9, alone and in pairs     c张 c张伟
    t  three letters or digits in a row                        tzha t138
    w  the first one and two of a word                         wz wzh
    i  one to three initials in a row                          iz izw
    s  the first two letters of a syllable                     szh
    p  three letters of the pinyin in a row                    pngw

A word of the query is found literally, as pinyin whose last syllable may be unfinished
(zhangwe), as initials (zw), as pinyin and then initials (zhangw), each mixed with
characters (li明), or as digits of a phone number. One or two letters or digits find
beginnings only. All words must be found, in any order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import product

from crm_desktop.domain.pinyin import Alternatives, elements, is_syllable, own_words
from crm_desktop.domain.text import fold

Tokens = tuple[str, ...]

_RUNS = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
_PHONE_LIKE = re.compile(r"\+?[0-9][0-9()\-./]*|\([0-9()\-./]+")
_SPACED_PHONE = re.compile(r"(?:\+|00|86 ?1)[0-9 ()\-./]+")
_NOT_DIGITS = re.compile("[^0-9]")
_CHINA = re.compile(r"(?:\+|00)86")
_SHORT = 2


class Rank(IntEnum):
    """How well a record answers a query; the smaller, the better."""

    EXACT = 0
    STARTS = 1
    CONTAINS = 2
    PINYIN = 3
    INITIALS = 4
    ELSEWHERE = 5


@dataclass(frozen=True, slots=True)
class SearchFields:
    """What of a record can be found: names with the user's own reading, and the rest."""

    names: tuple[tuple[str, str | None], ...] = ()
    codes: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    other: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of a query in the forms it is compared in."""

    runs: tuple[str, ...]
    glued: str
    spaced: str
    short: bool
    digits: Tokens


# --- the record's side


def _ascii(text: str) -> bool:
    return text.isascii()


def _national(phone: str) -> Tokens:
    """The digits of a phone number as stored and as dialled at home."""
    digits = _NOT_DIGITS.sub("", phone)
    if digits.startswith("86") and len(digits) >= 11:
        home = digits[2:]
        return digits, home if len(home) == 11 and home[0] == "1" else "0" + home
    return (digits,)


def _all_names(fields: SearchFields) -> list[str]:
    names = [name for name, _ in fields.names]
    return names + [" ".join(own_words(own)) for _, own in fields.names if own]


@lru_cache(maxsize=16384)
def _of_element(alternatives: Alternatives, is_character: bool) -> frozenset[str]:
    tokens = set()
    for way in filter(_ascii, alternatives):
        tokens.add("i" + way[0])
        if is_character and len(way) > 1:
            tokens.add("s" + way[:2])
        tokens.update(_threes("p", way))
    return frozenset(tokens)


@lru_cache(maxsize=131072)
def _of_pair(first: Alternatives, second: Alternatives) -> frozenset[str]:
    tokens = set()
    for a, b in product(filter(_ascii, first), filter(_ascii, second)):
        tokens.add("i" + a[0] + b[0])
        tokens.update(_threes("p", a[-2:] + b[:2]))
    return frozenset(tokens)


@lru_cache(maxsize=131072)
def _of_three(first: Alternatives, second: Alternatives, third: Alternatives) -> frozenset[str]:
    tokens = set()
    for b in filter(_ascii, second):
        for a, c in product(filter(_ascii, first), filter(_ascii, third)):
            tokens.add("i" + a[0] + b[0] + c[0])
            if len(b) == 1:
                tokens.add("p" + a[-1] + b + c[0])
    return frozenset(tokens)


def _threes(kind: str, text: str) -> list[str]:
    return [kind + text[at : at + 3] for at in range(len(text) - 2)]


def _add_sounds(tokens: set[str], name: str, own_reading: str | None) -> None:
    parts = elements(name, own_reading)
    has_characters = False
    before: Alternatives | None = None
    last: Alternatives | None = None
    for character, ways in parts:
        if character:
            has_characters = True
        tokens |= _of_element(ways, bool(character))
        if last is not None:
            tokens |= _of_pair(last, ways)
            if before is not None:
                tokens |= _of_three(before, last, ways)
        before, last = last, ways
    if not has_characters:  # Latin alone is found letter by letter
        tokens.difference_update([token for token in tokens if token[0] == "p"])


def _add_runs(tokens: set[str], runs: list[str]) -> None:
    for run in runs:
        if run.isascii():
            tokens.update(_threes("t", run))
        else:
            tokens.update(["c" + one for one in run])
            tokens.update(["c" + run[at : at + 2] for at in range(len(run) - 1)])


def document_tokens(fields: SearchFields) -> set[str]:
    """Everything a record is filed under."""
    tokens: set[str] = set()
    for name, own_reading in fields.names:
        sounds: set[str] = set()
        _add_sounds(sounds, name, own_reading)
        tokens |= sounds
    for glued in (_all_names(fields), fields.codes, fields.emails):
        for text in glued:
            runs = _RUNS.findall(fold(text))
            _add_runs(tokens, _RUNS.findall("".join(runs)) if len(runs) > 1 else runs)
            _add_beginnings(tokens, runs)
    for text in fields.other:
        runs = _RUNS.findall(fold(text))
        _add_runs(tokens, runs)
        _add_beginnings(tokens, runs)
    for phone in fields.phones:
        for digits in _national(phone):
            tokens.update(_threes("t", digits))
    return tokens


def _add_beginnings(tokens: set[str], runs: list[str]) -> None:
    for run in runs:
        if run.isascii():
            tokens.add("w" + run[:1])
            tokens.add("w" + run[:2])


# --- the query's side


def _words(query: str) -> list[_Word]:
    folded = fold(query)
    texts = [folded] if _SPACED_PHONE.fullmatch(folded) else folded.split(" ")
    found = []
    for text in texts:
        runs = tuple(_RUNS.findall(text))
        if not runs:
            continue
        digits: Tokens = ()
        if _PHONE_LIKE.fullmatch(text.replace(" ", "")):
            bare = text.replace(" ", "")
            forms = (_NOT_DIGITS.sub("", bare), _NOT_DIGITS.sub("", _CHINA.sub("", bare)))
            digits = tuple(dict.fromkeys(form for form in forms if len(form) > _SHORT))
        short = all(len(run) <= _SHORT and run.isascii() for run in runs)
        found.append(_Word(runs, "".join(runs), " ".join(runs), short, digits))
    return found


def query_tokens(text: str) -> list[list[Tokens]]:
    """What to ask the index: for every word, any of its groups; of a group, all tokens."""
    return [_groups(word) for word in _words(text)]


def fts_expression(text: str) -> str:
    """The same as the text of an FTS5 MATCH; empty where the query holds nothing to find."""
    words = []
    for groups in query_tokens(text):
        ways = [" AND ".join(f'"{token}"' for token in group) for group in groups]
        words.append("(" + " OR ".join(f"({way})" for way in ways) + ")")
    return " AND ".join(words)


def proposes(text: str, tokens: set[str]) -> bool:
    """Whether the index would propose a record with these tokens."""
    words = query_tokens(text)
    return bool(words) and all(
        any(tokens.issuperset(group) for group in groups) for groups in words
    )


def _groups(word: _Word) -> list[Tokens]:
    groups = [_literal(word)]
    groups += [tuple(_threes("t", digits)) for digits in word.digits]
    groups += _sounds(_RUNS.findall(word.glued))
    return list(dict.fromkeys(groups))


def _literal(word: _Word) -> Tokens:
    if word.short:
        return tuple(dict.fromkeys("w" + run for run in word.runs))
    tokens: list[str] = []
    for run in word.runs:
        tokens += _threes("t", run) if run.isascii() else _characters(run)
    return tuple(dict.fromkeys(tokens))


def _characters(run: str) -> list[str]:
    if len(run) < 2:
        return ["c" + run] if run else []
    return ["c" + run[at : at + 2] for at in range(len(run) - 1)]


def _sounds(runs: list[str]) -> list[Tokens]:
    """The ways in which letters, mixed with characters or not, are sounds of a name."""
    latin = [run for run in runs if run.isascii()]
    characters = [token for run in runs if not run.isascii() for token in _characters(run)]
    if len(latin) != 1:
        return [(*characters, *("i" + run[0] for run in latin))] if latin else []
    at = runs.index(latin[0])
    before, initial_before = _certain(runs[at - 1][-1]) if at else ("", "")
    after, initial_after = _certain(runs[at + 1][0]) if at + 1 < len(runs) else ("", "")
    run, closed = latin[0], at + 1 < len(runs)
    ways = [
        _letters(before + run + after),
        _initials(initial_before + run + initial_after),
    ]
    for cut in _syllable_ends(run):
        if cut < len(run) - (0 if closed else 1):
            ways.append(_letters(before + run[: cut + 1]) + _initials(run[cut:] + initial_after))
    return [tuple(dict.fromkeys([*characters, *way])) for way in ways]


def _certain(character: str) -> tuple[str, str]:
    """The reading and the initial of a character that has no other."""
    ((_, ways),) = elements(character) or (("", ()),)
    if not all(way.isascii() for way in ways):
        return "", ""
    initials = {way[0] for way in ways}
    return (ways[0] if len(ways) == 1 else "", initials.pop() if len(initials) == 1 else "")


def _letters(text: str) -> list[str]:
    return _threes("p", text) or ["s" + text if len(text) == _SHORT else "i" + text]


def _initials(text: str) -> list[str]:
    return _threes("i", text) or ["i" + text]


def _syllable_ends(run: str) -> list[int]:
    """Where whole syllables from the beginning may end, the beginning itself left out."""
    ends = {0}
    for at in range(len(run)):
        if at in ends:
            ends.update(
                end for end in range(at + 1, min(at + 6, len(run)) + 1) if is_syllable(run[at:end])
            )
    return sorted(end for end in ends if end > 1)


# --- the exact filter


def matches(query: str, fields: SearchFields) -> Rank | None:
    """How well a record answers the query, or None; the reference for every index."""
    words = _words(query)
    if not words:
        return None
    names = [_RUNS.findall(fold(name)) for name in (*_all_names(fields), *fields.codes)]
    ranks = [_rank(word, names, fields) for word in words]
    if any(rank is None for rank in ranks):
        return None
    if len(words) > 1:
        whole = "".join(word.glued for word in words)
        glued = ["".join(runs) for runs in names]
        if whole in glued:
            return Rank.EXACT
        if any(name.startswith(whole) for name in glued):
            return Rank.STARTS
    return max(rank for rank in ranks if rank is not None)


def _rank(word: _Word, names: list[list[str]], fields: SearchFields) -> Rank | None:
    found = [rank for runs in names if (rank := _literal_rank(word, runs)) is not None]
    if found and min(found) < Rank.CONTAINS:
        return min(found)
    emails = [_RUNS.findall(fold(email)) for email in fields.emails]
    phones = [digits for phone in fields.phones for digits in _national(phone)]
    if any(word.glued == "".join(runs) for runs in emails) or not set(phones).isdisjoint(
        word.digits
    ):
        return Rank.EXACT
    found += [
        rank
        for name, own_reading in fields.names
        if (rank := _sound_rank(word, elements(name, own_reading))) is not None
    ]
    if found:
        return min(found)
    other = [_RUNS.findall(fold(text)) for text in fields.other]
    if (
        any(digits in phone for digits in word.digits for phone in phones)
        or any(_literal_rank(word, runs) is not None for runs in emails)
        or any(f" {word.spaced}" in f" {' '.join(runs)}" for runs in other if word.short)
        or any(word.spaced in " ".join(runs) for runs in other if not word.short)
    ):
        return Rank.ELSEWHERE
    return None


def _literal_rank(word: _Word, runs: list[str]) -> Rank | None:
    text, wanted = (" ".join(runs), word.spaced) if word.short else ("".join(runs), word.glued)
    if text == wanted:
        return Rank.EXACT
    if text.startswith(wanted):
        return Rank.STARTS
    inside = f" {wanted}" in text if word.short else wanted in text
    return Rank.CONTAINS if inside else None


def _sound_rank(word: _Word, parts: tuple[tuple[str, Alternatives], ...]) -> Rank | None:
    runs = _RUNS.findall(word.glued)
    if not any(run.isascii() for run in runs):
        return None
    ranks = [rank for at in range(len(parts)) for rank in _from(runs, parts, at)]
    return min(ranks, default=None)


def _from(runs: list[str], parts: tuple[tuple[str, Alternatives], ...], at: int) -> list[Rank]:
    """The ranks of all ways in which the runs are spoken by the parts beginning at one."""
    states = {(at, Rank.PINYIN)}
    for index, run in enumerate(runs):
        following: set[tuple[int, Rank]] = set()
        for start, rank in states:
            if run.isascii():
                ends = _spoken(run, parts, start, last=index + 1 == len(runs))
                following.update((end, max(rank, how)) for end, how in ends)
            elif [character for character, _ in parts[start : start + len(run)]] == list(run):
                following.add((start + len(run), rank))
        states = following
    return [rank for _, rank in states]


def _spoken(
    run: str, parts: tuple[tuple[str, Alternatives], ...], start: int, *, last: bool
) -> set[tuple[int, Rank]]:
    """Where one run of letters may end: whole syllables, then a beginning or initials."""
    found: set[tuple[int, Rank]] = set()
    states = {(0, start, True)}
    while states:
        done, at, characters_only = states.pop()
        rest = run[done:]
        if not rest:
            found.add((at, Rank.PINYIN))
            continue
        following = parts[at : at + len(rest)]
        if len(following) == len(rest) and (done == 0 or characters_only):
            spelled = zip(rest, following, strict=True)
            if all(any(way[0] == letter for way in ways) for letter, (_, ways) in spelled):
                found.add((at + len(rest), Rank.INITIALS))
        if not following:
            continue
        character, ways = following[0]
        for way in ways:
            if rest.startswith(way):
                states.add((done + len(way), at + 1, characters_only and bool(character)))
            elif last and len(rest) + done > 1 and way.startswith(rest):
                found.add((at + 1, Rank.PINYIN))
    return found
