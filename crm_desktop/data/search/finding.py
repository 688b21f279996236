"""Asking the index: it proposes, the real fields decide and rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from crm_desktop.data.search.documents import from_text
from crm_desktop.data.search.indexing import kind_token
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.search_terms import Rank, fts_expression, matches

CANDIDATES = 400
"""How many of the newest proposals are looked at when the best few are wanted."""

_PROPOSED = text(
    "SELECT e.id, e.kind, e.record_id, e.texts FROM search_index JOIN search_entries AS e"
    " ON e.id = search_index.rowid WHERE search_index MATCH :expression"
    " ORDER BY search_index.rowid DESC LIMIT :limit"
)


Proposed = tuple[int, Kind, int, str]
"""Entry, kind, id and the texts of a record the index proposes."""


@dataclass(frozen=True, slots=True)
class Match:
    """A record that answers the query, and how well."""

    kind: Kind
    record_id: int
    rank: Rank
    entry_id: int


def find(session: Session, query: str, limit: int, kinds: Sequence[Kind] = ()) -> list[Match]:
    """The best matches: by rank, then the most recently changed first."""
    proposed = _proposed(session, query, kinds, CANDIDATES)
    found = _verified(query, proposed)
    return sorted(found, key=lambda match: (match.rank, -match.entry_id))[:limit]


def record_ids(session: Session, kind: Kind, query: str, limit: int = 0) -> list[int]:
    """The records of one kind that answer the query: all of them, or the best `limit`."""
    if limit:
        return [match.record_id for match in find(session, query, limit, (kind,))]
    proposed = _proposed(session, query, (kind,), -1)
    return [match.record_id for match in _verified(query, proposed)]


def _proposed(session: Session, query: str, kinds: Sequence[Kind], limit: int) -> list[Proposed]:
    expression = fts_expression(query)
    if not expression:
        return []
    if kinds:
        of_kinds = " OR ".join(kind_token(kind) for kind in kinds)
        expression = f"({of_kinds}) AND ({expression})"
    rows = session.execute(_PROPOSED, {"expression": expression, "limit": limit})
    return [(entry_id, Kind(kind), record_id, texts) for entry_id, kind, record_id, texts in rows]


def _verified(query: str, proposed: list[Proposed]) -> list[Match]:
    found = []
    for entry_id, kind, record_id, texts in proposed:
        rank = matches(query, from_text(texts))
        if rank is not None:
            found.append(Match(kind, record_id, rank, entry_id))
    return found
