"""The ledger of erasures: which identities are gone, without a word about who they were.

It is kept in the book and in a file beside the backups, so that an older backup put back loses
again who has been erased since, even where the book of today cannot be read any more.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlcipher3 import dbapi2

from crm_desktop.data.engines import sqlite
from crm_desktop.data.erasing.reach import KIND_OF_TABLE, Rows
from crm_desktop.data.errors import refusing
from crm_desktop.data.files import replace_durably
from crm_desktop.data.ids import batched
from crm_desktop.data.session import Session
from crm_desktop.data.tables import METADATA, Erasure
from crm_desktop.domain.erasing import How
from crm_desktop.domain.problems import Refused

_BATCH = 5_000


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One identity that is gone: the SHA-256 of its uid, its table, the day, and how."""

    uid_hash: str
    kind: str
    day: str
    how: str


def hash_of(uid: str) -> str:
    """The digest of an identity; a uid is random enough that nobody guesses it from this."""
    return hashlib.sha256(uid.encode()).hexdigest()


def uids_of(session: Session, rows: Rows) -> Iterator[tuple[str, str]]:
    """Kind and uid of everything among `rows` that has an identity."""
    for name, ids in rows.items():
        if name in KIND_OF_TABLE and ids:
            found = session.connection().exec_driver_sql(
                f"SELECT uid FROM {name} WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(sorted(ids)),),
            )
            for (uid,) in found:
                yield KIND_OF_TABLE[name].value, uid


def entries_for(session: Session, rows: Rows, day: date, how: How) -> list[Entry]:
    """The entries of everything among `rows` that has an identity; asked before it goes."""
    return [
        Entry(hash_of(uid), kind, day.isoformat(), how.value)
        for kind, uid in uids_of(session, rows)
    ]


def note(session: Session, entries: Iterable[Entry]) -> None:
    """Write them into the book; one that is known stays as it is, unless more was done since."""
    for batch in batched(entries, _BATCH):
        values = [
            {"uid_hash": e.uid_hash, "kind": e.kind, "day": date.fromisoformat(e.day), "how": e.how}
            for e in batch
        ]
        statement = insert(Erasure)
        session.execute(
            statement.on_conflict_do_update(
                index_elements=["uid_hash"],
                set_={"how": statement.excluded.how, "day": statement.excluded.day},
                where=Erasure.how != How.ERASED.value,
            ),
            values,
        )


def of_book(session: Session) -> set[Entry]:
    """All the book knows of."""
    rows = session.execute(select(Erasure.uid_hash, Erasure.kind, Erasure.day, Erasure.how))
    return {Entry(h, kind, day.isoformat(), how) for h, kind, day, how in rows}


def missing(session: Session, entries: Iterable[Entry]) -> set[Entry]:
    """Of these, what the book does not know as done."""
    return united(entries, of_book(session)) - of_book(session)


def united(*sources: Iterable[Entry]) -> set[Entry]:
    """One entry for each identity; erased counts more than anonymised."""
    found: dict[str, Entry] = {}
    for entry in chain.from_iterable(sources):
        known = found.get(entry.uid_hash)
        if known is None or (known.how != How.ERASED and entry.how == How.ERASED):
            found[entry.uid_hash] = entry
    return set(found.values())


def present(session: Session, entries: Iterable[Entry]) -> Iterator[tuple[Entry, str, int]]:
    """Entry, table and id of every record of the book the entries are about."""
    by_kind: dict[str, dict[str, Entry]] = {}
    for entry in entries:
        by_kind.setdefault(entry.kind, {})[entry.uid_hash] = entry
    for name, kind in KIND_OF_TABLE.items():
        wanted = by_kind.get(kind.value)
        if not wanted:
            continue
        table = METADATA.tables[name]
        rows = session.execute(select(table.c.id, table.c.uid).execution_options(yield_per=_BATCH))
        for row_id, uid in rows:
            if (uid_hash := hash_of(uid)) in wanted:
                yield wanted[uid_hash], name, row_id


# Beside the backups


def file_in(folder: Path, book: Path) -> Path:
    """The ledger's file in a folder of backups."""
    return folder / f"{book.stem}.erased.json"


def read_file(path: Path) -> set[Entry]:
    """What the file says; nothing where there is none that can be read."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {
            Entry(
                str(one["uid_hash"]),
                str(one["kind"]),
                date.fromisoformat(one["day"]).isoformat(),
                How(one["how"]).value,
            )
            for one in content["erased"]
        }
    except (OSError, ValueError, TypeError, KeyError):
        return set()


def write_file(path: Path, entries: Iterable[Entry]) -> None:
    """Add entries to the file; those it has stay. Nothing is written for none at all."""
    known = read_file(path)
    wanted = united(known, entries)
    if wanted == known:
        return
    plain = [
        {"uid_hash": e.uid_hash, "kind": e.kind, "day": e.day, "how": e.how} for e in sorted(wanted)
    ]
    part = path.with_name(path.name + ".part")
    with refusing(path):
        part.write_text(json.dumps({"erased": plain}, indent=1), encoding="utf-8")
        replace_durably(part, path)


def of_closed(path: Path) -> set[Entry]:
    """What a book nobody has open knows of; nothing where it is missing, damaged or older."""
    if not path.is_file():
        return set()
    with suppress(Refused, dbapi2.DatabaseError), refusing(path):
        connection = sqlite.connect(path)
        try:
            return from_connection(connection)
        finally:
            connection.close()
    return set()


def from_connection(connection: Any) -> set[Entry]:
    """The same through a bare connection."""
    try:
        rows = connection.execute("SELECT uid_hash, kind, day, how FROM erasures").fetchall()
    except dbapi2.DatabaseError:  # a book of before there was a ledger
        return set()
    return {Entry(*row) for row in rows}
