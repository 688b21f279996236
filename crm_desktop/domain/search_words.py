"""The words of a query and the fields of a record in the forms in which both are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from crm_desktop.domain.pinyin import own_words
from crm_desktop.domain.text import fold

LONGEST_SHORT = 2

_RUNS = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
_PHONE_LIKE = re.compile(r"\+?[0-9][0-9()\-./]*|\([0-9()\-./]+")
_SPACED_PHONE = re.compile(r"(?:\+|00|86 ?1)[0-9 ()\-./]+")
_NOT_DIGITS = re.compile("[^0-9]")
_CHINA = re.compile(r"(?:\+|00)86")


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
class Word:
    """One word of a query in the forms it is compared in."""

    runs: tuple[str, ...]
    glued: str
    spaced: str
    short: bool
    digits: tuple[str, ...]
    latin: bool
    """Whether plain letters or digits are among it; only then it can be a sound."""
    letters: bool
    """Whether plain letters are among it: digits are seldom heard where they are not written."""
    spoken: tuple[str, ...]
    """The runs of the glued text."""


def runs_of(folded: str) -> list[str]:
    """The runs of plain letters and digits, and the runs of other letters, of a folded text."""
    return _RUNS.findall(folded)


def phone_forms(phone: str) -> tuple[str, ...]:
    """The digits of a phone number as stored and as dialled at home."""
    digits = phone if phone.isascii() and phone.isdigit() else _NOT_DIGITS.sub("", phone)
    if digits.startswith("86") and len(digits) >= 11:
        home = digits[2:]
        return digits, home if len(home) == 11 and home[0] == "1" else "0" + home
    return (digits,)


def all_names(fields: SearchFields) -> list[str]:
    names = [name for name, _ in fields.names]
    return names + [" ".join(own_words(own)) for _, own in fields.names if own]


def words_of(query: str) -> list[Word]:
    folded = fold(query)
    texts = [folded] if _SPACED_PHONE.fullmatch(folded) else folded.split(" ")
    found = []
    for text in texts:
        runs = tuple(runs_of(text))
        if not runs:
            continue
        digits: tuple[str, ...] = ()
        if _PHONE_LIKE.fullmatch(text.replace(" ", "")):
            bare = text.replace(" ", "")
            forms = (_NOT_DIGITS.sub("", bare), _NOT_DIGITS.sub("", _CHINA.sub("", bare)))
            digits = tuple(dict.fromkeys(form for form in forms if len(form) > LONGEST_SHORT))
        short = all(len(run) <= LONGEST_SHORT and run.isascii() for run in runs)
        glued = "".join(runs)
        latin = any(run.isascii() for run in runs)
        letters = any(letter.isascii() and letter.isalpha() for letter in glued)
        spoken = tuple(runs_of(glued))
        found.append(Word(runs, glued, " ".join(runs), short, digits, latin, letters, spoken))
    return found
