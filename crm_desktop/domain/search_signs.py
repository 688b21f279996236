"""A query of nothing but signs, such as a lone % or _: no index holds them, names do."""

from __future__ import annotations

from crm_desktop.domain.search_words import Rank, SearchFields, words_of
from crm_desktop.domain.text import fold

_WIDE = 0xFEE0  # from ! to ！, as Unicode has them


def signs_of(query: str) -> tuple[str, ...]:
    """The parts of a query in which there is neither letter nor digit; () of any other query."""
    return () if words_of(query) else tuple(dict.fromkeys(fold(query).split()))


def spellings(signs: str) -> tuple[str, ...]:
    """Signs as they may be written in a name: narrow and wide."""
    wide = "".join(chr(ord(one) + _WIDE) if "!" <= one <= "~" else one for one in signs)
    return tuple(dict.fromkeys((signs, wide)))


def rank_of_signs(signs: tuple[str, ...], fields: SearchFields) -> Rank | None:
    """How well names and codes answer all signs; None where one of them is in none."""
    texts = [fold(text) for text in (*(name for name, _ in fields.names), *fields.codes)]
    found = []
    for one in signs:
        rank = _rank(one, texts)
        if rank is None:
            return None
        found.append(rank)
    return max(found, default=None)


def _rank(signs: str, texts: list[str]) -> Rank | None:
    held = [text for text in texts if signs in text]
    if not held:
        return None
    if signs in held:
        return Rank.EXACT
    starts = any(text.startswith(signs) for text in held)
    return Rank.STARTS if starts else Rank.CONTAINS
