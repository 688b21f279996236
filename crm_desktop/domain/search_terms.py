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

from collections.abc import Iterable
from functools import lru_cache
from itertools import product

from crm_desktop.domain.pinyin import Alternatives, elements, is_syllable, pieces
from crm_desktop.domain.search_match import matches
from crm_desktop.domain.search_words import (
    LONGEST_SHORT,
    Rank,
    SearchFields,
    Word,
    all_names,
    phone_forms,
    runs_of,
    words_of,
)
from crm_desktop.domain.text import fold

__all__ = [
    "Rank",
    "SearchFields",
    "document_line",
    "document_tokens",
    "fts_expression",
    "fts_spoken",
    "fts_written",
    "matches",
    "proposes",
    "query_tokens",
]

Tokens = tuple[str, ...]

# --- the record's side


def _ascii(text: str) -> bool:
    return text.isascii()


def _threes(kind: str, text: str) -> list[str]:
    return [kind + text[at : at + 3] for at in range(len(text) - 2)]


@lru_cache(maxsize=16384)
def _of_element(alternatives: Alternatives, is_character: bool) -> str:
    tokens: dict[str, None] = {}
    for way in filter(_ascii, alternatives):
        tokens["i" + way[0]] = None
        if is_character and len(way) > 1:
            tokens["s" + way[:2]] = None
        tokens |= dict.fromkeys(_threes("p", way))
    return " ".join(tokens)


@lru_cache(maxsize=16384)
def _of_pair(first: Alternatives, second: Alternatives) -> str:
    tokens: dict[str, None] = {}
    for a, b in product(filter(_ascii, first), filter(_ascii, second)):
        tokens["i" + a[0] + b[0]] = None
        tokens |= dict.fromkeys(_threes("p", a[-2:] + b[:2]))
    return " ".join(tokens)


def _of_three(first: Alternatives, second: Alternatives, third: Alternatives) -> str:
    tokens = _of_three_letters(_first_letters(first), _first_letters(second), _first_letters(third))
    short = _of_one_letter(second)
    if not short:
        return tokens
    ends, starts = {way[-1] for way in filter(_ascii, first)}, _first_letters(third)
    return " ".join((tokens, *("p" + a + b + c for a, b, c in product(ends, short, starts))))


@lru_cache(maxsize=32768)
def _of_three_letters(first: str, second: str, third: str) -> str:
    return " ".join("i" + a + b + c for a, b, c in product(first, second, third))


@lru_cache(maxsize=16384)
def _first_letters(alternatives: Alternatives) -> str:
    return "".join(dict.fromkeys(way[0] for way in filter(_ascii, alternatives)))


@lru_cache(maxsize=16384)
def _of_one_letter(alternatives: Alternatives) -> str:
    return "".join(way for way in alternatives if way.isascii() and len(way) == 1)


def _of_step(
    before: Alternatives, last: Alternatives, ways: Alternatives, is_character: bool
) -> str:
    """What an element adds behind the two before it."""
    tokens = _of_element(ways, is_character)
    if not last:
        return tokens
    tokens = f"{tokens} {_of_pair(last, ways)}"
    return f"{tokens} {_of_three(before, last, ways)}" if before else tokens


@lru_cache(maxsize=16384)  # firms come again with their people, and people share names
def _of_sounds(name: str, own_reading: str | None) -> str:
    """How a name sounds, whole and in parts."""
    parts = pieces(name, own_reading)
    tokens: list[str] = []
    before: Alternatives = ()
    last: Alternatives = ()
    for han, ways in parts:
        tokens.append(_of_step(before, last, ways[0], han != ""))
        if len(ways) == 1:
            before, last = last, ways[0]
            continue
        tokens.append(_of_step(last, ways[0], ways[1], True))
        if len(ways) > 2:
            tokens.append(_of_inside(ways))
        before, last = ways[-2:]
    line = " ".join(tokens)
    if not any(han for han, _ in parts):  # Latin alone is found letter by letter
        return " ".join(token for token in line.split() if token[0] != "p")
    return line


