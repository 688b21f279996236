"""Whether a text that somebody typed tells of records: names them, or would find them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from crm_desktop.domain.search_match import Comparable, ranks_of
from crm_desktop.domain.search_words import SearchFields, phone_forms, runs_of, words_of
from crm_desktop.domain.text import fold

_SHORTEST = 2  # a single character is part of too many other words
_SHORTEST_NUMBER = 7  # digits: fewer are an extension or an emergency call
_SEARCHED = 40  # characters: what is longer was not typed to search for something
_NOT_DIGITS = re.compile("[^0-9]")


class Telling:
    """Knows how records were called and reached; says of any text whether it tells of one.

    What else a record holds, its employer's name or its notes, tells of others just as well.
    """

    def __init__(self, records: Iterable[SearchFields] = (), names: Iterable[str] = ()) -> None:
        bare = [replace(one, other=()) for one in records]
        bare += [SearchFields(names=((name, None),)) for name in set(names)]
        self._records = [Comparable(one) for one in bare]
        called = {fold(n) for one in bare for n, _ in one.names}
        called |= {fold(text) for one in bare for text in (*one.codes, *one.emails)}
        called = {text for text in called if len(text) >= _SHORTEST}
        self._spaced = {_spaced(text) for text in called if text.isascii()}
        self._called = {text for text in called if not text.isascii()}
        numbers = {digits for one in bare for phone in one.phones for digits in phone_forms(phone)}
        self._numbers = {digits for digits in numbers if len(digits) >= _SHORTEST_NUMBER}

    def __call__(self, text: str) -> bool:
        folded = fold(text)
        if len(folded) < _SHORTEST:
            return False
        spaced, digits = _spaced(folded), _NOT_DIGITS.sub("", folded)
        return (
            any(name in folded for name in self._called)
            or any(name in spaced for name in self._spaced)
            or any(number in digits for number in self._numbers)
            or self._finds(folded)
        )

    def _finds(self, folded: str) -> bool:
        words = words_of(folded) if len(folded) <= _SEARCHED else []
        return any(ranks_of(words, record) is not None for record in self._records)


def _spaced(folded: str) -> str:
    """The runs of a text with blanks around: whole words are found in it, not parts of others."""
    return f" {' '.join(runs_of(folded))} "
