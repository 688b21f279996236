"""Where the table starts: the header below titles, or none at all; the names of the columns."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from crm_desktop.exchange.cells import is_blank
from crm_desktop.exchange.mapping.content import is_data, is_surely_data
from crm_desktop.exchange.mapping.synonyms import match, normalised
from crm_desktop.exchange.reading.facts import Row, Value
from crm_desktop.words import LANGUAGES, Words

_ROWS_LOOKED_AT = 25
_LONGEST_HEADER = 60
_WIDE = 0.6
_FEWEST_FIELD_NAMES = 3
_FIELD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:_+[A-Za-z0-9]+)+")


@dataclass(frozen=True, slots=True)
class Header:
    """The header found: `row` counts from 1, 0 = none; `known` of its words are understood."""

    row: int
    names: tuple[str, ...]
    known: int = 0


def find_header(rows: Sequence[Row]) -> Header:
    """Guess the header row of a sheet from its first rows."""
    best, best_score = 0, 0.0
    usual = _usual_width(rows)
    for index, row in enumerate(rows[:_ROWS_LOOKED_AT]):
        score = _score(rows, index, usual)
        if score > best_score:
            best, best_score = index + 1, score
        if row and best and index - best > 12:
            break
    if best == 0:
        # No words we know: the first row as wide as the table, unless all of it is data.
        first = _first_wide(rows, usual)
        filled = [value for value in rows[first - 1] if not is_blank(value)] if first else []
        if not all(map(is_data, filled)) and not any(map(is_surely_data, filled)):
            best = first
    elif best < len(rows) and _are_field_names(rows[best]):
        best += 1
    return read_header(rows, best)


def read_header(rows: Sequence[Row], row: int) -> Header:
    """The column names when the header stands in this row (counted from 1; 0 = none).

    Names stand in the row itself; where it is blank, in the row above it, if that is the upper
    half of a header in two rows. Equal names are told apart: 电话, 电话 (2).
    """
    width = max((len(one) for one in rows), default=0)
    if row <= 0 or row > len(rows):
        return Header(0, ("",) * width)
    lower = _texts(rows[row - 1], width)
    upper = _texts(rows[row - 2], width) if row >= 2 else [""] * width
    halves = sum(bool(text) for text in upper) >= 2
    names = [low or (up if halves else "") for low, up in zip(lower, upper, strict=True)]
    if _are_field_names(rows[row - 1]) and _filled(upper) >= _filled(lower):
        # A program's names of fields below their labels: the labels are the words to go by.
        names = [up or low for low, up in zip(lower, upper, strict=True)]
    names = ["" if normalised(name) in _reasons() else name for name in names]
    known = sum(bool(match(name).targets) for name in names if name)
    return Header(row, tuple(_told_apart(names)), known)


def _are_field_names(row: Row) -> bool:
    """Whether all of a row reads like NPSP__CONTACT1_TITLE__C."""
    filled = [value for value in row if not is_blank(value)]
    return len(filled) >= _FEWEST_FIELD_NAMES and all(
        isinstance(value, str) and _FIELD_NAME.fullmatch(value.strip()) for value in filled
    )


def _filled(texts: Sequence[str]) -> int:
    return sum(bool(text) for text in texts)


@functools.cache
def _reasons() -> frozenset[str]:
    """What stands above the reasons in a workbook of problem rows: no column of the list."""
    return frozenset(normalised(Words(language).text("import.reason")) for language in LANGUAGES)


def reason_columns(rows: Sequence[Row], row: int) -> set[int]:
    """The columns of reasons below this header (counted from 1)."""
    if not 0 < row <= len(rows):
        return set()
    texts = _texts(rows[row - 1], 0)
    return {index for index, text in enumerate(texts) if normalised(text) in _reasons()}


def _score(rows: Sequence[Row], index: int, usual: int) -> float:
    """How much a row looks like a header; 0 and less: not at all."""
    row = rows[index]
    filled = [value for value in row if not is_blank(value)]
    if not filled or (len(filled) == 1 and usual > 1):
        return 0.0
    header = read_header(rows, index + 1)
    names = [name for name in header.names if name]
    texts = [value for value in filled if isinstance(value, str)]
    exact = sum(match(value).exact for value in texts)
    known = sum(bool(match(value).targets) for value in texts)
    if exact:
        # The lower half of a header in two rows; a row of data knows no words of its own.
        exact = sum(match(name).exact for name in names)
        known = max(known, exact)
    if not exact and any(map(is_surely_data, filled)):
        return 0.0  # a person's row: "…有限公司" ends like a header, a mobile number never does
    data = sum(is_data(value) or len(str(value)) > _LONGEST_HEADER for value in filled)
    score = 3.0 * exact + 1.0 * (known - exact) - 3.0 * data
    score += min(len(filled), usual) / max(usual, 1) * 2
    score -= 0.5 * (len(names) - len(set(names)))
    below = next((one for one in rows[index + 1 :] if any(not is_blank(v) for v in one)), ())
    if below and any(is_data(value) for value in below):
        score += 1.0
    # The first of equals wins: values may repeat the words of the header, titles do not.
    return score - 0.05 * index


def _usual_width(rows: Sequence[Row]) -> int:
    widths = Counter(sum(not is_blank(value) for value in row) for row in rows)
    widths.pop(0, None)
    if not widths:
        return 0
    return max(widths, key=lambda width: (widths[width], width))


def _first_wide(rows: Sequence[Row], usual: int) -> int:
    for number, row in enumerate(rows, 1):
        filled = sum(not is_blank(value) for value in row)
        if filled and filled >= usual * _WIDE:
            return number
    return 0


def _texts(row: Row, width: int) -> list[str]:
    texts = [" ".join(_text(value).split()) for value in row]
    return texts + [""] * (width - len(texts))


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _told_apart(names: Sequence[str]) -> list[str]:
    seen: Counter[str] = Counter()
    apart: list[str] = []
    for name in names:
        seen[name] += 1
        apart.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name)
    return apart
