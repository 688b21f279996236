"""Keeping the index true: after every gesture, undo included, and from scratch.

A changed record gets a new entry, so newer entries rank higher; the tokens of the old one
stay behind in the contentless table and are passed over, until the next rebuild.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Delete, Select, delete, select, text

from crm_desktop.data.ids import batched, in_listed, listed
from crm_desktop.data.journal import Changes
from crm_desktop.data.raw import insert_tuples
from crm_desktop.data.records.columns import column, plain_table
from crm_desktop.data.search import choices
from crm_desktop.data.search.documents import documents, to_text
from crm_desktop.data.search.stale import stale_records
from crm_desktop.data.session import Session
from crm_desktop.data.tables import SearchEntry
from crm_desktop.domain.kinds import RECORD_KINDS, Kind
from crm_desktop.domain.search_terms import document_line

BATCH = 2_000
# The engine keeps the size with the index; its own is the usual one.
_GATHER = "INSERT INTO search_index (search_index, rank) VALUES ('hashsize', ?)"
_USUAL_BYTES, _MANY_BYTES = 1 << 20, 8 << 20
_GOOD_PART = 10  # a tenth of all entries: packing takes as long whatever was added
_ENTRIES: Any = SearchEntry.__table__


def kind_token(kind: Kind) -> str:
    """The token every record of a kind carries; its class letter is used by no text."""
    return f"k{kind.value}"


def refresh(session: Session, changes: Changes) -> None:
    """Bring the entries of all records a gesture touched up to date."""
    stale = stale_records(session, changes)
    for kind, ids in stale.items():
        update(session, kind, sorted(ids))


def update(session: Session, kind: Kind, ids: Sequence[int]) -> None:
    """Replace the entries of these records; trashed and vanished ones get none."""
    for batch in batched(ids, BATCH):
        session.execute(_forget(kind), listed(batch))
        alive = session.execute(_alive(kind), listed(batch)).scalars()
        add(session, kind, list(alive))


@cache
def _forget(kind: Kind) -> Delete:
    return delete(_ENTRIES).where(_ENTRIES.c.kind == kind.value, in_listed(_ENTRIES.c.record_id))


@cache
def _alive(kind: Kind) -> Select[Any]:
    c = plain_table(kind).c
    return select(c.id).where(in_listed(c.id), c.trashed_at.is_(None)).order_by(c.id)


def add(session: Session, kind: Kind, ids: Sequence[int]) -> None:
    """Index records that have no entry yet."""
    for batch in batched(ids, BATCH):
        found = documents(session, kind, batch)
        texts, lines = map(to_text, found.values()), map(document_line, found.values())
        add_lines(session, kind, list(found), list(texts), list(lines))


def add_lines(
    session: Session, kind: Kind, ids: Sequence[int], texts: Sequence[str], lines: Sequence[str]
) -> None:
    """Index records that have no entry yet: what they are compared by, and their tokens."""
    if not texts:
        return
    connection, name, of_kind = session.connection(), kind.value, f"{kind_token(kind)} "
    first = next_entry(session)
    entries = range(first, first + len(texts))
    rows = [(entry, name, one, text) for entry, one, text in zip(entries, ids, texts, strict=True)]
    insert_tuples(connection, "search_entries", ("id", "kind", "record_id", "texts"), rows)
    tokens = [(entry, of_kind + line) for entry, line in zip(entries, lines, strict=True)]
    insert_tuples(connection, "search_index", ("rowid", "tokens"), tokens)


@contextmanager
def roomy_index(session: Session) -> Iterator[None]:
    """Gather more tokens before they are written: many entries take a third less time."""
    put = session.connection().exec_driver_sql
    put(_GATHER, (_MANY_BYTES,))
    yield
    put(_GATHER, (_USUAL_BYTES,))


def next_entry(session: Session) -> int:
    """The id of the next entry; ids are never used again, so old tokens stay without one."""
    last = (
        session.connection()
        .exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'search_entries'")
        .scalar()
    )
    return int(last or 0) + 1


def pack(session: Session, added: int) -> None:
    """Merge the pieces of the index, where `added` new entries are a good part of it.

    A large insert leaves a score of pieces, and each query looks into all of them: pinyin is
    found in two thirds of the time afterwards. Takes 1.3 s for a million records.
    """
    if added * _GOOD_PART >= next_entry(session):
        session.execute(text("INSERT INTO search_index (search_index) VALUES ('optimize')"))


def index_choices(session: Session) -> None:
    """Index those anew that hold choices in fields of the user's own: older programs did not."""
    for kind, ids in choices.held_at_all(session):
        update(session, kind, ids)


def rebuild(session: Session) -> None:
    """Make the whole index anew, oldest records first."""
    session.execute(delete(SearchEntry))
    session.execute(text("INSERT INTO search_index (search_index) VALUES ('delete-all')"))
    for kind in RECORD_KINDS:
        identity = column(kind, "id")
        alive = select(identity).where(column(kind, "trashed_at").is_(None)).order_by(identity)
        add(session, kind, list(session.execute(alive).scalars()))