@lru_cache(maxsize=16384)  # the ends of firms' names
def _of_inside(ways: tuple[Alternatives, ...]) -> str:
    """What the characters of a run add from the third on."""
    steps = zip(ways, ways[1:], ways[2:], strict=False)
    return " ".join(_of_step(before, last, one, True) for before, last, one in steps)


def _of_letters(text: str) -> str:
    """The letters of a text, also across its blanks and signs."""
    runs = runs_of(fold(text))
    if len(runs) < 2:
        return " ".join(map(_of_run, runs))
    starts = [f"w{run[:1]} w{run[:2]}" for run in runs if run.isascii()]
    glued = "".join(runs)
    ones = (glued,) if glued.isascii() else runs_of(glued)
    return " ".join((*starts, *map(_of_run, ones)))


@lru_cache(maxsize=4096)
def _of_words(text: str) -> str:
    """The letters of each word. Towns, titles, tags and remarks come again and again."""
    return " ".join(map(_of_run, runs_of(fold(text))))


def _of_run(run: str) -> str:
    """A run of Latin letters and digits, or one of characters."""
    if not run.isascii():
        return _of_characters(run)
    start = f"w{run[:1]} w{run[:2]}"
    return f"{start} {' '.join(_threes('t', run))}" if len(run) > LONGEST_SHORT else start


@lru_cache(maxsize=16384)
def _of_characters(run: str) -> str:
    tokens = ["c" + one for one in run]
    tokens += ["c" + run[at : at + 2] for at in range(len(run) - 1)]
    return " ".join(tokens)


def _of_phone(phone: str) -> str:
    stored, *home = phone_forms(phone)
    tokens = _threes("t", stored)
    for digits in home:
        if digits not in stored:
            tokens += _threes("t", digits[:4])
    return " ".join(tokens)


def document_line(fields: SearchFields) -> str:
    """Everything a record is filed under, as the index takes it; a token may come twice."""
    pieces = [_of_sounds(name, own_reading) for name, own_reading in fields.names]
    pieces += map(_of_letters, (*all_names(fields), *fields.codes, *fields.emails))
    pieces += map(_of_words, fields.other)
    pieces += map(_of_phone, fields.phones)
    return " ".join(pieces)


def document_tokens(fields: SearchFields) -> set[str]:
    """The same as a set."""
    return set(document_line(fields).split())


# --- the query's side


def query_tokens(text: str) -> list[list[Tokens]]:
    """What to ask the index: for every word, any of its groups; of a group, all tokens."""
    return [_groups(word) for word in words_of(text)]


def fts_expression(text: str) -> str:
    """The same as the text of an FTS5 MATCH; empty where the query holds nothing to find."""
    return " AND ".join(map(_any_of, query_tokens(text)))


def fts_written(word: Word) -> str:
    """An FTS5 MATCH for records that may hold one word as it is written."""
    return _any_of(_writings(word))


def fts_spoken(word: Word) -> str:
    """The same for records with a name that may sound so; empty where the word has no sound."""
    groups = _sounds(runs_of(word.glued))
    return _any_of(groups) if groups else ""


def _any_of(groups: Iterable[Tokens]) -> str:
    ways = [" AND ".join(f'"{token}"' for token in group) for group in groups]
    return "(" + " OR ".join(f"({way})" for way in dict.fromkeys(ways)) + ")"


def proposes(text: str, tokens: set[str]) -> bool:
    """Whether the index would propose a record with these tokens."""
    words = query_tokens(text)
    return bool(words) and all(
        any(tokens.issuperset(group) for group in groups) for groups in words
    )


def _groups(word: Word) -> list[Tokens]:
    return list(dict.fromkeys([*_writings(word), *_sounds(runs_of(word.glued))]))


def _writings(word: Word) -> list[Tokens]:
    return [_literal(word), *(tuple(_threes("t", digits)) for digits in word.digits)]


def _literal(word: Word) -> Tokens:
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
    return _threes("p", text) or ["s" + text if len(text) == LONGEST_SHORT else "i" + text]


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
