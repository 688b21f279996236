"""The exact filter: whether and how well a record answers a query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import cached_property, lru_cache

from crm_desktop.domain.pinyin import Alternatives, elements, is_syllable
from crm_desktop.domain.search_words import (
    Rank,
    SearchFields,
    Word,
    all_names,
    phone_forms,
    runs_of,
    words_of,
)
from crm_desktop.domain.text import fold

Parts = tuple[tuple[str, Alternatives], ...]


class Place(IntEnum):
    """Where in a name a sound answers: who is called so comes before who is named in a text."""

    WHOLE = 0
    START = 1
    INSIDE = 2


Answer = tuple[Rank, Place]
"""How well a word is answered, and where; where only tells sounds apart."""


def matches(query: str, fields: SearchFields) -> Rank | None:
    """How well a record answers the query, or None; the reference for every index."""
    ranks = ranks_of(words_of(query), Comparable(fields))
    return ranks[0][0] if ranks else None


class Comparable:
    """What of a record can be found, in the forms it is compared in; each is made when needed."""

    def __init__(self, fields: SearchFields) -> None:
        self._fields = fields

    @cached_property
    def names(self) -> list[list[str]]:
        """The runs of every name and code."""
        return [runs_of(fold(name)) for name in (*all_names(self._fields), *self._fields.codes)]

    @cached_property
    def glued_names(self) -> list[str]:
        """The same without what stands between the runs."""
        return ["".join(runs) for runs in self.names]

    @cached_property
    def sounds(self) -> list[tuple[Parts, list[str]]]:
        """How every name sounds, and the letters each of its parts can begin with."""
        spoken = [elements(name, own_reading) for name, own_reading in self._fields.names]
        return [(parts, [_first_letters(ways) for _, ways in parts]) for parts in spoken]

    @cached_property
    def emails(self) -> list[list[str]]:
        """The runs of every e-mail address."""
        return [runs_of(fold(email)) for email in self._fields.emails]

    @cached_property
    def wide_emails(self) -> list[list[str]]:
        """Of these, those that can hold more than plain letters and digits."""
        return [runs_of(fold(email)) for email in self._fields.emails if not email.isascii()]

    @cached_property
    def phones(self) -> list[str]:
        """The digits of every phone number, as stored and as dialled at home."""
        return [digits for phone in self._fields.phones for digits in phone_forms(phone)]

    @cached_property
    def other(self) -> list[str]:
        """Every other text, folded."""
        return [fold(text) for text in self._fields.other]


def ranks_of(words: Sequence[Word], record: Comparable) -> tuple[Answer, Answer] | None:
    """How well a record answers all words of a query, and the best of them; None where not all.

    A record that is itself called by one of the words comes before those that only name it.
    """
    if not words:
        return None
    answers = []
    for word in words:
        answer = _answer(word, record)
        if answer is None:
            return None
        answers.append(answer)
    if len(words) > 1:
        whole = "".join(word.glued for word in words)
        if whole in record.glued_names:
            return _EXACT, _EXACT
        if any(name.startswith(whole) for name in record.glued_names):
            return _STARTS, _STARTS
        if max(answers)[0] in (Rank.PINYIN, Rank.INITIALS):
            sound = _sounding(_glued(whole), record)  # a name whose syllables stand apart
            if sound is not None and sound < max(answers):
                return sound, sound
    return max(answers), min(answers)


@lru_cache(maxsize=16)
def _glued(text: str) -> Word:
    (word,) = words_of(text)
    return word


_EXACT, _STARTS = (Rank.EXACT, Place.WHOLE), (Rank.STARTS, Place.WHOLE)
_ELSEWHERE = (Rank.ELSEWHERE, Place.WHOLE)


def written(word: Word, record: Comparable) -> Answer | None:
    """How well what is written in a record answers one word, whatever it sounds like."""
    well = _written_well(word, record)
    if well is not None:
        return well
    return _ELSEWHERE if _elsewhere(word, record) else None


def spoken(word: Word, record: Comparable) -> Answer | None:
    """How well the sounds of a record's names answer one word."""
    return _sounding(word, record) if word.latin else None


def best_sound(word: Word) -> Answer:
    """The best that a record can answer which does not hold the word as it is written."""
    # Beside characters a letter that is no syllable can only be an initial.
    alone = len(word.spoken) > 1 and any(
        len(run) == 1 and run.isascii() and not is_syllable(run) for run in word.spoken
    )
    return (Rank.INITIALS if alone else Rank.PINYIN), Place.WHOLE


def _answer(word: Word, record: Comparable) -> Answer | None:
    well = _written_well(word, record)
    if well is not None:  # nothing sounds better than it is written
        return well
    sound = spoken(word, record)
    if sound is not None:
        return sound
    return _ELSEWHERE if _elsewhere(word, record) else None


