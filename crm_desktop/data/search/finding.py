"""Asking the index: it proposes, the real fields decide and rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from crm_desktop.data.search.documents import from_text
from crm_desktop.data.search.indexing import kind_token
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.search_match import Answer, Comparable, ranks_of
from crm_desktop.domain.search_terms import Rank, fts_expression
from crm_desktop.domain.search_words import words_of

CANDIDATES = 400
"""How many of the newest proposals are looked at when the best few are wanted."""

_PROPOSED = (
    "SELECT e.id, e.kind, e.record_id, e.texts FROM search_index JOIN search_entries AS e"
    " ON e.id = search_index.rowid WHERE search_index MATCH :expression"
    " ORDER BY search_index.rowid DESC LIMIT :limit"
)
Verified = tuple[Answer, Answer, int, str, int]
"""A record's answer, that to the best word, its entry (negative: newer is less), kind and id."""


@dataclass(frozen=True, slots=True)
class Match:
    """A record that answers the query, and how well."""

    kind: Kind
    record_id: int
    rank: Rank
    entry_id: int


def find(session: Session, query: str, limit: int, kinds: Sequence[Kind] = ()) -> list[Match]:
    """The best matches: by rank, by that of the best word, then the latest changed first."""
    found = _verified(session, query, kinds, CANDIDATES, enough=limit)
    return [
        Match(Kind(kind), record_id, rank, -newness)
        for (rank, _), _, newness, kind, record_id in sorted(found)[:limit]
    ]


def record_ids(session: Session, kind: Kind, query: str, limit: int = 0) -> list[int]:
    """The records of one kind that answer the query: all of them, or the best `limit`."""
    if limit:
        return [match.record_id for match in find(session, query, limit, (kind,))]
    return [record_id for *_, record_id in _verified(session, query, (kind,), -1)]


def _verified(
    session: Session, query: str, kinds: Sequence[Kind], limit: int, *, enough: int = 0
) -> list[Verified]:
    """Those of the newest `limit` proposals that answer, newest first.

    Ends as soon as `enough` answer exactly: nothing older is better.
    """
    found: list[Verified] = []
    exact = 0
    words = words_of(query)
    for entry_id, kind, record_id, texts in _proposed(session, query, kinds, limit):
        ranks = ranks_of(words, _comparable(texts))
        if ranks is not None:
            found.append((*ranks, -entry_id, kind, record_id))
            exact += ranks[0][0] is Rank.EXACT
            if enough and exact == enough:
                break
    return found


@lru_cache(maxsize=2 * CANDIDATES)  # the same ones come again with every letter typed
def _comparable(texts: str) -> Comparable:
    return Comparable(from_text(texts))


def _proposed(session: Session, query: str, kinds: Sequence[Kind], limit: int) -> Sequence[Any]:
    expression = fts_expression(query)
    if not expression:
        return ()
    if kinds:
        of_kinds = " OR ".join(kind_token(kind) for kind in kinds)
        expression = f"({of_kinds}) AND ({expression})"
    asked = {"expression": expression, "limit": limit}
    return session.connection().exec_driver_sql(_PROPOSED, asked).fetchall()
