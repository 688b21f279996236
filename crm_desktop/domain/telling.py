"""Whether a text that somebody typed tells of records: names them, or would find them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from crm_desktop.domain.search_match import Answer, Comparable, Place, ranks_of
from crm_desktop.domain.search_words import (
    Rank,
    SearchFields,
    phone_forms,
    runs_of,
    words_of,
)
from crm_desktop.domain.text import fold

_SHORTEST = 2  # a single character is part of too many other words
_SHORTEST_NUMBER = 7  # digits: fewer are an extension or an emergency call
_SEARCHED = 40  # characters: what is longer was not typed to search for something
_WHOLE = ((Rank.EXACT, Place.WHOLE), (Rank.PINYIN, Place.WHOLE))
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

    def __bool__(self) -> bool:
        """Whether it knows anything of anybody."""
        return bool(self._spaced or self._called or self._numbers)

    def __call__(self, text: str) -> bool:
        """Whether it names one or would find one: of what nobody meant to keep."""
        folded = fold(text)
        return self._holds(folded) or (len(folded) >= _SHORTEST and self._finds(folded))

    def holds(self, text: str) -> bool:
        """Whether a whole name, number or address of one stands in it."""
        return self._holds(fold(text))

    def names(self, text: str) -> bool:
        """Whether it means one of them and nobody else: of what the firm keeps for its work.

        Beside what `holds` sees also a name as it sounds, and most of a number.
        """
        folded = fold(text)
        if self._holds(folded):
            return True
        digits = _NOT_DIGITS.sub("", folded)
        if len(digits) >= _SHORTEST_NUMBER and any(digits in number for number in self._numbers):
            return True
        return len(folded) >= _SHORTEST and any(rank in _WHOLE for rank in self._ranks(folded))

    def _holds(self, folded: str) -> bool:
        if len(folded) < _SHORTEST:
            return False
        spaced, digits = _spaced(folded), _NOT_DIGITS.sub("", folded)
        return (
            any(name in folded for name in self._called)
            or any(name in spaced for name in self._spaced)
            or any(number in digits for number in self._numbers)
        )

    def _finds(self, folded: str) -> bool:
        return any(True for _ in self._ranks(folded))

    def _ranks(self, folded: str) -> Iterator[Answer]:
        """How well those answer whom the text would find."""
        words = words_of(folded) if len(folded) <= _SEARCHED else []
        for record in self._records:
            found = ranks_of(words, record)
            if found is not None:
                yield found[0]


def _spaced(folded: str) -> str:
    """The runs of a text with blanks around: whole words are found in it, not parts of others."""
    return f" {' '.join(runs_of(folded))} "
