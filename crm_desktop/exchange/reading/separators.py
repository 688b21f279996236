"""Which sign stands between the columns of a text: the usual ones first, others beyond doubt only.

A text is no table because it has commas: what is cut must come out evenly, line by line. The less
usual a sign is for a table, the more it takes: signs of prose need a line of headings and three
columns, and every line alike.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence

from crm_desktop.exchange.reading.aligned import cut_between, heading_like

USUAL_SEPARATORS = (",", ";", "\t", "|")
RARE = ("^", "\x1f", "\x01", "\x1e", "¦")
"""In no name, number or address."""
PROSE = ("~", "；", "，", "、", "：", ":")
"""In sentences and times as well."""
ALIGNED = " "
"""Columns set under each other with blanks."""
SEPARATORS = (*USUAL_SEPARATORS, *RARE, *PROSE, ALIGNED)
"""All that can be chosen."""

_EVEN = 0.8
_EVEN_RARE = 0.9
_FEWEST_LINES = 3


def find_separator(lines: Sequence[str]) -> str:
    """The sign between the columns of these first lines of a text."""
    lines = [line.rstrip("\r\n") for line in lines if line.strip()]
    best, share, cut = USUAL_SEPARATORS[0], 0.0, False
    width = 0
    for sign in USUAL_SEPARATORS:
        widths = _widths(lines, sign)
        found = _evenness(widths)
        if found > (share, width):
            best, (share, width), cut = sign, found, widths[0] > 1
    if share >= _EVEN and cut:
        return best
    for sign in (*RARE, *PROSE):
        if _is_table(lines, sign):
            return sign
    if cut_between(lines) is not None:
        return ALIGNED
    if share < _EVEN and not _begins_once(_widths(lines, best)):
        # One column, in some of whose lines the sign stands by chance: nothing is cut.
        return next(
            (sign for sign in USUAL_SEPARATORS if not any(sign in line for line in lines)), best
        )
    return best


def _records(lines: Sequence[str], sign: str) -> list[list[str]]:
    try:
        return [record for record in csv.reader(lines, delimiter=sign) if any(record)]
    except csv.Error:
        return []


def _widths(lines: Sequence[str], sign: str) -> list[int]:
    return [len(record) for record in _records(lines, sign)] or [0]


def usual_width(widths: Sequence[int]) -> int:
    """The number of columns of most lines, titles aside; 0 where nothing is cut."""
    cut = [width for width in widths if width > 1]
    if not cut:
        return 0
    usual = _commonest(widths)
    return usual if usual > 1 else _commonest(cut)


def _evenness(widths: Sequence[int]) -> tuple[float, int]:
    """How evenly a sign cuts the lines: (share of lines with the usual width, that width)."""
    usual = usual_width(widths)
    return (widths.count(usual) / len(widths), usual) if usual else (0.0, 0)


def _commonest(widths: Sequence[int]) -> int:
    counted = Counter(widths)
    return max(counted, key=lambda width: (counted[width], width))


def _begins_once(widths: Sequence[int]) -> bool:
    """Whether the lines are cut from one on: titles above a table are not."""
    first = next((at for at, width in enumerate(widths) if width > 1), len(widths))
    rest = widths[first:]
    return len(rest) > 1 and sum(width > 1 for width in rest) * 2 >= len(rest)


def _is_table(lines: Sequence[str], sign: str) -> bool:
    """Whether a less usual sign makes a table of these lines beyond doubt."""
    if not any(sign in line for line in lines[:_FEWEST_LINES]):
        return False
    records = _records(lines, sign)
    widths = [len(record) for record in records]
    if sign in RARE:
        first = next((at for at, width in enumerate(widths) if width > 1), len(widths))
        widths = widths[first:]
        usual = _commonest(widths or [1])
        return len(widths) > 1 and usual > 1 and widths.count(usual) >= len(widths) * _EVEN_RARE
    return (
        len(widths) >= _FEWEST_LINES
        and widths[0] > 2
        and len(set(widths)) == 1
        and heading_like(records[0])
    )
