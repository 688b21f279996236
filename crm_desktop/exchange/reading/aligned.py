"""Columns set under each other with blanks, as lists printed by old programs have them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

Cut = Callable[[str], list[str]]
"""A line as its cells."""

_FEWEST_LINES = 3
_FEWEST_OF_WORDS = 3
_LONGEST_HEADING = 30
_BLANK = " \u3000"
_WIDE_GAP = re.compile(r"[ \u3000]{2,}|\u3000")
_ANY_GAP = re.compile(r"[ \u3000]+")
_DIGIT = re.compile(r"\d")
_TELLING = re.compile(r"@|\d(?:[ -]?\d){4}")
"""A mail address, or digits enough for a number: what no name of two words has."""
_RULE = re.compile(r"[-=+|_ ─━]+")


def heading_like(cells: Sequence[str]) -> bool:
    """Whether these could be the names of columns: short, each another one, without digits."""
    names = [cell.strip() for cell in cells]
    return len(set(names)) == len(names) and all(
        0 < len(name) <= _LONGEST_HEADING and not _DIGIT.search(name) and "@" not in name
        for name in names
    )


def cut_between(lines: Sequence[str]) -> Cut | None:
    """How to cut these lines, headings first, where they are a table beyond doubt; else None.

    Blank lines and rules of dashes say nothing.
    """
    lines = [line.strip("\r\n") for line in lines if line.strip() and not is_rule(line)]
    if len(lines) < _FEWEST_LINES:
        return None
    if _are_even(lines, cut_at_gaps, 2):
        return cut_at_gaps
    for measure in (_characters, _places):
        starts = _column_starts(lines, measure)
        if len(starts) > 1 and heading_like(_at(lines[0], starts, measure)):
            return _Under(starts, measure)
    if _are_even(lines, cut_at_blanks, _FEWEST_OF_WORDS):
        body = zip(*map(cut_at_blanks, lines[1:]), strict=True)
        if any(all(map(_TELLING.search, column)) for column in body):
            return cut_at_blanks
    return None


def is_rule(line: str) -> bool:
    """Whether a line only underlines the headings."""
    return "--" in line.replace("=", "-").replace("─", "-") and bool(_RULE.fullmatch(line.strip()))


def cut_at_gaps(line: str) -> list[str]:
    """The cells between two blanks and more."""
    return _WIDE_GAP.split(line.strip(_BLANK + "\r\n"))


def cut_at_blanks(line: str) -> list[str]:
    """The words of a line."""
    return _ANY_GAP.split(line.strip(_BLANK + "\r\n"))


class _Under:
    """Cuts lines at the places where the columns begin."""

    def __init__(self, starts: Sequence[int], measure: Callable[[str], list[int]]) -> None:
        self._starts = starts
        self._measure = measure

    def __call__(self, line: str) -> list[str]:
        return _at(line.rstrip("\r\n"), self._starts, self._measure)


def _are_even(lines: Sequence[str], cut: Cut, fewest: int) -> bool:
    cells = [cut(line) for line in lines]
    widths = {len(row) for row in cells}
    return len(widths) == 1 and min(widths) >= fewest and heading_like(cells[0])


def _characters(line: str) -> list[int]:
    """The place of each character, where all are as wide."""
    return list(range(len(line)))


def _places(line: str) -> list[int]:
    """The same where Chinese characters take two places, as in print and in their older
    encodings."""
    places, at = [], 0
    for letter in line:
        places.append(at)
        at += 2 if unicodedata.east_asian_width(letter) in "WF" else 1
    return places


def _column_starts(lines: Sequence[str], measure: Callable[[str], list[int]]) -> list[int]:
    """Where columns begin: behind places that are blank in every line, and told apart by wide
    gaps in the headings. None where these do not agree."""
    filled: set[int] = set()
    for line in lines:
        for letter, place in zip(line, measure(line), strict=True):
            if letter not in _BLANK:
                filled.add(place)
                if unicodedata.east_asian_width(letter) in "WF" and measure is _places:
                    filled.add(place + 1)
    starts = [place for place in sorted(filled) if place - 1 not in filled]
    cells = [cell for cell in _at(lines[0], starts, measure) if cell]
    return starts if cells == cut_at_gaps(lines[0]) and len(cells) == len(starts) else []


def _at(line: str, starts: Sequence[int], measure: Callable[[str], list[int]]) -> list[str]:
    cells = [""] * len(starts)
    column = -1
    for letter, place in zip(line, measure(line), strict=True):
        while column + 1 < len(starts) and place >= starts[column + 1]:
            column += 1
        if column >= 0:
            cells[column] += letter
    return [cell.strip(_BLANK) for cell in cells]