def _written_well(word: Word, record: Comparable) -> Answer | None:
    """A name, a code, or a whole number or address."""
    best = _named(word, record)
    if best is not None and best < Rank.CONTAINS:
        return best, Place.WHOLE
    emails = _emails(word, record)
    if emails and word.glued in map("".join, emails):
        return _EXACT
    if word.digits and not set(record.phones).isdisjoint(word.digits):
        return _EXACT
    return None if best is None else (best, Place.WHOLE)


def _emails(word: Word, record: Comparable) -> list[list[str]]:
    return record.emails if word.glued.isascii() else record.wide_emails


def _named(word: Word, record: Comparable) -> Rank | None:
    """How well a name or code answers literally."""
    if word.short:
        ranks = (_literal_rank(word, runs) for runs in record.names)
        return min((rank for rank in ranks if rank is not None), default=None)
    wanted = word.glued
    best = None
    for name in record.glued_names:
        if wanted in name:
            if name == wanted:
                return Rank.EXACT
            if name.startswith(wanted):
                best = Rank.STARTS
            elif best is None:
                best = Rank.CONTAINS
    return best


def _elsewhere(word: Word, record: Comparable) -> bool:
    """Whether a part of a number or an address, or another text, answers."""
    if word.digits and any(digits in phone for digits in word.digits for phone in record.phones):
        return True
    if any(_literal_rank(word, runs) is not None for runs in _emails(word, record)):
        return True
    if len(word.runs) == 1 and not word.short:
        # Letters of one sort that stand together stand together in one run.
        return any(word.glued in text for text in record.other)
    wanted = f" {word.spaced}" if word.short else word.spaced
    first = word.runs[0]
    return any(wanted in _spaced_runs(text) for text in record.other if first in text)


def _spaced_runs(text: str) -> str:
    """The runs of a folded text, with one blank in front of each."""
    return "".join(f" {run}" for run in runs_of(text))


def _literal_rank(word: Word, runs: list[str]) -> Rank | None:
    text, wanted = (" ".join(runs), word.spaced) if word.short else ("".join(runs), word.glued)
    if text == wanted:
        return Rank.EXACT
    if text.startswith(wanted):
        return Rank.STARTS
    inside = f" {wanted}" in text if word.short else wanted in text
    return Rank.CONTAINS if inside else None


@lru_cache(maxsize=4096)
def _first_letters(ways: Alternatives) -> str:
    return "".join({way[0] for way in ways})


def _sounding(word: Word, record: Comparable) -> Answer | None:
    """The best of the ways in which the word is spoken by neighbouring parts of a name."""
    runs = word.spoken
    first, letter = runs[0], runs[0][0]
    if letter.isdigit() and not any(letter in name for name in record.glued_names):
        return None  # only a digit sounds like a digit
    best: Answer | None = None
    for parts, letters in record.sounds:
        for at, begins in enumerate(letters):
            if letter not in (begins if first.isascii() else parts[at][0]):
                continue
            for end, rank in _from(runs, parts, letters, at):
                place = Place.WHOLE if end == len(parts) else Place.START
                answer = (rank, Place.INSIDE if at else place)
                best = answer if best is None else min(best, answer)
            if best is not None and best[0] is Rank.PINYIN:
                break  # what begins later in this name is no better
    return best


def _from(
    runs: tuple[str, ...], parts: Parts, letters: list[str], at: int
) -> Iterable[tuple[int, Rank]]:
    """Ends and ranks of all ways in which the runs are spoken by the parts beginning at one."""
    if len(runs) == 1:
        return _spoken(runs[0], parts, letters, at, last=True)
    states = {(at, Rank.PINYIN)}
    for index, run in enumerate(runs):
        following: set[tuple[int, Rank]] = set()
        for start, rank in states:
            if run.isascii():
                ends = _spoken(run, parts, letters, start, last=index + 1 == len(runs))
                following.update((end, max(rank, how)) for end, how in ends)
            elif [character for character, _ in parts[start : start + len(run)]] == list(run):
                following.add((start + len(run), rank))
        states = following
    return states


def _spoken(
    run: str, parts: Parts, letters: list[str], start: int, *, last: bool
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
        if at == len(parts):
            continue
        end = at + len(rest)
        if end <= len(parts) and (done == 0 or characters_only):
            for letter, begins in zip(rest, letters[at:end], strict=True):
                if letter not in begins:
                    break
            else:
                found.add((end, Rank.INITIALS))
        character, ways = parts[at]
        for way in ways:
            if rest.startswith(way):
                states.add((done + len(way), at + 1, characters_only and bool(character)))
            elif last and len(rest) + done > 1 and way.startswith(rest):
                found.add((at + 1, Rank.PINYIN))
    return found
