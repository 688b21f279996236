"""Asking the index: it proposes, the real fields decide and rank."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from crm_desktop.data.search.documents import from_text
from crm_desktop.data.search.indexing import kind_token
from crm_desktop.data.session import Session
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.search_match import (
    Answer,
    Comparable,
    Place,
    best_sound,
    ranks_of,
    spoken,
    written,
)
from crm_desktop.domain.search_signs import rank_of_signs, signs_of, spellings
from crm_desktop.domain.search_terms import Rank, fts_expression, fts_spoken, fts_written
from crm_desktop.domain.search_words import Word, words_of

CANDIDATES = 400
"""How many of the newest proposals are looked at when the best few are wanted."""
_AT_ONCE = 50  # proposals read before these are looked at
_ALL = -1

_PROPOSED = (
    "SELECT e.id, e.kind, e.record_id, e.texts FROM search_index JOIN search_entries AS e"
    " ON e.id = search_index.rowid WHERE search_index MATCH :expression"
    " ORDER BY search_index.rowid DESC LIMIT :limit"
)
# Names and codes are the first parts of the texts; few entries hold a sign at all.
_HOLDING = (
    "SELECT id, kind, record_id, texts FROM search_entries WHERE {} ORDER BY id DESC LIMIT :limit"
)
_HOLDS = "instr(texts, :{0}) AND instr((texts ->> '$[0]') || (texts ->> '$[1]'), :{0})"
Answers = tuple[Answer, Answer]
"""A record's answer, and that to the best word."""
Verified = tuple[Answers, int, str, int]
"""A record's answers, its entry (negative: newer is less), kind and id."""
_NOTHING_BETTER = (Rank.EXACT, Place.WHOLE)


@dataclass(frozen=True, slots=True)
class Match:
    """A record that answers the query, and how well."""

    kind: Kind
    record_id: int
    rank: Rank
    entry_id: int


def find(session: Session, query: str, limit: int, kinds: Sequence[Kind] = ()) -> list[Match]:
    """The best matches: by rank, by that of the best word, then the latest changed first."""
    words = words_of(query)
    if not words:
        found = _of_signs(session, signs_of(query), kinds, CANDIDATES)
    elif len(words) == 1 and words[0].letters:
        found = _of_word(session, words[0], kinds, limit)
    else:
        asked = _Asked(session, fts_expression(query), kinds, CANDIDATES)
        found = asked.answering(lambda record: ranks_of(words, record), _NOTHING_BETTER, limit)
    return [
        Match(Kind(kind), record_id, rank, -newness)
        for ((rank, _), _), newness, kind, record_id in sorted(found)[:limit]
    ]


def record_ids(session: Session, kind: Kind, query: str, limit: int = 0) -> list[int]:
    """The records of one kind that answer the query: all of them, or the best `limit`."""
    if limit:
        return [match.record_id for match in find(session, query, limit, (kind,))]
    words = words_of(query)
    if not words:
        return [found[-1] for found in _of_signs(session, signs_of(query), (kind,), _ALL)]
    asked = _Asked(session, fts_expression(query), (kind,), _ALL)
    return [found[-1] for found in asked.answering(lambda record: ranks_of(words, record))]


def _of_signs(
    session: Session, signs: tuple[str, ...], kinds: Sequence[Kind], limit: int
) -> list[Verified]:
    """The entries whose names hold all signs, newest first: no index knows them, all are read."""
    if not signs:
        return []
    asked: dict[str, Any] = {"limit": limit}
    conditions = []
    for at, one in enumerate(signs):
        ways = []
        for way, text in enumerate(spellings(one)):
            asked[f"s{at}_{way}"] = json.dumps(text, ensure_ascii=False)[1:-1]
            ways.append(_HOLDS.format(f"s{at}_{way}"))
        conditions.append(f"({' OR '.join(ways)})")
    if kinds:
        listed = ", ".join(f"'{kind.value}'" for kind in kinds)
        conditions.append(f"kind IN ({listed})")
    statement = _HOLDING.format(" AND ".join(conditions))
    found: list[Verified] = []
    with closing(session.connection().exec_driver_sql(statement, asked)) as rows:
        for entry_id, kind, record_id, texts in rows:
            rank = rank_of_signs(signs, from_text(texts))
            if rank is not None:
                answer = (rank, Place.WHOLE)
                found.append(((answer, answer), -entry_id, kind, record_id))
    return found


def _of_word(session: Session, word: Word, kinds: Sequence[Kind], limit: int) -> list[Verified]:
    """Where the word is written, and where it is heard, each among its newest proposals.

    Asked apart, as what is written is better than any sound: who is only heard need not be
    looked for when enough is written, and no further than until enough are heard at their best.
    """
    asked = _Asked(session, fts_written(word), kinds, CANDIDATES)
    found = asked.answering(lambda record: _alone(written(word, record)), _NOTHING_BETTER, limit)
    best = best_sound(word)
    expression = fts_spoken(word)
    if not expression or sum(answers[0] < best for answers, *_ in found) >= limit:
        return found
    # Of further proposals none is written, unless there are more of those than were looked at.
    answer = spoken if asked.exhausted else _in_any_way
    heard = _Asked(session, expression, kinds, CANDIDATES).answering(
        lambda record: _alone(answer(word, record)), best, limit
    )
    by_entry = {one[1]: one for one in found}
    for one in heard:
        if one[1] not in by_entry or one < by_entry[one[1]]:
            by_entry[one[1]] = one
    return list(by_entry.values())


def _in_any_way(word: Word, record: Comparable) -> Answer | None:
    answers = ranks_of((word,), record)
    return answers[0] if answers else None


def _alone(answer: Answer | None) -> Answers | None:
    return (answer, answer) if answer else None


class _Asked:
    """The newest `limit` proposals for an expression, newest first, read as far as needed."""

    def __init__(
        self, session: Session, expression: str, kinds: Sequence[Kind], limit: int
    ) -> None:
        if kinds and expression:
            of_kinds = " OR ".join(kind_token(kind) for kind in kinds)
            expression = f"({of_kinds}) AND ({expression})"
        self._session = session
        self._expression = expression
        self._limit = limit
        self.exhausted = False
        """Whether there was nothing more to look at."""

    def answering(
        self,
        answers_of: Callable[[Comparable], Answers | None],
        best: Answer | None = None,
        enough: int = 0,
    ) -> list[Verified]:
        """Those that answer; with `best` only until `enough` answer so well or better."""
        found: list[Verified] = []
        seen = good = 0
        with closing(self._proposed()) as proposed:
            for entry_id, kind, record_id, texts in proposed:
                seen += 1
                answers = answers_of(_comparable(texts))
                if answers is None:
                    continue
                found.append((answers, -entry_id, kind, record_id))
                good += best is not None and answers[0] <= best
                if best is not None and good == enough:
                    return found
        self.exhausted = seen != self._limit
        return found

    def _proposed(self) -> Generator[Any]:
        if not self._expression:
            return
        asked = {"expression": self._expression, "limit": self._limit}
        with closing(self._session.connection().exec_driver_sql(_PROPOSED, asked)) as rows:
            while some := rows.fetchmany(_AT_ONCE):
                yield from some


@lru_cache(maxsize=2 * CANDIDATES)  # the same ones come again with every letter typed
def _comparable(texts: str) -> Comparable:
    return Comparable(from_text(texts))
