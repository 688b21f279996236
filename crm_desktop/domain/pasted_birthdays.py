"""The birthday in pasted text: behind or before a word for it, or a lunar day alone on its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.dates import parse_birthday
from crm_desktop.domain.problems import Refused

_CALENDAR = r"(?:[农阴旧公阳]历|lunar)"
_BEFORE = re.compile(
    rf"(?P<calendar>{_CALENDAR}\s*)?"
    r"(?:出生日期|出生年月日|出生|生日|生于|date of birth|birth ?(?:date|day)|\bD\.?O\.?B\b\.?"
    r"|\bborn(?: on)?\b)"
    rf"\s*(?P<rest>(?:\({_CALENDAR}\)\s*)?[:是为]?\s*(?P<day>[^\n\0;|]{{3,40}}))",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?P<day>(?:[农阴旧公阳]历\s*)?[\d一二三四五六七八九十〇零闰正冬腊初廿卅年月日号./-]{4,20})"
    r"\s*(?:出生|生日|生)(?=[\s,.。;)\0]|$)"
)
_ALONE = re.compile(r"^[ \t]*(?P<day>[农阴旧]历[^\n\0]{2,16}?)[ \t]*$", re.MULTILINE)
_GOES_ON = re.compile(r"[A-Za-z\d一二三四五六七八九十]|[-/.年月]\s?\d")


class Found(NamedTuple):
    """Where the words of the day stand, and where all that belongs to them does."""

    day: tuple[int, int]
    whole: tuple[int, int]


def find(text: str) -> Found | None:
    """The first birthday of a text in half width; None where none is sure."""
    for pattern in (_BEFORE, _BEHIND, _ALONE):
        for found in pattern.finditer(text):
            for start, end in _spans(found):
                length = _longest(text[start:end], text[end : end + 2])
                if length is None or (pattern is _ALONE and start + length < end):
                    continue
                day = start, start + length
                return Found(day, _bracketed(text, found.start(), max(day[1], _closing(found))))
    return None


def read(words: str) -> Birthday | None:
    """The day that words say; None where they say none, or more than one."""
    try:
        return parse_birthday(words)
    except Refused:
        return None


def _spans(found: re.Match[str]) -> Iterator[tuple[int, int]]:
    """With the word for the calendar where one is there: it is part of the day."""
    groups = found.groupdict()
    if groups.get("calendar"):
        yield found.start(), found.end("day")
    elif groups.get("rest") and groups["rest"].startswith("("):
        yield found.start("rest"), found.end("day")
    else:
        yield found.span("day")


def _closing(found: re.Match[str]) -> int:
    """Behind a day 出生 goes with it; before it, what follows is something else."""
    return found.end() if "rest" not in found.groupdict() else 0


def _bracketed(text: str, start: int, end: int) -> tuple[int, int]:
    """With the brackets around it: what stands before them is then seen as without."""
    around = text[start - 1 : start] + text[end : end + 1]
    return (start - 1, end + 1) if around == "()" else (start, end)


def _longest(words: str, behind: str) -> int | None:
    """How many of the characters say a day; it must not break off inside a number."""
    whole = words + behind
    for length in range(len(words.rstrip()), 2, -1):
        if not _GOES_ON.match(whole[length:]) and read(words[:length]) is not None:
            return len(words[:length].rstrip(" ,.。("))
    return None
