"""The exact filter: whether and how well a record answers a query."""

from __future__ import annotations

from crm_desktop.domain.pinyin import Alternatives, elements
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


def matches(query: str, fields: SearchFields) -> Rank | None:
    """How well a record answers the query, or None; the reference for every index."""
    words = words_of(query)
    if not words:
        return None
    names = [runs_of(fold(name)) for name in (*all_names(fields), *fields.codes)]
    ranks = [_rank(word, names, fields) for word in words]
    if any(rank is None for rank in ranks):
        return None
    if len(words) > 1:
        whole = "".join(word.glued for word in words)
        glued = ["".join(runs) for runs in names]
        if whole in glued:
            return Rank.EXACT
        if any(name.startswith(whole) for name in glued):
            return Rank.STARTS
    return max(rank for rank in ranks if rank is not None)


def _rank(word: Word, names: list[list[str]], fields: SearchFields) -> Rank | None:
    found = [rank for runs in names if (rank := _literal_rank(word, runs)) is not None]
    if found and min(found) < Rank.CONTAINS:
        return min(found)
    emails = [runs_of(fold(email)) for email in fields.emails]
    phones = [digits for phone in fields.phones for digits in phone_forms(phone)]
    if any(word.glued == "".join(runs) for runs in emails) or not set(phones).isdisjoint(
        word.digits
    ):
        return Rank.EXACT
    found += [
        rank
        for name, own_reading in fields.names
        if (rank := _sound_rank(word, elements(name, own_reading))) is not None
    ]
    if found:
        return min(found)
    other = [runs_of(fold(text)) for text in fields.other]
    if (
        any(digits in phone for digits in word.digits for phone in phones)
        or any(_literal_rank(word, runs) is not None for runs in emails)
        or any(f" {word.spaced}" in f" {' '.join(runs)}" for runs in other if word.short)
        or any(word.spaced in " ".join(runs) for runs in other if not word.short)
    ):
        return Rank.ELSEWHERE
    return None


def _literal_rank(word: Word, runs: list[str]) -> Rank | None:
    text, wanted = (" ".join(runs), word.spaced) if word.short else ("".join(runs), word.glued)
    if text == wanted:
        return Rank.EXACT
    if text.startswith(wanted):
        return Rank.STARTS
    inside = f" {wanted}" in text if word.short else wanted in text
    return Rank.CONTAINS if inside else None


def _sound_rank(word: Word, parts: tuple[tuple[str, Alternatives], ...]) -> Rank | None:
    runs = runs_of(word.glued)
    if not any(run.isascii() for run in runs):
        return None
    ranks = [rank for at in range(len(parts)) for rank in _from(runs, parts, at)]
    return min(ranks, default=None)


def _from(runs: list[str], parts: tuple[tuple[str, Alternatives], ...], at: int) -> list[Rank]:
    """The ranks of all ways in which the runs are spoken by the parts beginning at one."""
    states = {(at, Rank.PINYIN)}
    for index, run in enumerate(runs):
        following: set[tuple[int, Rank]] = set()
        for start, rank in states:
            if run.isascii():
                ends = _spoken(run, parts, start, last=index + 1 == len(runs))
                following.update((end, max(rank, how)) for end, how in ends)
            elif [character for character, _ in parts[start : start + len(run)]] == list(run):
                following.add((start + len(run), rank))
        states = following
    return [rank for _, rank in states]


def _spoken(
    run: str, parts: tuple[tuple[str, Alternatives], ...], start: int, *, last: bool
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
        following = parts[at : at + len(rest)]
        if len(following) == len(rest) and (done == 0 or characters_only):
            spelled = zip(rest, following, strict=True)
            if all(any(way[0] == letter for way in ways) for letter, (_, ways) in spelled):
                found.add((at + len(rest), Rank.INITIALS))
        if not following:
            continue
        character, ways = following[0]
        for way in ways:
            if rest.startswith(way):
                states.add((done + len(way), at + 1, characters_only and bool(character)))
            elif last and len(rest) + done > 1 and way.startswith(rest):
                found.add((at + 1, Rank.PINYIN))
    return found
